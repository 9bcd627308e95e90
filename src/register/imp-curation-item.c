#include "imp-curation-item.h"

G_DEFINE_BOXED_TYPE (ImpCurationItem, imp_curation_item, imp_curation_item_copy,
                     imp_curation_item_free)

static const char *const STATES[IMP_CURATION_N_STATES] = {
  [IMP_CURATION_NEW] = "new",           [IMP_CURATION_LOOKED_AT] = "looked-at",
  [IMP_CURATION_COVERED] = "covered",   [IMP_CURATION_CLEARED] = "cleared",
  [IMP_CURATION_EXPORTED] = "exported", [IMP_CURATION_SET_ASIDE] = "set-aside",
};

/**
 * imp_curation_item_new:
 *
 * Returns: (transfer full): a picture of which nothing is known, with nothing covered
 */
ImpCurationItem *
imp_curation_item_new (void)
{
  ImpCurationItem *item = g_new0 (ImpCurationItem, 1);

  item->n_frames = 1;
  item->boxes = g_array_new (FALSE, FALSE, sizeof (ImpCurationBox));
  return item;
}

/**
 * imp_curation_item_copy:
 * @item: a picture
 *
 * Returns: (transfer full): a copy
 */
ImpCurationItem *
imp_curation_item_copy (const ImpCurationItem *item)
{
  ImpCurationItem *copy = g_memdup2 (item, sizeof *item);

  copy->source = g_strdup (item->source);
  copy->number = g_strdup (item->number);
  copy->patient_key = g_strdup (item->patient_key);
  copy->path = g_strdup (item->path);
  copy->entry = g_strdup (item->entry);
  copy->sha256 = g_strdup (item->sha256);
  copy->sop_uid = g_strdup (item->sop_uid);
  copy->study_uid = g_strdup (item->study_uid);
  copy->series_uid = g_strdup (item->series_uid);
  copy->modality = g_strdup (item->modality);
  copy->manufacturer = g_strdup (item->manufacturer);
  copy->model = g_strdup (item->model);
  copy->station = g_strdup (item->station);
  copy->reason = g_strdup (item->reason);
  copy->voi = g_strdup (item->voi);
  copy->export_id = g_strdup (item->export_id);
  copy->boxes = g_array_copy (item->boxes);
  return copy;
}

/**
 * imp_curation_item_free:
 * @item: (transfer full) (nullable): a picture
 */
void
imp_curation_item_free (ImpCurationItem *item)
{
  if (item == NULL)
    return;
  g_free (item->source);
  g_free (item->number);
  g_free (item->patient_key);
  g_free (item->path);
  g_free (item->entry);
  g_free (item->sha256);
  g_free (item->sop_uid);
  g_free (item->study_uid);
  g_free (item->series_uid);
  g_free (item->modality);
  g_free (item->manufacturer);
  g_free (item->model);
  g_free (item->station);
  g_free (item->reason);
  g_free (item->voi);
  g_free (item->export_id);
  g_array_unref (item->boxes);
  g_free (item);
}

/**
 * imp_curation_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none): its word in the register
 */
const char *
imp_curation_state_to_text (ImpCurationState state)
{
  return STATES[state];
}

/**
 * imp_curation_state_from_text:
 * @text: (nullable): a word
 * @state: (out): the state that it means
 *
 * Returns: whether it means one
 */
gboolean
imp_curation_state_from_text (const char *text, ImpCurationState *state)
{
  for (guint i = 0; i < IMP_CURATION_N_STATES; i++)
    if (g_strcmp0 (text, STATES[i]) == 0)
      {
        *state = (ImpCurationState)i;
        return TRUE;
      }
  return FALSE;
}
