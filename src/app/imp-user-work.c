#include "imp-user-work.h"

#include <stdlib.h>

#include "imp-register-look-ups.h"
#include "imp-views.h"

#define IDLE_SETTING "idle-lock-minutes"
#define IDLE_DEFAULT 10
#define IDLE_MOST 240

/**
 * imp_user_roll_free:
 * @roll: (transfer full) (nullable): a roll
 */
void
imp_user_roll_free (ImpUserRoll *roll)
{
  if (roll == NULL)
    return;
  g_clear_pointer (&roll->users, g_ptr_array_unref);
  g_clear_pointer (&roll->me, imp_user_free);
  g_free (roll->refusal);
  g_free (roll);
}

/**
 * imp_user_roll_count:
 * @roll: a roll
 * @roles: #ImpRole flags; 0 for all users
 *
 * Returns: how many users who were not removed have one of @roles
 */
guint
imp_user_roll_count (const ImpUserRoll *roll, guint roles)
{
  guint n = 0;

  for (guint i = 0; i < roll->users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (roll->users, i);

      n += user->active && (roles == 0 || (user->roles & roles) != 0) ? 1 : 0;
    }
  return n;
}

/**
 * imp_user_roll_find:
 * @roll: a roll
 * @id: of a user
 *
 * Returns: (transfer none) (nullable): that user, also where removed
 */
const ImpUser *
imp_user_roll_find (const ImpUserRoll *roll, const char *id)
{
  for (guint i = 0; i < roll->users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (roll->users, i);

      if (g_strcmp0 (user->id, id) == 0)
        return user;
    }
  return NULL;
}

/* A site that says nothing, or nonsense, is locked after the usual time: never not at all. */
static gboolean
read_idle (ImpGate *gate, guint *minutes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text =
      imp_register_get_setting (imp_gate_get_register (gate), IDLE_SETTING, &cause);
  long said = text != NULL ? strtol (text, NULL, 10) : 0;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  *minutes = said >= 1 && said <= IDLE_MOST ? (guint)said : IDLE_DEFAULT;
  return TRUE;
}

/* Who is signed in, as the register has it now: roles change meanwhile. */
static ImpUser *
find_me (ImpGate *gate, const ImpUserRoll *roll)
{
  g_autoptr (ImpUser) signed_in = imp_gate_get_user (gate);
  const ImpUser *now = signed_in != NULL ? imp_user_roll_find (roll, signed_in->id) : NULL;

  return now != NULL && now->active ? imp_user_copy (now) : NULL;
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (ImpUserRoll) roll = g_new0 (ImpUserRoll, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  if (imp_gate_has_users (source, &roll->any, &error))
    roll->users = imp_gate_list_users (source, &error);
  if (roll->users == NULL || !read_idle (source, &roll->idle_minutes, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  roll->me = find_me (source, roll);
  if (!imp_gate_check_right (source, IMP_RIGHT_ADMINISTER, &refusal))
    roll->refusal = g_strdup (refusal->message);
  g_task_return_pointer (task, g_steal_pointer (&roll), (GDestroyNotify)imp_user_roll_free);
}

/**
 * imp_user_work_load_async:
 * @gate: the gate
 * @cancellable: (nullable): drops the answer
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Reads who the users are, and who is signed in.
 */
void
imp_user_work_load_async (ImpGate *gate, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_user_work_load_async);
  g_task_run_in_thread (task, load);
}

/**
 * imp_user_work_load_finish:
 * @result: the result
 * @error: (out) (optional): an error of imp_gate_list_users()
 *
 * Returns: (transfer full) (nullable): the roll
 */
ImpUserRoll *
imp_user_work_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_idle (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *text = g_strdup_printf ("%u", GPOINTER_TO_UINT (data));
  g_autoptr (GError) error = NULL;

  if (imp_register_set_setting (imp_gate_get_register (source), IDLE_SETTING, text, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * imp_user_work_set_idle_async:
 * @gate: the gate
 * @minutes: without input, until the register locks itself
 * @callback: called when it is written
 * @user_data: for @callback
 */
void
imp_user_work_set_idle_async (ImpGate *gate, guint minutes, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, NULL, callback, user_data);

  g_task_set_source_tag (task, imp_user_work_set_idle_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (minutes), NULL);
  g_task_run_in_thread (task, set_idle);
}

/**
 * imp_user_work_set_idle_finish:
 * @result: the result
 * @error: (out) (optional): an error of imp_register_set_setting()
 *
 * Returns: whether it is written
 */
gboolean
imp_user_work_set_idle_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- parked cases ---- */

/**
 * imp_parked_roll_free:
 * @roll: (transfer full) (nullable): a roll
 */
void
imp_parked_roll_free (ImpParkedRoll *roll)
{
  if (roll == NULL)
    return;
  g_clear_pointer (&roll->cases, g_ptr_array_unref);
  g_clear_pointer (&roll->users, g_ptr_array_unref);
  g_clear_pointer (&roll->people, g_hash_table_unref);
  g_clear_pointer (&roll->reasons, g_hash_table_unref);
  g_clear_pointer (&roll->questions, g_hash_table_unref);
  g_free (roll->open_sha256);
  g_free (roll);
}

/* Of a row that says several things, what a second person is asked about. */
static void
take_row (GHashTable *reasons, GVariant *row)
{
  g_autoptr (GVariant) cases = g_variant_lookup_value (row, "cases", G_VARIANT_TYPE ("a(sss)"));
  GVariantIter iter;
  const char *outcome = NULL;
  const char *reason = NULL;
  const char *chosen = NULL;
  guint32 number = 0;

  if (cases == NULL || !g_variant_lookup (row, "row", "u", &number))
    return;
  g_variant_iter_init (&iter, cases);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &outcome, &reason, NULL))
    if (chosen == NULL || g_str_equal (outcome, "second-person"))
      chosen = reason;
  if (chosen != NULL)
    g_hash_table_insert (reasons, g_strdup_printf ("row-%u", number), g_strdup (chosen));
}

static gboolean
load_reasons (ImpGate *gate, ImpParkedRoll *roll, GError **error)
{
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (ImpPackInfo) info = imp_gate_describe_pack_sync (gate, NULL, &rows, error);

  roll->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (info == NULL)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

      take_row (roll->reasons, row);
    }
  return TRUE;
}

static void
take_questions (ImpGate *gate, ImpParkedRoll *roll)
{
  static const char *const ROUTES[] = { "anonymised", "consent" };
  const char *const *destinations = imp_gate_get_destinations (gate);

  roll->questions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)imp_question_free);
  for (guint i = 0; destinations[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (ROUTES); j++)
      {
        g_autoptr (GPtrArray) questions =
            imp_gate_questions (gate, ROUTES[j], destinations[i], NULL);

        for (guint k = 0; questions != NULL && k < questions->len; k++)
          {
            ImpQuestion *question = g_ptr_array_index (questions, k);

            g_hash_table_insert (roll->questions, g_strdup (question->key),
                                 imp_question_copy (question));
          }
      }
}

/* Of an erased person there is nothing left to show. */
static void
load_people (ImpGate *gate, ImpParkedRoll *roll)
{
  roll->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)imp_person_free);
  for (guint i = 0; i < roll->cases->len; i++)
    {
      const ImpParkedCase *parked = g_ptr_array_index (roll->cases, i);
      ImpPerson *person =
          parked->person_id != NULL
              ? imp_register_get_person (imp_gate_get_register (gate), parked->person_id, NULL)
              : NULL;

      if (person != NULL)
        g_hash_table_insert (roll->people, g_strdup (parked->person_id), person);
    }
}

typedef struct
{
  gboolean decided;
  ImpSource *open; /* nullable */
} Cases;

static void
cases_free (Cases *cases)
{
  g_clear_object (&cases->open);
  g_free (cases);
}

/* That somebody looks through them is recorded, as for any view of people. */
static void
list_cases (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Cases *wanted = data;
  g_autoptr (ImpParkedRoll) roll = g_new0 (ImpParkedRoll, 1);
  g_autoptr (GError) error = NULL;

  roll->cases = imp_gate_list_cases_sync (source, wanted->decided ? NULL : "waiting", &error);
  if (roll->cases != NULL
      && imp_register_note_view (imp_gate_get_register (source),
                                 imp_saved_view_to_text (IMP_VIEW_WAITING), roll->cases->len,
                                 &error))
    roll->users = imp_gate_list_users (source, &error);
  if (roll->users == NULL || !load_reasons (source, roll, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_questions (source, roll);
  load_people (source, roll);
  if (wanted->open != NULL)
    roll->open_sha256 = g_strdup (imp_source_get_sha256 (wanted->open));
  g_task_return_pointer (task, g_steal_pointer (&roll), (GDestroyNotify)imp_parked_roll_free);
}

/**
 * imp_user_work_list_cases_async:
 * @gate: the gate, with somebody signed in
 * @decided: whether also those that no longer wait
 * @open: (nullable): the file that is open on the desk
 * @cancellable: (nullable): drops the answer
 * @callback: called when they are known
 * @user_data: for @callback
 *
 * Reads the parked cases, and what there is to know for deciding them.
 */
void
imp_user_work_list_cases_async (ImpGate *gate, gboolean decided, ImpSource *open,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, cancellable, callback, user_data);
  Cases *cases = g_new0 (Cases, 1);

  cases->decided = decided;
  cases->open = open != NULL ? g_object_ref (open) : NULL;
  g_task_set_source_tag (task, imp_user_work_list_cases_async);
  g_task_set_task_data (task, cases, (GDestroyNotify)cases_free);
  g_task_run_in_thread (task, list_cases);
}

/**
 * imp_user_work_list_cases_finish:
 * @result: the result
 * @error: (out) (optional): an error of imp_gate_list_cases_sync()
 *
 * Returns: (transfer full) (nullable): the roll
 */
ImpParkedRoll *
imp_user_work_list_cases_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
