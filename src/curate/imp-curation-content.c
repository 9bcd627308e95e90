/* What the register has of a session, and what is remembered of its scanners. */
#include <gio/gio.h>

#include "imp-curation-private.h"
#include "imp-register-templates.h"
#include "imp-suggest.h"

/**
 * _imp_curation_content_free:
 * @content: (transfer full) (nullable): what the register has of a session
 */
void
_imp_curation_content_free (ImpCurationContent *content)
{
  if (content == NULL)
    return;
  imp_curation_record_free (content->record);
  g_clear_pointer (&content->items, g_ptr_array_unref);
  g_clear_pointer (&content->patients, g_ptr_array_unref);
  g_clear_pointer (&content->answers, g_ptr_array_unref);
  g_clear_pointer (&content->templates, g_ptr_array_unref);
  g_clear_pointer (&content->standings, g_hash_table_unref);
  g_strfreev (content->sources);
  g_free (content);
}

static GHashTable *
find_standings (ImpGate *gate, const ImpCurationContent *content, GError **error)
{
  g_autoptr (GHashTable) standings =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)imp_standing_free);

  for (guint i = 0; i < content->patients->len; i++)
    {
      ImpCurationPatient *patient = g_ptr_array_index (content->patients, i);
      ImpStanding *standing = imp_gate_find_standing_sync (
          gate, patient->number, patient->person_id, content->record->destination, error);

      if (standing == NULL)
        return NULL;
      g_hash_table_insert (standings, &patient->id, standing);
    }
  return g_steal_pointer (&standings);
}

/**
 * _imp_curation_load:
 * @gate: the gate
 * @id: a session's id
 * @error: where to put the error
 *
 * Reads a session, and what the register says now of everybody in it; that somebody looked is
 * recorded.
 *
 * Returns: (transfer full) (nullable): all of it, or %NULL with the errors of
 *   imp_register_get_curation() or imp_gate_find_standing_sync()
 */
ImpCurationContent *
_imp_curation_load (ImpGate *gate, const char *id, GError **error)
{
  g_autoptr (ImpCurationContent) content = g_new0 (ImpCurationContent, 1);
  ImpRegister *reg = imp_gate_get_register (gate);

  content->record = imp_register_get_curation (reg, id, error);
  if (content->record == NULL)
    return NULL;
  content->items = imp_register_list_curation_items (reg, id, error);
  if (content->items == NULL)
    return NULL;
  content->patients = imp_register_list_curation_patients (reg, id, error);
  if (content->patients == NULL)
    return NULL;
  content->answers = imp_register_list_curation_answers (reg, id, error);
  if (content->answers == NULL)
    return NULL;
  content->templates = imp_register_list_templates (reg, error);
  if (content->templates == NULL)
    return NULL;
  content->sources = imp_register_list_curation_sources (reg, id, error);
  if (content->sources == NULL)
    return NULL;
  content->standings = find_standings (gate, content, error);
  return content->standings != NULL ? g_steal_pointer (&content) : NULL;
}

static const ImpScannerTemplate *
find_template (ImpCuration *self, const ImpCurationItem *item)
{
  const ImpScannerTemplate *found = NULL;

  for (guint i = 0; i < self->now->templates->len; i++)
    {
      const ImpScannerTemplate *scanner = g_ptr_array_index (self->now->templates, i);

      if (imp_scanner_template_fits (scanner, item->manufacturer, item->model, item->station,
                                     item->rows, item->columns)
          && (found == NULL || *found->station == '\0'))
        found = scanner;
    }
  return found;
}

/**
 * imp_curation_suggest:
 * @self: a session
 * @index: of a picture
 *
 * Suggests what is remembered of its scanner: of just this one, else of its model.
 *
 * Returns: (transfer full) (element-type ImpSuggestion): boxes for the frame that it shows, perhaps
 *   none
 */
GPtrArray *
imp_curation_suggest (ImpCuration *self, guint index)
{
  const ImpCurationItem *item = imp_curation_get_item (self, index);
  const ImpScannerTemplate *scanner = find_template (self, item);
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (ImpRect));

  for (guint i = 0; scanner != NULL && i < scanner->boxes->len; i++)
    {
      const ImpTemplateBox *box = &g_array_index (scanner->boxes, ImpTemplateBox, i);
      const ImpRect rect = { box->x, box->y, box->width, box->height };

      g_array_append_val (rects, rect);
    }
  return imp_suggest_remembered (rects, item->frame);
}
