#include "imp-canvas-private.h"

#include <glib/gi18n.h>

#include "imp-canvas-paint.h"

G_DEFINE_FINAL_TYPE (ImpCanvas, imp_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COMPARING,
  PROP_CROP_MODE,
  PROP_REVEAL,
  PROP_REVEALED,
  PROP_MAP_SHOWN,
  PROP_ZOOM,
  PROP_SELECTED,
  N_PROPS
};

#define CHANGED_HERE (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static GParamSpec *properties[N_PROPS];

/* ---- what is shown ---- */

/* The place of box number position: where a drag holds it now, else where the redaction has it. */
static void
get_shown_box (ImpCanvas *self, guint id, ImpRect *box)
{
  imp_canvas_get_box (self, id, box);
  if (self->drag == IMP_DRAG_CHANGE && self->dragged_id == id && !imp_rect_is_empty (&self->draft))
    *box = self->draft;
}

static gboolean
get_shown_crop (ImpCanvas *self, ImpRect *crop)
{
  if (self->drag == IMP_DRAG_DRAW && self->crop_mode && !imp_rect_is_empty (&self->draft))
    {
      *crop = self->draft;
      return TRUE;
    }
  if (!imp_redaction_get_crop (imp_picture_get_redaction (self->picture), crop))
    return FALSE;
  if (self->drag == IMP_DRAG_CHANGE && self->dragged_id == IMP_CANVAS_CROP
      && !imp_rect_is_empty (&self->draft))
    *crop = self->draft;
  return TRUE;
}

static GArray *
list_filled (ImpCanvas *self)
{
  GArray *filled = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  const ImpCover cover =
      imp_facts_get_cover (imp_source_get_facts (imp_picture_get_source (self->picture)));
  gboolean drawing = self->drag == IMP_DRAG_DRAW && !self->crop_mode;
  ImpRect crop = { 0, 0, 0, 0 };

  for (guint i = 0; i < self->boxes->len + (drawing ? 1 : 0); i++)
    {
      ImpRect box = self->draft;

      if (i < self->boxes->len)
        get_shown_box (self, imp_box_widget_get_id (self->boxes->pdata[i]), &box);
      box = imp_cover_fill (&cover, &box);
      if (!imp_rect_is_empty (&box))
        g_array_append_val (filled, box);
    }
  if (get_shown_crop (self, &crop))
    imp_cover_fill_crop_edges (&cover, &crop, filled);
  return filled;
}

static void
on_after_paint (GdkFrameClock *clock, ImpCanvas *self)
{
  g_clear_signal_handler (&self->after_paint, self->clock);
  g_clear_object (&self->clock);
  if (self->picture != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      imp_picture_set_looked_at (self->picture);
      imp_canvas_note_seen (self);
    }
}

/* Only once the drawing has reached the screen has anybody been able to look at it. The reveal view
 * is not what leaves. */
static void
note_drawing (ImpCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || self->after_paint != 0 || self->revealed != NULL)
    return;
  self->clock = g_object_ref (clock);
  self->after_paint = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), self);
}

static void
snapshot_children (ImpCanvas *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->crop != NULL)
    gtk_widget_snapshot_child (widget, GTK_WIDGET (self->crop), snapshot);
  for (guint i = 0; i < self->suggested->len; i++)
    gtk_widget_snapshot_child (widget, self->suggested->pdata[i], snapshot);
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_widget_snapshot_child (widget, self->boxes->pdata[i], snapshot);
  if (self->map_drawn)
    gtk_widget_snapshot_child (widget, self->map, snapshot);
}

static void
imp_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ImpCanvas *self = IMP_CANVAS (widget);
  g_autoptr (GArray) filled = NULL;
  ImpRect crop;
  ImpCanvasScene scene = { 0 };

  if (self->picture == NULL)
    return;
  filled = list_filled (self);
  scene.tiles = self->revealed != NULL && !self->comparing ? self->revealed : self->tiles;
  scene.view = self->view;
  scene.width = gtk_widget_get_width (widget);
  scene.height = gtk_widget_get_height (widget);
  scene.scale = gtk_widget_get_scale_factor (widget);
  scene.filled = (const ImpRect *)filled->data;
  scene.n_filled = self->comparing ? 0 : filled->len;
  scene.crop = !self->comparing && get_shown_crop (self, &crop) ? &crop : NULL;
  imp_canvas_paint (&scene, snapshot);
  if (self->comparing)
    gtk_widget_snapshot_child (widget, self->original, snapshot);
  else
    {
      imp_canvas_draw_pointed_out (self, snapshot);
      snapshot_children (self, snapshot);
    }
  note_drawing (self);
}

/* ---- layout ---- */

static void
allocate_box (ImpCanvas *self, ImpBoxWidget *widget, const ImpRect *box)
{
  graphene_rect_t place =
      imp_view_place (&self->view, box, gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  graphene_point_t origin = GRAPHENE_POINT_INIT (place.origin.x - IMP_BOX_WIDGET_MARGIN,
                                                 place.origin.y - IMP_BOX_WIDGET_MARGIN);

  gtk_widget_allocate (GTK_WIDGET (widget), (int)place.size.width + 2 * IMP_BOX_WIDGET_MARGIN,
                       (int)place.size.height + 2 * IMP_BOX_WIDGET_MARGIN, -1,
                       gsk_transform_translate (NULL, &origin));
}

static void
imp_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ImpCanvas *self = IMP_CANVAS (widget);
  ImpRect frame;
  ImpRect box;
  double zoom = self->view.zoom;

  if (self->picture == NULL)
    return;
  frame = imp_canvas_get_frame_rect (self);
  if (self->fitted)
    imp_view_fit (&self->view, frame.width, frame.height, width, height);
  else
    imp_view_clamp (&self->view, frame.width, frame.height, width, height);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      ImpBoxWidget *child = self->boxes->pdata[i];

      get_shown_box (self, imp_box_widget_get_id (child), &box);
      allocate_box (self, child, &box);
    }
  imp_canvas_allocate_suggestions (self);
  if (self->crop != NULL && get_shown_crop (self, &box))
    allocate_box (self, self->crop, &box);
  imp_canvas_allocate_map (self);
  imp_canvas_allocate_original (self);
  if (zoom != self->view.zoom)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
imp_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  for (guint i = 0; i < self->boxes->len; i++)
    gtk_widget_measure (self->boxes->pdata[i], orientation, -1, NULL, NULL, NULL, NULL);
  if (self->crop != NULL)
    gtk_widget_measure (GTK_WIDGET (self->crop), orientation, -1, NULL, NULL, NULL, NULL);
  for (guint i = 0; i < self->suggested->len; i++)
    gtk_widget_measure (self->suggested->pdata[i], orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->map, orientation, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (self->original, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : 480;
}

/* ---- following the picture ---- */

/* The box that has the keyboard is the selected one; a run of nudges ends where it loses it. */
static void
imp_canvas_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  ImpCanvas *self = IMP_CANVAS (widget);

  GTK_WIDGET_CLASS (imp_canvas_parent_class)->set_focus_child (widget, child);
  if (child == NULL || !IMP_IS_BOX_WIDGET (child))
    imp_canvas_end_nudges (self);
  else if (IMP_BOX_WIDGET (child) == self->crop)
    imp_canvas_select (self, IMP_CANVAS_CROP, FALSE);
  else
    imp_canvas_select (self, imp_box_widget_get_id (IMP_BOX_WIDGET (child)), FALSE);
}

static gboolean
same_window (const ImpWindow *a, const ImpWindow *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->centre == b->centre && a->width == b->width && a->function == b->function
         && a->table == b->table;
}

static void
on_pixels_changed (ImpCanvas *self)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);
  ImpWindow drawn;
  const ImpWindow *window = imp_picture_get_drawn_window (self->picture, &drawn) ? &drawn : NULL;
  const ImpWindow *tiled = self->tiled_by_default ? NULL : &self->tiled_window;

  imp_canvas_point_out (self, NULL);
  if (frame != self->tiled_frame)
    {
      g_clear_object (&self->tiles);
      g_clear_pointer (&self->tiled_frame, imp_frame_unref);
      self->tiled_frame = imp_frame_ref (frame);
      self->tiles = imp_tiles_new (frame, window);
      imp_canvas_begin_glance (self);
    }
  else if (!same_window (window, tiled))
    imp_tiles_set_window (self->tiles, window);
  else
    return;
  self->tiled_by_default = window == NULL;
  if (window != NULL)
    self->tiled_window = *window;
  imp_canvas_reveal_again (self);
  imp_canvas_note_window (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- object ---- */

static void
imp_canvas_dispose (GObject *object)
{
  ImpCanvas *self = IMP_CANVAS (object);

  imp_canvas_set_suggestions (self, NULL);
  imp_canvas_set_picture (self, NULL);
  imp_canvas_end_glance (self);
  g_clear_pointer (&self->map, gtk_widget_unparent);
  g_clear_pointer (&self->original, gtk_widget_unparent);
  if (self->clock != NULL)
    g_clear_signal_handler (&self->after_paint, self->clock);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (imp_canvas_parent_class)->dispose (object);
}

static void
imp_canvas_finalize (GObject *object)
{
  g_clear_pointer (&IMP_CANVAS (object)->boxes, g_ptr_array_unref);
  g_clear_pointer (&IMP_CANVAS (object)->suggested, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_canvas_parent_class)->finalize (object);
}

static void
imp_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ImpCanvas *self = IMP_CANVAS (object);

  switch (id)
    {
    case PROP_COMPARING:
      g_value_set_boolean (value, self->comparing);
      break;
    case PROP_CROP_MODE:
      g_value_set_boolean (value, self->crop_mode);
      break;
    case PROP_REVEAL:
      g_value_set_boolean (value, self->reveal);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed != NULL);
      break;
    case PROP_MAP_SHOWN:
      g_value_set_boolean (value, self->map_shown);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->view.zoom);
      break;
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_crop_mode (ImpCanvas *self, gboolean crop_mode)
{
  if (self->crop_mode == crop_mode)
    return;
  self->crop_mode = crop_mode;
  imp_canvas_sync_boxes (self);
  imp_canvas_select (self, self->crop != NULL ? IMP_CANVAS_CROP : 0, TRUE);
  imp_canvas_update_cursor (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CROP_MODE]);
}

static void
set_map_shown (ImpCanvas *self, gboolean map_shown)
{
  if (self->map_shown == map_shown)
    return;
  self->map_shown = map_shown;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAP_SHOWN]);
}

static void
imp_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ImpCanvas *self = IMP_CANVAS (object);

  switch (id)
    {
    case PROP_COMPARING:
      imp_canvas_set_comparing (self, g_value_get_boolean (value));
      break;
    case PROP_CROP_MODE:
      set_crop_mode (self, g_value_get_boolean (value));
      break;
    case PROP_REVEAL:
      imp_canvas_set_reveal (self, g_value_get_boolean (value));
      break;
    case PROP_MAP_SHOWN:
      set_map_shown (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
imp_canvas_class_init (ImpCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = imp_canvas_dispose;
  object_class->finalize = imp_canvas_finalize;
  object_class->get_property = imp_canvas_get_property;
  object_class->set_property = imp_canvas_set_property;
  widget_class->snapshot = imp_canvas_snapshot;
  widget_class->size_allocate = imp_canvas_size_allocate;
  widget_class->measure = imp_canvas_measure;
  widget_class->set_focus_child = imp_canvas_set_focus_child;

  properties[PROP_COMPARING] = g_param_spec_boolean ("comparing", NULL, NULL, FALSE, CHANGED_HERE);
  properties[PROP_CROP_MODE] = g_param_spec_boolean ("crop-mode", NULL, NULL, FALSE, CHANGED_HERE);
  properties[PROP_MAP_SHOWN] = g_param_spec_boolean ("map-shown", NULL, NULL, TRUE, CHANGED_HERE);
  properties[PROP_REVEAL] = g_param_spec_boolean ("reveal", NULL, NULL, FALSE, CHANGED_HERE);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, IMP_VIEW_MAX_ZOOM, 1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("copy-refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  imp_canvas_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
imp_canvas_init (ImpCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->boxes = g_ptr_array_new ();
  self->suggested = g_ptr_array_new ();
  self->view = (ImpView){ .zoom = 1 };
  self->fitted = TRUE;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (widget, "picture-field");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Picture"), -1);
  imp_canvas_add_look (self);
  imp_canvas_sync_boxes (self);
  imp_canvas_add_pointer (self);
  imp_canvas_update_actions (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (gtk_widget_queue_allocate), NULL);
}

/* ---- for the other files of the canvas ---- */

/**
 * imp_canvas_get_frame_rect:
 * @self: a canvas with a picture
 *
 * Returns: the full frame
 */
ImpRect
imp_canvas_get_frame_rect (ImpCanvas *self)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);

  return (ImpRect){ 0, 0, imp_frame_get_width (frame), imp_frame_get_height (frame) };
}

/**
 * imp_canvas_view_changed:
 * @self: a canvas
 *
 * To be called after zoom or offset were changed.
 */
void
imp_canvas_view_changed (ImpCanvas *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

/**
 * imp_canvas_draft_changed:
 * @self: a canvas
 *
 * To be called after a drag moved a box.
 */
void
imp_canvas_draft_changed (ImpCanvas *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * imp_canvas_fit:
 * @self: a canvas
 *
 * Shows all of the picture, and goes on doing so when the canvas changes its size.
 */
void
imp_canvas_fit (ImpCanvas *self)
{
  self->fitted = TRUE;
  imp_canvas_view_changed (self);
}

/* ---- public ---- */

/**
 * imp_canvas_new:
 *
 * Returns: (transfer full): an empty canvas
 */
GtkWidget *
imp_canvas_new (void)
{
  return g_object_new (IMP_TYPE_CANVAS, NULL);
}

/**
 * imp_canvas_set_picture:
 * @self: a canvas
 * @picture: (nullable): what to show
 *
 * Shows all of @picture.
 */
void
imp_canvas_set_picture (ImpCanvas *self, ImpPicture *picture)
{
  if (self->picture == picture)
    return;
  imp_canvas_end_nudges (self);
  imp_canvas_set_reveal (self, FALSE);
  imp_canvas_set_comparing (self, FALSE);
  self->drag = IMP_DRAG_NONE;
  if (self->picture != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->picture, self);
      g_signal_handlers_disconnect_by_data (imp_picture_get_redaction (self->picture), self);
    }
  g_clear_object (&self->tiles);
  g_clear_pointer (&self->tiled_frame, imp_frame_unref);
  g_set_object (&self->picture, picture);
  if (picture != NULL)
    {
      g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (on_pixels_changed), self);
      g_signal_connect_swapped (picture, "notify::seen-share",
                                G_CALLBACK (gtk_widget_queue_allocate), self);
      g_signal_connect_swapped (picture, "seat-changed", G_CALLBACK (imp_canvas_show_anew), self);
      g_signal_connect_swapped (picture, "notify::planes", G_CALLBACK (imp_canvas_describe), self);
      g_signal_connect_swapped (imp_picture_get_redaction (picture), "changed",
                                G_CALLBACK (imp_canvas_sync_boxes), self);
      self->view.shape =
          imp_facts_get_shape (imp_source_get_facts (imp_picture_get_source (picture)));
      on_pixels_changed (self);
    }
  set_crop_mode (self, FALSE);
  imp_seen_map_set_picture (IMP_SEEN_MAP (self->map), picture);
  imp_canvas_sync_boxes (self);
  imp_canvas_fit (self);
}

/**
 * imp_canvas_get_zoom:
 * @self: a canvas
 *
 * Returns: logical pixels for one pixel of the picture, along its shorter side
 */
double
imp_canvas_get_zoom (ImpCanvas *self)
{
  return self->view.zoom;
}

/**
 * imp_canvas_get_view:
 * @self: a canvas
 *
 * Returns: (transfer none): where the picture lies
 */
const ImpView *
imp_canvas_get_view (ImpCanvas *self)
{
  return &self->view;
}

/**
 * imp_canvas_set_zoom:
 * @self: a canvas
 * @zoom: logical pixels for one pixel of the picture, along its shorter side
 *
 * Zooms in the middle of the canvas.
 */
void
imp_canvas_set_zoom (ImpCanvas *self, double zoom)
{
  self->fitted = FALSE;
  imp_view_zoom_at (&self->view, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                    gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  imp_canvas_view_changed (self);
}

/**
 * imp_canvas_get_n_tiles_built:
 * @self: a canvas
 *
 * Returns: textures built since the frame is shown: each is one upload
 */
guint
imp_canvas_get_n_tiles_built (ImpCanvas *self)
{
  return self->tiles != NULL ? imp_tiles_get_n_built (self->tiles) : 0;
}
