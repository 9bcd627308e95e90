/* The page, the table and the receipt that go with the pictures of a session. */
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-paper-ledger-private.h"
#include "imp-record-set.h"
#include "imp-register-curation.h"
#include "imp-register-teaching.h"
#include "imp-teaching-index.h"
#include "imp-teaching.h"

#define INDEX "index"
#define CAPTIONS "captions"
#define RECEIPT "receipt"
#define NAMES_MAX 1000 /* pages of one folder */

/* A folder on its way. */
typedef struct
{
  ImpGate *gate;
  GFile *folder;
  GCancellable *cancellable; /* nullable */
  GPtrArray *left;           /* owned: ImpTeachingLeft */
  GHashTable *cases;         /* owned: gint64 → ImpTeachingCase */
  GHashTable *pulled;        /* owned: ids of cases of which a picture is asked back */
  GHashTable *known;         /* owned: names of files that are as they left */
  GPtrArray *shown;          /* owned: ImpTeachingFile */
  GPtrArray *retired;        /* owned: ImpTeachingFile */
} Folder;

static void
folder_clear (Folder *self)
{
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->cases, g_hash_table_unref);
  g_clear_pointer (&self->pulled, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->retired, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

/**
 * imp_teaching_set_free:
 * @set: (transfer full) (nullable): what was written
 */
void
imp_teaching_set_free (ImpTeachingSet *set)
{
  if (set == NULL)
    return;
  g_free (set->index);
  g_free (set->captions);
  g_free (set->receipt);
  g_strfreev (set->retired);
  g_free (set);
}

/* ---- what lies there ---- */

/* NULL without an error: there is no such file. */
static char *
hash_file (const Folder *self, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (self->folder, name);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;

  bytes = g_file_load_bytes (file, self->cancellable, NULL, &local_error);
  if (bytes != NULL)
    return imp_hash_bytes (bytes);
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                 _ ("The picture %s of the folder cannot be read: %s"), name, local_error->message);
  return NULL;
}

static const ImpTeachingCase *
find_case (Folder *self, gint64 case_id, GError **error)
{
  ImpTeachingCase *teaching = g_hash_table_lookup (self->cases, &case_id);

  if (teaching != NULL)
    return teaching;
  teaching = imp_register_get_teaching_case (self->gate->people, case_id, error);
  if (teaching != NULL)
    g_hash_table_insert (self->cases, g_memdup2 (&case_id, sizeof case_id), teaching);
  return teaching;
}

static guint
find_place (const ImpTeachingCase *teaching, gint64 image_id)
{
  for (guint i = 0; i < teaching->images->len; i++)
    if (((const ImpTeachingImage *)g_ptr_array_index (teaching->images, i))->id == image_id)
      return i + 1;
  return 0;
}

/* The words are those that left with the picture and were judged with it. */
static gboolean
take_words (const Folder *self, ImpTeachingFile *file, GError **error)
{
  g_autoptr (ImpPaperExport) export = _imp_paper_export_new (self->gate, file->export_id, error);

  if (export == NULL)
    return FALSE;
  g_variant_lookup (export->texts, "caption", "s", &file->caption);
  g_variant_lookup (export->texts, "alt", "s", &file->alt);
  return TRUE;
}

static gboolean
add_file (Folder *self, const ImpTeachingLeft *left, const ImpCopy *copy, GError **error)
{
  ImpTeachingFile *file = g_new0 (ImpTeachingFile, 1);
  const gboolean pulled =
      left->case_id != 0 && g_hash_table_contains (self->pulled, &left->case_id);

  file->name = g_strdup (left->name);
  file->export_id = g_strdup (left->export_id);
  file->sha256 = g_strdup (copy->sha256);
  g_ptr_array_add (pulled || copy->task_reason != NULL ? self->retired : self->shown, file);
  g_hash_table_add (self->known, g_strdup (left->name));
  if (left->case_id != 0)
    {
      file->teaching = find_case (self, left->case_id, error);
      if (file->teaching == NULL)
        return FALSE;
      file->place = find_place (file->teaching, left->image_id);
    }
  return take_words (self, file, error);
}

static gboolean
look_at (Folder *self, const ImpTeachingLeft *left, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (ImpCopy) copy = NULL;

  if (g_hash_table_contains (self->known, left->name))
    return TRUE;
  hash = hash_file (self, left->name, &local_error);
  if (hash != NULL)
    copy = imp_copies_get (self->gate->ledger, left->export_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return hash == NULL || g_strcmp0 (hash, copy->sha256) != 0 || add_file (self, left, copy, error);
}

/* Only what is there as it left is shown; another file of its name is somebody else's doing. */
static gboolean
check_others (const Folder *self, GError **error)
{
  for (guint i = 0; i < self->left->len; i++)
    {
      const ImpTeachingLeft *left = g_ptr_array_index (self->left, i);
      g_autoptr (GFile) file = g_file_get_child (self->folder, left->name);

      if (g_hash_table_contains (self->known, left->name)
          || !g_file_query_exists (file, self->cancellable))
        continue;
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   _ ("The file %s in the folder is not what left from here: no page was made. "
                      "Put it elsewhere"),
                   left->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_words (const Folder *self, GError **error)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);

  for (guint i = 0; i < self->shown->len; i++)
    {
      const ImpTeachingFile *file = g_ptr_array_index (self->shown, i);

      if (file->teaching != NULL
          && !imp_gate_judge_teaching_sync (self->gate, file->teaching, NULL, IMP_ORIGIN_SCRIPT,
                                            reasons, error))
        return FALSE;
      if (reasons->len == 0)
        continue;
      g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED, _ ("No page was made. %s %s"),
                   ((const ImpReason *)g_ptr_array_index (reasons, 0))->reason,
                   ((const ImpReason *)g_ptr_array_index (reasons, 0))->lift);
      return FALSE;
    }
  return TRUE;
}

/* ---- how it is written ---- */

static char *
make_name (const char *stem, guint number, const char *ending)
{
  return number == 1 ? g_strdup_printf ("%s.%s", stem, ending)
                     : g_strdup_printf ("%s-%u.%s", stem, number, ending);
}

static gboolean
is_free (const Folder *self, const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (self->folder, name);

  return !g_file_query_exists (file, self->cancellable);
}

static gboolean
choose_names (const Folder *self, ImpTeachingSet *set, GError **error)
{
  for (guint i = 1; i < NAMES_MAX; i++)
    {
      g_free (set->index);
      g_free (set->captions);
      g_free (set->receipt);
      set->index = make_name (INDEX, i, "html");
      set->captions = make_name (CAPTIONS, i, "csv");
      set->receipt = make_name (RECEIPT, i, "json");
      if (is_free (self, set->index) && is_free (self, set->captions)
          && is_free (self, set->receipt))
        return TRUE;
    }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                       _ ("The folder has too many pages already: take another one"));
  return FALSE;
}

static gboolean
publish (const Folder *self, ImpTeachingSet *set, GError **error)
{
  g_autofree char *now = imp_clock_now ();
  g_autofree char *today = imp_clock_today ();
  g_autofree char *day = imp_form_day (today);
  g_autoptr (GBytes) page = imp_teaching_index_html (self->shown, day);
  g_autoptr (GBytes) table = imp_teaching_index_csv (self->shown);
  g_autoptr (GBytes) receipt = imp_teaching_index_receipt (self->shown, self->retired, now);
  g_autoptr (GFile) index = NULL;
  g_autoptr (GFile) captions = NULL;
  g_autoptr (GFile) last = NULL;

  if (!choose_names (self, set, error))
    return FALSE;
  index = g_file_get_child (self->folder, set->index);
  captions = g_file_get_child (self->folder, set->captions);
  last = g_file_get_child (self->folder, set->receipt);
  {
    const ImpRecordPart parts[] = { { page, index }, { table, captions }, { receipt, last } };

    return _imp_gate_publish_set (self->gate, "teaching-set", parts, G_N_ELEMENTS (parts),
                                  self->cancellable, error);
  }
}

static GStrv
list_names (GPtrArray *files)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < files->len; i++)
    g_strv_builder_add (names, ((const ImpTeachingFile *)g_ptr_array_index (files, i))->name);
  return g_strv_builder_end (names);
}

static gboolean
begin (Folder *self, const char *session, GError **error)
{
  g_autoptr (ImpCurationRecord) record =
      imp_register_get_curation (self->gate->people, session, error);

  if (record == NULL)
    return FALSE;
  self->cases = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify)imp_teaching_case_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_file_free);
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_file_free);
  self->left = imp_register_list_teaching_left (self->gate->people, session, error);
  self->pulled = self->left != NULL ? imp_gate_list_retired_cases_sync (self->gate, error) : NULL;
  return self->pulled != NULL;
}

/**
 * imp_gate_publish_teaching_sync:
 * @self: the gate
 * @session: the id of a session
 * @folder: where its pictures were released to
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes a page, a table of captions and one receipt for all that left with the session and lies in
 * @folder as it left: all three, or none. Case texts are judged anew; captions are those that were
 * judged with their picture. Pictures that are asked back, and cases that have one, are not shown.
 *
 * Returns: (transfer full) (nullable): what was written, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REFUSED (a text tells who somebody is), %IMP_ERROR_TARGET, %IMP_ERROR_IO or an error
 * of the register
 */
ImpTeachingSet *
imp_gate_publish_teaching_sync (ImpGate *self, const char *session, GFile *folder,
                                GCancellable *cancellable, GError **error)
{
  g_auto (Folder) found = { .gate = self, .folder = folder, .cancellable = cancellable };
  g_autoptr (ImpTeachingSet) set = g_new0 (ImpTeachingSet, 1);

  if (!imp_gate_check_right (self, IMP_RIGHT_RELEASE, error) || !begin (&found, session, error))
    return NULL;
  for (guint i = 0; i < found.left->len; i++)
    if (!look_at (&found, g_ptr_array_index (found.left, i), error))
      return NULL;
  if (!check_others (&found, error) || !check_words (&found, error))
    return NULL;
  g_ptr_array_sort (found.shown, imp_teaching_file_compare);
  g_ptr_array_sort (found.retired, imp_teaching_file_compare);
  set->n_pictures = found.shown->len;
  set->retired = list_names (found.retired);
  if (found.shown->len + found.retired->len > 0 && !publish (&found, set, error))
    return NULL;
  return g_steal_pointer (&set);
}

/**
 * imp_gate_find_left_sync:
 * @self: the gate
 * @digest: of a request, as it was rehearsed
 * @file: where it is to go
 * @cancellable: (nullable): to stop it
 *
 * Whoever was stopped after a picture had left, and before they noted it, finds it again.
 *
 * Returns: (transfer full) (nullable): the ledger's id of the export that did exactly what @digest
 *   stands for, and whose bytes @file has; %NULL where there is none, or that cannot be told
 */
char *
imp_gate_find_left_sync (ImpGate *self, const char *digest, GFile *file, GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, cancellable, NULL, NULL);
  g_autofree char *hash = bytes != NULL ? imp_hash_bytes (bytes) : NULL;
  const ImpCopyFilter filter = { .sha256 = hash };
  g_autoptr (GPtrArray) copies =
      hash != NULL ? imp_copies_list (self->ledger, &filter, NULL) : NULL;

  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      const ImpCopy *copy = g_ptr_array_index (copies, i);
      g_autoptr (ImpPaperExport) export = _imp_paper_export_new (self, copy->export_id, NULL);

      if (export != NULL && g_strcmp0 (_imp_paper_member (export->body, "digest"), digest) == 0)
        return g_strdup (copy->export_id);
    }
  return NULL;
}
