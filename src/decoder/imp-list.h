/* What the header of a file says of its place in a list: who, which study, how large.
 *
 * Owns: the answer to the request for a list.  May include: core, image, decode (wire).
 * Must never: decode, or read, a pixel. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GVariant *imp_list_read (const guint8 *data, gsize length, GError **error);

gboolean imp_list_read_photo (const guint8 *data, gsize length, const char *format,
                              GVariantDict *list);
gboolean imp_list_read_dicom (const guint8 *data, gsize length, GVariantDict *list, GError **error);

G_END_DECLS
