#include "imp-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-form-private.h"
#include "imp-record-words.h"

static char *
make_foot (void)
{
  return g_strdup_printf (_ ("Wording: %s"), IMP_FORM_WORDING);
}

static const char *
number_of (const ImpPerson *person)
{
  if (person == NULL)
    return NULL;
  return person->hospital_number != NULL ? person->hospital_number : person->nhs_number;
}

static void
add_person (ImpSheet *sheet, const ImpPerson *person)
{
  g_autofree char *born = imp_form_day (person != NULL ? person->born : NULL);

  imp_sheet_add_blanks (sheet, _ ("Name"), person != NULL ? person->name : NULL,
                        _ ("Date of birth"), born);
  imp_sheet_add_blanks (sheet, _ ("Hospital number"),
                        person != NULL ? person->hospital_number : NULL, _ ("NHS number"),
                        person != NULL ? person->nhs_number : NULL);
}

static void
add_ticks (ImpSheet *sheet)
{
  gsize n_levels = 0;
  const ImpFormLevel *levels = _imp_form_levels (&n_levels);

  imp_sheet_add_heading (sheet, _ ("What may be done with the pictures"));
  imp_sheet_add_text (sheet,
                      _ ("Tick only what you agree to. Each tick stands for itself, and an empty "
                         "box means no. You may say no to all of it: your care stays the same."));
  for (gsize i = 0; i < n_levels; i++)
    imp_sheet_add_tick (sheet, _ (levels[i].name), _ (levels[i].means),
                        levels[i].blank != NULL ? _ (levels[i].blank) : NULL);
  imp_sheet_keep (sheet, 36);
  imp_sheet_add_heading (sheet, _ ("If people could recognise you"));
  imp_sheet_add_text (sheet, _ ("Name, number and date are always removed. Where your face, a "
                                "tattoo or something else by which people know you can be seen, "
                                "the pictures are used only if you also tick here."));
  imp_sheet_add_tick (sheet, _ ("I agree that I may be recognised in the uses ticked above"), NULL,
                      NULL);
}

static void
add_signatures (ImpSheet *sheet)
{
  imp_sheet_keep (sheet, 56);
  imp_sheet_add_heading (sheet, _ ("Who decides"));
  imp_sheet_add_choice (sheet, _ ("I am the patient."));
  imp_sheet_add_choice (sheet, _ ("I have parental responsibility for the patient."));
  imp_sheet_add_choice (sheet, _ ("I am the patient’s attorney or deputy for this decision."));
  imp_sheet_add_choice (sheet, _ ("The patient has died. I am the personal representative, or a "
                                  "relative."));
  imp_sheet_add_blanks (sheet, _ ("Name"), NULL, _ ("Relationship"), NULL);
  imp_sheet_add_blanks (sheet, _ ("Signature"), NULL, _ ("Date"), NULL);
  imp_sheet_keep (sheet, 52);
  imp_sheet_add_heading (sheet, _ ("Who explained it"));
  imp_sheet_add_blanks (sheet, _ ("Name and role"), NULL, _ ("Signature"), NULL);
  imp_sheet_add_blanks (sheet, _ ("Language"), NULL, _ ("Interpreter"), NULL);
  imp_sheet_add_space (sheet, 4);
  imp_sheet_add_small (sheet, _ ("Where consent is given in words and not signed, a witness who "
                                 "is not the person asking signs here."));
  imp_sheet_add_blanks (sheet, _ ("Witness, name and role"), NULL, _ ("Signature"), NULL);
}

/* What the slip needs, in millimetres. */
#define SLIP 88.0

/**
 * _imp_form_add_slip:
 * @sheet: a sheet
 * @site: who has the permission
 * @person: (nullable): whose, filled in
 *
 * Adds the withdrawal slip.
 */
void
_imp_form_add_slip (ImpSheet *sheet, const ImpFormSite *site, const ImpPerson *person)
{
  g_autofree char *to =
      site->contact != NULL
          ? g_strdup_printf (_ ("Give or send this to: %s"), site->contact)
          : g_strdup (_ ("Give this to any member of staff, or send it to the department that "
                         "took the pictures."));

  imp_sheet_add_heading (sheet, _ ("I take my permission back"));
  imp_sheet_add_text (
      sheet, _ ("No reason is needed, and your care stays the same. Nothing new is shown from then "
                "on. What is out there already we ask to have taken down; copies that others have "
                "made cannot always be reached."));
  imp_sheet_add_choice (sheet, _ ("All of it."));
  imp_sheet_add_choice (sheet, _ ("Only this:"));
  imp_sheet_add_blank (sheet, "", NULL);
  imp_sheet_add_blanks (sheet, _ ("Name"), person != NULL ? person->name : NULL, _ ("Number"),
                        number_of (person));
  imp_sheet_add_blanks (sheet, _ ("Signature"), NULL, _ ("Date"), NULL);
  imp_sheet_add_space (sheet, 2);
  imp_sheet_add_small (sheet, to);
}

/**
 * imp_form_consent:
 * @site: who asks
 * @person: (nullable): whom, filled in; %NULL for an empty form
 * @error: where to put the error
 *
 * The form: a tick of its own for each permission (GMC, ICO: granular, none ticked before), who is
 * asking, the wording's version, and the withdrawal slip on the back of the same sheet.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_IO
 */
GBytes *
imp_form_consent (const ImpFormSite *site, const ImpPerson *person, GError **error)
{
  g_autofree char *foot = make_foot ();
  g_autoptr (ImpSheet) sheet = imp_sheet_new (_ ("Consent form for clinical pictures"), foot);

  imp_sheet_add_title (sheet, site->organisation, _ ("Pictures of you: what may we use them for?"));
  imp_sheet_add_text (
      sheet,
      _ ("We have taken, or would like to take, pictures of you: photographs, X-rays, scans or "
         "others. You decide what they may be used for besides your care. Please ask whatever you "
         "want to know before you decide."));
  add_person (sheet, person);
  imp_sheet_add_space (sheet, 1);
  imp_sheet_add_blank (sheet, _ ("The pictures"), NULL);
  add_ticks (sheet);
  add_signatures (sheet);
  imp_sheet_sink (sheet, SLIP);
  imp_sheet_add_cut (sheet, _ ("Cut here and keep this part. You can use it at any time."));
  _imp_form_add_slip (sheet, site, person);
  return imp_sheet_finish (sheet, error);
}

/**
 * imp_form_withdrawal:
 * @site: who has the permission
 * @person: (nullable): whose, filled in; %NULL for an empty slip
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the slip as PDF, or %NULL with %IMP_ERROR_IO
 */
GBytes *
imp_form_withdrawal (const ImpFormSite *site, const ImpPerson *person, GError **error)
{
  g_autofree char *foot = make_foot ();
  g_autoptr (ImpSheet) sheet = imp_sheet_new (_ ("Withdrawal slip"), foot);

  imp_sheet_add_title (sheet, site->organisation, _ ("Taking a permission back"));
  _imp_form_add_slip (sheet, site, person);
  imp_sheet_add_space (sheet, 4);
  imp_sheet_add_heading (sheet, _ ("For staff"));
  imp_sheet_add_text (sheet, _ ("Record this today: search for the number, choose Withdraw. It is "
                                "in force from that moment, and cannot be refused."));
  imp_sheet_add_blanks (sheet, _ ("Received by"), NULL, _ ("Date and time"), NULL);
  return imp_sheet_finish (sheet, error);
}

/**
 * imp_form_day:
 * @text: (nullable): YYYY-MM-DD, or a moment of UTC
 *
 * Returns: (transfer full) (nullable): the same as people read it
 */
char *
imp_form_day (const char *text)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *whole = NULL;

  if (text == NULL)
    return NULL;
  whole = strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  day = g_date_time_new_from_iso8601 (whole, NULL);
  if (day == NULL)
    return g_strdup (text);
  return g_date_time_format (day,
                             strlen (text) == 10 ? _ ("%-d %B %Y") : _ ("%-d %B %Y, %H:%M UTC"));
}

/**
 * imp_form_moment:
 * @at: a moment of UTC
 *
 * Returns: (transfer full): the same as it stands before a line: "23 Nov 2026, 08:15 UTC"
 */
char *
imp_form_moment (const char *at)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (at, NULL);

  return moment != NULL ? g_date_time_format (moment, _ ("%-d %b %Y, %H:%M UTC")) : g_strdup (at);
}

/**
 * imp_form_add_day:
 * @sheet: a sheet
 * @label: what happened
 * @day: (nullable): YYYY-MM-DD, or a moment of UTC; nothing is added for none
 */
void
imp_form_add_day (ImpSheet *sheet, const char *label, const char *day)
{
  g_autofree char *words = imp_form_day (day);

  if (words != NULL)
    imp_sheet_add_fact (sheet, label, words);
}

static const char *
ability_name (const char *capacity)
{
  static const char *const NAMES[][2] = {
    { "presumed", N_ ("Taken for granted, as of any adult") },
    { "assessed-competent", N_ ("Assessed: able to decide") },
    { "lacks", N_ ("Assessed: not able to decide this") },
    { "fluctuating", N_ ("Changes from time to time: we ask again") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i][0], capacity) == 0)
      return _ (NAMES[i][1]);
  return capacity;
}

static void
add_fact_if (ImpSheet *sheet, const char *label, const char *value)
{
  if (value != NULL)
    imp_sheet_add_fact (sheet, label, value);
}

/**
 * imp_form_add_permission:
 * @sheet: a sheet
 * @permission: a permission
 * @today: the day whose state is told
 *
 * Writes down all that is recorded of a permission, in words for everybody.
 */
void
imp_form_add_permission (ImpSheet *sheet, const ImpPermission *permission, const char *today)
{
  imp_sheet_keep (sheet, 62);
  imp_sheet_add_heading (sheet, imp_form_level_name (permission->level));
  imp_sheet_add_fact (sheet, _ ("How it stands"),
                      imp_form_state_name (imp_permission_state_on (permission, today)));
  add_fact_if (sheet, _ ("For"), permission->scope);
  add_fact_if (sheet, _ ("Where"), imp_record_words_place (permission->destination));
  add_fact_if (sheet, _ ("Address"), permission->destination_url);
  add_fact_if (sheet, _ ("Who is responsible there"), permission->controller);
  imp_sheet_add_fact (sheet, _ ("Recognisable"),
                      permission->identifiable
                          ? _ ("Allowed")
                          : _ ("Not allowed: only where nobody can recognise the person"));
  imp_form_add_day (sheet, _ ("Day of the answer"), permission->given);
  imp_form_add_day (sheet, _ ("From"), permission->valid_from);
  if (permission->expires != NULL)
    imp_form_add_day (sheet, _ ("Until"), permission->expires);
  else
    imp_sheet_add_fact (sheet, _ ("Until"), _ ("no end was agreed"));
  imp_form_add_day (sheet, _ ("We ask again on"), permission->review);
  imp_sheet_add_fact (sheet, _ ("Who answered"), _imp_form_giver_name (permission->given_by));
  add_fact_if (sheet, _ ("Name"), permission->giver_name);
  add_fact_if (sheet, _ ("Relationship"), permission->giver_relationship);
  add_fact_if (sheet, _ ("How that was checked"), permission->giver_check);
  add_fact_if (sheet, _ ("Note on that"), permission->giver_note);
  imp_sheet_add_fact (sheet, _ ("Ability to decide"), ability_name (permission->capacity));
  add_fact_if (sheet, _ ("Looked at by"), permission->capacity_assessor);
  imp_sheet_add_fact (sheet, _ ("Proof"),
                      permission->evidence != NULL ? _imp_form_evidence_name (permission->evidence)
                                                   : _ ("none: so it allows nothing"));
  add_fact_if (sheet, _ ("Kept at"), permission->evidence_reference);
  add_fact_if (sheet, _ ("Witness"), permission->witness_name);
  add_fact_if (sheet, _ ("Witness's post"), permission->witness_role);
  add_fact_if (sheet, _ ("Explained with"), permission->wording_version);
  add_fact_if (sheet, _ ("Language"), permission->language);
  add_fact_if (sheet, _ ("Interpreter"), permission->interpreter);
  add_fact_if (sheet, _ ("Picture that was seen"), permission->image_version);
  add_fact_if (sheet, _ ("Legal basis"), imp_record_words_basis (permission->basis));
  add_fact_if (sheet, _ ("Note on the basis"), permission->basis_note);
  imp_form_add_day (sheet, _ ("Taken back"), permission->withdrawn);
  add_fact_if (sheet, _ ("By"), permission->withdrawn_by);
  add_fact_if (sheet, _ ("How"), imp_record_words_channel (permission->withdrawn_channel));
  add_fact_if (sheet, _ ("Reference"), permission->id);
}

/**
 * imp_form_copy:
 * @site: who has the permissions
 * @person: whose
 * @permissions: (element-type ImpPermission): all of them
 * @today: the day whose states are told
 * @error: where to put the error
 *
 * The patient's copy: what she has agreed and refused, and how to take it back.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_IO
 */
GBytes *
imp_form_copy (const ImpFormSite *site, const ImpPerson *person, GPtrArray *permissions,
               const char *today, GError **error)
{
  g_autofree char *day = imp_form_day (today);
  g_autofree char *foot = g_strdup_printf (_ ("As recorded on %s"), day);
  g_autoptr (ImpSheet) sheet = imp_sheet_new (_ ("Patient’s copy"), foot);

  imp_sheet_add_title (sheet, site->organisation, _ ("What you have decided about your pictures"));
  imp_sheet_add_fact (sheet, _ ("Name"), person->name);
  imp_form_add_day (sheet, _ ("Date of birth"), person->born);
  imp_sheet_add_fact (sheet, _ ("Hospital number"), person->hospital_number);
  add_fact_if (sheet, _ ("NHS number"), person->nhs_number);
  if (person->objects)
    imp_sheet_add_text (sheet, _ ("You have said no to any use of your pictures outside your "
                                  "care. That counts before everything below."));
  if (permissions->len == 0)
    imp_sheet_add_text (sheet, _ ("No permission is recorded. Your pictures are used for your "
                                  "care."));
  for (guint i = 0; i < permissions->len; i++)
    imp_form_add_permission (sheet, g_ptr_array_index (permissions, i), today);
  imp_sheet_sink (sheet, SLIP);
  imp_sheet_add_cut (sheet, _ ("Cut here. You can use this part at any time."));
  _imp_form_add_slip (sheet, site, person);
  return imp_sheet_finish (sheet, error);
}

/**
 * imp_form_takedown:
 * @site: who asks
 * @takedown: what for
 * @error: where to put the error
 *
 * The letter that asks for a picture to be taken down. It names no patient: whoever gets it has no
 * right to know.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %IMP_ERROR_IO
 */
GBytes *
imp_form_takedown (const ImpFormSite *site, const ImpTakedown *takedown, GError **error)
{
  g_autoptr (ImpSheet) sheet = imp_sheet_new (_ ("Request to take a picture down"), NULL);

  imp_sheet_add_title (sheet, site->organisation, _ ("Please take down a clinical picture"));
  if (takedown->recipient != NULL)
    imp_sheet_add_fact (sheet, _ ("To"), takedown->recipient);
  else
    imp_sheet_add_blank (sheet, _ ("To"), NULL);
  imp_form_add_day (sheet, _ ("Date"), takedown->today);
  imp_sheet_add_fact (sheet, _ ("Our reference"), takedown->reference);
  imp_sheet_add_space (sheet, 6);
  imp_sheet_add_text (sheet, _ ("To whom it may concern,"));
  imp_sheet_add_text (
      sheet, _ ("the picture named below came from us. It may no longer be shown: we do not have, "
                "or no longer have, the permission that this needs. We ask you to remove the "
                "picture, every copy and preview of it that you keep, and to have search engines "
                "forget the page."));
  imp_sheet_add_heading (sheet, _ ("The picture"));
  if (takedown->where != NULL)
    imp_sheet_add_fact (sheet, _ ("Where it is"), takedown->where);
  else
    imp_sheet_add_blank (sheet, _ ("Where it is"), NULL);
  imp_form_add_day (sheet, _ ("When it left us"), takedown->published);
  imp_sheet_add_fact (sheet, _ ("SHA-256 of the file"), takedown->sha256);
  imp_sheet_add_heading (sheet, _ ("Please tell us"));
  imp_sheet_add_text (sheet, _ ("when it is gone, to whom you passed it on, and what could not be "
                                "removed. Please do so within seven days. Do not try to find out "
                                "who the person is, and do not write about this request in "
                                "public."));
  imp_sheet_add_fact (sheet, _ ("Answer to"), site->contact);
  imp_sheet_add_space (sheet, 14);
  imp_sheet_add_blanks (sheet, _ ("Signature"), NULL, _ ("Name and role"), NULL);
  return imp_sheet_finish (sheet, error);
}
