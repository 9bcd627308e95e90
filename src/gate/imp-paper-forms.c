#include "imp-clock.h"
#include "imp-form.h"
#include "imp-paper-private.h"

/**
 * _imp_paper_site:
 * @gate: the gate
 * @organisation: (out): who keeps the register
 * @contact: (out): whom to turn to
 * @error: where to put the error
 *
 * Returns: whether the site's settings could be read, each %NULL where there is none
 */
gboolean
_imp_paper_site (ImpGate *gate, char **organisation, char **contact, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *organisation =
      imp_register_get_setting (imp_gate_get_register (gate), "organisation", &local_error);
  if (local_error == NULL)
    *contact = imp_register_get_setting (imp_gate_get_register (gate), "contact", &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
find_person (ImpGate *gate, const ImpPaper *paper, ImpPerson **person, GError **error)
{
  *person = paper->person_id != NULL
                ? imp_register_get_person (imp_gate_get_register (gate), paper->person_id, error)
                : NULL;
  return paper->person_id == NULL || *person != NULL;
}

typedef GBytes *(*Drawer) (const ImpFormSite *site, const ImpPerson *person, GError **error);

static GBytes *
draw_form (ImpGate *gate, const ImpPaper *paper, Drawer draw, GError **error)
{
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (ImpPerson) person = NULL;
  ImpFormSite site = { NULL, NULL };

  if (!_imp_paper_site (gate, &organisation, &contact, error)
      || !find_person (gate, paper, &person, error))
    return NULL;
  site.organisation = organisation;
  site.contact = contact;
  return draw (&site, person, error);
}

/**
 * _imp_paper_consent_form:
 * @gate: the gate
 * @paper: for whom; nobody for an empty form
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_IO
 *   or an error of the register
 */
GBytes *
_imp_paper_consent_form (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                         GError **error)
{
  return draw_form (gate, paper, imp_form_consent, error);
}

/**
 * _imp_paper_withdrawal_slip:
 * @gate: the gate
 * @paper: for whom; nobody for an empty slip
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as _imp_paper_consent_form()
 */
GBytes *
_imp_paper_withdrawal_slip (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                            GError **error)
{
  return draw_form (gate, paper, imp_form_withdrawal, error);
}

/**
 * _imp_paper_patient_copy:
 * @gate: the gate
 * @paper: whose
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as _imp_paper_consent_form()
 */
GBytes *
_imp_paper_patient_copy (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *today = imp_clock_today ();
  g_autoptr (ImpPerson) person =
      imp_register_get_person (imp_gate_get_register (gate), paper->person_id, error);
  g_autoptr (GPtrArray) permissions =
      person != NULL
          ? imp_register_list_permissions (imp_gate_get_register (gate), person->id, error)
          : NULL;
  ImpFormSite site = { NULL, NULL };

  if (permissions == NULL || !_imp_paper_site (gate, &organisation, &contact, error))
    return NULL;
  site.organisation = organisation;
  site.contact = contact;
  return imp_form_copy (&site, person, permissions, today, error);
}
