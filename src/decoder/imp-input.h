/* The file that a child reads, which may still be arriving while its first part is read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const guint8 *imp_input_map (int fd, gsize length);
gboolean imp_input_wait (const guint8 *end);
void imp_input_forget (const guint8 *from, gsize size);

G_END_DECLS
