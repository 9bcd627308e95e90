#include "imp-curation-list.h"

#include <glib/gi18n.h>

static char *
copy_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static ImpCurationItem *
make_item (ImpSourceItem *source)
{
  const ImpListing *listing = imp_source_item_get_listing (source);
  const char *problem = imp_source_item_get_problem (source);
  ImpCurationItem *item = imp_curation_item_new ();
  g_autofree char *path = g_file_get_path (imp_source_item_get_file (source));

  if (path == NULL || !g_utf8_validate (path, -1, NULL))
    {
      problem = _ ("The name of its file is not UTF-8 text: rename it");
      item->path = g_strdup (imp_source_item_get_name (source));
    }
  else
    item->path = g_steal_pointer (&path);
  item->entry = g_strdup (imp_source_item_get_entry (source));
  if (problem != NULL)
    {
      item->state = IMP_CURATION_SET_ASIDE;
      item->reason = g_strdup (problem);
    }
  if (listing == NULL)
    return item;
  item->number = copy_text (listing->patient_number);
  item->patient_key = g_strdup (imp_source_item_get_patient_key (source));
  item->sop_uid = copy_text (listing->image);
  item->study_uid = copy_text (listing->study);
  item->series_uid = copy_text (listing->series);
  item->modality = copy_text (listing->modality);
  item->manufacturer = copy_text (listing->manufacturer);
  item->model = copy_text (listing->model);
  item->station = copy_text (listing->station);
  item->rows = listing->height;
  item->columns = listing->width;
  item->n_frames = MAX (listing->n_frames, 1);
  return item;
}

/**
 * imp_curation_items_of_list:
 * @list: what was listed
 *
 * Returns: (transfer full) (element-type ImpCurationItem): its files in their order; one that
 *   cannot be worked on is set aside, with the reason
 */
GPtrArray *
imp_curation_items_of_list (ImpSourceList *list)
{
  GListModel *model = imp_source_list_get_items (list);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ImpSourceItem) source = g_list_model_get_item (model, i);

      g_ptr_array_add (items, make_item (source));
    }
  return items;
}
