/* The floor: what no policy pack can lift. */
#include "imp-evaluation-private.h"

#include <glib/gi18n.h>

#define LEAST_PURPOSE 15 /* characters: article row 3 */

/* Confirmed by the answer yes, whatever a pack calls the one that clears. */
static gboolean
is_yes (const ImpEvaluation *self, const char *key)
{
  return imp_evaluation_is_confirmed (self, key)
         && g_strcmp0 (imp_situation_answer (&self->situation, key), "yes") == 0;
}

/* Policy.md, decisions: "not sure" about pixels blocks both routes; about age, death or capacity
 * the consent route too; every "not sure" the anonymised route. */
static void
apply_not_sure (ImpEvaluation *self)
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
      imp_evaluation_refuse (self, "floor:not-sure", "row-4", reason,
                             _ ("Society of Radiographers 2020, article row 23"),
                             _ ("Find out, and answer yes or no."));
    }
}

static void
apply_permission_floor (ImpEvaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;
  const gboolean *holds = self->situation.holds;

  if (!facts->person_known)
    imp_evaluation_refuse (self, "floor:person", NULL,
                           _ ("Nobody is named whose permission this could be."), "GMC ¶23",
                           _ ("Name the person in the register."));
  if (!facts->has_permission)
    {
      imp_evaluation_refuse (
          self, "floor:permission", NULL, _ ("There is no permission for this use."), "GMC ¶23",
          _ ("Ask the person and record the permission, or show that nobody could be identified."));
      return;
    }
  if (!facts->permission_is_persons)
    imp_evaluation_refuse (self, "floor:permission", NULL,
                           _ ("The permission is another person's."), "GMC ¶23",
                           _ ("Name a permission of this person."));
  if (holds[IMP_FACT_PERMISSION_REFUSED])
    imp_evaluation_refuse (self, "floor:permission", "row-1",
                           _ ("The permission was refused or has been withdrawn."),
                           "UK GDPR Art. 7(3)", _ ("Only the person can change this."));
  if (!imp_situation_is_permission_good (&self->situation))
    imp_evaluation_refuse (
        self, "floor:permission", "row-3",
        _ ("The permission is not in force, has no evidence, or does not cover this use."),
        "GMC Principles, ¶23", _ ("Ask the person and record a permission for this use."));
  if (facts->number_differs && !is_yes (self, "same-person"))
    imp_evaluation_refuse (
        self, "floor:same-person", "question:same-person",
        _ ("The file's patient number is not this person's."), "local",
        _ ("Make sure that it is the same person, and answer yes; otherwise name the person "
           "whose picture it is."));
}

/* Article row 3. */
static void
apply_purpose_floor (ImpEvaluation *self)
{
  const char *purpose = imp_situation_answer (&self->situation, "why-share");

  if (purpose == NULL || imp_question_text_length (purpose) < LEAST_PURPOSE)
    imp_evaluation_refuse (self, "floor:purpose", "question:why-share",
                           _ ("Nobody has said why this picture is shared."),
                           _ ("Society of Radiographers 2020, article row 3"),
                           _ ("Say why, in 15 characters or more."));
}

static gboolean
is_refused (const ImpEvaluation *self, const char *rule)
{
  for (guint i = 0; i < self->verdict->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (self->verdict->reasons, i);

      if (reason->outcome == IMP_OUTCOME_REFUSE && g_strcmp0 (reason->rule, rule) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Without a permission a picture rests on this alone: every question by which somebody could be
 * known was asked, and answered no (article rows 4 and 9). */
static void
apply_anonymised_floor (ImpEvaluation *self)
{
  static const char *const MUST_BE_NO[] = { "face-or-mark",       "other-people", "head-3d",
                                            "single-out",         "linkable",     "inference",
                                            "would-be-recognised" };
  static const char *const SAY_SO[] = { "row-4", "row-5", "row-6", "floor:not-sure" };

  for (guint i = 0; i < G_N_ELEMENTS (MUST_BE_NO); i++)
    {
      const char *key = MUST_BE_NO[i];
      g_autofree char *unanswered = g_strconcat ("question:", key, NULL);
      gboolean said = is_refused (self, unanswered);

      if (imp_evaluation_is_confirmed (self, key)
          && imp_situation_answer_is (&self->situation, key, "no"))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (SAY_SO); j++)
        said = said || is_refused (self, SAY_SO[j]);
      if (said)
        continue;
      imp_evaluation_refuse (self, "floor:anonymised", "floor:anonymised",
                             _ ("It is not sure that nobody could be identified."),
                             _ ("Society of Radiographers 2020, article rows 4 and 9"),
                             _ ("Ask the person for permission."));
    }
}

static gboolean
is_refused_for_answer (const ImpEvaluation *self, const char *key)
{
  g_autofree char *unanswered = g_strconcat ("question:", key, NULL);

  return is_refused (self, unanswered) || is_refused (self, "floor:not-sure");
}

/* A permission that does not say that the person may be recognised does not cover a picture in
 * which they are, nor one of which nobody has said that they are not. */
static void
apply_identifiable_floor (ImpEvaluation *self)
{
  static const char *const MUST_BE_NO[] = { "face-or-mark", "other-people", "would-be-recognised" };
  const ImpSituation *situation = &self->situation;

  for (guint i = 0;
       !situation->holds[IMP_FACT_PERMISSION_IDENTIFIABLE] && i < G_N_ELEMENTS (MUST_BE_NO); i++)
    {
      const char *key = MUST_BE_NO[i];
      gboolean shows = imp_situation_answer_is (situation, key, "yes");

      if ((imp_evaluation_is_confirmed (self, key)
           && imp_situation_answer_is (situation, key, "no"))
          || is_refused (self, "floor:identifiable")
          || (!shows && is_refused_for_answer (self, key)))
        continue;
      imp_evaluation_refuse (
          self, "floor:identifiable", "row-24",
          shows ? _ ("The picture shows who it is, and the permission does not allow that.")
                : _ ("Nobody has said that the picture does not show who it is, and the permission "
                     "does not allow that it does."),
          "GMC Principles",
          _ ("Cover or crop it and answer again, or ask the person whether they may be "
             "recognised."));
    }
}

/* Whether a permission is enough depends on whether they are under 18, alive and able to decide:
 * what a pack does not ask is not taken to be so. */
static void
apply_person_answers_floor (ImpEvaluation *self)
{
  static const struct
  {
    const char *key;
    const char *reason;
  } ANSWERS[] = {
    { "child", N_ ("Nobody has said whether the person is under 18.") },
    { "deceased", N_ ("Nobody has said whether the person has died.") },
    { "lacks-capacity", N_ ("Nobody has said whether the person is able to decide.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      const char *answer = imp_situation_answer (&self->situation, ANSWERS[i].key);

      gboolean is_said = (g_strcmp0 (answer, "yes") == 0 || g_strcmp0 (answer, "no") == 0)
                         && !imp_situation_answer_is (&self->situation, ANSWERS[i].key, "not-sure");

      if (is_said || is_refused_for_answer (self, ANSWERS[i].key))
        continue;
      imp_evaluation_refuse (self, "floor:person-answers", NULL, _ (ANSWERS[i].reason), "GMC ¶34",
                             _ ("Find out, and answer yes or no."));
    }
}

/* What is stored beside the picture can say as much as the picture (leaks.md row 19). */
static void
apply_overlay_floor (ImpEvaluation *self)
{
  guint n = self->situation.facts->n_overlays;
  g_autofree char *reason = NULL;

  if (n == 0 || is_yes (self, "overlays-accounted"))
    return;
  reason = g_strdup_printf (
      ngettext ("The file holds %u overlay, a drawing or text stored beside the picture, and "
                "nobody has accounted for it.",
                "The file holds %u overlays, drawings or text stored beside the picture, and "
                "nobody has accounted for each.",
                n),
      n);
  imp_evaluation_refuse (self, "floor:overlays-accounted", "question:overlays-accounted", reason,
                         "DICOM PS3.3 C.9; PS3.15 E.2",
                         _ ("Look at each, hide it or cover what identifies the patient, and "
                            "answer yes."));
}

/**
 * imp_evaluation_apply_person_floor:
 * @self: an evaluation
 *
 * Refuses what a person, or the file, has said no to.
 */
void
imp_evaluation_apply_person_floor (ImpEvaluation *self)
{
  const ImpPolicyFacts *facts = self->situation.facts;

  if (facts->person_objects)
    imp_evaluation_refuse (self, "floor:objection", "row-1",
                           _ ("This person has said no to the use of their pictures."),
                           "UK GDPR Art. 7(3), 21", _ ("Only the person can change this."));
  if (facts->refusal_covers)
    imp_evaluation_refuse (self, "floor:refusal", "row-1",
                           _ ("This person refused this use, or took back the permission for it."),
                           "UK GDPR Art. 7(3)", _ ("Only the person can change this."));
  if (facts->person_conflict)
    imp_evaluation_refuse (self, "floor:person-conflict", NULL,
                           _ ("The file names another registered person."), "local",
                           _ ("Name the person whose picture it is, or correct the register."));
  if (self->situation.holds[IMP_FACT_FILE_SAYS_NO]
      && g_str_equal (facts->dicom_consent_flag, "NARROWER"))
    imp_evaluation_refuse (
        self, "floor:file-says-no", "row-2",
        _ ("The file itself says that the person agreed to something narrower: to one named "
           "protocol, or to reuse within limits."),
        "DICOM (0012,0084)", _ ("A second person has to lift this."));
  else if (self->situation.holds[IMP_FACT_FILE_SAYS_NO])
    imp_evaluation_refuse (
        self, "floor:file-says-no", "row-2",
        _ ("The file itself says that the person does not consent to its being passed on."),
        "DICOM (0012,0085)", _ ("A second person has to lift this."));
}

/**
 * imp_evaluation_apply_floor:
 * @self: an evaluation to which rows and questions have been applied
 *
 * Refuses what no pack can allow: an objection, a permission not in force, a picture without one by
 * which somebody could be known, a picture nobody looked at, overlays that nobody accounts for,
 * "not sure" where it matters, a purpose of less than 15 characters, social media without a local
 * policy, and what no row allows.
 */
void
imp_evaluation_apply_floor (ImpEvaluation *self)
{
  const ImpSituation *situation = &self->situation;
  const char *policy = imp_situation_answer (situation, "local-policy-reference");

  imp_evaluation_apply_person_floor (self);
  if (imp_situation_is_consent (situation))
    apply_permission_floor (self);
  if (g_str_equal (situation->facts->destination, "social-media")
      && (policy == NULL || imp_question_text_length (policy) < 1))
    imp_evaluation_refuse (self, "floor:local-policy", "question:local-policy-reference",
                           _ ("No local policy on social media is named."),
                           _ ("Society of Radiographers 2020, article row 2"),
                           _ ("Name the policy, or have it entered as a site setting."));
  apply_purpose_floor (self);
  if (!situation->facts->looked_at_frame)
    imp_evaluation_refuse (self, "floor:looked-at", NULL, _ ("This frame has not been looked at."),
                           "local", _ ("Open the frame and look at it at full size."));
  if (situation->facts->part_unseen)
    imp_evaluation_refuse (self, "floor:seen", NULL,
                           _ ("A part of this frame was never on screen at full size."), "local",
                           _ ("Go on to what has not been seen yet (N on the picture)."));
  if (g_strcmp0 (imp_situation_answer (situation, "looked-at-all"), "yes") != 0)
    imp_evaluation_refuse (self, "floor:looked-at-all", "question:looked-at-all",
                           _ ("Nobody has looked at all of the picture at full size."), "local",
                           _ ("Zoom in, go through the corners, and answer yes."));
  apply_overlay_floor (self);
  apply_not_sure (self);
  if (imp_situation_is_consent (situation))
    {
      apply_identifiable_floor (self);
      apply_person_answers_floor (self);
    }
  else
    apply_anonymised_floor (self);
  if (!self->has_basis)
    imp_evaluation_refuse (
        self, "floor:no-rule", NULL, _ ("No rule of the site's policy allows this."),
        _ ("Policy: what no rule allows is refused"), _ ("Choose another destination or route."));
}
