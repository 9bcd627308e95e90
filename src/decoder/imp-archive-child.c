#include "imp-archive-child.h"

#include <iconv.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "imp-child.h"
#include "imp-input.h"
#include "imp-notes.h"
#include "imp-reply.h"
#include "imp-sandbox.h"

#define CHUNK ((gsize)256 << 10)

typedef struct
{
  const guint8 *data; /* borrowed: the archive */
  gsize length;
  struct archive *archive; /* owned, nullable */
  guint next;              /* the number of the entry that comes next */
} Walk;

static locale_t letters = (locale_t)0; /* in which libarchive gives names as UTF-8 */

/**
 * imp_archive_child_initialise:
 *
 * Loads what libarchive needs of the C library to read names, before the lock.
 */
void
imp_archive_child_initialise (void)
{
  iconv_t converter = iconv_open ("UTF-8", "UTF-8");

  letters = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (converter != (iconv_t)-1)
    iconv_close (converter);
}

static gboolean
fail_damaged (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The ZIP archive is damaged or incomplete: fetch it again from its source"), NULL);
  return FALSE;
}

/* At the first entry again. Only archives with a directory at their end: one that was cut has none,
 * and shows nothing of what is missing. */
static gboolean
rewind_walk (Walk *walk, GError **error)
{
  if (walk->archive != NULL)
    archive_read_free (walk->archive);
  walk->next = 0;
  walk->archive = archive_read_new ();
  return (walk->archive != NULL
          && archive_read_support_format_zip_seekable (walk->archive) == ARCHIVE_OK
          && archive_read_open_memory (walk->archive, walk->data, walk->length) == ARCHIVE_OK)
         || fail_damaged (error);
}

/* Returns: the next entry's header, NULL at the end, or with @error. */
static struct archive_entry *
step (Walk *walk, GError **error)
{
  struct archive_entry *entry = NULL;
  int result = archive_read_next_header (walk->archive, &entry);

  if (result == ARCHIVE_EOF)
    return NULL;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    {
      fail_damaged (error);
      return NULL;
    }
  walk->next++;
  return entry;
}

static const char *
kind_of (struct archive_entry *entry)
{
  if (archive_entry_filetype (entry) == AE_IFDIR)
    return "folder";
  if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL)
    return "link";
  return archive_entry_is_data_encrypted (entry) ? "locked" : "file";
}

static GVariant *
list_entries (Walk *walk, GError **error)
{
  GError *local = NULL;
  struct archive_entry *entry = NULL;
  GVariantBuilder entries;
  GVariantDict dict;

  if (!rewind_walk (walk, error))
    return NULL;
  g_variant_builder_init (&entries, G_VARIANT_TYPE ("a(sst)"));
  while ((entry = step (walk, &local)) != NULL && walk->next <= IMP_WIRE_MAX_ENTRIES)
    {
      const char *name = archive_entry_pathname (entry);
      g_autofree char *clean = imp_text_clean (name != NULL ? name : "", //
                                               name != NULL ? strlen (name) : 0);

      g_variant_builder_add (&entries, "(sst)", clean, kind_of (entry),
                             (guint64)MAX (archive_entry_size (entry), 0));
    }
  if (entry != NULL)
    imp_fail (
        &local, IMP_ERROR_UNSUPPORTED,
        N_ ("The archive holds more than 100,000 files: copy what is in it into folders, and open "
            "those one by one"),
        NULL);
  if (local != NULL)
    {
      g_variant_builder_clear (&entries);
      g_propagate_error (error, local);
      return NULL;
    }
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "entries", g_variant_builder_end (&entries));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static gboolean
fail_entry (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("This file of the archive is damaged: fetch the archive again from its source"),
            NULL);
  return FALSE;
}

/* No more than the archive says, and no more than is ever taken: what goes on is a bomb. */
static gboolean
unpack (Walk *walk, guint64 said, ImpMemory *memory, GError **error)
{
  static guint8 chunk[CHUNK];

  for (;;)
    {
      la_ssize_t n = archive_read_data (walk->archive, chunk, sizeof chunk);

      if (n == 0)
        return (memory->size == said && memory->size > 0) || fail_entry (error);
      if (n < 0 || (gsize)n > said - memory->size)
        return fail_entry (error);
      if (!imp_memory_append (memory, chunk, (gsize)n, error))
        return FALSE;
    }
}

static ImpMemory *
load_entry (Walk *walk, guint number, GError **error)
{
  GError *local = NULL;
  struct archive_entry *entry = NULL;
  g_autoptr (ImpMemory) memory = imp_memory_new_empty (error);
  guint64 said = 0;

  if (memory == NULL
      || ((walk->archive == NULL || walk->next > number) && !rewind_walk (walk, error)))
    return NULL;
  do
    entry = step (walk, &local);
  while (entry != NULL && walk->next <= number);
  if (local != NULL || entry == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, local);
      else
        fail_damaged (error);
      return NULL;
    }
  said = (guint64)MAX (archive_entry_size (entry), 0);
  if (said > IMP_WIRE_MAX_ENTRY)
    {
      imp_fail (
          error, IMP_ERROR_UNSUPPORTED,
          N_ ("This file of the archive is larger than 1 GiB: copy it out of the archive, and open "
              "that by itself"),
          NULL);
      return NULL;
    }
  return unpack (walk, said, memory, error) ? g_steal_pointer (&memory) : NULL;
}

static void
send_entry (int session, Walk *walk, guint number)
{
  ImpWireReply reply = { .kind = IMP_WIRE_BYTES };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = load_entry (walk, number, &error);

  if (memory == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_memory (session, &reply, memory);
}

static void
send_entries (int session, Walk *walk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = list_entries (walk, &error);

  if (entries == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_variant (session, entries);
}

/**
 * imp_archive_child_run:
 * @input: the archive, opened for reading only
 * @length: its bytes
 * @session: the socket over which the requests come
 *
 * Locks this process down, then serves one archive until the client closes the session.
 */
void
imp_archive_child_run (int input, guint64 length, int session)
{
  Walk walk = { .length = (gsize)length };
  ImpWireRequest request = { 0 };

  walk.data = length <= IMP_WIRE_MAX_INPUT ? imp_input_map (input, walk.length) : NULL;
  if (letters != (locale_t)0)
    uselocale (letters);
  if (walk.data == NULL || !imp_sandbox_enter (IMP_CHILD_MEMORY + 2 * length, IMP_CHILD_CPU))
    _exit (1);
  while (imp_channel_receive (session, &request, sizeof request, NULL, 0) == sizeof request
         && request.magic == IMP_WIRE_MAGIC)
    {
      if (request.verb == IMP_WIRE_ENTRIES)
        send_entries (session, &walk);
      else if (request.verb == IMP_WIRE_ENTRY)
        send_entry (session, &walk, request.argument);
      else
        break;
    }
  _exit (0);
}
