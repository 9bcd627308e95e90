/* What a person covered: boxes and a crop, with undo.
 *
 * Owns: the list of rectangles of one frame, which suggestions were left as they are, and the
 * history of both (never pixels).
 * May include: core, image (ImpRect).  Must never: touch pixels; only a person's edit changes it.
 */
#pragma once

#include <glib-object.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

#define IMP_TYPE_REDACTION (imp_redaction_get_type ())
G_DECLARE_FINAL_TYPE (ImpRedaction, imp_redaction, IMP, REDACTION, GObject)

/* Signals: "changed" (after any edit, undo or redo). Properties: can-undo, can-redo, n-boxes.
 * A box id is never used twice. Consecutive moves of one box between imp_redaction_begin_step()
 * and _end_step() (one drag, one run of key nudges) are one undo step. */
ImpRedaction *imp_redaction_new (int frame_width, int frame_height);
guint imp_redaction_add (ImpRedaction *self,
                         const ImpRect *box); /* clamped; 0 if outside the frame */
guint imp_redaction_add_suggested (ImpRedaction *self, const ImpRect *box);
gboolean imp_redaction_set (ImpRedaction *self, guint id, const ImpRect *box);
gboolean imp_redaction_remove (ImpRedaction *self, guint id);
void imp_redaction_clear (ImpRedaction *self);
guint imp_redaction_get_n_boxes (ImpRedaction *self);
gboolean imp_redaction_get_nth (ImpRedaction *self, guint position, guint *id, ImpRect *box);
gboolean imp_redaction_get (ImpRedaction *self, guint id, ImpRect *box);
GArray *imp_redaction_get_boxes (ImpRedaction *self);     /* transfer full, of ImpRect */
GArray *imp_redaction_get_suggested (ImpRedaction *self); /* transfer full: those of them */
void imp_redaction_set_crop (ImpRedaction *self,
                             const ImpRect *crop); /* nullable: the whole frame */
gboolean imp_redaction_get_crop (ImpRedaction *self, ImpRect *crop);
void imp_redaction_set_aside (ImpRedaction *self, guint suggestion, gboolean aside);
gboolean imp_redaction_is_set_aside (ImpRedaction *self, guint suggestion);
void imp_redaction_restore (ImpRedaction *self, const ImpRect *boxes, gsize n_boxes,
                            const ImpRect *crop); /* nullable; nothing of it can be undone */
void imp_redaction_begin_step (ImpRedaction *self);
void imp_redaction_end_step (ImpRedaction *self);
gboolean imp_redaction_undo (ImpRedaction *self);
gboolean imp_redaction_redo (ImpRedaction *self);

G_END_DECLS
