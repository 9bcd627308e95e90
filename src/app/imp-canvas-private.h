/* What the files of the canvas share: imp-canvas.c (drawing, layout), imp-canvas-boxes.c
 * (widgets of boxes), imp-canvas-actions.c (keys and verbs), imp-canvas-pointer.c (gestures),
 * imp-canvas-suggestions.c (what may identify), imp-canvas-reveal.c (the view of faint writing),
 * imp-canvas-look.c (what was looked at, the original). */
#pragma once

#include "imp-box-widget.h"
#include "imp-canvas.h"
#include "imp-seen-map.h"
#include "imp-suggestion-widget.h"
#include "imp-tiles.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_DRAG_NONE,
  IMP_DRAG_PAN,
  IMP_DRAG_DRAW,   /* a new box, or a new crop */
  IMP_DRAG_CHANGE, /* move or resize dragged_id */
} ImpDrag;

struct _ImpCanvas
{
  GtkWidget parent_instance;

  ImpPicture *picture;   /* owned, nullable */
  ImpTiles *tiles;       /* owned, nullable */
  ImpFrame *tiled_frame; /* owned, nullable: the frame that tiles show */
  gboolean tiled_by_default;
  ImpWindow tiled_window; /* that tiles show, unless by default */
  gboolean reveal;
  ImpTiles *revealed;      /* owned, nullable: shown instead of tiles */
  GCancellable *revealing; /* owned, nullable: while a worker makes them */
  GPtrArray *boxes;        /* of ImpBoxWidget, children in the redaction's order */
  ImpBoxWidget *crop;      /* child, nullable: there in crop mode once there is a crop */

  ImpView view;
  gboolean fitted; /* all of the picture stays in sight when the canvas changes its size */
  gboolean crop_mode;
  guint selected;
  ImpSuggestionList *suggestions; /* owned, nullable */
  GPtrArray *suggested;           /* of ImpSuggestionWidget, children in the order of the list */
  GtkWidget *map;                 /* child: what was looked at at full size */
  GtkWidget *original;            /* child: says that the original is shown */
  gboolean map_drawn;             /* and is of use now */
  gboolean map_shown;             /* where it is of use */
  gboolean comparing;             /* the original is shown */
  ImpRect pointed_out;            /* a place with a line around it; empty for none */
  gint64 glance_since;            /* since when it is the same frame and place, monotonic */
  guint glance_source;            /* draws once more when that was long enough */
  guint nudge_source;             /* ends a run of key nudges */
  gulong after_paint;             /* handler on the frame clock */
  GdkFrameClock *clock;           /* owned, nullable: that has it */

  /* One drag with the primary button */
  GtkGesture *drag_gesture; /* owned by the widget */
  ImpDrag drag;
  ImpGrip drag_grip;
  guint dragged_id;
  ImpRect drag_from; /* where dragged_id was */
  ImpRect draft;     /* where it would be, in pixels of the full frame; empty for nowhere */
  double drag_x;     /* where it began, in logical pixels */
  double drag_y;
  ImpView drag_view;
  ImpWindow drag_window;
  double pinch_zoom;
  double pointer_x;
  double pointer_y;
  gboolean pointer_inside;
  gboolean space_held;
};

void imp_canvas_install_actions (GtkWidgetClass *widget_class);
void imp_canvas_add_pointer (ImpCanvas *self);
void imp_canvas_reveal_again (ImpCanvas *self);
void imp_canvas_sync_boxes (ImpCanvas *self);
void imp_canvas_describe (ImpCanvas *self);
void imp_canvas_cancel_drag (ImpCanvas *self);
void imp_canvas_update_cursor (ImpCanvas *self);
void imp_canvas_end_nudges (ImpCanvas *self);
void imp_canvas_update_actions (ImpCanvas *self);
void imp_canvas_view_changed (ImpCanvas *self);
void imp_canvas_draft_changed (ImpCanvas *self);
void imp_canvas_fit (ImpCanvas *self);
void imp_canvas_allocate_suggestions (ImpCanvas *self);
void imp_canvas_sync_suggestions (ImpCanvas *self);
void imp_canvas_step_suggestion (ImpCanvas *self, int direction);
GtkWidget *imp_canvas_find_suggestion (ImpCanvas *self, double x, double y);
void imp_canvas_show_rect (ImpCanvas *self, const ImpRect *rect);
void imp_canvas_add_look (ImpCanvas *self);
void imp_canvas_allocate_map (ImpCanvas *self);
void imp_canvas_allocate_original (ImpCanvas *self);
void imp_canvas_draw_pointed_out (ImpCanvas *self, GtkSnapshot *snapshot);
void imp_canvas_begin_glance (ImpCanvas *self);
void imp_canvas_show_anew (ImpCanvas *self);
void imp_canvas_end_glance (ImpCanvas *self);
void imp_canvas_note_window (ImpCanvas *self);
void imp_canvas_note_seen (ImpCanvas *self);
gboolean imp_canvas_get_box (ImpCanvas *self, guint id, ImpRect *box);
void imp_canvas_put_box (ImpCanvas *self, guint id, const ImpRect *box);
ImpRect imp_canvas_get_frame_rect (ImpCanvas *self);

G_END_DECLS
