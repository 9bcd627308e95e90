#include <glib/gi18n.h>
#include <string.h>

#include "gate-accounts.h"
#include "imp-copies.h"
#include "imp-decision-words.h"
#include "imp-paper-ledger-private.h"
#include "imp-register-look-ups.h"

#define MOST_LOOK_UPS 100000 /* all there are, in a file of a size that opens */

/* The free text that was written beside a row: answers, captions, words of a takedown. */
static gboolean
add_texts (ImpGate *gate, ImpSheet *sheet, const ImpLedgerRow *row, JsonObject *body,
           GError **error)
{
  g_autoptr (GVariant) texts = imp_ledger_list_texts (gate->ledger, row->id, error);
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;

  if (texts == NULL)
    return FALSE;
  _imp_paper_add_answers (gate, sheet, body, texts, IMP_PAPER_ANSWER);
  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (strcmp (key, IMP_COPIES_IMAGE_HASH) != 0 && !g_str_has_prefix (key, IMP_PAPER_ANSWER)
        && (strcmp (key, "target-uri") != 0 || !g_variant_lookup (texts, "target", "&s", NULL)))
      {
        g_autofree char *name = _imp_paper_text_name (key);

        imp_sheet_add_fact (sheet, name, value);
      }
  return TRUE;
}

/* "A picture was let out: a teaching file, by Example Operator". */
static char *
describe_row (ImpGate *gate, const ImpLedgerRow *row, JsonObject *body, GError **error)
{
  const char *destination = _imp_paper_member (body, "destination");
  const char *record = _imp_paper_member (body, "record");
  const char *user_id = _imp_paper_member (body, "user");
  g_autofree char *what = _imp_paper_row_name (row->kind);
  g_autofree char *detail = record != NULL ? _imp_paper_record_name (record)
                                           : g_strdup (imp_form_destination_name (destination));
  g_autofree char *user = user_id != NULL ? _imp_paper_user_name (gate, user_id, error) : NULL;
  GString *words = NULL;

  if (user_id != NULL && user == NULL)
    return NULL;
  words = g_string_new (what);
  if (detail != NULL)
    g_string_append_printf (words, ": %s", detail);
  if (user != NULL)
    g_string_append_printf (words, _ (", by %s"), user);
  return g_string_free (words, FALSE);
}

static gboolean
add_row (ImpGate *gate, ImpSheet *sheet, const ImpLedgerRow *row, GError **error)
{
  g_autoptr (JsonObject) body = imp_ledger_chain_parse (row->body, error);
  g_autofree char *day = imp_form_moment (row->at);
  g_autofree char *words = body != NULL ? describe_row (gate, row, body, error) : NULL;

  if (words == NULL)
    return FALSE;
  imp_sheet_keep (sheet, 16);
  imp_sheet_add_space (sheet, 1);
  imp_sheet_add_fact (sheet, day, words);
  return add_texts (gate, sheet, row, body, error);
}

/* What belongs to an export of hers without naming her: how it was asked back. */
static gboolean
add_rest (ImpGate *gate, ImpSheet *sheet, const char *export_id, GHashTable *told, GError **error)
{
  g_autoptr (GPtrArray) rows = imp_ledger_list_export (gate->ledger, export_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);

      if (g_hash_table_add (told, g_strdup (row->id)) && !add_row (gate, sheet, row, error))
        return FALSE;
    }
  return rows != NULL;
}

/* What was written about her, and what was refused. */
static gboolean
add_rows (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) rows = imp_ledger_list_about (gate->ledger, person_id, error);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  imp_sheet_add_heading (sheet, _ ("What was written down about you"));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);

      if ((g_hash_table_add (told, g_strdup (row->id)) && !add_row (gate, sheet, row, error))
          || (row->export_id != NULL && !add_rest (gate, sheet, row->export_id, told, error)))
        return FALSE;
    }
  if (rows != NULL && rows->len == 0)
    imp_sheet_add_text (sheet, _ ("Nothing."));
  return rows != NULL;
}

/* What a second person was shown, without the picture. */
static void
add_request (ImpGate *gate, ImpSheet *sheet, const ImpParkedCase *parked)
{
  g_autoptr (GVariant) request = imp_gate_describe_case (parked);
  g_autoptr (GVariant) answers = NULL;
  const char *text = NULL;

  if (request == NULL)
    return;
  if (g_variant_lookup (request, "destination", "&s", &text))
    imp_sheet_add_fact (sheet, _ ("For"), imp_form_destination_name (text));
  if (g_variant_lookup (request, "route", "&s", &text))
    imp_sheet_add_fact (sheet, _ ("What lets it be shared"), imp_decision_words_route (text));
  if (g_variant_lookup (request, "caption", "&s", &text))
    imp_sheet_add_fact (sheet, _ ("Caption"), text);
  if (g_variant_lookup (request, "alt", "&s", &text))
    imp_sheet_add_fact (sheet, _ ("Description for those who cannot see it"), text);
  answers = g_variant_lookup_value (request, "answers", G_VARIANT_TYPE ("a{ss}"));
  if (answers != NULL)
    _imp_paper_add_answers (gate, sheet, NULL, answers, "");
}

static gboolean
add_case (ImpGate *gate, ImpSheet *sheet, const ImpParkedCase *parked, GError **error)
{
  g_autofree char *day = imp_form_moment (parked->parked);
  g_autofree char *by = _imp_paper_user_name (gate, parked->parked_by, error);
  g_autofree char *words = by != NULL ? g_strdup_printf (_ ("Asked by %s"), by) : NULL;
  g_autofree char *state = _imp_paper_case_state (parked->state);

  if (words == NULL)
    return FALSE;
  imp_sheet_keep (sheet, 30);
  imp_sheet_add_fact (sheet, day, words);
  if (parked->reason != NULL)
    imp_sheet_add_fact (sheet, _ ("Why it was asked"), parked->reason);
  add_request (gate, sheet, parked);
  imp_sheet_add_fact (sheet, _ ("How it stands"), state);
  if (parked->words != NULL)
    imp_sheet_add_fact (sheet, _ ("What the second person said"), parked->words);
  return TRUE;
}

static gboolean
add_cases (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) cases = imp_accounts_list_cases (gate->accounts, NULL, error);
  gboolean any = FALSE;

  imp_sheet_add_heading (sheet, _ ("What a second person was asked about you"));
  for (guint i = 0; cases != NULL && i < cases->len; i++)
    {
      const ImpParkedCase *one = g_ptr_array_index (cases, i);

      if (g_strcmp0 (one->person_id, person_id) != 0)
        continue;
      if (!add_case (gate, sheet, one, error))
        return FALSE;
      any = TRUE;
    }
  if (cases != NULL && !any)
    imp_sheet_add_text (sheet, _ ("Nothing."));
  return cases != NULL;
}

/* A register without users knows only whose account of the computer it was. */
static char *
describe_login (const char *login)
{
  return login != NULL ? g_strdup_printf (_ ("Whoever used the computer’s account “%s”"), login)
                       : g_strdup (_ ("It is not known who"));
}

/* Who opened her record: the log of look-ups is a part of what is held about her. */
static gboolean
add_look_ups (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) look_ups =
      imp_register_list_look_ups (imp_gate_get_register (gate), person_id, 0, MOST_LOOK_UPS, error);

  imp_sheet_add_heading (sheet, _ ("Who looked at your record"));
  for (guint i = 0; look_ups != NULL && i < look_ups->len; i++)
    {
      const ImpLookUp *look_up = g_ptr_array_index (look_ups, i);
      g_autofree char *user = look_up->user_id != NULL
                                  ? _imp_paper_user_name (gate, look_up->user_id, error)
                                  : describe_login (look_up->login);
      g_autofree char *day = imp_form_moment (look_up->at);

      if (user == NULL)
        return FALSE;
      imp_sheet_add_fact (sheet, day, user);
    }
  if (look_ups != NULL && look_ups->len == 0)
    imp_sheet_add_text (sheet, _ ("Nobody has opened it since this is recorded."));
  return look_ups != NULL;
}

/**
 * _imp_paper_add_told:
 * @gate: the gate
 * @sheet: a sheet
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Writes down what the ledger, the second persons and the log of look-ups have of a person, in
 * words for her.
 *
 * Returns: whether it could be read, else an error of the register
 */
gboolean
_imp_paper_add_told (ImpGate *gate, ImpSheet *sheet, const char *person_id, GError **error)
{
  return add_rows (gate, sheet, person_id, error) && add_cases (gate, sheet, person_id, error)
         && add_look_ups (gate, sheet, person_id, error);
}
