#include "imp-pack-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the evaluation works on. */
typedef struct
{
  ImpSituation situation;
  ImpVerdict *verdict; /* owned by the caller */
  gboolean confirmed;  /* every confirmation asked for is given */
  gboolean has_basis;  /* a row matched on which a picture may rest */
} Evaluation;

static void
add_reason (Evaluation *self, const ImpReason *reason)
{
  g_ptr_array_add (self->verdict->reasons, imp_reason_copy (reason));
  self->verdict->outcome = MAX (self->verdict->outcome, reason->outcome);
}

static gboolean
is_refused_by (const Evaluation *self, const char *rule)
{
  for (guint i = 0; i < self->verdict->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (self->verdict->reasons, i);

      if (g_strcmp0 (reason->rule, rule) == 0 && reason->outcome == IMP_OUTCOME_REFUSE)
        return TRUE;
    }
  return FALSE;
}

/* The floor, which no pack can lift. @row is the row of the pack that says the same, and says it
 * first: the floor speaks only where that row is silent. */
static void
refuse (Evaluation *self, const char *rule, const char *row, const char *reason, const char *source,
        const char *lift)
{
  g_autoptr (ImpReason) why = imp_reason_new (rule, IMP_OUTCOME_REFUSE, reason, source, lift);

  if (row == NULL || !is_refused_by (self, row))
    add_reason (self, why);
}

/* Characters of @text without the white space around them; -1 where it is not UTF-8. */
static glong
trimmed_length (const char *text)
{
  const char *end = text + strlen (text);

  if (!g_utf8_validate (text, -1, NULL))
    return -1;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_utf8_strlen (text, end - text);
}

static gboolean
is_valid_answer (const ImpQuestion *question, const char *answer)
{
  if (answer == NULL)
    return FALSE;
  if (question->allowed != NULL)
    return g_strv_contains ((const char *const *)question->allowed, answer);
  return trimmed_length (answer) >= question->min_length;
}

/* A confirmation: the text is long enough, or neither the answer nor the record says anything but
 * what clears. */
static gboolean
is_confirmed (const Evaluation *self, const char *key)
{
  const ImpPackQuestion *question = imp_pack_find_question (self->situation.pack, key);
  const char *answer = imp_situation_answer (&self->situation, key);

  if (question == NULL || !is_valid_answer (question->question, answer))
    return FALSE;
  return question->question->clears == NULL || g_str_equal (answer, question->question->clears);
}

static void
need (Evaluation *self, const char *key)
{
  if (!g_ptr_array_find_with_equal_func (self->verdict->needed, key, g_str_equal, NULL))
    g_ptr_array_add (self->verdict->needed, g_strdup (key));
}

/* ---- the rows ---- */

static gboolean
confirm_case (Evaluation *self, const ImpPackCase *part)
{
  gboolean confirmed = TRUE;

  for (char **key = part->confirm; key != NULL && *key != NULL; key++)
    if (!is_confirmed (self, *key))
      {
        const ImpPackQuestion *question = imp_pack_find_question (self->situation.pack, *key);

        confirmed = FALSE;
        if (!question->question->required
            && !is_valid_answer (question->question, imp_situation_answer (&self->situation, *key)))
          need (self, *key);
      }
  return confirmed;
}

static void
apply_case (Evaluation *self, const ImpPackCase *part)
{
  ImpOutcome outcome = part->says->outcome;
  gboolean confirmed =
      outcome == IMP_OUTCOME_ALLOW || outcome == IMP_OUTCOME_REFUSE || confirm_case (self, part);

  self->verdict->outcome = MAX (self->verdict->outcome, outcome);
  if (outcome == IMP_OUTCOME_SECOND_PERSON)
    {
      g_autofree char *reason =
          g_strconcat (part->says->reason,
                       _ (" A second person has to agree, and this version has "
                          "no second user yet, so it is refused."),
                       NULL);
      g_autoptr (ImpReason) why =
          imp_reason_new (part->says->rule, outcome, reason, part->says->source, part->says->lift);

      add_reason (self, why);
    }
  else if (outcome == IMP_OUTCOME_REFUSE || !confirmed)
    add_reason (self, part->says);
  if (!confirmed)
    self->confirmed = FALSE;
}

static void
apply_rows (Evaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  GPtrArray *rows = self->situation.pack->rows;

  for (guint i = 0; i < rows->len; i++)
    {
      const ImpPackRow *row = g_ptr_array_index (rows, i);
      gboolean matched = FALSE;

      if (!g_strv_contains ((const char *const *)row->routes, facts->route)
          || !g_strv_contains ((const char *const *)row->destinations, facts->destination))
        continue;
      for (guint j = 0; j < row->cases->len; j++)
        {
          const ImpPackCase *part = g_ptr_array_index (row->cases, j);

          if (!imp_condition_holds (part->when, &self->situation))
            continue;
          matched = TRUE;
          apply_case (self, part);
        }
      if (matched)
        g_ptr_array_add (self->verdict->rules, g_strdup_printf ("row-%u", row->number));
      self->has_basis = self->has_basis || (matched && row->basis);
    }
}

/* ---- the questions ---- */

static void
ask (Evaluation *self, const ImpPackQuestion *question)
{
  const char *key = question->question->key;
  const char *answer = imp_situation_answer (&self->situation, key);
  g_autofree char *rule = g_strconcat ("question:", key, NULL);
  gboolean needed =
      question->question->required
      || (question->needed != NULL && imp_condition_holds (question->needed, &self->situation));

  if (!needed && answer == NULL)
    return;
  if (answer == NULL)
    {
      g_autofree char *reason = g_strdup_printf (_ ("Not answered: %s"), question->question->text);

      if (!question->question->required)
        need (self, key);
      refuse (self, rule, NULL, reason, _ ("Society of Radiographers 2020, article row 23"),
              _ ("Answer the question."));
    }
  else if (!is_valid_answer (question->question, answer))
    {
      g_autofree char *reason = g_strdup_printf (
          question->question->allowed == NULL ? _ ("The answer is too short: %s")
                                              : _ ("The answer is none of those offered: %s"),
          question->question->text);
      g_autofree char *lift = question->question->allowed == NULL
                                  ? g_strdup_printf (_ ("Write at least %d characters."),
                                                     question->question->min_length)
                                  : g_strjoinv (", ", question->question->allowed);

      if (!question->question->required)
        need (self, key);
      refuse (self, rule, NULL, reason, _ ("Society of Radiographers 2020, article row 23"), lift);
    }
  else if (question->insists != NULL && !g_str_equal (answer, question->question->clears))
    add_reason (self, question->insists);
}

static void
apply_questions (Evaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  GPtrArray *questions = self->situation.pack->questions;

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpPackQuestion *question = g_ptr_array_index (questions, i);

      if (imp_pack_question_is_for (question, facts->route, facts->destination))
        ask (self, question);
    }
}

/* ---- the floor ---- */

/* Policy.md, decisions: "not sure" about pixels blocks both routes; about age, death or capacity
 * the consent route too; every "not sure" the anonymised route. */
static void
apply_not_sure (Evaluation *self)
{
  static const char *const ALWAYS_MATTERS[] = { "child", "deceased", "lacks-capacity", NULL };
  const ImpSituation *situation = &self->situation;
  gboolean consent = imp_situation_is_consent (situation);

  for (guint i = 0; i < situation->pack->questions->len; i++)
    {
      const ImpPackQuestion *question = g_ptr_array_index (situation->pack->questions, i);
      const char *key = question->question->key;
      g_autofree char *reason = NULL;

      if (!imp_pack_question_is_for (question, situation->facts->route,
                                     situation->facts->destination)
          || !imp_situation_answer_is (situation, key, "not-sure")
          || (consent && !g_str_equal (question->question->scope, "pixels")
              && !g_strv_contains (ALWAYS_MATTERS, key)))
        continue;
      reason = g_strdup_printf (_ ("\"Not sure\" blocks this use: %s"), question->question->text);
      refuse (self, "floor:not-sure", "row-4", reason,
              _ ("Society of Radiographers 2020, article row 23"),
              _ ("Find out, and answer yes or no."));
    }
}

static void
apply_permission_floor (Evaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  const gboolean *holds = self->situation.holds;

  if (!facts->person_known)
    refuse (self, "floor:person", NULL, _ ("Nobody is named whose permission this could be."),
            "GMC ¶23", _ ("Name the person in the register."));
  if (!facts->has_permission)
    {
      refuse (
          self, "floor:permission", NULL, _ ("There is no permission for this use."), "GMC ¶23",
          _ ("Ask the person and record the permission, or show that nobody could be identified."));
      return;
    }
  if (!facts->permission_is_persons)
    refuse (self, "floor:permission", NULL, _ ("The permission is another person's."), "GMC ¶23",
            _ ("Name a permission of this person."));
  if (holds[IMP_FACT_PERMISSION_REFUSED])
    refuse (self, "floor:permission", "row-1",
            _ ("The permission was refused or has been withdrawn."), "UK GDPR Art. 7(3)",
            _ ("Only the person can change this."));
  if (holds[IMP_FACT_PERMISSION_EXPIRED] || holds[IMP_FACT_PERMISSION_NOT_STARTED]
      || holds[IMP_FACT_PERMISSION_NOT_ACTIVE] || holds[IMP_FACT_PERMISSION_OUT_OF_SCOPE]
      || holds[IMP_FACT_PERMISSION_NO_EVIDENCE] || holds[IMP_FACT_PERMISSION_NO_AUTHORITY])
    refuse (self, "floor:permission", "row-3",
            _ ("The permission is not in force, has no evidence, or does not cover this use."),
            "GMC Principles, ¶23", _ ("Ask the person and record a permission for this use."));
  if (facts->number_differs && !is_confirmed (self, "same-person"))
    refuse (self, "floor:same-person", "question:same-person",
            _ ("The file's patient number is not this person's."), "local",
            _ ("Make sure that it is the same person, and answer yes; otherwise name the person "
               "whose picture it is."));
}

static void
apply_person_floor (Evaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;

  if (facts->person_objects)
    refuse (self, "floor:objection", "row-1",
            _ ("This person has said no to the use of their pictures."), "UK GDPR Art. 7(3), 21",
            _ ("Only the person can change this."));
  if (facts->refusal_covers)
    refuse (self, "floor:refusal", "row-1",
            _ ("This person refused this use, or took back the permission for it."),
            "UK GDPR Art. 7(3)", _ ("Only the person can change this."));
  if (facts->person_conflict)
    refuse (self, "floor:person-conflict", NULL, _ ("The file names another registered person."),
            "local", _ ("Name the person whose picture it is, or correct the register."));
  if (self->situation.holds[IMP_FACT_FILE_SAYS_NO])
    refuse (self, "floor:file-says-no", "row-2",
            _ ("The file itself says that the person does not consent to its being passed on."),
            "DICOM (0012,0085)", _ ("A second person has to lift this."));
}

static void
apply_floor (Evaluation *self)
{
  const ImpSituation *situation = &self->situation;
  const char *policy = imp_situation_answer (situation, "local-policy-reference");

  apply_person_floor (self);
  if (imp_situation_is_consent (situation))
    apply_permission_floor (self);
  if (g_str_equal (situation->facts->destination, "social-media")
      && (policy == NULL || trimmed_length (policy) < 1))
    refuse (self, "floor:local-policy", "question:local-policy-reference",
            _ ("No local policy on social media is named."),
            _ ("Society of Radiographers 2020, article row 2"),
            _ ("Name the policy, or have it entered as a site setting."));
  if (!situation->facts->looked_at_frame)
    refuse (self, "floor:looked-at", NULL, _ ("This frame has not been looked at."), "local",
            _ ("Open the frame and look at it at full size."));
  if (g_strcmp0 (imp_situation_answer (situation, "looked-at-all"), "yes") != 0)
    refuse (self, "floor:looked-at-all", "question:looked-at-all",
            _ ("Nobody has looked at all of the picture at full size."), "local",
            _ ("Zoom in, go through the corners, and answer yes."));
  apply_not_sure (self);
  if (!self->has_basis)
    refuse (self, "floor:no-rule", NULL, _ ("No rule of the site's policy allows this."),
            _ ("Policy: what no rule allows is refused"),
            _ ("Choose another destination or route."));
}

static gboolean
is_known_use (Evaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  gboolean known = TRUE;

  if (g_strcmp0 (facts->route, "consent") != 0 && g_strcmp0 (facts->route, "anonymised") != 0)
    {
      known = FALSE;
      refuse (self, "floor:route", NULL,
              facts->route == NULL ? _ ("Nothing says why the picture may leave.")
                                   : _ ("There is no such reason why a picture may leave."),
              _ ("Policy: refuse by default"),
              _ ("Choose: the patient agreed, or nobody could be identified."));
    }
  if (facts->destination == NULL
      || !g_strv_contains ((const char *const *)self->situation.pack->destinations,
                           facts->destination))
    {
      known = FALSE;
      refuse (self, "floor:destination", NULL,
              facts->destination == NULL ? _ ("Nothing says where the picture is going.")
                                         : _ ("The site's policy knows no such destination."),
              _ ("Policy: refuse by default"), _ ("Choose one of the destinations."));
    }
  return known;
}

/**
 * imp_policy_evaluate:
 * @pack: the site's policy
 * @facts: what is known; what is not set is unknown, and unknown never allows
 *
 * Decides whether a picture may leave (policy.md 2.4): every matching row of @pack adds up, the
 * strictest wins, and no matching row means no. Below the pack lies the floor, which no pack can
 * lift: an objection, a permission in force with evidence, an unanswered question, a picture not
 * looked at. It has no clock and no memory: the same facts give the same verdict.
 *
 * Returns: (transfer full): the verdict; @outcome is %IMP_OUTCOME_CONFIRM and @allowed is %TRUE
 *   where every confirmation that the rows ask for is given
 */
ImpVerdict *
imp_policy_evaluate (ImpPack *pack, const ImpPolicyFacts *facts)
{
  ImpVerdict *verdict = g_new0 (ImpVerdict, 1);
  Evaluation self = { .verdict = verdict, .confirmed = TRUE };

  verdict->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  verdict->rules = g_ptr_array_new_with_free_func (g_free);
  verdict->needed = g_ptr_array_new_with_free_func (g_free);
  imp_situation_init (&self.situation, pack, facts);
  if (!is_known_use (&self))
    {
      apply_person_floor (&self);
      return verdict;
    }
  apply_rows (&self);
  apply_questions (&self);
  apply_floor (&self);
  if (g_strcmp0 (facts->permission_state, "review-due") == 0
      && imp_situation_is_consent (&self.situation))
    g_ptr_array_add (verdict->rules, g_strdup ("note:review-due"));
  if (facts->n_overlays > 0)
    g_ptr_array_add (verdict->rules, g_strdup ("note:overlays-hidden"));
  verdict->allowed = verdict->outcome <= IMP_OUTCOME_CONFIRM && self.confirmed;
  return verdict;
}
