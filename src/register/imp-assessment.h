/* What somebody found of a person's capacity to decide: about one decision, on one day. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_ASSESSMENT (imp_assessment_get_type ())

typedef struct
{
  char *id; /* random */
  char *person_id;
  char *outcome;  /* has lacks fluctuating */
  char *decision; /* which one was assessed */
  char *assessor;
  char *assessed;  /* YYYY-MM-DD */
  char *ask_again; /* nullable, YYYY-MM-DD; where it fluctuates the day to ask by */
} ImpAssessment;

GType imp_assessment_get_type (void);
ImpAssessment *imp_assessment_new (void);
ImpAssessment *imp_assessment_copy (const ImpAssessment *assessment);
void imp_assessment_free (ImpAssessment *assessment);

const char *const *imp_assessment_outcomes (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpAssessment, imp_assessment_free)

G_END_DECLS
