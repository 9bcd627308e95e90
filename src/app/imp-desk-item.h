/* One picture of a curation session while it lies on the desk: whatever is done to it is a gesture
 * of the session, stored one after the other.
 *
 * Owns: what of boxes, crop, window and answers is still to be stored, and whether it is cleared.
 * May include: curate, ImpPicture, the wizard's session.
 * Must never: answer anything by itself, or clear what the gate would not release. */
#pragma once

#include "imp-curation.h"
#include "imp-picture.h"
#include "imp-wizard-session.h"

G_BEGIN_DECLS

#define IMP_TYPE_DESK_ITEM (imp_desk_item_get_type ())
G_DECLARE_FINAL_TYPE (ImpDeskItem, imp_desk_item, IMP, DESK_ITEM, GObject)

/* Signals: "changed" after anything that the functions below say has changed; "settled" when all is
 * stored; "cleared"; "missing" when the gate would not release it; "failed" (const char *sentence)
 * when the register did not take a gesture: it is tried again with the next one. */
ImpDeskItem *imp_desk_item_new (ImpCuration *curation, guint index, ImpWizardSession *session);
ImpCuration *imp_desk_item_get_curation (ImpDeskItem *self); /* transfer none */
gboolean imp_desk_item_get_index (ImpDeskItem *self, guint *index);
const ImpCurationItem *imp_desk_item_get (ImpDeskItem *self);      /* nullable: no longer there */
const ImpStanding *imp_desk_item_get_standing (ImpDeskItem *self); /* nullable */
ImpWizardSession *imp_desk_item_get_session (ImpDeskItem *self);   /* transfer none */

void imp_desk_item_attach (ImpDeskItem *self, ImpPicture *picture);
void imp_desk_item_detach (ImpDeskItem *self);
gboolean imp_desk_item_is_attached (ImpDeskItem *self);
gboolean imp_desk_item_is_settled (ImpDeskItem *self);
gboolean imp_desk_item_has_failed (ImpDeskItem *self);
void imp_desk_item_settle (ImpDeskItem *self); /* at once */
void imp_desk_item_recall (ImpDeskItem *self); /* what the session knows of use, person, answers */

void imp_desk_item_clear (ImpDeskItem *self);
gboolean imp_desk_item_is_clearing (ImpDeskItem *self);

G_END_DECLS
