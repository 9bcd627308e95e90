/* Evidence kept inside the register: a scan, a letter, a signature. Its bytes are read apart. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_ATTACHMENT (imp_attachment_get_type ())

typedef struct
{
  char *id; /* random */
  char *permission_id;
  char *kind;       /* as evidence of a permission */
  char *media_type; /* application/pdf image/png image/jpeg application/x-imprimatur-strokes */
  char *sha256;     /* of the bytes */
  gint64 size;      /* bytes */
  char *title;      /* nullable */
  char *created;    /* UTC */
} ImpAttachment;

GType imp_attachment_get_type (void);
ImpAttachment *imp_attachment_new (void);
ImpAttachment *imp_attachment_copy (const ImpAttachment *attachment);
void imp_attachment_free (ImpAttachment *attachment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpAttachment, imp_attachment_free)

G_END_DECLS
