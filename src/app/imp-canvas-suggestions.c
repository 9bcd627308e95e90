/* Suggestions on the canvas: their widgets, in the order of the list. */
#include <glib/gi18n.h>

#include "imp-canvas-private.h"
#include "imp-error.h"

/* On a page full of text tags would only hide it. */
#define MOST_TAGS 40

static ImpSuggestionWidget *
get_widget (ImpCanvas *self, guint position)
{
  return g_ptr_array_index (self->suggested, position);
}

static void
add_kind (ImpCanvas *self, GPtrArray *before, ImpSuggestionKind kind)
{
  g_autoptr (GPtrArray) items = imp_suggestion_list_get (self->suggestions, kind);

  for (guint i = 0; i < items->len; i++)
    {
      const ImpSuggestionItem *item = g_ptr_array_index (items, i);
      GtkWidget *widget = NULL;

      for (guint j = 0; j < before->len && widget == NULL; j++)
        if (imp_suggestion_widget_get_id (before->pdata[j]) == item->id)
          widget = g_ptr_array_steal_index (before, j);
      if (widget == NULL)
        widget = imp_suggestion_widget_new (self->suggestions, item);
      else
        imp_suggestion_widget_update (IMP_SUGGESTION_WIDGET (widget), item);
      /* After the map and the words over the original, before the boxes. */
      gtk_widget_insert_after (widget, GTK_WIDGET (self),
                               self->suggested->len > 0
                                   ? g_ptr_array_index (self->suggested, self->suggested->len - 1)
                                   : self->original);
      g_ptr_array_add (self->suggested, widget);
      imp_suggestion_widget_describe (IMP_SUGGESTION_WIDGET (widget), self->suggested->len);
    }
}

/**
 * imp_canvas_sync_suggestions:
 * @self: a canvas
 *
 * Gives what is suggested its widgets. Where the one with the keyboard goes, the next one has it.
 */
void
imp_canvas_sync_suggestions (ImpCanvas *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->suggested);
  guint focused = G_MAXUINT;

  for (guint i = 0; i < before->len; i++)
    if (gtk_widget_has_focus (before->pdata[i]))
      focused = i;
  self->suggested = g_ptr_array_new ();
  if (self->suggestions != NULL)
    {
      add_kind (self, before, IMP_SUGGESTED);
      add_kind (self, before, IMP_SUGGESTED_KEPT);
    }
  for (guint i = 0; i < before->len; i++)
    {
      gboolean had_focus = gtk_widget_has_focus (before->pdata[i]);

      gtk_widget_unparent (before->pdata[i]);
      if (had_focus)
        gtk_widget_grab_focus (self->suggested->len > 0 ? g_ptr_array_index (
                                   self->suggested, MIN (focused, self->suggested->len - 1))
                                                        : GTK_WIDGET (self));
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Around it, so that its edges can be seen. */
static graphene_rect_t
place_suggestion (ImpCanvas *self, guint position)
{
  graphene_rect_t place =
      imp_view_place (&self->view, imp_suggestion_widget_get_rect (get_widget (self, position)),
                      gtk_widget_get_scale_factor (GTK_WIDGET (self)));

  graphene_rect_inset (&place, -3, -3);
  return place;
}

/* Whether the tag under a suggestion hides none of the others, nor the tag of one before it. */
static gboolean
has_room (ImpCanvas *self, guint position, GArray *places, GArray *tags)
{
  const graphene_rect_t *place = &g_array_index (places, graphene_rect_t, position);
  int width = 0;
  int height = 0;
  graphene_rect_t tag;

  if (position >= MOST_TAGS)
    return FALSE;
  imp_suggestion_widget_get_tag_size (get_widget (self, position), &width, &height);
  tag = GRAPHENE_RECT_INIT (place->origin.x, place->origin.y + place->size.height, (float)width,
                            (float)height);
  for (guint i = 0; i < places->len; i++)
    if (i != position
        && graphene_rect_intersection (&g_array_index (places, graphene_rect_t, i), &tag, NULL))
      return FALSE;
  for (guint i = 0; i < tags->len; i++)
    if (graphene_rect_intersection (&g_array_index (tags, graphene_rect_t, i), &tag, NULL))
      return FALSE;
  g_array_append_val (tags, tag);
  return TRUE;
}

/**
 * imp_canvas_allocate_suggestions:
 * @self: a canvas
 *
 * Lays each suggestion over its part of the picture.
 */
void
imp_canvas_allocate_suggestions (ImpCanvas *self)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) tags = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

  for (guint i = 0; i < self->suggested->len; i++)
    {
      graphene_rect_t place = place_suggestion (self, i);

      g_array_append_val (places, place);
    }
  for (guint i = 0; i < self->suggested->len; i++)
    {
      const graphene_rect_t *place = &g_array_index (places, graphene_rect_t, i);

      imp_suggestion_widget_set_tagged (get_widget (self, i), has_room (self, i, places, tags));
      gtk_widget_allocate (GTK_WIDGET (get_widget (self, i)), (int)place->size.width,
                           (int)place->size.height, -1,
                           gsk_transform_translate (NULL, &place->origin));
    }
}

/**
 * imp_canvas_find_suggestion:
 * @self: a canvas
 * @x: a point of the picture, in pixels of the full frame
 * @y: the same
 *
 * Returns: (transfer none) (nullable): the smallest suggestion there
 */
GtkWidget *
imp_canvas_find_suggestion (ImpCanvas *self, double x, double y)
{
  GtkWidget *found = NULL;
  gint64 smallest = G_MAXINT64;

  for (guint i = 0; i < self->suggested->len; i++)
    {
      const ImpRect *rect = imp_suggestion_widget_get_rect (get_widget (self, i));
      gint64 area = (gint64)rect->width * rect->height;

      if (x >= rect->x && y >= rect->y && x < rect->x + rect->width && y < rect->y + rect->height
          && area < smallest)
        {
          found = GTK_WIDGET (get_widget (self, i));
          smallest = area;
        }
    }
  return found;
}

/**
 * imp_canvas_set_suggestions:
 * @self: a canvas
 * @suggestions: (nullable): of its picture
 */
void
imp_canvas_set_suggestions (ImpCanvas *self, ImpSuggestionList *suggestions)
{
  if (self->suggestions == suggestions)
    return;
  if (self->suggestions != NULL)
    g_signal_handlers_disconnect_by_data (self->suggestions, self);
  g_set_object (&self->suggestions, suggestions);
  if (suggestions != NULL)
    g_signal_connect_swapped (suggestions, "changed", G_CALLBACK (imp_canvas_sync_suggestions),
                              self);
  imp_canvas_sync_suggestions (self);
}

/**
 * imp_canvas_focus_suggestion:
 * @self: a canvas
 * @id: a suggestion
 *
 * Brings it into sight, and the keyboard to it.
 */
void
imp_canvas_focus_suggestion (ImpCanvas *self, guint id)
{
  for (guint i = 0; i < self->suggested->len; i++)
    if (imp_suggestion_widget_get_id (get_widget (self, i)) == id)
      {
        const ImpRect *rect = imp_suggestion_widget_get_rect (get_widget (self, i));

        imp_canvas_show_rect (self, rect);
        gtk_widget_grab_focus (GTK_WIDGET (get_widget (self, i)));
        return;
      }
}

/* ---- from one to the next ---- */

static guint
count_open (ImpCanvas *self)
{
  guint n = 0;

  while (n < self->suggested->len && !imp_suggestion_widget_is_kept (get_widget (self, n)))
    n++;
  return n;
}

static void
focus_position (ImpCanvas *self, guint position)
{
  imp_canvas_focus_suggestion (self, imp_suggestion_widget_get_id (get_widget (self, position)));
}

/* Of a frame that is shown now: the first, or the last where one goes backwards. */
static void
focus_end (ImpCanvas *self, int direction)
{
  guint n = count_open (self);

  if (n > 0)
    focus_position (self, direction > 0 ? 0 : n - 1);
}

typedef struct
{
  GWeakRef canvas;
  int direction;
} Step;

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  g_autoptr (ImpCanvas) self = g_weak_ref_get (&step->canvas);
  g_autoptr (GError) error = NULL;
  int direction = step->direction;

  g_weak_ref_clear (&step->canvas);
  g_free (step);
  if (!imp_picture_show_finish (IMP_PICTURE (source), result, &error))
    {
      if (self != NULL && !g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
        g_signal_emit_by_name (self, "notice", error->message);
    }
  else if (self != NULL && self->picture == IMP_PICTURE (source))
    focus_end (self, direction);
}

static void
step_to_frame (ImpCanvas *self, guint number, int direction)
{
  Step *step = g_new0 (Step, 1);

  g_weak_ref_init (&step->canvas, self);
  step->direction = direction;
  imp_picture_show_frame_async (self->picture, number, on_stepped, step);
}

static void
tell_none (ImpCanvas *self)
{
  guint n_done = 0;
  guint n_all = 0;

  g_signal_emit_by_name (
      self, "notice",
      imp_suggestion_list_get_progress (self->suggestions, &n_done, &n_all)
          ? _ ("No suggestion yet: the picture is still being looked at")
          : _ ("No suggestion is left. That does not say that nothing was missed: look yourself"));
}

/**
 * imp_canvas_step_suggestion:
 * @self: a canvas
 * @direction: 1 for the next, -1 for the one before
 *
 * Brings the keyboard to the next suggestion that is to be decided, on another frame where this one
 * has no more. After the last comes the first.
 */
void
imp_canvas_step_suggestion (ImpCanvas *self, int direction)
{
  guint n = count_open (self);
  guint at = direction > 0 ? G_MAXUINT : n; /* before the first, or behind the last */
  guint number = 0;

  if (self->suggestions == NULL || self->picture == NULL)
    return;
  for (guint i = 0; i < n; i++)
    if (gtk_widget_has_focus (GTK_WIDGET (get_widget (self, i))))
      at = i;
  if (direction > 0 ? at + 1 < n : at > 0 && n > 0)
    {
      focus_position (self, at + (guint)direction);
      return;
    }
  number = imp_suggestion_list_find_frame (self->suggestions, direction);
  if (number != imp_picture_get_frame_number (self->picture))
    step_to_frame (self, number, direction);
  else if (n > 0)
    focus_end (self, direction);
  else
    tell_none (self);
}
