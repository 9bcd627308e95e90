/* One picture of a session as a row of a list model: which one it is, and what is wrong with it.
 *
 * Must never: hold pixels, or say that a picture may leave. */
#pragma once

#include "imp-curation.h"
#include "imp-source-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_ITEM (imp_teaching_item_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingItem, imp_teaching_item, IMP, TEACHING_ITEM, GObject)

/**
 * ImpTeachingKind:
 * @IMP_TEACHING_ALL: every picture
 * @IMP_TEACHING_TO_DO: new, looked at or covered
 * @IMP_TEACHING_CLEARED: cleared, or exported already
 * @IMP_TEACHING_ASIDE: set aside
 * @IMP_TEACHING_PROBLEMS: with something wrong that is told
 *
 * Which pictures are shown.
 */
typedef enum
{
  IMP_TEACHING_ALL,
  IMP_TEACHING_TO_DO,
  IMP_TEACHING_CLEARED,
  IMP_TEACHING_ASIDE,
  IMP_TEACHING_PROBLEMS,
  IMP_TEACHING_N_KINDS,
} ImpTeachingKind;

/* Signal: "changed" when it, or what is said of it, is not as it was. */
ImpTeachingItem *imp_teaching_item_new (ImpCuration *curation, guint index);
guint imp_teaching_item_get_index (ImpTeachingItem *self);
const ImpCurationItem *imp_teaching_item_get_picture (ImpTeachingItem *self);
const ImpStanding *imp_teaching_item_get_standing (ImpTeachingItem *self); /* nullable */
const char *imp_teaching_item_get_problem (ImpTeachingItem *self);         /* nullable */
gboolean imp_teaching_item_is (ImpTeachingItem *self, ImpTeachingKind kind);
ImpSourceItem *imp_teaching_item_get_source (ImpTeachingItem *self);
gboolean imp_teaching_item_is_listed (ImpTeachingItem *self);
void imp_teaching_item_set_unreadable (ImpTeachingItem *self, const char *problem);
void imp_teaching_item_set_finding (ImpTeachingItem *self, ImpCurationFinding finding);
void imp_teaching_item_tell (ImpTeachingItem *self);

G_END_DECLS
