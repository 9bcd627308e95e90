/* The floor: a pack that allows everything still cannot let these through. */
#include "policy-desk.h"

#include <string.h>

static ImpPack *
pack_that_allows_everything (void)
{
  static const char *const OUTCOMES[] = { "refuse", "second-person", "confirm" };
  g_autofree char *text = pack_text ("uk-strict");
  g_autoptr (GError) error = NULL;
  ImpPack *pack = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (OUTCOMES); i++)
    {
      g_autofree char *from = g_strdup_printf ("\"outcome\": \"%s\"", OUTCOMES[i]);
      g_autofree char *before = g_steal_pointer (&text);

      text = text_with (before, from, "\"outcome\": \"allow\"");
    }
  pack = pack_parse_text (text, &error);
  g_assert_no_error (error);
  return pack;
}

static void
check_refused (Desk *desk, const char *rule)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);

  g_assert_false (verdict->allowed);
  g_assert_cmpint (verdict->outcome, ==, IMP_OUTCOME_REFUSE);
  g_assert_nonnull (verdict_reason (verdict, rule));
}

static void
check_allowed (Desk *desk)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);

  g_assert_true (verdict->allowed);
}

typedef void (*Spoil) (Desk *desk);

static void
no_route (Desk *desk)
{
  desk->facts.route = NULL;
}
static void
other_route (Desk *desk)
{
  desk->facts.route = "just-this-once";
}
static void
no_destination (Desk *desk)
{
  desk->facts.destination = NULL;
}
static void
other_destination (Desk *desk)
{
  desk->facts.destination = "closed-group";
}
static void
objection (Desk *desk)
{
  desk->facts.person_objects = TRUE;
}
static void
refusal (Desk *desk)
{
  desk->facts.refusal_covers = TRUE;
}
static void
file_says_no (Desk *desk)
{
  desk->facts.dicom_consent_flag = "WITHDRAWN";
}
static void
other_person (Desk *desk)
{
  desk->facts.person_conflict = TRUE;
}
static void
frame_not_seen (Desk *desk)
{
  desk->facts.looked_at_frame = FALSE;
}
static void
part_unseen (Desk *desk)
{
  desk->facts.part_unseen = TRUE;
}
static void
not_all_looked_at (Desk *desk)
{
  desk_answer (desk, "looked-at-all", "no");
}
static void
not_sure_of_pixels (Desk *desk)
{
  desk_answer (desk, "face-or-mark", "not-sure");
}
static void
not_sure_of_age (Desk *desk)
{
  desk_answer (desk, "child", "not-sure");
}
static void
no_purpose (Desk *desk)
{
  desk_answer (desk, "why-share", NULL);
}
static void
purpose_of_blanks (Desk *desk)
{
  desk_answer (desk, "why-share", "                 teaching          ");
}
static void
purpose_of_broken_text (Desk *desk)
{
  desk_answer (desk, "why-share", "teaching file \xff\xfe\xfd example");
}
static void
strange_answer (Desk *desk)
{
  desk_answer (desk, "face-or-mark", "maybe");
}

static const struct
{
  const char *name;
  Spoil spoil;
  const char *rule;
} FLOORS[] = {
  { "no-route", no_route, "floor:route" },
  { "other-route", other_route, "floor:route" },
  { "no-destination", no_destination, "floor:destination" },
  { "other-destination", other_destination, "floor:destination" },
  { "objection", objection, "floor:objection" },
  { "refusal", refusal, "floor:refusal" },
  { "file-says-no", file_says_no, "floor:file-says-no" },
  { "other-person", other_person, "floor:person-conflict" },
  { "frame-not-seen", frame_not_seen, "floor:looked-at" },
  { "part-never-on-screen", part_unseen, "floor:seen" },
  { "not-all-looked-at", not_all_looked_at, "floor:looked-at-all" },
  { "not-sure-of-pixels", not_sure_of_pixels, "floor:not-sure" },
  { "not-sure-of-age", not_sure_of_age, "floor:not-sure" },
  { "no-purpose", no_purpose, "question:why-share" },
  { "purpose-of-blanks", purpose_of_blanks, "question:why-share" },
  { "purpose-of-broken-text", purpose_of_broken_text, "question:why-share" },
  { "strange-answer", strange_answer, "question:face-or-mark" },
};

static void
test_floors (void)
{
  static const char *const ROUTES[] = { "anonymised", "consent" };
  static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                              "research", "social-media" };
  g_autoptr (ImpPack) pack = pack_that_allows_everything ();

  for (guint r = 0; r < G_N_ELEMENTS (ROUTES); r++)
    for (guint d = 0; d < G_N_ELEMENTS (DESTINATIONS); d++)
      for (guint i = 0; i < G_N_ELEMENTS (FLOORS); i++)
        {
          g_autoptr (Desk) desk = desk_new_with (pack, ROUTES[r], DESTINATIONS[d]);

          check_allowed (desk);
          g_test_message ("%s %s %s", ROUTES[r], DESTINATIONS[d], FLOORS[i].name);
          FLOORS[i].spoil (desk);
          check_refused (desk, FLOORS[i].rule);
        }
}

static void
nobody (Desk *desk)
{
  desk->facts.person_known = FALSE;
}
static void
no_permission (Desk *desk)
{
  desk->facts.has_permission = FALSE;
}
static void
anothers (Desk *desk)
{
  desk->facts.permission_is_persons = FALSE;
}
static void
withdrawn (Desk *desk)
{
  desk->facts.permission_state = "withdrawn";
}
static void
expired (Desk *desk)
{
  desk->facts.permission_state = "expired";
}
static void
unknown_state (Desk *desk)
{
  desk->facts.permission_state = NULL;
}
static void
no_evidence (Desk *desk)
{
  desk->facts.permission_has_evidence = FALSE;
}
static void
not_begun (Desk *desk)
{
  desk->facts.permission_started = FALSE;
}
static void
for_the_record_only (Desk *desk)
{
  desk->facts.permission_level = "record-only";
}
static void
unknown_level (Desk *desk)
{
  desk->facts.permission_level = NULL;
}
static void
given_by_nobody (Desk *desk)
{
  desk->facts.permission_given_by = NULL;
}

static void
test_permission_floors (void)
{
  static const Spoil SPOILS[] = { no_permission, anothers,       withdrawn, expired,
                                  unknown_state, no_evidence,    not_begun, for_the_record_only,
                                  unknown_level, given_by_nobody };
  g_autoptr (ImpPack) pack = pack_that_allows_everything ();
  g_autoptr (Desk) unnamed = desk_new_with (pack, "consent", "teaching-file");

  for (guint i = 0; i < G_N_ELEMENTS (SPOILS); i++)
    {
      g_autoptr (Desk) desk = desk_new_with (pack, "consent", "teaching-file");

      check_allowed (desk);
      g_test_message ("permission floor %u", i);
      SPOILS[i](desk);
      check_refused (desk, "floor:permission");
    }
  nobody (unnamed);
  check_refused (unnamed, "floor:person");
}

static void
test_social_policy (void)
{
  g_autoptr (ImpPack) pack = pack_that_allows_everything ();
  static const char *const ROUTES[] = { "anonymised", "consent" };

  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    {
      g_autoptr (Desk) desk = desk_new_with (pack, ROUTES[i], "social-media");

      desk_answer (desk, "local-policy-reference", NULL);
      check_refused (desk, "question:local-policy-reference");
      desk_answer (desk, "local-policy-reference", "  ");
      check_refused (desk, "question:local-policy-reference");
    }
}

/* The same question taken out of the pack does not take the floor away. */
static void
test_question_removed (void)
{
  g_autofree char *text = pack_text ("uk-strict");
  g_autofree char *elsewhere =
      text_with (text, "\"key\": \"looked-at-all\"", "\"key\": \"not-looked-at-all\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (elsewhere, &error);
  g_autoptr (Desk) desk = NULL;

  g_assert_no_error (error);
  desk = desk_new_with (pack, "anonymised", "internal-meeting");
  check_refused (desk, "floor:looked-at-all");
}

/* A pack that asks none of it is taken to be told nothing. */
static void
test_unasked (void)
{
  static const struct
  {
    const char *key;
    const char *rule;
  } UNASKED[] = {
    { "face-or-mark", "floor:identifiable" },        { "other-people", "floor:identifiable" },
    { "would-be-recognised", "floor:identifiable" }, { "child", "floor:person-answers" },
    { "deceased", "floor:person-answers" },          { "lacks-capacity", "floor:person-answers" },
  };
  g_autoptr (ImpPack) all = pack_that_allows_everything ();
  g_autoptr (GBytes) json = g_bytes_ref (imp_pack_get_json (all));
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  g_autofree char *unasked =
      text_with (text, "\"required\": true,", "\"required\": false, \"needed_when\": \"never\",");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (unasked, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (UNASKED); i++)
    {
      g_autoptr (Desk) desk = desk_new_with (all, "consent", "teaching-file");

      g_set_object (&desk->pack, pack);
      check_allowed (desk);
      desk_answer (desk, UNASKED[i].key, NULL);
      check_refused (desk, UNASKED[i].rule);
      desk_answer (desk, UNASKED[i].key, "no");
      check_allowed (desk);
    }
}

/* No row to rest on: the answer is no, however little stands against it. */
static void
test_no_rule (void)
{
  g_autofree char *text = pack_text ("uk-strict");
  g_autofree char *without = text_with (text, "\"basis\": true", "\"basis\": false");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (without, &error);
  g_autoptr (Desk) desk = NULL;

  g_assert_no_error (error);
  desk = desk_new_with (pack, "anonymised", "internal-meeting");
  check_refused (desk, "floor:no-rule");
}

static void
test_same_person (void)
{
  g_autoptr (Desk) desk = desk_new ("consent", "teaching-file");
  g_autoptr (Desk) anonymised = desk_new ("anonymised", "teaching-file");

  desk->facts.number_differs = TRUE;
  check_refused (desk, "question:same-person");
  {
    g_autoptr (ImpVerdict) verdict = desk_decide (desk);

    g_assert_true (verdict_needs (verdict, "same-person"));
  }
  desk_answer (desk, "same-person", "perhaps");
  {
    g_autoptr (ImpVerdict) verdict = desk_decide (desk);

    g_assert_true (verdict_needs (verdict, "same-person"));
    g_assert_nonnull (verdict_reason (verdict, "question:same-person"));
  }
  desk_answer (desk, "same-person", "no");
  check_refused (desk, "floor:same-person");
  desk_answer (desk, "same-person", "not-sure");
  check_refused (desk, "floor:same-person");
  desk_answer (desk, "same-person", "yes");
  check_allowed (desk);
  anonymised->facts.number_differs = TRUE;
  check_allowed (anonymised);
}

/* Leaks row 19: on both routes, and whatever the pack says. */
static void
test_overlays (void)
{
  static const char *const ROUTES[] = { "consent", "anonymised" };

  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    {
      g_autoptr (Desk) desk = desk_new (ROUTES[i], "teaching-file");

      check_allowed (desk);
      desk->facts.n_overlays = 3;
      check_refused (desk, "question:overlays-accounted");
      {
        g_autoptr (ImpVerdict) verdict = desk_decide (desk);

        g_assert_true (verdict_needs (verdict, "overlays-accounted"));
      }
      desk_answer (desk, "overlays-accounted", "perhaps");
      check_refused (desk, "question:overlays-accounted");
      desk_answer (desk, "overlays-accounted", "not-sure");
      check_refused (desk, "floor:overlays-accounted");
      desk_answer (desk, "overlays-accounted", "no");
      check_refused (desk, "floor:overlays-accounted");
      {
        g_autoptr (ImpVerdict) verdict = desk_decide (desk);
        const ImpReason *reason = verdict_reason (verdict, "floor:overlays-accounted");

        g_assert_nonnull (strstr (reason->reason, "3 overlays"));
        g_assert_cmpstr (reason->lift, !=, NULL);
      }
      desk_answer (desk, "overlays-accounted", "yes");
      check_allowed (desk);
      desk_answer (desk, "overlays-accounted", NULL);
      desk->facts.n_overlays = 0;
      check_allowed (desk);
    }
}

/* A pack that does not ask cannot lift it. */
static void
test_overlays_unasked (void)
{
  g_autofree char *text = pack_text ("uk-standard");
  g_autofree char *without =
      text_with (text, "\"key\": \"overlays-accounted\"", "\"key\": \"something-else\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPack) pack = pack_parse_text (without, &error);
  g_autoptr (Desk) desk = NULL;

  g_assert_no_error (error);
  desk = desk_new_with (pack, "anonymised", "internal-meeting");
  desk->facts.n_overlays = 1;
  desk_answer (desk, "something-else", "yes");
  desk_answer (desk, "overlays-accounted", "yes");
  check_refused (desk, "floor:overlays-accounted");
}

/* Policy.md, decisions: which "not sure" blocks the consent route. */
static void
test_not_sure_on_consent (void)
{
  static const char *const BLOCK[] = { "child",        "deceased",     "lacks-capacity",
                                       "face-or-mark", "other-people", "would-be-recognised",
                                       "looked-at-all" };
  static const char *const PASS[] = { "unusual", "known-to-audience", "account-reveals-place" };

  for (guint i = 0; i < G_N_ELEMENTS (BLOCK); i++)
    {
      g_autoptr (Desk) desk = desk_new ("consent", "social-media");

      g_assert_nonnull (g_hash_table_lookup (desk->answers, BLOCK[i]));
      desk_answer (desk, BLOCK[i], "not-sure");
      check_refused (desk, "floor:not-sure");
    }
  for (guint i = 0; i < G_N_ELEMENTS (PASS); i++)
    {
      g_autoptr (Desk) desk = desk_new ("consent", "social-media");

      desk_answer (desk, PASS[i], "not-sure");
      desk_answer (desk, "confirmation-reason", "The example person agreed to all of it");
      check_allowed (desk);
    }
}

/* What the record knows answers by itself; where it contradicts the answer, the stricter counts. */
static void
test_record (void)
{
  g_autoptr (Desk) desk = desk_new ("consent", "publication");
  g_autoptr (Desk) kind = desk_new ("anonymised", "publication");
  g_autoptr (ImpVerdict) verdict = NULL;

  desk_answer (desk, "child", NULL);
  desk_answer (desk, "deceased", NULL);
  desk_answer (desk, "lacks-capacity", NULL);
  desk_answer (desk, "known-to-audience", NULL);
  desk->facts.person_age = 40;
  desk->facts.person_age_when_given = 40;
  desk->facts.record_deceased = "no";
  desk->facts.record_lacks_capacity = "no";
  desk->facts.record_known_to_audience = "no";
  check_allowed (desk);
  desk->facts.record_deceased = NULL;
  check_refused (desk, "question:deceased");
  desk->facts.record_deceased = "no";
  desk_answer (desk, "child", "yes"); /* although the record says 40 */
  verdict = desk_decide (desk);
  g_assert_cmpint (verdict->outcome, ==, IMP_OUTCOME_SECOND_PERSON);
  desk_answer (desk, "child", "no");
  desk->facts.person_age = 17; /* although the answer says no */
  {
    g_autoptr (ImpVerdict) young = desk_decide (desk);

    g_assert_cmpint (young->outcome, ==, IMP_OUTCOME_SECOND_PERSON);
  }
  check_allowed (kind);
  desk_answer (kind, "image-kind", NULL);
  kind->facts.image_kind_from_file = "mr";
  check_allowed (kind);
  desk_answer (kind, "image-kind", "x-ray");
  kind->facts.image_kind_from_file = "photograph";
  check_refused (kind, "row-13");
}

static void
test_insists (void)
{
  static const struct
  {
    const char *key;
    const char *rule;
    gboolean public_only;
  } INSISTS[] = { { "words-checked", "article-5", FALSE },
                  { "dignified", "article-7", TRUE },
                  { "permanence-understood", "article-1", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (INSISTS); i++)
    {
      g_autoptr (Desk) public = desk_new ("consent", "social-media");
      g_autoptr (Desk) closed = desk_new ("consent", "teaching-file");

      desk_answer (public, INSISTS[i].key, "no");
      check_refused (public, INSISTS[i].rule);
      if (INSISTS[i].public_only)
        {
          desk_answer (closed, INSISTS[i].key, "no");
          check_allowed (closed);
        }
    }
}

static void
test_notes (void)
{
  g_autoptr (Desk) desk = desk_new ("consent", "research");
  g_autoptr (ImpVerdict) verdict = NULL;

  desk->facts.n_overlays = 2;
  desk->facts.n_overlays_drawn = 1;
  desk_answer (desk, "overlays-accounted", "yes");
  desk->facts.permission_state = "review-due";
  desk->facts.permission_identifiable = TRUE;
  desk_answer (desk, "face-or-mark", "yes");
  desk_answer (desk, "confirmation-reason", "The lesion is in the face");
  verdict = desk_decide (desk);
  g_assert_true (verdict->allowed);
  g_assert_cmpuint (verdict->rules->len, ==, 5); /* sorted by number, notes last */
  g_assert_cmpstr (g_ptr_array_index (verdict->rules, 0), ==, "row-21");
  g_assert_cmpstr (g_ptr_array_index (verdict->rules, 1), ==, "row-24");
  g_assert_cmpstr (g_ptr_array_index (verdict->rules, 2), ==, "note:review-due");
  g_assert_cmpstr (g_ptr_array_index (verdict->rules, 3), ==, "note:overlays-drawn");
  g_assert_cmpstr (g_ptr_array_index (verdict->rules, 4), ==, "note:overlays-hidden");
}

/* The strictest of all that match wins, and all are named. */
static void
test_strictest (void)
{
  g_autoptr (Desk) desk = desk_new ("consent", "publication");
  g_autoptr (ImpVerdict) verdict = NULL;

  desk_answer (desk, "lacks-capacity", "yes"); /* row 30: refuse */
  desk_answer (desk, "deceased", "yes");       /* row 31: second person */
  desk_answer (desk, "unusual", "yes");        /* row 25: confirm */
  verdict = desk_decide (desk);
  g_assert_cmpint (verdict->outcome, ==, IMP_OUTCOME_REFUSE);
  g_assert_nonnull (verdict_reason (verdict, "row-30"));
  g_assert_nonnull (verdict_reason (verdict, "row-31"));
  g_assert_nonnull (verdict_reason (verdict, "row-25"));
}

/* Every fact left out is unknown, and unknown never allows. */
static void
test_nothing_known (void)
{
  g_autoptr (ImpPack) pack = pack_that_allows_everything ();
  ImpPolicyFacts facts = { .person_age = -1, .person_age_when_given = -1 };
  static const char *const ROUTES[] = { NULL, "anonymised", "consent" };

  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    {
      g_autoptr (ImpVerdict) verdict = NULL;

      facts.route = ROUTES[i];
      facts.destination = "internal-meeting";
      verdict = imp_policy_evaluate (pack, &facts);
      g_assert_false (verdict->allowed);
      g_assert_cmpuint (verdict->reasons->len, >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/floor/everywhere", test_floors);
  g_test_add_func ("/policy/floor/permission", test_permission_floors);
  g_test_add_func ("/policy/floor/social-policy", test_social_policy);
  g_test_add_func ("/policy/floor/question-removed", test_question_removed);
  g_test_add_func ("/policy/floor/unasked", test_unasked);
  g_test_add_func ("/policy/floor/no-rule", test_no_rule);
  g_test_add_func ("/policy/floor/same-person", test_same_person);
  g_test_add_func ("/leaks/row-19/overlays-accounted", test_overlays);
  g_test_add_func ("/leaks/row-19/overlays-unasked", test_overlays_unasked);
  g_test_add_func ("/policy/floor/not-sure-on-consent", test_not_sure_on_consent);
  g_test_add_func ("/policy/floor/record", test_record);
  g_test_add_func ("/policy/floor/insists", test_insists);
  g_test_add_func ("/policy/floor/notes", test_notes);
  g_test_add_func ("/policy/floor/strictest", test_strictest);
  g_test_add_func ("/policy/floor/nothing-known", test_nothing_known);
  return g_test_run ();
}
