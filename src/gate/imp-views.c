#include "imp-views.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"
#include "imp-register-names.h"
#include "imp-views-private.h"

#define LAST "\xf4\x8f\xbf\xbf" /* sorts after every key */
#define DAYS_BEHIND 30
#define DAYS_AHEAD 60

#define OF_PERSON " LEFT JOIN person ON person.id = permission.person_id"
#define OF_COPY                                                                                    \
  " LEFT JOIN permission ON permission.id = copy.permission_id"                                    \
  " LEFT JOIN person ON person.id = copy.person_id"

/* Parameters: ?1 first day, ?2 last day, ?3 person, ?4 permission, ?5 and ?6 where the page before
 * ended, ?7 how many. Each view is read from the index that is in its order, whatever the planner
 * would guess; a statement whose index does not serve it is an error. */
static const struct
{
  const char *name;
  const char *table;
  const char *index;
  const char *joined;
  const char *where;
  const char *key;
  const char *id;
  gboolean newest_first;
  const char *day;
  const char *export_id;
} VIEWS[] = {
  [IMP_VIEW_EXPIRING] = {
    "expiring", "permission", "permission_expiring", OF_PERSON,
    "permission.state IN ('active', 'review-due', 'suspended') AND expires IS NOT NULL "
    "AND expires BETWEEN ?1 AND ?2",
    "expires", "permission.id", FALSE, "expires", "NULL",
  },
  [IMP_VIEW_WITHDRAWN] = {
    "withdrawn", "takedown AS task", "takedown_waiting",
    " CROSS JOIN copy ON copy.export_id = task.export_id" OF_COPY,
    "task.closed IS NULL AND copy.state IN ('live', 'asked') AND task.opened >= ?1 "
    "AND task.opened < date (?2, '+1 day')",
    "task.opened", "task.seq", TRUE, "coalesce (permission.withdrawn, task.opened)",
    "copy.export_id",
  },
  [IMP_VIEW_COMING_OF_AGE] = { "coming-of-age", NULL },
  [IMP_VIEW_WAITING] = { "waiting", NULL },
  [IMP_VIEW_MISSING_EVIDENCE] = {
    "missing-evidence", "evidence_missing AS missing", "evidence_missing_by_day",
    " CROSS JOIN permission ON permission.id = missing.permission_id" OF_PERSON,
    "1", "missing.given", "missing.permission_id", TRUE, "missing.given", "NULL",
  },
  [IMP_VIEW_UNPLACED] = {
    "unplaced", "copy", "copy_unplaced", OF_COPY,
    "place_id IS NULL AND copy.destination IN ('publication', 'social-media') "
    "AND copy.state <> 'removed'",
    "released", "copy.export_id", TRUE, "released", "copy.export_id",
  },
  [IMP_VIEW_PUBLISHED] = {
    "published", "copy", "copy_by_release", OF_COPY, "1", "released", "copy.export_id", TRUE,
    "released", "copy.export_id",
  },
  [IMP_VIEW_CONSENTED] = {
    "consented", "permission", "permission_consented", OF_PERSON,
    "permission.state IN ('active', 'review-due', 'suspended', 'expired', 'withdrawn', "
    "'superseded') AND given BETWEEN ?1 AND ?2",
    "given", "permission.id", TRUE, "given", "NULL",
  },
};

/**
 * imp_saved_view_to_text:
 * @view: a view
 *
 * Returns: (transfer none): its name: "missing-evidence"
 */
const char *
imp_saved_view_to_text (ImpSavedView view)
{
  return VIEWS[view].name;
}

/**
 * imp_saved_view_from_text:
 * @text: (nullable): a name
 * @view: (out): the view
 *
 * Returns: whether there is one of this name
 */
gboolean
imp_saved_view_from_text (const char *text, ImpSavedView *view)
{
  for (guint i = 0; i < IMP_N_VIEWS; i++)
    if (g_strcmp0 (VIEWS[i].name, text) == 0)
      {
        *view = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- the question ---- */

static const char *
choose_index (const ImpViewQuery *query)
{
  if (query->view == IMP_VIEW_PUBLISHED && query->permission_id != NULL)
    return "copy_by_permission";
  if (query->view == IMP_VIEW_PUBLISHED && query->person_id != NULL)
    return "copy_by_person";
  return VIEWS[query->view].index;
}

/**
 * _imp_views_make_sql:
 * @query: a view that SQL answers
 * @count: whether only the number of rows is asked for
 *
 * Returns: (transfer full): the statement
 */
char *
_imp_views_make_sql (const ImpViewQuery *query, gboolean count)
{
  const char *compare = VIEWS[query->view].newest_first ? "<" : ">";
  const char *order = VIEWS[query->view].newest_first ? " DESC" : "";
  g_autoptr (GString) sql =
      g_string_new (count ? "SELECT count(*) FROM (SELECT 1 FROM " : "SELECT ");

  if (!count)
    g_string_append_printf (sql,
                            "person.id, person.name, person.hospital_number, person.objects, "
                            "permission.id, permission.level, permission.scope, permission.state, "
                            "%s, %s, %s, %s FROM ",
                            VIEWS[query->view].day, VIEWS[query->view].export_id,
                            VIEWS[query->view].key, VIEWS[query->view].id);
  g_string_append_printf (sql, "%s INDEXED BY %s%s WHERE %s", VIEWS[query->view].table,
                          choose_index (query), VIEWS[query->view].joined,
                          VIEWS[query->view].where);
  if (query->view == IMP_VIEW_PUBLISHED && query->person_id != NULL)
    g_string_append (sql, " AND copy.person_id = ?3");
  if (query->view == IMP_VIEW_PUBLISHED && query->permission_id != NULL)
    g_string_append (sql, " AND copy.permission_id = ?4");
  g_string_append_printf (sql, " AND (%s, %s) %s (?5, ?6)", VIEWS[query->view].key,
                          VIEWS[query->view].id, compare);
  if (!count)
    g_string_append_printf (sql, " ORDER BY %s%s, %s%s", VIEWS[query->view].key, order,
                            VIEWS[query->view].id, order);
  g_string_append (sql, count ? " LIMIT ?7)" : " LIMIT ?7");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static char *
move_day (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

/* What a view is about where no days are named. */
static void
choose_days (const ImpViewQuery *query, char **from, char **to)
{
  g_autofree char *today = imp_clock_today ();
  g_autofree char *month = g_strdup_printf ("%.8s01", today);
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) next = NULL;
  g_autoptr (GDateTime) last = NULL;

  switch (query->view)
    {
    case IMP_VIEW_EXPIRING:
      {
        g_autofree char *moment = g_strconcat (month, "T00:00:00Z", NULL);

        first = g_date_time_new_from_iso8601 (moment, NULL);
        next = g_date_time_add_months (first, 1);
        last = g_date_time_add_days (next, -1);
        *from = g_steal_pointer (&month);
        *to = g_date_time_format (last, "%Y-%m-%d");
        break;
      }
    case IMP_VIEW_COMING_OF_AGE:
      *from = move_day (-DAYS_BEHIND);
      *to = move_day (DAYS_AHEAD);
      break;
    case IMP_VIEW_CONSENTED:
      *from = move_day (-DAYS_BEHIND);
      *to = g_steal_pointer (&today);
      break;
    default:
      *from = g_strdup ("0001-01-01");
      *to = g_strdup ("9999-12-30");
    }
  if (query->from != NULL)
    {
      g_free (*from);
      *from = g_strdup (query->from);
    }
  if (query->to != NULL)
    {
      g_free (*to);
      *to = g_strdup (query->to);
    }
}

/* "key|id", as the last row of the page before had it. */
static void
split_after (const ImpViewQuery *query, char **key, char **id)
{
  g_auto (GStrv) parts = query->after != NULL ? g_strsplit (query->after, "|", 2) : NULL;
  const char *start = VIEWS[query->view].newest_first ? LAST : "";

  *key = g_strdup (parts != NULL && parts[0] != NULL ? parts[0] : start);
  *id = g_strdup (parts != NULL && parts[0] != NULL && parts[1] != NULL ? parts[1] : start);
}

/**
 * _imp_views_make_parameters:
 * @query: a view that SQL answers
 *
 * Returns: (transfer floating): the parameters of its statement
 */
GVariant *
_imp_views_make_parameters (const ImpViewQuery *query)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;

  choose_days (query, &from, &to);
  split_after (query, &key, &id);
  /* A later page begins where it begins in the index, too. */
  if (query->after != NULL && key[0] != '\0')
    {
      char **edge = VIEWS[query->view].newest_first ? &to : &from;

      g_free (*edge);
      *edge = g_strndup (key, strlen ("2026-11-22"));
    }
  return g_variant_new ("(ssmsmsssx)", from, to, query->person_id, query->permission_id, key, id,
                        (gint64)query->limit);
}

static gboolean
check_query (const ImpViewQuery *query, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  choose_days (query, &from, &to);
  if (imp_clock_date_is_valid (from) && imp_clock_date_is_valid (to) && strcmp (from, to) <= 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("Give the first and the last day as 2026-11-22, the first one first"));
  return FALSE;
}

/* ---- rows ---- */

typedef struct
{
  GPtrArray *rows;
  GPtrArray *export_ids; /* nullable text for each row */
} Page;

static void
add_row (ImpRow *from, gpointer user_data)
{
  Page *page = user_data;
  ImpViewRow *row = imp_view_row_new ();

  row->person_id = g_strdup (imp_row_text (from, 0));
  row->name = g_strdup (imp_row_text (from, 1));
  row->number = g_strdup (imp_row_text (from, 2));
  row->objects = imp_row_integer (from, 3) != 0;
  row->permission_id = g_strdup (imp_row_text (from, 4));
  row->level = g_strdup (imp_row_text (from, 5));
  row->scope = g_strdup (imp_row_text (from, 6));
  row->state = g_strdup (imp_row_text (from, 7));
  row->day = g_strdup (imp_row_text (from, 8));
  g_ptr_array_add (page->export_ids, g_strdup (imp_row_text (from, 9)));
  row->after = g_strdup_printf ("%s|%s", imp_row_text (from, 10), imp_row_text (from, 11));
  g_ptr_array_add (page->rows, row);
}

static gboolean
list_by_sql (ImpGate *self, const ImpViewQuery *query, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) export_ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = _imp_views_make_sql (query, FALSE);
  Page page = { rows, export_ids };

  if (!imp_store_query (self->store, error, sql, /* reader: asked by imp_gate_list_view_sync() */
                        _imp_views_make_parameters (query), add_row, &page))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *export_id = g_ptr_array_index (export_ids, i);
      ImpViewRow *row = g_ptr_array_index (rows, i);

      if (export_id == NULL)
        continue;
      row->copy = imp_copies_get (self->ledger, export_id, error);
      if (row->copy == NULL)
        return FALSE;
    }
  return TRUE;
}

/* How many rows the pages before had. */
static guint64
begin_of (const ImpViewQuery *query)
{
  return query->after != NULL ? g_ascii_strtoull (query->after, NULL, 10) : 0;
}

/* Lists that are short by their nature are read whole; their pages are cut out by number. */
static void
cut_page (GPtrArray *rows, const ImpViewQuery *query)
{
  guint64 begin = begin_of (query);

  for (guint i = 0; i < rows->len; i++)
    ((ImpViewRow *)g_ptr_array_index (rows, i))->after = g_strdup_printf ("%u", i + 1);
  if (begin > 0)
    g_ptr_array_remove_range (rows, 0, (guint)MIN (begin, rows->len));
  if (rows->len > query->limit)
    g_ptr_array_set_size (rows, (int)query->limit);
}

static gboolean
list_coming (ImpGate *self, const ImpViewQuery *query, GPtrArray *rows, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr (GPtrArray) coming = NULL;

  choose_days (query, &from, &to);
  coming = imp_register_list_coming_of_age (self->people, from, to, error);
  for (guint i = 0; coming != NULL && i < coming->len; i++)
    {
      const ImpComing *one = g_ptr_array_index (coming, i);
      ImpViewRow *row = imp_view_row_new ();

      row->person_id = g_strdup (one->person_id);
      row->name = g_strdup (one->name);
      row->number = g_strdup (one->hospital_number);
      row->permission_id = g_strdup (one->permission_id);
      row->level = g_strdup (one->level);
      row->day = g_strdup (one->birthday);
      row->age = (guint)one->age;
      g_ptr_array_add (rows, row);
    }
  cut_page (rows, query);
  return coming != NULL;
}

/* Who was erased meanwhile is nobody. */
static gboolean
add_waiting (ImpGate *self, const ImpParkedCase *parked, GPtrArray *rows, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (ImpPerson) person =
      parked->person_id != NULL ? imp_register_get_person (self->people, parked->person_id, &cause)
                                : NULL;
  ImpViewRow *row = NULL;

  if (cause != NULL && !g_error_matches (cause, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  row = imp_view_row_new ();
  if (person != NULL)
    {
      row->person_id = g_strdup (person->id);
      row->name = g_strdup (person->name);
      row->number = g_strdup (person->hospital_number);
      row->objects = person->objects;
    }
  row->day = g_strdup (parked->parked);
  row->parked = imp_parked_case_copy (parked);
  g_ptr_array_add (rows, row);
  return TRUE;
}

static gboolean
list_waiting (ImpGate *self, const ImpViewQuery *query, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) cases = imp_gate_list_cases_sync (self, "waiting", error);
  guint64 begin = begin_of (query);

  /* Only whom the page shows is looked up. */
  for (guint i = 0; cases != NULL && i < cases->len && rows->len < query->limit; i++)
    {
      if (i < begin)
        continue;
      if (!add_waiting (self, g_ptr_array_index (cases, i), rows, error))
        return FALSE;
      ((ImpViewRow *)g_ptr_array_index (rows, rows->len - 1))->after =
          g_strdup_printf ("%u", i + 1);
    }
  return cases != NULL;
}

static gboolean
list_rows (ImpGate *self, const ImpViewQuery *query, GPtrArray *rows, GError **error)
{
  switch (query->view)
    {
    case IMP_VIEW_COMING_OF_AGE:
      return list_coming (self, query, rows, error);
    case IMP_VIEW_WAITING:
      return list_waiting (self, query, rows, error);
    default:
      return list_by_sql (self, query, rows, error);
    }
}

/**
 * imp_gate_list_view_sync:
 * @self: a gate
 * @query: which view, and which page of it
 * @error: where to put the error
 *
 * Lists one page of a view. That somebody looked at it is recorded, at its first page.
 *
 * Returns: (transfer container) (element-type ImpViewRow) (nullable): the rows, none at the end, or
 *   %NULL with %IMP_ERROR_USAGE (a day), %IMP_ERROR_REFUSED (cases that are not theirs to see) or
 *   an error of the register
 */
GPtrArray *
imp_gate_list_view_sync (ImpGate *self, const ImpViewQuery *query, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_view_row_free);

  if (!check_query (query, error) || !imp_register_check_reader (self->people, error)
      || !list_rows (self, query, rows, error)
      || (query->after == NULL
          && !imp_register_note_view (self->people, VIEWS[query->view].name, rows->len, error)))
    return NULL;
  return g_steal_pointer (&rows);
}

static void
take_count (ImpRow *row, gpointer user_data)
{
  guint *n_rows = user_data;

  *n_rows = (guint)imp_row_integer (row, 0);
}

/**
 * imp_gate_count_view_sync:
 * @self: a gate
 * @query: which view; its limit is how far is counted
 * @n_rows: (out): how many rows there are, at most the limit
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_gate_list_view_sync()
 */
gboolean
imp_gate_count_view_sync (ImpGate *self, const ImpViewQuery *query, guint *n_rows, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  *n_rows = 0;
  if (!check_query (query, error) || !imp_register_check_reader (self->people, error))
    return FALSE;
  if (VIEWS[query->view].table != NULL)
    {
      sql = _imp_views_make_sql (query, TRUE);
      return imp_store_query (self->store, error, sql, /* reader: asked above */
                              _imp_views_make_parameters (query), take_count, n_rows);
    }
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_view_row_free);
  if (!list_rows (self, query, rows, error))
    return FALSE;
  *n_rows = rows->len;
  return TRUE;
}

/* ---- in a worker ---- */

typedef struct
{
  ImpViewQuery query;
  char *texts[5]; /* owned */
  guint n_rows;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < G_N_ELEMENTS (job->texts); i++)
    g_free (job->texts[i]);
  g_free (job);
}

static GTask *
make_task (ImpGate *self, const ImpViewQuery *query, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->query = *query;
  job->query.from = job->texts[0] = g_strdup (query->from);
  job->query.to = job->texts[1] = g_strdup (query->to);
  job->query.person_id = job->texts[2] = g_strdup (query->person_id);
  job->query.permission_id = job->texts[3] = g_strdup (query->permission_id);
  job->query.after = job->texts[4] = g_strdup (query->after);
  g_task_set_task_data (task, job, job_free);
  return task;
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GPtrArray *rows = imp_gate_list_view_sync (source, &job->query, &error);

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * imp_gate_list_view_async:
 * @self: a gate
 * @query: which view; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_list_view_sync() in a worker thread.
 */
void
imp_gate_list_view_async (ImpGate *self, const ImpViewQuery *query, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, query, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_list_view_async);
  g_task_run_in_thread (task, list_thread);
}

/**
 * imp_gate_list_view_finish:
 * @self: a gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpViewRow) (nullable): as imp_gate_list_view_sync()
 */
GPtrArray *
imp_gate_list_view_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (!imp_gate_count_view_sync (source, &job->query, &job->n_rows, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * imp_gate_count_view_async:
 * @self: a gate
 * @query: which view; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_count_view_sync() in a worker thread.
 */
void
imp_gate_count_view_async (ImpGate *self, const ImpViewQuery *query, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, query, cancellable, callback, user_data);

  g_task_set_source_tag (task, imp_gate_count_view_async);
  g_task_run_in_thread (task, count_thread);
}

/**
 * imp_gate_count_view_finish:
 * @self: a gate
 * @result: what the callback got
 * @n_rows: (out): as imp_gate_count_view_sync()
 * @error: where to put the error
 *
 * Returns: whether they were counted
 */
gboolean
imp_gate_count_view_finish (ImpGate *self, GAsyncResult *result, guint *n_rows, GError **error)
{
  *n_rows = ((Job *)g_task_get_task_data (G_TASK (result)))->n_rows;
  return g_task_propagate_boolean (G_TASK (result), error);
}
