#include "imp-desk-shown.h"

#include "imp-set-request.h"

/* A box that was there keeps the frames that it is for; a new one is for all of them, as it covers
 * whichever is shown. */
static void
add_box (GArray *boxes, const ImpCurationItem *before, const ImpRect *rect)
{
  ImpCurationBox box = { IMP_CURATION_ALL_FRAMES, rect->x, rect->y, rect->width, rect->height };

  for (guint i = 0; i < before->boxes->len; i++)
    {
      const ImpCurationBox *old = &g_array_index (before->boxes, ImpCurationBox, i);

      if (old->frame == (int)before->frame && old->x == rect->x && old->y == rect->y
          && old->width == rect->width && old->height == rect->height)
        box.frame = old->frame;
    }
  g_array_append_val (boxes, box);
}

static gboolean
covers_shown (const ImpCurationBox *box, const ImpCurationItem *item)
{
  return box->frame == IMP_CURATION_ALL_FRAMES || box->frame == (int)item->frame;
}

/**
 * imp_desk_shown_describe:
 * @picture: what lies on the desk
 * @before: the item of the session that it is, as it is stored
 *
 * Boxes for frames that are not shown stay as they were.
 *
 * Returns: (transfer full): the item as it shall be
 */
ImpCurationItem *
imp_desk_shown_describe (ImpPicture *picture, const ImpCurationItem *before)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (picture));
  ImpRedaction *redaction = imp_picture_get_redaction (picture);
  const ImpWindow *window = imp_picture_get_window (picture);
  ImpCurationItem *item = imp_curation_item_copy (before);
  ImpRect crop = { 0 };

  g_array_set_size (item->boxes, 0);
  for (guint i = 0; i < before->boxes->len; i++)
    if (!covers_shown (&g_array_index (before->boxes, ImpCurationBox, i), before))
      g_array_append_val (item->boxes, g_array_index (before->boxes, ImpCurationBox, i));
  for (guint i = 0; i < imp_redaction_get_n_boxes (redaction); i++)
    {
      ImpRect rect = { 0 };

      imp_redaction_get_nth (redaction, i, NULL, &rect);
      add_box (item->boxes, before, &rect);
    }
  item->crop = (ImpCurationBox){ 0 };
  if (imp_redaction_get_crop (redaction, &crop))
    item->crop = (ImpCurationBox){ 0, crop.x, crop.y, crop.width, crop.height };
  g_free (item->voi);
  item->voi = window != NULL ? imp_set_describe_voi (window) : NULL;
  item->page = imp_facts_get_page (facts);
  item->n_frames = imp_facts_get_n_frames (facts);
  item->frame = imp_picture_get_frame_number (picture);
  return item;
}

static gboolean
is_same_box (const ImpCurationBox *one, const ImpCurationBox *other)
{
  return one->x == other->x && one->y == other->y && one->width == other->width
         && one->height == other->height;
}

/**
 * imp_desk_shown_is_same:
 * @one: an item
 * @other: the same item, at another time
 *
 * Returns: whether both show and cover the same
 */
gboolean
imp_desk_shown_is_same (const ImpCurationItem *one, const ImpCurationItem *other)
{
  if (one->boxes->len != other->boxes->len || !is_same_box (&one->crop, &other->crop)
      || g_strcmp0 (one->voi, other->voi) != 0 || one->page != other->page
      || one->frame != other->frame || one->n_frames != other->n_frames)
    return FALSE;
  for (guint i = 0; i < one->boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (one->boxes, ImpCurationBox, i);
      gboolean found = FALSE;

      for (guint j = 0; j < other->boxes->len && !found; j++)
        found = box->frame == g_array_index (other->boxes, ImpCurationBox, j).frame
                && is_same_box (box, &g_array_index (other->boxes, ImpCurationBox, j));
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_desk_shown_restore:
 * @picture: what lies on the desk
 * @item: the item of the session that it is
 *
 * Covers, crops and shows it as the session has it.
 */
void
imp_desk_shown_restore (ImpPicture *picture, const ImpCurationItem *item)
{
  const ImpRect crop = { item->crop.x, item->crop.y, item->crop.width, item->crop.height };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  ImpWindow window = { 0 };

  for (guint i = 0; i < item->boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (item->boxes, ImpCurationBox, i);
      const ImpRect rect = { box->x, box->y, box->width, box->height };

      if (covers_shown (box, item))
        g_array_append_val (boxes, rect);
    }
  imp_redaction_restore (imp_picture_get_redaction (picture), (const ImpRect *)(void *)boxes->data,
                         boxes->len, crop.width > 0 ? &crop : NULL);
  imp_picture_set_window (
      picture, item->voi != NULL && imp_set_parse_voi (item->voi, &window) ? &window : NULL);
}
