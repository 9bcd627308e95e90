/* The proof's walker over anybody's file, and its comparison with a rendering of the size that the
 * file claims. */
#include "fuzz.h"

#include "imp-verify.h"

#define MOST_SIDE 256

static void
compare (GBytes *file, int width, int height, const ImpPixelShape *shape)
{
  static const char *const identifiers[] = { "H204417", "EXAMPLE^PERSON A", NULL };
  gsize size = (gsize)width * (gsize)height * 3;
  g_autofree guint8 *pixels = g_malloc0 (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&pixels), size);
  g_autoptr (ImpRaster) raster = imp_raster_new (width, height, 3, bytes, NULL);
  const ImpRect box = { 0, 0, width / 2 + 1, height / 2 + 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpVerifyReport) report = NULL;

  FUZZ_HOLDS (raster != NULL);
  report =
      imp_verify_file (file, raster, &box, 1, NULL, shape, identifiers, "picture", NULL, &error);
  FUZZ_HOLDS ((report == NULL) == (error != NULL));
  if (report != NULL)
    FUZZ_HOLDS (report->flat == (report->findings->len == 0));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new_take (fuzz_dup (data, size), size);
  g_autoptr (ImpVerifyReport) report = imp_verify_walk (file);

  FUZZ_HOLDS (report != NULL && report->format != NULL);
  FUZZ_HOLDS (report->flat == (report->findings->len == 0));
  for (guint i = 0; i < report->findings->len; i++)
    {
      const ImpFinding *finding = report->findings->pdata[i];

      FUZZ_HOLDS (g_utf8_validate (finding->where, -1, NULL));
      FUZZ_HOLDS (g_utf8_validate (finding->what, -1, NULL));
    }
  if (report->width > 0 && report->height > 0 && report->width <= MOST_SIDE
      && report->height <= MOST_SIDE)
    {
      const ImpPixelShape tall = { 1, 2 };

      compare (file, report->width, report->height, NULL);
      compare (file, report->width, (report->height + 1) / 2, &tall);
    }
  return 0;
}
