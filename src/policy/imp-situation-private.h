/* What a pack's conditions may ask about: the facts, the answers, and what follows from both. */
#pragma once

#include "imp-policy.h"

G_BEGIN_DECLS

/* The facts that a pack names as {"fact": "child"}; their names stand in imp-situation.c. */
typedef enum
{
  IMP_FACT_OBJECTION,
  IMP_FACT_REFUSAL_COVERS,
  IMP_FACT_PERMISSION_REFUSED,
  IMP_FACT_FILE_SAYS_NO,
  IMP_FACT_PERMISSION_EXPIRED,
  IMP_FACT_PERMISSION_NOT_STARTED,
  IMP_FACT_PERMISSION_NOT_ACTIVE,
  IMP_FACT_PERMISSION_OUT_OF_SCOPE,
  IMP_FACT_PERMISSION_NO_EVIDENCE,
  IMP_FACT_PERMISSION_NO_AUTHORITY,
  IMP_FACT_PERMISSION_IDENTIFIABLE,
  IMP_FACT_PARENTAL_NOW_OWN_DECISION,
  IMP_FACT_CONSENTED_IN_LIFE,
  IMP_FACT_NOT_SURE,
  IMP_FACT_CHILD,
  IMP_FACT_DECEASED,
  IMP_FACT_LACKS_CAPACITY,
  IMP_FACT_PUBLIC,
  IMP_FACT_NUMBER_DIFFERS,
  IMP_FACT_HAS_OVERLAYS,
  IMP_FACT_GUARDIAN_NAMED,
  IMP_N_FACTS,
} ImpFact;

typedef struct
{
  ImpPack *pack;               /* borrowed */
  const ImpPolicyFacts *facts; /* borrowed */
  gboolean holds[IMP_N_FACTS];
} ImpSituation;

gboolean imp_fact_from_text (const char *text, ImpFact *fact);
const char *const *imp_fact_questions (ImpFact fact);

void imp_situation_init (ImpSituation *self, ImpPack *pack, const ImpPolicyFacts *facts);
const char *imp_situation_known (const ImpSituation *self, const char *key);
const char *imp_situation_answer (const ImpSituation *self, const char *key);
gboolean imp_situation_answer_is (const ImpSituation *self, const char *key, const char *value);
gboolean imp_situation_is_consent (const ImpSituation *self);
gboolean imp_situation_is_permission_good (const ImpSituation *self);

G_END_DECLS
