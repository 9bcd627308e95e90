/* A ZIP archive, as the helper that unpacks walks it: what it holds, its first files, and the first
 * once more after the last. */
#include "fuzz.h"

#include "imp-archive-child.h"
#include "imp-archive-walk.h"
#include "imp-wire.h"

#define MOST_ENTRIES 4u
#define MOST_BYTES (8u << 20) /* more takes long, and runs the same code */

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  imp_archive_child_initialise ();
  return 0;
}

static void
load (ImpArchiveWalk *walk, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = imp_archive_walk_load (walk, number, &error);

  FUZZ_HOLDS ((memory == NULL) == (error != NULL));
  FUZZ_HOLDS (memory == NULL || (memory->size > 0 && memory->size <= IMP_WIRE_MAX_ENTRY));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = size > 0 ? g_memdup2 (data, size) : NULL;
  g_auto (ImpArchiveWalk) walk = { copy, size, NULL, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  const char *name = NULL;
  const char *kind = NULL;
  guint64 said = 0;

  if (size == 0)
    return 0;
  entries = imp_archive_walk_list (&walk, &error);
  FUZZ_HOLDS ((entries == NULL) == (error != NULL));
  if (entries == NULL)
    return 0;
  FUZZ_HOLDS (g_variant_lookup (entries, "entries", "a(sst)", &iter));
  for (guint i = 0; i < MOST_ENTRIES && g_variant_iter_next (iter, "(&s&st)", &name, &kind, &said);
       i++)
    if (said <= MOST_BYTES)
      load (&walk, i);
  load (&walk, IMP_WIRE_MAX_ENTRIES);
  return 0;
}
