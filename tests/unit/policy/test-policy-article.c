/* What the sentences of the article ask of the decision itself (docs/rows.md). Expected outcomes
 * are read off policy.md by hand. */
#include "policy-desk.h"

#include <string.h>

static const char *const ROUTES[] = { "anonymised", "consent" };
static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };
static const char *const PUBLIC[] = { "publication", "social-media" };

static gboolean
is_public (const char *destination)
{
  return g_str_equal (destination, PUBLIC[0]) || g_str_equal (destination, PUBLIC[1]);
}

static void
check_refused (Desk *desk, const char *rule)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);

  g_assert_false (verdict->allowed);
  g_assert_nonnull (verdict_reason (verdict, rule));
}

static void
check_not_allowed (Desk *desk)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);

  g_assert_false (verdict->allowed);
  g_assert_cmpuint (verdict->reasons->len, >, 0);
}

static void
check_allowed (Desk *desk)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);

  g_assert_true (verdict->allowed);
}

static gboolean
asks (const char *route, const char *destination, const char *key)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, route, destination);

  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (((const ImpQuestion *)g_ptr_array_index (questions, i))->key, key))
      return TRUE;
  return FALSE;
}

/* A pack under which an anonymised picture may get onto social media at all. */
static Desk *
social_desk (void)
{
  g_autoptr (ImpPack) pack = pack_with_guardian ("uk-standard");
  Desk *desk = desk_new_with (pack, "anonymised", "social-media");

  desk_answer (desk, "impracticable-to-ask", "the person cannot be traced any more");
  desk->facts.has_second_user = TRUE;
  desk->facts.second_agreed = TRUE;
  desk->facts.second_authority = "guardian";
  return desk;
}

/* The sources stand in every pack that ships, dated; and a site without a policy of its own posts
 * nothing, whatever else it has. */
static void
test_row_2 (gconstpointer pack_id)
{
  static const char *const SOURCES[] = { "Radiographers", "GDPR", "HCPC" };
  g_autoptr (ImpPack) pack = pack_load (pack_id);
  g_autoptr (GVariant) references = imp_pack_describe_references (pack);

  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    {
      gboolean found = FALSE;

      for (gsize j = 0; j < g_variant_n_children (references); j++)
        {
          const char *name = NULL;
          const char *version = NULL;
          const char *date = NULL;

          g_variant_get_child (references, j, "(&s&s&s)", &name, &version, &date);
          g_assert_cmpuint (strlen (version), >, 0);
          g_assert_true (g_regex_match_simple ("^20\\d\\d-\\d\\d-\\d\\d$", date, 0, 0));
          found = found || strstr (name, SOURCES[i]) != NULL;
        }
      g_assert_true (found);
    }
  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    {
      g_autoptr (Desk) desk = desk_new_with (pack, ROUTES[r], "social-media");

      desk_answer (desk, "local-policy-reference", NULL);
      check_refused (desk, "question:local-policy-reference");
    }
}

static void
test_row_3 (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      {
        g_autoptr (Desk) desk = desk_new (ROUTES[r], DESTINATIONS[d]);
        g_autoptr (ImpVerdict) enough = NULL;

        desk_answer (desk, "why-share", NULL);
        check_refused (desk, "question:why-share");
        desk_answer (desk, "why-share", "");
        check_refused (desk, "question:why-share");
        desk_answer (desk, "why-share", "to teach anato"); /* 14 */
        check_refused (desk, "question:why-share");
        desk_answer (desk, "why-share", "to teach anatom"); /* 15 */
        enough = desk_decide (desk);
        g_assert_null (verdict_reason (enough, "question:why-share"));
      }
}

/* Whoever could be identified leaves with permission only, and with one that allows it. */
static void
test_row_4 (void)
{
  static const char *const TELLS[] = { "face-or-mark", "other-people", "would-be-recognised" };

  for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
    for (guint i = 0; i < G_N_ELEMENTS (TELLS); i++)
      {
        g_autoptr (Desk) anonymised = desk_new ("anonymised", DESTINATIONS[d]);
        g_autoptr (Desk) consent = desk_new ("consent", DESTINATIONS[d]);

        desk_answer (anonymised, TELLS[i], "yes");
        anonymised->facts.second_agreed = TRUE; /* nobody lifts it */
        check_refused (anonymised, "row-5");
        desk_answer (consent, TELLS[i], "yes");
        check_refused (consent, "row-24");
        consent->facts.permission_identifiable = TRUE;
        desk_answer (consent, "confirmation-reason", "It is the face that is to be seen");
        check_allowed (consent);
      }
}

/* That the file is an X-ray answers only what kind of picture it is: each question that a
 * photograph meets is asked. */
static void
test_row_6 (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
    {
      g_autoptr (GPtrArray) questions =
          imp_pack_get_questions (pack, "anonymised", DESTINATIONS[d]);

      for (guint i = 0; i < questions->len; i++)
        {
          const ImpQuestion *question = g_ptr_array_index (questions, i);
          g_autoptr (Desk) desk = desk_new ("anonymised", DESTINATIONS[d]);

          if (!question->required || g_str_equal (question->key, "image-kind"))
            continue;
          desk->facts.image_kind_from_file = "x-ray";
          desk_answer (desk, question->key, NULL);
          check_not_allowed (desk);
        }
    }
}

static void
test_row_7 (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      {
        g_autoptr (Desk) desk = desk_new (ROUTES[r], DESTINATIONS[d]);

        g_assert_cmpint (asks (ROUTES[r], DESTINATIONS[d], "dignified"), ==,
                         is_public (DESTINATIONS[d]));
        if (!is_public (DESTINATIONS[d]))
          continue;
        desk_answer (desk, "dignified", "no");
        check_refused (desk, "article-7");
        desk_answer (desk, "dignified", "not-sure");
        check_not_allowed (desk);
        desk_answer (desk, "dignified", NULL);
        check_refused (desk, "question:dignified");
      }
}

/* No consent on record, and none asked for, if every question is answered so that nobody is
 * identified; not if one of them is answered in any other way. A child's and a dead person's
 * picture is as an adult's here (row 19 of the table). */
static void
test_row_9 (void)
{
  static const char *const AS_ADULTS[] = { "child", "deceased", NULL };
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");
  g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, "anonymised", "teaching-file");
  guint n_choices = 0;

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      g_autoptr (Desk) desk = desk_new ("anonymised", "teaching-file");

      if (!question->required)
        continue;
      g_assert_false (desk->facts.has_permission);
      check_allowed (desk);
      desk_answer (desk, question->key, NULL);
      check_not_allowed (desk);
      for (guint j = 0; question->allowed != NULL && question->allowed[j] != NULL; j++)
        {
          const char *answer = question->allowed[j];

          desk_answer (desk, question->key, answer);
          n_choices++;
          if (g_str_equal (answer, question->clears)
              || (g_strv_contains (AS_ADULTS, question->key) && g_str_equal (answer, "yes")))
            check_allowed (desk);
          else
            check_not_allowed (desk);
        }
    }
  g_assert_cmpuint (n_choices, >=, 30); /* ten questions and more, three answers each */
}

static void
test_row_13 (void)
{
  g_autoptr (Desk) anonymised = social_desk ();
  g_autoptr (Desk) consent = desk_new ("consent", "social-media");

  check_allowed (anonymised);
  desk_answer (anonymised, "account-reveals-place", "yes");
  check_refused (anonymised, "row-16");
  check_allowed (consent);
  desk_answer (consent, "account-reveals-place", "yes");
  check_refused (consent, "row-25");
  desk_answer (consent, "confirmation-reason", "The caption was read again with her");
  check_allowed (consent);
}

static void
test_row_15 (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      {
        g_autoptr (Desk) desk = desk_new (ROUTES[r], DESTINATIONS[d]);

        g_assert_cmpint (asks (ROUTES[r], DESTINATIONS[d], "copyright-holder"), ==,
                         is_public (DESTINATIONS[d]));
        if (!is_public (DESTINATIONS[d]))
          continue;
        desk_answer (desk, "copyright-holder", NULL);
        check_refused (desk, "question:copyright-holder");
      }
}

/* Other people in the picture, and people whom the audience knows. */
static void
test_row_24 (void)
{
  g_autoptr (Desk) meeting = desk_new ("anonymised", "internal-meeting");
  g_autoptr (Desk) social = social_desk ();

  for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
    {
      g_autoptr (Desk) desk = desk_new ("anonymised", DESTINATIONS[d]);

      desk_answer (desk, "other-people", "yes");
      check_refused (desk, "row-5");
      desk_answer (desk, "other-people", NULL);
      check_refused (desk, "question:other-people");
    }
  desk_answer (meeting, "known-to-audience", "yes");
  check_refused (meeting, "row-8");
  desk_answer (social, "known-to-audience", "yes");
  check_refused (social, "row-16");
}

/* No face in it: that alone answers nothing else, and outweighs nothing else. */
static void
test_row_25 (void)
{
  static const char *const TELLS[] = { "other-people", "head-3d",   "single-out",
                                       "linkable",     "inference", "would-be-recognised" };

  for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
    {
      g_autoptr (Desk) bare = desk_new ("anonymised", DESTINATIONS[d]);

      g_hash_table_remove_all (bare->answers);
      desk_answer (bare, "face-or-mark", "no");
      check_not_allowed (bare);
      for (guint i = 0; i < G_N_ELEMENTS (TELLS); i++)
        {
          g_autoptr (Desk) desk = desk_new ("anonymised", DESTINATIONS[d]);

          desk_answer (desk, "face-or-mark", "no");
          desk_answer (desk, TELLS[i], "yes");
          check_not_allowed (desk);
        }
    }
}

/* Telephone and app add the place where it was taken, or posted: the wizard says so. */
static void
test_row_26 (void)
{
  g_autoptr (ImpPack) pack = pack_load ("uk-strict");

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (PUBLIC); d++)
      {
        g_autoptr (GPtrArray) questions = imp_pack_get_questions (pack, ROUTES[r], PUBLIC[d]);
        gboolean said = FALSE;

        for (guint i = 0; i < questions->len; i++)
          {
            const ImpQuestion *question = g_ptr_array_index (questions, i);

            said = said
                   || (g_str_equal (question->key, "account-reveals-place")
                       && strstr (question->help, "location that a telephone or an app adds"));
          }
        g_assert_true (said);
      }
}

static void
test_row_28 (void)
{
  for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
    {
      g_autoptr (Desk) anonymised = desk_new ("anonymised", DESTINATIONS[d]);
      g_autoptr (Desk) consent = desk_new ("consent", DESTINATIONS[d]);

      desk_answer (anonymised, "would-be-recognised", "yes");
      check_refused (anonymised, "row-5");
      desk_answer (anonymised, "would-be-recognised", "not-sure");
      check_refused (anonymised, "row-4");
      desk_answer (consent, "would-be-recognised", "yes");
      consent->facts.permission_identifiable = TRUE;
      desk_answer (consent, "confirmation-reason", "She wants her colleagues to know");
      check_allowed (consent);
    }
}

/* What somebody meant by it changes neither a yes nor a no. */
static void
test_row_31 (void)
{
  static const char *const MEANT[] = { "It was not intended for anybody to see this",
                                       "For the good of every patient, with the best intent",
                                       "To mock the person, as a joke among friends" };

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      for (guint face = 0; face < 2; face++)
        {
          g_autoptr (Desk) desk = desk_new (ROUTES[r], DESTINATIONS[d]);
          g_autoptr (ImpVerdict) first = NULL;

          desk_answer (desk, "face-or-mark", face ? "yes" : "no");
          first = desk_decide (desk);
          for (guint i = 0; i < G_N_ELEMENTS (MEANT); i++)
            {
              g_autoptr (ImpVerdict) verdict = NULL;

              desk_answer (desk, "why-share", MEANT[i]);
              verdict = desk_decide (desk);
              g_assert_cmpint (verdict->outcome, ==, first->outcome);
              g_assert_cmpint (verdict->allowed, ==, first->allowed);
              g_assert_cmpuint (verdict->rules->len, ==, first->rules->len);
              g_assert_cmpuint (verdict->reasons->len, ==, first->reasons->len);
            }
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/article/row-2/sources/uk-strict", "uk-strict", test_row_2);
  g_test_add_data_func ("/article/row-2/sources/uk-standard", "uk-standard", test_row_2);
  g_test_add_func ("/article/row-3/why-share", test_row_3);
  g_test_add_func ("/article/row-4/only-with-permission", test_row_4);
  g_test_add_func ("/article/row-6/x-ray-is-asked-all", test_row_6);
  g_test_add_func ("/article/row-7/dignified", test_row_7);
  g_test_add_func ("/article/row-9/every-answer-counts", test_row_9);
  g_test_add_func ("/article/row-13/account-tells", test_row_13);
  g_test_add_func ("/article/row-15/copyright", test_row_15);
  g_test_add_func ("/article/row-24/others-and-acquaintances", test_row_24);
  g_test_add_func ("/article/row-25/no-face-is-not-enough", test_row_25);
  g_test_add_func ("/article/row-26/telephones-add-places", test_row_26);
  g_test_add_func ("/article/row-28/would-be-recognised", test_row_28);
  g_test_add_func ("/article/row-31/intent-counts-nothing", test_row_31);
  return g_test_run ();
}
