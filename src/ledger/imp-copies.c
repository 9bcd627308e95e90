#include "imp-copies.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-id.h"
#include "imp-ledger-private.h"

#define COPY_COLUMNS                                                                               \
  "copy.export_id, copy.person_id, copy.permission_id, copy.route, copy.destination, "             \
  "copy.released, copy.sha256, copy.state, task.reason, task.opened, task.chased, "                \
  "task.n_chased, copy.place_id, place.body, name.value, urls.value, dois.value, named.value"

#define COPY_TEXTS                                                                                 \
  " LEFT JOIN ledger AS place ON place.id = copy.place_id"                                         \
  " LEFT JOIN ledger_text AS name ON name.row_id = copy.place_id AND name.key = 'name'"            \
  " LEFT JOIN ledger_text AS urls ON urls.row_id = copy.place_id AND urls.key = 'urls'"            \
  " LEFT JOIN ledger_text AS dois ON dois.row_id = copy.place_id AND dois.key = 'dois'"            \
  " LEFT JOIN ledger_text AS named"                                                                \
  " ON named.row_id = copy.intent_id AND named.key = 'answer:destination-name'"

#define COPIES_WITH_TASKS                                                                          \
  " FROM copy LEFT JOIN takedown AS task"                                                          \
  " ON task.export_id = copy.export_id AND task.closed IS NULL" COPY_TEXTS

#define TASKS_WITH_COPIES                                                                          \
  " FROM takedown AS task JOIN copy ON copy.export_id = task.export_id" COPY_TEXTS

/* Where the person was erased, only the chain has the hash. */
#define OF_FILE                                                                                    \
  " AND (copy.sha256 = ? OR (copy.sha256 IS NULL AND ? = (SELECT json_extract (body, '$.sha256') " \
  "FROM ledger WHERE ledger.id = copy.intent_id)))"

typedef struct
{
  ImpLedger *ledger;
  GPtrArray *copies;
  gboolean changed; /* a text is not what the chain vouches for */
} Listing;

/* A text that lies beside the ledger is believed only where the chain vouches for it. */
static const char *
take_text (Listing *listing, ImpRow *row, int column, const char *key)
{
  const char *text = imp_row_text (row, column);

  if (text == NULL)
    return NULL;
  if (!imp_ledger_text_fits (listing->ledger, imp_row_text (row, 12), key, text,
                             imp_row_text (row, 13)))
    listing->changed = TRUE;
  return text;
}

static GStrv
split_lines (const char *text)
{
  return g_strsplit (text != NULL ? text : "", "\n", -1);
}

static void
add_copy (ImpRow *row, gpointer user_data)
{
  Listing *listing = user_data;
  ImpCopy *copy = imp_copy_new ();
  const char *name = take_text (listing, row, 14, "name");

  copy->export_id = g_strdup (imp_row_text (row, 0));
  copy->person_id = g_strdup (imp_row_text (row, 1));
  copy->permission_id = g_strdup (imp_row_text (row, 2));
  copy->route = g_strdup (imp_row_text (row, 3));
  copy->destination = g_strdup (imp_row_text (row, 4));
  copy->released = g_strdup (imp_row_text (row, 5));
  copy->sha256 = g_strdup (imp_row_text (row, 6));
  /* A state of a later schema is one that needs a look: live. */
  imp_copy_state_from_text (imp_row_text (row, 7), &copy->state);
  copy->task_reason = g_strdup (imp_row_text (row, 8));
  copy->task_opened = g_strdup (imp_row_text (row, 9));
  copy->chased = g_strdup (imp_row_text (row, 10));
  copy->n_chased = (guint)imp_row_integer (row, 11);
  /* What was answered before the release, until somebody says more. */
  copy->name = g_strdup (name != NULL ? name : imp_row_text (row, 17));
  copy->urls = split_lines (take_text (listing, row, 15, "urls"));
  copy->dois = split_lines (take_text (listing, row, 16, "dois"));
  g_ptr_array_add (listing->copies, copy);
}

static void
add_condition (GString *sql, GVariantBuilder *parameters, const char *condition, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (sql, " AND %s = ?", condition);
  g_variant_builder_add (parameters, "s", value);
}

/**
 * imp_copies_list:
 * @ledger: a ledger
 * @filter: which are meant
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpCopy) (nullable): the copies, or %NULL with
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_copies_list (ImpLedger *ledger, const ImpCopyFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_copy_free);
  g_autoptr (GString) sql = g_string_new ("SELECT " COPY_COLUMNS);
  g_auto (GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);
  Listing listing = { ledger, copies, FALSE };

  g_string_append (sql, filter->with_task ? TASKS_WITH_COPIES " WHERE task.closed IS NULL"
                                          : COPIES_WITH_TASKS " WHERE 1");
  add_condition (sql, &parameters, "copy.export_id", filter->export_id);
  add_condition (sql, &parameters, "copy.person_id", filter->person_id);
  add_condition (sql, &parameters, "copy.permission_id", filter->permission_id);
  if (filter->sha256 != NULL)
    {
      g_string_append (sql, OF_FILE);
      g_variant_builder_add (&parameters, "s", filter->sha256);
      g_variant_builder_add (&parameters, "s", filter->sha256);
    }
  if (filter->out_only)
    g_string_append (sql, " AND copy.state <> 'removed'");
  if (filter->without_place)
    g_string_append (sql, " AND copy.place_id IS NULL");
  g_string_append (sql, filter->with_task ? " ORDER BY coalesce(task.chased, task.opened)"
                                          : " ORDER BY copy.released DESC");
  if (filter->limit > 0)
    {
      g_string_append (sql, " LIMIT ?");
      g_variant_builder_add (&parameters, "x", (gint64)filter->limit);
    }
  if (!imp_store_query (ledger->store, error, sql->str, g_variant_builder_end (&parameters),
                        add_copy, &listing))
    return NULL;
  if (listing.changed)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                   _ ("What the register says of where a picture went was changed from outside: "
                      "restore a backup"));
      return NULL;
    }
  return g_steal_pointer (&copies);
}

/**
 * imp_copies_get:
 * @ledger: a ledger
 * @export_id: an export's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what that export left behind, or %NULL with
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpCopy *
imp_copies_get (ImpLedger *ledger, const char *export_id, GError **error)
{
  ImpCopyFilter filter = { .export_id = export_id };
  g_autoptr (GPtrArray) copies = NULL;

  if (imp_id_is_valid (export_id))
    {
      copies = imp_copies_list (ledger, &filter, error);
      if (copies == NULL)
        return NULL;
    }
  if (copies != NULL && copies->len == 1)
    return imp_copy_copy (g_ptr_array_index (copies, 0));
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("The ledger has no finished export of this id: take it from a receipt, "
                          "or from the list of copies"));
  return NULL;
}

/**
 * imp_copy_hash_free:
 * @hash: (transfer full) (nullable): what imp_copies_list_hashes() gave
 */
void
imp_copy_hash_free (ImpCopyHash *hash)
{
  if (hash == NULL)
    return;
  g_free (hash->export_id);
  g_free (hash->hash);
  g_free (hash);
}

typedef struct
{
  GPtrArray *hashes;
  gint64 *after;
} HashPage;

static void
add_hash (ImpRow *row, gpointer user_data)
{
  const HashPage *page = user_data;
  ImpCopyHash *hash = g_new0 (ImpCopyHash, 1);

  *page->after = imp_row_integer (row, 0);
  hash->export_id = g_strdup (imp_row_text (row, 1));
  hash->hash = g_strdup (imp_row_text (row, 2));
  g_ptr_array_add (page->hashes, hash);
}

static void
take_count (ImpRow *row, gpointer user_data)
{
  *(gint64 *)user_data = imp_row_integer (row, 0);
}

/**
 * imp_copies_count:
 * @ledger: a ledger
 * @n_copies: (out): how many copies were ever made, with a hash or without
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_copies_count (ImpLedger *ledger, gint64 *n_copies, GError **error)
{
  *n_copies = 0;
  return imp_store_query (ledger->store, error, "SELECT count (*) FROM copy", NULL, take_count,
                          n_copies);
}

/**
 * imp_copies_list_hashes:
 * @ledger: a ledger
 * @after: (inout): where the page before ended; 0 at first
 * @limit: how many at most
 * @error: where to put the error
 *
 * Lists, page by page, the copies that have a hash of their picture.
 *
 * Returns: (transfer container) (element-type ImpCopyHash) (nullable): the next ones, none at the
 *   end, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_copies_list_hashes (ImpLedger *ledger, gint64 *after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) hashes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_copy_hash_free);
  HashPage page = { hashes, after };

  if (!imp_store_query (ledger->store, error,
                        "SELECT copy.rowid, copy.export_id, ledger_text.value FROM copy "
                        "CROSS JOIN ledger_text ON row_id = intent_id "
                        "AND key = '" IMP_COPIES_IMAGE_HASH "' "
                        "WHERE copy.rowid > ? ORDER BY copy.rowid LIMIT ?",
                        g_variant_new ("(xx)", *after, (gint64)limit), add_hash, &page))
    return NULL;
  return g_steal_pointer (&hashes);
}
