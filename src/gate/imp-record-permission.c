#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-evidence.h"

/* The day of the answer, its terms and its proof; the state follows by a step of its own. */
static gboolean
change (ImpGate *self, const ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) before =
      imp_register_get_permission (self->people, permission->id, error);
  g_autoptr (ImpPermission) amended = NULL;

  if (before == NULL)
    return FALSE;
  amended = imp_permission_copy (permission);
  amended->state = before->state;
  return imp_register_amend_permission (self->people, amended, error)
         && (before->state == permission->state
             || imp_register_step (self->people, permission->id, permission->state, NULL, error));
}

static gboolean
record (ImpGate *self, ImpPermission *permission, ImpAttachment *attachment, GBytes *bytes,
        GError **error)
{
  if (!(permission->id == NULL ? imp_register_add_permission (self->people, permission, error)
                               : change (self, permission, error)))
    return FALSE;
  if (attachment == NULL)
    return TRUE;
  g_free (attachment->permission_id);
  attachment->permission_id = g_strdup (permission->id);
  return imp_register_add_evidence (self->people, attachment, bytes, error);
}

/**
 * imp_gate_record_permission_sync:
 * @self: the gate
 * @permission: what was said; one without an id is new, else it is amended, and taken on to its
 *   state where that differs: the answer to an offer
 * @attachment: (nullable): kind and title of the evidence that came with it
 * @file: (nullable): the scan, where @attachment is one
 * @signature: (nullable): the strokes, where @attachment is a signature
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Records a permission and what proves it in one: both stand in the register afterwards, or
 * neither.
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_register_add_permission(),
 *   imp_register_amend_permission(), imp_register_step() or imp_gate_add_evidence_sync()
 */
gboolean
imp_gate_record_permission_sync (ImpGate *self, ImpPermission *permission,
                                 ImpAttachment *attachment, GFile *file, GBytes *signature,
                                 GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpPermission) kept = imp_permission_copy (permission);
  g_autoptr (GBytes) bytes = signature != NULL ? g_bytes_ref (signature) : NULL;

  /* A no is everybody's to record; the schema lets nobody take one back by the way. */
  if ((attachment != NULL || permission->id != NULL || permission->state != IMP_PERMISSION_REFUSED)
      && !imp_gate_check_right (self, IMP_RIGHT_RECORD, error))
    return FALSE;
  if (attachment != NULL && bytes == NULL)
    bytes = _imp_gate_read_evidence (file, cancellable, error);
  if ((attachment != NULL && bytes == NULL) || !imp_store_begin (self->store, error))
    return FALSE;
  if (!record (self, kept, attachment, bytes, error))
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  if (!imp_store_commit (self->store, error))
    return FALSE;
  g_free (permission->id);
  permission->id = g_strdup (kept->id);
  return TRUE;
}
