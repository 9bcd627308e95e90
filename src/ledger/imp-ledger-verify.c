#include "imp-ledger.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-ledger-chain.h"
#include "imp-ledger-private.h"

typedef struct
{
  ImpLedger *ledger;
  const char *head; /* nullable */
  char *previous;   /* owned: hash of the row before */
  gint64 n_rows;
  gint64 broken_seq;  /* of the first broken row, 0 for none */
  const char *broken; /* what is wrong with it */
  gboolean head_found;
} Walk;

static const char *
find_fault (const Walk *walk, const ImpLedgerRow *row)
{
  g_autofree char *hash = imp_ledger_chain_hash (row);

  if (row->seq != walk->n_rows + 1)
    return _ ("rows before it are missing");
  if (g_strcmp0 (row->previous, walk->previous) != 0)
    return _ ("it does not follow the row before it");
  if (g_strcmp0 (row->hash, hash) != 0)
    return _ ("it was changed");
  return NULL;
}

static void
walk_row (ImpRow *database_row, gpointer user_data)
{
  Walk *walk = user_data;
  g_autoptr (ImpLedgerRow) row = NULL;

  if (walk->broken != NULL)
    return;
  row = imp_ledger_row_from_row (database_row);
  walk->broken = find_fault (walk, row);
  if (walk->broken != NULL)
    {
      walk->broken_seq = row->seq;
      return;
    }
  walk->n_rows++;
  walk->head_found = walk->head_found || g_strcmp0 (walk->head, row->hash) == 0;
  g_free (walk->previous);
  walk->previous = g_steal_pointer (&row->hash);
}

static void
walk_text (ImpRow *row, gpointer user_data)
{
  Walk *walk = user_data;

  if (walk->broken == NULL
      && !imp_ledger_text_fits (walk->ledger, imp_row_text (row, 1), imp_row_text (row, 2),
                                imp_row_text (row, 3), imp_row_text (row, 4)))
    {
      walk->broken = _ ("a text beside it was changed");
      walk->broken_seq = imp_row_integer (row, 0);
    }
}

static gboolean
report (const Walk *walk, GError **error)
{
  if (walk->broken != NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                 _ ("The ledger is broken at row %ld: %s. Keep this file, and restore a backup "
                    "beside it"),
                 (long)walk->broken_seq, walk->broken);
  else if (walk->head != NULL && !walk->head_found)
    g_set_error (
        error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
        _ ("The given chain head is none of the ledger's %ld rows: its end was cut off, or "
           "it was rebuilt. Keep this file, and restore a backup beside it"),
        (long)walk->n_rows);
  else
    return TRUE;
  return FALSE;
}

/**
 * imp_ledger_verify:
 * @self: a ledger
 * @head: (nullable): a chain head copied from a receipt
 * @n_rows: (out) (optional): how many rows are sound, up to the first that is not
 * @error: where to put the error
 *
 * Walks the chain from its first row and computes every hash again, then compares the texts that
 * are still there with their digests. A chain that was rebuilt as a whole, or whose end was cut
 * off, is sound in itself: only @head shows that.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED, whose message names the first broken
 *   row, %IMP_ERROR_USAGE (@head is no hash) or %IMP_ERROR_IO
 */
gboolean
imp_ledger_verify (ImpLedger *self, const char *head, gint64 *n_rows, GError **error)
{
  g_autofree char *given = head != NULL ? g_ascii_strdown (head, -1) : NULL;
  Walk walk = { self, given, g_strdup (IMP_LEDGER_FIRST), 0, 0, NULL, FALSE };
  gboolean done = FALSE;

  if (given != NULL && !imp_hash_is_valid (g_strstrip (given)))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                         _ ("A chain head is 64 hexadecimal characters: copy it again from the "
                            "receipt"));
  else
    {
      walk.head_found = g_strcmp0 (given, IMP_LEDGER_FIRST) == 0;
      done =
          imp_store_query (self->store, error, "SELECT " LEDGER_COLUMNS " FROM ledger ORDER BY seq",
                           NULL, walk_row, &walk)
          && imp_store_query (self->store, error,
                              "SELECT seq, row_id, key, value, body FROM ledger_text "
                              "LEFT JOIN ledger ON ledger.id = row_id ORDER BY seq",
                              NULL, walk_text, &walk)
          && report (&walk, error);
    }
  g_free (walk.previous);
  if (n_rows != NULL)
    *n_rows = walk.n_rows;
  return done;
}
