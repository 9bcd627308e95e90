/* The picture on the desk: what is open, which frame, overlays and window, what is covered.
 *
 * One model shared by canvas, inspector and wizard; none of them knows the others. */
#pragma once

#include "imp-redaction.h"
#include "imp-source.h"

G_BEGIN_DECLS

#define IMP_TYPE_PICTURE (imp_picture_get_type ())
G_DECLARE_FINAL_TYPE (ImpPicture, imp_picture, IMP, PICTURE, GObject)

/* Signals: "pixels-changed" after any change of frame, overlays, window, boxes or crop (what would
 * be exported is another picture now: approvals and pixels answers no longer hold); "seat-changed"
 * when somebody else sits here, who has not seen what another one has.
 * Properties: frame-number (uint), planes (uint), loading (boolean), looked-at (boolean),
 * revealed (boolean), seen-share (uint: percent of what leaves of the shown frame). */
ImpPicture *imp_picture_new (ImpSource *source, ImpFrame *first_frame);
ImpSource *imp_picture_get_source (ImpPicture *self);  /* transfer none */
ImpFrame *imp_picture_get_frame (ImpPicture *self);    /* transfer none */
guint imp_picture_get_frame_number (ImpPicture *self); /* 0-based */
guint imp_picture_get_wanted_frame (ImpPicture *self); /* asked for last, perhaps not shown yet */
guint imp_picture_get_planes (ImpPicture *self);       /* overlays drawn: bit 0 is group 6000 */
void imp_picture_show_frame_async (ImpPicture *self, guint frame_number,
                                   GAsyncReadyCallback callback, gpointer user_data);
void imp_picture_show_planes_async (ImpPicture *self, guint planes, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean imp_picture_show_finish (ImpPicture *self, GAsyncResult *result, GError **error);
const ImpWindow *imp_picture_get_window (ImpPicture *self); /* nullable: the file's default */
void imp_picture_set_window (ImpPicture *self, const ImpWindow *window); /* nullable */
gboolean imp_picture_get_range (ImpPicture *self, ImpWindow *window);
gboolean imp_picture_get_drawn_window (ImpPicture *self, ImpWindow *window);
GArray *imp_picture_list_filled (ImpPicture *self, gboolean *has_crop,
                                 ImpRect *crop);      /* transfer full, of ImpRect */
guint imp_picture_get_seen_planes (ImpPicture *self); /* of the shown frame, on screen once */
gboolean imp_picture_get_revealed (ImpPicture *self); /* what the file says is shown in clear */
void imp_picture_set_revealed (ImpPicture *self, gboolean revealed);
const char *imp_picture_mask (ImpPicture *self, const char *value); /* or dots */
void imp_picture_set_seat (ImpPicture *self, const char *seat);     /* nullable: who sits here */
ImpRedaction *imp_picture_get_redaction (ImpPicture *self);         /* transfer none */
gboolean imp_picture_get_looked_at (ImpPicture *self); /* the shown frame was drawn on screen */
void imp_picture_set_looked_at (ImpPicture *self);
void imp_picture_add_seen (ImpPicture *self, const ImpWindow *window, const ImpRect *shown,
                           gsize n_shown); /* window: nullable */
guint imp_picture_get_seen_share (ImpPicture *self);
GArray *imp_picture_list_unseen (ImpPicture *self); /* transfer full, of ImpRect */

G_END_DECLS
