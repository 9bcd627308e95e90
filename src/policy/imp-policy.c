#include "imp-evaluation-private.h"

#include <glib/gi18n.h>
#include <string.h>

static void
add_reason (ImpEvaluation *self, const ImpReason *reason)
{
  g_ptr_array_add (self->verdict->reasons, imp_reason_copy (reason));
  self->verdict->outcome = MAX (self->verdict->outcome, reason->outcome);
}

static gboolean
is_refused_by (const ImpEvaluation *self, const char *rule)
{
  for (guint i = 0; i < self->verdict->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (self->verdict->reasons, i);

      if (g_strcmp0 (reason->rule, rule) == 0 && reason->outcome == IMP_OUTCOME_REFUSE)
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_evaluation_refuse:
 * @self: an evaluation
 * @rule: what refuses: "floor:…" or "question:…"
 * @row: (nullable): the rule that says the same, and says it first: @rule speaks only where that
 *   one is silent
 * @reason: a sentence
 * @source: where it comes from
 * @lift: what would lift it
 */
void
imp_evaluation_refuse (ImpEvaluation *self, const char *rule, const char *row, const char *reason,
                       const char *source, const char *lift)
{
  g_autoptr (ImpReason) why = imp_reason_new (rule, IMP_OUTCOME_REFUSE, reason, source, lift);

  if (row == NULL || !is_refused_by (self, row))
    add_reason (self, why);
}

static gboolean
is_valid_answer (const ImpQuestion *question, const char *answer)
{
  if (answer == NULL)
    return FALSE;
  if (question->allowed != NULL)
    return g_strv_contains ((const char *const *)question->allowed, answer);
  return imp_question_text_length (answer) >= question->min_length;
}

/**
 * imp_evaluation_is_confirmed:
 * @self: an evaluation
 * @key: key of a question that confirms
 *
 * Returns: whether its text is long enough, or its answer the one that clears
 */
gboolean
imp_evaluation_is_confirmed (const ImpEvaluation *self, const char *key)
{
  const ImpPackQuestion *question = imp_pack_find_question (self->situation.pack, key);
  const char *answer = imp_situation_answer (&self->situation, key);

  if (question == NULL || !is_valid_answer (question->question, answer))
    return FALSE;
  return question->question->clears == NULL || g_str_equal (answer, question->question->clears);
}

static void
need (ImpEvaluation *self, const char *key)
{
  if (!g_ptr_array_find_with_equal_func (self->verdict->needed, key, g_str_equal, NULL))
    g_ptr_array_add (self->verdict->needed, g_strdup (key));
}

/* ---- the rows ---- */

static gboolean
confirm_case (ImpEvaluation *self, const ImpPackCase *part)
{
  gboolean confirmed = TRUE;

  for (char **key = part->confirm; key != NULL && *key != NULL; key++)
    if (!imp_evaluation_is_confirmed (self, *key))
      {
        const ImpPackQuestion *question = imp_pack_find_question (self->situation.pack, *key);

        confirmed = FALSE;
        if (!question->question->required
            && !is_valid_answer (question->question, imp_situation_answer (&self->situation, *key)))
          need (self, *key);
      }
  return confirmed;
}

/* Whether a second person agreed who may decide this. */
static gboolean
hear_second_person (ImpEvaluation *self, const ImpPackCase *part, gboolean confirmed)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  gboolean may =
      part->authority == NULL || g_strcmp0 (part->authority, facts->second_authority) == 0;
  g_autofree char *reason = NULL;
  g_autoptr (ImpReason) why = NULL;

  if (part->authority != NULL)
    {
      g_free (self->verdict->authority);
      self->verdict->authority = g_strdup (part->authority);
    }
  if (facts->second_agreed && may && confirmed)
    return TRUE;
  reason = g_strconcat (part->says->reason,
                        facts->has_second_user
                            ? _ (" A second person has to agree.")
                            : _ (" A second person has to agree, and the register has no second "
                                 "user yet, so it is refused."),
                        NULL);
  why = imp_reason_new (part->says->rule, part->says->outcome, reason, part->says->source,
                        part->says->lift);
  add_reason (self, why);
  return FALSE;
}

static void
apply_case (ImpEvaluation *self, const ImpPackCase *part)
{
  ImpOutcome outcome = part->says->outcome;
  gboolean confirmed =
      outcome == IMP_OUTCOME_ALLOW || outcome == IMP_OUTCOME_REFUSE || confirm_case (self, part);

  self->verdict->outcome = MAX (self->verdict->outcome, outcome);
  if (outcome == IMP_OUTCOME_SECOND_PERSON)
    confirmed = hear_second_person (self, part, confirmed);
  else if (outcome == IMP_OUTCOME_REFUSE || !confirmed)
    add_reason (self, part->says);
  if (!confirmed)
    self->confirmed = FALSE;
}

static void
apply_rows (ImpEvaluation *self)
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
ask (ImpEvaluation *self, const ImpPackQuestion *question)
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
      imp_evaluation_refuse (self, rule, NULL, reason,
                             _ ("Society of Radiographers 2020, article row 23"),
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
      imp_evaluation_refuse (self, rule, NULL, reason,
                             _ ("Society of Radiographers 2020, article row 23"), lift);
    }
  else if (question->insists != NULL && !g_str_equal (answer, question->question->clears))
    add_reason (self, question->insists);
}

static void
apply_questions (ImpEvaluation *self)
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

static gboolean
is_known_use (ImpEvaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  gboolean known = TRUE;

  if (g_strcmp0 (facts->route, "consent") != 0 && g_strcmp0 (facts->route, "anonymised") != 0)
    {
      known = FALSE;
      imp_evaluation_refuse (self, "floor:route", NULL,
                             facts->route == NULL
                                 ? _ ("Nothing says why the picture may leave.")
                                 : _ ("There is no such reason why a picture may leave."),
                             _ ("Policy: refuse by default"),
                             _ ("Choose: the patient agreed, or nobody could be identified."));
    }
  if (facts->destination == NULL
      || !g_strv_contains ((const char *const *)self->situation.pack->destinations,
                           facts->destination))
    {
      known = FALSE;
      imp_evaluation_refuse (
          self, "floor:destination", NULL,
          facts->destination == NULL ? _ ("Nothing says where the picture is going.")
                                     : _ ("The site's policy knows no such destination."),
          _ ("Policy: refuse by default"), _ ("Choose one of the destinations."));
    }
  return known;
}

static ImpVerdict *
verdict_new (void)
{
  ImpVerdict *verdict = g_new0 (ImpVerdict, 1);

  verdict->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  verdict->rules = g_ptr_array_new_with_free_func (g_free);
  verdict->needed = g_ptr_array_new_with_free_func (g_free);
  return verdict;
}

/**
 * imp_policy_evaluate_rows:
 * @pack: a pack
 * @facts: what is known, of a use that @pack knows
 *
 * Tells what the pack alone would say, without the floor below it: to find out whether a pack that
 * a site brings is weaker than that (imp_pack_find_weaknesses()). It decides nothing.
 *
 * Returns: (transfer full): its verdict; where no row allows, a refusal
 */
ImpVerdict *
imp_policy_evaluate_rows (ImpPack *pack, const ImpPolicyFacts *facts)
{
  ImpVerdict *verdict = verdict_new ();
  ImpEvaluation self = { .verdict = verdict, .confirmed = TRUE };

  imp_situation_init (&self.situation, pack, facts);
  apply_rows (&self);
  apply_questions (&self);
  if (!self.has_basis)
    verdict->outcome = IMP_OUTCOME_REFUSE;
  return verdict;
}

/**
 * imp_policy_permission_carries:
 * @pack: the site's policy
 * @facts: what is known, of whichever route
 *
 * Tells whether the floor would let a picture rest on the permission of @facts, as far as the
 * permission itself goes (policy.md 2.4, rows 1 and 3).
 *
 * Returns: whether it is the person's, in force, begun, has evidence, reaches this use, and was
 *   given by somebody who could
 */
gboolean
imp_policy_permission_carries (ImpPack *pack, const ImpPolicyFacts *facts)
{
  ImpPolicyFacts on_consent = *facts;
  ImpSituation situation;

  on_consent.route = "consent";
  imp_situation_init (&situation, pack, &on_consent);
  return facts->has_permission && facts->permission_is_persons
         && !situation.holds[IMP_FACT_PERMISSION_REFUSED]
         && imp_situation_is_permission_good (&situation);
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
  ImpVerdict *verdict = verdict_new ();
  ImpEvaluation self = { .verdict = verdict, .confirmed = TRUE };

  imp_situation_init (&self.situation, pack, facts);
  if (!is_known_use (&self))
    {
      imp_evaluation_apply_person_floor (&self);
      return verdict;
    }
  apply_rows (&self);
  apply_questions (&self);
  imp_evaluation_apply_floor (&self);
  if (g_strcmp0 (facts->permission_state, "review-due") == 0
      && imp_situation_is_consent (&self.situation))
    g_ptr_array_add (verdict->rules, g_strdup ("note:review-due"));
  if (facts->n_overlays_drawn > 0)
    g_ptr_array_add (verdict->rules, g_strdup ("note:overlays-drawn"));
  if (facts->n_overlays > facts->n_overlays_drawn)
    g_ptr_array_add (verdict->rules, g_strdup ("note:overlays-hidden"));
  verdict->allowed = verdict->outcome <= IMP_OUTCOME_SECOND_PERSON && self.confirmed;
  return verdict;
}
