/* Looking: what was on screen at full size, its map, and the original while a key is held. */
#include <glib/gi18n.h>
#include <math.h>

#include "imp-canvas-private.h"
#include "imp-compat.h"

/* A frame that runs past has not been looked at. */
#define GLANCE_MS 250

/* Room between the map, or a place that is gone to, and the border; in logical pixels. */
#define MAP_MARGIN 12
#define GO_MARGIN 16

/* From a place that is pointed out to the line around it, in logical pixels. */
#define AROUND 7

/* Rounding in the arithmetic of the view, in pixels of the picture. */
#define ROUNDING 0.01

/* ---- what is in sight ---- */

static gboolean
is_full_size (ImpCanvas *self)
{
  return self->view.zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self)) >= 1 - 1e-6;
}

/* The pixels that lie wholly inside a part of the canvas. */
static ImpRect
find_shown (ImpCanvas *self, double left, double top, double right, double bottom)
{
  ImpRect frame = imp_canvas_get_frame_rect (self);
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;
  ImpRect shown;

  imp_view_to_picture (&self->view, left, top, &x0, &y0);
  imp_view_to_picture (&self->view, right, bottom, &x1, &y1);
  shown.x = (int)ceil (MAX (x0, 0) - ROUNDING);
  shown.y = (int)ceil (MAX (y0, 0) - ROUNDING);
  shown.width = (int)floor (MIN (x1, frame.width) + ROUNDING) - shown.x;
  shown.height = (int)floor (MIN (y1, frame.height) + ROUNDING) - shown.y;
  return imp_rect_intersect (&shown, &frame);
}

static ImpRect
find_sight (ImpCanvas *self)
{
  return find_shown (self, 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                     gtk_widget_get_height (GTK_WIDGET (self)));
}

/* Where the map lies on the canvas, whether it is shown or not. */
static graphene_rect_t
place_map (ImpCanvas *self)
{
  GtkRequisition size;

  gtk_widget_get_preferred_size (self->map, NULL, &size);
  return GRAPHENE_RECT_INIT (
      (float)(gtk_widget_get_width (GTK_WIDGET (self)) - size.width - MAP_MARGIN),
      (float)(gtk_widget_get_height (GTK_WIDGET (self)) - size.height - MAP_MARGIN),
      (float)size.width, (float)size.height);
}

/* Where all of the picture is in sight the map would tell nothing, and hide a corner of it. */
static gboolean
needs_map (ImpCanvas *self)
{
  ImpRect frame = imp_canvas_get_frame_rect (self);
  ImpRect sight = find_sight (self);

  return self->map_shown && !self->comparing && !imp_rect_equal (&sight, &frame);
}

/**
 * imp_canvas_allocate_map:
 * @self: a canvas with a picture
 *
 * Lays the map into the corner, where it is of use.
 */
void
imp_canvas_allocate_map (ImpCanvas *self)
{
  const ImpRect sight = find_sight (self);
  const graphene_rect_t place = place_map (self);

  /* It is there for screen readers in any case: only its drawing comes and goes, as nothing may be
   * mapped while it is laid out. */
  self->map_drawn = needs_map (self);
  gtk_widget_set_can_target (self->map, self->map_drawn);
  imp_seen_map_set_sight (IMP_SEEN_MAP (self->map), &sight);
  gtk_widget_allocate (self->map, (int)place.size.width, (int)place.size.height, -1,
                       gsk_transform_translate (NULL, &place.origin));
}

/* ---- what was looked at ---- */

static gboolean
on_glance (gpointer user_data)
{
  ImpCanvas *self = user_data;

  self->glance_source = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/**
 * imp_canvas_begin_glance:
 * @self: a canvas
 *
 * Something else is shown from now on: it counts as looked at once it has stood still for a moment.
 */
void
imp_canvas_begin_glance (ImpCanvas *self)
{
  self->glance_since = g_get_monotonic_time ();
}

/**
 * imp_canvas_show_anew:
 * @self: a canvas
 *
 * Somebody else looks at it from now on.
 */
void
imp_canvas_show_anew (ImpCanvas *self)
{
  imp_canvas_begin_glance (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * imp_canvas_end_glance:
 * @self: a canvas
 *
 * To be called before a canvas goes.
 */
void
imp_canvas_end_glance (ImpCanvas *self)
{
  g_clear_handle_id (&self->glance_source, g_source_remove);
}

/**
 * imp_canvas_note_window:
 * @self: a canvas with a picture
 *
 * Tells the picture in which contrast it is drawn: what was seen in another one does not count.
 */
void
imp_canvas_note_window (ImpCanvas *self)
{
  imp_picture_add_seen (self->picture, self->tiled_by_default ? NULL : &self->tiled_window, NULL,
                        0);
}

/**
 * imp_canvas_note_seen:
 * @self: a canvas with a picture that was just drawn
 *
 * Notes what of it is on screen at full size. What lies under the map does not count.
 */
void
imp_canvas_note_seen (ImpCanvas *self)
{
  const gint64 stood = (g_get_monotonic_time () - self->glance_since) / 1000;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t map;
  ImpRect shown[2];

  if (self->comparing || !is_full_size (self))
    return;
  if (stood < GLANCE_MS)
    {
      if (self->glance_source == 0)
        self->glance_source = g_timeout_add ((guint)(GLANCE_MS - stood) + 1, on_glance, self);
      return;
    }
  shown[0] = find_shown (self, 0, 0, width, height);
  if (self->map_drawn)
    {
      map = place_map (self);
      shown[0] = find_shown (self, 0, 0, width, map.origin.y);
      shown[1] = find_shown (self, 0, map.origin.y, map.origin.x, height);
    }
  else
    shown[1] = shown[0];
  imp_picture_add_seen (self->picture, self->tiled_by_default ? NULL : &self->tiled_window, shown,
                        G_N_ELEMENTS (shown));
}

/* ---- going on ---- */

static void
go_to (ImpCanvas *self, double x, double y)
{
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  self->fitted = FALSE;
  self->view.zoom = MAX (self->view.zoom, 1.0 / scale);
  self->view.x =
      gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - x * imp_view_get_scale_x (&self->view);
  self->view.y =
      gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - y * imp_view_get_scale_y (&self->view);
  imp_canvas_view_changed (self);
}

static void
on_go_to (ImpCanvas *self, double x, double y)
{
  if (self->picture != NULL)
    go_to (self, x, y);
}

/**
 * imp_canvas_show_rect:
 * @self: a canvas with a picture
 * @rect: a part of the picture
 *
 * Moves the picture so far that the middle of @rect is in sight, where it is not.
 */
void
imp_canvas_show_rect (ImpCanvas *self, const ImpRect *rect)
{
  const ImpRect sight = find_sight (self);
  const ImpRect middle = { rect->x + rect->width / 2, rect->y + rect->height / 2, 1, 1 };
  const ImpRect seen = imp_rect_intersect (&middle, &sight);

  if (!imp_rect_is_empty (&seen))
    return;
  self->fitted = FALSE;
  self->view.x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0
                 - middle.x * imp_view_get_scale_x (&self->view);
  self->view.y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0
                 - middle.y * imp_view_get_scale_y (&self->view);
  imp_canvas_view_changed (self);
}

/* No further than to the picture's border: beyond it there is nothing to look at. */
static double
align (double start, double picture, double room)
{
  return -MIN (start, MAX (picture - room, 0));
}

static gboolean
lies_under_map (ImpCanvas *self, const ImpRect *rect)
{
  graphene_rect_t map = place_map (self);
  graphene_rect_t place =
      imp_view_place (&self->view, rect, gtk_widget_get_scale_factor (GTK_WIDGET (self)));

  return self->map_shown && place.origin.x + 1 > map.origin.x && place.origin.y + 1 > map.origin.y;
}

/**
 * imp_canvas_look_on:
 * @self: a canvas
 *
 * Shows the next part of the picture that nobody has looked at, at full size.
 */
void
imp_canvas_look_on (ImpCanvas *self)
{
  g_autoptr (GArray) unseen = NULL;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  ImpRect frame;
  ImpRect next;

  if (self->picture == NULL)
    return;
  unseen = imp_picture_list_unseen (self->picture);
  if (unseen->len == 0)
    {
      g_signal_emit_by_name (self, "notice", _ ("All of it was looked at at full size"));
      return;
    }
  next = g_array_index (unseen, ImpRect, 0);
  frame = imp_canvas_get_frame_rect (self);
  self->fitted = FALSE;
  self->view.zoom = MAX (self->view.zoom, 1.0 / scale);
  self->view.x = align (next.x * imp_view_get_scale_x (&self->view),
                        frame.width * imp_view_get_scale_x (&self->view), width);
  self->view.y = align (next.y * imp_view_get_scale_y (&self->view),
                        frame.height * imp_view_get_scale_y (&self->view), height);
  imp_view_clamp (&self->view, frame.width, frame.height, (int)width, (int)height);
  if (lies_under_map (self, &next))
    {
      self->view.x = GO_MARGIN - next.x * imp_view_get_scale_x (&self->view);
      self->view.y = GO_MARGIN - next.y * imp_view_get_scale_y (&self->view);
    }
  imp_canvas_begin_glance (self);
  imp_canvas_view_changed (self);
}

/* ---- a place that somebody is asked about ---- */

/**
 * imp_canvas_point_out:
 * @self: a canvas
 * @place: (nullable): a part of the picture; %NULL to take the line away
 *
 * Brings @place into the middle at full size or larger, with a line around it, until the picture
 * is another one. The keyboard stays where the question is.
 */
void
imp_canvas_point_out (ImpCanvas *self, const ImpRect *place)
{
  self->pointed_out = place != NULL ? *place : (ImpRect){ 0, 0, 0, 0 };
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->picture == NULL || place == NULL)
    return;
  imp_canvas_set_comparing (self, FALSE);
  go_to (self, place->x + place->width / 2.0, place->y + place->height / 2.0);
  imp_canvas_begin_glance (self);
  imp_compat_announce (GTK_ACCESSIBLE (self),
                       _ ("The picture shows the place, with a line around it"));
}

static void
draw_line (cairo_t *cairo, double width, double shade, const graphene_rect_t *place)
{
  cairo_set_source_rgb (cairo, shade, shade, shade);
  cairo_set_line_width (cairo, width);
  cairo_rectangle (cairo, place->origin.x, place->origin.y, place->size.width, place->size.height);
  cairo_stroke (cairo);
}

/**
 * imp_canvas_draw_pointed_out:
 * @self: a canvas with a picture
 * @snapshot: where to draw
 *
 * Draws a white line between two black ones, which is seen on every ground, around the place.
 */
void
imp_canvas_draw_pointed_out (ImpCanvas *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  cairo_t *cairo = NULL;
  graphene_rect_t place;

  if (imp_rect_is_empty (&self->pointed_out))
    return;
  place = imp_view_place (&self->view, &self->pointed_out, gtk_widget_get_scale_factor (widget));
  graphene_rect_inset (&place, -AROUND, -AROUND);
  cairo = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                     (float)gtk_widget_get_height (widget)));
  draw_line (cairo, 7, 0, &place);
  draw_line (cairo, 3, 1, &place);
  cairo_destroy (cairo);
}

/* ---- the original, while it is asked for ---- */

/**
 * imp_canvas_set_comparing:
 * @self: a canvas
 * @comparing: whether the original is shown, with nothing covered or cut away
 *
 * Only to be looked at: the boxes are where they were, and nothing counts as looked at meanwhile.
 */
void
imp_canvas_set_comparing (ImpCanvas *self, gboolean comparing)
{
  comparing = comparing && self->picture != NULL;
  if (self->comparing == comparing)
    return;
  self->comparing = comparing;
  if (comparing)
    imp_canvas_end_nudges (self);
  gtk_widget_set_child_visible (self->original, comparing);
  imp_canvas_describe (self);
  imp_compat_announce (GTK_ACCESSIBLE (self), comparing
                                                  ? _ ("The original is shown: nothing is covered")
                                                  : _ ("What leaves is shown again"));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "comparing");
}

/**
 * imp_canvas_allocate_original:
 * @self: a canvas
 *
 * Lays the words that say so over the original.
 */
void
imp_canvas_allocate_original (ImpCanvas *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GtkRequisition size;

  if (!self->comparing)
    return;
  gtk_widget_get_preferred_size (self->original, NULL, &size);
  gtk_widget_allocate (
      self->original, size.width, size.height, -1,
      gsk_transform_translate (
          NULL, &GRAPHENE_POINT_INIT ((float)MAX ((width - size.width) / 2, 0), MAP_MARGIN)));
}

/**
 * imp_canvas_add_look:
 * @self: a new canvas
 *
 * Adds the map, and the words over the original.
 */
void
imp_canvas_add_look (ImpCanvas *self)
{
  self->map_shown = TRUE;
  self->map = imp_seen_map_new ();
  gtk_widget_set_parent (self->map, GTK_WIDGET (self));
  g_signal_connect_swapped (self->map, "go-to", G_CALLBACK (on_go_to), self);

  self->original = gtk_label_new (_ ("Original: this is not what leaves"));
  gtk_widget_add_css_class (self->original, "over-picture");
  gtk_widget_set_can_target (self->original, FALSE);
  gtk_widget_set_parent (self->original, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->original, FALSE);
}
