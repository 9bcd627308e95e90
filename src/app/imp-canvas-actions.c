#include "imp-canvas-private.h"

#define ZOOM_STEP 1.25
#define PAN_STEP 48
#define NUDGE_PAUSE_MS 700

/* ---- nudges: a run of key presses is one undo step ---- */

static gboolean
on_nudge_pause (gpointer user_data)
{
  ImpCanvas *self = user_data;

  self->nudge_source = 0;
  imp_redaction_end_step (imp_picture_get_redaction (self->picture));
  return G_SOURCE_REMOVE;
}

/**
 * imp_canvas_end_nudges:
 * @self: a canvas
 *
 * Ends a run of key nudges: what comes next is an undo step of its own.
 */
void
imp_canvas_end_nudges (ImpCanvas *self)
{
  if (self->nudge_source == 0)
    return;
  g_clear_handle_id (&self->nudge_source, g_source_remove);
  imp_redaction_end_step (imp_picture_get_redaction (self->picture));
}

static void
nudge (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);
  ImpRect box;
  ImpRect frame;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  if (self->picture == NULL || self->selected == 0
      || !imp_canvas_get_box (self, self->selected, &box))
    return;
  g_variant_get (parameter, "(iiii)", &x, &y, &width, &height);
  frame = imp_canvas_get_frame_rect (self);
  /* Clamped here, so that a push against the border does not make the box smaller. */
  box.width = CLAMP (box.width + width, 1, frame.width - box.x);
  box.height = CLAMP (box.height + height, 1, frame.height - box.y);
  box.x = CLAMP (box.x + x, 0, frame.width - box.width);
  box.y = CLAMP (box.y + y, 0, frame.height - box.height);

  if (self->nudge_source == 0)
    imp_redaction_begin_step (imp_picture_get_redaction (self->picture));
  else
    g_source_remove (self->nudge_source);
  self->nudge_source = g_timeout_add (NUDGE_PAUSE_MS, on_nudge_pause, self);
  imp_canvas_put_box (self, self->selected, &box);
}

/* ---- boxes ---- */

static ImpRect
box_in_sight (ImpCanvas *self, double share)
{
  ImpRect frame = imp_canvas_get_frame_rect (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double left = 0;
  double top = 0;
  double right = frame.width;
  double bottom = frame.height;
  ImpRect sight;
  ImpRect box;

  if (width > 0 && height > 0)
    {
      imp_view_to_picture (&self->view, 0, 0, &left, &top);
      imp_view_to_picture (&self->view, width, height, &right, &bottom);
    }
  sight = imp_rect_from_points (left, top, right, bottom);
  sight = imp_rect_intersect (&sight, &frame);
  if (imp_rect_is_empty (&sight))
    sight = frame;
  box.width = MAX (1, (int)(sight.width * share));
  box.height = MAX (1, (int)(sight.height * share));
  box.x = sight.x + (sight.width - box.width) / 2;
  box.y = sight.y + (sight.height - box.height) / 2;
  return box;
}

static void
add_box (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);
  ImpRedaction *redaction = NULL;
  ImpRect box;
  guint id = 0;

  if (self->picture == NULL)
    return;
  imp_canvas_end_nudges (self);
  redaction = imp_picture_get_redaction (self->picture);
  if (self->crop_mode)
    {
      box = box_in_sight (self, 0.8);
      imp_redaction_set_crop (redaction, &box);
      imp_canvas_select (self, IMP_CANVAS_CROP, TRUE);
      return;
    }
  box = box_in_sight (self, 0.25);
  /* Boxes added one after the other must not hide each other. */
  for (guint i = 0; i < imp_redaction_get_n_boxes (redaction); i++)
    {
      ImpRect other;

      imp_redaction_get_nth (redaction, i, &id, &other);
      if (imp_rect_equal (&box, &other))
        {
          box.x += MAX (1, box.width / 8);
          box.y += MAX (1, box.height / 8);
        }
    }
  id = imp_redaction_add (redaction, &box);
  if (id != 0)
    imp_canvas_select (self, id, TRUE);
}

static void
delete_box (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->picture == NULL || self->selected == 0)
    return;
  imp_canvas_end_nudges (self);
  if (self->selected == IMP_CANVAS_CROP)
    imp_redaction_set_crop (imp_picture_get_redaction (self->picture), NULL);
  else
    imp_redaction_remove (imp_picture_get_redaction (self->picture), self->selected);
}

static void
accept_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->suggestions == NULL)
    return;
  imp_canvas_end_nudges (self);
  imp_suggestion_list_accept_all (self->suggestions);
}

static void
step_suggestion (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_canvas_step_suggestion (IMP_CANVAS (widget), g_variant_get_int32 (parameter));
}

static void
clear_boxes (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->picture == NULL)
    return;
  imp_canvas_end_nudges (self);
  imp_redaction_clear (imp_picture_get_redaction (self->picture));
}

static void
clear_crop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->picture == NULL)
    return;
  imp_canvas_end_nudges (self);
  imp_redaction_set_crop (imp_picture_get_redaction (self->picture), NULL);
}

static void
deselect (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->drag != IMP_DRAG_NONE)
    imp_canvas_cancel_drag (self);
  else if (self->selected != 0)
    imp_canvas_select (self, 0, TRUE);
  else if (self->crop_mode)
    g_object_set (self, "crop-mode", FALSE, NULL);
  else
    gtk_widget_activate_action (widget, "desk.leave-item", NULL);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->picture == NULL)
    return;
  imp_canvas_end_nudges (self);
  imp_redaction_undo (imp_picture_get_redaction (self->picture));
}

static void
redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  if (self->picture == NULL)
    return;
  imp_canvas_end_nudges (self);
  imp_redaction_redo (imp_picture_get_redaction (self->picture));
}

/* ---- looking ---- */

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_canvas_set_zoom (IMP_CANVAS (widget), IMP_CANVAS (widget)->view.zoom * ZOOM_STEP);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_canvas_set_zoom (IMP_CANVAS (widget), IMP_CANVAS (widget)->view.zoom / ZOOM_STEP);
}

static void
zoom_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_canvas_fit (IMP_CANVAS (widget));
}

static void
zoom_100 (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* One pixel of the picture on one of the screen, not of the desktop's logical ones. */
  imp_canvas_set_zoom (IMP_CANVAS (widget), 1.0 / gtk_widget_get_scale_factor (widget));
}

static void
pan (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpCanvas *self = IMP_CANVAS (widget);
  int x = 0;
  int y = 0;

  g_variant_get (parameter, "(ii)", &x, &y);
  self->fitted = FALSE;
  self->view.x -= x * PAN_STEP;
  self->view.y -= y * PAN_STEP;
  imp_canvas_view_changed (self);
}

static void
look_on (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_canvas_look_on (IMP_CANVAS (widget));
}

static void
refuse_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "copy-refused");
}

/**
 * imp_canvas_update_actions:
 * @self: a canvas
 *
 * Says which verbs can do something now.
 */
void
imp_canvas_update_actions (ImpCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;
  gboolean has_picture = self->picture != NULL;
  ImpRect crop;

  if (has_picture)
    g_object_get (imp_picture_get_redaction (self->picture), "can-undo", &can_undo, "can-redo",
                  &can_redo, NULL);
  gtk_widget_action_set_enabled (widget, "canvas.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "canvas.redo", can_redo);
  gtk_widget_action_set_enabled (widget, "canvas.add-box", has_picture);
  gtk_widget_action_set_enabled (widget, "canvas.delete-box", self->selected != 0);
  gtk_widget_action_set_enabled (widget, "canvas.clear-boxes", self->boxes->len > 0);
  gtk_widget_action_set_enabled (
      widget, "canvas.clear-crop",
      has_picture && imp_redaction_get_crop (imp_picture_get_redaction (self->picture), &crop));
}

static void
add_pan_keys (GtkWidgetClass *widget_class, guint key, guint keypad_key, int x, int y)
{
  const guint keys[2] = { key, keypad_key };

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "canvas.pan", "(ii)", x, y);
      gtk_widget_class_add_binding_action (widget_class, keys[i], GDK_CONTROL_MASK, "canvas.pan",
                                           "(ii)", x, y);
    }
}

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} KEYS[] = {
  { GDK_KEY_plus, 0, "canvas.zoom-in" },
  { GDK_KEY_equal, 0, "canvas.zoom-in" },
  { GDK_KEY_KP_Add, 0, "canvas.zoom-in" },
  { GDK_KEY_minus, 0, "canvas.zoom-out" },
  { GDK_KEY_KP_Subtract, 0, "canvas.zoom-out" },
  { GDK_KEY_0, 0, "canvas.zoom-fit" },
  { GDK_KEY_KP_0, 0, "canvas.zoom-fit" },
  { GDK_KEY_1, 0, "canvas.zoom-100" },
  { GDK_KEY_KP_1, 0, "canvas.zoom-100" },
  { GDK_KEY_a, GDK_SHIFT_MASK, "canvas.accept-all" },
  { GDK_KEY_b, 0, "canvas.add-box" },
  { GDK_KEY_c, 0, "canvas.crop" },
  { GDK_KEY_r, 0, "canvas.reveal" },
  { GDK_KEY_m, 0, "canvas.map" },
  { GDK_KEY_n, 0, "canvas.look-on" },
  { GDK_KEY_Escape, 0, "canvas.deselect" },
  /* The window has these too, but asks its entries first (testing.md 2e). */
  { GDK_KEY_z, GDK_CONTROL_MASK, "canvas.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.redo" },
  { GDK_KEY_y, GDK_CONTROL_MASK, "canvas.redo" },
  { GDK_KEY_c, GDK_CONTROL_MASK, "canvas.copy" },
};

/**
 * imp_canvas_install_actions:
 * @widget_class: the canvas's class
 *
 * Every verb of the canvas as an action, and the keys that call it.
 */
void
imp_canvas_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-fit", NULL, zoom_fit);
  gtk_widget_class_install_action (widget_class, "canvas.zoom-100", NULL, zoom_100);
  gtk_widget_class_install_action (widget_class, "canvas.pan", "(ii)", pan);
  gtk_widget_class_install_action (widget_class, "canvas.look-on", NULL, look_on);
  gtk_widget_class_install_action (widget_class, "canvas.add-box", NULL, add_box);
  gtk_widget_class_install_action (widget_class, "canvas.delete-box", NULL, delete_box);
  gtk_widget_class_install_action (widget_class, "canvas.clear-boxes", NULL, clear_boxes);
  gtk_widget_class_install_action (widget_class, "canvas.accept-all", NULL, accept_all);
  gtk_widget_class_install_action (widget_class, "canvas.step-suggestion", "i", step_suggestion);
  gtk_widget_class_install_action (widget_class, "canvas.nudge", "(iiii)", nudge);
  gtk_widget_class_install_action (widget_class, "canvas.deselect", NULL, deselect);
  gtk_widget_class_install_action (widget_class, "canvas.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "canvas.redo", NULL, redo);
  gtk_widget_class_install_action (widget_class, "canvas.clear-crop", NULL, clear_crop);
  gtk_widget_class_install_action (widget_class, "canvas.copy", NULL, refuse_copy);
  gtk_widget_class_install_property_action (widget_class, "canvas.crop", "crop-mode");
  gtk_widget_class_install_property_action (widget_class, "canvas.reveal", "reveal");
  gtk_widget_class_install_property_action (widget_class, "canvas.map", "map-shown");

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    gtk_widget_class_add_binding_action (widget_class, KEYS[i].key, KEYS[i].modifiers,
                                         KEYS[i].action, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, 0, "canvas.step-suggestion", "i",
                                       1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_SHIFT_MASK,
                                       "canvas.step-suggestion", "i", -1);
  /* Verbs of the workbench around the canvas. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "desk.step-frame", "i",
                                       1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "desk.step-frame", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "desk.play", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, 0, "desk.choose-window", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, 0, "desk.choose-overlays", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_SHIFT_MASK, "desk.reset-window",
                                       NULL);
  add_pan_keys (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_pan_keys (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_pan_keys (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_pan_keys (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
}
