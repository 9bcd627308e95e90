/* Reading JSON of which every member is checked: a message names the place. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *imp_json_parse (GBytes *bytes, const char *what, GError **error);
gboolean imp_json_only (JsonObject *object, const char *place, const char *const *known,
                        GError **error);
gboolean imp_json_text (JsonObject *object, const char *place, const char *name, gboolean needed,
                        char **text, GError **error);
gboolean imp_json_texts (JsonObject *object, const char *place, const char *name, gboolean needed,
                         char ***texts, GError **error);
gboolean imp_json_number (JsonObject *object, const char *place, const char *name, int least,
                          int *number, GError **error);
gboolean imp_json_flag (JsonObject *object, const char *place, const char *name, gboolean needed,
                        gboolean *flag, GError **error);
JsonObject *imp_json_object (JsonNode *node, const char *place, GError **error);
JsonArray *imp_json_array (JsonObject *object, const char *place, const char *name, GError **error);

G_END_DECLS
