#include "imp-receipt-check.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gate-private.h"
#include "imp-error.h"

#define MOST_BYTES (1024 * 1024) /* a receipt has a few thousand */

G_DEFINE_BOXED_TYPE (ImpReceiptCheck, imp_receipt_check, imp_receipt_check_copy,
                     imp_receipt_check_free)

static ImpReceiptCheck *
check_new (const char *name, const char *problem)
{
  ImpReceiptCheck *check = g_new0 (ImpReceiptCheck, 1);

  check->name = g_strdup (name);
  check->problem = g_strdup (problem);
  return check;
}

/**
 * imp_receipt_check_copy:
 * @check: a receipt that was checked
 *
 * Returns: (transfer full): a copy
 */
ImpReceiptCheck *
imp_receipt_check_copy (const ImpReceiptCheck *check)
{
  return check_new (check->name, check->problem);
}

/**
 * imp_receipt_check_free:
 * @check: (transfer full) (nullable): a receipt that was checked
 */
void
imp_receipt_check_free (ImpReceiptCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->name);
  g_free (check->problem);
  g_free (check);
}

/* ---- one receipt ---- */

static const char *
text_of (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static const ImpLedgerRow *
find_row (GPtrArray *rows, const char *kind)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, kind))
        return row;
    }
  return NULL;
}

/* Everything that both have must be the same, as the receipt was made of it. */
static char *
compare (JsonObject *receipt, const ImpLedgerRow *intent)
{
  g_autoptr (JsonNode) body = json_from_string (intent->body, NULL);
  g_autoptr (GList) members = json_object_get_members (receipt);
  JsonObject *said = NULL;

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    return g_strdup (_ ("The ledger’s row of this export cannot be read."));
  said = json_node_get_object (body);
  for (GList *link = members; link != NULL; link = link->next)
    if (json_object_has_member (said, link->data)
        && !json_node_equal (json_object_get_member (said, link->data),
                             json_object_get_member (receipt, link->data)))
      return g_strdup_printf (_ ("It was changed: the ledger has another “%s”."),
                              (const char *)link->data);
  if (!json_object_has_member (receipt, "sha256"))
    return g_strdup (_ ("It was changed: it does not say which file it is about."));
  return NULL;
}

static gboolean
check_receipt (ImpGate *self, JsonObject *receipt, char **problem, GError **error)
{
  g_autoptr (GPtrArray) rows =
      imp_ledger_list_export (self->ledger, text_of (receipt, "ledger_id"), error);
  const ImpLedgerRow *intent = NULL;
  const ImpLedgerRow *done = NULL;

  if (rows == NULL)
    return FALSE;
  intent = find_row (rows, "intent");
  done = find_row (rows, "done");
  if (intent == NULL || done == NULL)
    *problem = g_strdup (_ ("The ledger has no such export: its end was cut off, or the receipt is "
                            "of another register."));
  else if (!g_str_equal (done->hash, text_of (receipt, "chain_head")))
    *problem = g_strdup (_ ("Its chain head is not in the ledger: the ledger was rebuilt, or the "
                            "receipt was changed."));
  else if (!g_str_equal (done->at, text_of (receipt, "at")))
    *problem = g_strdup_printf (_ ("It was changed: the ledger has another “%s”."), "at");
  else
    *problem = compare (receipt, intent);
  return TRUE;
}

/* A file that is no receipt is left out. */
static gboolean
check_file (ImpGate *self, GFile *file, GPtrArray *checks, GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *receipt = NULL;

  if (!g_file_load_contents (file, cancellable, &text, NULL, NULL, &cause))
    {
      g_ptr_array_add (checks, check_new (name, _ ("It cannot be read.")));
      return TRUE;
    }
  root = g_utf8_validate (text, -1, NULL) ? json_from_string (text, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return TRUE;
  receipt = json_node_get_object (root);
  if (!g_str_has_prefix (text_of (receipt, "receipt"), "Imprimatur "))
    return TRUE;
  if (!check_receipt (self, receipt, &problem, error))
    return FALSE;
  g_ptr_array_add (checks, check_new (name, problem));
  return TRUE;
}

/* ---- the folder ---- */

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (((const ImpReceiptCheck *)*(gpointer *)a)->name,
                 ((const ImpReceiptCheck *)*(gpointer *)b)->name);
}

static gboolean
check_folder (ImpGate *self, GFile *folder, GPtrArray *checks, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileEnumerator) files =
      g_file_enumerate_children (folder,
                                 G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                                "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, &cause);
  GFileInfo *info = NULL;
  GFile *file = NULL;

  while (files != NULL && cause == NULL
         && g_file_enumerator_iterate (files, &info, &file, cancellable, &cause) && info != NULL)
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
        && g_file_info_get_size (info) <= MOST_BYTES
        && g_str_has_suffix (g_file_info_get_name (info), ".json")
        && !check_file (self, file, checks, cancellable, error))
      return FALSE;
  if (cause == NULL)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_IO, _ ("The folder of receipts cannot be read: %s"),
               cause->message);
  return FALSE;
}

/**
 * imp_gate_check_receipts_sync:
 * @self: a gate
 * @folder: where receipts were saved, as files whose names end in “.json”
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Walks the ledger's chain, then holds each receipt of the folder against it: its chain head, its
 * moment, and all that both say. Receipts that lie elsewhere are the anchor outside: a ledger that
 * was cut off or rebuilt as a whole does not fit them (policy.md 5.3). Files that are no receipts
 * are left out.
 *
 * Returns: (transfer container) (element-type ImpReceiptCheck) (nullable): one for each receipt,
 *   by name, or %NULL with %IMP_ERROR_REGISTER_DAMAGED (the chain itself is broken) or
 *   %IMP_ERROR_IO
 */
GPtrArray *
imp_gate_check_receipts_sync (ImpGate *self, GFile *folder, GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GPtrArray) checks =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_receipt_check_free);

  if (!imp_ledger_verify (self->ledger, NULL, NULL, error)
      || !check_folder (self, folder, checks, cancellable, error))
    return NULL;
  g_ptr_array_sort (checks, compare_names);
  return g_steal_pointer (&checks);
}
