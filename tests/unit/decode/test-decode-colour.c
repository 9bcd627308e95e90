/* Colours of other spaces are shown in sRGB within a CIEDE2000 difference of 1: each patch of every
 * chart that tests/fixtures/decode_colour.py makes, against a number that is not our own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "imp-source.h"

typedef struct
{
  double l;
  double a;
  double b;
} Lab;

static double
linear (double level)
{
  double x = level / 255;

  return x <= 0.04045 ? x / 12.92 : pow ((x + 0.055) / 1.055, 2.4);
}

static double
cube_root (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* IEC 61966-2-1 to CIE 1976 L*a*b* under D65. */
static Lab
to_lab (const double *rgb)
{
  double r = linear (rgb[0]);
  double g = linear (rgb[1]);
  double b = linear (rgb[2]);
  double x = cube_root ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  double y = cube_root (0.2126 * r + 0.7152 * g + 0.0722 * b);
  double z = cube_root ((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);

  return (Lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double
hue (double a, double b)
{
  double angle = a == 0 && b == 0 ? 0 : atan2 (b, a);

  return angle < 0 ? angle + 2 * G_PI : angle;
}

/* Sharma, Wu, Dalal: "The CIEDE2000 color-difference formula" (2005), equations 2 to 22. */
static double
difference (Lab p, Lab q)
{
  double mean = (hypot (p.a, p.b) + hypot (q.a, q.b)) / 2;
  double stretch = 1.5 - 0.5 * sqrt (pow (mean, 7) / (pow (mean, 7) + pow (25, 7)));
  double c1 = hypot (stretch * p.a, p.b);
  double c2 = hypot (stretch * q.a, q.b);
  double h1 = hue (stretch * p.a, p.b);
  double h2 = hue (stretch * q.a, q.b);
  double dh = c1 * c2 == 0 ? 0 : remainder (h2 - h1, 2 * G_PI);
  double c = (c1 + c2) / 2;
  double l = (p.l + q.l) / 2;
  double h = c1 * c2 == 0             ? h1 + h2
             : fabs (h1 - h2) <= G_PI ? (h1 + h2) / 2
             : h1 + h2 < 2 * G_PI     ? (h1 + h2) / 2 + G_PI
                                      : (h1 + h2) / 2 - G_PI;
  double degree = G_PI / 180;
  double t = 1 - 0.17 * cos (h - 30 * degree) + 0.24 * cos (2 * h) + 0.32 * cos (3 * h + 6 * degree)
             - 0.20 * cos (4 * h - 63 * degree);
  double turn = 60 * degree * exp (-pow ((h / degree - 275) / 25, 2));
  double rc = 2 * sqrt (pow (c, 7) / (pow (c, 7) + pow (25, 7)));
  double dl = (q.l - p.l) / (1 + 0.015 * pow (l - 50, 2) / sqrt (20 + pow (l - 50, 2)));
  double dc = (c2 - c1) / (1 + 0.045 * c);
  double dhue = 2 * sqrt (c1 * c2) * sin (dh / 2) / (1 + 0.015 * c * t);

  return sqrt (dl * dl + dc * dc + dhue * dhue - sin (turn) * rc * dc * dhue);
}

/* Three pairs of the paper's own table 1. */
static void
test_formula (void)
{
  g_assert_cmpfloat_with_epsilon (
      difference ((Lab){ 50, 2.6772, -79.7751 }, (Lab){ 50, 0, -82.7485 }), 2.0425, 0.0001);
  g_assert_cmpfloat_with_epsilon (difference ((Lab){ 50, 2.5, 0 }, (Lab){ 61, -5, 29 }), 22.8977,
                                  0.0001);
  g_assert_cmpfloat_with_epsilon (
      difference ((Lab){ 2.0776, 0.0795, -1.1350 }, (Lab){ 0.9033, -0.0636, -0.5514 }), 0.9082,
      0.0001);
}

static ImpRaster *
open_chart (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) raster = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (imp_facts_get_warnings (imp_source_get_facts (source))), ==, 0);
  frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  raster = imp_frame_render (frame, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&raster);
}

static double
compare_patch (const ImpRaster *raster, char **columns)
{
  int x = atoi (columns[1]);
  int y = atoi (columns[2]);
  int channels = imp_raster_get_channels (raster);
  const guint8 *pixel = imp_raster_get_pixels (raster) + (gsize)y * imp_raster_get_stride (raster)
                        + (gsize)(x * channels);
  double have[3] = { pixel[0], pixel[channels / 2], pixel[channels - 1] };
  double want[3] = { g_ascii_strtod (columns[3], NULL), g_ascii_strtod (columns[4], NULL),
                     g_ascii_strtod (columns[5], NULL) };
  double apart = difference (to_lab (want), to_lab (have));

  if (apart > 1)
    g_error ("%s: patch at %d,%d is %.0f %.0f %.0f, not %.1f %.1f %.1f: %.2f apart", columns[0], x,
             y, have[0], have[1], have[2], want[0], want[1], want[2], apart);
  return apart;
}

static char **lines; /* of the table of patches */

static void
test_chart (gconstpointer data)
{
  const char *name = data;
  g_autoptr (ImpRaster) raster = open_chart (name);
  double worst = 0;
  guint n = 0;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      if (strcmp (columns[0], name) != 0)
        continue;
      worst = MAX (worst, compare_patch (raster, columns));
      n++;
    }
  g_assert_cmpuint (n, >=, 40);
  g_test_message ("%s: at most %.2f apart", name, worst);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), "colours.tsv", NULL);
  g_autofree char *table = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  if (!g_file_get_contents (path, &table, NULL, NULL))
    g_error ("no table of colours");
  lines = g_strsplit (table, "\n", -1);
  g_test_add_func ("/decode/colour/formula", test_formula);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autofree char *found = g_strndup (lines[i], strcspn (lines[i], "\t"));
      const char *name = g_intern_string (found);
      g_autofree char *test = g_strdup_printf ("/leaks/row-09/delta-e/%s", name);

      if (g_hash_table_add (seen, (gpointer)name))
        g_test_add_data_func (test, name, test_chart);
    }
  result = g_test_run ();
  g_strfreev (lines);
  return result;
}
