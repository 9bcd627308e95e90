/* Why a rule lets a picture through, asks for more, or refuses: plain values that policy makes
 * and front ends show. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpOutcome:
 *
 * What a rule says (policy.md 2.4), rising: the strictest of all that match wins.
 */
typedef enum
{
  IMP_OUTCOME_ALLOW,
  IMP_OUTCOME_CONFIRM,
  IMP_OUTCOME_SECOND_PERSON,
  IMP_OUTCOME_REFUSE,
} ImpOutcome;

/**
 * ImpReason:
 * @rule: "row-15", "question:why-share", "floor:approval", …
 * @outcome: what it says
 * @reason: a sentence for the person at the desk
 * @source: where the rule comes from ("GMC ¶17", "local")
 * @lift: what would lift it
 * @region: (nullable): where in the full frame it is about, as "X,Y,WIDTH,HEIGHT"
 * @output: (nullable): the SHA-256 of the output in which that was seen
 */
typedef struct
{
  char *rule;
  ImpOutcome outcome;
  char *reason;
  char *source;
  char *lift;
  char *region;
  char *output;
} ImpReason;

const char *imp_outcome_to_text (ImpOutcome outcome);

ImpReason *imp_reason_new (const char *rule, ImpOutcome outcome, const char *reason,
                           const char *source, const char *lift);
ImpReason *imp_reason_copy (const ImpReason *reason);
void imp_reason_free (ImpReason *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpReason, imp_reason_free)

G_END_DECLS
