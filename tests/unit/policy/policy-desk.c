#include "policy-desk.h"

#include <string.h>

#include "imp-policy-packs.h"

char *
pack_text (const char *id)
{
  g_autofree char *path = g_strdup_printf ("/io/github/imprimatur/Imprimatur/policy/%s.json", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (imp_policy_packs_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Every @from must be there at least once, or the test would test nothing. */
char *
text_with (const char *text, const char *from, const char *to)
{
  GString *out = g_string_new (text);

  g_assert_cmpuint (g_string_replace (out, from, to, 0), >, 0);
  return g_string_free (out, FALSE);
}

ImpPack *
pack_parse_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return imp_pack_parse (bytes, error);
}

ImpPack *
pack_load (const char *id)
{
  g_autofree char *text = pack_text (id);
  g_autoptr (GError) error = NULL;
  ImpPack *pack = pack_parse_text (text, &error);

  g_assert_no_error (error);
  return pack;
}

ImpPack *
pack_with_guardian (const char *id)
{
  g_autofree char *text = pack_text (id);
  g_autofree char *named =
      text_with (text, "\"guardian\": null", "\"guardian\": \"EXAMPLE GUARDIAN\"");
  g_autoptr (GError) error = NULL;
  ImpPack *pack = pack_parse_text (named, &error);

  g_assert_no_error (error);
  return pack;
}

static const char *
covering_level (const char *destination)
{
  if (g_str_equal (destination, "publication"))
    return "publication-named";
  if (g_str_equal (destination, "research"))
    return "research-study";
  if (g_str_equal (destination, "social-media"))
    return "social-media";
  return "teaching-closed";
}

Desk *
desk_new_with (ImpPack *pack, const char *route, const char *destination)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, route, destination);

  desk->pack = g_object_ref (pack);
  desk->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (question->required)
        desk_answer (desk, question->key,
                     question->clears != NULL ? question->clears
                                              : "An example of an answer that is long enough");
    }
  desk->facts = (ImpPolicyFacts){
    .route = route,
    .destination = destination,
    .answers = desk->answers,
    .person_age = -1,
    .person_age_when_given = -1,
    .looked_at_frame = TRUE,
  };
  if (g_str_equal (route, "consent"))
    {
      desk->facts.person_known = TRUE;
      desk->facts.has_permission = TRUE;
      desk->facts.permission_state = "active";
      desk->facts.permission_level = covering_level (destination);
      desk->facts.permission_scope = "An example of an answer that is long enough";
      desk->facts.permission_is_persons = TRUE;
      desk->facts.permission_started = TRUE;
      desk->facts.permission_has_evidence = TRUE;
      desk->facts.permission_given_by = "patient";
      desk->facts.permission_capacity = "presumed";
      desk->facts.permission_given_in_life = TRUE;
    }
  return desk;
}

Desk *
desk_new (const char *route, const char *destination)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  return desk_new_with (pack, route, destination);
}

void
desk_free (Desk *desk)
{
  g_object_unref (desk->pack);
  g_hash_table_unref (desk->answers);
  g_free (desk);
}

void
desk_answer (Desk *desk, const char *key, const char *value)
{
  if (value == NULL)
    g_hash_table_remove (desk->answers, key);
  else
    g_hash_table_insert (desk->answers, g_strdup (key), g_strdup (value));
}

ImpVerdict *
desk_decide (Desk *desk)
{
  return imp_policy_evaluate (desk->pack, &desk->facts);
}

gboolean
verdict_has_rule (const ImpVerdict *verdict, const char *rule)
{
  return g_ptr_array_find_with_equal_func (verdict->rules, rule, g_str_equal, NULL);
}

const ImpReason *
verdict_reason (const ImpVerdict *verdict, const char *rule)
{
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (verdict->reasons, i);

      if (g_str_equal (reason->rule, rule))
        return reason;
    }
  return NULL;
}

gboolean
verdict_needs (const ImpVerdict *verdict, const char *key)
{
  return g_ptr_array_find_with_equal_func (verdict->needed, key, g_str_equal, NULL);
}
