#include "imp-seen.h"

#include <cairo.h>
#include <math.h>

/* Of a window's width: what moves less than this shows the same things. */
#define SAME_CONTRAST 0.1

/* One frame, as it was looked at. */
typedef struct
{
  cairo_region_t *area; /* owned */
  gboolean has_window;
  ImpWindow window; /* that it was seen in */
} Sight;

struct _ImpSeen
{
  ImpRect frame;
  GHashTable *sights; /* owned: frame number to Sight */
};

static void
sight_free (gpointer data)
{
  Sight *sight = data;

  cairo_region_destroy (sight->area);
  g_free (sight);
}

static Sight *
get_sight (ImpSeen *self, guint frame)
{
  Sight *sight = g_hash_table_lookup (self->sights, GUINT_TO_POINTER (frame));

  if (sight == NULL)
    {
      sight = g_new0 (Sight, 1);
      sight->area = cairo_region_create ();
      g_hash_table_insert (self->sights, GUINT_TO_POINTER (frame), sight);
    }
  return sight;
}

static cairo_region_t *
make_region (const ImpRect *rects, gsize n_rects, const ImpRect *within)
{
  cairo_region_t *region = cairo_region_create ();

  for (gsize i = 0; i < n_rects; i++)
    {
      ImpRect rect = imp_rect_intersect (&rects[i], within);

      if (!imp_rect_is_empty (&rect))
        cairo_region_union_rectangle (
            region, &(cairo_rectangle_int_t){ rect.x, rect.y, rect.width, rect.height });
    }
  return region;
}

static gint64
measure (const cairo_region_t *region)
{
  gint64 area = 0;

  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t rect;

      cairo_region_get_rectangle (region, i, &rect);
      area += (gint64)rect.width * rect.height;
    }
  return area;
}

/* What leaves. */
static cairo_region_t *
make_aim (const ImpSeen *self, const ImpSeenAim *aim)
{
  cairo_region_t *region = make_region (&aim->crop, 1, &self->frame);
  cairo_region_t *filled = make_region (aim->filled, aim->n_filled, &self->frame);

  cairo_region_subtract (region, filled);
  cairo_region_destroy (filled);
  return region;
}

static cairo_region_t *
make_unseen (const ImpSeen *self, guint frame, const ImpSeenAim *aim)
{
  cairo_region_t *region = make_aim (self, aim);
  const Sight *sight = g_hash_table_lookup (self->sights, GUINT_TO_POINTER (frame));

  if (sight != NULL)
    cairo_region_subtract (region, sight->area);
  return region;
}

static gboolean
shows_the_same (const Sight *sight, const ImpWindow *window)
{
  double room = sight->window.width * SAME_CONTRAST;

  if (window == NULL || !sight->has_window)
    return window == NULL && !sight->has_window;
  return window->function == sight->window.function && window->table == sight->window.table
         && fabs (window->centre - sight->window.centre) <= room
         && fabs (window->width - sight->window.width) <= room;
}

/**
 * imp_seen_new:
 * @width: columns of every frame
 * @height: its rows
 *
 * Returns: (transfer full): a memory of a picture that nobody has looked at
 */
ImpSeen *
imp_seen_new (int width, int height)
{
  ImpSeen *self = g_new0 (ImpSeen, 1);

  self->frame = (ImpRect){ 0, 0, width, height };
  self->sights = g_hash_table_new_full (NULL, NULL, NULL, sight_free);
  return self;
}

/**
 * imp_seen_free:
 * @self: (transfer full) (nullable): a memory
 */
void
imp_seen_free (ImpSeen *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->sights);
  g_free (self);
}

/**
 * imp_seen_clear:
 * @self: a memory
 *
 * Forgets every frame: what is drawn on them is something else now.
 */
void
imp_seen_clear (ImpSeen *self)
{
  g_hash_table_remove_all (self->sights);
}

/**
 * imp_seen_set_window:
 * @self: a memory
 * @frame: a frame, from 0
 * @window: (nullable): the window that it is drawn in now; %NULL for its default presentation
 *
 * Another contrast shows other things, so what was seen of the frame before is forgotten; a window
 * that moved by less than a tenth of its width shows the same.
 *
 * Returns: whether anything was forgotten
 */
gboolean
imp_seen_set_window (ImpSeen *self, guint frame, const ImpWindow *window)
{
  Sight *sight = get_sight (self, frame);
  gboolean forgotten = FALSE;

  if (shows_the_same (sight, window))
    return FALSE;
  forgotten = !cairo_region_is_empty (sight->area);
  cairo_region_destroy (sight->area);
  sight->area = cairo_region_create ();
  sight->has_window = window != NULL;
  if (window != NULL)
    sight->window = *window;
  return forgotten;
}

/**
 * imp_seen_add:
 * @self: a memory
 * @frame: a frame, from 0
 * @shown: (array length=n_shown): what of it is on screen at full size
 * @n_shown: how many
 * @filled: (array length=n_filled) (nullable): what is drawn as covered there
 * @n_filled: how many
 *
 * Returns: whether any of that had not been seen before
 */
gboolean
imp_seen_add (ImpSeen *self, guint frame, const ImpRect *shown, gsize n_shown,
              const ImpRect *filled, gsize n_filled)
{
  Sight *sight = get_sight (self, frame);
  cairo_region_t *added = make_region (shown, n_shown, &self->frame);
  cairo_region_t *covered = make_region (filled, n_filled, &self->frame);
  gboolean is_more = FALSE;

  cairo_region_subtract (added, covered);
  cairo_region_subtract (added, sight->area);
  is_more = !cairo_region_is_empty (added);
  cairo_region_union (sight->area, added);
  cairo_region_destroy (covered);
  cairo_region_destroy (added);
  return is_more;
}

/**
 * imp_seen_get_share:
 * @self: a memory
 * @frame: a frame, from 0
 * @aim: what of it leaves
 *
 * Returns: how much of that was seen, in percent; 100 only where nothing is left to see
 */
guint
imp_seen_get_share (const ImpSeen *self, guint frame, const ImpSeenAim *aim)
{
  cairo_region_t *whole = make_aim (self, aim);
  cairo_region_t *unseen = make_unseen (self, frame, aim);
  const gint64 all = measure (whole);
  const gint64 open = measure (unseen);

  cairo_region_destroy (unseen);
  cairo_region_destroy (whole);
  return all > 0 ? (guint)((all - open) * 100 / all) : 100;
}

/**
 * imp_seen_list_unseen:
 * @self: a memory
 * @frame: a frame, from 0
 * @aim: what of it leaves
 *
 * Returns: (transfer full) (element-type ImpRect): what of that nobody has seen, from the top down
 *   and from left to right
 */
GArray *
imp_seen_list_unseen (const ImpSeen *self, guint frame, const ImpSeenAim *aim)
{
  GArray *rects = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  cairo_region_t *unseen = make_unseen (self, frame, aim);

  for (int i = 0; i < cairo_region_num_rectangles (unseen); i++)
    {
      cairo_rectangle_int_t part;
      ImpRect rect;

      cairo_region_get_rectangle (unseen, i, &part);
      rect = (ImpRect){ part.x, part.y, part.width, part.height };
      g_array_append_val (rects, rect);
    }
  cairo_region_destroy (unseen);
  return rects;
}
