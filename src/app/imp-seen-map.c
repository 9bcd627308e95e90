#include "imp-seen-map.h"

#include <glib/gi18n.h>

/* The longest side of the map, and the room around it, in logical pixels. */
#define MAP_WIDTH 120
#define MAP_HEIGHT 90
#define MAP_ROOM 6

struct _ImpSeenMap
{
  GtkWidget parent_instance;

  ImpPicture *picture; /* owned, nullable */
  ImpRect sight;       /* what of the picture is in sight */
  PangoLayout *label;  /* owned */
  guint share;
};

G_DEFINE_FINAL_TYPE (ImpSeenMap, imp_seen_map, GTK_TYPE_WIDGET)

static const GdkRGBA SEEN = { 0.72f, 0.72f, 0.70f, 1 };
static const GdkRGBA UNSEEN = { 0.20f, 0.20f, 0.20f, 1 };
static const GdkRGBA COVERED = { 0, 0, 0, 1 };
static const GdkRGBA WHITE = { 1, 1, 1, 1 };
static const GdkRGBA SIGHT = { 0.384f, 0.627f, 0.918f, 1 };

/* Logical pixels for one pixel of the picture, by column and by row. */
static void
get_scale (ImpSeenMap *self, double *scale_x, double *scale_y)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);
  const ImpPixelShape shape =
      imp_facts_get_shape (imp_source_get_facts (imp_picture_get_source (self->picture)));
  double width = imp_frame_get_width (frame) * (double)MAX (shape.width, 1);
  double height = imp_frame_get_height (frame) * (double)MAX (shape.height, 1);
  double scale = MIN (MAP_WIDTH / width, MAP_HEIGHT / height);

  *scale_x = scale * MAX (shape.width, 1);
  *scale_y = scale * MAX (shape.height, 1);
}

static graphene_rect_t
place (ImpSeenMap *self, const ImpRect *rect)
{
  double scale_x = 0;
  double scale_y = 0;

  get_scale (self, &scale_x, &scale_y);
  return GRAPHENE_RECT_INIT (
      (float)(MAP_ROOM + rect->x * scale_x), (float)(MAP_ROOM + rect->y * scale_y),
      (float)MAX (rect->width * scale_x, 1), (float)MAX (rect->height * scale_y, 1));
}

static ImpRect
get_whole (ImpSeenMap *self)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);

  return (ImpRect){ 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
}

static void
append_outline (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *color)
{
  const float widths[4] = { 2, 2, 2, 2 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
imp_seen_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ImpSeenMap *self = IMP_SEEN_MAP (widget);
  g_autoptr (GArray) unseen = NULL;
  ImpRedaction *redaction = NULL;
  ImpRect whole;
  ImpRect crop;
  graphene_rect_t bounds;

  if (self->picture == NULL)
    return;
  redaction = imp_picture_get_redaction (self->picture);
  unseen = imp_picture_list_unseen (self->picture);
  whole = get_whole (self);
  bounds = place (self, &whole);
  /* What is cut away is as dark as what is covered: there is nothing to look at. */
  gtk_snapshot_append_color (snapshot, &COVERED, &bounds);
  imp_redaction_get_crop (redaction, &crop);
  bounds = place (self, &crop);
  gtk_snapshot_append_color (snapshot, &SEEN, &bounds);
  for (guint i = 0; i < unseen->len; i++)
    {
      bounds = place (self, &g_array_index (unseen, ImpRect, i));
      gtk_snapshot_append_color (snapshot, &UNSEEN, &bounds);
    }
  for (guint i = 0; i < imp_redaction_get_n_boxes (redaction); i++)
    {
      ImpRect box;

      imp_redaction_get_nth (redaction, i, NULL, &box);
      bounds = place (self, &box);
      gtk_snapshot_append_color (snapshot, &COVERED, &bounds);
    }
  bounds = place (self, &self->sight);
  append_outline (snapshot, &bounds, &SIGHT);
  gtk_snapshot_save (snapshot);
  bounds = place (self, &whole);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (MAP_ROOM, bounds.origin.y + bounds.size.height + 2));
  gtk_snapshot_append_layout (snapshot, self->label, &WHITE);
  gtk_snapshot_restore (snapshot);
}

static void
imp_seen_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  ImpSeenMap *self = IMP_SEEN_MAP (widget);
  double scale_x = 0;
  double scale_y = 0;
  int label_width = 0;
  int label_height = 0;
  ImpRect whole;

  *minimum = *natural = 0;
  if (self->picture == NULL)
    return;
  get_scale (self, &scale_x, &scale_y);
  whole = get_whole (self);
  pango_layout_get_pixel_size (self->label, &label_width, &label_height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MAX ((int)(whole.width * scale_x) + 1, label_width) + 2 * MAP_ROOM
                            : (int)(whole.height * scale_y) + 3 + label_height + 2 * MAP_ROOM;
}

static void
show_share (ImpSeenMap *self)
{
  guint share = self->picture != NULL ? imp_picture_get_seen_share (self->picture) : 0;
  /* Translators: how much of the picture was looked at. */
  g_autofree char *text = g_strdup_printf (_ ("%u %% seen"), share);
  g_autofree char *name = g_strdup_printf (_ ("%u %% looked at at full size"), share);

  self->share = share;
  pango_layout_set_text (self->label, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
on_changed (ImpSeenMap *self)
{
  if (imp_picture_get_seen_share (self->picture) != self->share)
    show_share (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
go_to (ImpSeenMap *self, double x, double y)
{
  double scale_x = 0;
  double scale_y = 0;

  if (self->picture == NULL)
    return;
  get_scale (self, &scale_x, &scale_y);
  g_signal_emit_by_name (self, "go-to", (x - MAP_ROOM) / scale_x, (y - MAP_ROOM) / scale_y);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ImpSeenMap *self)
{
  /* Nothing is drawn on the picture under the map. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  go_to (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *gesture, double x, double y, ImpSeenMap *self)
{
  double start_x = 0;
  double start_y = 0;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  go_to (self, start_x + x, start_y + y);
}

static void
imp_seen_map_dispose (GObject *object)
{
  ImpSeenMap *self = IMP_SEEN_MAP (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_object (&self->label);
  G_OBJECT_CLASS (imp_seen_map_parent_class)->dispose (object);
}

static void
imp_seen_map_class_init (ImpSeenMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_seen_map_dispose;
  widget_class->snapshot = imp_seen_map_snapshot;
  widget_class->measure = imp_seen_map_measure;
  g_signal_new ("go-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "seen-map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
imp_seen_map_init (ImpSeenMap *self)
{
  GtkGesture *gesture = gtk_gesture_drag_new ();
  GtkWidget *widget = GTK_WIDGET (self);

  self->label = gtk_widget_create_pango_layout (widget, NULL);
  gtk_widget_add_css_class (widget, "numeric");
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (widget, "pointer");
  gtk_widget_set_tooltip_text (widget, _ ("Light: looked at at full size. Dark: not yet. Press to "
                                          "go there, N for what is not seen yet, M to hide this."));
  g_signal_connect (gesture, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (gesture, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (gesture));
  show_share (self);
}

/**
 * imp_seen_map_new:
 *
 * Returns: (transfer floating): a map of nothing
 */
GtkWidget *
imp_seen_map_new (void)
{
  return g_object_new (IMP_TYPE_SEEN_MAP, NULL);
}

/**
 * imp_seen_map_set_picture:
 * @self: a map
 * @picture: (nullable): what it is a map of
 */
void
imp_seen_map_set_picture (ImpSeenMap *self, ImpPicture *picture)
{
  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  if (picture != NULL)
    {
      g_signal_connect_swapped (picture, "notify::seen-share", G_CALLBACK (on_changed), self);
      g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (on_changed), self);
    }
  show_share (self);
}

/**
 * imp_seen_map_set_sight:
 * @self: a map
 * @sight: what of the picture is in sight now
 */
void
imp_seen_map_set_sight (ImpSeenMap *self, const ImpRect *sight)
{
  if (imp_rect_equal (&self->sight, sight))
    return;
  self->sight = *sight;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
