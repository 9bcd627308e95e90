#include "imp-condition-private.h"

#include "imp-error.h"
#include "imp-pack-private.h"

#define DEEPEST 16

typedef enum
{
  ALWAYS,
  ALL,
  ANY,
  NOT,
  ANSWER,
  FACT
} Kind;

struct _ImpCondition
{
  Kind kind;
  GPtrArray *children; /* ImpCondition, of ALL, ANY and NOT */
  char *key;           /* of ANSWER */
  char **values;       /* of ANSWER: any of them */
  ImpFact fact;        /* of FACT */
  char *place;         /* where it stands in the pack */
};

static ImpCondition *parse (JsonNode *node, const char *place, guint depth, GError **error);

static ImpCondition *
condition_new (Kind kind, const char *place)
{
  ImpCondition *self = g_new0 (ImpCondition, 1);

  self->kind = kind;
  self->place = g_strdup (place);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_condition_free);
  return self;
}

/**
 * imp_condition_free:
 * @self: (transfer full) (nullable): a condition
 */
void
imp_condition_free (ImpCondition *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->children);
  g_free (self->key);
  g_free (self->place);
  g_strfreev (self->values);
  g_free (self);
}

static gboolean
add_child (ImpCondition *self, JsonNode *node, const char *place, guint depth, GError **error)
{
  ImpCondition *child = parse (node, place, depth + 1, error);

  if (child == NULL)
    return FALSE;
  g_ptr_array_add (self->children, child);
  return TRUE;
}

static ImpCondition *
parse_children (Kind kind, JsonNode *node, const char *place, guint depth, GError **error)
{
  g_autoptr (ImpCondition) self = condition_new (kind, place);
  JsonArray *array = NULL;

  if (kind == NOT)
    return add_child (self, node, place, depth, error) ? g_steal_pointer (&self) : NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s: must be a list of conditions", place);
      return NULL;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", place, i);

      if (!add_child (self, json_array_get_element (array, i), where, depth, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
add_value (GPtrArray *values, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  g_ptr_array_add (values, json_node_dup_string (node));
  return TRUE;
}

static ImpCondition *
parse_answer (JsonObject *object, const char *place, GError **error)
{
  g_autoptr (ImpCondition) self = condition_new (ANSWER, place);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  JsonNode *key = json_object_get_member (object, "answer");
  JsonNode *is = json_object_get_member (object, "is");
  gboolean good = JSON_NODE_HOLDS_VALUE (key) && json_node_get_value_type (key) == G_TYPE_STRING
                  && is != NULL && json_object_get_size (object) == 2;

  if (good && JSON_NODE_HOLDS_ARRAY (is))
    {
      JsonArray *array = json_node_get_array (is);

      good = json_array_get_length (array) > 0;
      for (guint i = 0; good && i < json_array_get_length (array); i++)
        good = add_value (values, json_array_get_element (array, i));
    }
  else if (good)
    good = add_value (values, is);
  if (!good)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "%s: must be {\"answer\": key, \"is\": one answer or a list of them}", place);
      return NULL;
    }
  g_ptr_array_add (values, NULL);
  self->key = json_node_dup_string (key);
  self->values = (char **)g_ptr_array_free (g_steal_pointer (&values), FALSE);
  return g_steal_pointer (&self);
}

static ImpCondition *
parse_fact (JsonNode *node, const char *place, GError **error)
{
  g_autoptr (ImpCondition) self = condition_new (FACT, place);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s.fact: must be text", place);
      return NULL;
    }
  if (!imp_fact_from_text (json_node_get_string (node), &self->fact))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s: unknown fact \"%s\"", place,
                   json_node_get_string (node));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static ImpCondition *
parse (JsonNode *node, const char *place, guint depth, GError **error)
{
  static const struct
  {
    const char *name;
    Kind kind;
  } LISTS[] = { { "all", ALL }, { "any", ANY }, { "not", NOT } };
  JsonObject *object = NULL;

  if (depth > DEEPEST || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s: must be a condition, at most %d deep",
                   place, DEEPEST);
      return NULL;
    }
  object = json_node_get_object (node);
  if (json_object_has_member (object, "answer"))
    return parse_answer (object, place, error);
  if (json_object_get_size (object) == 1)
    {
      JsonNode *always = json_object_get_member (object, "always");

      if (always != NULL && JSON_NODE_HOLDS_VALUE (always)
          && json_node_get_value_type (always) == G_TYPE_BOOLEAN && json_node_get_boolean (always))
        return condition_new (ALWAYS, place);
      if (json_object_has_member (object, "fact"))
        return parse_fact (json_object_get_member (object, "fact"), place, error);
      for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
        if (json_object_has_member (object, LISTS[i].name))
          {
            g_autofree char *where = g_strdup_printf ("%s.%s", place, LISTS[i].name);

            return parse_children (LISTS[i].kind, json_object_get_member (object, LISTS[i].name),
                                   where, depth, error);
          }
    }
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "%s: unknown condition (known: always, all, any, not, answer with is, fact)", place);
  return NULL;
}

/**
 * imp_condition_parse:
 * @node: (nullable): JSON: {"always": true}, {"all": […]}, {"any": […]}, {"not": …},
 *   {"answer": key, "is": answer or list} or {"fact": name}
 * @place: where it stands, for the message
 * @error: %IMP_ERROR_USAGE naming @place where @node is none of these
 *
 * Returns: (transfer full) (nullable): the condition
 */
ImpCondition *
imp_condition_parse (JsonNode *node, const char *place, GError **error)
{
  return parse (node, place, 0, error);
}

/**
 * imp_condition_holds:
 * @self: a condition
 * @situation: what is known
 *
 * Returns: whether @self holds in @situation; an answer not given is none of those it names
 */
gboolean
imp_condition_holds (const ImpCondition *self, const ImpSituation *situation)
{
  switch (self->kind)
    {
    case ALWAYS:
      return TRUE;
    case FACT:
      return situation->holds[self->fact];
    case ANSWER:
      for (guint i = 0; self->values[i] != NULL; i++)
        if (imp_situation_answer_is (situation, self->key, self->values[i]))
          return TRUE;
      return FALSE;
    case NOT:
      return !imp_condition_holds (g_ptr_array_index (self->children, 0), situation);
    case ALL:
    case ANY:
      break;
    }
  for (guint i = 0; i < self->children->len; i++)
    if (imp_condition_holds (g_ptr_array_index (self->children, i), situation)
        == (self->kind == ANY))
      return self->kind == ANY;
  return self->kind == ALL;
}

/**
 * imp_condition_check:
 * @self: a condition
 * @pack: the pack it stands in
 * @error: %IMP_ERROR_USAGE where it waits for an answer that its question does not offer
 *
 * Returns: whether every answer that @self names is offered
 */
gboolean
imp_condition_check (const ImpCondition *self, ImpPack *pack, GError **error)
{
  const ImpPackQuestion *question =
      self->kind == ANSWER ? imp_pack_find_question (pack, self->key) : NULL;

  for (guint i = 0; question != NULL && self->values[i] != NULL; i++)
    if (question->question->allowed == NULL
        || !g_strv_contains ((const char *const *)question->question->allowed, self->values[i]))
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                     "%s: waits for \"%s\", which \"%s\" does not offer", self->place,
                     self->values[i], self->key);
        return FALSE;
      }
  for (guint i = 0; i < self->children->len; i++)
    if (!imp_condition_check (g_ptr_array_index (self->children, i), pack, error))
      return FALSE;
  return TRUE;
}

/**
 * imp_condition_collect_keys:
 * @self: a condition
 * @keys: set of char*, with a free function for its keys: the questions that @self rests on are
 *   added
 */
void
imp_condition_collect_keys (const ImpCondition *self, GHashTable *keys)
{
  if (self->kind == ANSWER)
    g_hash_table_add (keys, g_strdup (self->key));
  if (self->kind == FACT)
    for (const char *const *key = imp_fact_questions (self->fact); *key != NULL; key++)
      g_hash_table_add (keys, g_strdup (*key));
  for (guint i = 0; i < self->children->len; i++)
    imp_condition_collect_keys (g_ptr_array_index (self->children, i), keys);
}
