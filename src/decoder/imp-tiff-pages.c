#include "imp-tiff-pages.h"

#define MAX_PAGES 10000

typedef struct
{
  const guint8 *data;
  guint64 length;
  gboolean little;
  gboolean big; /* BigTIFF: 8-byte offsets */
} File;

/* Bytes @at to @at + @size as a number; FALSE past the end. */
static gboolean
get (const File *file, guint64 at, guint size, guint64 *value)
{
  if (at > file->length || size > file->length - at)
    return FALSE;
  *value = 0;
  for (guint i = 0; i < size; i++)
    *value = *value << 8 | file->data[at + (file->little ? size - 1 - i : i)];
  return TRUE;
}

/* The offset that follows the entries of the directory at @at (TIFF 6.0, section 2). */
static gboolean
find_next (const File *file, guint64 at, guint64 *next)
{
  guint64 n = 0;

  if (!get (file, at, file->big ? 8 : 2, &n) || n == 0 || n > file->length)
    return FALSE;
  return file->big ? get (file, at + 8 + 20 * n, 8, next) : get (file, at + 2 + 12 * n, 4, next);
}

/**
 * imp_tiff_pages_find:
 * @data: a whole TIFF or BigTIFF file
 * @length: its bytes
 * @error: where to put the error
 *
 * Follows the chain of directories from the header to its end.
 *
 * Returns: (transfer full) (nullable) (element-type guint64): the offset of each directory, one or
 *   more; %NULL with %IMP_ERROR_DAMAGED where the chain leaves the file or bites its tail, or
 *   %IMP_ERROR_UNSUPPORTED where it has more than 10,000 links
 */
GArray *
imp_tiff_pages_find (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  File file = { data, length, length > 0 && data[0] == 'I', FALSE };
  guint64 version = 0;
  guint64 at = 0;
  gboolean whole = get (&file, 2, 2, &version);

  file.big = version == 43;
  whole = whole && (file.big ? get (&file, 8, 8, &at) : get (&file, 4, 4, &at)) && at != 0;
  while (whole && at != 0)
    {
      if (pages->len == MAX_PAGES)
        {
          imp_fail (error, IMP_ERROR_UNSUPPORTED,
                    N_ ("The TIFF file has more than 10,000 pages, which are not read: split it, "
                        "and open a part"),
                    NULL);
          return NULL;
        }
      g_array_append_val (pages, at);
      whole = g_hash_table_add (seen, g_memdup2 (&at, sizeof at)) && find_next (&file, at, &at);
    }
  if (whole)
    return g_steal_pointer (&pages);
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The TIFF file is damaged or incomplete: fetch it again from its source"), NULL);
  return NULL;
}
