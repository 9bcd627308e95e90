/* Text of a DICOM file: the first byte says how long the Specific Character Set is. */
#include "fuzz.h"

#include "imp-charset.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  imp_charset_initialise ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize n = size > 0 ? MIN (data[0], size - 1) : 0;
  g_autofree char *charset = g_strndup (size > 0 ? (const char *)data + 1 : "", n);
  gsize length = size > 0 ? size - 1 - n : 0;
  g_autofree guint8 *copy = fuzz_dup (data + (size - length), length);
  g_autofree char *text = imp_charset_to_utf8 (charset, (const char *)copy, length);

  FUZZ_HOLDS (g_utf8_validate (text, -1, NULL));
  return 0;
}
