#include "imp-record-set.h"

#include "gate-disk.h"
#include "imp-hash.h"
#include "imp-id.h"

static GPtrArray *
write_parts (const ImpRecordPart *parts, guint n_parts, const char *id, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_disk_file_free);

  for (guint i = 0; i < n_parts; i++)
    {
      g_autofree char *part_id = g_strdup_printf ("%s-%u", id, i);
      ImpDiskFile *file = NULL;

      if (!imp_disk_check_target (parts[i].target, FALSE, 0, 0, error))
        return NULL;
      file = imp_disk_begin (parts[i].target, part_id, parts[i].bytes, cancellable, error);
      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
      if (!imp_disk_verify (file, parts[i].bytes, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&files);
}

/* The last part gets its name last: where it is, the others are. */
static gboolean
commit_parts (GPtrArray *files, gboolean *left, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    if (!imp_disk_commit (g_ptr_array_index (files, i), error))
      {
        for (guint j = 0; j <= i; j++)
          {
            imp_disk_take_back (g_ptr_array_index (files, j), NULL);
            *left = *left || imp_disk_is_there (g_ptr_array_index (files, j));
          }
        return FALSE;
      }
  return TRUE;
}

/**
 * _imp_gate_publish_set:
 * @self: the gate
 * @kind: "backup"
 * @parts: (array length=n_parts): what is written; the main one last
 * @n_parts: how many
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * imp_gate_publish_record_sync() for several files: all of them are there afterwards, or none. The
 * ledger's row has the SHA-256 of the main one.
 *
 * Returns: whether all are there, whole; else %IMP_ERROR_TARGET, %IMP_ERROR_IO or an error of the
 *   register
 */
gboolean
_imp_gate_publish_set (ImpGate *self, const char *kind, const ImpRecordPart *parts, guint n_parts,
                       GCancellable *cancellable, GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autofree char *hash = imp_hash_bytes (parts[n_parts - 1].bytes);
  g_autofree char *body = g_strdup_printf ("{\"record\":\"%s\",\"sha256\":\"%s\"}", kind, hash);
  g_autoptr (GPtrArray) files = write_parts (parts, n_parts, id, cancellable, error);
  g_autoptr (ImpLedgerRow) row = NULL;
  gboolean left = FALSE;

  if (files == NULL)
    return FALSE;
  row = imp_ledger_append (self->ledger, "record", id, body, NULL, error);
  if (row == NULL)
    return FALSE;
  if (commit_parts (files, &left, error))
    return TRUE;
  if (!left)
    {
      g_autoptr (ImpLedgerRow) failed =
          imp_ledger_append (self->ledger, "failed", id, "{}", NULL, NULL);
    }
  return FALSE;
}
