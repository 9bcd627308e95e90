#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-ledger-private.h"

#define MAX_TEXT 2000 /* bytes of one name, address or note */
#define MAX_PLACES 100

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    return refuse (error, _ ("What was said of a copy is too long, or is not text"));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return refuse (error, _ ("Say it in one line"));
  return TRUE;
}

/* One transaction, or a part of the caller's. */
static gboolean
begin (ImpLedger *ledger, gboolean *joined, GError **error)
{
  *joined = imp_store_is_in_transaction (ledger->store);
  return *joined || imp_store_begin (ledger->store, error);
}

static gboolean
end (ImpLedger *ledger, gboolean joined, gboolean done, GError **error)
{
  if (joined)
    return done;
  if (done)
    return imp_store_commit (ledger->store, error);
  imp_store_rollback (ledger->store);
  return FALSE;
}

/* ---- where it went ---- */

static gboolean
check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (!check_text (url, error))
    return FALSE;
  if ((g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, _ ("A web address begins with https:// or http:// and a host: copy it "
                             "from the browser"));
  return TRUE;
}

/* "10.", four digits or more, "/", and something: the DOI Handbook, 2.2. */
static char *
parse_doi (const char *text, GError **error)
{
  static const char *const PREFIXES[] = { "https://doi.org/", "http://doi.org/",
                                          "https://dx.doi.org/", "http://dx.doi.org/", "doi:" };
  const char *doi = text;
  gsize n_digits = 0;

  if (!check_text (text, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (PREFIXES); i++)
    if (g_ascii_strncasecmp (doi, PREFIXES[i], strlen (PREFIXES[i])) == 0)
      doi += strlen (PREFIXES[i]);
  n_digits = g_str_has_prefix (doi, "10.") ? strspn (doi + 3, "0123456789.") : 0;
  if (n_digits >= 4 && doi[3 + n_digits] == '/' && doi[4 + n_digits] != '\0'
      && strchr (doi, ' ') == NULL)
    return g_strdup (doi);
  refuse (error, _ ("A DOI looks like 10.1000/182: copy it from the article"));
  return NULL;
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/* What was known and what is new, as lines; NULL on a wrong one. */
static char *
join_places (GStrv known, const char *const *added, gboolean are_dois, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    add_once (texts, known[i]);
  for (guint i = 0; added != NULL && added[i] != NULL; i++)
    {
      g_autofree char *doi = are_dois ? parse_doi (added[i], error) : NULL;

      if (are_dois ? doi == NULL : !check_url (added[i], error))
        return NULL;
      add_once (texts, are_dois ? doi : added[i]);
    }
  if (texts->len > MAX_PLACES)
    {
      refuse (error, _ ("A copy can have a hundred addresses: correct the list"));
      return NULL;
    }
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **)texts->pdata);
}

static gboolean
write_place (ImpLedger *ledger, const char *export_id, const char *name, const char *urls,
             const char *dois, GError **error)
{
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) row = NULL;

  if (name != NULL && *name != '\0')
    g_variant_builder_add (&texts, "{ss}", "name", name);
  if (*urls != '\0')
    g_variant_builder_add (&texts, "{ss}", "urls", urls);
  if (*dois != '\0')
    g_variant_builder_add (&texts, "{ss}", "dois", dois);
  row =
      imp_ledger_append (ledger, "placed", export_id, "{}", g_variant_builder_end (&texts), error);
  return row != NULL
         && imp_store_run (ledger->store, error, "UPDATE copy SET place_id = ? WHERE export_id = ?",
                           g_variant_new ("(ss)", row->id, export_id), NULL);
}

static gboolean
set_place (ImpLedger *ledger, const char *export_id, const char *name, const char *const *urls,
           const char *const *dois, gboolean replace, GError **error)
{
  g_autoptr (ImpCopy) copy = imp_copies_get (ledger, export_id, error);
  g_autofree char *all_urls = NULL;
  g_autofree char *all_dois = NULL;

  if (copy == NULL)
    return FALSE;
  all_urls = join_places (replace && urls != NULL ? NULL : copy->urls, urls, FALSE, error);
  all_dois = all_urls != NULL
                 ? join_places (replace && dois != NULL ? NULL : copy->dois, dois, TRUE, error)
                 : NULL;
  return all_dois != NULL
         && write_place (ledger, export_id, name != NULL ? name : copy->name, all_urls, all_dois,
                         error);
}

/**
 * imp_copies_set_place:
 * @ledger: a ledger
 * @export_id: an export's id
 * @name: (nullable): the journal, platform or course; %NULL leaves it as it is
 * @urls: (array zero-terminated=1) (nullable): web addresses where the picture is
 * @dois: (array zero-terminated=1) (nullable): DOIs of what it was published in
 * @replace: whether @urls and @dois stand for those known so far, instead of beside them
 * @error: where to put the error
 *
 * Answers "Where did it go?" (policy.md 3, page 10), as often as somebody knows more. What was
 * said before stays in the ledger's texts.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_copies_set_place (ImpLedger *ledger, const char *export_id, const char *name,
                      const char *const *urls, const char *const *dois, gboolean replace,
                      GError **error)
{
  gboolean joined = FALSE;

  if (name == NULL && urls == NULL && dois == NULL)
    return refuse (error, _ ("Say where it went: a name, a web address or a DOI"));
  if (!check_text (name, error) || !begin (ledger, &joined, error))
    return FALSE;
  return end (ledger, joined, set_place (ledger, export_id, name, urls, dois, replace, error),
              error);
}

/* ---- asking back ---- */

/* The act of a person goes into the chain, her words beside it. */
static gboolean
write_takedown (ImpLedger *ledger, const char *export_id, ImpCopyState state, const char *day,
                const char *key, const char *text, GError **error)
{
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autofree char *body =
      day != NULL ? g_strdup_printf ("{\"state\":\"%s\",\"day\":\"%s\"}",
                                     imp_copy_state_to_text (state), day)
                  : g_strdup_printf ("{\"state\":\"%s\"}", imp_copy_state_to_text (state));
  g_autoptr (ImpLedgerRow) row = NULL;

  if (text != NULL && *text != '\0')
    g_variant_builder_add (&texts, "{ss}", key, text);
  row = imp_ledger_append (ledger, "takedown", export_id, body, g_variant_builder_end (&texts),
                           error);
  return row != NULL;
}

static gboolean
move_copy (ImpLedger *ledger, const char *export_id, ImpCopyState state, GError **error)
{
  return imp_store_run (ledger->store, error, "UPDATE copy SET state = ? WHERE export_id = ?",
                        g_variant_new ("(ss)", imp_copy_state_to_text (state), export_id), NULL);
}

static gboolean
chase (ImpLedger *ledger, const char *export_id, const char *day, const char *how, GError **error)
{
  g_autoptr (ImpCopy) copy = imp_copies_get (ledger, export_id, error);

  if (copy == NULL)
    return FALSE;
  if (strncmp (day, copy->released, strlen ("YYYY-MM-DD")) < 0)
    return refuse (error, _ ("The picture left only after that day: correct the date"));
  return write_takedown (ledger, export_id, IMP_COPY_ASKED, day, "how", how, error)
         && move_copy (ledger, export_id, IMP_COPY_ASKED, error)
         && imp_store_run (ledger->store, error,
                           "UPDATE takedown SET n_chased = n_chased + 1, "
                           "chased = max(coalesce(chased, ''), ?1) "
                           "WHERE export_id = ?2 AND closed IS NULL",
                           g_variant_new ("(ss)", day, export_id), NULL);
}

/**
 * imp_copies_chase:
 * @ledger: a ledger
 * @export_id: an export's id
 * @day: (nullable): when somebody was asked, "YYYY-MM-DD"; %NULL for today
 * @how: (nullable): how, and whom
 * @error: where to put the error
 *
 * Notes that somebody was asked to take the picture down. Where no task is open, one is opened;
 * what was removed has turned up again.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_copies_chase (ImpLedger *ledger, const char *export_id, const char *day, const char *how,
                  GError **error)
{
  g_autofree char *today = imp_clock_today ();
  gboolean joined = FALSE;

  if (day != NULL && !imp_clock_date_is_valid (day))
    return refuse (error, _ ("Write the day on which you asked as 2026-11-22"));
  if (day != NULL && strcmp (day, today) > 0)
    return refuse (error, _ ("Nobody can have been asked in the future: correct the date"));
  if (!check_text (how, error) || !begin (ledger, &joined, error))
    return FALSE;
  return end (ledger, joined, chase (ledger, export_id, day != NULL ? day : today, how, error),
              error);
}

static gboolean
settle (ImpLedger *ledger, const char *export_id, ImpCopyState state, const char *note,
        GError **error)
{
  g_autoptr (ImpCopy) copy = imp_copies_get (ledger, export_id, error);

  if (copy == NULL)
    return FALSE;
  if (copy->state == state)
    return refuse (error, _ ("That is what the register says already"));
  if (copy->state == IMP_COPY_REMOVED)
    return refuse (error, _ ("This copy is recorded as removed. If it has turned up again, record "
                             "that you asked for it"));
  return write_takedown (ledger, export_id, state, NULL, "note", note, error)
         && move_copy (ledger, export_id, state, error);
}

/**
 * imp_copies_settle:
 * @ledger: a ledger
 * @export_id: an export's id
 * @state: %IMP_COPY_REMOVED or %IMP_COPY_CANNOT_BE_REMOVED
 * @note: (nullable): who said so, or why it stays; needed for %IMP_COPY_CANNOT_BE_REMOVED
 * @error: where to put the error
 *
 * Ends the task of a copy, and says what became of it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_copies_settle (ImpLedger *ledger, const char *export_id, ImpCopyState state, const char *note,
                   GError **error)
{
  gboolean joined = FALSE;

  if (state != IMP_COPY_REMOVED && state != IMP_COPY_CANNOT_BE_REMOVED)
    return refuse (error, "A task ends with a copy that is removed or cannot be");
  if (state == IMP_COPY_CANNOT_BE_REMOVED && (note == NULL || note[strspn (note, " \t")] == '\0'))
    return refuse (error, _ ("Say why it cannot be removed: the person may ask"));
  if (!check_text (note, error) || !begin (ledger, &joined, error))
    return FALSE;
  return end (ledger, joined, settle (ledger, export_id, state, note, error), error);
}

static gboolean
drop_task (ImpLedger *ledger, const char *export_id, const char *note, GError **error)
{
  g_autoptr (ImpCopy) copy = imp_copies_get (ledger, export_id, error);

  if (copy == NULL)
    return FALSE;
  if (copy->task_reason == NULL)
    return refuse (error, _ ("Nobody has asked for this copy to be taken down"));
  return write_takedown (ledger, export_id, IMP_COPY_LIVE, NULL, "note", note, error)
         && imp_store_run (ledger->store, error,
                           "UPDATE takedown SET closed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), "
                           "outcome = 'not-wanted' WHERE export_id = ? AND closed IS NULL",
                           g_variant_new ("(s)", export_id), NULL);
}

/**
 * imp_copies_drop_task:
 * @ledger: a ledger
 * @export_id: an export's id
 * @note: why nobody wants it taken down any more
 * @error: where to put the error
 *
 * Ends the task of a copy that may stay after all: the objection was lifted, or the person has
 * agreed again. The schema refuses it as long as the person says no.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_copies_drop_task (ImpLedger *ledger, const char *export_id, const char *note, GError **error)
{
  gboolean joined = FALSE;

  if (note == NULL || note[strspn (note, " \t")] == '\0')
    return refuse (error, _ ("Say why the copy may stay: the person may ask"));
  if (!check_text (note, error) || !begin (ledger, &joined, error))
    return FALSE;
  return end (ledger, joined, drop_task (ledger, export_id, note, error), error);
}
