/* The header of a file, as it is read for a list: what the reader says is what the front end takes.
 */
#include "fuzz.h"

#include "imp-document.h"
#include "imp-list.h"
#include "imp-listing.h"

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
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) normal = NULL;
  g_autoptr (ImpListing) listing = NULL;

  if (size == 0)
    return 0;
  copy = g_memdup2 (data, size);
  answer = imp_list_read (copy, size, &error);
  FUZZ_HOLDS ((answer == NULL) == (error != NULL));
  if (answer == NULL)
    return 0;
  normal = g_variant_get_normal_form (answer);
  listing = imp_listing_new_from_variant (normal, &error);
  FUZZ_HOLDS (listing != NULL);
  return 0;
}
