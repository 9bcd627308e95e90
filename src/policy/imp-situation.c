#include "imp-situation-private.h"

#include <string.h>

#include "imp-pack-private.h"

#define OF_AGE 18 /* a child of the table is under it (England, Wales, Northern Ireland) */
#define OWN_DECISION_AGE 16 /* presumed able to decide (GMC; Mental Capacity Act 2005, s. 2(5)) */

/* The name that a pack uses, and the questions that the fact rests on where the record is silent.
 */
static const struct
{
  const char *name;
  const char *questions[4];
} FACTS[IMP_N_FACTS] = {
  [IMP_FACT_OBJECTION] = { "objection", { NULL } },
  [IMP_FACT_REFUSAL_COVERS] = { "refusal-covers", { NULL } },
  [IMP_FACT_PERMISSION_REFUSED] = { "permission-refused", { NULL } },
  [IMP_FACT_FILE_SAYS_NO] = { "file-says-no", { NULL } },
  [IMP_FACT_PERMISSION_EXPIRED] = { "permission-expired", { NULL } },
  [IMP_FACT_PERMISSION_NOT_STARTED] = { "permission-not-started", { NULL } },
  [IMP_FACT_PERMISSION_NOT_ACTIVE] = { "permission-not-active", { NULL } },
  [IMP_FACT_PERMISSION_OUT_OF_SCOPE] = { "permission-out-of-scope", { NULL } },
  [IMP_FACT_PERMISSION_NO_EVIDENCE] = { "permission-no-evidence", { NULL } },
  [IMP_FACT_PERMISSION_NO_AUTHORITY] = { "permission-no-authority", { NULL } },
  [IMP_FACT_PERMISSION_IDENTIFIABLE] = { "permission-identifiable", { NULL } },
  [IMP_FACT_PARENTAL_NOW_OWN_DECISION] = { "parental-now-own-decision", { "child", NULL } },
  [IMP_FACT_CONSENTED_IN_LIFE] = { "consented-in-life", { NULL } },
  [IMP_FACT_NOT_SURE] = { "not-sure", { NULL } },
  [IMP_FACT_CHILD] = { "child", { "child", NULL } },
  [IMP_FACT_DECEASED] = { "deceased", { "deceased", NULL } },
  [IMP_FACT_LACKS_CAPACITY] = { "lacks-capacity", { "lacks-capacity", NULL } },
  [IMP_FACT_PUBLIC] = { "public", { NULL } },
  [IMP_FACT_NUMBER_DIFFERS] = { "number-differs", { NULL } },
  [IMP_FACT_HAS_OVERLAYS] = { "has-overlays", { NULL } },
  [IMP_FACT_GUARDIAN_NAMED] = { "guardian-named", { NULL } },
};

/**
 * imp_fact_from_text:
 * @text: a name that a pack uses
 * @fact: (out): the fact
 *
 * Returns: whether there is such a fact
 */
gboolean
imp_fact_from_text (const char *text, ImpFact *fact)
{
  for (guint i = 0; i < IMP_N_FACTS; i++)
    if (g_str_equal (FACTS[i].name, text))
      {
        *fact = (ImpFact)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * imp_fact_questions:
 * @fact: a fact
 *
 * Returns: (transfer none): the keys of the questions it rests on where the record is silent
 */
const char *const *
imp_fact_questions (ImpFact fact)
{
  return FACTS[fact].questions;
}

/**
 * imp_situation_is_consent:
 * @self: a situation
 *
 * Returns: whether the picture is to leave because the patient agreed
 */
gboolean
imp_situation_is_consent (const ImpSituation *self)
{
  return g_strcmp0 (self->facts->route, "consent") == 0;
}

/**
 * imp_situation_known:
 * @self: a situation
 * @key: key of a question
 *
 * Gives what the register or the file answers by itself.
 *
 * Returns: (transfer none) (nullable): that answer, or %NULL where neither knows
 */
const char *
imp_situation_known (const ImpSituation *self, const char *key)
{
  const ImpPolicyFacts *facts = self->facts;

  if (g_str_equal (key, "child"))
    return facts->person_age < 0 ? NULL : facts->person_age < OF_AGE ? "yes" : "no";
  if (g_str_equal (key, "deceased"))
    return facts->record_deceased;
  if (g_str_equal (key, "lacks-capacity"))
    return facts->record_lacks_capacity;
  if (g_str_equal (key, "known-to-audience"))
    return facts->record_known_to_audience;
  if (g_str_equal (key, "image-kind"))
    return facts->image_kind_from_file;
  if (g_str_equal (key, "destination-name"))
    return facts->destination_name;
  return NULL;
}

/**
 * imp_situation_answer:
 * @self: a situation
 * @key: key of a question
 *
 * Returns: (transfer none) (nullable): the answer given, else what the record knows, else %NULL
 */
const char *
imp_situation_answer (const ImpSituation *self, const char *key)
{
  const char *answer = NULL;

  if (self->facts->answers != NULL)
    answer = g_hash_table_lookup (self->facts->answers, key);
  return answer != NULL ? answer : imp_situation_known (self, key);
}

/**
 * imp_situation_answer_is:
 * @self: a situation
 * @key: key of a question
 * @value: an answer
 *
 * An answer and the record may contradict each other. Both are heard, so that the stricter one
 * counts whichever it is.
 *
 * Returns: whether the answer given or the record says @value
 */
gboolean
imp_situation_answer_is (const ImpSituation *self, const char *key, const char *value)
{
  return g_strcmp0 (imp_situation_answer (self, key), value) == 0
         || g_strcmp0 (imp_situation_known (self, key), value) == 0;
}

static gboolean
is_one_of (const char *text, const char *const *texts)
{
  return text != NULL && g_strv_contains (texts, text);
}

static gboolean
permission_covers (const ImpSituation *self)
{
  const ImpPolicyFacts *facts = self->facts;
  const char *answered = imp_situation_answer (self, "destination-name");

  /* Where the name was given twice and differently, neither is believed. */
  return !facts->permission_elsewhere
         && imp_pack_permission_covers (self->pack, facts->permission_level,
                                        facts->permission_scope, facts->destination, answered)
         && (facts->destination_name == NULL
             || imp_pack_permission_covers (self->pack, facts->permission_level,
                                            facts->permission_scope, facts->destination,
                                            facts->destination_name));
}

/* From 16 on the capacity to decide is presumed; before, somebody assessed it (policy.md 2.2). A
 * child whose birthday nobody knows may be younger than that. */
static gboolean
patient_could_decide (const ImpPolicyFacts *facts, gboolean child)
{
  int age = facts->person_age_when_given;

  return g_strcmp0 (facts->permission_capacity, "assessed-competent") == 0
         || (g_strcmp0 (facts->permission_given_by, "patient") == 0
             && (age >= 0 ? age >= OWN_DECISION_AGE : !child));
}

static gboolean
giver_had_authority (const ImpSituation *self)
{
  const ImpPolicyFacts *facts = self->facts;
  const char *giver = facts->permission_given_by;

  if (is_one_of (giver, (const char *[]){ "patient", "competent-under-16", NULL }))
    return patient_could_decide (facts, self->holds[IMP_FACT_CHILD]);
  if (g_strcmp0 (giver, "attorney-or-deputy") == 0)
    return TRUE;
  if (g_strcmp0 (giver, "parental-responsibility") == 0)
    return facts->person_age_when_given < OF_AGE; /* unknown is -1: row 28 asks again */
  if (is_one_of (giver, (const char *[]){ "personal-representative", "relative", NULL }))
    return self->holds[IMP_FACT_DECEASED];
  return FALSE;
}

static void
init_permission (ImpSituation *self)
{
  const ImpPolicyFacts *facts = self->facts;
  const char *state = facts->permission_state;
  const char *giver = facts->permission_given_by;
  gboolean *holds = self->holds;

  holds[IMP_FACT_PERMISSION_REFUSED] =
      facts->has_permission && is_one_of (state, (const char *[]){ "refused", "withdrawn", NULL });
  if (!imp_situation_is_consent (self) || !facts->has_permission)
    return;
  holds[IMP_FACT_PERMISSION_EXPIRED] = g_strcmp0 (state, "expired") == 0;
  holds[IMP_FACT_PERMISSION_NOT_ACTIVE] = !is_one_of (
      state, (const char *[]){ "active", "review-due", "expired", "refused", "withdrawn", NULL });
  holds[IMP_FACT_PERMISSION_NOT_STARTED] = !facts->permission_started;
  holds[IMP_FACT_PERMISSION_OUT_OF_SCOPE] = !permission_covers (self);
  holds[IMP_FACT_PERMISSION_NO_EVIDENCE] = !facts->permission_has_evidence;
  holds[IMP_FACT_PERMISSION_NO_AUTHORITY] = !giver_had_authority (self);
  holds[IMP_FACT_PERMISSION_IDENTIFIABLE] = facts->permission_identifiable;
  holds[IMP_FACT_PARENTAL_NOW_OWN_DECISION] =
      g_strcmp0 (giver, "parental-responsibility") == 0
      && !(facts->person_age >= 0 && facts->person_age < OWN_DECISION_AGE
           && g_strcmp0 (facts->permission_capacity, "assessed-competent") != 0);
  holds[IMP_FACT_CONSENTED_IN_LIFE] =
      facts->permission_given_in_life
      && is_one_of (giver, (const char *[]){ "patient", "competent-under-16", NULL });
  if (g_strcmp0 (facts->permission_capacity, "lacks") == 0
      || g_strcmp0 (giver, "attorney-or-deputy") == 0)
    holds[IMP_FACT_LACKS_CAPACITY] = TRUE;
}

/**
 * imp_situation_is_permission_good:
 * @self: a situation of the consent route
 *
 * Returns: whether nothing of row 3 speaks against the permission; a refused one is row 1's
 */
gboolean
imp_situation_is_permission_good (const ImpSituation *self)
{
  static const ImpFact AGAINST[] = {
    IMP_FACT_PERMISSION_EXPIRED,     IMP_FACT_PERMISSION_NOT_STARTED,
    IMP_FACT_PERMISSION_NOT_ACTIVE,  IMP_FACT_PERMISSION_OUT_OF_SCOPE,
    IMP_FACT_PERMISSION_NO_EVIDENCE, IMP_FACT_PERMISSION_NO_AUTHORITY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (AGAINST); i++)
    if (self->holds[AGAINST[i]])
      return FALSE;
  return TRUE;
}

/* "Not sure" counts for the questions that this use asks: what was said of another use does not. */
static gboolean
any_not_sure (const ImpSituation *self)
{
  for (guint i = 0; i < self->pack->questions->len; i++)
    {
      const ImpPackQuestion *question = g_ptr_array_index (self->pack->questions, i);

      if (imp_pack_question_is_for (question, self->facts->route, self->facts->destination)
          && imp_situation_answer_is (self, question->question->key, "not-sure"))
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_situation_init:
 * @self: (out caller-allocates): a situation; it owns nothing
 * @pack: the site's policy
 * @facts: what is known
 *
 * Works out every fact that a pack may name. @self is good as long as @pack and @facts are.
 */
void
imp_situation_init (ImpSituation *self, ImpPack *pack, const ImpPolicyFacts *facts)
{
  const char *flag = facts->dicom_consent_flag;
  gboolean *holds = self->holds;

  memset (self, 0, sizeof *self);
  self->pack = pack;
  self->facts = facts;
  holds[IMP_FACT_OBJECTION] = facts->person_objects;
  holds[IMP_FACT_REFUSAL_COVERS] = facts->refusal_covers;
  holds[IMP_FACT_FILE_SAYS_NO] =
      flag != NULL && !g_str_equal (flag, "YES") && !facts->file_refusal_lifted;
  holds[IMP_FACT_CHILD] = imp_situation_answer_is (self, "child", "yes");
  holds[IMP_FACT_DECEASED] = imp_situation_answer_is (self, "deceased", "yes");
  holds[IMP_FACT_LACKS_CAPACITY] = imp_situation_answer_is (self, "lacks-capacity", "yes");
  holds[IMP_FACT_PUBLIC] =
      is_one_of (facts->destination, (const char *[]){ "publication", "social-media", NULL });
  holds[IMP_FACT_NUMBER_DIFFERS] = facts->number_differs;
  holds[IMP_FACT_HAS_OVERLAYS] = facts->n_overlays > 0;
  holds[IMP_FACT_GUARDIAN_NAMED] = pack->guardian != NULL && *pack->guardian != '\0';
  init_permission (self);
  holds[IMP_FACT_NOT_SURE] = any_not_sure (self);
}
