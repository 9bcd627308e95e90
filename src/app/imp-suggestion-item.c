#include "imp-suggestion-item.h"

/**
 * imp_suggestion_item_free:
 * @item: (transfer full) (nullable): a suggestion on the desk
 */
void
imp_suggestion_item_free (ImpSuggestionItem *item)
{
  if (item == NULL)
    return;
  imp_suggestion_free (item->suggestion);
  g_free (item);
}

static gint64
measure (const ImpRect *rect)
{
  return (gint64)rect->width * rect->height;
}

/* How much of two rectangles is common to both, in per cent. */
static gint64
compare_places (const ImpRect *a, const ImpRect *b)
{
  const ImpRect both = imp_rect_intersect (a, b);
  gint64 common = measure (&both);

  return common * 100 / MAX (measure (a) + measure (b) - common, 1);
}

/* The edges of writing move by a pixel or two with the contrast: that is no other place. */
static gboolean
is_about (const ImpRect *a, const ImpRect *b)
{
  int slack = MAX (2, MIN (a->height, a->width) / 8);

  return ABS (a->x - b->x) <= slack && ABS (a->y - b->y) <= slack
         && ABS (a->x + a->width - b->x - b->width) <= slack
         && ABS (a->y + a->height - b->y - b->height) <= slack;
}

/* Takes what stood at the place of @suggestion out of @before, @least per cent of both at least. */
static ImpSuggestionItem *
take_before (GPtrArray *before, const ImpSuggestion *suggestion, gint64 least)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < before->len && least <= 100; i++)
    {
      const ImpSuggestionItem *item = g_ptr_array_index (before, i);
      gint64 common = compare_places (&item->suggestion->rect, &suggestion->rect);

      if (common < least)
        continue;
      best = i;
      least = common + 1;
    }
  return best != G_MAXUINT ? g_ptr_array_steal_index (before, best) : NULL;
}

/* What a person has decided about a place holds for it, unless it now says who, when or where, and
 * did not then. */
static void
go_on_from (ImpRedaction *redaction, ImpSuggestionItem *item, ImpSuggestionItem *owned_before)
{
  const ImpSuggestion *before = owned_before->suggestion;
  gboolean is_left = imp_redaction_is_set_aside (redaction, owned_before->id);

  if (!is_left || !item->suggestion->firm || before->firm)
    item->id = owned_before->id;
  if (is_about (&before->rect, &item->suggestion->rect))
    item->suggestion->rect = before->rect;
  imp_suggestion_item_free (owned_before);
}

/**
 * imp_suggestion_items_new:
 * @suggestions: (element-type ImpSuggestion): of one frame
 * @before: (element-type ImpSuggestionItem): what was suggested there until now; what has found its
 *   place again is taken out
 * @redaction: with what a person has decided
 * @last_id: (inout): the id that was given last
 *
 * Gives suggestions the ids of those that stood at the same places, and new ones to the others.
 *
 * Returns: (transfer full) (element-type ImpSuggestionItem): one for each
 */
GPtrArray *
imp_suggestion_items_new (GPtrArray *suggestions, GPtrArray *before, ImpRedaction *redaction,
                          guint *last_id)
{
  static const gint64 LEAST[] = { 100, 50 };
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_item_free);

  for (guint i = 0; i < suggestions->len; i++)
    {
      ImpSuggestionItem *item = g_new0 (ImpSuggestionItem, 1);

      item->suggestion = imp_suggestion_copy (g_ptr_array_index (suggestions, i));
      g_ptr_array_add (items, item);
    }
  /* What has not moved first, so that nothing takes its place. */
  for (guint pass = 0; pass < G_N_ELEMENTS (LEAST); pass++)
    for (guint i = 0; i < items->len && before->len > 0; i++)
      {
        ImpSuggestionItem *item = g_ptr_array_index (items, i);
        ImpSuggestionItem *there =
            item->id == 0 ? take_before (before, item->suggestion, LEAST[pass]) : NULL;

        if (there != NULL)
          go_on_from (redaction, item, there);
      }
  for (guint i = 0; i < items->len; i++)
    {
      ImpSuggestionItem *item = g_ptr_array_index (items, i);

      if (item->id == 0)
        item->id = ++*last_id;
    }
  return items;
}
