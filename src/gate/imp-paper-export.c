#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-paper-ledger-private.h"

static const char *
text_of (const ImpPaperExport *export, const char *name)
{
  const char *text = NULL;

  g_variant_lookup (export->texts, name, "&s", &text);
  return text;
}

/* ---- the receipt ---- */

/**
 * _imp_paper_receipt:
 * @gate: the gate
 * @paper: of which export
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * The receipt on paper: what left and why it was allowed, without an identifier.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_NOT_FOUND (also for an
 *   export that was not completed), %IMP_ERROR_IO or an error of the register
 */
GBytes *
_imp_paper_receipt (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpPaperExport) export = _imp_paper_export_new (gate, paper->export_id, error);
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (ImpSheet) sheet = imp_sheet_new (_ ("Export receipt"), _ ("Export receipt"));
  const char *destination = NULL;

  if (export == NULL || !_imp_paper_site (gate, &organisation, &contact, error))
    return NULL;
  if (export->finish == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                   _ ("This export was not completed, so there is no receipt"));
      return NULL;
    }
  destination = _imp_paper_member (export->body, "destination");
  imp_sheet_add_title (sheet, organisation, _ ("Export receipt"));
  _imp_paper_add_export (gate, sheet, export);
  imp_sheet_add_heading (sheet, _ ("The ledger"));
  imp_sheet_add_text (sheet,
                      _ ("Keep this page away from the register. The head below lets anybody "
                         "find out later whether rows of the ledger were cut off or made "
                         "again: imprimatur-cli ledger verify --head"));
  imp_sheet_add_fact (sheet, _ ("Head of the chain"), export->finish->hash);
  if (g_strcmp0 (destination, "publication") == 0 || g_strcmp0 (destination, "social-media") == 0)
    imp_sheet_add_text (sheet, _ ("Once published this picture cannot be taken back: patients, "
                                  "families, colleagues and employers may see it for years."));
  return imp_sheet_finish (sheet, error);
}

/* ---- the case file ---- */

static void
add_answers (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export)
{
  imp_sheet_add_heading (sheet, _ ("What was answered"));
  if (_imp_paper_add_answers (gate, sheet, export->body, export->texts, IMP_PAPER_ANSWER) == 0)
    imp_sheet_add_text (sheet, _ ("The answers were erased. The ledger has their keyed digests."));
}

static void
add_words (ImpSheet *sheet, const ImpPaperExport *export)
{
  imp_sheet_add_heading (sheet, _ ("What went with it, and hashes"));
  imp_sheet_add_fact (sheet, _ ("Caption"), text_of (export, "caption"));
  imp_sheet_add_fact (sheet, _ ("Written to"), text_of (export, "target"));
  imp_sheet_add_fact (sheet, _ ("SHA-256 of the source"), text_of (export, "source-sha256"));
  _imp_paper_add_member (sheet, _ ("SHA-256 of the rendering"), export->body, "rendering_sha256");
  _imp_paper_add_member (sheet, _ ("SHA-256 of the file"), export->body, "sha256");
  _imp_paper_add_member (sheet, _ ("Boxes as drawn"), export->body, "boxes");
}

/* What the people at the desk approved, of exactly this. */
static gboolean
add_approvals (ImpGate *gate, ImpSheet *sheet, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);
      g_autoptr (JsonObject) body = imp_ledger_chain_parse (row->body, error);
      g_autofree char *name = NULL;

      if (body == NULL)
        return FALSE;
      name = _imp_paper_user_name (gate, _imp_paper_member (body, "user"), error);
      if (name == NULL)
        return FALSE;
      imp_sheet_add_fact (sheet, _ ("Approved at the desk by"), name);
      imp_form_add_day (sheet, _ ("When"), row->at);
      imp_sheet_add_fact (sheet, _ ("Row of the ledger"), row->hash);
    }
  return TRUE;
}

/* What second persons decided, signed. */
static gboolean
add_seconds (ImpGate *gate, ImpSheet *sheet, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (JsonObject) body = imp_ledger_chain_parse (row->body, &local_error);
      g_autofree char *words =
          body != NULL ? imp_ledger_get_text (gate->ledger, row->id, "second-person", &local_error)
                       : NULL;
      g_autofree char *name = NULL;
      g_autofree char *asker = NULL;

      if (local_error == NULL)
        name = _imp_paper_user_name (gate, _imp_paper_member (body, "approver"), &local_error);
      if (local_error == NULL)
        asker = _imp_paper_user_name (gate, _imp_paper_member (body, "operator"), &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      imp_sheet_add_fact (sheet, _ ("Second person"), name);
      imp_sheet_add_fact (sheet, _ ("Decision"),
                          g_strcmp0 (_imp_paper_member (body, "decision"), "approve") == 0
                              ? _ ("It is approved")
                              : _ ("It is declined"));
      if (words != NULL)
        imp_sheet_add_fact (sheet, _ ("In these words"), words);
      imp_sheet_add_fact (sheet, _ ("Asked by"), asker);
      imp_form_add_day (sheet, _ ("When"), row->at);
      _imp_paper_add_member (sheet, _ ("Signature"), body, "signature");
      _imp_paper_add_member (sheet, _ ("With the key"), body, "key");
      imp_sheet_add_fact (sheet, _ ("Row of the ledger"), row->hash);
    }
  return TRUE;
}

static gboolean
add_approvers (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export, GError **error)
{
  const char *digest = _imp_paper_member (export->body, "digest");
  g_autofree char *asked =
      _imp_paper_user_name (gate, _imp_paper_member (export->body, "user"), error);
  g_autoptr (GPtrArray) approvals =
      asked != NULL
          ? imp_ledger_list_of (gate->ledger, "approval", digest != NULL ? digest : "", error)
          : NULL;
  g_autoptr (GPtrArray) seconds =
      approvals != NULL
          ? imp_ledger_list_of (gate->ledger, "second", digest != NULL ? digest : "", error)
          : NULL;

  if (seconds == NULL)
    return FALSE;
  imp_sheet_add_heading (sheet, _ ("Who asked, and who approved"));
  imp_sheet_add_fact (sheet, _ ("Asked by"), asked);
  if (!add_approvals (gate, sheet, approvals, error))
    return FALSE;
  if (approvals->len == 0 && seconds->len == 0)
    imp_sheet_add_text (sheet, _ ("No approval was needed for this use, and none is recorded."));
  return add_seconds (gate, sheet, seconds, error);
}

static gboolean
add_consent (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  const char *person_id = _imp_paper_member (export->body, "person");
  const char *permission_id = _imp_paper_member (export->body, "permission");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ImpPerson) person =
      person_id != NULL ? imp_register_get_person (people, person_id, &local_error) : NULL;
  g_autoptr (ImpPermission) permission =
      permission_id != NULL && local_error == NULL
          ? imp_register_get_permission (people, permission_id, &local_error)
          : NULL;

  if (local_error != NULL && !g_error_matches (local_error, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  imp_sheet_add_heading (sheet, _ ("Whose picture it is"));
  if (person == NULL)
    imp_sheet_add_text (sheet, _ ("Nobody of the register: it was not known whose picture it is, "
                                  "or the person was erased."));
  else if (!_imp_paper_add_person (gate, sheet, person, error))
    return FALSE;
  if (permission != NULL)
    return _imp_paper_add_permission (gate, sheet, permission, error);
  imp_sheet_add_heading (sheet, _ ("Consent"));
  imp_sheet_add_text (sheet, permission_id != NULL
                                 ? _ ("The permission that it rested on is no longer there.")
                                 : _ ("It rested on no permission: it left as a picture in which "
                                      "nobody could be identified."));
  return TRUE;
}

static gboolean
add_where (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ImpCopy) copy = imp_copies_get (gate->ledger, export->intent->export_id, &local_error);

  imp_sheet_add_heading (sheet, _ ("Where it went"));
  if (copy != NULL)
    _imp_paper_add_copy (sheet, copy);
  else if (g_error_matches (local_error, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    imp_sheet_add_text (sheet, _ ("The export was not completed: nothing is known to be out."));
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static void
add_rows (ImpSheet *sheet, const ImpPaperExport *export)
{
  imp_sheet_add_heading (sheet, _ ("Rows of the ledger"));
  for (guint i = 0; i < export->rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (export->rows, i);
      g_autofree char *label = g_strdup_printf (_ ("Row %ld"), (long)row->seq);
      g_autofree char *what = _imp_paper_row_name (row->kind);
      g_autofree char *day = imp_form_day (row->at);
      g_autofree char *value = g_strdup_printf ("%s: %s", day, what);

      imp_sheet_keep (sheet, 12);
      imp_sheet_add_fact (sheet, label, value);
      imp_sheet_add_fact (sheet, _ ("Its hash"), row->hash);
    }
}

/**
 * _imp_paper_case_file:
 * @gate: the gate
 * @paper: of which export
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * All that a complaint needs (article row 30): the decision, the answers, the hashes, who approved,
 * and the evidence of the consent.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_IO
 *   or an error of the register
 */
GBytes *
_imp_paper_case_file (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (ImpPaperExport) export = _imp_paper_export_new (gate, paper->export_id, error);
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (ImpSheet) sheet =
      imp_sheet_new (_ ("Case file"), _ ("Case file. Confidential: it identifies a patient."));

  if (export == NULL || !_imp_paper_site (gate, &organisation, &contact, error))
    return NULL;
  imp_sheet_add_title (sheet, organisation, _ ("Case file of one export"));
  _imp_paper_add_export (gate, sheet, export);
  add_answers (gate, sheet, export);
  add_words (sheet, export);
  if (!add_approvers (gate, sheet, export, error) || !add_consent (gate, sheet, export, error)
      || !add_where (gate, sheet, export, error))
    return NULL;
  add_rows (sheet, export);
  return imp_sheet_finish (sheet, error);
}

/* ---- the letter ---- */

static char *
places_of (const ImpCopy *copy)
{
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; copy->urls != NULL && copy->urls[i] != NULL; i++)
    g_string_append_printf (places, "%s\n", copy->urls[i]);
  for (guint i = 0; copy->dois != NULL && copy->dois[i] != NULL; i++)
    g_string_append_printf (places, "https://doi.org/%s\n", copy->dois[i]);
  if (places->len > 0)
    g_string_truncate (places, places->len - 1);
  return places->len > 0 ? g_strdup (places->str) : g_strdup (copy->name);
}

/**
 * _imp_paper_takedown:
 * @gate: the gate
 * @paper: of which export
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the letter that asks for the picture to be taken down, which
 *   names no patient; or %NULL as _imp_paper_receipt()
 */
GBytes *
_imp_paper_takedown (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (ImpCopy) copy =
      imp_copies_get (gate->ledger, paper->export_id != NULL ? paper->export_id : "", error);
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *today = imp_clock_today ();
  g_autofree char *places = copy != NULL ? places_of (copy) : NULL;
  ImpFormSite site = { NULL, NULL };
  ImpTakedown takedown = { NULL };

  if (copy == NULL || !_imp_paper_site (gate, &organisation, &contact, error))
    return NULL;
  site.organisation = organisation;
  site.contact = contact;
  takedown.recipient = copy->name;
  takedown.where = places;
  takedown.reference = copy->export_id;
  takedown.published = copy->released;
  takedown.sha256 = copy->sha256;
  takedown.today = today;
  return imp_form_takedown (&site, &takedown, error);
}
