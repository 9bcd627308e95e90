#include "imp-travel.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-error.h"

G_DEFINE_BOXED_TYPE (ImpTravel, imp_travel, imp_travel_copy, imp_travel_free)

/* ---- who is in reach ---- */

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_same (const char *one, const char *other)
{
  return g_strcmp0 (is_said (one) ? one : NULL, is_said (other) ? other : NULL) == 0;
}

static gboolean
is_reached (const ImpCurationItem *from, const ImpCurationItem *item, ImpReach reach)
{
  switch (reach)
    {
    case IMP_REACH_SERIES:
      return is_same (from->series_uid, item->series_uid) && from->patient_id == item->patient_id;
    case IMP_REACH_SCANNER:
      return is_same (from->manufacturer, item->manufacturer) && is_same (from->model, item->model)
             && is_same (from->station, item->station);
    case IMP_REACH_FILE:
    default:
      return FALSE;
    }
}

/* A file that does not say which series or scanner it is of is of none that others are of. */
static gboolean
check_reach (const ImpCurationItem *from, ImpReach reach, GError **error)
{
  if (reach == IMP_REACH_SERIES && !is_said (from->series_uid))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("This file does not say which series it belongs to: cover its pictures "
                            "one by one"));
  else if (reach == IMP_REACH_SCANNER && (!is_said (from->manufacturer) || !is_said (from->model)))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("This file does not say which scanner made it: cover its pictures one "
                            "by one"));
  else
    return TRUE;
  return FALSE;
}

/* ---- what they get ---- */

static gboolean
is_there (const GArray *boxes, const ImpCurationBox *wanted)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (boxes, ImpCurationBox, i);

      if (box->frame == wanted->frame && box->x == wanted->x && box->y == wanted->y
          && box->width == wanted->width && box->height == wanted->height)
        return TRUE;
    }
  return FALSE;
}

/* What covers the frame that is shown, as boxes of all frames. */
static GArray *
collect_boxes (const ImpCurationItem *from)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (ImpCurationBox));

  for (guint i = 0; i < from->boxes->len; i++)
    {
      ImpCurationBox box = g_array_index (from->boxes, ImpCurationBox, i);

      if (box.frame != IMP_CURATION_ALL_FRAMES && box.frame != (int)from->frame)
        continue;
      box.frame = IMP_CURATION_ALL_FRAMES;
      if (!is_there (boxes, &box))
        g_array_append_val (boxes, box);
    }
  return boxes;
}

static ImpTravelOutcome
add_boxes (const ImpCurationItem *item, const GArray *boxes, GPtrArray *changed)
{
  ImpCurationItem *copy = imp_curation_item_copy (item);
  gboolean added = FALSE;

  for (guint i = 0; i < boxes->len; i++)
    if (!is_there (copy->boxes, &g_array_index (boxes, ImpCurationBox, i)))
      {
        g_array_append_val (copy->boxes, g_array_index (boxes, ImpCurationBox, i));
        added = TRUE;
      }
  if (added)
    g_ptr_array_add (changed, copy);
  else
    imp_curation_item_free (copy);
  return added ? IMP_TRAVEL_APPLIED : IMP_TRAVEL_HAS_THEM;
}

static ImpTravelOutcome
apply (const ImpCurationItem *from, const ImpCurationItem *item, const GArray *boxes,
       GPtrArray *changed)
{
  if (item->state == IMP_CURATION_SET_ASIDE)
    return IMP_TRAVEL_SET_ASIDE;
  if (item->state == IMP_CURATION_EXPORTED)
    return IMP_TRAVEL_EXPORTED;
  if (item->rows <= 0 || item->columns <= 0 || from->rows <= 0 || from->columns <= 0)
    return IMP_TRAVEL_UNKNOWN_SIZE;
  if (item->rows != from->rows || item->columns != from->columns)
    return IMP_TRAVEL_OTHER_SIZE;
  return add_boxes (item, boxes, changed);
}

/* In the picture itself the boxes of the frame become those of all. */
static ImpTravelOutcome
apply_to_itself (const ImpCurationItem *from, const GArray *boxes, GPtrArray *changed)
{
  ImpCurationItem *copy = imp_curation_item_copy (from);
  gboolean widened = FALSE;

  for (guint i = copy->boxes->len; i > 0; i--)
    if (g_array_index (copy->boxes, ImpCurationBox, i - 1).frame == (int)from->frame)
      {
        g_array_remove_index (copy->boxes, i - 1);
        widened = TRUE;
      }
  for (guint i = 0; widened && i < boxes->len; i++)
    if (!is_there (copy->boxes, &g_array_index (boxes, ImpCurationBox, i)))
      g_array_append_val (copy->boxes, g_array_index (boxes, ImpCurationBox, i));
  if (widened)
    g_ptr_array_add (changed, copy);
  else
    imp_curation_item_free (copy);
  return widened ? IMP_TRAVEL_APPLIED : IMP_TRAVEL_HAS_THEM;
}

/**
 * imp_travel_new:
 * @items: (element-type ImpCurationItem): the pictures of a session
 * @from: the one whose boxes travel: those of the frame that it shows, and those of all its frames
 * @reach: how far
 * @error: where to put the error
 *
 * Works out which pictures get boxes. They get them beside their own; a picture of another size
 * gets none, and is named.
 *
 * Returns: (transfer full) (nullable): what becomes of each picture in reach, or %NULL with
 *   %IMP_ERROR_USAGE where there is no box, or the file does not say what @reach asks for
 */
ImpTravel *
imp_travel_new (GPtrArray *items, guint from, ImpReach reach, GError **error)
{
  const ImpCurationItem *source = g_ptr_array_index (items, from);
  g_autoptr (GArray) boxes = collect_boxes (source);
  ImpTravel *travel = NULL;

  if (!check_reach (source, reach, error))
    return NULL;
  if (boxes->len == 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("Nothing is covered here: draw a box first"));
      return NULL;
    }
  travel = g_new0 (ImpTravel, 1);
  travel->verdicts = g_array_new (FALSE, FALSE, sizeof (ImpTravelVerdict));
  travel->changed = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  for (guint i = 0; i < items->len; i++)
    {
      const ImpCurationItem *item = g_ptr_array_index (items, i);
      ImpTravelVerdict verdict = { i, IMP_TRAVEL_APPLIED };

      if (i == from)
        verdict.outcome = apply_to_itself (source, boxes, travel->changed);
      else if (is_reached (source, item, reach))
        verdict.outcome = apply (source, item, boxes, travel->changed);
      else
        continue;
      g_array_append_val (travel->verdicts, verdict);
    }
  return travel;
}

/**
 * imp_travel_copy:
 * @travel: what becomes of boxes that travel
 *
 * Returns: (transfer full): a copy
 */
ImpTravel *
imp_travel_copy (const ImpTravel *travel)
{
  ImpTravel *copy = g_new0 (ImpTravel, 1);

  copy->verdicts = g_array_copy (travel->verdicts);
  copy->changed = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  for (guint i = 0; i < travel->changed->len; i++)
    g_ptr_array_add (copy->changed, imp_curation_item_copy (travel->changed->pdata[i]));
  return copy;
}

/**
 * imp_travel_free:
 * @travel: (transfer full) (nullable): what becomes of boxes that travel
 */
void
imp_travel_free (ImpTravel *travel)
{
  if (travel == NULL)
    return;
  g_array_unref (travel->verdicts);
  g_ptr_array_unref (travel->changed);
  g_free (travel);
}

/**
 * imp_travel_count:
 * @travel: what becomes of boxes that travel
 * @outcome: what may
 *
 * Returns: of how many pictures it does
 */
guint
imp_travel_count (const ImpTravel *travel, ImpTravelOutcome outcome)
{
  guint count = 0;

  for (guint i = 0; i < travel->verdicts->len; i++)
    count += g_array_index (travel->verdicts, ImpTravelVerdict, i).outcome == outcome;
  return count;
}

/**
 * imp_travel_outcome_to_words:
 * @outcome: what became of a picture
 *
 * Returns: (transfer none): a sentence that says so
 */
const char *
imp_travel_outcome_to_words (ImpTravelOutcome outcome)
{
  switch (outcome)
    {
    case IMP_TRAVEL_APPLIED:
      return _ ("The boxes were added.");
    case IMP_TRAVEL_HAS_THEM:
      return _ ("It was covered like this already.");
    case IMP_TRAVEL_OTHER_SIZE:
      return _ ("Not covered: its pictures have another size.");
    case IMP_TRAVEL_UNKNOWN_SIZE:
      return _ ("Not covered: the size of its pictures is not known. Open it first.");
    case IMP_TRAVEL_EXPORTED:
      return _ ("Not covered: it was exported as it is.");
    case IMP_TRAVEL_SET_ASIDE:
    default:
      return _ ("Not covered: it was set aside.");
    }
}
