/* Hostile files, through the real helper: whatever the bytes, the outcome is a refusal with a
 * sentence, or a picture of exactly the size that was stated; within the time limit, within the
 * memory limit, and with no file written anywhere.
 *
 * Without an argument: fixtures of each format, cut at 64 points and with 200 bits turned, one at a
 * time. With a folder: every file in it, as it is. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "imp-child.h"
#include "imp-error.h"
#include "imp-session.h"
#include "imp-source.h"
#include "processes.h"

#define N_CUTS 64
#define N_FLIPS 200
#define TIME_LIMIT 20000 /* milliseconds, of one request; a request may take one to fail */

typedef struct
{
  guint n_shown;
  guint n_refused;
  guint n_late;
  guint64 most_memory; /* kB of address space, of children that lived to be asked */
  gint64 longest;      /* microseconds */
} Tally;

static char *scratch; /* the folder in which this program runs, and to which TMPDIR points */

static char *
dup_fixture (const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;

  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);
  return data;
}

static void
assert_sentence (const GError *error)
{
  g_assert_true (g_error_matches (error, IMP_ERROR, IMP_ERROR_DAMAGED)
                 || g_error_matches (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 15);
  g_assert_true (g_unichar_isupper (g_utf8_get_char (error->message)));
}

static void
note_memory (Tally *tally, gsize length)
{
  g_autoptr (GArray) children = process_list_children (process_find_zygote ());

  for (guint i = 0; i < children->len; i++)
    {
      guint64 peak = process_get_number (g_array_index (children, GPid, i), "status", "VmPeak:");

      if (peak != G_MAXUINT64)
        tally->most_memory = MAX (tally->most_memory, peak);
    }
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (tally->most_memory, <=, (IMP_CHILD_MEMORY + 2 * length) / 1024);
#endif
}

static ImpRaster *
assert_stated_size (ImpSource *source, ImpFrame *frame)
{
  ImpFacts *facts = imp_source_get_facts (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = imp_frame_render (frame, NULL, &error);
  gsize size = 0;

  g_assert_no_error (error);
  g_assert_cmpint (imp_frame_get_width (frame), ==, imp_facts_get_width (facts));
  g_assert_cmpint (imp_frame_get_height (frame), ==, imp_facts_get_height (facts));
  size = (gsize)imp_facts_get_width (facts) * (gsize)imp_facts_get_height (facts)
         * (gsize)imp_raster_get_channels (raster);
  g_assert_cmpuint (g_bytes_get_size (imp_raster_get_bytes (raster)), ==, size);
  return g_steal_pointer (&raster);
}

/* Opens a file and its first frame. Returns the picture, or NULL where it was refused as it must.
 */
static ImpRaster *
feed (const char *path, gsize length, Tally *tally)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, 0, 0, NULL, &error) : NULL;
  gint64 took = g_get_monotonic_time () - began;

  tally->longest = MAX (tally->longest, took);
  g_assert_cmpint (took, <, 2 * TIME_LIMIT * G_TIME_SPAN_MILLISECOND + 5 * G_TIME_SPAN_SECOND);
  if (source != NULL)
    note_memory (tally, length);
  if (frame != NULL)
    {
      tally->n_shown++;
      return assert_stated_size (source, frame);
    }
  assert_sentence (error);
  tally->n_refused++;
  tally->n_late += strstr (error->message, "too long") != NULL;
  return NULL;
}

static ImpRaster *
feed_bytes (const char *data, gsize length, Tally *tally)
{
  g_autofree char *path = g_build_filename (scratch, "hostile", NULL);
  ImpRaster *raster = NULL;

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
  raster = feed (path, length, tally);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return raster;
}

/* Names of everything in the folder in which all of this runs. */
static void
assert_nothing_written (void)
{
  g_autoptr (GDir) dir = g_dir_open (scratch, 0, NULL);
  const char *name = g_dir_read_name (dir);

  if (name != NULL)
    g_error ("something was written: %s", name);
}

static void
say (const char *name, const Tally *tally)
{
  g_test_message ("%s: %u shown, %u refused (%u by the clock), at most %" G_GUINT64_FORMAT
                  " MiB of address space and %" G_GINT64_FORMAT " ms",
                  name, tally->n_shown, tally->n_refused, tally->n_late, tally->most_memory / 1024,
                  tally->longest / 1000);
}

static gboolean
same_picture (ImpRaster *a, ImpRaster *b)
{
  return imp_raster_get_width (a) == imp_raster_get_width (b)
         && g_bytes_equal (imp_raster_get_bytes (a), imp_raster_get_bytes (b));
}

/* dicom.md row 22: cut anywhere, either there is no picture, or what is gone was no part of it: the
 * very same pixels are shown. Only a TIFF (whose directory may lie behind its pixels, or before)
 * can be so cut. */
static void
test_cuts (gconstpointer data)
{
  const char *name = data;
  gsize length = 0;
  g_autofree char *bytes = dup_fixture (name, &length);
  Tally tally = { 0 };
  g_autoptr (ImpRaster) whole = feed_bytes (bytes, length, &tally);

  g_assert_nonnull (whole);
  for (gsize i = 0; i < N_CUTS; i++)
    {
      gsize cut = i * (length - 2) / N_CUTS + 1;
      g_autoptr (ImpRaster) part = feed_bytes (bytes, cut, &tally);

      if (part != NULL && (!g_str_has_prefix (name, "tiff") || !same_picture (part, whole)))
        g_error ("%s cut to %" G_GSIZE_FORMAT " bytes opens", name, cut);
    }
  assert_nothing_written ();
  say (name, &tally);
}

static void
test_flips (gconstpointer data)
{
  const char *name = data;
  gsize length = 0;
  g_autofree char *bytes = dup_fixture (name, &length);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240131);
  Tally tally = { 0 };

  for (int i = 0; i < N_FLIPS; i++)
    {
      /* Headers matter more than pixels: half of the flips hit the first kilobyte. */
      gsize limit = i % 2 == 0 ? MIN (length, 1024) : length;
      gsize at = (gsize)g_rand_int_range (rand, 0, (gint32)limit);
      char bit = (char)(1 << g_rand_int_range (rand, 0, 8));
      g_autoptr (ImpRaster) raster = NULL;

      bytes[at] ^= bit;
      raster = feed_bytes (bytes, length, &tally);
      bytes[at] ^= bit;
    }
  assert_nothing_written ();
  say (name, &tally);
}

static void
test_file (gconstpointer data)
{
  const char *path = data;
  struct stat info = { 0 };
  Tally tally = { 0 };
  g_autoptr (ImpRaster) raster = NULL;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  raster = feed (path, (gsize)info.st_size, &tally);
  assert_nothing_written ();
  say ("file", &tally);
}

static void
add_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/decode/hostile/file/%s", name);

      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_file, g_free);
    }
}

static void
add_changes (void)
{
  static const char *const samples[] = {
    "window.dcm",
    "window-rle.dcm",
    "window-deflated.dcm",
    "rgb-jpeg-422.dcm",
    "rgb-jpeg-ls.dcm",
    "12-bit-monochrome2-j2k.dcm",
    "j2k-ict.dcm",
    "12-bit-monochrome2-jxl.dcm",
    "jpeg-420.jpg",
    "jpeg-progressive.jpg",
    "rgba.png",
    "interlaced.png",
    "tiff-lzw.tiff",
    "tiff-jpeg.tiff",
    "lossy.webp",
    "alpha-lossless.webp",
    "24.bmp",
    "rle-8.bmp",
#ifdef HAVE_HEIF
    "lossy.heic",
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *cuts = g_strdup_printf ("/decode/dicom-row-22/truncations/%s", samples[i]);
      g_autofree char *flips = g_strdup_printf ("/decode/hostile/bit-flips/%s", samples[i]);

      g_test_add_data_func (cuts, samples[i], test_cuts);
      g_test_add_data_func (flips, samples[i], test_flips);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  int code = 1;

  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    folder = g_canonicalize_filename (argv[1], NULL);
  scratch = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  /* Whatever the helper or a library might write beside or into a folder for such things. */
  g_setenv ("TMPDIR", scratch, TRUE);
  g_setenv ("HOME", scratch, TRUE);
  g_assert_cmpint (g_chdir (scratch), ==, 0);
  imp_session_set_time_limit (TIME_LIMIT);
  if (folder != NULL)
    add_files (folder);
  else
    add_changes ();
  code = g_test_run ();
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_rmdir (scratch);
  g_free (scratch);
  return code;
}
