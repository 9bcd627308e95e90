/* One evaluation on its way: what the rows, the questions and the floor add up in. */
#pragma once

#include "imp-pack-private.h"

G_BEGIN_DECLS

typedef struct
{
  ImpSituation situation;
  ImpVerdict *verdict; /* owned by the caller */
  gboolean confirmed;  /* every confirmation asked for is given */
  gboolean has_basis;  /* a row matched on which a picture may rest */
} ImpEvaluation;

void imp_evaluation_refuse (ImpEvaluation *self, const char *rule, const char *row,
                            const char *reason, const char *source, const char *lift);
gboolean imp_evaluation_is_confirmed (const ImpEvaluation *self, const char *key);
void imp_evaluation_apply_person_floor (ImpEvaluation *self);
void imp_evaluation_apply_floor (ImpEvaluation *self);
ImpVerdict *imp_policy_evaluate_rows (ImpPack *pack, const ImpPolicyFacts *facts);

G_END_DECLS
