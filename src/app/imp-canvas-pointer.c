#include "imp-canvas-private.h"

#include <math.h>

#include "imp-levels.h"

/* A press that moves less than this is a click, in logical pixels. */
#define DRAG_THRESHOLD 3

#define SCROLL_STEP 48
#define SCROLL_ZOOM 1.2

/* ---- what lies under a point ---- */

static ImpGrip
grip_on (ImpCanvas *self, ImpBoxWidget *widget, double x, double y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (widget),
                                 &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return IMP_GRIP_NONE;
  return imp_box_widget_grip_at (widget, point.x, point.y);
}

static gboolean
lies_inside (ImpBoxWidget *widget, ImpCanvas *self, double x, double y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (widget),
                                 &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return FALSE;
  return point.x >= IMP_BOX_WIDGET_MARGIN && point.y >= IMP_BOX_WIDGET_MARGIN
         && point.x <= (float)(gtk_widget_get_width (GTK_WIDGET (widget)) - IMP_BOX_WIDGET_MARGIN)
         && point.y <= (float)(gtk_widget_get_height (GTK_WIDGET (widget)) - IMP_BOX_WIDGET_MARGIN);
}

/* The selected box first, with its handles; then the topmost one under the point itself, so that
 * a new box can be begun close beside another. */
static ImpGrip
find_grip (ImpCanvas *self, double x, double y, guint *id)
{
  ImpGrip grip = IMP_GRIP_NONE;

  *id = 0;
  if (self->crop_mode)
    {
      if (self->crop == NULL)
        return IMP_GRIP_NONE;
      grip = grip_on (self, self->crop, x, y);
      /* Inside the crop a drag draws another one; it is moved with Space held, or by keys. */
      *id = grip == IMP_GRIP_MOVE || grip == IMP_GRIP_NONE ? 0 : IMP_CANVAS_CROP;
      return *id != 0 ? grip : IMP_GRIP_NONE;
    }
  for (guint i = self->boxes->len; i > 0; i--)
    {
      ImpBoxWidget *box = self->boxes->pdata[i - 1];

      if (imp_box_widget_get_id (box) == self->selected)
        grip = grip_on (self, box, x, y);
    }
  if (grip != IMP_GRIP_NONE)
    {
      *id = self->selected;
      return grip;
    }
  for (guint i = self->boxes->len; i > 0; i--)
    {
      ImpBoxWidget *box = self->boxes->pdata[i - 1];

      if (lies_inside (box, self, x, y))
        {
          *id = imp_box_widget_get_id (box);
          return grip_on (self, box, x, y);
        }
    }
  return IMP_GRIP_NONE;
}

/**
 * imp_canvas_update_cursor:
 * @self: a canvas
 *
 * Lets the pointer say what a press would do.
 */
void
imp_canvas_update_cursor (ImpCanvas *self)
{
  const char *name = "default";
  guint id = 0;

  if (self->picture != NULL)
    {
      if (self->drag == IMP_DRAG_PAN)
        name = "grabbing";
      else if (self->space_held)
        name = "grab";
      else if (self->drag == IMP_DRAG_CHANGE)
        name = imp_grip_get_cursor (self->drag_grip);
      else if (self->drag == IMP_DRAG_NONE && self->pointer_inside)
        name = imp_grip_get_cursor (find_grip (self, self->pointer_x, self->pointer_y, &id));
      else
        name = "crosshair";
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* ---- the primary button: draw, move, resize ---- */

static ImpRect
change_box (ImpCanvas *self, double x, double y)
{
  ImpRect from = self->drag_from;
  ImpRect frame = imp_canvas_get_frame_rect (self);
  double move_x = x / imp_view_get_scale_x (&self->view);
  double move_y = y / imp_view_get_scale_y (&self->view);
  double left = from.x;
  double top = from.y;
  double right = from.x + from.width;
  double bottom = from.y + from.height;
  ImpRect box;

  if (self->drag_grip == IMP_GRIP_MOVE)
    {
      from.x = CLAMP (from.x + (int)round (move_x), 0, MAX (frame.width - from.width, 0));
      from.y = CLAMP (from.y + (int)round (move_y), 0, MAX (frame.height - from.height, 0));
      return from;
    }
  if (self->drag_grip & IMP_GRIP_LEFT)
    left += move_x;
  if (self->drag_grip & IMP_GRIP_RIGHT)
    right += move_x;
  if (self->drag_grip & IMP_GRIP_TOP)
    top += move_y;
  if (self->drag_grip & IMP_GRIP_BOTTOM)
    bottom += move_y;
  /* An edge may be drawn across the opposite one; a box keeps one pixel at least. */
  box = imp_rect_from_points (left, top, right, bottom);
  box.width = MAX (box.width, 1);
  box.height = MAX (box.height, 1);
  return imp_rect_intersect (&box, &frame);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  /* Nothing is drawn while what is there cannot be seen. */
  if (self->picture == NULL || self->comparing)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  imp_canvas_end_nudges (self);
  self->drag_x = x;
  self->drag_y = y;
  self->drag_view = self->view;
  self->draft = (ImpRect){ 0, 0, 0, 0 };
  if (self->space_held)
    self->drag = IMP_DRAG_PAN;
  else
    {
      self->drag_grip = find_grip (self, x, y, &self->dragged_id);
      if (self->dragged_id != 0)
        {
          self->drag = IMP_DRAG_CHANGE;
          imp_canvas_get_box (self, self->dragged_id, &self->drag_from);
          imp_canvas_select (self, self->dragged_id, TRUE);
        }
      else
        {
          self->drag = IMP_DRAG_DRAW;
          imp_canvas_select (self, 0, TRUE);
        }
    }
  imp_canvas_update_cursor (self);
}

static void
on_drag_update (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  ImpRect frame;
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;

  if (self->drag == IMP_DRAG_NONE || self->picture == NULL)
    return;
  if (self->drag == IMP_DRAG_PAN)
    {
      self->fitted = FALSE;
      self->view.x = self->drag_view.x + x;
      self->view.y = self->drag_view.y + y;
      imp_canvas_view_changed (self);
      return;
    }
  if (imp_rect_is_empty (&self->draft) && fabs (x) < DRAG_THRESHOLD && fabs (y) < DRAG_THRESHOLD)
    return;
  if (self->drag == IMP_DRAG_CHANGE)
    self->draft = change_box (self, x, y);
  else
    {
      frame = imp_canvas_get_frame_rect (self);
      imp_view_to_picture (&self->view, self->drag_x, self->drag_y, &x0, &y0);
      imp_view_to_picture (&self->view, self->drag_x + x, self->drag_y + y, &x1, &y1);
      self->draft = imp_rect_from_points (x0, y0, x1, y1);
      self->draft = imp_rect_intersect (&self->draft, &frame);
    }
  imp_canvas_draft_changed (self);
}

static void
end_drag (ImpCanvas *self)
{
  self->drag = IMP_DRAG_NONE;
  self->draft = (ImpRect){ 0, 0, 0, 0 };
  imp_canvas_draft_changed (self);
  imp_canvas_update_cursor (self);
}

/* A hand is not so exact that it could mind a few pixels; a JPEG's blocks do mind them. */
static void
put_crop (ImpCanvas *self, const ImpRect *draft)
{
  const ImpCover cover =
      imp_facts_get_cover (imp_source_get_facts (imp_picture_get_source (self->picture)));
  ImpRect aligned = imp_cover_align_crop (&cover, draft);

  imp_canvas_put_box (self, IMP_CANVAS_CROP, &aligned);
}

/* A press beside every box is on what is suggested there, if anything is. */
static void
focus_suggestion (ImpCanvas *self, ImpDrag drag)
{
  GtkWidget *widget = NULL;
  double x = 0;
  double y = 0;

  if (drag != IMP_DRAG_DRAW || self->crop_mode)
    return;
  imp_view_to_picture (&self->view, self->drag_x, self->drag_y, &x, &y);
  widget = imp_canvas_find_suggestion (self, x, y);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
}

static void
on_drag_end (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  ImpDrag drag = self->drag;
  ImpRect draft;
  guint id = self->dragged_id;

  on_drag_update (gesture, x, y, self);
  draft = self->draft;
  end_drag (self);
  if (self->picture == NULL)
    return;
  if (imp_rect_is_empty (&draft))
    {
      focus_suggestion (self, drag);
      return;
    }
  if (drag == IMP_DRAG_CHANGE && id == IMP_CANVAS_CROP)
    put_crop (self, &draft);
  else if (drag == IMP_DRAG_CHANGE)
    imp_canvas_put_box (self, id, &draft);
  else if (drag == IMP_DRAG_DRAW && self->crop_mode)
    {
      /* Done: the next drag draws a box again. */
      put_crop (self, &draft);
      g_object_set (self, "crop-mode", FALSE, NULL);
    }
  else if (drag == IMP_DRAG_DRAW)
    {
      id = imp_redaction_add (imp_picture_get_redaction (self->picture), &draft);
      if (id != 0)
        imp_canvas_select (self, id, TRUE);
    }
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, ImpCanvas *self)
{
  end_drag (self);
}

/**
 * imp_canvas_cancel_drag:
 * @self: a canvas
 *
 * Leaves everything as it was before the drag.
 */
void
imp_canvas_cancel_drag (ImpCanvas *self)
{
  end_drag (self);
  gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->drag_gesture));
}

/* ---- the other buttons: pan, window ---- */

/* Who works on the picture wants its keys; a box that has them keeps them. */
static void
take_focus (ImpCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_has_focus (widget) && gtk_widget_get_focus_child (widget) == NULL)
    gtk_widget_grab_focus (widget);
}

static void
on_pan_begin (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  take_focus (self);
  self->drag_view = self->view;
}

static void
on_pan_update (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  if (self->picture == NULL)
    return;
  self->fitted = FALSE;
  self->view.x = self->drag_view.x + x;
  self->view.y = self->drag_view.y + y;
  imp_canvas_view_changed (self);
}

static void
on_levels_begin (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  take_focus (self);
  if (self->picture == NULL || !imp_levels_get_current (self->picture, &self->drag_window))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
on_levels_update (GtkGestureDrag *gesture, double x, double y, ImpCanvas *self)
{
  ImpWindow window;

  if (self->picture == NULL || (fabs (x) < DRAG_THRESHOLD && fabs (y) < DRAG_THRESHOLD))
    return;
  imp_levels_drag (&self->drag_window, x, y, &window);
  imp_picture_set_window (self->picture, &window);
}

/* ---- wheel, touch pad, fingers ---- */

static gboolean
on_scroll (GtkEventControllerScroll *controller, double x, double y, ImpCanvas *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double step = wheel ? SCROLL_STEP : 1;

  if (self->picture == NULL)
    return GDK_EVENT_PROPAGATE;
  self->fitted = FALSE;
  if (state & GDK_CONTROL_MASK)
    imp_view_zoom_at (&self->view,
                      self->view.zoom * pow (SCROLL_ZOOM, -y / (wheel ? 1 : SCROLL_STEP)),
                      self->pointer_x, self->pointer_y);
  else if ((state & GDK_SHIFT_MASK) && x == 0)
    self->view.x -= y * step;
  else
    {
      self->view.x -= x * step;
      self->view.y -= y * step;
    }
  imp_canvas_view_changed (self);
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, ImpCanvas *self)
{
  self->pinch_zoom = self->view.zoom;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, ImpCanvas *self)
{
  double x = self->pointer_x;
  double y = self->pointer_y;

  if (self->picture == NULL)
    return;
  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  self->fitted = FALSE;
  imp_view_zoom_at (&self->view, self->pinch_zoom * scale, x, y);
  imp_canvas_view_changed (self);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ImpCanvas *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_inside = TRUE;
  imp_canvas_update_cursor (self);
}

static void
on_leave (GtkEventControllerMotion *controller, ImpCanvas *self)
{
  self->pointer_inside = FALSE;
}

/* ---- Space turns the primary button into a hand; H shows the original ---- */

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                ImpCanvas *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (gdk_keyval_to_lower (key) == GDK_KEY_h && self->drag == IMP_DRAG_NONE)
    {
      imp_canvas_set_comparing (self, TRUE);
      return GDK_EVENT_STOP;
    }
  if (key != GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;
  self->space_held = TRUE;
  imp_canvas_update_cursor (self);
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                 ImpCanvas *self)
{
  if (gdk_keyval_to_lower (key) == GDK_KEY_h)
    imp_canvas_set_comparing (self, FALSE);
  if (key != GDK_KEY_space)
    return;
  self->space_held = FALSE;
  imp_canvas_update_cursor (self);
}

static void
on_focus_left (GtkEventControllerFocus *controller, ImpCanvas *self)
{
  self->space_held = FALSE;
  imp_canvas_set_comparing (self, FALSE);
}

static void
add_drag (ImpCanvas *self, guint button, GCallback begin, GCallback update)
{
  GtkGesture *gesture = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), button);
  g_signal_connect (gesture, "drag-begin", begin, self);
  g_signal_connect (gesture, "drag-update", update, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * imp_canvas_add_pointer:
 * @self: a canvas
 *
 * Adds the gestures: primary button draws, moves and resizes; middle button or Space pans; right
 * button windows; wheel pans, with Ctrl zooms at the pointer; two fingers pinch.
 */
void
imp_canvas_add_pointer (ImpCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *controller = NULL;

  self->drag_gesture = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->drag_gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (self->drag_gesture, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->drag_gesture, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->drag_gesture, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (self->drag_gesture, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->drag_gesture));
  add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (on_pan_begin), G_CALLBACK (on_pan_update));
  add_drag (self, GDK_BUTTON_SECONDARY, G_CALLBACK (on_levels_begin),
            G_CALLBACK (on_levels_update));

  controller = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (controller, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_zoom_new ());
  g_signal_connect (controller, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (controller, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_motion_new ();
  g_signal_connect (controller, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (controller, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (controller, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (controller, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (widget, controller);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (widget, controller);
}
