/* Curation sessions: what a person does in them. One gesture is one transaction. */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-curation.h"
#include "imp-register-private.h"

/* Runs a statement about one picture that has to be there. */
static gboolean
change_item (ImpRegister *self, GError **error, const char *sql, GVariant *parameters)
{
  gint64 n_changed = 0;

  if (!imp_store_run (self->store, error, sql, parameters, &n_changed))
    return FALSE;
  if (n_changed > 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This picture is no longer in the session: open the session again"));
  return FALSE;
}

/* ---- what is shown and covered ---- */

static void
add_box (ImpRow *row, gpointer user_data)
{
  ImpCurationBox box = {
    (int)imp_row_integer (row, 0), (int)imp_row_integer (row, 1), (int)imp_row_integer (row, 2),
    (int)imp_row_integer (row, 3), (int)imp_row_integer (row, 4),
  };

  g_array_append_val ((GArray *)user_data, box);
}

static gboolean
is_same (const GArray *one, const GArray *other)
{
  for (guint i = 0; one->len == other->len && i < one->len; i++)
    {
      const ImpCurationBox *first = &g_array_index (one, ImpCurationBox, i);
      const ImpCurationBox *second = &g_array_index (other, ImpCurationBox, i);

      if (first->frame != second->frame || first->x != second->x || first->y != second->y
          || first->width != second->width || first->height != second->height)
        return FALSE;
    }
  return one->len == other->len;
}

/* Boxes that are the same are left alone: nothing falls back for them. The new ones come first, so
 * that a picture that stays covered never falls back further than that. */
static gboolean
save_boxes (ImpRegister *self, const ImpCurationItem *item, GError **error)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (ImpCurationBox));
  gboolean done =
      imp_register_query (self, error,
                          "SELECT frame, x, y, width, height FROM curation_box WHERE item_id = ? "
                          "ORDER BY id",
                          g_variant_new ("(x)", item->id), add_box, before);

  if (!done || is_same (before, item->boxes))
    return done;
  for (guint i = 0; done && i < item->boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (item->boxes, ImpCurationBox, i);

      done = imp_store_run (self->store, error,
                            "INSERT INTO curation_box (item_id, frame, x, y, width, height) "
                            "VALUES (?, ?, ?, ?, ?, ?)",
                            g_variant_new ("(xxxxxx)", item->id, (gint64)box->frame, (gint64)box->x,
                                           (gint64)box->y, (gint64)box->width, (gint64)box->height),
                            NULL);
    }
  return done
         && imp_store_run (self->store, error,
                           "DELETE FROM curation_box WHERE item_id = ?1 AND id NOT IN (SELECT id "
                           "FROM curation_box WHERE item_id = ?1 ORDER BY id DESC LIMIT ?2)",
                           g_variant_new ("(xx)", item->id, (gint64)item->boxes->len), NULL);
}

static gboolean
save_item (ImpRegister *self, const ImpCurationItem *item, GError **error)
{
  g_autofree char *crop = item->crop.width > 0
                              ? g_strdup_printf ("%d,%d,%d,%d", item->crop.x, item->crop.y,
                                                 item->crop.width, item->crop.height)
                              : NULL;

  return change_item (self, error,
                      "UPDATE curation_item SET crop = ?2, voi = ?3, n_frames = ?4, page = ?5, "
                      "frame = ?6, changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
                      g_variant_new ("(xmsmsxxx)", item->id, crop, item->voi,
                                     (gint64)item->n_frames, (gint64)item->page,
                                     (gint64)item->frame))
         && save_boxes (self, item, error);
}

/**
 * imp_register_save_curation_items:
 * @self: a register
 * @items: (element-type ImpCurationItem): pictures of a session
 * @error: where to put the error
 *
 * Keeps what each of them shows and covers: all of them, or none. One that was cleared and has
 * changed falls back; nothing else of its state is changed.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_save_curation_items (ImpRegister *self, GPtrArray *items, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = TRUE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  for (guint i = 0; done && i < items->len; i++)
    done = save_item (self, g_ptr_array_index (items, i), error);
  return imp_register_end (self, joined, done, error);
}

/* ---- how far it is ---- */

/**
 * imp_register_set_curation_state:
 * @self: a register
 * @item_id: a picture of a session
 * @state: any but %IMP_CURATION_EXPORTED, which follows from the ledger
 * @reason: (nullable): why it is set aside, in words; only for %IMP_CURATION_SET_ASIDE
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (no reason, or a rule of
 *   the schema), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_curation_state (ImpRegister *self, gint64 item_id, ImpCurationState state,
                                 const char *reason, GError **error)
{
  const gboolean aside = state == IMP_CURATION_SET_ASIDE;
  g_autofree char *trimmed = NULL;

  if (!imp_register_check_text (&reason, 1, error))
    return FALSE;
  trimmed = aside && reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  if (aside && (trimmed == NULL || *trimmed == '\0'))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("Say why the picture is set aside"));
      return FALSE;
    }
  return change_item (
      self, error,
      "UPDATE curation_item SET state = ?2, reason = ?3, export_id = NULL, "
      "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
      g_variant_new ("(xsms)", item_id, imp_curation_state_to_text (state), trimmed));
}

/**
 * imp_register_note_curation_export:
 * @self: a register
 * @item_id: a picture of a session
 * @export_id: the ledger's, of a release that is done
 * @error: where to put the error
 *
 * Says that a picture left as it is now, for itself and for its case.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (the ledger has no such
 *   release), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_note_curation_export (ImpRegister *self, gint64 item_id, const char *export_id,
                                   GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = change_item (self, error,
                      "UPDATE curation_item SET state = 'exported', reason = NULL, export_id = ?2, "
                      "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
                      g_variant_new ("(xs)", item_id, export_id))
         && imp_store_run (self->store, error,
                           "UPDATE teaching_image SET export_id = ?2, sha256 = "
                           "(SELECT sha256 FROM curation_item WHERE id = ?1) WHERE item_id = ?1",
                           g_variant_new ("(xs)", item_id, export_id), NULL);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_note_curation_seen:
 * @self: a register
 * @item_id: a picture of a session
 * @percent: how much of what would leave was on screen at full size
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_note_curation_seen (ImpRegister *self, gint64 item_id, int percent, GError **error)
{
  return change_item (self, error, "UPDATE curation_item SET seen = max(seen, ?2) WHERE id = ?1",
                      g_variant_new ("(xx)", item_id, (gint64)CLAMP (percent, 0, 100)));
}

/**
 * imp_register_begin_teaching_release:
 * @self: a register
 * @id: the session whose pictures leave
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the id of a batch without pictures, or %NULL with
 *   %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
char *
imp_register_begin_teaching_release (ImpRegister *self, const char *id, GError **error)
{
  g_autofree char *release_id = imp_id_new ();

  if (!imp_store_run (self->store, error,
                      "INSERT INTO teaching_release (id, curation_id) VALUES (?, ?)",
                      g_variant_new ("(ss)", release_id, id), NULL))
    return NULL;
  return g_steal_pointer (&release_id);
}

/**
 * imp_register_note_teaching_release:
 * @self: a register
 * @release_id: a batch
 * @item_id: a picture of its session
 * @name: the neutral name of its file
 * @export_id: (nullable): the ledger's, where it left
 * @problem: (nullable): why it did not, in words; one of both
 * @error: where to put the error
 *
 * Says what became of one picture of a batch. One that left is exported from now on.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_note_teaching_release (ImpRegister *self, const char *release_id, gint64 item_id,
                                    const char *name, const char *export_id, const char *problem,
                                    GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = (export_id == NULL || imp_register_note_curation_export (self, item_id, export_id, error))
         && imp_store_run (
             self->store, error,
             "INSERT INTO teaching_release_image (release_id, image_id, case_number, name, "
             "export_id, problem) VALUES (?1, "
             "(SELECT id FROM teaching_image WHERE item_id = ?2), "
             "(SELECT number FROM teaching_case JOIN teaching_image ON case_id = teaching_case.id "
             "WHERE item_id = ?2), ?3, ?4, ?5)",
             g_variant_new ("(sxsmsms)", release_id, item_id, name, export_id, problem), NULL);
  return imp_register_end (self, joined, done, error);
}

/* ---- its file ---- */

/**
 * imp_register_set_curation_file:
 * @self: a register
 * @item: a picture of a session, with the path, the entry and the hash of its file
 * @error: where to put the error
 *
 * Says where the file of a picture lies, and what its bytes hash to.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_curation_file (ImpRegister *self, const ImpCurationItem *item, GError **error)
{
  return change_item (self, error,
                      "UPDATE curation_item SET path = ?2, entry = ?3, sha256 = ?4, "
                      "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
                      g_variant_new ("(xsmsms)", item->id, item->path, item->entry, item->sha256));
}

/**
 * imp_register_restart_curation_item:
 * @self: a register
 * @item: a picture of a session whose file has other bytes now, with their hash
 * @error: where to put the error
 *
 * Makes it new: what was covered and said was of another picture.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_restart_curation_item (ImpRegister *self, const ImpCurationItem *item, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = imp_store_run (self->store, error, "DELETE FROM curation_box WHERE item_id = ?",
                        g_variant_new ("(x)", item->id), NULL)
         && imp_store_run (self->store, error, "DELETE FROM curation_answer WHERE item_id = ?",
                           g_variant_new ("(x)", item->id), NULL)
         && change_item (self, error,
                         "UPDATE curation_item SET state = 'new', reason = NULL, crop = NULL, "
                         "voi = NULL, page = 0, frame = 0, export_id = NULL, sha256 = ?2, "
                         "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1",
                         g_variant_new ("(xms)", item->id, item->sha256));
  return imp_register_end (self, joined, done, error);
}

/* ---- what was answered ---- */

/**
 * imp_register_set_curation_answer:
 * @self: a register
 * @id: a session's id
 * @answer: what is said, and of whom or what; a %NULL value takes it back
 * @error: where to put the error
 *
 * Keeps what who is signed in says. What it speaks of and was cleared falls back.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_curation_answer (ImpRegister *self, const char *id,
                                  const ImpCurationAnswer *answer, GError **error)
{
  const char *const texts[] = { answer->key, answer->value };

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (answer->value == NULL)
    return imp_store_run (
        self->store, error,
        "DELETE FROM curation_answer WHERE curation_id = ?1 AND coalesce(patient_id, 0) = ?2 "
        "AND coalesce(case_id, 0) = ?3 AND coalesce(item_id, 0) = ?4 "
        "AND answered_by = coalesce(imp_actor (), '') AND key = ?5",
        g_variant_new ("(sxxxs)", id, answer->patient_id, answer->case_id, answer->item_id,
                       answer->key),
        NULL);
  return imp_store_run (
      self->store, error,
      "INSERT INTO curation_answer (curation_id, patient_id, case_id, item_id, key, value, pixels) "
      "VALUES (?1, nullif(?2, 0), nullif(?3, 0), nullif(?4, 0), ?5, ?6, ?7) "
      "ON CONFLICT (curation_id, coalesce(patient_id, 0), coalesce(case_id, 0), "
      "coalesce(item_id, 0), answered_by, key) DO UPDATE SET value = excluded.value",
      g_variant_new ("(sxxxssb)", id, answer->patient_id, answer->case_id, answer->item_id,
                     answer->key, answer->value, answer->pixels),
      NULL);
}

static void
add_answer (ImpRow *row, gpointer user_data)
{
  ImpCurationAnswer *answer = g_new0 (ImpCurationAnswer, 1);

  answer->patient_id = imp_row_integer (row, 0);
  answer->case_id = imp_row_integer (row, 1);
  answer->item_id = imp_row_integer (row, 2);
  answer->key = g_strdup (imp_row_text (row, 3));
  answer->value = g_strdup (imp_row_text (row, 4));
  answer->pixels = imp_row_integer (row, 5) != 0;
  g_ptr_array_add (user_data, answer);
}

/**
 * imp_register_list_curation_answers:
 * @self: a register
 * @id: a session's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpCurationAnswer) (nullable): what who is signed in has
 *   said in it, or %NULL with %IMP_ERROR_REFUSED, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_curation_answers (ImpRegister *self, const char *id, GError **error)
{
  g_autoptr (GPtrArray) answers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_answer_free);

  if (!imp_register_query (self, error,
                           "SELECT coalesce(patient_id, 0), coalesce(case_id, 0), "
                           "coalesce(item_id, 0), key, value, pixels FROM curation_answer "
                           "WHERE curation_id = ? AND answered_by = coalesce(imp_actor (), '') "
                           "ORDER BY id",
                           g_variant_new ("(s)", id), add_answer, answers))
    return NULL;
  return g_steal_pointer (&answers);
}
