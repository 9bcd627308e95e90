/* The corpus of real files: each opens, or is refused, as its manifest says; and each DICOM picture
 * equals what DCMTK's own tools show of it. */
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-source.h"

static const char *corpus;
static char *scratch;

typedef struct
{
  char *path; /* within the corpus */
  char *expected;
} Row;

/* Where DCMTK's tools are no measure, and why. */
static const struct
{
  const char *path;
  const char *reason;
} not_compared[] = {
  { "burned-in/ct_burnedin-yes_GH1728.dcm", "its overlay data are too short: dcm2pnm gives up" },
  { "burned-in/us_palette-seg16_gdcm-US-ALOKA-16.dcm", "a segmented palette, which DCMTK ignores" },
  { "dicom/palette-icc_seg_labelmap_palette_color.dcm", "its colour profile is applied" },
};

static ImpFrame *
open_frame (const char *path, ImpFacts **facts, GError **error)
{
  g_autofree char *full = g_build_filename (corpus, path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (full);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, error);

  if (source == NULL)
    return NULL;
  *facts = imp_facts_ref (imp_source_get_facts (source));
  return imp_source_load_frame_sync (source, 0, 0, NULL, error);
}

static gboolean
run_tool (const char *tool, const char *option, const char *number, const char *path,
          const char *out)
{
  g_autofree char *full =
      g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (corpus, path, NULL);
  const char *with[] = { tool, "-q", "-O", option, number, full, out, NULL };
  const char *with_one[] = { tool, "-q", "-O", option, full, out, NULL };
  const char *without[] = { tool, "-q", "-O", full, out, NULL };
  const char **arguments = option == NULL ? without : number == NULL ? with_one : with;
  int status = -1;

  g_unlink (out);
  return g_spawn_sync (NULL, (char **)arguments, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL
                           | G_SPAWN_STDOUT_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

static const char *
tool_for (ImpFacts *facts)
{
  const char *uid = imp_facts_get_transfer_syntax (facts);

  if (uid != NULL && (g_str_has_suffix (uid, ".4.80") || g_str_has_suffix (uid, ".4.81")))
    return "dcml2pnm";
  if (uid != NULL && strstr (uid, "1.2.840.10008.1.2.4.") != NULL)
    return "dcmj2pnm";
  return "dcm2pnm";
}

/* DCMTK decodes no JPEG 2000, HTJ2K or JPEG XL, and split RLE wrongly: its tools are shown a twin.
 */
static const char *
find_twin (const char *path, ImpFacts *facts)
{
  static const char *const ends[] = { ".4.90",  ".4.91",  ".4.201", ".4.202",
                                      ".4.203", ".4.110", ".4.111", ".4.112" };
  static const char ct1[] = "dicom/rle_fragmented_D_CLUNIE_CT1_RLE_FRAGS.dcm";
  const char *uid = imp_facts_get_transfer_syntax (facts);

  if (strcmp (path, ct1) == 0 || strcmp (path, "dicom/htj2k-rpcl_4.202_CT1_JPH.dcm") == 0)
    return ct1; /* the same pixels, so that HTJ2K is compared with another coding */
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (uid != NULL && g_str_has_suffix (uid, ends[i]))
      return path;
  return NULL;
}

static gboolean
write_twin (const char *path, const char *out)
{
  g_autofree char *full = g_build_filename (corpus, path, NULL);
  const char *arguments[] = {
    "/usr/bin/python3", "-W", "ignore", g_getenv ("DECODE_TWIN"), full, out, NULL
  };
  int status = -1;

  return g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                       &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

static gboolean
render_elsewhere (const char *path, ImpFacts *facts, gboolean grey, const char *out)
{
  const char *tool = tool_for (facts);
  const char *twin = find_twin (path, facts);
  g_autofree char *whole = g_build_filename (scratch, "whole.dcm", NULL);

  if (twin != NULL)
    return write_twin (twin, whole)
           && (run_tool ("dcm2pnm", "+Wi", "1", whole, out)
               || run_tool ("dcm2pnm", grey ? "+Wm" : NULL, NULL, whole, out));
  if (!grey)
    return run_tool (tool, NULL, NULL, path, out);
  if (imp_facts_get_windows (facts)->len > 0)
    return run_tool (tool, "+Wi", "1", path, out);
  return run_tool (tool, "+Wl", "1", path, out) || run_tool (tool, "+Wm", NULL, path, out);
}

static void
compare (const char *path, const ImpRaster *raster, const char *out)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  char *at = NULL;
  int channels = imp_raster_get_channels (raster);
  gsize row = (gsize)(imp_raster_get_width (raster) * channels);
  int worst = 0;

  g_assert_true (g_file_get_contents (out, &data, &length, NULL));
  g_assert_cmpint (data[1], ==, channels == 3 ? '6' : '5');
  at = strchr (data, '\n') + 1;
  while (*at == '#')
    at = strchr (at, '\n') + 1;
  g_assert_cmpint (strtol (at, &at, 10), ==, imp_raster_get_width (raster));
  g_assert_cmpint (strtol (at, &at, 10), ==, imp_raster_get_height (raster));
  g_assert_cmpint (strtol (at, &at, 10), ==, 255);
  at++;
  g_assert_cmpuint (length - (gsize)(at - data), >=, row * (gsize)imp_raster_get_height (raster));
  for (int y = 0; y < imp_raster_get_height (raster); y++)
    for (gsize x = 0; x < row; x++)
      {
        int here = imp_raster_get_pixels (raster)[(gsize)y * imp_raster_get_stride (raster) + x];

        worst = MAX (worst, abs (here - (guint8)at[(gsize)y * row + x]));
      }
  if (worst > 1)
    g_error ("%s: a level differs by %d from DCMTK's", path, worst);
}

static gboolean
is_compared (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_compared); i++)
    if (strcmp (path, not_compared[i].path) == 0)
      return FALSE;
  return TRUE;
}

static void
test_file (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFacts) facts = NULL;
  g_autoptr (ImpFrame) frame = open_frame (row->path, &facts, &error);
  g_autoptr (ImpRaster) raster = NULL;
  g_autofree char *out = g_build_filename (scratch, "picture.pnm", NULL);
  g_autofree char *whole = g_build_filename (scratch, "whole.dcm", NULL);

  if (frame == NULL)
    {
      g_assert_true (g_error_matches (error, IMP_ERROR, IMP_ERROR_DAMAGED)
                     || g_error_matches (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED));
      if (strcmp (row->expected, "opens") == 0)
        g_error ("%s does not open: %s", row->path, error->message);
      return;
    }
  g_assert_cmpstr (row->expected, !=, "must be refused");
  raster = imp_frame_render (frame, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (imp_facts_get_format (facts), "dicom") != 0 || !is_compared (row->path))
    return;
  if (!render_elsewhere (row->path, facts, imp_frame_can_window (frame), out))
    g_error ("%s: DCMTK's tools show nothing: compare it otherwise, and say why", row->path);
  compare (row->path, raster, out);
  g_unlink (out);
  g_unlink (whole);
}

int
main (int argc, char **argv)
{
  g_autofree char *manifest = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  corpus = g_getenv ("DECODE_CORPUS");
  manifest = g_build_filename (corpus, "MANIFEST.tsv", NULL);
  if (!g_file_get_contents (manifest, &text, NULL, NULL))
    g_error ("no manifest");
  scratch = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *name = g_strdup_printf ("/corpus/%s", columns[0]);
      Row *row = g_new0 (Row, 1);

      row->path = g_strdup (columns[0]);
      row->expected = g_strdup (columns[4]);
      g_test_add_data_func (name, row, test_file);
    }
  result = g_test_run ();
  g_rmdir (scratch);
  g_free (scratch);
  return result;
}
