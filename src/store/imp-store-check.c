#include "imp-store-check.h"

#include <glib/gi18n.h>

#include "imp-config.h"
#include "imp-database.h"
#include "imp-error.h"
#include "imp-store-private.h"

typedef struct
{
  gint64 deadline; /* monotonic microseconds, 0 for none */
  gboolean stopped;
} Budget;

static int
is_over (gpointer user_data)
{
  Budget *budget = user_data;

  budget->stopped = budget->deadline > 0 && g_get_monotonic_time () >= budget->deadline;
  return budget->stopped;
}

/* The rows of a check are complaints, but for a single "ok". */
static gboolean
run_check (sqlite3 *database, const char *sql, Budget *budget, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);
  gboolean sound = TRUE;

  if (result == SQLITE_OK)
    while ((result = sqlite3_step (statement)) == SQLITE_ROW)
      {
        const char *text = (const char *)sqlite3_column_text (statement, 0);

        sound = sound && g_strcmp0 (text, "ok") == 0;
      }
  sqlite3_finalize (statement);
  if (budget->stopped)
    return TRUE;
  if (result != SQLITE_DONE)
    imp_database_set_error (error, database, result);
  else if (!sound)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("The register is damaged: keep this file as it is, and restore a "
                            "backup"));
  else
    return TRUE;
  return FALSE;
}

/* In another order each time, so that what one start does not get to, another one does. */
static gboolean
check_tables (sqlite3 *database, Budget *budget, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean sound = TRUE;
  int result = sqlite3_prepare_v2 (database,
                                   "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                   "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY random()",
                                   -1, &statement, NULL);

  if (result == SQLITE_OK)
    while (sound && (result = sqlite3_step (statement)) == SQLITE_ROW)
      {
        char *sql = sqlite3_mprintf ("PRAGMA quick_check (%Q)", sqlite3_column_text (statement, 0));

        sound = run_check (database, sql, budget, error);
        sqlite3_free (sql);
      }
  sqlite3_finalize (statement);
  if (!sound || budget->stopped || result == SQLITE_DONE)
    return sound;
  imp_database_set_error (error, database, result);
  return FALSE;
}

static gboolean
check_all (sqlite3 *database, Budget *budget, GError **error)
{
#if IMP_ENCRYPTED
  if (!run_check (database, "PRAGMA cipher_integrity_check", budget, error))
    return FALSE;
#endif
  return run_check (database, "PRAGMA integrity_check", budget, error)
         && run_check (database, "PRAGMA foreign_key_check", budget, error);
}

/**
 * imp_store_check_database:
 * @database: a connection
 * @budget_ms: how long it may take; 0 for as long as the whole file takes
 * @finished: (out) (optional): whether it came to its end
 * @error: where to put the error
 *
 * Looks for damage: without a limit at every page's authentication code, then every table with its
 * indexes and references; else at one table after the other until the time is up.
 *
 * Returns: %TRUE where no damage was found, else %FALSE with %IMP_ERROR_REGISTER_DAMAGED or
 *   %IMP_ERROR_IO
 */
gboolean
imp_store_check_database (sqlite3 *database, guint budget_ms, gboolean *finished, GError **error)
{
  Budget budget = { 0, FALSE };
  gboolean sound = FALSE;

  if (budget_ms > 0)
    budget.deadline = g_get_monotonic_time () + budget_ms * G_GINT64_CONSTANT (1000);
  sqlite3_progress_handler (database, 200, is_over, &budget);
  sound = budget_ms > 0 ? check_tables (database, &budget, error)
                        : check_all (database, &budget, error);
  sqlite3_progress_handler (database, 0, NULL, NULL);
  if (finished != NULL)
    *finished = !budget.stopped;
  return sound;
}

static gboolean
check_open (sqlite3 *database, const ImpSecret *secret, gpointer user_data, GError **error)
{
  return imp_store_check_database (database, 0, NULL, error);
}

/**
 * imp_store_check:
 * @store: an open store
 * @error: where to put the error
 *
 * Reads all of the register's file and looks for damage, however long that takes.
 *
 * Returns: %TRUE where there is none, else %FALSE with %IMP_ERROR_REGISTER_DAMAGED,
 *   %IMP_ERROR_LOCKED or %IMP_ERROR_IO
 */
gboolean
imp_store_check (ImpStore *store, GError **error)
{
  return imp_store_use_database (store, check_open, NULL, error);
}
