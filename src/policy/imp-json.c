#include "imp-json-private.h"

#include "imp-error.h"

/**
 * imp_json_parse:
 * @bytes: JSON text in UTF-8, which imp_json_map_new() has found to be that
 * @what: what it is, for the message
 * @error: %IMP_ERROR_USAGE where it is not JSON
 *
 * Returns: (transfer full) (nullable): its root
 */
JsonNode *
imp_json_parse (GBytes *bytes, const char *what, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);

  if (text != NULL && json_parser_load_from_data (parser, text, (gssize)size, &local)
      && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s is not JSON: %s", what,
               local == NULL ? "it is empty" : local->message);
  return NULL;
}

static gboolean
wrong (const char *place, const char *name, const char *must, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s.%s: %s", place, name, must);
  return FALSE;
}

static gboolean
is_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * imp_json_only:
 * @object: an object
 * @place: where it stands
 * @known: names that it may have
 * @error: %IMP_ERROR_USAGE where it has another
 *
 * Returns: whether every member of @object is in @known
 */
gboolean
imp_json_only (JsonObject *object, const char *place, const char *const *known, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return wrong (place, l->data, "is not known here", error);
  return TRUE;
}

/**
 * imp_json_text:
 * @object: an object
 * @place: where it stands
 * @name: name of the member
 * @needed: whether it must be there
 * @text: (out) (transfer full) (nullable): its text; %NULL where it is absent or null
 * @error: %IMP_ERROR_USAGE where it is missing, empty, or not text
 *
 * Returns: whether @text is good
 */
gboolean
imp_json_text (JsonObject *object, const char *place, const char *name, gboolean needed,
               char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return needed ? wrong (place, name, "is missing", error) : TRUE;
  if (!is_value (node, G_TYPE_STRING) || *json_node_get_string (node) == '\0')
    return wrong (place, name, "must be text", error);
  *text = json_node_dup_string (node);
  return TRUE;
}

/**
 * imp_json_texts:
 * @object: an object
 * @place: where it stands
 * @name: name of the member
 * @needed: whether it must be there
 * @texts: (out) (transfer full) (nullable): its texts, %NULL-terminated; %NULL where absent
 * @error: %IMP_ERROR_USAGE where it is missing, empty, not a list of texts, or names one twice
 *
 * Returns: whether @texts is good
 */
gboolean
imp_json_texts (JsonObject *object, const char *place, const char *name, gboolean needed,
                char ***texts, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = NULL;

  if (node == NULL)
    return needed ? wrong (place, name, "is missing", error) : TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return wrong (place, name, "must be a list of texts", error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!is_value (element, G_TYPE_STRING))
        return wrong (place, name, "must be a list of texts", error);
      if (!g_hash_table_add (seen, (char *)json_node_get_string (element)))
        return wrong (place, name, "names one thing twice", error);
      g_strv_builder_add (builder, json_node_get_string (element));
    }
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * imp_json_number:
 * @object: an object
 * @place: where it stands
 * @name: name of the member
 * @least: the smallest it may be
 * @number: (out): its number
 * @error: %IMP_ERROR_USAGE where it is missing, not a whole number, below @least or over 10,000
 *
 * Returns: whether @number is good
 */
gboolean
imp_json_number (JsonObject *object, const char *place, const char *name, int least, int *number,
                 GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return wrong (place, name, "is missing", error);
  if (!is_value (node, G_TYPE_INT64) || json_node_get_int (node) < least
      || json_node_get_int (node) > 10000)
    return wrong (place, name, "must be a whole number in range", error);
  *number = (int)json_node_get_int (node);
  return TRUE;
}

/**
 * imp_json_flag:
 * @object: an object
 * @place: where it stands
 * @name: name of the member
 * @needed: whether it must be there
 * @flag: (inout): true or false; left as it is where absent
 * @error: %IMP_ERROR_USAGE where it is missing or neither
 *
 * Returns: whether @flag is good
 */
gboolean
imp_json_flag (JsonObject *object, const char *place, const char *name, gboolean needed,
               gboolean *flag, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return needed ? wrong (place, name, "is missing", error) : TRUE;
  if (!is_value (node, G_TYPE_BOOLEAN))
    return wrong (place, name, "must be true or false", error);
  *flag = json_node_get_boolean (node);
  return TRUE;
}

/**
 * imp_json_object:
 * @node: (nullable): a node
 * @place: where it stands
 * @error: %IMP_ERROR_USAGE where it is missing or not an object
 *
 * Returns: (transfer none) (nullable): the object
 */
JsonObject *
imp_json_object (JsonNode *node, const char *place, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s: must be an object", place);
  return NULL;
}

/**
 * imp_json_array:
 * @object: an object
 * @place: where it stands
 * @name: name of the member
 * @error: %IMP_ERROR_USAGE where it is missing, empty or not a list
 *
 * Returns: (transfer none) (nullable): the list
 */
JsonArray *
imp_json_array (JsonObject *object, const char *place, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) > 0)
    return json_node_get_array (node);
  wrong (place, name, "must be a list that is not empty", error);
  return NULL;
}
