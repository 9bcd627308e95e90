#include "imp-set-release.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-error.h"
#include "imp-curation-private.h"
#include "imp-set-cases.h"
#include "imp-set-request.h"

#define THREADS_MAX 4

/* One picture. What changes is under the lock. */
typedef struct
{
  ImpCurationItem *item; /* owned */
  GHashTable *answers;   /* owned: char* → char* */
  char *person_id;       /* owned: "" where nobody knows */
  char *description;     /* owned: what was cleared */
  const char *route;

  ImpSetOutcome outcome;
  char *digest;       /* owned, nullable: what would leave */
  GPtrArray *reasons; /* owned: ImpReason */
  char *problem;      /* owned, nullable */
  char *name;         /* owned, nullable */
  char *export_id;    /* owned, nullable */
} Entry;

struct _ImpSetRelease
{
  GObject parent_instance;

  ImpGate *gate;     /* owned */
  char *id;          /* owned: of the session */
  char *destination; /* owned */
  ImpOrigin origin;
  GPtrArray *entries;    /* owned: Entry */
  ImpSetCases *cases;    /* owned */
  ImpTeachingSet *set;   /* owned, nullable: what went with the pictures of the last run */
  GMainContext *context; /* owned: where it is told of */

  GMutex lock;
  GCond resumed;
  gboolean paused; /* under lock */
};

G_DEFINE_FINAL_TYPE (ImpSetRelease, imp_set_release, G_TYPE_OBJECT)

static guint signal_entry_changed;

static void
entry_free (Entry *entry)
{
  imp_curation_item_free (entry->item);
  g_hash_table_unref (entry->answers);
  g_free (entry->person_id);
  g_free (entry->description);
  g_free (entry->digest);
  g_ptr_array_unref (entry->reasons);
  g_free (entry->problem);
  g_free (entry->name);
  g_free (entry->export_id);
  g_free (entry);
}

static void
imp_set_release_finalize (GObject *object)
{
  ImpSetRelease *self = IMP_SET_RELEASE (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->destination, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->cases, imp_set_cases_free);
  g_clear_pointer (&self->set, imp_teaching_set_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->resumed);
  G_OBJECT_CLASS (imp_set_release_parent_class)->finalize (object);
}

static void
imp_set_release_class_init (ImpSetReleaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_set_release_finalize;
  signal_entry_changed =
      g_signal_new ("entry-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
imp_set_release_init (ImpSetRelease *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->resumed);
}

/* ---- what is in it ---- */

/* A permission carries the consent route; without one only what nobody would recognise leaves. */
static Entry *
make_entry (ImpCuration *curation, guint index, GPtrArray *consent, GPtrArray *anonymised)
{
  const ImpStanding *standing = imp_curation_get_standing (curation, index);
  const gboolean permitted = standing != NULL && standing->kind == IMP_STANDING_PERMITTED;
  GPtrArray *questions = permitted ? consent : anonymised;
  Entry *entry = g_new0 (Entry, 1);

  entry->item = imp_curation_item_copy (imp_curation_get_item (curation, index));
  entry->description =
      imp_set_describe (entry->item, curation->now->patients, curation->now->answers);
  entry->route = permitted ? "consent" : "anonymised";
  entry->person_id =
      g_strdup (standing != NULL && standing->person_id != NULL ? standing->person_id : "");
  entry->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  entry->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      const char *answer = imp_curation_get_answer (curation, index, question);

      if (answer != NULL)
        g_hash_table_insert (entry->answers, g_strdup (question->key), g_strdup (answer));
    }
  return entry;
}

/**
 * imp_set_release_new:
 * @curation: a session
 * @origin: who asks
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): a batch of all that is cleared in it now, with what who is
 *   signed in has said of each, or %NULL with the errors of imp_gate_check_right() or
 *   imp_gate_questions()
 */
ImpSetRelease *
imp_set_release_new (ImpCuration *curation, ImpOrigin origin, GError **error)
{
  const ImpCurationRecord *record = imp_curation_get_record (curation);
  ImpGate *gate = imp_curation_get_gate (curation);
  g_autoptr (ImpSetRelease) self = NULL;
  g_autoptr (GPtrArray) consent = NULL;
  g_autoptr (GPtrArray) anonymised = NULL;

  if (!imp_gate_check_right (gate, IMP_RIGHT_RELEASE, error))
    return NULL;
  consent = imp_gate_questions (gate, "consent", record->destination, error);
  anonymised =
      consent != NULL ? imp_gate_questions (gate, "anonymised", record->destination, error) : NULL;
  if (anonymised == NULL)
    return NULL;
  self = g_object_new (IMP_TYPE_SET_RELEASE, NULL);
  self->cases = imp_set_cases_new (gate, error);
  if (self->cases == NULL)
    return NULL;
  self->gate = g_object_ref (gate);
  self->id = g_strdup (record->id);
  self->destination = g_strdup (record->destination);
  self->origin = origin;
  for (guint i = 0; i < imp_curation_get_n_items (curation); i++)
    if (imp_curation_get_item (curation, i)->state == IMP_CURATION_CLEARED)
      g_ptr_array_add (self->entries, make_entry (curation, i, consent, anonymised));
  return g_steal_pointer (&self);
}

/**
 * imp_set_release_get_n_entries:
 * @self: a batch
 *
 * Returns: how many pictures are in it
 */
guint
imp_set_release_get_n_entries (ImpSetRelease *self)
{
  return self->entries->len;
}

/**
 * imp_set_release_get_outcome:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: what became of it so far
 */
ImpSetOutcome
imp_set_release_get_outcome (ImpSetRelease *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return ((const Entry *)g_ptr_array_index (self->entries, index))->outcome;
}

/**
 * imp_set_release_count:
 * @self: a batch
 * @outcome: what may become of a picture
 *
 * Returns: of how many it did
 */
guint
imp_set_release_count (ImpSetRelease *self, ImpSetOutcome outcome)
{
  guint count = 0;

  for (guint i = 0; i < self->entries->len; i++)
    count += imp_set_release_get_outcome (self, i) == outcome;
  return count;
}

/**
 * imp_set_release_get_item:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: its row in the session
 */
gint64
imp_set_release_get_item (ImpSetRelease *self, guint index)
{
  return ((const Entry *)g_ptr_array_index (self->entries, index))->item->id;
}

/**
 * imp_set_release_get_route:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: (transfer none): "consent" or "anonymised"
 */
const char *
imp_set_release_get_route (ImpSetRelease *self, guint index)
{
  return ((const Entry *)g_ptr_array_index (self->entries, index))->route;
}

/**
 * imp_set_release_dup_problem:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: (transfer full) (nullable): why it failed, in words
 */
char *
imp_set_release_dup_problem (ImpSetRelease *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (((const Entry *)g_ptr_array_index (self->entries, index))->problem);
}

/**
 * imp_set_release_ref_reasons:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: (transfer full) (element-type ImpReason): what refuses it, perhaps nothing
 */
GPtrArray *
imp_set_release_ref_reasons (ImpSetRelease *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_ptr_array_ref (((Entry *)g_ptr_array_index (self->entries, index))->reasons);
}

/**
 * imp_set_release_dup_name:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: (transfer full) (nullable): the name of the file that it left as
 */
char *
imp_set_release_dup_name (ImpSetRelease *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (((const Entry *)g_ptr_array_index (self->entries, index))->name);
}

/**
 * imp_set_release_dup_export_id:
 * @self: a batch
 * @index: of a picture in it
 *
 * Returns: (transfer full) (nullable): the ledger's id of its release
 */
char *
imp_set_release_dup_export_id (ImpSetRelease *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (((const Entry *)g_ptr_array_index (self->entries, index))->export_id);
}

/* ---- how it goes on ---- */

/* Several at once: each worker takes the next picture. */
typedef struct
{
  ImpSetRelease *self;
  GCancellable *cancellable; /* nullable */
  GFile *folder;             /* nullable: to rehearse */
  const char *release_id;    /* nullable: likewise */
} Run;

typedef struct
{
  ImpSetRelease *self; /* owned */
  guint index;
} Told;

static void
told_free (Told *told)
{
  g_object_unref (told->self);
  g_free (told);
}

static gboolean
tell (gpointer data)
{
  const Told *told = data;

  g_signal_emit (told->self, signal_entry_changed, 0, told->index);
  return G_SOURCE_REMOVE;
}

/* Takes problem and reasons; those of before go. */
static void
settle (ImpSetRelease *self, guint index, ImpSetOutcome outcome, GPtrArray *reasons,
        const GError *problem)
{
  Entry *entry = g_ptr_array_index (self->entries, index);
  g_autoptr (GSource) source = g_idle_source_new ();
  Told *told = g_new0 (Told, 1);

  g_mutex_lock (&self->lock);
  entry->outcome = outcome;
  g_ptr_array_unref (entry->reasons);
  entry->reasons = reasons != NULL
                       ? g_ptr_array_ref (reasons)
                       : g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  g_free (entry->problem);
  entry->problem = problem != NULL ? g_strdup (problem->message) : NULL;
  g_mutex_unlock (&self->lock);
  told->self = g_object_ref (self);
  told->index = index;
  g_source_set_callback (source, tell, told, (GDestroyNotify)told_free);
  g_source_attach (source, self->context);
}

static ImpRequest *
make_request (const Run *run, const Entry *entry, GError **error)
{
  ImpRequest *request =
      imp_set_request_new (entry->item, run->self->origin, run->cancellable, error);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  if (request == NULL)
    return NULL;
  imp_request_set_destination (request, run->self->destination);
  imp_request_set_route (request, entry->route);
  imp_request_set_person (request, entry->person_id);
  g_hash_table_iter_init (&iter, entry->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    imp_request_set_answer (request, key, value);
  imp_set_cases_add_words (run->self->cases, entry->item, request);
  return request;
}

/* What the gate says of the picture, and of its case. */
static GPtrArray *
judge_case (const Run *run, const Entry *entry, ImpRequest *request, const ImpRehearsal *rehearsal,
            GError **error)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);

  for (guint i = 0; i < rehearsal->reasons->len; i++)
    g_ptr_array_add (reasons, imp_reason_copy (g_ptr_array_index (rehearsal->reasons, i)));
  if (!imp_set_cases_judge (run->self->cases, run->self->gate, entry->item, request,
                            run->self->origin, reasons, error))
    return NULL;
  return g_steal_pointer (&reasons);
}

static void
rehearse_one (const Run *run, guint index)
{
  Entry *entry = g_ptr_array_index (run->self->entries, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpRequest) request = make_request (run, entry, &error);
  g_autoptr (ImpRehearsal) rehearsal =
      request != NULL ? imp_gate_rehearse_sync (run->self->gate, request, run->cancellable, &error)
                      : NULL;

  if (rehearsal != NULL)
    reasons = judge_case (run, entry, request, rehearsal, &error);
  if (reasons == NULL)
    {
      settle (run->self, index,
              g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED) ? IMP_SET_WAITING
                                                                      : IMP_SET_FAILED,
              NULL, error);
      return;
    }
  g_free (entry->digest);
  entry->digest = g_strdup (rehearsal->digest);
  settle (run->self, index,
          rehearsal->allowed && reasons->len == rehearsal->reasons->len ? IMP_SET_ALLOWED
                                                                        : IMP_SET_REFUSED,
          reasons, NULL);
}

static const ImpCurationItem *
find_item (GPtrArray *items, gint64 id)
{
  for (guint i = 0; i < items->len; i++)
    if (((const ImpCurationItem *)g_ptr_array_index (items, i))->id == id)
      return g_ptr_array_index (items, i);
  return NULL;
}

/* What fell back since the batch was made leaves no more, whoever made it fall back; nor what was
 * cleared once more as something else. */
static gboolean
is_still_cleared (const Run *run, const Entry *entry, GError **error)
{
  ImpRegister *reg = imp_gate_get_register (run->self->gate);
  g_autoptr (GPtrArray) items = imp_register_list_curation_items (reg, run->self->id, error);
  g_autoptr (GPtrArray) patients =
      items != NULL ? imp_register_list_curation_patients (reg, run->self->id, error) : NULL;
  g_autoptr (GPtrArray) answers =
      patients != NULL ? imp_register_list_curation_answers (reg, run->self->id, error) : NULL;
  const ImpCurationItem *item = NULL;
  g_autofree char *description = NULL;

  if (answers == NULL)
    return FALSE;
  item = find_item (items, entry->item->id);
  if (item != NULL && item->state == IMP_CURATION_CLEARED)
    description = imp_set_describe (item, patients, answers);
  if (g_strcmp0 (description, entry->description) == 0
      && imp_set_cases_is_current (run->self->cases, run->self->gate, entry->item, item))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                       _ ("The picture is no longer cleared: look at it again"));
  return FALSE;
}

/* Returns the export's id. Where exactly this left before somebody was stopped, that is it. */
static char *
release (const Run *run, Entry *entry, const char *name, GPtrArray **reasons, GError **error)
{
  g_autoptr (GFile) target = g_file_get_child (run->folder, name);
  g_autoptr (ImpRequest) request = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  char *found = NULL;

  if (!is_still_cleared (run, entry, error))
    return NULL;
  found = imp_gate_find_left_sync (run->self->gate, entry->digest, target, run->cancellable);
  if (found != NULL)
    return found;
  request = make_request (run, entry, error);
  if (request == NULL)
    return NULL;
  imp_request_set_target (request, target);
  imp_request_set_approved_digest (request, entry->digest);
  receipt = imp_gate_release_sync (run->self->gate, request, run->cancellable, reasons, error);
  return receipt != NULL ? g_strdup (receipt->ledger_id) : NULL;
}

/* A picture that left has left, even where the session could not be told. */
static void
release_one (const Run *run, guint index)
{
  Entry *entry = g_ptr_array_index (run->self->entries, index);
  g_autofree char *name = imp_set_cases_make_name (run->self->cases, entry->item);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autofree char *export_id = release (run, entry, name, &reasons, &error);
  ImpRegister *reg = imp_gate_get_register (run->self->gate);
  g_autoptr (GError) unnoted = NULL;

  if (export_id == NULL && g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    return;
  if (export_id != NULL)
    {
      g_mutex_lock (&run->self->lock);
      entry->name = g_strdup (name);
      entry->export_id = g_strdup (export_id);
      g_mutex_unlock (&run->self->lock);
    }
  imp_register_note_teaching_release (reg, run->release_id, entry->item->id, name, export_id,
                                      export_id != NULL ? NULL : error->message, &unnoted);
  if (export_id != NULL)
    settle (run->self, index, IMP_SET_EXPORTED, NULL, unnoted);
  else
    settle (run->self, index, reasons != NULL ? IMP_SET_REFUSED : IMP_SET_FAILED, reasons, error);
}

static void
work (gpointer data, gpointer user_data)
{
  const Run *run = user_data;
  const guint index = GPOINTER_TO_UINT (data) - 1;

  g_mutex_lock (&run->self->lock);
  while (run->self->paused && !g_cancellable_is_cancelled (run->cancellable))
    g_cond_wait_until (&run->self->resumed, &run->self->lock,
                       g_get_monotonic_time () + G_TIME_SPAN_SECOND / 4);
  g_mutex_unlock (&run->self->lock);
  if (g_cancellable_is_cancelled (run->cancellable))
    return;
  if (run->folder != NULL)
    release_one (run, index);
  else
    rehearse_one (run, index);
}

static gboolean
go (Run *run, ImpSetOutcome from, GError **error)
{
  ImpSetRelease *self = run->self;
  const int n_threads = (int)CLAMP (g_get_num_processors (), 1, THREADS_MAX);
  GThreadPool *pool = g_thread_pool_new (work, run, n_threads, TRUE, error);

  if (pool == NULL)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (from == IMP_SET_WAITING ? imp_set_release_get_outcome (self, i) != IMP_SET_EXPORTED
                                : imp_set_release_get_outcome (self, i) == from)
      g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (!g_cancellable_is_cancelled (run->cancellable))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED,
                       _ ("Stopped: what had left is in the list"));
  return FALSE;
}

/* Where nothing left now, the page of before is still true; one that is missing is made. */
static gboolean
publish (const Run *run, GError **error)
{
  g_autoptr (GFile) index = g_file_get_child (run->folder, "index.html");

  g_clear_pointer (&run->self->set, imp_teaching_set_free);
  if (imp_set_release_count (run->self, IMP_SET_EXPORTED) == 0
      && g_file_query_exists (index, run->cancellable))
    return TRUE;
  run->self->set = imp_gate_publish_teaching_sync (run->self->gate, run->self->id, run->folder,
                                                   run->cancellable, error);
  return run->self->set != NULL;
}

/**
 * imp_set_release_rehearse_sync:
 * @self: a batch
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Judges every picture that has not left. Blocks.
 *
 * Returns: whether all were, however they were judged; else %IMP_ERROR_CANCELLED
 */
gboolean
imp_set_release_rehearse_sync (ImpSetRelease *self, GCancellable *cancellable, GError **error)
{
  Run run = { self, cancellable, NULL, NULL };

  return go (&run, IMP_SET_WAITING, error);
}

/**
 * imp_set_release_run_sync:
 * @self: a batch that was rehearsed
 * @folder: a folder that is there
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Releases each picture that would leave, as it was rehearsed, under a neutral name: its case's
 * number and its place there. One that fails, as another file has its name, stops no other. At the
 * end comes what goes with them: imp_set_release_get_set(). Whoever was stopped goes on by running
 * it again into the same folder. Blocks.
 *
 * Returns: whether it came to the end, whatever became of each; else %IMP_ERROR_CANCELLED,
 *   %IMP_ERROR_TARGET (no such folder), an error of the register or of
 *   imp_gate_publish_teaching_sync(): the pictures have left then
 */
gboolean
imp_set_release_run_sync (ImpSetRelease *self, GFile *folder, GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *release_id = NULL;
  Run run = { self, cancellable, folder, NULL };

  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_TARGET,
                           _ ("The folder for the pictures does not exist: make it first"));
      return FALSE;
    }
  if (!imp_gate_check_right (self->gate, IMP_RIGHT_RELEASE, error))
    return FALSE;
  release_id =
      imp_register_begin_teaching_release (imp_gate_get_register (self->gate), self->id, error);
  run.release_id = release_id;
  return release_id != NULL && go (&run, IMP_SET_ALLOWED, error) && publish (&run, error);
}

/**
 * imp_set_release_get_set:
 * @self: a batch that does not run
 *
 * Returns: (transfer none) (nullable): what was written beside the pictures; %NULL where nothing
 * was
 */
const ImpTeachingSet *
imp_set_release_get_set (ImpSetRelease *self)
{
  return self->set;
}

/**
 * imp_set_release_set_paused:
 * @self: a batch
 * @paused: whether no further picture is begun
 */
void
imp_set_release_set_paused (ImpSetRelease *self, gboolean paused)
{
  g_mutex_lock (&self->lock);
  self->paused = paused;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->lock);
}

/* ---- in a worker thread ---- */

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  gboolean done = data != NULL ? imp_set_release_run_sync (source, data, cancellable, &error)
                               : imp_set_release_rehearse_sync (source, cancellable, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
start (ImpSetRelease *self, gpointer tag, GFile *folder, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  if (folder != NULL)
    g_task_set_task_data (task, g_object_ref (folder), g_object_unref);
  g_task_run_in_thread (task, run_thread);
}

/**
 * imp_set_release_rehearse_async:
 * @self: a batch
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_set_release_rehearse_sync() in a worker thread.
 */
void
imp_set_release_rehearse_async (ImpSetRelease *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, imp_set_release_rehearse_async, NULL, cancellable, callback, user_data);
}

/**
 * imp_set_release_run_async:
 * @self: a batch that was rehearsed
 * @folder: a folder that is there
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_set_release_run_sync() in a worker thread.
 */
void
imp_set_release_run_async (ImpSetRelease *self, GFile *folder, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, imp_set_release_run_async, folder, cancellable, callback, user_data);
}

/**
 * imp_set_release_finish:
 * @self: a batch
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: as imp_set_release_rehearse_sync() or imp_set_release_run_sync()
 */
gboolean
imp_set_release_finish (ImpSetRelease *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
