/* The overlay planes of real files are drawn where dcmj2pnm draws them: its rendering with one
 * plane is white in the mask and, outside it, equals its rendering without. */
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-source.h"

static const char *corpus;
static char *scratch;

/* How many planes; 0 for a file whose only plane is too short. */
static const struct
{
  const char *path;
  guint n_planes;
} files[] = {
  { "dicom/overlay_4planes_ovly_p01.dcm", 4 },
  { "dicom/overlay_icon_examples_overlay.dcm", 1 },
  { "dicom/overlay_out-of-bounds_OutOfBoundsOverlay.dcm", 2 },
  { "burned-in/ct_burnedin-yes_GH1728.dcm", 0 },
};

static ImpSource *
open_file (const char *path)
{
  g_autofree char *full = g_build_filename (corpus, path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (full);
  g_autoptr (GError) error = NULL;
  ImpSource *source = imp_source_open_sync (file, NULL, &error);

  g_assert_no_error (error);
  return source;
}

/* The grey levels of dcmj2pnm's rendering, with one plane or, where @plane is 0, none. */
static char *
render (const char *path, guint plane, gsize n_pixels, const char **levels)
{
  g_autofree char *full = g_build_filename (corpus, path, NULL);
  g_autofree char *out = g_build_filename (scratch, "picture.pgm", NULL);
  g_autofree char *number = g_strdup_printf ("%u", plane);
  const char *with[] = { "dcmj2pnm", "-q", "+Wm", "+Omr", "+O", number, full, out, NULL };
  const char *without[] = { "dcmj2pnm", "-q", "+Wm", "-O", full, out, NULL };
  char *data = NULL;
  gsize length = 0;
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **)(plane > 0 ? with : without), NULL,
                               G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (out, &data, &length, NULL));
  g_assert_cmpuint (length, >, n_pixels);
  *levels = data + length - n_pixels;
  g_unlink (out);
  return data;
}

static void
compare_plane (const char *path, ImpSource *source, guint plane)
{
  const ImpOverlay *overlay = imp_facts_get_overlays (imp_source_get_facts (source))->pdata[plane];
  guint planes = 1u << (overlay->group - 0x6000) / 2;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, 0, planes, NULL, &error);
  const char *with = NULL;
  const char *without = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  gsize n_pixels = 0;
  gsize drawn = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (imp_frame_get_planes (frame), ==, planes);
  n_pixels = (gsize)imp_frame_get_width (frame) * (gsize)imp_frame_get_height (frame);
  one = render (path, plane + 1, n_pixels, &with);
  other = render (path, 0, n_pixels, &without);
  for (gsize i = 0; i < n_pixels; i++)
    {
      gboolean here = imp_frame_get_mask (frame)[i] != 0;

      drawn += here;
      if ((guint8)with[i] != (here ? 255 : (guint8)without[i]))
        g_error ("%s: plane %04x differs at pixel %" G_GSIZE_FORMAT, path, overlay->group, i);
    }
  g_assert_cmpuint (drawn, >, 0);
}

static void
test_planes (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  const char *path = files[number].path;
  g_autoptr (ImpSource) source = open_file (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = NULL;

  for (guint i = 0; i < files[number].n_planes; i++)
    compare_plane (path, source, i);
  if (files[number].n_planes > 0)
    return;
  g_assert_cmpuint (imp_facts_get_n_overlays (imp_source_get_facts (source)), ==, 1);
  frame = imp_source_load_frame_sync (source, 0, 1, NULL, &error);
  g_assert_null (frame);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  corpus = g_getenv ("DECODE_CORPUS");
  scratch = g_dir_make_tmp ("imprimatur-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strdup_printf ("/corpus/dicom-row-08/%s", files[i].path);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_planes);
    }
  result = g_test_run ();
  g_rmdir (scratch);
  g_free (scratch);
  return result;
}
