/* The marker segments of a JPEG file, and the walks over its entropy-coded data. */
#include "fuzz.h"

#include "imp-jpeg-segments.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = fuzz_dup (data, size);
  g_autoptr (ImpNotes) notes = imp_notes_new ();
  g_autoptr (GError) error = NULL;
  g_auto (ImpJpegSegments) segments = { 0 };
  gboolean read = imp_jpeg_segments_read (&segments, notes, copy, size, &error);
  ImpMcu mcu = { 0 };

  FUZZ_HOLDS (read == (error == NULL));
  if (read)
    FUZZ_HOLDS (segments.end <= size && segments.orientation >= 1 && segments.orientation <= 8);
  imp_mcu_scan (copy, size, &mcu);
  imp_mcu_is_finished (copy, size);
  return 0;
}
