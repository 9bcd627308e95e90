/* What is known of whose picture it is, and where that stands in a text that was read.
 *
 * Owns: the values of the file's header, and of the register, that a picture must not show.
 * May include: core, decode.  Must never: be logged: it holds them. */
#pragma once

#include "imp-facts.h"
#include "imp-suggestion.h"

G_BEGIN_DECLS

/**
 * ImpKnownMatch:
 * @start: where it stands in the text, in bytes
 * @end: where it ends
 * @why: %IMP_WHY_HEADER or %IMP_WHY_PERSON
 * @detail: the attribute ("PatientName"), or what of the person it is; never the value. Owned by
 *   the #ImpKnown
 * @firm: whether it says who, when or where: such a picture does not leave. What is not firm may be
 *   the same by chance: a description, an age, an hour
 */
typedef struct
{
  gsize start;
  gsize end;
  ImpWhy why;
  const char *detail;
  gboolean firm;
} ImpKnownMatch;

typedef struct _ImpKnown ImpKnown;

ImpKnown *imp_known_new (void);
void imp_known_free (ImpKnown *known);
void imp_known_add_facts (ImpKnown *known, const ImpFacts *facts);
void imp_known_add_giveaway (ImpKnown *known, const ImpGiveaway *giveaway);
void imp_known_add_name (ImpKnown *known, ImpWhy why, const char *detail, const char *name);
void imp_known_add_number (ImpKnown *known, ImpWhy why, const char *detail, const char *number);
void imp_known_add_day (ImpKnown *known, ImpWhy why, const char *detail, const char *day);
void imp_known_add_person (ImpKnown *known, const char *name, const char *hospital_number,
                           const char *nhs_number, const char *born, const char *died);
GArray *imp_known_find (const ImpKnown *known, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpKnown, imp_known_free)

G_END_DECLS
