/* How somebody stands to one use of their pictures, before there is a picture to judge.
 *
 * Owns: the sentence that says so.  Must never: let anything leave: each release judges anew. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpStandingKind:
 * @IMP_STANDING_PERMITTED: a permission in force covers this use, and no "no" stands
 * @IMP_STANDING_ANONYMISED: none does, and no "no" stands: only what nobody would recognise
 * @IMP_STANDING_UNCLEAR: nobody can tell whose pictures they are
 * @IMP_STANDING_REFUSED: a "no" stands
 */
typedef enum
{
  IMP_STANDING_PERMITTED,
  IMP_STANDING_ANONYMISED,
  IMP_STANDING_UNCLEAR,
  IMP_STANDING_REFUSED,
} ImpStandingKind;

/**
 * ImpStanding:
 * @person_id: (nullable): who it is, where the register knows
 * @permission_id: (nullable): the permission that a picture would rest on
 * @expires: (nullable): its last day
 * @reason: a sentence without any name or number
 */
typedef struct
{
  ImpStandingKind kind;
  char *person_id;
  char *permission_id;
  char *expires;
  char *reason;
} ImpStanding;

void imp_standing_free (ImpStanding *standing);
const char *imp_standing_kind_to_text (ImpStandingKind kind); /* "permitted", "anonymised", … */

/* number: (nullable) as the file has it; person_id: (nullable) whom somebody named. */
ImpStanding *imp_gate_find_standing_sync (ImpGate *self, const char *number, const char *person_id,
                                          const char *destination, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpStanding, imp_standing_free)

G_END_DECLS
