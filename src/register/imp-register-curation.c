/* Curation sessions: what they are made of. */
#include "imp-register-curation.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-private.h"
#include "imp-register-text.h"

#define FORM "curation-patient"

static gboolean
set_unknown_error (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("There is no such session: list them to see their ids"));
  return FALSE;
}

/* ---- sessions ---- */

/**
 * imp_register_add_curation:
 * @self: a register
 * @title: what it is called
 * @destination: what its pictures are for
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the id of a new session, or %NULL with %IMP_ERROR_USAGE,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
char *
imp_register_add_curation (ImpRegister *self, const char *title, const char *destination,
                           GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autofree char *trimmed = NULL;

  if (!imp_register_check_text (&title, 1, error))
    return NULL;
  trimmed = g_strstrip (g_strdup (title));
  if (*trimmed == '\0')
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("Give the session a title"));
      return NULL;
    }
  if (!imp_store_run (self->store, error,
                      "INSERT INTO curation (id, title, destination) VALUES (?, ?, ?)",
                      g_variant_new ("(sss)", id, trimmed, destination), NULL))
    return NULL;
  return g_steal_pointer (&id);
}

/**
 * imp_register_remove_curation:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Removes a session with all that was done in it. What left is in the ledger all the same.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_remove_curation (ImpRegister *self, const char *id, GError **error)
{
  gint64 n_removed = 0;

  if (!imp_store_run (self->store, error, "DELETE FROM curation WHERE id = ?",
                      g_variant_new ("(s)", id), &n_removed))
    return FALSE;
  return n_removed == 1 || set_unknown_error (error);
}

static void
add_record (ImpRow *row, gpointer user_data)
{
  GPtrArray *records = user_data;
  ImpCurationRecord *last = records->len > 0 ? g_ptr_array_index (records, records->len - 1) : NULL;
  ImpCurationState state = IMP_CURATION_NEW;

  if (last == NULL || g_strcmp0 (last->id, imp_row_text (row, 0)) != 0)
    {
      last = imp_curation_record_new ();
      last->id = g_strdup (imp_row_text (row, 0));
      last->title = g_strdup (imp_row_text (row, 1));
      last->destination = g_strdup (imp_row_text (row, 2));
      last->created = g_strdup (imp_row_text (row, 3));
      last->created_by = g_strdup (imp_row_text (row, 4));
      g_ptr_array_add (records, last);
    }
  if (imp_curation_state_from_text (imp_row_text (row, 5), &state))
    last->counts[state] = (guint)imp_row_integer (row, 6);
}

static GPtrArray *
list_records (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_record_free);

  if (!imp_register_query (self, error,
                           "SELECT curation.id, title, destination, created, created_by, state, "
                           "count(curation_item.id) FROM curation "
                           "LEFT JOIN curation_item ON curation_id = curation.id "
                           "WHERE ?1 IS NULL OR curation.id = ?1 GROUP BY curation.id, state "
                           "ORDER BY created DESC, curation.id",
                           g_variant_new ("(ms)", id), add_record, records))
    return NULL;
  return g_steal_pointer (&records);
}

/**
 * imp_register_list_curations:
 * @self: a register
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationRecord) (nullable): all sessions, the newest
 *   first, or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_curations (ImpRegister *self, GError **error)
{
  return list_records (self, NULL, error);
}

/**
 * imp_register_get_curation:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpCurationRecord *
imp_register_get_curation (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) records = list_records (self, id, error);

  if (records != NULL && records->len > 0)
    return imp_curation_record_copy (g_ptr_array_index (records, 0));
  if (records != NULL)
    set_unknown_error (error);
  return NULL;
}

static void
add_text (ImpRow *row, gpointer user_data)
{
  g_strv_builder_add (user_data, imp_row_text (row, 0));
}

/**
 * imp_register_list_curation_sources:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what was opened to make it, in order, or %NULL with
 *   %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GStrv
imp_register_list_curation_sources (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  if (!imp_register_query (self, error,
                           "SELECT path FROM curation_source WHERE curation_id = ? ORDER BY id",
                           g_variant_new ("(s)", id), add_text, paths))
    return NULL;
  return g_strv_builder_end (paths);
}

/* ---- patients ---- */

static void
add_patient (ImpRow *row, gpointer user_data)
{
  ImpCurationPatient *patient = g_new0 (ImpCurationPatient, 1);

  patient->id = imp_row_integer (row, 0);
  patient->number = g_strdup (imp_row_text (row, 1));
  patient->person_id = g_strdup (imp_row_text (row, 2));
  g_ptr_array_add (user_data, patient);
}

/**
 * imp_register_list_curation_patients:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationPatient) (nullable): whose pictures are in it,
 *   or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_curation_patients (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) patients =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_patient_free);

  if (!imp_register_query (self, error,
                           "SELECT id, number, person_id FROM curation_patient "
                           "WHERE curation_id = ? ORDER BY id",
                           g_variant_new ("(s)", id), add_patient, patients))
    return NULL;
  return g_steal_pointer (&patients);
}

/**
 * imp_register_name_curation_patient:
 * @self: a register
 * @patient_id: a patient of a session
 * @person_id: (nullable): who it is; %NULL for what the number says
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND (no such patient or person),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_name_curation_patient (ImpRegister *self, gint64 patient_id, const char *person_id,
                                    GError **error)
{
  gint64 n_changed = 0;

  if (!imp_store_run (self->store, error,
                      "UPDATE curation_patient SET person_id = ?2 WHERE id = ?1 "
                      "AND (?2 IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = ?2))",
                      g_variant_new ("(xms)", patient_id, person_id), &n_changed))
    return FALSE;
  if (n_changed == 1)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This person is not in the register: search again"));
  return FALSE;
}

/* ---- pictures ---- */

static gboolean
check_item (const ImpCurationItem *item, GError **error)
{
  const char *const texts[] = { item->number,     item->patient_key, item->path,
                                item->entry,      item->sop_uid,     item->study_uid,
                                item->series_uid, item->modality,    item->manufacturer,
                                item->model,      item->station,     item->reason };

  if (item->path == NULL || !imp_register_check_text (texts, G_N_ELEMENTS (texts), NULL))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The name of a file is not UTF-8 text: rename it"));
      return FALSE;
    }
  return TRUE;
}

/* One row for each patient of the files. mark: (out) %NULL where the file names nobody. */
static gboolean
add_patient_of (ImpRegister *self, const char *id, const ImpCurationItem *item, char **mark,
                GError **error)
{
  g_autofree char *folded =
      item->number != NULL ? imp_register_text_fold_number (item->number) : NULL;
  const gboolean has_number = folded != NULL && *folded != '\0';
  g_autofree char *digits = has_number ? imp_register_text_digits (folded) : NULL;

  *mark = NULL;
  if (!has_number && item->patient_key == NULL)
    return TRUE;
  *mark = imp_store_make_digest (self->store, FORM,
                                 item->patient_key != NULL ? item->patient_key : folded);
  return imp_store_run (self->store, error,
                        "INSERT INTO curation_patient (curation_id, mark, number, folded, digits) "
                        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (curation_id, mark) DO NOTHING",
                        g_variant_new ("(ssmsmsms)", id, *mark, has_number ? item->number : NULL,
                                       has_number ? folded : NULL, digits),
                        NULL);
}

static gboolean
add_item (ImpRegister *self, const char *id, const char *source, const ImpCurationItem *item,
          GError **error)
{
  g_autofree char *mark = NULL;

  return check_item (item, error) && add_patient_of (self, id, item, &mark, error)
         && imp_store_run (
             self->store, error,
             "INSERT INTO curation_item (curation_id, position, source_id, patient_id, path, "
             "entry, sha256, sop_uid, study_uid, series_uid, modality, manufacturer, model, "
             "station, \"rows\", \"columns\", n_frames, page, frame, state, reason) VALUES (?1, "
             "(SELECT coalesce(max(position) + 1, 0) FROM curation_item WHERE curation_id = ?1), "
             "(SELECT id FROM curation_source WHERE curation_id = ?1 AND path = ?2), "
             "(SELECT id FROM curation_patient WHERE curation_id = ?1 AND mark = ?3), "
             "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
             g_variant_new (
                 "(smsmssmsmsmsmsmsmsmsmsmsxxxxxsms)", id, source, mark, item->path, item->entry,
                 item->sha256, item->sop_uid, item->study_uid, item->series_uid, item->modality,
                 item->manufacturer, item->model, item->station, (gint64)item->rows,
                 (gint64)item->columns, (gint64)MAX (item->n_frames, 1), (gint64)item->page,
                 (gint64)item->frame, imp_curation_state_to_text (item->state), item->reason),
             NULL);
}

/**
 * imp_register_add_curation_items:
 * @self: a register
 * @id: a session's id
 * @source: (nullable): what was opened to find them
 * @items: (element-type ImpCurationItem): pictures, as they were listed: new, or set aside with
 *   the reason why they cannot be used
 * @error: where to put the error
 *
 * Adds pictures after those that are there, all of them or none.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_add_curation_items (ImpRegister *self, const char *id, const char *source,
                                 GPtrArray *items, GError **error)
{
  g_autoptr (ImpCurationRecord) record = imp_register_get_curation (self, id, error);
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (record == NULL || !imp_register_check_text (&source, 1, error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = source == NULL
         || imp_store_run (self->store, error,
                           "INSERT INTO curation_source (curation_id, path) VALUES (?, ?) "
                           "ON CONFLICT (curation_id, path) DO NOTHING",
                           g_variant_new ("(ss)", id, source), NULL);
  for (guint i = 0; done && i < items->len; i++)
    done = add_item (self, id, source, g_ptr_array_index (items, i), error);
  return imp_register_end (self, joined, done, error);
}

static void
take_crop (ImpCurationItem *item, const char *text)
{
  if (text == NULL
      || sscanf (text, "%d,%d,%d,%d", &item->crop.x, &item->crop.y, &item->crop.width,
                 &item->crop.height)
             != 4)
    item->crop = (ImpCurationBox){ 0 };
}

static void
add_listed (ImpRow *row, gpointer user_data)
{
  ImpCurationItem *item = imp_curation_item_new ();

  item->id = imp_row_integer (row, 0);
  item->position = (guint)imp_row_integer (row, 1);
  item->source = g_strdup (imp_row_text (row, 2));
  item->patient_id = imp_row_integer (row, 3);
  item->number = g_strdup (imp_row_text (row, 4));
  item->path = g_strdup (imp_row_text (row, 5));
  item->entry = g_strdup (imp_row_text (row, 6));
  item->sha256 = g_strdup (imp_row_text (row, 7));
  item->sop_uid = g_strdup (imp_row_text (row, 8));
  item->study_uid = g_strdup (imp_row_text (row, 9));
  item->series_uid = g_strdup (imp_row_text (row, 10));
  item->modality = g_strdup (imp_row_text (row, 11));
  item->manufacturer = g_strdup (imp_row_text (row, 12));
  item->model = g_strdup (imp_row_text (row, 13));
  item->station = g_strdup (imp_row_text (row, 14));
  item->rows = (int)imp_row_integer (row, 15);
  item->columns = (int)imp_row_integer (row, 16);
  item->n_frames = (guint)imp_row_integer (row, 17);
  item->page = (guint)imp_row_integer (row, 18);
  item->frame = (guint)imp_row_integer (row, 19);
  imp_curation_state_from_text (imp_row_text (row, 20), &item->state);
  item->reason = g_strdup (imp_row_text (row, 21));
  take_crop (item, imp_row_text (row, 22));
  item->voi = g_strdup (imp_row_text (row, 23));
  item->export_id = g_strdup (imp_row_text (row, 24));
  item->case_id = imp_row_integer (row, 25);
  item->seen = (int)imp_row_integer (row, 26);
  g_ptr_array_add (user_data, item);
}

/* Both come in the order of position, so that one walk puts them together. */
typedef struct
{
  GPtrArray *items;
  guint at;
} Merge;

static void
add_box (ImpRow *row, gpointer user_data)
{
  Merge *merge = user_data;
  const gint64 id = imp_row_integer (row, 0);
  ImpCurationBox box = {
    (int)imp_row_integer (row, 1), (int)imp_row_integer (row, 2), (int)imp_row_integer (row, 3),
    (int)imp_row_integer (row, 4), (int)imp_row_integer (row, 5),
  };

  while (merge->at < merge->items->len
         && ((const ImpCurationItem *)g_ptr_array_index (merge->items, merge->at))->id != id)
    merge->at++;
  if (merge->at < merge->items->len)
    g_array_append_val (((ImpCurationItem *)g_ptr_array_index (merge->items, merge->at))->boxes,
                        box);
}

/**
 * imp_register_list_curation_items:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationItem) (nullable): its pictures in order, with
 *   their boxes, or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_curation_items (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  Merge merge = { items, 0 };

  if (!imp_register_query (
          self, error,
          "SELECT item.id, position, source.path, coalesce(patient_id, 0), number, item.path, "
          "entry, sha256, sop_uid, study_uid, series_uid, modality, manufacturer, model, station, "
          "\"rows\", \"columns\", n_frames, page, frame, state, reason, crop, voi, export_id, "
          "coalesce((SELECT case_id FROM teaching_image WHERE item_id = item.id), 0), seen "
          "FROM curation_item AS item "
          "LEFT JOIN curation_source AS source ON source.id = source_id "
          "LEFT JOIN curation_patient AS patient ON patient.id = patient_id "
          "WHERE item.curation_id = ? ORDER BY position",
          g_variant_new ("(s)", id), add_listed, items)
      || !imp_register_query (
          self, error,
          "SELECT item_id, box.frame, x, y, width, height FROM curation_box AS box "
          "JOIN curation_item AS item ON item.id = item_id WHERE curation_id = ? "
          "ORDER BY position, box.id",
          g_variant_new ("(s)", id), add_box, &merge))
    return NULL;
  return g_steal_pointer (&items);
}

static void
add_mark (ImpRow *row, gpointer user_data)
{
  ImpCurationMark mark = { imp_row_integer (row, 0), IMP_CURATION_NEW };

  imp_curation_state_from_text (imp_row_text (row, 1), &mark.state);
  g_array_append_val ((GArray *)user_data, mark);
}

/**
 * imp_register_list_curation_marks:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationMark) (nullable): how far its pictures are, in
 *   order, or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GArray *
imp_register_list_curation_marks (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (ImpCurationMark));

  if (!imp_register_query (self, error,
                           "SELECT id, state FROM curation_item WHERE curation_id = ? "
                           "ORDER BY position",
                           g_variant_new ("(s)", id), add_mark, marks))
    return NULL;
  return g_steal_pointer (&marks);
}
