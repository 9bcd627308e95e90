/* The walks over containers that need no pixels: the segments of a JPEG, the chunks of a PNG, the
 * directories of a TIFF. The file's own first bytes say which. */
#include "fuzz.h"

#include <zlib.h>

#include "imp-document.h"
#include "imp-jpeg-segments.h"
#include "imp-png-chunks.h"

#define SIGNATURE 8 /* bytes of PNG's */
#define AROUND 12   /* length, type and checksum of a chunk */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  imp_document_initialise ();
  return 0;
}

static void
walk_jpeg (const guint8 *data, gsize size, ImpNotes *notes)
{
  g_autoptr (GError) error = NULL;
  g_auto (ImpJpegSegments) segments = { 0 };
  gboolean read = imp_jpeg_segments_read (&segments, notes, data, size, &error);
  ImpMcu mcu = { 0 };

  FUZZ_HOLDS (read == (error == NULL));
  if (read)
    FUZZ_HOLDS (segments.end <= size && segments.orientation >= 1 && segments.orientation <= 8);
  imp_mcu_scan (data, size, &mcu);
  imp_mcu_is_finished (data, size);
}

/* Hardly a changed chunk would be read otherwise. */
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

static void
walk_png (guint8 *data, gsize size, ImpNotes *notes)
{
  g_autoptr (GError) error = NULL;
  ImpPngChunks chunks = { 0 };

  /* An odd length is left as it is: wrong checksums must be met too. */
  if (size % 2 == 0)
    mend_checksums (data, size);
  if (imp_png_chunks_read (&chunks, notes, data, size, &error))
    FUZZ_HOLDS (error == NULL && chunks.orientation >= 1 && chunks.orientation <= 8);
  else
    FUZZ_HOLDS (error != NULL);
}

static void
walk_tiff (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDocument) document = imp_document_open (data, size, data[size - 1] % 4, &error);
  g_autoptr (GVariant) facts = NULL;

  FUZZ_HOLDS ((document == NULL) == (error != NULL));
  if (document != NULL)
    facts = imp_notes_to_variant (document->notes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = fuzz_dup (data, size);
  g_autoptr (ImpNotes) notes = imp_notes_new ();
  g_autoptr (GVariant) facts = NULL;

  if (size < 12)
    return 0;
  if (memcmp (copy, "\xff\xd8", 2) == 0)
    walk_jpeg (copy, size, notes);
  else if (memcmp (copy, "\x89PNG\r\n\x1a\n", SIGNATURE) == 0)
    walk_png (copy, size, notes);
  else if (memcmp (copy, "II", 2) == 0 || memcmp (copy, "MM", 2) == 0)
    walk_tiff (copy, size);
  facts = imp_notes_to_variant (notes);
  return 0;
}
