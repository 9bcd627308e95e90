/* What photographs and scans carry: EXIF, XMP, IPTC, Photoshop's blocks and ICC profiles. The first
 * byte says which. */
#include "fuzz.h"

#include "imp-photo.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = NULL;
  g_autoptr (ImpNotes) notes = imp_notes_new ();
  g_autoptr (GVariant) facts = NULL;
  int orientation = 1;

  if (size < 1)
    return 0;
  copy = fuzz_dup (data + 1, size - 1);
  switch (data[0] % 5)
    {
    case 0:
      imp_photo_note_xmp (notes, "XMP", copy, size - 1);
      break;
    case 1:
      imp_photo_note_iptc (notes, "IPTC", copy, size - 1);
      break;
    case 2:
      imp_photo_note_photoshop (notes, "Photoshop", copy, size - 1);
      break;
    case 3:
      imp_photo_note_icc (notes, "ICC", copy, size - 1);
      break;
    default:
      orientation = imp_exif_note (notes, "EXIF", copy, size - 1);
    }
  facts = imp_notes_to_variant (notes);
  FUZZ_HOLDS (orientation >= 1 && orientation <= 8);
  FUZZ_HOLDS (g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT));
  return 0;
}
