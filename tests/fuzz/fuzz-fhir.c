/* A consent, or a bundle of several, that somebody wants to take in. */
#include "fuzz.h"

#include "imp-fhir.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

/* What was read can be written, and then reads without a problem. */
static void
write_and_read (GPtrArray *entries)
{
  const ImpFhirSite site = { "Example", "uk-strict", "2026-11-22" };
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  g_autofree char *text = imp_fhir_write (entries, &site, TRUE);
  g_autoptr (GPtrArray) again = imp_fhir_read (text, strlen (text), problems);

  FUZZ_HOLDS (problems->len == 0 && again->len == entries->len);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = fuzz_dup (data, size);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  g_autoptr (GPtrArray) entries = imp_fhir_read ((const char *)copy, size, problems);
  g_autoptr (GPtrArray) good = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (g_ptr_array_index (entries, i) != NULL)
      g_ptr_array_add (good, g_ptr_array_index (entries, i));
  if (good->len > 0)
    write_and_read (good);
  return 0;
}
