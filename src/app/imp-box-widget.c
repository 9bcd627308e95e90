#include "imp-box-widget.h"

#include <glib/gi18n.h>

#define HANDLE_SIZE 9
#define GRASP_REACH 8

struct _ImpBoxWidget
{
  GtkWidget parent_instance;

  guint id; /* 0 for the crop */
  guint number;
  gboolean selected;
  PangoLayout *number_layout; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpBoxWidget, imp_box_widget, GTK_TYPE_WIDGET)

static const GdkRGBA LINE = { 1, 1, 1, 0.9f };
static const GdkRGBA SHADOW = { 0, 0, 0, 0.9f };
static const GdkRGBA ACCENT = { 0.384f, 0.627f, 0.918f, 1 };

static void
append_frame (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float inset, float width,
              const GdkRGBA *color)
{
  graphene_rect_t rect = *bounds;
  GskRoundedRect outline;
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  graphene_rect_inset (&rect, inset, inset);
  if (rect.size.width < 2 * width || rect.size.height < 2 * width)
    return;
  gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_handle (GtkSnapshot *snapshot, float x, float y)
{
  graphene_rect_t outer =
      GRAPHENE_RECT_INIT (x - HANDLE_SIZE / 2.0f, y - HANDLE_SIZE / 2.0f, HANDLE_SIZE, HANDLE_SIZE);
  graphene_rect_t inner = outer;

  gtk_snapshot_append_color (snapshot, &SHADOW, &outer);
  graphene_rect_inset (&inner, 1, 1);
  gtk_snapshot_append_color (snapshot, &ACCENT, &inner);
  graphene_rect_inset (&inner, 1, 1);
  gtk_snapshot_append_color (snapshot, &LINE, &inner);
}

static void
imp_box_widget_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ImpBoxWidget *self = IMP_BOX_WIDGET (widget);
  float width = (float)gtk_widget_get_width (widget) - 2 * IMP_BOX_WIDGET_MARGIN;
  float height = (float)gtk_widget_get_height (widget) - 2 * IMP_BOX_WIDGET_MARGIN;
  float x[3] = { IMP_BOX_WIDGET_MARGIN, IMP_BOX_WIDGET_MARGIN + width / 2,
                 IMP_BOX_WIDGET_MARGIN + width };
  float y[3] = { IMP_BOX_WIDGET_MARGIN, IMP_BOX_WIDGET_MARGIN + height / 2,
                 IMP_BOX_WIDGET_MARGIN + height };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x[0], y[0], width, height);
  gboolean marked = self->selected || gtk_widget_has_focus (widget);

  append_frame (snapshot, &bounds, -2, 1, &SHADOW);
  append_frame (snapshot, &bounds, -1, 1, marked ? &ACCENT : &LINE);
  if (gtk_widget_has_focus (widget))
    append_frame (snapshot, &bounds, 0, 2, &ACCENT);
  if (self->number_layout != NULL)
    {
      int text_width = 0;
      int text_height = 0;

      pango_layout_get_pixel_size (self->number_layout, &text_width, &text_height);
      if ((float)text_width + 8 <= width && (float)text_height + 4 <= height)
        {
          gtk_snapshot_save (snapshot);
          gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x[0] + 5, y[0] + 3));
          gtk_snapshot_append_layout (snapshot, self->number_layout, &LINE);
          gtk_snapshot_restore (snapshot);
        }
    }
  if (!marked)
    return;
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 3; column++)
      {
        /* The ones in the middle of an edge give way where there is no room for them. */
        gboolean crowded =
            (row == 1 && height < 3 * HANDLE_SIZE) || (column == 1 && width < 3 * HANDLE_SIZE);

        if (!(row == 1 && column == 1) && !crowded)
          append_handle (snapshot, x[column], y[row]);
      }
}

static gboolean
imp_box_widget_focus (GtkWidget *widget, GtkDirectionType direction)
{
  /* Tab visits a box once; arrows belong to its position. */
  if (gtk_widget_has_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static void
imp_box_widget_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GTK_WIDGET_CLASS (imp_box_widget_parent_class)->state_flags_changed (widget, previous);
  gtk_widget_queue_draw (widget);
}

static void
imp_box_widget_dispose (GObject *object)
{
  g_clear_object (&IMP_BOX_WIDGET (object)->number_layout);
  G_OBJECT_CLASS (imp_box_widget_parent_class)->dispose (object);
}

static void
add_arrow (GtkWidgetClass *widget_class, guint key, guint keypad_key, int x, int y)
{
  const guint keys[2] = { key, keypad_key };

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, keys[i], 0, "canvas.nudge", "(iiii)", x, y,
                                           0, 0);
      gtk_widget_class_add_binding_action (widget_class, keys[i], GDK_SHIFT_MASK, "canvas.nudge",
                                           "(iiii)", 0, 0, x, y);
      gtk_widget_class_add_binding_action (widget_class, keys[i], GDK_ALT_MASK, "canvas.nudge",
                                           "(iiii)", 10 * x, 10 * y, 0, 0);
      gtk_widget_class_add_binding_action (widget_class, keys[i], GDK_ALT_MASK | GDK_SHIFT_MASK,
                                           "canvas.nudge", "(iiii)", 0, 0, 10 * x, 10 * y);
    }
}

static void
imp_box_widget_class_init (ImpBoxWidgetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_box_widget_dispose;
  widget_class->snapshot = imp_box_widget_snapshot;
  widget_class->focus = imp_box_widget_focus;
  widget_class->state_flags_changed = imp_box_widget_state_flags_changed;

  add_arrow (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_arrow (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_arrow (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_arrow (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "canvas.delete-box", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "canvas.delete-box",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "canvas.delete-box",
                                       NULL);
  gtk_widget_class_set_css_name (widget_class, "redaction-box");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_box_widget_init (ImpBoxWidget *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  /* The canvas has the gestures; what lies over a box gets its own. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * imp_box_widget_new:
 * @id: the box's id in the redaction
 *
 * Returns: (transfer full): a widget for that box
 */
GtkWidget *
imp_box_widget_new (guint id)
{
  ImpBoxWidget *self = g_object_new (IMP_TYPE_BOX_WIDGET, NULL);

  self->id = id;
  return GTK_WIDGET (self);
}

/**
 * imp_box_widget_new_crop:
 *
 * Returns: (transfer full): a widget for the crop
 */
GtkWidget *
imp_box_widget_new_crop (void)
{
  return g_object_new (IMP_TYPE_BOX_WIDGET, NULL);
}

/**
 * imp_box_widget_get_id:
 * @self: a box widget
 *
 * Returns: the box's id in the redaction, 0 for the crop
 */
guint
imp_box_widget_get_id (ImpBoxWidget *self)
{
  return self->id;
}

/**
 * imp_box_widget_describe:
 * @self: a box widget
 * @number: which box, as people count, from 1
 * @box: where it is, in pixels of the full frame
 *
 * Sets the number that is drawn and the name that is read out.
 */
void
imp_box_widget_describe (ImpBoxWidget *self, guint number, const ImpRect *box)
{
  g_autofree char *label = NULL;

  if (self->id == 0)
    label = g_strdup_printf (_ ("Crop, %d × %d pixels at %d, %d"), box->width, box->height, box->x,
                             box->y);
  else
    label = g_strdup_printf (_ ("Box %u, %d × %d pixels at %d, %d"), number, box->width,
                             box->height, box->x, box->y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  if (self->id != 0 && number != self->number)
    {
      g_autofree char *text = g_strdup_printf ("%u", number);

      self->number = number;
      g_clear_object (&self->number_layout);
      self->number_layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

/**
 * imp_box_widget_set_selected:
 * @self: a box widget
 * @selected: whether its handles show though the focus is elsewhere
 */
void
imp_box_widget_set_selected (ImpBoxWidget *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * imp_box_widget_grip_at:
 * @self: a box widget
 * @x: a point in its coordinates, logical pixels
 * @y: the same
 *
 * Handles have the same size on screen at every zoom. In a box too small for them all, its middle
 * moves it.
 *
 * Returns: what a hand would grasp there
 */
ImpGrip
imp_box_widget_grip_at (ImpBoxWidget *self, double x, double y)
{
  double right = gtk_widget_get_width (GTK_WIDGET (self)) - IMP_BOX_WIDGET_MARGIN;
  double bottom = gtk_widget_get_height (GTK_WIDGET (self)) - IMP_BOX_WIDGET_MARGIN;
  double reach_x = MIN (GRASP_REACH, (right - IMP_BOX_WIDGET_MARGIN) / 4);
  double reach_y = MIN (GRASP_REACH, (bottom - IMP_BOX_WIDGET_MARGIN) / 4);
  ImpGrip grip = IMP_GRIP_NONE;

  if (x < 0 || y < 0 || x > right + IMP_BOX_WIDGET_MARGIN || y > bottom + IMP_BOX_WIDGET_MARGIN)
    return IMP_GRIP_NONE;
  if (x <= IMP_BOX_WIDGET_MARGIN + reach_x)
    grip |= IMP_GRIP_LEFT;
  else if (x >= right - reach_x)
    grip |= IMP_GRIP_RIGHT;
  if (y <= IMP_BOX_WIDGET_MARGIN + reach_y)
    grip |= IMP_GRIP_TOP;
  else if (y >= bottom - reach_y)
    grip |= IMP_GRIP_BOTTOM;
  return grip != IMP_GRIP_NONE ? grip : IMP_GRIP_MOVE;
}

/**
 * imp_grip_get_cursor:
 * @grip: what a hand would grasp
 *
 * Returns: (transfer none): the CSS name of the pointer over it
 */
const char *
imp_grip_get_cursor (ImpGrip grip)
{
  switch ((int)grip)
    {
    case IMP_GRIP_MOVE:
      return "move";
    case IMP_GRIP_LEFT:
      return "w-resize";
    case IMP_GRIP_RIGHT:
      return "e-resize";
    case IMP_GRIP_TOP:
      return "n-resize";
    case IMP_GRIP_BOTTOM:
      return "s-resize";
    case IMP_GRIP_LEFT | IMP_GRIP_TOP:
      return "nw-resize";
    case IMP_GRIP_RIGHT | IMP_GRIP_TOP:
      return "ne-resize";
    case IMP_GRIP_LEFT | IMP_GRIP_BOTTOM:
      return "sw-resize";
    case IMP_GRIP_RIGHT | IMP_GRIP_BOTTOM:
      return "se-resize";
    default:
      return "crosshair";
    }
}
