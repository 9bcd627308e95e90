/* What the table test leaves at rest: everything that the register and the file say, and every
 * answer about the use itself. All combinations, on both packs, against plain conditions that share
 * neither code nor data with the packs. docs/policy.md states the counts. */
#include "policy-desk.h"

#include <string.h>

enum
{
  A,
  C,
  P2,
  X
};
enum
{
  INTERNAL,
  TEACHING,
  PUBLICATION,
  RESEARCH,
  SOCIAL
};

static const char *const DESTINATIONS[] = { "internal-meeting", "teaching-file", "publication",
                                            "research", "social-media" };
/* none is before these: no permission at all */
static const char *const STATES[] = { "active",     "review-due",      "draft",   "offered",
                                      "suspended",  "refused",         "expired", "withdrawn",
                                      "superseded", "entered-in-error" };
static const char *const FLAGS[] = { NULL, "YES", "NO", "WITHDRAWN" };
static const char *const GIVERS[] = { "patient",
                                      "competent-under-16",
                                      "parental-responsibility",
                                      "attorney-or-deputy",
                                      "personal-representative",
                                      "relative",
                                      "none" };
static const char *const CAPACITIES[] = { "presumed", "assessed-competent", "lacks",
                                          "fluctuating" };
enum
{
  ALIVE,
  GIVEN_BEFORE_DEATH,
  GIVEN_AFTER_DEATH,
  N_LIVES
};

typedef struct
{
  int destination;
  gboolean consent;
  gboolean standard; /* uk-standard with a Guardian: row 15 asks a second person */
  int state;         /* -1: no permission */
  int flag, giver, capacity, life;
  gboolean objects, refused_use, evidence, started;
} Record;

static gboolean
is_public (int destination)
{
  return destination == PUBLICATION || destination == SOCIAL;
}

static int
expect_consent (const Record *r)
{
  gboolean dead = r->life != ALIVE;
  gboolean lacks = r->capacity == 2 || r->giver == 3;
  int worst = r->destination == INTERNAL || r->destination == TEACHING ? A : C; /* 20 to 23 */

  if (r->state < 0 || r->state > 1 || !r->evidence || !r->started) /* 3, or none at all */
    return X;
  if (r->giver == 1 && r->capacity != 1) /* 3: a child under 16 is assessed */
    return X;
  if (r->giver == 6 || ((r->giver == 4 || r->giver == 5) && !dead))
    return X;
  if (lacks && is_public (r->destination)) /* 30 */
    return X;
  if (lacks) /* 29 */
    return P2;
  if (dead && r->giver > 1) /* 32: somebody else agreed */
    return P2;
  if (dead && r->life == GIVEN_AFTER_DEATH) /* 32 */
    return P2;
  if (dead && is_public (r->destination)) /* 31 */
    return P2;
  return worst;
}

static int
expect_record (const Record *r)
{
  gboolean said_no = r->state == 5 || r->state == 7;

  if (r->objects || r->refused_use || said_no) /* 1 */
    return X;
  if (r->flag >= 2) /* 2 */
    return X;
  if (r->consent)
    return expect_consent (r);
  if (r->destination == SOCIAL) /* 15 */
    return r->standard ? P2 : X;
  if (r->destination == PUBLICATION) /* 12, 18 */
    return r->life != ALIVE ? P2 : C;
  return r->destination == RESEARCH ? C : A; /* 7, 9, 11, 19 */
}

static void
set_record (Desk *desk, const Record *r)
{
  ImpPolicyFacts *facts = &desk->facts;

  facts->person_known = TRUE;
  facts->person_objects = r->objects;
  facts->refusal_covers = r->refused_use;
  facts->dicom_consent_flag = FLAGS[r->flag];
  facts->has_permission = r->state >= 0;
  facts->permission_state = r->state >= 0 ? STATES[r->state] : NULL;
  facts->permission_has_evidence = r->evidence;
  facts->permission_started = r->started;
  facts->permission_given_by = GIVERS[r->giver];
  facts->permission_capacity = CAPACITIES[r->capacity];
  facts->permission_given_in_life = r->life != GIVEN_AFTER_DEATH;
  facts->record_deceased = r->life == ALIVE ? NULL : "yes";
}

static void
check (Desk *desk, int expected, gboolean confirmed, const char *what)
{
  g_autoptr (ImpVerdict) verdict = desk_decide (desk);
  gboolean allowed = expected == A || (expected == C && confirmed);

  if ((int)verdict->outcome == expected && verdict->allowed == allowed)
    return;
  g_test_message (
      "%s %s, %s: %d/%d, expected %d/%d, first %s", desk->facts.route, desk->facts.destination,
      what, verdict->outcome, verdict->allowed, expected, allowed,
      verdict->reasons->len > 0 ? ((ImpReason *)g_ptr_array_index (verdict->reasons, 0))->rule
                                : "none");
  g_test_fail ();
}

static guint
try_yes_and_no (Desk *desk, Record r)
{
  for (guint bits = 0; bits < 16; bits++)
    {
      r.objects = bits & 1;
      r.refused_use = (bits >> 1) & 1;
      r.evidence = (bits >> 2) & 1;
      r.started = (bits >> 3) & 1;
      set_record (desk, &r);
      check (desk, expect_record (&r), TRUE, "record");
    }
  return 16;
}

static guint
try_records (Desk *desk, Record r)
{
  guint n = 0;

  for (r.state = -1; r.state < (int)G_N_ELEMENTS (STATES); r.state++)
    for (r.flag = 0; r.flag < (int)G_N_ELEMENTS (FLAGS); r.flag++)
      for (r.giver = 0; r.giver < (int)G_N_ELEMENTS (GIVERS); r.giver++)
        for (r.capacity = 0; r.capacity < (int)G_N_ELEMENTS (CAPACITIES); r.capacity++)
          for (r.life = 0; r.life < N_LIVES; r.life++)
            n += try_yes_and_no (desk, r);
  return n;
}

static void
test_records (gconstpointer pack_id)
{
  g_autoptr (ImpPack) pack = pack_with_guardian (pack_id);
  guint n = 0;

  for (int destination = 0; destination < 5; destination++)
    for (int consent = 0; consent < 2; consent++)
      {
        g_autoptr (Desk) desk =
            desk_new_with (pack, consent ? "consent" : "anonymised", DESTINATIONS[destination]);

        desk_answer (desk, "impracticable-to-ask", "an example of a reason");
        if (desk->facts.permission_level == NULL)
          desk->facts.permission_level = "teaching-closed";
        /* The dead are in the record; of the living the answer says so. */
        desk_answer (desk, "deceased", "no");
        n += try_records (desk, (Record){ .destination = destination,
                                          .consent = consent,
                                          .standard = g_str_equal (pack_id, "uk-standard") });
      }
  g_test_message ("%u combinations of what register and file say", n);
  g_assert_cmpuint (n, ==, 5 * 2 * 11 * 4 * 7 * 4 * 3 * 16);
}

/* ---- the answers about the use ---- */

typedef enum
{
  WHY,
  NAME,
  ETHICS,
  POLICY,
  COPYRIGHT,
  KIND,
  JOURNAL,
  LOOKED,
  OVERLAYS,
  WORDS,
  DIGNIFIED,
  FINAL,
  PERMANENCE,
  SAME,
  N_KEYS
} Key;

static const struct
{
  const char *key;
  const char *values[11]; /* NULL ends them; not answered comes after the last */
} ANSWERS[N_KEYS] = {
  [WHY] = { "why-share", { "An example of a good reason" } },
  [NAME] = { "destination-name", { "The Example Journal", "Another Example" } },
  [ETHICS] = { "ethics-reference", { "REC 26/EX/0001" } },
  [POLICY] = { "local-policy-reference", { "SM-01, 2026" } },
  [COPYRIGHT] = { "copyright-holder", { "The example hospital" } },
  [KIND] = { "image-kind",
             { "x-ray", "ultrasound", "ct", "mr", "scope", "slide", "photograph", "other",
               "not-sure" } },
  [JOURNAL] = { "journal-rule-checked", { "yes", "no", "not-sure" } },
  [LOOKED] = { "looked-at-all", { "yes", "no", "not-sure" } },
  [OVERLAYS] = { "overlays-accounted", { "yes", "no", "not-sure" } },
  [WORDS] = { "words-checked", { "yes", "no", "not-sure" } },
  [DIGNIFIED] = { "dignified", { "yes", "no", "not-sure" } },
  [FINAL] = { "saw-final-version", { "yes", "no", "not-sure" } },
  [PERMANENCE] = { "permanence-understood", { "yes", "no", "not-sure" } },
  [SAME] = { "same-person", { "yes", "no", "not-sure" } },
};

/* Whether the use asks for it at all (policy.md 2.4, questions). */
static gboolean
is_asked (Key key, gboolean consent, int destination)
{
  switch (key)
    {
    case NAME:
      return is_public (destination) || destination == RESEARCH;
    case ETHICS:
      return destination == RESEARCH;
    case POLICY:
      return destination == SOCIAL;
    case COPYRIGHT:
    case DIGNIFIED:
    case PERMANENCE:
      return is_public (destination);
    case KIND:
    case JOURNAL:
      return !consent && destination == PUBLICATION;
    case FINAL:
      return consent && destination == PUBLICATION;
    case SAME:
      return consent;
    default:
      return TRUE;
    }
}

static guint
count_values (Key key)
{
  guint n = 0;

  while (ANSWERS[key].values[n] != NULL)
    n++;
  return n + 1; /* or no answer */
}

/* @at: of each key which value; the first is always the good one. */
static int
expect_use (const guint *at, gboolean consent, int destination, gboolean standard,
            gboolean *confirmed)
{
  static const Key GOOD[] = { WHY,      ETHICS, POLICY,    COPYRIGHT,  LOOKED,
                              OVERLAYS, WORDS,  DIGNIFIED, PERMANENCE, SAME };
  int worst = A;

  *confirmed = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    if (at[GOOD[i]] != 0)
      return X;
  if (at[NAME] == 2 || (consent && at[NAME] != 0)) /* a permission names one work */
    return X;
  if (destination == SOCIAL && !consent) /* 15 */
    return standard ? P2 : X;
  if (at[KIND] >= 6 && at[KIND] <= 9) /* 4, 13, or no answer */
    return X;
  if (at[JOURNAL] >= 2 || at[FINAL] == 3) /* 4, or no answer */
    return X;
  if (is_public (destination) || destination == RESEARCH)
    worst = C;
  *confirmed = at[JOURNAL] == 0 && at[FINAL] == 0; /* 12, 22 */
  return worst;
}

static guint
try_uses (ImpPack *pack, gboolean consent, int destination, gboolean standard)
{
  g_autoptr (Desk) desk =
      desk_new_with (pack, consent ? "consent" : "anonymised", DESTINATIONS[destination]);
  guint at[N_KEYS] = { 0 };
  guint n = 0;

  desk->facts.permission_scope = "the example journal";
  desk->facts.n_overlays = 1;
  desk->facts.number_differs = TRUE;
  desk_answer (desk, "impracticable-to-ask", "an example of a reason");
  for (;;)
    {
      gboolean confirmed = FALSE;
      int expected = 0;
      guint key = 0;

      for (guint i = 0; i < N_KEYS; i++)
        if (is_asked (i, consent, destination))
          desk_answer (desk, ANSWERS[i].key, ANSWERS[i].values[at[i]]);
      expected = expect_use (at, consent, destination, standard, &confirmed);
      check (desk, expected, confirmed, "use");
      n++;
      for (key = 0; key < N_KEYS; key++)
        {
          if (!is_asked (key, consent, destination))
            continue;
          if (++at[key] < count_values (key))
            break;
          at[key] = 0;
        }
      if (key == N_KEYS)
        return n;
    }
}

static void
test_uses (gconstpointer pack_id)
{
  g_autoptr (ImpPack) pack = pack_with_guardian (pack_id);
  guint n = 0;
  guint counted = 0;

  for (int destination = 0; destination < 5; destination++)
    for (int consent = 0; consent < 2; consent++)
      {
        guint product = 1;

        for (guint key = 0; key < N_KEYS; key++)
          product *= is_asked (key, consent, destination) ? count_values (key) : 1;
        counted += product;
        n += try_uses (pack, consent, destination, g_str_equal (pack_id, "uk-standard"));
      }
  g_test_message ("%u combinations of answers about the use", n);
  g_assert_cmpuint (n, ==, counted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/policy/inputs/record/uk-strict", "uk-strict", test_records);
  g_test_add_data_func ("/policy/inputs/record/uk-standard", "uk-standard", test_records);
  g_test_add_data_func ("/policy/inputs/use/uk-strict", "uk-strict", test_uses);
  g_test_add_data_func ("/policy/inputs/use/uk-standard", "uk-standard", test_uses);
  return g_test_run ();
}
