/* Random identifiers: of persons, permissions, exports, and of files offered for export. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *imp_id_new (void);
gboolean imp_id_is_valid (const char *text);
char *imp_id_neutral_file_name (const char *extension);

G_END_DECLS
