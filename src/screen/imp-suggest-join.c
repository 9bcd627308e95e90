#include "imp-suggest.h"

#define MOST_ROOM 2 /* times its parts that one region may be large */

static ImpSuggestion *
get (GPtrArray *suggestions, guint n)
{
  return g_ptr_array_index (suggestions, n);
}

/* What a match, a reader's need or a code says is about its own place alone. */
static gboolean
is_loose (const ImpSuggestion *self)
{
  return !self->firm && self->keep == IMP_KEEP_NO
         && !imp_suggestion_has_reason (self, IMP_WHY_CODE);
}

static ImpRect
enclose (const ImpRect *a, const ImpRect *b)
{
  int x = MIN (a->x, b->x);
  int y = MIN (a->y, b->y);

  return (ImpRect){ x, y, MAX (a->x + a->width, b->x + b->width) - x,
                    MAX (a->y + a->height, b->y + b->height) - y };
}

static gint64
get_area (const ImpRect *rect)
{
  return (gint64)rect->width * rect->height;
}

/* As near as lines of one block are, whichever way they run, and with little between them: what
 * stands in a corner and along two edges stays three places. */
static gboolean
is_near (const ImpRect *a, const ImpRect *b)
{
  const ImpRect both = enclose (a, b);
  int line = MIN (MIN (a->width, a->height), MIN (b->width, b->height));

  return both.width - a->width - b->width <= line && both.height - a->height - b->height <= line
         && get_area (&both) <= MOST_ROOM * (get_area (a) + get_area (b));
}

static gboolean
take_near (GPtrArray *suggestions, guint n)
{
  ImpSuggestion *self = get (suggestions, n);
  guint before = suggestions->len;

  for (guint i = n + 1; i < suggestions->len;)
    {
      const ImpSuggestion *other = get (suggestions, i);

      if (!is_loose (other) || other->frame != self->frame || !is_near (&self->rect, &other->rect))
        {
          i++;
          continue;
        }
      self->rect = enclose (&self->rect, &other->rect);
      for (guint j = 0; j < other->reasons->len; j++)
        {
          const ImpSuggestionReason *reason = g_ptr_array_index (other->reasons, j);

          imp_suggestion_add_reason (self, reason->why, reason->detail);
        }
      g_clear_pointer (&self->text, g_free);
      self->confidence = 0;
      g_ptr_array_remove_index (suggestions, i);
    }
  return suggestions->len < before;
}

/* A letter of a name that was seen once more is covered with it. */
static gboolean
is_part_of_match (GPtrArray *suggestions, const ImpSuggestion *self)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      const ImpSuggestion *other = get (suggestions, i);
      const ImpRect common = imp_rect_intersect (&self->rect, &other->rect);

      if (other->firm && other->frame == self->frame && imp_rect_equal (&common, &self->rect))
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_suggest_join:
 * @suggestions: (element-type ImpSuggestion): what was seen
 *
 * Makes one region of what lies over one another or side by side, as far as a person judges it at
 * one look: the lines of a block are one question, not twelve. What matches, is kept or is a code
 * stays as it is, what lies in a match goes with it, and no region grows to mostly what lies
 * between its parts.
 */
void
imp_suggest_join (GPtrArray *suggestions)
{
  gboolean joined = TRUE;

  for (guint i = suggestions->len; i-- > 0;)
    if (is_loose (get (suggestions, i)) && is_part_of_match (suggestions, get (suggestions, i)))
      g_ptr_array_remove_index (suggestions, i);
  while (joined)
    {
      joined = FALSE;
      for (guint i = 0; i < suggestions->len; i++)
        if (is_loose (get (suggestions, i)) && take_near (suggestions, i))
          joined = TRUE;
    }
}
