#include "policy-oracle.h"

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
enum
{
  NO,
  YES,
  NOT_SURE
};
enum
{
  PATIENT,
  PARENT,
  RELATIVE
};

static int
anonymised (const OracleCase *c, gboolean child)
{
  int worst = A;
  gboolean public = c->destination == PUBLICATION || c->destination == SOCIAL;

  if (c->child == NOT_SURE || c->deceased == NOT_SURE) /* 4 */
    return X;
  if (c->face || c->recognised || c->head_3d) /* 5, 6 */
    return X;
  switch (c->destination)
    {
    case INTERNAL: /* 7, 8 */
      return c->known ? P2 : A;
    case TEACHING: /* 9, 10 */
      return c->unusual ? C : A;
    case RESEARCH: /* 11 */
      return C;
    case PUBLICATION: /* 12, 13, 14 */
      if ((c->photograph || c->case_report) && !(c->untraceable && c->guardian))
        return X;
      worst = c->photograph || c->case_report || c->unusual ? P2 : C;
      break;
    default: /* 15, 16 */
      if (!c->second_person_on_social || c->unusual || c->known || c->place)
        return X;
      worst = P2;
    }
  if (public && (child || c->deceased == YES)) /* 17, 18 */
    worst = P2;
  return worst;
}

static gboolean
level_covers (int level, int destination)
{
  switch (level)
    {
    case 2: /* teaching-closed */
      return destination == INTERNAL || destination == TEACHING;
    case 3: /* publication-named, and the work is the one named */
      return destination == PUBLICATION;
    case 4: /* publication-open-web */
      return destination == INTERNAL || destination == TEACHING || destination == PUBLICATION;
    case 5: /* social-media, and the platform is the one named */
      return destination == SOCIAL;
    case 6: /* research-study, and the study is the one named */
    case 7: /* research-area */
      return destination == RESEARCH;
    default: /* none; record-only */
      return FALSE;
    }
}

static int
consent (const OracleCase *c, gboolean child, gboolean *wants_reason)
{
  gboolean public = c->destination == PUBLICATION || c->destination == SOCIAL;
  gboolean identifiable = c->face || c->recognised;
  int worst = c->destination == INTERNAL || c->destination == TEACHING ? A : C; /* 20 to 23 */

  if (c->child == NOT_SURE || c->deceased == NOT_SURE || c->lacks_capacity == NOT_SURE)
    return X;
  if (!level_covers (c->level, c->destination)) /* 3 */
    return X;
  if (c->giver == RELATIVE && c->deceased != YES) /* 3: a relative speaks for the dead alone */
    return X;
  if (c->giver == PATIENT && (c->age >= 0 ? c->age < 16 : child)) /* 3: presumed from 16 on */
    return X;
  if (identifiable && !c->identifiable_allowed) /* 24 */
    return X;
  if (identifiable && c->giver == PARENT && !(c->age >= 0 && c->age < 16)) /* 28 */
    return X;
  if (public && !child && c->lacks_capacity == YES) /* 30 */
    return X;
  if (child && !public) /* 26 */
    worst = C;
  *wants_reason = identifiable || (child && !public)
                  || (public && (c->unusual || c->known || c->place)); /* 24, 26, 25 */
  if (*wants_reason)
    worst = C;
  if (child && public) /* 27 */
    worst = P2;
  if (!child && c->lacks_capacity == YES) /* 29 */
    worst = P2;
  if (c->deceased == YES && (c->giver != PATIENT || public || identifiable)) /* 31, 32 */
    worst = P2;
  return worst;
}

OracleVerdict
oracle_decide (const OracleCase *c)
{
  gboolean child = c->child == YES || (c->age >= 0 && c->age < 18);
  gboolean wants_reason = FALSE;
  OracleVerdict verdict = { 0, FALSE };

  if (c->consent)
    verdict.outcome = consent (c, child, &wants_reason);
  else
    {
      verdict.outcome = anonymised (c, child);
      wants_reason = c->destination == TEACHING && c->unusual; /* 10 */
    }
  verdict.allowed =
      verdict.outcome == A || (verdict.outcome == C && (!wants_reason || c->reason_given));
  return verdict;
}
