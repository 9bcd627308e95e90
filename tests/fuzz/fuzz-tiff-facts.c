/* What a TIFF file says of itself: every directory and tag, no pixels. */
#include "fuzz.h"

#include "imp-document.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  imp_document_initialise ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDocument) document = NULL;
  g_autoptr (GVariant) facts = NULL;

  if (size < 8 || (memcmp (data, "II", 2) != 0 && memcmp (data, "MM", 2) != 0))
    return 0;
  copy = fuzz_dup (data, size);
  document = imp_document_open (copy, size, data[size - 1] % 4, &error);
  FUZZ_HOLDS ((document == NULL) == (error != NULL));
  if (document != NULL)
    facts = imp_notes_to_variant (document->notes);
  return 0;
}
