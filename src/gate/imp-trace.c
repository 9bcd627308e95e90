#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "gate-trace.h"
#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-form.h"

/* ---- what is out there ---- */

/**
 * imp_gate_list_copies_sync:
 * @self: a gate
 * @filter: which copies
 * @error: where to put the error
 *
 * Whose work it is sees what left of one person, by one export or permission, what is to be taken
 * down and what has no place yet; the list of everything is for keepers and auditors.
 *
 * Returns: (transfer container) (element-type ImpCopy) (nullable): the copies, newest first, or
 *   those longest untouched first where only tasks are asked for; %NULL with an error of the
 *   register
 */
GPtrArray *
imp_gate_list_copies_sync (ImpGate *self, const ImpCopyFilter *filter, GError **error)
{
  const ImpRight right = filter->person_id != NULL || filter->permission_id != NULL
                                 || filter->export_id != NULL || filter->with_task
                                 || filter->without_place
                             ? IMP_RIGHT_TRACE
                             : IMP_RIGHT_AUDIT;

  if (!imp_register_check_reader (self->people, error)
      || !imp_gate_check_right (self, right, error))
    return NULL;
  return imp_copies_list (self->ledger, filter, error);
}

typedef struct
{
  char *texts[4]; /* owned */
  ImpCopyFilter filter;
} Listing;

static void
listing_free (Listing *listing)
{
  for (guint i = 0; i < G_N_ELEMENTS (listing->texts); i++)
    g_free (listing->texts[i]);
  g_free (listing);
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Listing *listing = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *copies = imp_gate_list_copies_sync (source, &listing->filter, &error);

  if (copies == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, copies, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * imp_gate_list_copies_async:
 * @self: a gate
 * @filter: which copies; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_list_copies_sync() in a worker thread.
 */
void
imp_gate_list_copies_async (ImpGate *self, const ImpCopyFilter *filter, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->filter = *filter;
  listing->filter.export_id = listing->texts[0] = g_strdup (filter->export_id);
  listing->filter.person_id = listing->texts[1] = g_strdup (filter->person_id);
  listing->filter.permission_id = listing->texts[2] = g_strdup (filter->permission_id);
  listing->filter.sha256 = listing->texts[3] = g_strdup (filter->sha256);
  g_task_set_source_tag (task, imp_gate_list_copies_async);
  g_task_set_task_data (task, listing, (GDestroyNotify)listing_free);
  g_task_run_in_thread (task, list_thread);
}

/**
 * imp_gate_list_copies_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpCopy) (nullable): as imp_gate_list_copies_sync()
 */
GPtrArray *
imp_gate_list_copies_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_gate_get_copy:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what that export left behind, or %NULL with
 *   %IMP_ERROR_NOT_FOUND, or the errors of imp_gate_check_right()
 */
ImpCopy *
imp_gate_get_copy (ImpGate *self, const char *export_id, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_TRACE, error)
             ? imp_copies_get (self->ledger, export_id, error)
             : NULL;
}

/**
 * imp_gate_set_copy_place:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @name: (nullable): the journal, platform or course
 * @urls: (array zero-terminated=1) (nullable): web addresses
 * @dois: (array zero-terminated=1) (nullable): DOIs
 * @replace: whether they stand for those known so far
 * @error: where to put the error
 *
 * Answers "Where did it go?". It may be said by who releases and by who keeps the register.
 *
 * Returns: whether it was recorded, else as imp_copies_set_place()
 */
gboolean
imp_gate_set_copy_place (ImpGate *self, const char *export_id, const char *name,
                         const char *const *urls, const char *const *dois, gboolean replace,
                         GError **error)
{
  return (imp_gate_check_right (self, IMP_RIGHT_RELEASE, NULL)
          || imp_gate_check_right (self, IMP_RIGHT_KEEP, error))
         && imp_copies_set_place (self->ledger, export_id, name, urls, dois, replace, error);
}

/* ---- what is asked back ---- */

/**
 * imp_gate_chase_takedown:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @day: (nullable): when somebody was asked, "YYYY-MM-DD"; %NULL for today
 * @how: (nullable): how, and whom
 * @error: where to put the error
 *
 * Records that somebody was asked to take the picture down.
 *
 * Returns: whether it was recorded, else as imp_copies_chase()
 */
gboolean
imp_gate_chase_takedown (ImpGate *self, const char *export_id, const char *day, const char *how,
                         GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_copies_chase (self->ledger, export_id, day, how, error);
}

/**
 * imp_gate_settle_takedown:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @state: %IMP_COPY_REMOVED or %IMP_COPY_CANNOT_BE_REMOVED
 * @note: (nullable): who said so, or why it stays
 * @error: where to put the error
 *
 * Ends the task of a copy.
 *
 * Returns: whether it was recorded, else as imp_copies_settle()
 */
gboolean
imp_gate_settle_takedown (ImpGate *self, const char *export_id, ImpCopyState state,
                          const char *note, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_copies_settle (self->ledger, export_id, state, note, error);
}

/**
 * imp_gate_drop_takedown:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @note: why the copy may stay
 * @error: where to put the error
 *
 * Ends the task of a copy that may stay after all.
 *
 * Returns: whether it was recorded, else as imp_copies_drop_task()
 */
gboolean
imp_gate_drop_takedown (ImpGate *self, const char *export_id, const char *note, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_copies_drop_task (self->ledger, export_id, note, error);
}

static void
add_places (GString *letter, const ImpCopy *copy)
{
  if (copy->name != NULL && *copy->name != '\0')
    g_string_append_printf (letter, _ ("  in: %s\n"), copy->name);
  for (guint i = 0; copy->dois[i] != NULL; i++)
    g_string_append_printf (letter, "  https://doi.org/%s\n", copy->dois[i]);
  for (guint i = 0; copy->urls[i] != NULL; i++)
    g_string_append_printf (letter, "  %s\n", copy->urls[i]);
}

/**
 * imp_gate_write_takedown_letter:
 * @self: a gate
 * @export_id: the ledger id of a receipt
 * @error: where to put the error
 *
 * Writes to whom the picture went. The letter says nothing of the person: neither who it is nor
 * why, only which picture is meant.
 *
 * Returns: (transfer full) (nullable): plain text, a line for each paragraph, with gaps in square
 *   brackets for who signs it, or %NULL as imp_gate_get_copy()
 */
char *
imp_gate_write_takedown_letter (ImpGate *self, const char *export_id, GError **error)
{
  g_autoptr (ImpCopy) copy = imp_gate_get_copy (self, export_id, error);
  g_autofree char *released =
      copy != NULL ? g_strndup (copy->released, strlen ("YYYY-MM-DD")) : NULL;
  g_autofree char *day = imp_form_day (released);
  g_autofree char *now = imp_clock_today ();
  g_autofree char *today = imp_form_day (now);
  g_autoptr (GString) letter = g_string_new (NULL);

  if (copy == NULL)
    return NULL;
  g_string_append_printf (letter,
                          _ ("[Your name, post, department and address]\n%s\n\n"
                             "Request to remove a picture\n\nDear Sir or Madam,\n\n"),
                          today);
  g_string_append_printf (letter,
                          _ ("On %s we released a clinical picture, which you published or hold:\n"
                             "\n"),
                          day);
  add_places (letter, copy);
  g_string_append_printf (letter, _ ("  our reference: %s\n"), copy->export_id);
  if (copy->sha256 != NULL)
    g_string_append_printf (letter, _ ("  SHA-256 of the file as released: %s\n"), copy->sha256);
  g_string_append (
      letter,
      _ ("\nThe person shown may decide at any time that it is no longer used, and we have to "
         "act on that without delay. Please\n\n"
         "  - remove the picture wherever you publish it, with smaller versions and copies held "
         "for speed, and ask search engines and those you passed it on to to do the same;\n"
         "  - delete the copies you hold, unless the law obliges you to keep them;\n"
         "  - tell us within seven days what was removed, and what cannot be and why.\n\n"
         "Please do not publish this letter, and do not try to find out who the person is.\n\n"
         "Yours faithfully,\n\n[Name and post]\n"));
  return g_string_free (g_steal_pointer (&letter), FALSE);
}
