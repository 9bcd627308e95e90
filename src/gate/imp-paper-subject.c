#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-paper-ledger-private.h"
#include "imp-register-evidence.h"
#include "imp-record-words.h"
#include "imp-register-names.h"

static void
add_if (ImpSheet *sheet, const char *label, const char *value)
{
  if (value != NULL)
    imp_sheet_add_fact (sheet, label, value);
}

static gboolean
add_names (ImpRegister *people, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) identifiers = imp_register_list_identifiers (people, person_id, error);
  g_autoptr (GPtrArray) aliases =
      identifiers != NULL ? imp_register_list_aliases (people, person_id, error) : NULL;

  if (aliases == NULL)
    return FALSE;
  for (guint i = 0; i < identifiers->len; i++)
    {
      const ImpIdentifier *identifier = g_ptr_array_index (identifiers, i);

      imp_sheet_add_fact (sheet, identifier->scheme, identifier->value);
    }
  for (guint i = 0; i < aliases->len; i++)
    {
      const ImpAlias *alias = g_ptr_array_index (aliases, i);
      g_autofree char *words =
          g_strdup_printf ("%s (%s)", alias->name, imp_record_words_alias (alias->kind));

      imp_sheet_add_fact (sheet, _ ("Other name"), words);
    }
  return TRUE;
}

static gboolean
add_assessments (ImpRegister *people, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) assessments = imp_register_list_assessments (people, person_id, error);

  for (guint i = 0; assessments != NULL && i < assessments->len; i++)
    {
      const ImpAssessment *assessment = g_ptr_array_index (assessments, i);
      g_autofree char *day = imp_form_day (assessment->assessed);
      g_autofree char *words = g_strdup_printf (_ ("%s, about: %s; by %s, %s"),
                                                imp_record_words_outcome (assessment->outcome),
                                                assessment->decision, assessment->assessor, day);

      imp_sheet_add_fact (sheet, _ ("Ability to decide"), words);
      imp_form_add_day (sheet, _ ("To be asked again by"), assessment->ask_again);
    }
  return assessments != NULL;
}

/**
 * _imp_paper_add_person:
 * @gate: the gate
 * @sheet: a sheet
 * @person: a person
 * @error: where to put the error
 *
 * Writes down all that is recorded of a person herself.
 *
 * Returns: whether it could be read, else an error of the register
 */
gboolean
_imp_paper_add_person (ImpGate *gate, ImpSheet *sheet, const ImpPerson *person, GError **error)
{
  imp_sheet_add_fact (sheet, _ ("Name"), person->name);
  imp_sheet_add_fact (sheet, _ ("Hospital number"), person->hospital_number);
  imp_sheet_add_fact (sheet, _ ("NHS number"), person->nhs_number);
  imp_form_add_day (sheet, _ ("Date of birth"), person->born);
  if (person->died != NULL && strcmp (person->died, "unknown") == 0)
    imp_sheet_add_fact (sheet, _ ("Died"), _ ("on a day that is not known"));
  else
    imp_form_add_day (sheet, _ ("Died"), person->died);
  imp_sheet_add_fact (sheet, _ ("Has said no to any use"), person->objects ? _ ("Yes") : _ ("No"));
  imp_sheet_add_fact (sheet, _ ("Unable to decide"), person->lacks_capacity ? _ ("Yes") : _ ("No"));
  imp_sheet_add_fact (sheet, _ ("Known to an audience"),
                      person->known_to_audience ? _ ("Yes") : _ ("No"));
  add_if (sheet, _ ("Note"), person->note);
  imp_sheet_add_fact (sheet, _ ("Reference"), person->id);
  imp_form_add_day (sheet, _ ("In the register since"), person->created);
  return add_names (imp_gate_get_register (gate), sheet, person->id, error)
         && add_assessments (imp_gate_get_register (gate), sheet, person->id, error);
}

/**
 * _imp_paper_add_history:
 * @gate: the gate
 * @sheet: a sheet
 * @subject_id: a person's or a permission's random id
 * @error: where to put the error
 *
 * Writes down what happened to it.
 *
 * Returns: whether it could be read, else an error of the register
 */
gboolean
_imp_paper_add_history (ImpGate *gate, ImpSheet *sheet, const char *subject_id, GError **error)
{
  g_autoptr (GPtrArray) events =
      imp_register_list_history (imp_gate_get_register (gate), subject_id, error);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const ImpHistory *event = g_ptr_array_index (events, i);
      g_autofree char *day = imp_form_moment (event->at);
      g_autofree char *what = _imp_paper_event_words (event);
      g_autoptr (GString) words = g_string_new (what);

      if (event->actor != NULL)
        g_string_append_printf (words, _ (", by %s"), event->actor);
      if (event->text != NULL)
        g_string_append_printf (words, ": %s", event->text);
      imp_sheet_add_fact (sheet, day, words->str);
    }
  return events != NULL;
}

/* What proves a permission: named by its hash, so that what is shown later can be told to be it. */
static gboolean
add_evidence (ImpRegister *people, ImpSheet *sheet, const char *permission_id, GError **error)
{
  g_autoptr (GPtrArray) evidence = imp_register_list_evidence (people, permission_id, error);

  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      const ImpAttachment *attachment = g_ptr_array_index (evidence, i);
      g_autofree char *size = g_format_size ((guint64)attachment->size);
      g_autofree char *day = imp_form_day (attachment->created);
      g_autofree char *words =
          g_strdup_printf ("%s%s%s, %s, %s", attachment->title != NULL ? attachment->title : "",
                           attachment->title != NULL ? ": " : "",
                           imp_record_words_media_type (attachment->media_type), size, day);

      imp_sheet_add_fact (sheet, _ ("Kept with it"), words);
      imp_sheet_add_fact (sheet, _ ("SHA-256 of that"), attachment->sha256);
    }
  return evidence != NULL;
}

/**
 * _imp_paper_add_permission:
 * @gate: the gate
 * @sheet: a sheet
 * @permission: a permission
 * @error: where to put the error
 *
 * Writes down a permission, its evidence and what happened to it.
 *
 * Returns: whether it could be read, else an error of the register
 */
gboolean
_imp_paper_add_permission (ImpGate *gate, ImpSheet *sheet, const ImpPermission *permission,
                           GError **error)
{
  g_autofree char *today = imp_clock_today ();

  imp_form_add_permission (sheet, permission, today);
  return add_evidence (imp_gate_get_register (gate), sheet, permission->id, error)
         && _imp_paper_add_history (gate, sheet, permission->id, error);
}

/**
 * _imp_paper_add_copy:
 * @sheet: a sheet
 * @copy: a picture that left
 */
void
_imp_paper_add_copy (ImpSheet *sheet, const ImpCopy *copy)
{
  static const char *const STATES[][2] = {
    { "live", N_ ("It is out there, as far as anybody knows") },
    { "asked", N_ ("Somebody was asked to take it down") },
    { "removed", N_ ("It was taken down") },
    { "cannot-be-removed", N_ ("It cannot be taken down") },
  };
  const char *state = imp_copy_state_to_text (copy->state);

  imp_form_add_day (sheet, _ ("Left on"), copy->released);
  imp_sheet_add_fact (sheet, _ ("For"), imp_form_destination_name (copy->destination));
  add_if (sheet, _ ("Where"), copy->name);
  for (guint i = 0; copy->urls != NULL && copy->urls[i] != NULL; i++)
    imp_sheet_add_fact (sheet, _ ("Address"), copy->urls[i]);
  for (guint i = 0; copy->dois != NULL && copy->dois[i] != NULL; i++)
    imp_sheet_add_fact (sheet, _ ("DOI"), copy->dois[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (strcmp (STATES[i][0], state) == 0)
      imp_sheet_add_fact (sheet, _ ("How it stands"), _ (STATES[i][1]));
  add_if (sheet, _ ("To be taken down, as"), imp_form_task_name (copy->task_reason));
  imp_form_add_day (sheet, _ ("Last asked"), copy->chased);
  add_if (sheet, _ ("SHA-256 of the file"), copy->sha256);
  imp_sheet_add_fact (sheet, _ ("Export"), copy->export_id);
}

static gboolean
add_permissions (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) permissions =
      imp_register_list_permissions (imp_gate_get_register (gate), person_id, error);

  if (permissions != NULL && permissions->len == 0)
    {
      imp_sheet_add_heading (sheet, _ ("Permissions"));
      imp_sheet_add_text (sheet, _ ("None is recorded."));
    }
  for (guint i = 0; permissions != NULL && i < permissions->len; i++)
    if (!_imp_paper_add_permission (gate, sheet, g_ptr_array_index (permissions, i), error))
      return FALSE;
  return permissions != NULL;
}

static gboolean
add_copies (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  const ImpCopyFilter filter = { .person_id = person_id };
  g_autoptr (GPtrArray) copies = imp_copies_list (gate->ledger, &filter, error);

  imp_sheet_add_heading (sheet, _ ("Pictures that left"));
  if (copies != NULL && copies->len == 0)
    imp_sheet_add_text (sheet, _ ("None is known to have left."));
  for (guint i = 0; copies != NULL && i < copies->len; i++)
    {
      imp_sheet_keep (sheet, 30);
      _imp_paper_add_copy (sheet, g_ptr_array_index (copies, i));
      imp_sheet_add_space (sheet, 3);
    }
  return copies != NULL;
}

static void
add_letter (ImpSheet *sheet, const char *organisation, const char *contact, const ImpPerson *person)
{
  g_autofree char *today = imp_clock_today ();

  imp_sheet_add_title (sheet, organisation, _ ("What we hold about you and your pictures"));
  add_if (sheet, _ ("To"), person->name);
  imp_form_add_day (sheet, _ ("Date"), today);
  add_if (sheet, _ ("Questions to"), contact);
  imp_sheet_add_space (sheet, 4);
  imp_sheet_add_text (sheet, _ ("To whom it concerns,"));
  imp_sheet_add_text (
      sheet, _ ("you asked what we hold about you. On these pages is everything that the register "
                "of permissions for clinical pictures has. We keep it so that your pictures are "
                "used only as you have allowed."));
  imp_sheet_add_text (
      sheet, _ ("Should something be wrong, tell us, and we correct it. You may take back any "
                "permission at any time, without a reason. You may ask to be erased: a coded mark "
                "then stays that says “do not use”, and tells nobody who you are. You may also "
                "complain to the Information Commissioner’s Office."));
  imp_sheet_add_text (sheet,
                      _ ("Times are those of UTC: in summer, clocks in Britain are one hour ahead. "
                         "References and SHA-256 are long numbers by which we find a row or a file "
                         "again; you need them only to ask about one."));
}

static void
add_end (ImpSheet *sheet)
{
  imp_sheet_keep (sheet, 24);
  imp_sheet_add_space (sheet, 4);
  imp_sheet_add_text (sheet, _ ("That is all we hold."));
  imp_sheet_add_space (sheet, 4);
  imp_sheet_add_blanks (sheet, _ ("Signature"), NULL, _ ("Name and role"), NULL);
}

/**
 * _imp_paper_subject_access:
 * @gate: the gate
 * @paper: about whom
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * All that is held about a person, for a request of access (policy.md 5.8).
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_IO
 *   or an error of the register
 */
GBytes *
_imp_paper_subject_access (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (ImpPerson) person =
      imp_register_get_person (imp_gate_get_register (gate), paper->person_id, error);
  g_autofree char *organisation = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (ImpSheet) sheet =
      imp_sheet_new (_ ("Subject access"), _ ("Confidential: for the person named, and nobody "
                                              "else."));

  if (person == NULL || !_imp_paper_site (gate, &organisation, &contact, error))
    return NULL;
  add_letter (sheet, organisation, contact, person);
  imp_sheet_add_heading (sheet, _ ("You"));
  if (!_imp_paper_add_person (gate, sheet, person, error)
      || !_imp_paper_add_history (gate, sheet, person->id, error)
      || !add_permissions (gate, sheet, person->id, error)
      || !add_copies (gate, sheet, person->id, error)
      || !_imp_paper_add_told (gate, sheet, person->id, error))
    return NULL;
  add_end (sheet);
  return imp_sheet_finish (sheet, error);
}
