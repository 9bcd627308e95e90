/* Small copies of an opened file that other programs keep (leaks.md row 22). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean imp_thumbnails_exist (GFile *file);
gboolean imp_thumbnails_remove (GFile *file, GError **error);

G_END_DECLS
