#include "imp-pack-private.h"

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-json-private.h"

#define WHAT "The policy pack"

G_DEFINE_FINAL_TYPE (ImpPack, imp_pack, G_TYPE_OBJECT)

/**
 * imp_pack_question_free:
 * @question: (transfer full) (nullable): a question of a pack
 */
void
imp_pack_question_free (ImpPackQuestion *question)
{
  if (question == NULL)
    return;
  imp_question_free (question->question);
  g_strfreev (question->routes);
  g_strfreev (question->destinations);
  imp_condition_free (question->needed);
  imp_reason_free (question->insists);
  g_free (question->use);
  g_free (question->place);
  g_free (question);
}

/**
 * imp_pack_case_free:
 * @part: (transfer full) (nullable): a part of a row
 */
void
imp_pack_case_free (ImpPackCase *part)
{
  if (part == NULL)
    return;
  imp_condition_free (part->when);
  imp_reason_free (part->says);
  g_strfreev (part->confirm);
  g_free (part->authority);
  g_free (part);
}

/**
 * imp_pack_row_free:
 * @row: (transfer full) (nullable): a row
 */
void
imp_pack_row_free (ImpPackRow *row)
{
  if (row == NULL)
    return;
  g_strfreev (row->routes);
  g_strfreev (row->destinations);
  g_clear_pointer (&row->cases, g_ptr_array_unref);
  g_free (row->source);
  g_free (row->place);
  g_free (row);
}

static void
imp_pack_finalize (GObject *object)
{
  ImpPack *self = IMP_PACK (object);

  g_free (self->id);
  g_free (self->version);
  g_free (self->title);
  g_free (self->hash);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_free (self->summary);
  g_free (self->guardian);
  g_free (self->review_by);
  g_strfreev (self->destinations);
  g_hash_table_unref (self->covers);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->references);
  g_clear_pointer (&self->map, imp_json_map_free);
  G_OBJECT_CLASS (imp_pack_parent_class)->finalize (object);
}

static void
imp_pack_class_init (ImpPackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_pack_finalize;
}

static void
imp_pack_init (ImpPack *self)
{
  self->covers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_pack_question_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_pack_row_free);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
}

/**
 * imp_pack_parse:
 * @json: a policy pack: the decision table of policy.md 2.4, its questions, and which permission
 *   covers which destination
 * @error: %IMP_ERROR_USAGE naming line and place where the pack is malformed: it decides nothing
 *   then
 *
 * Returns: (transfer full) (nullable): the pack
 */
ImpPack *
imp_pack_parse (GBytes *json, GError **error)
{
  g_autoptr (ImpPack) self = g_object_new (IMP_TYPE_PACK, NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local_error = NULL;

  self->map = imp_json_map_new (json, "pack", WHAT, error);
  if (self->map == NULL)
    return NULL;
  root = imp_json_parse (json, WHAT, error);
  if (root == NULL)
    return NULL;
  if (!imp_pack_fill (self, root, &local_error) || !imp_pack_check (self, &local_error))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, WHAT ", line %u: %s",
                   imp_json_map_find_line (self->map, local_error->message), local_error->message);
      return NULL;
    }
  self->hash = imp_hash_bytes (json);
  self->json = g_bytes_ref (json);
  return g_steal_pointer (&self);
}

/**
 * imp_pack_get_id:
 * @self: a pack
 *
 * Returns: (transfer none): its stable name, "uk-strict"
 */
const char *
imp_pack_get_id (ImpPack *self)
{
  return self->id;
}

/**
 * imp_pack_get_version:
 * @self: a pack
 *
 * Returns: (transfer none): its version, for the receipt
 */
const char *
imp_pack_get_version (ImpPack *self)
{
  return self->version;
}

/**
 * imp_pack_get_title:
 * @self: a pack
 *
 * Returns: (transfer none): what it is, in plain words
 */
const char *
imp_pack_get_title (ImpPack *self)
{
  return self->title;
}

/**
 * imp_pack_get_hash:
 * @self: a pack
 *
 * Returns: (transfer none): the SHA-256 of the bytes it was parsed from: approvals hold it
 */
const char *
imp_pack_get_hash (ImpPack *self)
{
  return self->hash;
}

/**
 * imp_pack_get_destinations:
 * @self: a pack
 *
 * Returns: (transfer none): the destinations it decides about, %NULL-terminated
 */
const char *const *
imp_pack_get_destinations (ImpPack *self)
{
  return (const char *const *)self->destinations;
}

/**
 * imp_pack_get_questions:
 * @self: a pack
 * @route: (nullable): "consent" or "anonymised"
 * @destination: (nullable): one of its destinations
 *
 * Gives what this use asks, in the wizard's order, conditional questions included: @required says
 * which are always asked.
 *
 * Returns: (transfer container) (element-type ImpQuestion): the questions, owned by @self, which
 *   must outlive them; none for a route or destination that is not known
 */
GPtrArray *
imp_pack_get_questions (ImpPack *self, const char *route, const char *destination)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->questions->len; i++)
    {
      const ImpPackQuestion *question = g_ptr_array_index (self->questions, i);

      if (imp_pack_question_is_for (question, route, destination))
        g_ptr_array_add (found, question->question);
    }
  return found;
}

/**
 * imp_pack_question_is_for:
 * @question: a question of a pack
 * @route: (nullable): a route
 * @destination: (nullable): a destination
 *
 * Returns: whether that use asks it
 */
gboolean
imp_pack_question_is_for (const ImpPackQuestion *question, const char *route,
                          const char *destination)
{
  return route != NULL && destination != NULL
         && g_strv_contains ((const char *const *)question->routes, route)
         && g_strv_contains ((const char *const *)question->destinations, destination);
}

/**
 * imp_pack_find_question:
 * @self: a pack
 * @key: key of a question
 *
 * Returns: (transfer none) (nullable): the question
 */
const ImpPackQuestion *
imp_pack_find_question (ImpPack *self, const char *key)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      const ImpPackQuestion *question = g_ptr_array_index (self->questions, i);

      if (g_str_equal (question->question->key, key))
        return question;
    }
  return NULL;
}

/**
 * imp_pack_covers:
 * @self: a pack
 * @level: (nullable): level of a permission
 * @destination: (nullable): a destination
 *
 * Returns: (transfer none) (nullable): how @level covers @destination: "yes", "named", "area";
 *   %NULL where it does not
 */
const char *
imp_pack_covers (ImpPack *self, const char *level, const char *destination)
{
  g_autofree char *key =
      g_strdup_printf ("%s/%s", level == NULL ? "" : level, destination == NULL ? "" : destination);

  return g_hash_table_lookup (self->covers, key);
}
