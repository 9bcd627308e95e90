/* Boxes that travel: from one frame to all, along a series, to every picture of a scanner.
 *
 * Owns: which pictures they reach, and why not the others: pure functions.
 * May include: core, register (values).  Must never: apply a box to pictures of another size. */
#pragma once

#include "imp-curation-item.h"

G_BEGIN_DECLS

/**
 * ImpReach:
 * @IMP_REACH_FILE: all frames of this picture
 * @IMP_REACH_SERIES: those, and all of the same patient's series
 * @IMP_REACH_SCANNER: those, and all of the same scanner (manufacturer, model, station) and size
 *
 * How far boxes travel.
 */
typedef enum
{
  IMP_REACH_FILE,
  IMP_REACH_SERIES,
  IMP_REACH_SCANNER,
} ImpReach;

/**
 * ImpTravelOutcome:
 * @IMP_TRAVEL_APPLIED: it has the boxes now
 * @IMP_TRAVEL_HAS_THEM: it had them before
 * @IMP_TRAVEL_OTHER_SIZE: its pictures have another size: not applied
 * @IMP_TRAVEL_UNKNOWN_SIZE: nobody knows the size of its pictures: not applied
 * @IMP_TRAVEL_EXPORTED: it has left as it is: not applied
 * @IMP_TRAVEL_SET_ASIDE: it is not used: not applied
 *
 * What became of one picture.
 */
typedef enum
{
  IMP_TRAVEL_APPLIED,
  IMP_TRAVEL_HAS_THEM,
  IMP_TRAVEL_OTHER_SIZE,
  IMP_TRAVEL_UNKNOWN_SIZE,
  IMP_TRAVEL_EXPORTED,
  IMP_TRAVEL_SET_ASIDE,
} ImpTravelOutcome;

typedef struct
{
  guint index; /* of the picture in the session */
  ImpTravelOutcome outcome;
} ImpTravelVerdict;

#define IMP_TYPE_TRAVEL (imp_travel_get_type ())

/**
 * ImpTravel:
 * @verdicts: (element-type ImpTravelVerdict): one for each picture in reach, in their order
 * @changed: (element-type ImpCurationItem): copies of those that get boxes, with them
 *
 * What becomes of boxes that travel. Nothing is done yet.
 */
typedef struct
{
  GArray *verdicts;
  GPtrArray *changed;
} ImpTravel;

GType imp_travel_get_type (void);
ImpTravel *imp_travel_new (GPtrArray *items, guint from, ImpReach reach, GError **error);
ImpTravel *imp_travel_copy (const ImpTravel *travel);
void imp_travel_free (ImpTravel *travel);
guint imp_travel_count (const ImpTravel *travel, ImpTravelOutcome outcome);
const char *imp_travel_outcome_to_words (ImpTravelOutcome outcome); /* a sentence for the user */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTravel, imp_travel_free)

G_END_DECLS
