/* Where every value of a JSON text stands, so that a message about one can name its line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ImpJsonMap ImpJsonMap;

ImpJsonMap *imp_json_map_new (GBytes *bytes, const char *root, const char *what, GError **error);
guint imp_json_map_find_line (const ImpJsonMap *self, const char *message);
void imp_json_map_free (ImpJsonMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpJsonMap, imp_json_map_free)

G_END_DECLS
