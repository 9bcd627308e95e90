#include "imp-guidance.h"

#include "gate-accounts.h"
#include "gate-private.h"

/**
 * imp_gate_add_guidance_sync:
 * @self: the gate
 * @title: what it is called
 * @file: a PDF
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Copies a PDF of the site's own into the register, for everybody who works with it.
 *
 * Returns: (transfer full) (nullable): its random id, or %NULL with the errors of
 * imp_gate_add_evidence_sync(), of imp_register_add_guidance() or of imp_gate_check_right()
 */
char *
imp_gate_add_guidance_sync (ImpGate *self, const char *title, GFile *file,
                            GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_KEEP, error))
    return NULL;
  pdf = _imp_gate_read_evidence (file, cancellable, error);
  return pdf != NULL ? imp_register_add_guidance (self->people, title, pdf, error) : NULL;
}

/**
 * imp_gate_remove_guidance_sync:
 * @self: the gate
 * @id: an id of imp_register_list_guidance()
 * @error: where to put the error
 *
 * Returns: whether it is gone; else the errors of imp_register_remove_guidance() or of
 *   imp_gate_check_right()
 */
gboolean
imp_gate_remove_guidance_sync (ImpGate *self, const char *id, GError **error)
{
  return imp_gate_check_right (self, IMP_RIGHT_KEEP, error)
         && imp_register_remove_guidance (self->people, id, error);
}

/**
 * imp_gate_export_guidance_sync:
 * @self: the gate
 * @id: an id of imp_register_list_guidance()
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes the PDF out as it came, by the records verb: a PDF is not shown here, as nothing that
 * renders one lives under the helper's lock.
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_register_read_guidance() or of
 *   imp_gate_publish_record_sync()
 */
gboolean
imp_gate_export_guidance_sync (ImpGate *self, const char *id, GFile *target,
                               GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) pdf = imp_register_read_guidance (self->people, id, error);

  if (pdf == NULL)
    return FALSE;
  _imp_gate_issue (self, "guidance", pdf);
  return _imp_gate_publish (self, "guidance", id, NULL, pdf, target, cancellable, error);
}
