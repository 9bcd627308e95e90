#include "imp-decision.h"

#include "imp-fold.h"
#include "imp-policy.h"

/* The form of what is written; another one is not read. */
#define FORMAT 1

/* Ages are kept as what the rules make of them, never in years. Each is written as its band and
 * read back as an age within it. */
static const struct
{
  const char *band;
  int under; /* this age is in the first band that it is under */
  int stands_for;
} AGES[] = {
  { "unknown", 0, -1 },
  { "under-16", 16, 15 },
  { "16-or-17", 18, 17 },
  { "18-or-over", G_MAXINT, 18 },
};

/* The members of ImpPolicyFacts that are yes or no. */
static const struct
{
  const char *name;
  gsize offset;
} FLAGS[] = {
  { "person_known", G_STRUCT_OFFSET (ImpPolicyFacts, person_known) },
  { "person_objects", G_STRUCT_OFFSET (ImpPolicyFacts, person_objects) },
  { "refusal_covers", G_STRUCT_OFFSET (ImpPolicyFacts, refusal_covers) },
  { "person_conflict", G_STRUCT_OFFSET (ImpPolicyFacts, person_conflict) },
  { "number_differs", G_STRUCT_OFFSET (ImpPolicyFacts, number_differs) },
  { "has_permission", G_STRUCT_OFFSET (ImpPolicyFacts, has_permission) },
  { "permission_is_persons", G_STRUCT_OFFSET (ImpPolicyFacts, permission_is_persons) },
  { "permission_started", G_STRUCT_OFFSET (ImpPolicyFacts, permission_started) },
  { "permission_has_evidence", G_STRUCT_OFFSET (ImpPolicyFacts, permission_has_evidence) },
  { "permission_identifiable", G_STRUCT_OFFSET (ImpPolicyFacts, permission_identifiable) },
  { "permission_given_in_life", G_STRUCT_OFFSET (ImpPolicyFacts, permission_given_in_life) },
  { "permission_elsewhere", G_STRUCT_OFFSET (ImpPolicyFacts, permission_elsewhere) },
  { "file_refusal_lifted", G_STRUCT_OFFSET (ImpPolicyFacts, file_refusal_lifted) },
  { "has_second_user", G_STRUCT_OFFSET (ImpPolicyFacts, has_second_user) },
  { "second_agreed", G_STRUCT_OFFSET (ImpPolicyFacts, second_agreed) },
  { "looked_at_frame", G_STRUCT_OFFSET (ImpPolicyFacts, looked_at_frame) },
  { "part_unseen", G_STRUCT_OFFSET (ImpPolicyFacts, part_unseen) },
};

/* Those that are words of our own vocabularies. What is in none of them is not free text either:
 * the parts of the program that make them let nothing else through. */
static const struct
{
  const char *name;
  gsize offset;
} WORDS[] = {
  { "route", G_STRUCT_OFFSET (ImpPolicyFacts, route) },
  { "destination", G_STRUCT_OFFSET (ImpPolicyFacts, destination) },
  { "permission_state", G_STRUCT_OFFSET (ImpPolicyFacts, permission_state) },
  { "permission_level", G_STRUCT_OFFSET (ImpPolicyFacts, permission_level) },
  { "permission_given_by", G_STRUCT_OFFSET (ImpPolicyFacts, permission_given_by) },
  { "permission_capacity", G_STRUCT_OFFSET (ImpPolicyFacts, permission_capacity) },
  { "second_authority", G_STRUCT_OFFSET (ImpPolicyFacts, second_authority) },
  { "record_deceased", G_STRUCT_OFFSET (ImpPolicyFacts, record_deceased) },
  { "record_lacks_capacity", G_STRUCT_OFFSET (ImpPolicyFacts, record_lacks_capacity) },
  { "record_known_to_audience", G_STRUCT_OFFSET (ImpPolicyFacts, record_known_to_audience) },
  { "image_kind_from_file", G_STRUCT_OFFSET (ImpPolicyFacts, image_kind_from_file) },
};

static const char *
band_of (int age)
{
  for (guint i = 0; i < G_N_ELEMENTS (AGES); i++)
    if (age < AGES[i].under)
      return AGES[i].band;
  return AGES[0].band;
}

static int
age_in (const char *band)
{
  for (guint i = 0; i < G_N_ELEMENTS (AGES); i++)
    if (g_strcmp0 (AGES[i].band, band) == 0)
      return AGES[i].stands_for;
  return -1;
}

/* How the permission's scope stands to the name that was given, which is itself left out. */
static const char *
scope_of (ImpPack *pack, const ImpPolicyFacts *facts)
{
  const char *name =
      facts->answers != NULL ? g_hash_table_lookup (facts->answers, "destination-name") : NULL;

  if (facts->permission_scope == NULL || imp_question_text_length (facts->permission_scope) < 1)
    return "none";
  return imp_fold_is_same (facts->permission_scope, name) ? "same" : "other";
}

static void
write_answers (JsonBuilder *builder, ImpPack *pack, const ImpPolicyFacts *facts)
{
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, facts->route, facts->destination);

  json_builder_set_member_name (builder, "answers");
  json_builder_begin_object (builder);
  for (guint i = 0; facts->answers != NULL && i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      const char *answer = g_hash_table_lookup (facts->answers, question->key);

      if (answer == NULL)
        continue;
      json_builder_set_member_name (builder, question->key);
      /* Of text its length: what it says is erasable, and stands in the side table. */
      if (question->allowed == NULL)
        json_builder_add_int_value (builder, imp_question_text_length (answer));
      else if (g_strv_contains ((const char *const *)question->allowed, answer))
        json_builder_add_string_value (builder, answer);
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_object (builder);
}

/**
 * imp_decision_write:
 * @pack: the pack that it was decided by
 * @facts: what was known
 * @verdict: what was decided
 *
 * Writes what a later judgement needs: answers that were chosen from a list, of written ones the
 * length, ages as bands, and how the permission's named use stood to the one asked for. No
 * identifier and no free text: the ledger's rows are never erased.
 *
 * Returns: (transfer full): an object, as JSON
 */
char *
imp_decision_write (ImpPack *pack, const ImpPolicyFacts *facts, const ImpVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *flag = facts->dicom_consent_flag;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  json_builder_set_member_name (builder, "outcome");
  json_builder_add_string_value (builder, imp_outcome_to_text (verdict->outcome));
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      const char *word = G_STRUCT_MEMBER (const char *, facts, WORDS[i].offset);

      json_builder_set_member_name (builder, WORDS[i].name);
      if (word != NULL)
        json_builder_add_string_value (builder, word);
      else
        json_builder_add_null_value (builder);
    }
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++)
    {
      json_builder_set_member_name (builder, FLAGS[i].name);
      json_builder_add_boolean_value (builder, G_STRUCT_MEMBER (gboolean, facts, FLAGS[i].offset));
    }
  json_builder_set_member_name (builder, "file_says");
  json_builder_add_string_value (builder, flag == NULL                ? "nothing"
                                          : g_str_equal (flag, "YES") ? "yes"
                                                                      : "no");
  json_builder_set_member_name (builder, "age");
  json_builder_add_string_value (builder, band_of (facts->person_age));
  json_builder_set_member_name (builder, "age_when_given");
  json_builder_add_string_value (builder, band_of (facts->person_age_when_given));
  json_builder_set_member_name (builder, "scope");
  json_builder_add_string_value (builder, scope_of (pack, facts));
  json_builder_set_member_name (builder, "overlays");
  json_builder_add_int_value (builder, facts->n_overlays);
  json_builder_set_member_name (builder, "overlays_drawn");
  json_builder_add_int_value (builder, facts->n_overlays_drawn);
  write_answers (builder, pack, facts);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* ---- read back ---- */

static const char *
get_word (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static GHashTable *
read_answers (JsonObject *object)
{
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      const char *word = get_word (object, l->data);

      if (word != NULL)
        g_hash_table_insert (answers, g_strdup (l->data), g_strdup (word));
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        g_hash_table_insert (answers, g_strdup (l->data),
                             g_strnfill ((gsize)CLAMP (json_node_get_int (node), 0, 10000), 'x'));
    }
  return g_steal_pointer (&answers);
}

static guint
get_count (JsonObject *object, const char *name)
{
  return (guint)CLAMP (json_object_get_int_member_with_default (object, name, 0), 0, 16);
}

static void
read_facts (JsonObject *decision, GHashTable *answers, ImpPolicyFacts *facts)
{
  const char *says = get_word (decision, "file_says");
  const char *scope = get_word (decision, "scope");

  *facts = (ImpPolicyFacts){ .answers = answers };
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    G_STRUCT_MEMBER (const char *, facts, WORDS[i].offset) = get_word (decision, WORDS[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++)
    G_STRUCT_MEMBER (gboolean, facts, FLAGS[i].offset) =
        json_object_get_boolean_member_with_default (decision, FLAGS[i].name, FALSE);
  facts->dicom_consent_flag = g_strcmp0 (says, "nothing") == 0 ? NULL
                              : g_strcmp0 (says, "yes") == 0   ? "YES"
                                                               : "NO";
  facts->person_age = age_in (get_word (decision, "age"));
  facts->person_age_when_given = age_in (get_word (decision, "age_when_given"));
  facts->destination_name = g_hash_table_lookup (answers, "destination-name");
  facts->permission_scope = g_strcmp0 (scope, "same") == 0    ? facts->destination_name
                            : g_strcmp0 (scope, "other") == 0 ? "another one"
                                                              : NULL;
  facts->n_overlays = get_count (decision, "overlays");
  facts->n_overlays_drawn = get_count (decision, "overlays_drawn");
}

/**
 * imp_decision_judge_again:
 * @decision: what imp_decision_write() wrote
 * @pack: a pack, the same or another
 *
 * Returns: (transfer full) (nullable): what @pack says of the same facts and answers; %NULL where
 *   @decision is not of a form that this program knows
 */
ImpVerdict *
imp_decision_judge_again (JsonObject *decision, ImpPack *pack)
{
  JsonNode *node = json_object_get_member (decision, "answers");
  g_autoptr (GHashTable) answers = NULL;
  ImpPolicyFacts facts = { 0 };

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || json_object_get_int_member_with_default (decision, "format", 0) != FORMAT)
    return NULL;
  answers = read_answers (json_node_get_object (node));
  read_facts (decision, answers, &facts);
  return imp_policy_evaluate (pack, &facts);
}

/**
 * imp_decision_get_outcome:
 * @decision: what imp_decision_write() wrote
 * @outcome: (out): what was decided then
 *
 * Returns: whether it says so
 */
gboolean
imp_decision_get_outcome (JsonObject *decision, ImpOutcome *outcome)
{
  const char *text = get_word (decision, "outcome");

  for (int i = IMP_OUTCOME_ALLOW; i <= IMP_OUTCOME_REFUSE; i++)
    if (g_strcmp0 (imp_outcome_to_text (i), text) == 0)
      {
        *outcome = i;
        return TRUE;
      }
  return FALSE;
}
