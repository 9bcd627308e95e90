/* Packs that ask less than the floor: found out when a site brings one, and without effect in any
 * event, whatever they say. */
#include "policy-desk.h"

#include <string.h>

static const char *const ROUTES[] = { "anonymised", "consent" };
static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };

static char **
weaknesses_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (text, &error);

  g_assert_no_error (error);
  return imp_pack_find_weaknesses (pack);
}

static void
test_shipped (gconstpointer pack_id)
{
  g_autofree char *text = pack_text (pack_id);
  g_autofree char *named =
      text_with (text, "\"guardian\": null", "\"guardian\": \"EXAMPLE GUARDIAN\"");
  g_auto (GStrv) none = weaknesses_of (text);
  g_auto (GStrv) none_either = weaknesses_of (named);

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (none_either), ==, 0);
}

/* @from to @to makes a pack that would let out @what. */
static void
test_found (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *what;
  } WEAK[] = {
    { "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"refuse\"",
      "\"when\": {\"fact\": \"objection\"},\n          \"outcome\": \"allow\"", "has said no" },
    { "\"when\": {\"fact\": \"file-says-no\"},\n          \"outcome\": \"refuse\"",
      "\"when\": {\"fact\": \"file-says-no\"},\n          \"outcome\": \"second-person\"",
      "does not consent" },
    { "\"when\": {\"fact\": \"permission-no-evidence\"},\n          \"outcome\": \"refuse\"",
      "\"when\": {\"fact\": \"permission-no-evidence\"},\n          \"outcome\": \"allow\"",
      "without evidence" },
    { "\"min_length\": 15,", "\"min_length\": 3,", "less than 15 characters" },
    { "\"when\": {\"answer\": \"head-3d\", \"is\": \"yes\"}",
      "\"when\": {\"answer\": \"head-3d\", \"is\": \"not-sure\"}", "face can be rebuilt" },
  };
  g_autofree char *text = pack_text ("uk-strict");

  for (guint i = 0; i < G_N_ELEMENTS (WEAK); i++)
    {
      g_autofree char *weak = text_with (text, WEAK[i].from, WEAK[i].to);
      g_auto (GStrv) found = weaknesses_of (weak);
      g_autofree char *all = g_strjoinv ("\n", found);

      g_test_message ("%s", all);
      g_assert_cmpuint (g_strv_length (found), >=, 1);
      g_assert_nonnull (strstr (all, WEAK[i].what));
      g_assert_true (g_str_has_prefix (all, "line "));
      /* Row 7, at 663, is the first on which a picture without permission may rest; row 20 on one.
       */
      g_assert_true (strstr (all, "row 7 ") != NULL || strstr (all, "row 20 ") != NULL);
    }
}

/* Anonymised pictures on social media, and photographs in print, wait for a named Guardian. */
static void
test_guardian (void)
{
  g_autofree char *text = pack_text ("uk-standard");
  g_autofree char *social =
      text_with (text, "\"when\": {\"fact\": \"guardian-named\"}", "\"when\": {\"always\": true}");
  g_autofree char *weak =
      text_with (social, "\"when\": {\"not\": {\"fact\": \"guardian-named\"}}",
                 "\"when\": {\"all\": [{\"always\": true}, {\"fact\": \"guardian-named\"}]}");
  g_autofree char *named =
      text_with (weak, "\"guardian\": null", "\"guardian\": \"EXAMPLE GUARDIAN\"");
  g_auto (GStrv) found = weaknesses_of (weak);
  g_auto (GStrv) none = weaknesses_of (named);

  g_assert_cmpuint (g_strv_length (found), ==, 1);
  g_assert_nonnull (strstr (found[0], "Caldicott Guardian"));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* ---- random packs ---- */

#define N_PACKS 4000
#define N_CASES 60

static const char *const KEYS[] = {
  "why-share",
  "destination-name",
  "ethics-reference",
  "local-policy-reference",
  "child",
  "deceased",
  "lacks-capacity",
  "unusual",
  "face-or-mark",
  "other-people",
  "head-3d",
  "single-out",
  "linkable",
  "inference",
  "would-be-recognised",
  "looked-at-all",
  "same-person",
  "overlays-accounted",
  "permanence-understood",
  "words-checked",
  "image-kind",
  "known-to-audience",
};
#define N_TEXTS 4 /* the first are texts */
static const char *const FACTS[] = { "objection",
                                     "refusal-covers",
                                     "permission-refused",
                                     "file-says-no",
                                     "permission-expired",
                                     "permission-not-active",
                                     "permission-out-of-scope",
                                     "permission-no-evidence",
                                     "permission-no-authority",
                                     "permission-identifiable",
                                     "not-sure",
                                     "public",
                                     "number-differs",
                                     "has-overlays" };
static const char *const CHOICES[] = { "yes", "no", "not-sure" };
static const char USES[] = "\"routes\": [\"anonymised\", \"consent\"], \"destinations\": "
                           "[\"internal-meeting\", \"teaching-file\", \"publication\", "
                           "\"research\", \"social-media\"]";

static const char *
pick (GRand *random, const char *const *texts, guint n)
{
  return texts[g_rand_int_range (random, 0, (gint32)n)];
}

static void
add_condition (GString *out, GRand *random, guint depth)
{
  switch (g_rand_int_range (random, 0, depth > 2 ? 2 : 5))
    {
    case 0:
      g_string_append (out, "{\"always\": true}");
      return;
    case 1:
      g_string_append_printf (out, "{\"fact\": \"%s\"}",
                              pick (random, FACTS, G_N_ELEMENTS (FACTS)));
      return;
    case 2:
      g_string_append (out, "{\"not\": ");
      add_condition (out, random, depth + 1);
      g_string_append_c (out, '}');
      return;
    default:
      g_string_append_printf (out, "{\"%s\": [", g_rand_boolean (random) ? "all" : "any");
      add_condition (out, random, depth + 1);
      g_string_append_c (out, ',');
      add_condition (out, random, depth + 1);
      g_string_append (out, "]}");
    }
}

static void
add_question (GString *out, GRand *random, guint i, guint n_rows)
{
  g_autoptr (GString) rows = g_string_new ("\"row-1\"");

  for (guint row = 2; row <= n_rows; row++)
    g_string_append_printf (rows, ", \"row-%u\"", row);
  g_string_append_printf (out,
                          "%s{\"key\": \"%s\", \"text\": \"Which?\", \"scope\": \"%s\", \"page\": "
                          "\"use\", %s, \"rows\": [%s], \"use\": \"a test\", ",
                          i > 0 ? "," : "", KEYS[i], i % 2 == 0 ? "pixels" : "use", USES,
                          rows->str);
  if (i < N_TEXTS)
    g_string_append_printf (out, "\"type\": \"text\", \"min_length\": %d, \"required\": true}",
                            g_rand_int_range (random, 1, 20));
  else
    g_string_append_printf (out,
                            "\"type\": \"choice\", \"allowed\": [\"yes\", \"no\", \"not-sure\"], "
                            "\"clears\": \"%s\", \"required\": %s, \"needed_when\": %s}",
                            pick (random, CHOICES, 3), i % 3 == 0 ? "true" : "false",
                            i % 3 == 0 ? "null" : "\"never\"");
}

static void
add_row (GString *out, GRand *random, guint number)
{
  static const char *const OUTCOMES[] = { "allow",   "allow",         "allow",
                                          "confirm", "second-person", "refuse" };
  const char *outcome = pick (random, OUTCOMES, G_N_ELEMENTS (OUTCOMES));

  g_string_append_printf (
      out, "%s{\"row\": %u, %s, \"source\": \"a test\", \"basis\": %s, \"cases\": [{\"when\": ",
      number > 1 ? "," : "", number, USES,
      g_rand_boolean (random) || number == 1 ? "true" : "false");
  add_condition (out, random, 0);
  g_string_append_printf (out, ", \"outcome\": \"%s\", ", outcome);
  if (g_str_equal (outcome, "confirm"))
    g_string_append (out, "\"confirm\": [\"why-share\"], ");
  g_string_append (out, "\"reason\": \"because\", \"lift\": \"nothing\"}]}");
}

/* Half of them allow everything that they do not happen to refuse: row 1 does, always. */
static ImpPack *
make_pack (GRand *random)
{
  g_autoptr (GString) out = g_string_new (
      "{\"format\": 1, \"id\": \"random\", \"version\": \"1\", \"title\": \"t\", \"summary\": "
      "\"s\", "
      "\"guardian\": \"EXAMPLE GUARDIAN\", \"references\": [{\"name\": \"n\", \"date\": \"d\"}], "
      "\"destinations\": [\"internal-meeting\", \"teaching-file\", \"publication\", \"research\", "
      "\"social-media\"], \"covers\": {\"teaching-closed\": {\"teaching-file\": \"yes\", "
      "\"internal-meeting\": \"yes\"}, \"publication-open-web\": {\"publication\": \"yes\"}, "
      "\"research-area\": {\"research\": \"area\"}, \"social-media\": {\"social-media\": "
      "\"named\"}}, "
      "\"questions\": [");
  g_autoptr (GError) error = NULL;
  gboolean all = g_rand_boolean (random);
  guint n_rows = all ? 1 : (guint)g_rand_int_range (random, 1, 6);
  ImpPack *pack = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    add_question (out, random, i, n_rows);
  g_string_append (out, "], \"rows\": [");
  if (all)
    g_string_append_printf (out,
                            "{\"row\": 1, %s, \"source\": \"a test\", \"basis\": true, \"cases\": "
                            "[{\"when\": {\"always\": true}, \"outcome\": \"allow\", \"reason\": "
                            "\"because\", \"lift\": \"nothing\"}]}",
                            USES);
  else
    for (guint i = 1; i <= n_rows; i++)
      add_row (out, random, i);
  g_string_append (out, "]}");
  pack = pack_parse_text (out->str, &error);
  g_assert_no_error (error);
  return pack;
}

static const char *
answer_of (const Desk *desk, const char *key)
{
  return g_hash_table_lookup (desk->answers, key);
}

static gboolean
is_said (const Desk *desk, const char *key)
{
  return g_strcmp0 (answer_of (desk, key), "yes") == 0
         || g_strcmp0 (answer_of (desk, key), "no") == 0;
}

/* What policy.md says that no pack can allow, in plain conditions. */
static gboolean
floor_refuses (const Desk *desk)
{
  static const char *const IDENTITY[] = { "face-or-mark",       "other-people", "head-3d",
                                          "single-out",         "linkable",     "inference",
                                          "would-be-recognised" };
  const ImpPolicyFacts *facts = &desk->facts;
  gboolean anonymised = g_str_equal (facts->route, "anonymised");
  const char *why = answer_of (desk, "why-share");
  gboolean shows_who = FALSE;

  if (facts->person_objects || facts->refusal_covers || facts->person_conflict
      || !facts->looked_at_frame
      || (facts->dicom_consent_flag != NULL && !g_str_equal (facts->dicom_consent_flag, "YES")))
    return TRUE;
  if (g_strcmp0 (answer_of (desk, "looked-at-all"), "yes") != 0 || why == NULL || strlen (why) < 15)
    return TRUE;
  if (facts->n_overlays > 0 && g_strcmp0 (answer_of (desk, "overlays-accounted"), "yes") != 0)
    return TRUE;
  if (g_str_equal (facts->destination, "social-media")
      && answer_of (desk, "local-policy-reference") == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (IDENTITY); i++)
    if (anonymised && g_strcmp0 (answer_of (desk, IDENTITY[i]), "no") != 0)
      return TRUE;
  if (anonymised)
    return FALSE;
  shows_who = g_strcmp0 (answer_of (desk, "face-or-mark"), "no") != 0
              || g_strcmp0 (answer_of (desk, "other-people"), "no") != 0
              || g_strcmp0 (answer_of (desk, "would-be-recognised"), "no") != 0;
  return !facts->person_known || !facts->has_permission || !facts->permission_is_persons
         || !(g_strcmp0 (facts->permission_state, "active") == 0
              || g_strcmp0 (facts->permission_state, "review-due") == 0)
         || !facts->permission_has_evidence || !facts->permission_started
         || g_str_equal (facts->permission_level, "record-only")
         || g_str_equal (facts->permission_given_by, "none")
         || (shows_who && !facts->permission_identifiable) || !is_said (desk, "child")
         || !is_said (desk, "deceased") || !is_said (desk, "lacks-capacity")
         || (facts->number_differs && g_strcmp0 (answer_of (desk, "same-person"), "yes") != 0);
}

/* One thing in about seven is as it should not be. */
static gboolean
spoil (GRand *random)
{
  return g_rand_int_range (random, 0, 24) == 0;
}

static void
set_up_case (Desk *desk, GRand *random)
{
  static const char *const STATES[] = { "withdrawn", "refused", "expired", "draft", "suspended" };
  static const char *const BAD_FLAGS[] = { "NO", "WITHDRAWN", "PERHAPS" };
  ImpPolicyFacts *facts = &desk->facts;

  for (guint i = N_TEXTS; i < G_N_ELEMENTS (KEYS); i++)
    {
      gboolean wants_yes = i >= 15 && i <= 19;

      desk_answer (desk, KEYS[i], wants_yes ? "yes" : "no");
      if (spoil (random))
        desk_answer (desk, KEYS[i], spoil (random) ? NULL : pick (random, CHOICES, 3));
    }
  desk_answer (desk, "why-share", spoil (random) ? "too short" : "an example of a good reason");
  desk_answer (desk, "local-policy-reference", spoil (random) ? NULL : "an example of a policy");
  facts->person_objects = spoil (random);
  facts->refusal_covers = spoil (random);
  facts->person_conflict = spoil (random);
  facts->looked_at_frame = !spoil (random);
  facts->dicom_consent_flag = spoil (random) ? pick (random, BAD_FLAGS, 3) : NULL;
  facts->n_overlays = g_rand_boolean (random);
  facts->number_differs = spoil (random);
  if (facts->permission_level == NULL)
    return;
  facts->permission_level = g_str_equal (facts->destination, "research") ? "research-area"
                            : g_str_equal (facts->destination, "publication")
                                ? "publication-open-web"
                            : g_str_equal (facts->destination, "social-media") ? "social-media"
                                                                               : "teaching-closed";
  if (spoil (random))
    facts->permission_level = "record-only";
  facts->person_known = !spoil (random);
  facts->has_permission = !spoil (random);
  facts->permission_is_persons = !spoil (random);
  facts->permission_state = spoil (random) ? pick (random, STATES, 5) : "active";
  facts->permission_has_evidence = !spoil (random);
  facts->permission_started = !spoil (random);
  facts->permission_given_by = spoil (random) ? "none" : "patient";
  facts->permission_identifiable = g_rand_boolean (random);
}

static void
test_random_packs (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  guint n_refused = 0;
  guint n_allowed = 0;
  guint n_weak = 0;

  for (guint p = 0; p < N_PACKS; p++)
    {
      g_autoptr (ImpPack) pack = make_pack (random);

      if (p % 100 == 0)
        {
          g_auto (GStrv) weak = imp_pack_find_weaknesses (pack);

          n_weak += weak[0] != NULL;
        }
      for (guint i = 0; i < N_CASES; i++)
        {
          g_autoptr (Desk) desk =
              desk_new_with (pack, pick (random, ROUTES, 2), pick (random, DESTINATIONS, 5));
          g_autoptr (ImpVerdict) verdict = NULL;

          set_up_case (desk, random);
          verdict = desk_decide (desk);
          n_allowed += verdict->allowed;
          if (!floor_refuses (desk))
            continue;
          n_refused++;
          g_assert_false (verdict->allowed);
          g_assert_cmpint (verdict->outcome, ==, IMP_OUTCOME_REFUSE);
          g_assert_cmpuint (verdict->reasons->len, >, 0);
        }
    }
  g_test_message ("%u packs, %u of 40 found weak; %u cases that the floor refuses; %u let through",
                  N_PACKS, n_weak, n_refused, n_allowed);
  g_assert_cmpuint (n_refused, >, 100000);
  g_assert_cmpuint (n_allowed, >, 2000); /* else nothing would have been shown */
  g_assert_cmpuint (n_weak, >, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/policy/strength/shipped/uk-strict", "uk-strict", test_shipped);
  g_test_add_data_func ("/policy/strength/shipped/uk-standard", "uk-standard", test_shipped);
  g_test_add_func ("/policy/strength/found", test_found);
  g_test_add_func ("/policy/strength/guardian", test_guardian);
  g_test_add_func ("/policy/strength/random-packs", test_random_packs);
  return g_test_run ();
}
