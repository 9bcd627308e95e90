#include "imp-outbox.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-database.h"
#include "imp-error.h"
#include "imp-journal.h"
#include "imp-store-private.h"

/* Digests that go into one record of the journal; more go into further ones. */
#define DIGESTS_PER_ENTRY 4

struct _ImpOutbox
{
  char *register_path; /* owned */
  char *path;          /* owned: of the journal */
  ImpSecret *secret;   /* owned */
  guint8 *digest_key;  /* owned */
  ImpJournal *held;    /* owned, nullable: marks the register as in use */
  ImpJournal *written; /* owned, nullable: has entries of the transaction under way */
  gint64 before;       /* how long that was before */
  gboolean active;     /* the schema has a journal */
  char *note;          /* owned, nullable: what was found at the start, for the user */
  gint64 n_suspended;
};

/**
 * imp_outbox_new:
 * @register_path: the register's file
 * @secret: its data key; copied
 *
 * Returns: (transfer full): what writes the register's journal
 */
ImpOutbox *
imp_outbox_new (const char *register_path, const ImpSecret *secret)
{
  ImpOutbox *self = g_new0 (ImpOutbox, 1);

  self->register_path = g_strdup (register_path);
  self->path = imp_journal_path (register_path);
  self->secret = imp_secret_new_from_bytes (imp_secret_get_bytes (secret));
  self->digest_key = imp_secret_derive_digest_key (secret);
  return self;
}

/**
 * imp_outbox_free:
 * @self: (transfer full) (nullable): an outbox
 */
void
imp_outbox_free (ImpOutbox *self)
{
  if (self == NULL)
    return;
  imp_journal_free (self->held);
  imp_journal_free (self->written);
  imp_secret_free (self->secret);
  imp_secret_free_digest_key (self->digest_key);
  g_free (self->register_path);
  g_free (self->path);
  g_free (self->note);
  g_free (self);
}

/**
 * imp_outbox_get_note:
 * @self: an outbox
 *
 * Returns: (transfer none) (nullable): sentences for the user on how register and journal differed
 */
const char *
imp_outbox_get_note (const ImpOutbox *self)
{
  return self->note;
}

/**
 * imp_outbox_get_n_suspended:
 * @self: an outbox
 *
 * Returns: how many permissions imp_outbox_settle() has suspended
 */
gint64
imp_outbox_get_n_suspended (const ImpOutbox *self)
{
  return self->n_suspended;
}

/* ---- statements ---- */

static sqlite3_stmt *
prepare (sqlite3 *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (result != SQLITE_OK)
    imp_database_set_error (error, database, result);
  return statement;
}

static gboolean
finish (sqlite3 *database, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    imp_database_set_error (error, database, result);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE || result == SQLITE_ROW;
}

static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column, text, -1, SQLITE_TRANSIENT);
}

static char *
column (sqlite3_stmt *statement, int at)
{
  const char *text = (const char *)sqlite3_column_text (statement, at);

  return g_strdup (text != NULL ? text : "");
}

/* ---- writing ---- */

/* The keyed digests of the numbers, and those that the register has itself. */
static GPtrArray *
list_digests (ImpOutbox *self, sqlite3_stmt *row)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lines = column (row, 5);
  g_autofree char *ready = column (row, 6);
  g_auto (GStrv) numbers = g_strsplit (lines, "\n", -1);
  g_auto (GStrv) words = g_strsplit (ready, " ", -1);

  for (guint i = 0; numbers[i] != NULL; i++)
    if (*numbers[i] != '\0')
      g_ptr_array_add (digests, imp_secret_digest_number (self->digest_key, numbers[i]));
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (digests, g_strdup (words[i]));
  return g_steal_pointer (&digests);
}

/* A record has room for a few digests: more go into further ones. */
static void
add_entries (ImpOutbox *self, GPtrArray *entries, sqlite3_stmt *row)
{
  g_autoptr (GPtrArray) digests = list_digests (self, row);
  guint at = 0;

  do
    {
      ImpJournalEntry *entry = g_new0 (ImpJournalEntry, 1);
      g_autoptr (GString) some = g_string_new (NULL);

      entry->id = sqlite3_column_int64 (row, 0);
      entry->at = column (row, 1);
      entry->kind = column (row, 2);
      entry->subject = column (row, 3);
      entry->detail = column (row, 4);
      for (guint end = MIN (digests->len, at + DIGESTS_PER_ENTRY); at < end; at++)
        g_string_append_printf (some, "%s%s", some->len > 0 ? " " : "",
                                (const char *)g_ptr_array_index (digests, at));
      entry->digests = g_string_free (g_steal_pointer (&some), FALSE);
      g_ptr_array_add (entries, entry);
    }
  while (at < digests->len);
}

static GPtrArray *
list_due (ImpOutbox *self, sqlite3 *database, GError **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_journal_entry_free);
  sqlite3_stmt *statement =
      prepare (database,
               "SELECT id, at, kind, subject_id, detail, numbers, digests FROM journal_due", error);
  int result = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    add_entries (self, entries, statement);
  if (result != SQLITE_DONE)
    imp_database_set_error (error, database, result);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE ? g_steal_pointer (&entries) : NULL;
}

/* The last record of an entry gives it its number. */
static gboolean
number_entries (sqlite3 *database, GPtrArray *entries, gint64 before, GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < entries->len; i++)
    {
      const ImpJournalEntry *entry = g_ptr_array_index (entries, i);
      sqlite3_stmt *statement =
          prepare (database, "UPDATE journal_entry SET seq = ?2 WHERE id = ?1", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, entry->id);
      sqlite3_bind_int64 (statement, 2, before + 1 + i);
      done = finish (database, statement, error);
    }
  return done;
}

static gboolean
get_numbered (sqlite3 *database, gint64 *seq, GError **error)
{
  return imp_database_get_integer (database, "SELECT coalesce(max(seq), 0) FROM journal_entry", seq,
                                   error);
}

/* Whose "no" it is; an erased person's numbers are nobody's. */
static char *
whose (const ImpJournalEntry *entry)
{
  if (strcmp (entry->kind, "objects") == 0)
    return g_strdup (entry->subject);
  if (strcmp (entry->kind, "refused") == 0 || strcmp (entry->kind, "withdrawn") == 0)
    return g_strndup (entry->detail, strcspn (entry->detail, " "));
  return NULL;
}

/* Takes the digests of those numbers away that this copy of the register has of the same person:
 * there, the person's own record says no. For the others a tombstone must. */
static gboolean
drop_own_digests (ImpOutbox *self, sqlite3 *database, const ImpJournalEntry *entry,
                  GPtrArray *digests, GError **error)
{
  g_autofree char *person_id = whose (entry);
  sqlite3_stmt *statement = NULL;
  int result = SQLITE_ROW;

  if (person_id == NULL)
    return TRUE;
  statement = prepare (database, "SELECT number FROM person_number WHERE person_id = ?", error);
  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, person_id);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autofree char *number = column (statement, 0);
      g_autofree char *digest = imp_secret_digest_number (self->digest_key, number);
      guint at = 0;

      if (g_ptr_array_find_with_equal_func (digests, digest, g_str_equal, &at))
        g_ptr_array_remove_index (digests, at);
    }
  if (result != SQLITE_DONE)
    imp_database_set_error (error, database, result);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE;
}

static char *
write_list (GPtrArray *texts)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (json, "%s\"%s\"", i > 0 ? "," : "",
                            (const char *)g_ptr_array_index (texts, i));
  g_string_append_c (json, ']');
  return g_strdup (json->str);
}

static gboolean
replay (ImpOutbox *self, sqlite3 *database, const ImpJournalEntry *entry, gint64 seq,
        GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (entry->digests, " ", -1);
  g_autofree char *json = NULL;
  sqlite3_stmt *statement = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (digests, g_strdup (words[i]));
  if (!drop_own_digests (self, database, entry, digests, error))
    return FALSE;
  json = write_list (digests);
  statement = prepare (database,
                       "INSERT INTO journal_replay (at, kind, subject_id, detail, digests, seq) "
                       "VALUES (?, ?, ?, ?, ?, ?)",
                       error);
  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, entry->at);
  bind_text (statement, 2, entry->kind);
  bind_text (statement, 3, entry->subject);
  bind_text (statement, 4, entry->detail);
  bind_text (statement, 5, json);
  if (seq > 0)
    sqlite3_bind_int64 (statement, 6, seq);
  return finish (database, statement, error);
}

/* Another program was killed between the journal and its commit: its "no" was never acknowledged,
 * and holds. */
static gboolean
catch_up (ImpOutbox *self, sqlite3 *database, ImpJournal *journal, gint64 from, GError **error)
{
  for (gint64 seq = from; seq <= imp_journal_get_length (journal); seq++)
    {
      g_autoptr (ImpJournalEntry) entry = imp_journal_read (journal, seq, error);

      if (entry == NULL || !replay (self, database, entry, seq, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_outbox_flush:
 * @self: an outbox
 * @database: the register, in a transaction
 * @error: where to put the error
 *
 * Writes every "no" of the transaction to the journal and waits until it is on disk. To be called
 * before the commit, and imp_outbox_end() after it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO or %IMP_ERROR_REGISTER_DAMAGED: then the
 *   transaction must be undone
 */
gboolean
imp_outbox_flush (ImpOutbox *self, sqlite3 *database, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ImpJournal) journal = NULL;
  gint64 is_due = 0;
  gint64 numbered = 0;

  if (!self->active)
    return TRUE;
  if (!imp_database_get_integer (database,
                                 "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE seq IS NULL)",
                                 &is_due, error))
    return FALSE;
  if (!is_due)
    return TRUE;
  journal = imp_journal_open (self->path, self->secret, error);
  if (journal == NULL || !get_numbered (database, &numbered, error)
      || !catch_up (self, database, journal, numbered + 1, error))
    return FALSE;
  entries = list_due (self, database, error);
  self->before = imp_journal_get_length (journal);
  if (entries == NULL || !imp_journal_append (journal, entries, error))
    return FALSE;
  self->written = g_steal_pointer (&journal);
  if (number_entries (database, entries, self->before, error))
    return TRUE;
  imp_outbox_end (self, database, FALSE);
  return FALSE;
}

/**
 * imp_outbox_end:
 * @self: an outbox
 * @database: the register; where @done is %FALSE, not rolled back yet
 * @done: whether the transaction was committed
 *
 * Takes back what imp_outbox_flush() wrote for a transaction that was not saved. Where the
 * library has given up its lock already this is left to the next start, which then applies it.
 */
void
imp_outbox_end (ImpOutbox *self, sqlite3 *database, gboolean done)
{
  if (self->written != NULL && !done && !sqlite3_get_autocommit (database))
    imp_journal_cut (self->written, self->before);
  g_clear_pointer (&self->written, imp_journal_free);
}

/* ---- at the start ---- */

typedef struct
{
  char *id;        /* owned, nullable: the journal that the register belongs to */
  gint64 numbered; /* the newest record that the register has */
  char *last;      /* owned, nullable: that record, as the register has it */
} Known;

static void
known_clear (Known *known)
{
  g_free (known->id);
  g_free (known->last);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static char *
describe (const char *at, const char *kind, const char *subject)
{
  return g_strdup_printf ("%s %s %s", at, kind, subject);
}

static gboolean
read_known (sqlite3 *database, Known *known, GError **error)
{
  sqlite3_stmt *statement =
      prepare (database, "SELECT value FROM meta WHERE key = 'journal'", error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    known->id = column (statement, 0);
  sqlite3_finalize (statement);
  statement = prepare (database,
                       "SELECT seq, at, kind, subject_id FROM journal_entry WHERE seq IS NOT NULL "
                       "ORDER BY seq DESC LIMIT 1",
                       error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autofree char *at = column (statement, 1);
      g_autofree char *kind = column (statement, 2);
      g_autofree char *subject = column (statement, 3);

      known->numbered = sqlite3_column_int64 (statement, 0);
      known->last = describe (at, kind, subject);
    }
  sqlite3_finalize (statement);
  return TRUE;
}

/* Whether the journal is the register's own, and has the newest record that the register has. */
static gboolean
goes_on (ImpJournal *journal, const Known *known)
{
  g_autoptr (ImpJournalEntry) entry = NULL;
  g_autofree char *last = NULL;

  if (known->id != NULL && strcmp (known->id, imp_journal_get_id (journal)) != 0)
    return FALSE;
  if (known->numbered == 0)
    return TRUE;
  entry = imp_journal_read (journal, known->numbered, NULL);
  last = entry != NULL ? describe (entry->at, entry->kind, entry->subject) : NULL;
  return g_strcmp0 (last, known->last) == 0;
}

static gboolean
set_id (sqlite3 *database, const char *id, GError **error)
{
  sqlite3_stmt *statement = prepare (database,
                                     "INSERT INTO meta (key, value) VALUES ('journal', ?) "
                                     "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                     error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, id);
  return finish (database, statement, error);
}

/* Every record of a journal that can be read, once more: each is a "no" that somebody said. */
static gboolean
replay_all (ImpOutbox *self, sqlite3 *database, ImpJournal *journal, gint64 *n_read, GError **error)
{
  for (gint64 seq = 1; seq <= imp_journal_get_length (journal); seq++)
    {
      g_autoptr (ImpJournalEntry) entry = imp_journal_read (journal, seq, NULL);

      if (entry == NULL)
        continue;
      if (!replay (self, database, entry, 0, error))
        return FALSE;
      ++*n_read;
    }
  return TRUE;
}

static gboolean
suspend_all (ImpOutbox *self, sqlite3 *database, GError **error)
{
  g_autofree char *now = imp_clock_now ();
  gint64 before = 0;
  gint64 after = 0;
  sqlite3_stmt *statement = NULL;

  if (!imp_database_get_integer (database, "SELECT count(*) FROM unconfirmed", &before, error))
    return FALSE;
  statement = prepare (database, "INSERT INTO journal_loss (at) VALUES (?)", error);
  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, now);
  if (!finish (database, statement, error)
      || !imp_database_get_integer (database, "SELECT count(*) FROM unconfirmed", &after, error))
    return FALSE;
  self->n_suspended = after - before;
  return TRUE;
}

/* A new journal with all that the register knows takes the place of one that is lost. */
static gboolean
begin_anew (ImpOutbox *self, sqlite3 *database, GError **error)
{
  g_autofree char *unfinished = g_strconcat (self->path, ".new", NULL);
  g_autoptr (ImpJournal) journal = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_unlink (unfinished);
  journal = imp_journal_create (unfinished, self->secret, error);
  if (journal == NULL || !set_id (database, imp_journal_get_id (journal), error)
      || !imp_database_execute (database, "UPDATE journal_entry SET seq = NULL", error))
    return FALSE;
  entries = list_due (self, database, error);
  if (entries == NULL || !imp_journal_append (journal, entries, error)
      || !number_entries (database, entries, 0, error) || !imp_store_put_aside (self->path, error))
    return FALSE;
  if (g_rename (unfinished, self->path) == 0)
    return imp_store_sync_folder (self->path, error);
  imp_error_set_errno (error, IMP_ERROR_IO, errno,
                       _ ("The journal of withdrawals beside the register cannot be written"));
  return FALSE;
}

static void
describe_loss (ImpOutbox *self, const char *what)
{
  g_free (self->note);
  self->note = g_strdup_printf (
      g_dngettext (NULL,
                   "%s So nobody knows what was withdrawn since, and %ld permission is suspended "
                   "until you confirm it.",
                   "%s So nobody knows what was withdrawn since, and %ld permissions are suspended "
                   "until you confirm each of them.",
                   (gulong)self->n_suspended),
      what, (long)self->n_suspended);
}

/* Nothing that was withdrawn may come back: what can be read is applied, and as that may not be
 * all, every permission waits. */
static gboolean
take_loss (ImpOutbox *self, sqlite3 *database, ImpJournal *journal, gboolean existed,
           GError **error)
{
  gint64 n_read = 0;

  if ((journal != NULL && !replay_all (self, database, journal, &n_read, error))
      || !suspend_all (self, database, error) || !begin_anew (self, database, error))
    return FALSE;
  if (existed)
    describe_loss (self, _ ("The journal of withdrawals beside the register is damaged, older than "
                            "the register, or another one's; it was put aside."));
  else
    describe_loss (self, _ ("The journal of withdrawals beside the register is missing."));
  return TRUE;
}

static gboolean
take_older_register (ImpOutbox *self, sqlite3 *database, ImpJournal *journal, gint64 from,
                     GError **error)
{
  gint64 n_entries = imp_journal_get_length (journal) - from + 1;

  if (!catch_up (self, database, journal, from, error))
    return FALSE;
  self->note = g_strdup_printf (
      g_dngettext (NULL,
                   "This register is older than the journal of withdrawals beside it: %ld entry of "
                   "the journal, such as a withdrawal or a reason of the law to keep a record, was "
                   "applied again.",
                   "This register is older than the journal of withdrawals beside it: %ld entries "
                   "of the journal, such as withdrawals or reasons of the law to keep a record, "
                   "were applied again.",
                   (gulong)n_entries),
      (long)n_entries);
  return TRUE;
}

static gboolean
all_can_be_read (ImpJournal *journal, gint64 from)
{
  for (gint64 seq = from; seq <= imp_journal_get_length (journal); seq++)
    {
      g_autoptr (ImpJournalEntry) entry = imp_journal_read (journal, seq, NULL);

      if (entry == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
settle_locked (ImpOutbox *self, sqlite3 *database, GError **error)
{
  g_auto (Known) known = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autoptr (ImpJournal) journal = imp_journal_open (self->path, self->secret, &cause);
  gboolean missing = g_error_matches (cause, IMP_ERROR, IMP_ERROR_NOT_FOUND);

  if (g_error_matches (cause, IMP_ERROR, IMP_ERROR_IO))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!read_known (database, &known, error))
    return FALSE;
  if (missing && known.id == NULL)
    return begin_anew (self, database, error);
  if (journal == NULL || !goes_on (journal, &known)
      || !all_can_be_read (journal, known.numbered + 1))
    return take_loss (self, database, journal, !missing, error);
  if (known.id == NULL && !set_id (database, imp_journal_get_id (journal), error))
    return FALSE;
  if (imp_journal_get_length (journal) > known.numbered
      && !take_older_register (self, database, journal, known.numbered + 1, error))
    return FALSE;
  return imp_outbox_flush (self, database, error);
}

/* The ordinary case, which writes nothing. */
static gboolean
is_settled (ImpOutbox *self, sqlite3 *database)
{
  g_auto (Known) known = { 0 };
  g_autoptr (ImpJournal) journal = imp_journal_open (self->path, self->secret, NULL);
  gint64 is_due = 0;

  return journal != NULL && read_known (database, &known, NULL) && known.id != NULL
         && goes_on (journal, &known) && imp_journal_get_length (journal) == known.numbered
         && imp_database_get_integer (
             database, "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE seq IS NULL)", &is_due,
             NULL)
         && !is_due;
}

static gboolean
settle_in_transaction (ImpOutbox *self, sqlite3 *database, GError **error)
{
  gboolean done = FALSE;

  if (!imp_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = settle_locked (self, database, error) && imp_database_execute (database, "COMMIT", error);
  imp_outbox_end (self, database, done);
  if (!sqlite3_get_autocommit (database))
    sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
  return done;
}

/**
 * imp_outbox_settle:
 * @self: an outbox
 * @database: the register, just opened for writing
 * @error: where to put the error
 *
 * Compares the register with its journal (policy.md 5.7). Where the journal knows more, the
 * register is an older copy, or a program was killed: what it knows more is applied. Where the
 * journal is lost, damaged, another one's, or knows less than the register, every permission is
 * suspended until it is confirmed, and a new journal is begun. imp_outbox_get_note() says which.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO, or %IMP_ERROR_LOCKED where another program is just
 *   restoring a backup here; then nothing may be recorded
 */
gboolean
imp_outbox_settle (ImpOutbox *self, sqlite3 *database, GError **error)
{
  gint64 active = 0;

  if (!imp_database_get_integer (database,
                                 "SELECT count(*) FROM sqlite_schema WHERE name = 'journal_due'",
                                 &active, error))
    return FALSE;
  self->active = active > 0;
  if (!self->active)
    return TRUE;
  if (!is_settled (self, database) && !settle_in_transaction (self, database, error))
    return FALSE;
  self->held = imp_journal_open (self->path, self->secret, error);
  if (self->held == NULL)
    return FALSE;
  if (imp_journal_use (self->held, FALSE))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                       _ ("Another program is restoring a backup here: wait for it, and try "
                          "again"));
  return FALSE;
}
