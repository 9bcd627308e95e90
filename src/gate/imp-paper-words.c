#include <glib/gi18n.h>

#include "imp-paper-ledger-private.h"
#include "imp-record-words.h"
#include "imp-word.h"

static const ImpWord ROWS[] = {
  { "intent", N_ ("A picture was let out") },
  { "done", N_ ("The picture was written to its file") },
  { "recovered", N_ ("After a break the picture was found written") },
  { "abandoned", N_ ("The picture was not written: this was broken off") },
  { "failed", N_ ("The picture could not be written") },
  { "refused", N_ ("A picture was refused") },
  { "approval", N_ ("The picture was approved at the desk") },
  { "second", N_ ("A second person decided") },
  { "placed", N_ ("It was recorded where the picture went") },
  { "takedown", N_ ("It was recorded what came of asking the picture back") },
  { "record", N_ ("A paper was made") },
  { "look-up", N_ ("Somebody asked whose picture it is") },
  { "file-refusal", N_ ("A file said that the person does not consent to its being passed on") },
  { "import", N_ ("Records were taken in from a file") },
  { "user", N_ ("A user was added or changed") },
  { "kept-ended", N_ ("The reason of the law to keep the record came to its end") },
  { "clock", N_ ("The clock of the computer was accepted as it was") },
  { "restored", N_ ("The register was restored from a backup") },
};

static const ImpWord RECORDS[] = {
  { "csv", N_ ("the register as a table") },
  { "csv-template", N_ ("an empty table to be filled in") },
  { "fhir", N_ ("the permissions as FHIR Consent") },
  { "consent-form", N_ ("the consent form") },
  { "withdrawal-slip", N_ ("the withdrawal slip") },
  { "patient-copy", N_ ("the patient’s copy") },
  { "subject-access", N_ ("what is held about the person") },
  { "receipt-page", N_ ("the receipt of an export") },
  { "receipt", N_ ("the receipt of an export") },
  { "case-file", N_ ("the case file of an export") },
  { "takedown-letter", N_ ("the letter that asks for the picture to be taken down") },
};

static const ImpWord TEXTS[] = {
  { "caption", N_ ("Caption") },
  { "alt", N_ ("Description for those who cannot see it") },
  { "target", N_ ("Written to") },
  { "target-uri", N_ ("Written to, as an address") },
  { "source-sha256", N_ ("SHA-256 of the source") },
  { "sha256", N_ ("SHA-256 of the paper") },
  { "file-sha256", N_ ("SHA-256 of the file") },
  { "second-person", N_ ("What the second person said") },
  { "name", N_ ("Where it went") },
  { "urls", N_ ("Web addresses") },
  { "dois", N_ ("DOIs") },
  { "recipient", N_ ("Who was asked") },
  { "reason", N_ ("Why") },
  { "how", N_ ("How it was asked") },
  { "note", N_ ("Note") },
};

static const ImpWord CASES[] = {
  { "waiting", N_ ("It waits for an answer") },
  { "approved", N_ ("It was approved") },
  { "declined", N_ ("It was declined") },
  { "taken-back", N_ ("Who asked took the question back") },
};

static const ImpWord EVENTS[] = {
  { "added", N_ ("Recorded") },
  { "changed", N_ ("Changed") },
  { "removed", N_ ("Removed") },
  { "objection-note", N_ ("What was said about that") },
  { "alias-added", N_ ("Another name was added") },
  { "alias-removed", N_ ("Another name was removed") },
  { "identifier-added", N_ ("Another number was added") },
  { "identifier-removed", N_ ("Another number was removed") },
  { "capacity-assessed", N_ ("The ability to decide was assessed") },
  { "evidence-added", N_ ("Evidence was kept with it") },
  { "evidence-removed", N_ ("Evidence was removed") },
  { "tombstone-lifted", N_ ("The mark that says “do not use” was lifted") },
};

/**
 * _imp_paper_row_name:
 * @kind: the kind of a row of the ledger: "intent"
 *
 * Returns: (transfer full): what happened
 */
char *
_imp_paper_row_name (const char *kind)
{
  return imp_word_spell_out (ROWS, G_N_ELEMENTS (ROWS), kind);
}

/**
 * _imp_paper_record_name:
 * @record: the kind of a paper: "case-file"
 *
 * Returns: (transfer full): what it is called within a sentence
 */
char *
_imp_paper_record_name (const char *record)
{
  return imp_word_spell_out (RECORDS, G_N_ELEMENTS (RECORDS), record);
}

/**
 * _imp_paper_text_name:
 * @key: the key of a text beside a row of the ledger: "source-sha256"
 *
 * Returns: (transfer full): what it is called
 */
char *
_imp_paper_text_name (const char *key)
{
  return imp_word_spell_out (TEXTS, G_N_ELEMENTS (TEXTS), key);
}

/**
 * _imp_paper_case_state:
 * @state: how a case stands that a second person was asked about
 *
 * Returns: (transfer full): the same in a sentence
 */
char *
_imp_paper_case_state (const char *state)
{
  return imp_word_spell_out (CASES, G_N_ELEMENTS (CASES), state);
}

/* A state of a permission as people are told of it, or @text itself. */
static const char *
state_name (const char *text)
{
  ImpPermissionState state = IMP_PERMISSION_DRAFT;

  return imp_permission_state_from_text (text, &state) ? imp_form_state_name (state) : text;
}

/* What it is since, where that says more than that it happened. */
static const char *
detail_of (const ImpHistory *event)
{
  if (event->after == NULL && event->before == NULL)
    return NULL;
  if (g_str_has_prefix (event->kind, "alias-"))
    return imp_record_words_alias (event->after != NULL ? event->after : event->before);
  if (g_str_has_prefix (event->kind, "identifier-"))
    return event->after != NULL ? event->after : event->before;
  if (g_str_equal (event->kind, "capacity-assessed"))
    return imp_record_words_outcome (event->after);
  return NULL;
}

/**
 * _imp_paper_event_words:
 * @event: what happened to a person or a permission
 *
 * Returns: (transfer full): the same in words
 */
char *
_imp_paper_event_words (const ImpHistory *event)
{
  g_autofree char *what = imp_word_spell_out (EVENTS, G_N_ELEMENTS (EVENTS), event->kind);
  const char *detail = detail_of (event);

  if (g_str_equal (event->kind, "objection"))
    return g_strdup (g_strcmp0 (event->after, "1") == 0 ? _ ("Said no to any use")
                                                        : _ ("No longer says no"));
  if (g_str_equal (event->subject, "permission") && event->before != NULL && event->after != NULL
      && !g_str_equal (event->before, event->after))
    return g_strdup_printf (_ ("Before: %s. Since then: %s"), state_name (event->before),
                            state_name (event->after));
  return detail != NULL ? g_strdup_printf ("%s: %s", what, detail) : g_steal_pointer (&what);
}
