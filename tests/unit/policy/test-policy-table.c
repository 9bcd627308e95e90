/* Every combination of route, destination, person, flags and permission: the pack's verdict equals
 * that of the oracle, and one flag more never loosens it. */
#include "policy-desk.h"
#include "policy-oracle.h"

static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };
static const char *const ANSWERS[] = { "no", "yes", "not-sure" };
static const char *const LEVELS[] = {
  NULL,           "record-only",    "teaching-closed", "publication-named", "publication-open-web",
  "social-media", "research-study", "research-area"
};
static const char *const GIVERS[] = { "patient", "parental-responsibility", "relative" };
/* The answer about age, and the age in the record: they may contradict each other. */
static const int PERSONS[][2] = { { 0, -1 }, { 1, -1 }, { 2, -1 }, { 1, 12 },
                                  { 1, 17 }, { 0, 17 }, { 1, 40 }, { 0, 40 } };
/* The flags, by bit. */
static const struct
{
  const char *key;
  gsize offset;
  const char *off;
  const char *on;
} FLAGS[] = {
  { "unusual", G_STRUCT_OFFSET (OracleCase, unusual), "no", "yes" },
  { "known-to-audience", G_STRUCT_OFFSET (OracleCase, known), "no", "yes" },
  { "account-reveals-place", G_STRUCT_OFFSET (OracleCase, place), "no", "yes" },
  { "face-or-mark", G_STRUCT_OFFSET (OracleCase, face), "no", "yes" },
  { "would-be-recognised", G_STRUCT_OFFSET (OracleCase, recognised), "no", "yes" },
  { "head-3d", G_STRUCT_OFFSET (OracleCase, head_3d), "no", "yes" },
  { "case-report", G_STRUCT_OFFSET (OracleCase, case_report), "no", "yes" },
  { "image-kind", G_STRUCT_OFFSET (OracleCase, photograph), "x-ray", "photograph" },
};
#define N_CONSENT_FLAGS 5 /* the others are not asked on that route */

static guint n_cases;

static void
set_up (Desk *desk, const OracleCase *c, guint n_flags)
{
  desk_answer (desk, "child", ANSWERS[c->child]);
  desk_answer (desk, "deceased", ANSWERS[c->deceased]);
  desk_answer (desk, "lacks-capacity", ANSWERS[c->lacks_capacity]);
  desk_answer (desk, "untraceable", c->untraceable ? "yes" : "no");
  desk_answer (desk, "confirmation-reason", c->reason_given ? "An example of a reason" : NULL);
  for (guint i = 0; i < n_flags; i++)
    desk_answer (desk, FLAGS[i].key,
                 G_STRUCT_MEMBER (gboolean, c, FLAGS[i].offset) ? FLAGS[i].on : FLAGS[i].off);
  desk->facts.person_age = c->age;
  desk->facts.person_age_when_given =
      c->giver == 0 ? c->age : -1; /* the others: rows of their own */
  desk->facts.has_permission = c->consent && c->level > 0;
  desk->facts.permission_level = LEVELS[c->level];
  desk->facts.permission_given_by = GIVERS[c->giver];
  desk->facts.permission_given_in_life = c->giver != 2;
  desk->facts.permission_identifiable = c->identifiable_allowed;
}

static void
complain (const OracleCase *c, const ImpVerdict *verdict, const OracleVerdict *expected)
{
  g_autoptr (GString) rules = g_string_new (NULL);

  for (guint i = 0; i < verdict->rules->len; i++)
    g_string_append_printf (rules, " %s", (char *)g_ptr_array_index (verdict->rules, i));
  for (guint i = 0; i < verdict->reasons->len; i++)
    g_string_append_printf (rules, " [%s]",
                            ((ImpReason *)g_ptr_array_index (verdict->reasons, i))->rule);
  g_test_message ("consent %d destination %d child %d age %d deceased %d capacity %d level %d "
                  "giver %d identifiable %d flags %d%d%d%d%d%d%d%d untraceable %d reason %d:"
                  " %d/%d, expected %d/%d:%s",
                  c->consent, c->destination, c->child, c->age, c->deceased, c->lacks_capacity,
                  c->level, c->giver, c->identifiable_allowed, c->unusual, c->known, c->place,
                  c->face, c->recognised, c->head_3d, c->case_report, c->photograph, c->untraceable,
                  c->reason_given, verdict->outcome, verdict->allowed, expected->outcome,
                  expected->allowed, rules->str);
  g_test_fail ();
}

/* All settings of the flags, each against the oracle; then each setting against those with one
 * flag more. */
static void
try_flags (Desk *desk, OracleCase c, guint n_flags)
{
  int strictness[1 << G_N_ELEMENTS (FLAGS)] = { 0 };

  for (guint set = 0; set < 1u << n_flags; set++)
    {
      OracleVerdict expected = { 0, FALSE };
      g_autoptr (ImpVerdict) verdict = NULL;

      for (guint i = 0; i < n_flags; i++)
        G_STRUCT_MEMBER (gboolean, &c, FLAGS[i].offset) = (set >> i) & 1;
      set_up (desk, &c, n_flags);
      expected = oracle_decide (&c);
      verdict = desk_decide (desk);
      if ((int)verdict->outcome != expected.outcome || verdict->allowed != expected.allowed)
        complain (&c, verdict, &expected);
      g_assert_cmpint (verdict->allowed, ==, verdict->reasons->len == 0);
      strictness[set] = 2 * (int)verdict->outcome + !verdict->allowed;
      n_cases++;
    }
  for (guint set = 0; set < 1u << n_flags; set++)
    for (guint i = 0; i < n_flags; i++)
      g_assert_cmpint (strictness[set], <=, strictness[set | (1u << i)]);
}

static void
try_persons (Desk *desk, OracleCase c, guint n_flags)
{
  for (guint p = 0; p < G_N_ELEMENTS (PERSONS); p++)
    for (int deceased = 0; deceased < 3; deceased++)
      {
        c.child = PERSONS[p][0];
        c.age = PERSONS[p][1];
        c.deceased = deceased;
        try_flags (desk, c, n_flags);
      }
}

static void
test_anonymised (gconstpointer pack_id)
{
  gboolean standard = g_str_equal (pack_id, "uk-standard");

  n_cases = 0;
  for (int guardian = 0; guardian < 2; guardian++)
    for (int destination = 0; destination < 5; destination++)
      for (int choice = 0; choice < 4; choice++)
        {
          g_autoptr (ImpPack) pack = guardian ? pack_with_guardian (pack_id) : pack_load (pack_id);
          g_autoptr (Desk) desk = desk_new_with (pack, "anonymised", DESTINATIONS[destination]);

          try_persons (desk,
                       (OracleCase){ .destination = destination,
                                     .untraceable = choice & 1,
                                     .reason_given = choice >> 1,
                                     .guardian = guardian,
                                     .second_person_on_social = standard && guardian },
                       G_N_ELEMENTS (FLAGS));
        }
  g_test_message ("%u combinations of the anonymised route", n_cases);
  g_assert_cmpuint (n_cases, ==, 2 * 5 * 4 * 8 * 3 * 256);
}

static void
try_permissions (Desk *desk, OracleCase c)
{
  for (c.level = 0; c.level < (int)G_N_ELEMENTS (LEVELS); c.level++)
    for (c.giver = 0; c.giver < 3; c.giver++)
      for (c.identifiable_allowed = 0; c.identifiable_allowed < 2; c.identifiable_allowed++)
        for (c.lacks_capacity = 0; c.lacks_capacity < 3; c.lacks_capacity++)
          try_persons (desk, c, N_CONSENT_FLAGS);
}

static void
test_consent (gconstpointer pack_id)
{
  g_autoptr (ImpPack) pack = pack_load (pack_id);

  n_cases = 0;
  for (int destination = 0; destination < 5; destination++)
    for (int reason = 0; reason < 2; reason++)
      {
        g_autoptr (Desk) desk = desk_new_with (pack, "consent", DESTINATIONS[destination]);

        try_permissions (
            desk,
            (OracleCase){ .consent = TRUE, .destination = destination, .reason_given = reason });
      }
  g_test_message ("%u combinations of the consent route", n_cases);
  g_assert_cmpuint (n_cases, ==, 5 * 2 * 8 * 3 * 2 * 3 * 8 * 3 * 32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/policy/table/anonymised/uk-strict", "uk-strict", test_anonymised);
  g_test_add_data_func ("/policy/table/anonymised/uk-standard", "uk-standard", test_anonymised);
  g_test_add_data_func ("/policy/table/consent/uk-strict", "uk-strict", test_consent);
  g_test_add_data_func ("/policy/table/consent/uk-standard", "uk-standard", test_consent);
  return g_test_run ();
}
