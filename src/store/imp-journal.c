#include "imp-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-hash.h"

/* A file of 24 bytes and records of 512: a record's place is its number, so that one that is
 * damaged does not hide those after it, and the newest is found without reading the others. */
#define MAGIC_LENGTH 8
#define ID_LENGTH 16
#define HEADER_LENGTH (MAGIC_LENGTH + ID_LENGTH)
#define RECORD_LENGTH 512
#define NONCE_LENGTH crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_LENGTH crypto_aead_xchacha20poly1305_ietf_ABYTES
#define TEXT_LENGTH (RECORD_LENGTH - NONCE_LENGTH - TAG_LENGTH)
#define N_FIELDS 5

/* The number of the journal's key among those derived from the data key: never to be changed. */
#define JOURNAL_SUBKEY 2
static const char SUBKEY_CONTEXT[crypto_kdf_CONTEXTBYTES + 1] = "ImpRegst";
static const char MAGIC[MAGIC_LENGTH + 1] = "ImpJrnl1";

struct _ImpJournal
{
  int fd;
  gint64 length; /* records */
  guint8 id[ID_LENGTH];
  char *id_text; /* owned */
  guint8 *key;   /* sodium_malloc */
};

/**
 * imp_journal_entry_free:
 * @entry: (transfer full) (nullable): an entry
 */
void
imp_journal_entry_free (ImpJournalEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->at);
  g_free (entry->kind);
  g_free (entry->subject);
  g_free (entry->detail);
  g_free (entry->digests);
  g_free (entry);
}

/**
 * imp_journal_path:
 * @register_path: the register's file
 *
 * Returns: (transfer full): the path of its journal
 */
char *
imp_journal_path (const char *register_path)
{
  return g_strconcat (register_path, ".withdrawals", NULL);
}

/**
 * imp_journal_free:
 * @self: (transfer full) (nullable): a journal, which is closed
 */
void
imp_journal_free (ImpJournal *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  sodium_free (self->key);
  g_free (self->id_text);
  g_free (self);
}

static ImpJournal *
journal_new (int fd, const guint8 *id, const ImpSecret *secret)
{
  ImpJournal *self = g_new0 (ImpJournal, 1);

  self->fd = fd;
  memcpy (self->id, id, ID_LENGTH);
  self->id_text = imp_hash_hex (id, ID_LENGTH);
  self->key = imp_secret_allocate (IMP_SECRET_LENGTH);
  crypto_kdf_derive_from_key (self->key, IMP_SECRET_LENGTH, JOURNAL_SUBKEY, SUBKEY_CONTEXT,
                              imp_secret_get_bytes (secret));
  return self;
}

static gboolean
write_at (int fd, const guint8 *data, gsize length, off_t at)
{
  while (length > 0)
    {
      ssize_t written = pwrite (fd, data, length, at);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      at += written;
      length -= (gsize)written;
    }
  return TRUE;
}

static gboolean
read_at (int fd, guint8 *data, gsize length, off_t at)
{
  while (length > 0)
    {
      ssize_t got = pread (fd, data, length, at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      data += got;
      at += got;
      length -= (gsize)got;
    }
  return TRUE;
}

static gboolean
set_write_error (GError **error)
{
  int saved = errno;

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_IO,
                         _ ("The disk is full, so nothing was saved: make room and try again"));
  else
    imp_error_set_errno (error, IMP_ERROR_IO, saved,
                         _ ("The journal of withdrawals beside the register cannot be written"));
  return FALSE;
}

static gboolean
set_damaged_error (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                       _ ("The journal of withdrawals (the register's name with “.withdrawals” "
                          "added) is damaged, or is another register's"));
  return FALSE;
}

/**
 * imp_journal_create:
 * @path: where no file is yet
 * @secret: the register's data key
 * @error: where to put the error
 *
 * Makes an empty journal with a random id, readable for the user only, and waits until it is on
 * disk.
 *
 * Returns: (transfer full) (nullable): the journal, or %NULL with %IMP_ERROR_IO and no file
 */
ImpJournal *
imp_journal_create (const char *path, const ImpSecret *secret, GError **error)
{
  guint8 header[HEADER_LENGTH];
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  memcpy (header, MAGIC, MAGIC_LENGTH);
  randombytes_buf (header + MAGIC_LENGTH, ID_LENGTH);
  if (fd >= 0 && write_at (fd, header, sizeof header, 0) && fsync (fd) == 0)
    return journal_new (fd, header + MAGIC_LENGTH, secret);
  set_write_error (error);
  if (fd >= 0)
    {
      unlink (path);
      close (fd);
    }
  return NULL;
}

/* After a power cut a file may have grown by zeros that were never written: no record is zero. */
static gboolean
is_empty (const ImpJournal *self, gint64 seq)
{
  guint8 record[RECORD_LENGTH];

  return read_at (self->fd, record, sizeof record, HEADER_LENGTH + (seq - 1) * RECORD_LENGTH)
         && sodium_is_zero (record, sizeof record);
}

static gboolean
measure (ImpJournal *self)
{
  struct stat status;

  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size < HEADER_LENGTH)
    return FALSE;
  self->length = (status.st_size - HEADER_LENGTH) / RECORD_LENGTH;
  while (self->length > 0 && is_empty (self, self->length))
    self->length--;
  return TRUE;
}

/**
 * imp_journal_open:
 * @path: the journal's file
 * @secret: the register's data key
 * @error: where to put the error
 *
 * Opens a journal. What a writer that was killed or lost its power left of a record at the end is
 * not counted: it was never acknowledged.
 *
 * Returns: (transfer full) (nullable): the journal, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpJournal *
imp_journal_open (const char *path, const ImpSecret *secret, GError **error)
{
  g_autoptr (ImpJournal) self = NULL;
  guint8 header[HEADER_LENGTH];
  int fd = open (path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    {
      imp_error_set_errno (error, errno == ENOENT ? IMP_ERROR_NOT_FOUND : IMP_ERROR_IO, errno,
                           _ ("The journal of withdrawals beside the register cannot be opened"));
      return NULL;
    }
  if (!read_at (fd, header, sizeof header, 0) || memcmp (header, MAGIC, MAGIC_LENGTH) != 0)
    {
      close (fd);
      set_damaged_error (error);
      return NULL;
    }
  self = journal_new (fd, header + MAGIC_LENGTH, secret);
  if (measure (self))
    return g_steal_pointer (&self);
  set_damaged_error (error);
  return NULL;
}

/**
 * imp_journal_get_id:
 * @self: a journal
 *
 * Returns: (transfer none): the random id that it was made with
 */
const char *
imp_journal_get_id (const ImpJournal *self)
{
  return self->id_text;
}

/**
 * imp_journal_get_length:
 * @self: a journal
 *
 * Returns: how many records it had when it was opened or last written
 */
gint64
imp_journal_get_length (const ImpJournal *self)
{
  return self->length;
}

/* ---- records ---- */

/* A record that was moved to another place, or into another journal, does not authenticate. */
static void
make_context (const ImpJournal *self, gint64 seq, guint8 *context)
{
  guint64 number = GUINT64_TO_LE ((guint64)seq);

  memcpy (context, self->id, ID_LENGTH);
  memcpy (context + ID_LENGTH, &number, sizeof number);
}

static ImpJournalEntry *
parse (const char *text)
{
  g_auto (GStrv) fields = g_strsplit (text, "\n", N_FIELDS + 1);
  ImpJournalEntry *entry = NULL;

  if (g_strv_length (fields) != N_FIELDS)
    return NULL;
  entry = g_new0 (ImpJournalEntry, 1);
  entry->at = g_strdup (fields[0]);
  entry->kind = g_strdup (fields[1]);
  entry->subject = g_strdup (fields[2]);
  entry->detail = g_strdup (fields[3]);
  entry->digests = g_strdup (fields[4]);
  return entry;
}

/**
 * imp_journal_read:
 * @self: a journal
 * @seq: a record's number, from 1
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL with %IMP_ERROR_REGISTER_DAMAGED: it
 *   is not what was written there with this key
 */
ImpJournalEntry *
imp_journal_read (ImpJournal *self, gint64 seq, GError **error)
{
  guint8 record[RECORD_LENGTH];
  guint8 context[ID_LENGTH + sizeof (guint64)];
  char text[TEXT_LENGTH + 1];
  ImpJournalEntry *entry = NULL;

  make_context (self, seq, context);
  if (seq >= 1 && seq <= self->length
      && read_at (self->fd, record, sizeof record, HEADER_LENGTH + (seq - 1) * RECORD_LENGTH)
      && crypto_aead_xchacha20poly1305_ietf_decrypt (
             (guint8 *)text, NULL, NULL, record + NONCE_LENGTH, RECORD_LENGTH - NONCE_LENGTH,
             context, sizeof context, record, self->key)
             == 0)
    {
      text[TEXT_LENGTH] = '\0';
      entry = parse (text);
    }
  if (entry == NULL)
    set_damaged_error (error);
  return entry;
}

static gboolean
seal (const ImpJournal *self, const ImpJournalEntry *entry, gint64 seq, guint8 *record,
      GError **error)
{
  guint8 context[ID_LENGTH + sizeof (guint64)];
  char text[TEXT_LENGTH + 1] = { 0 };
  int length = g_snprintf (text, sizeof text, "%s\n%s\n%s\n%s\n%s", entry->at, entry->kind,
                           entry->subject, entry->detail, entry->digests);

  if (length > (int)TEXT_LENGTH)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "An entry of the journal of withdrawals is too long");
      return FALSE;
    }
  make_context (self, seq, context);
  randombytes_buf (record, NONCE_LENGTH);
  crypto_aead_xchacha20poly1305_ietf_encrypt (record + NONCE_LENGTH, NULL, (const guint8 *)text,
                                              TEXT_LENGTH, context, sizeof context, NULL, record,
                                              self->key);
  return TRUE;
}

/**
 * imp_journal_append:
 * @self: a journal
 * @entries: (element-type ImpJournalEntry): what to add, in order
 * @error: where to put the error
 *
 * Adds records after the last one and waits until they are on disk. The caller holds the
 * register's lock for writing, so that no other program adds at the same time.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_IO or %IMP_ERROR_USAGE (an entry is too long), and
 *   nothing added
 */
gboolean
imp_journal_append (ImpJournal *self, GPtrArray *entries, GError **error)
{
  g_autofree guint8 *records = g_malloc0 (MAX (entries->len, 1) * RECORD_LENGTH);
  off_t at = HEADER_LENGTH + self->length * RECORD_LENGTH;

  for (guint i = 0; i < entries->len; i++)
    if (!seal (self, g_ptr_array_index (entries, i), self->length + 1 + i,
               records + i * RECORD_LENGTH, error))
      return FALSE;
  if (!write_at (self->fd, records, (gsize)entries->len * RECORD_LENGTH, at)
      || fsync (self->fd) != 0)
    {
      set_write_error (error);
      imp_journal_cut (self, self->length);
      return FALSE;
    }
  self->length += entries->len;
  return TRUE;
}

/**
 * imp_journal_cut:
 * @self: a journal
 * @length: how many records stay
 *
 * Takes back records that were added for a change which was then not saved.
 *
 * Returns: whether they are gone; one that stays is applied when the register is next opened, as
 *   if the change had been saved
 */
gboolean
imp_journal_cut (ImpJournal *self, gint64 length)
{
  if (ftruncate (self->fd, HEADER_LENGTH + length * RECORD_LENGTH) != 0 || fsync (self->fd) != 0)
    return FALSE;
  self->length = length;
  return TRUE;
}

/**
 * imp_journal_use:
 * @self: a journal
 * @alone: whether no other program may have the register open
 *
 * Marks the register as in use until the journal is closed.
 *
 * Returns: whether that is so: %FALSE where another program holds it, or, with @alone, uses it
 */
gboolean
imp_journal_use (ImpJournal *self, gboolean alone)
{
  /* Some network folders know no such locks: there nobody is kept out. */
  return flock (self->fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}
