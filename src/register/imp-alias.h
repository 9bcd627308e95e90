/* Another name of a person. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_ALIAS (imp_alias_get_type ())

typedef struct
{
  char *id; /* random */
  char *name;
  char *kind; /* also-known-as former preferred misspelt */
} ImpAlias;

GType imp_alias_get_type (void);
ImpAlias *imp_alias_new (void);
ImpAlias *imp_alias_copy (const ImpAlias *alias);
void imp_alias_free (ImpAlias *alias);

const char *const *imp_alias_kinds (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpAlias, imp_alias_free)

G_END_DECLS
