/* The chunks of a PNG file. Their checksums are mended first, or hardly a changed chunk would be
 * read. */
#include "fuzz.h"

#include <zlib.h>

#include "imp-png-chunks.h"

#define SIGNATURE 8
#define AROUND 12 /* length, type and checksum of a chunk */

static void
mend_checksums (guint8 *data, gsize size)
{
  gsize at = SIGNATURE;

  while (size >= AROUND && at <= size - AROUND)
    {
      guint32 length = 0;
      guint32 sum = 0;

      memcpy (&length, data + at, sizeof length);
      length = GUINT32_FROM_BE (length);
      if (length > size - at - AROUND)
        return;
      sum = GUINT32_TO_BE ((guint32)crc32 (0, data + at + 4, length + 4));
      memcpy (data + at + 8 + length, &sum, sizeof sum);
      at += AROUND + (gsize)length;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = fuzz_dup (data, size);
  g_autoptr (ImpNotes) notes = imp_notes_new ();
  g_autoptr (GError) error = NULL;
  ImpPngChunks chunks = { 0 };
  gboolean read = FALSE;

  /* An odd length is left as it is: wrong checksums must be met too. */
  if (size % 2 == 0)
    mend_checksums (copy, size);
  read = size >= SIGNATURE && memcmp (copy, "\x89PNG\r\n\x1a\n", SIGNATURE) == 0
         && imp_png_chunks_read (&chunks, notes, copy, size, &error);
  if (read)
    FUZZ_HOLDS (error == NULL && chunks.orientation >= 1 && chunks.orientation <= 8);
  return 0;
}
