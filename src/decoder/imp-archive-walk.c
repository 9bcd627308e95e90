#include "imp-archive-walk.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "imp-notes.h"
#include "imp-wire.h"

#define CHUNK ((gsize)256 << 10)

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
rewind_walk (ImpArchiveWalk *walk, GError **error)
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
step (ImpArchiveWalk *walk, GError **error)
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

/**
 * imp_archive_walk_list:
 * @walk: (inout): an archive
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): an a{sv} with "entries", a(sst): name, kind ("file",
 *   "folder", "link" or "locked") and length as they are said; %NULL with %IMP_ERROR_DAMAGED or
 *   %IMP_ERROR_UNSUPPORTED
 */
GVariant *
imp_archive_walk_list (ImpArchiveWalk *walk, GError **error)
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
unpack (ImpArchiveWalk *walk, guint64 said, ImpMemory *memory, GError **error)
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

/**
 * imp_archive_walk_load:
 * @walk: (inout): an archive
 * @number: of an entry, from 0
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL with %IMP_ERROR_DAMAGED or
 *   %IMP_ERROR_UNSUPPORTED
 */
ImpMemory *
imp_archive_walk_load (ImpArchiveWalk *walk, guint number, GError **error)
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

/**
 * imp_archive_walk_clear:
 * @walk: (inout): an archive
 */
void
imp_archive_walk_clear (ImpArchiveWalk *walk)
{
  if (walk->archive != NULL)
    archive_read_free (walk->archive);
  walk->archive = NULL;
}
