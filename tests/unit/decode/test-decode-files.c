/* Every file of the table: it opens with the right pixels and facts, or is refused by name. The
 * table and its pictures are made by tests/fixtures/decode_make.py with independent tools. */
#include <stdlib.h>
#include <string.h>

#include "imp-error.h"
#include "imp-source.h"

typedef struct
{
  const char *folder;
  char **columns; /* outcome, test, file, frame, reference, tolerance, facts or words */
} Row;

/* A frame's number with a "p" before it is that of a page. */
static void
free_row (gpointer data)
{
  Row *row = data;

  g_strfreev (row->columns);
  g_free (row);
}

static gboolean
is_page (const Row *row)
{
  return row->columns[3][0] == 'p';
}

static ImpSource *
open_row (const Row *row, GError **error)
{
  g_autofree char *path = g_build_filename (row->folder, row->columns[2], NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, error);

  if (source == NULL || !is_page (row))
    return g_steal_pointer (&source);
  return imp_source_open_page_sync (source, (guint)atoi (row->columns[3] + 1), NULL, error);
}

/* A binary PGM or PPM without comments, as decode_make.py writes it. */
static const guint8 *
read_pnm (const char *data, gsize length, int *width, int *height, int *channels)
{
  char *at = NULL;

  g_assert_true (data[0] == 'P' && (data[1] == '5' || data[1] == '6'));
  *channels = data[1] == '6' ? 3 : 1;
  *width = (int)strtol (data + 3, &at, 10);
  *height = (int)strtol (at, &at, 10);
  g_assert_cmpint (strtol (at, &at, 10), ==, 255);
  at++;
  g_assert_cmpuint (length - (gsize)(at - data), ==, (gsize)(*width * *height * *channels));
  return (const guint8 *)at;
}

static void
compare_pixels (const Row *row, const ImpRaster *raster)
{
  g_autofree char *path = g_build_filename (row->folder, row->columns[4], NULL);
  g_autofree char *data = NULL;
  gsize length = 0;
  int width = 0;
  int height = 0;
  int channels = 0;
  int tolerance = atoi (row->columns[5]);
  int shown = imp_raster_get_channels (raster);
  const guint8 *expected = NULL;
  const guint8 *pixels = imp_raster_get_pixels (raster);

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  expected = read_pnm (data, length, &width, &height, &channels);
  g_assert_cmpint (imp_raster_get_width (raster), ==, width);
  g_assert_cmpint (imp_raster_get_height (raster), ==, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        {
          int want = expected[(y * width + x) * channels + (channels == 3 ? c : 0)];
          int have = pixels[(gsize)y * imp_raster_get_stride (raster)
                            + (gsize)(x * shown + (shown == 3 ? c : 0))];

          if (abs (want - have) > tolerance)
            g_error ("%s: pixel %d,%d is %d, not %d", row->columns[2], x, y, have, want);
        }
}

/* A technical property, "no" where the file has none. */
static char *
get_property (ImpFacts *facts, const char *key)
{
  g_autofree char *name = g_strdelimit (g_strdup (key), "-", '_');
  char *value = NULL;

  if (!g_variant_lookup (imp_facts_get_properties (facts), name, "s", &value))
    return g_strdup ("no");
  return value;
}

static char *
get_fact (ImpFacts *facts, const char *key)
{
  ImpGrid grid = imp_facts_get_grid (facts);

  if (strcmp (key, "format") == 0)
    return g_strdup (imp_facts_get_format (facts));
  if (strcmp (key, "transfer-syntax") == 0)
    return g_strdup (imp_facts_get_transfer_syntax (facts));
  if (strcmp (key, "photometric") == 0)
    return g_strdup (imp_facts_get_photometric (facts));
  if (strcmp (key, "modality") == 0)
    return g_strdup (imp_facts_get_modality (facts));
  if (strcmp (key, "image-kind") == 0)
    return g_strdup (imp_facts_get_image_kind (facts));
  if (strcmp (key, "patient-id") == 0)
    return g_strdup (imp_facts_get_patient_id (facts));
  if (strcmp (key, "frames") == 0)
    return g_strdup_printf ("%u", imp_facts_get_n_frames (facts));
  if (strcmp (key, "pages") == 0)
    return g_strdup_printf ("%u", imp_facts_get_n_pages (facts));
  if (strcmp (key, "overlays") == 0)
    return g_strdup_printf ("%u", imp_facts_get_n_overlays (facts));
  if (strcmp (key, "orientation") == 0)
    return g_strdup_printf ("%d", imp_facts_get_orientation (facts));
  if (strcmp (key, "windows") == 0)
    return g_strdup_printf ("%u", imp_facts_get_windows (facts)->len);
  if (strcmp (key, "warnings") == 0)
    return g_strdup_printf ("%u", g_strv_length (imp_facts_get_warnings (facts)));
  if (strcmp (key, "shape") == 0)
    return g_strdup_printf ("%dx%d", imp_facts_get_shape (facts).width,
                            imp_facts_get_shape (facts).height);
  if (strcmp (key, "tables") == 0)
    return g_strdup_printf ("%u", imp_facts_get_tables (facts)->len);
  if (strcmp (key, "grid") == 0)
    return g_strdup_printf ("%dx%d", grid.width, grid.height);
  if (strcmp (key, "lossy-without-grid") == 0)
    return g_strdup_printf ("%d", imp_facts_get_codec (facts) != NULL);
  if (strcmp (key, "codec") == 0)
    return g_strdup (imp_facts_get_codec (facts));
  if (strcmp (key, "page") == 0)
    return g_strdup_printf ("%u", imp_facts_get_page (facts));
  if (strcmp (key, "shape") == 0)
    return g_strdup_printf ("%dx%d", imp_facts_get_shape (facts).width,
                            imp_facts_get_shape (facts).height);
  return get_property (facts, key);
}

static gboolean
warns (ImpFacts *facts, const char *words)
{
  char **warnings = imp_facts_get_warnings (facts);

  for (guint i = 0; warnings[i] != NULL; i++)
    if (strstr (warnings[i], words) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether something is given away at @where, with these words in its value. */
static gboolean
gives_away (ImpFacts *facts, const char *told)
{
  g_auto (GStrv) parts = g_strsplit (told, ":", 2);
  GPtrArray *found = imp_facts_get_giveaways (facts);

  for (guint i = 0; i < found->len; i++)
    {
      const ImpGiveaway *each = found->pdata[i];

      if (strcmp (each->where, parts[0]) == 0
          && (parts[1] == NULL || (each->value != NULL && strstr (each->value, parts[1]) != NULL)))
        return TRUE;
    }
  return FALSE;
}

static void
compare_facts (const Row *row, ImpFacts *facts)
{
  g_auto (GStrv) words = g_strsplit (row->columns[6], "|", 2);
  g_auto (GStrv) told = g_strsplit (words[0] != NULL ? words[0] : "", ";", -1);

  for (guint i = 0; told[i] != NULL && *told[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (told[i], "=", 2);
      g_autofree char *value = NULL;

      if (strcmp (pair[0], "planes") == 0 || strcmp (pair[0], "table") == 0)
        continue;
      if (strcmp (pair[0], "warns") == 0 && warns (facts, pair[1]))
        continue;
      if (g_str_has_prefix (pair[0], "gives") && gives_away (facts, pair[1]))
        continue;
      value = get_fact (facts, pair[0]);
      if (g_strcmp0 (value, pair[1]) != 0)
        g_error ("%s: %s is %s, not %s", row->columns[2], pair[0], value, pair[1]);
    }
}

static void
test_opens (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_row (row, &error);
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) raster = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, is_page (row) ? 0 : (guint)atoi (row->columns[3]), 0,
                                      NULL, &error);
  g_assert_no_error (error);
  raster = imp_frame_render (frame, NULL, &error);
  g_assert_no_error (error);
  compare_pixels (row, raster);
  compare_facts (row, imp_source_get_facts (source));
}

/* A number among the row's facts that says how to read the file. */
static guint
get_number (const Row *row, const char *key)
{
  const char *at = strstr (row->columns[6], key);

  g_assert_nonnull (at);
  return (guint)strtoul (at + strlen (key), NULL, 10);
}

/* One of the VOI LUTs that the file offers. */
static void
test_chooses (gconstpointer data)
{
  const Row *row = data;
  const ImpWindow window = { .function = IMP_VOI_TABLE, .table = get_number (row, "table=") };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_row (row, &error);
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) raster = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, (guint)atoi (row->columns[3]), 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imp_frame_get_n_tables (frame), ==,
                    imp_facts_get_tables (imp_source_get_facts (source))->len);
  raster = imp_frame_render (frame, &window, &error);
  g_assert_no_error (error);
  compare_pixels (row, raster);
  compare_facts (row, imp_source_get_facts (source));
}

static guint
get_planes (const Row *row)
{
  return get_number (row, "planes=");
}

/* A mask as a picture, and white where it is drawn. */
static void
test_draws (gconstpointer data)
{
  const Row *row = data;
  guint number = (guint)atoi (row->columns[3]);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_row (row, &error);
  g_autoptr (ImpFrame) plain = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) mask = NULL;
  g_autoptr (ImpRaster) before = NULL;
  g_autoptr (ImpRaster) after = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint8 *levels = NULL;
  gsize n_pixels = 0;
  gsize channels = 0;

  g_assert_no_error (error);
  plain = imp_source_load_frame_sync (source, number, 0, NULL, &error);
  frame = imp_source_load_frame_sync (source, number, get_planes (row), NULL, &error);
  g_assert_no_error (error);
  before = imp_frame_render (plain, NULL, &error);
  after = imp_frame_render (frame, NULL, &error);
  channels = (gsize)imp_raster_get_channels (after);
  n_pixels = (gsize)imp_frame_get_width (frame) * (gsize)imp_frame_get_height (frame);
  levels = g_malloc (n_pixels);
  for (gsize i = 0; i < n_pixels; i++)
    {
      levels[i] = imp_frame_get_mask (frame)[i] * 255;
      for (gsize c = i * channels; c < (i + 1) * channels; c++)
        g_assert_cmpint (imp_raster_get_pixels (after)[c], ==,
                         levels[i] != 0 ? 255 : imp_raster_get_pixels (before)[c]);
    }
  bytes = g_bytes_new_take (levels, n_pixels);
  mask =
      imp_raster_new (imp_frame_get_width (frame), imp_frame_get_height (frame), 1, bytes, &error);
  g_assert_no_error (error);
  compare_pixels (row, mask);
  compare_facts (row, imp_source_get_facts (source));
}

static void
test_draws_not (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_row (row, &error);
  g_autoptr (ImpFrame) frame = NULL;

  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (source, (guint)atoi (row->columns[3]), get_planes (row), NULL,
                                      &error);
  g_assert_null (frame);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, strchr (row->columns[6], '|') + 1));
  g_assert_null (strstr (error->message, "made to do harm"));
  compare_facts (row, imp_source_get_facts (source));
}

static void
test_refused (gconstpointer data)
{
  const Row *row = data;
  int code = strcmp (row->columns[0], "damaged") == 0 ? IMP_ERROR_DAMAGED : IMP_ERROR_UNSUPPORTED;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = open_row (row, &error);
  g_autoptr (ImpFrame) frame = NULL;

  if (source != NULL)
    frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_null (frame);
  g_assert_error (error, IMP_ERROR, code);
  if (strstr (error->message, row->columns[6]) == NULL)
    g_error ("%s: \"%s\" does not say \"%s\"", row->columns[2], error->message, row->columns[6]);
  /* A refusal is a sentence of this program, not the death of the helper. */
  g_assert_null (strstr (error->message, "made to do harm"));
}

static GTestDataFunc
find_test (const char *outcome)
{
  if (strcmp (outcome, "opens") == 0)
    return test_opens;
  if (strcmp (outcome, "chooses") == 0)
    return test_chooses;
  if (strcmp (outcome, "draws") == 0)
    return test_draws;
  return strcmp (outcome, "draws-not") == 0 ? test_draws_not : test_refused;
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("DECODE_FIXTURES");
  g_autofree char *path = g_build_filename (folder, "table.tsv", NULL);
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;

  g_test_init (&argc, &argv, NULL);
  if (!g_file_get_contents (path, &table, NULL, NULL))
    g_error ("no table of files");
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      Row *row = g_new0 (Row, 1);
      g_autofree char *name = NULL;

      row->folder = folder;
      row->columns = g_strsplit (lines[i], "\t", -1);
      g_assert_cmpuint (g_strv_length (row->columns), ==, 7);
      name = g_str_has_prefix (row->columns[1], "/")
                 ? g_strdup (row->columns[1])
                 : g_strdup_printf ("/decode/%s", row->columns[1]);
      g_test_add_data_func_full (name, row, find_test (row->columns[0]), free_row);
    }
  return g_test_run ();
}
