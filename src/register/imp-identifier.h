/* A number of a person beside the hospital and the NHS number. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_IDENTIFIER (imp_identifier_get_type ())

typedef struct
{
  char *scheme; /* name of an ImpScheme */
  char *value;  /* as it was written */
} ImpIdentifier;

GType imp_identifier_get_type (void);
ImpIdentifier *imp_identifier_new (void);
ImpIdentifier *imp_identifier_copy (const ImpIdentifier *identifier);
void imp_identifier_free (ImpIdentifier *identifier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpIdentifier, imp_identifier_free)

G_END_DECLS
