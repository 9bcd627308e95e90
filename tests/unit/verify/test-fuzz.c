/* Whatever the bytes, the walker ends, says something sensible, and stays inside them (run this
 * under AddressSanitizer to be sure of the last). */

#include <string.h>

#include <zlib.h>

#include "files.h"
#include "pictures.h"

#define N_ROUNDS 20000

static GPtrArray *
make_seeds (void)
{
  static const PictureJpeg HOW[] = {
    { 85, 1, 1, FALSE, 0 }, { 60, 2, 2, FALSE, 1 }, { 60, 2, 1, TRUE, 0 }, { 85, 2, 2, TRUE, 1 }
  };
  static const guint8 RGB[5] = { 8, 2, 0, 0, 0 };
  static const guint8 ROWS[14] = { 0, 1, 2, 3, 4, 5, 6, 2, 0, 0, 0, 0, 0, 0 };
  guint8 data[64];
  uLongf length = sizeof data;
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (ImpRaster) colour = picture_new (37, 29, 3);
  g_autoptr (ImpRaster) grey = picture_new (20, 40, 1);
  GBytes *file = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (HOW); i++)
    {
      file = picture_encode_jpeg (i == 1 ? grey : colour, &HOW[i]);
      g_ptr_array_add (seeds, file);
      g_ptr_array_add (seeds, file_insert_segment (file, AFTER_APP0, 0xe1, "Exif\0\0MM\0*", 10));
    }
  g_assert_cmpint (compress (data, &length, ROWS, sizeof ROWS), ==, Z_OK);
  file = file_make_png (2, 2, RGB, data, length);
  g_ptr_array_add (seeds, file);
  g_ptr_array_add (seeds, file_insert_chunk (file, AFTER_IHDR, "tEXt", "Comment\0x", 9));
  return seeds;
}

/* Changes bytes here and there, cuts, doubles and joins. */
static GBytes *
mutate (GPtrArray *seeds, GRand *random)
{
  GBytes *seed = g_ptr_array_index (seeds, g_rand_int_range (random, 0, (gint32)seeds->len));
  GBytes *other = g_ptr_array_index (seeds, g_rand_int_range (random, 0, (gint32)seeds->len));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int n_changes = g_rand_int_range (random, 1, 8);

  g_byte_array_append (bytes, g_bytes_get_data (seed, NULL), (guint)g_bytes_get_size (seed));
  for (int i = 0; i < n_changes && bytes->len > 4; i++)
    {
      guint at = (guint)g_rand_int_range (random, 0, (gint32)bytes->len);
      guint wanted = (guint)g_rand_int_range (random, 1, 40);
      guint length = MIN (wanted, bytes->len - at);
      g_autofree guint8 *copy = g_memdup2 (bytes->data + at, length);

      switch (g_rand_int_range (random, 0, 8))
        {
        case 0:
          g_byte_array_remove_range (bytes, at, length);
          break;
        case 1:
          g_byte_array_append (bytes, copy, length);
          break;
        case 2:
          g_byte_array_set_size (bytes, at);
          break;
        case 3:
          g_byte_array_append (bytes, (const guint8 *)g_bytes_get_data (other, NULL) + 2,
                               (guint)g_bytes_get_size (other) - 2);
          break;
        case 4:
          memset (bytes->data + at, g_rand_boolean (random) ? 0xff : 0, length);
          break;
        default:
          bytes->data[at] = (guint8)g_rand_int (random);
        }
    }
  return g_bytes_new (bytes->data, bytes->len);
}

static void
assert_sensible (const ImpVerifyReport *report)
{
  g_assert_nonnull (report->format);
  g_assert_cmpuint (strlen (report->sha256), ==, 64);
  g_assert_cmpint (report->flat, ==, report->findings->len == 0);
  for (guint i = 0; i < report->findings->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (report->findings, i);

      g_assert_true (g_utf8_validate (finding->where, -1, NULL));
      g_assert_true (g_utf8_validate (finding->what, -1, NULL));
      g_assert_cmpuint (strlen (finding->what), >, 10);
    }
}

static void
test_mutations (void)
{
  static const char *const IDENTIFIERS[] = { "EXAMPLE", "H204417", NULL };
  g_autoptr (GPtrArray) seeds = make_seeds ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autoptr (ImpRaster) raster = picture_new (37, 29, 3);
  ImpRect box = { 5, 5, 20, 12 };
  guint n_flat = 0;

  for (guint i = 0; i < seeds->len; i++)
    {
      g_autoptr (ImpVerifyReport) report = imp_verify_walk (g_ptr_array_index (seeds, i));

      g_assert_cmpint (report->flat, ==, i % 2 == 0); /* each second one carries something */
    }
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GBytes) file = mutate (seeds, random);
      g_autoptr (ImpVerifyReport) walk = imp_verify_walk (file);

      assert_sensible (walk);
      n_flat += walk->flat;
      if (i % 10 == 0)
        {
          g_autoptr (ImpVerifyReport) report = imp_verify_file (
              file, raster, &box, 1, NULL, NULL, IDENTIFIERS, "image.png", NULL, NULL);

          assert_sensible (report);
          g_assert_false (report->flat); /* none of the seeds is this picture with this box */
        }
    }
  /* A JPEG whose pixels only changed is still flat, but these are few. */
  g_assert_cmpuint (n_flat, <, N_ROUNDS / 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/fuzz", test_mutations);
  return g_test_run ();
}
