/* An EXIF block, as a JPEG, PNG, WebP or HEIF file hands it over. */
#include "fuzz.h"

#include "imp-photo.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = fuzz_dup (data, size);
  g_autoptr (ImpNotes) notes = imp_notes_new ();
  int orientation = imp_exif_note (notes, "EXIF", copy, size);
  g_autoptr (GVariant) facts = imp_notes_to_variant (notes);

  FUZZ_HOLDS (orientation >= 1 && orientation <= 8);
  FUZZ_HOLDS (g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT));
  return 0;
}
