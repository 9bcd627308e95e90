/* Words that the forms share. */
#pragma once

#include "imp-form.h"

G_BEGIN_DECLS

/**
 * ImpFormLevel:
 * @name: what stands at the tick
 * @means: what a tick there allows
 * @blank: (nullable): what is to be named
 */
typedef struct
{
  const char *level;
  const char *name;
  const char *means;
  const char *blank;
} ImpFormLevel;

const ImpFormLevel *_imp_form_levels (gsize *n_levels);
const char *_imp_form_giver_name (const char *giver);
const char *_imp_form_evidence_name (const char *evidence);
void _imp_form_add_slip (ImpSheet *sheet, const ImpFormSite *site, const ImpPerson *person);

G_END_DECLS
