/* Faces through the screener's client: the real helper under its real lock, on drawn faces of every
 * size and turned every way (tests/fixtures/faces_make.py), and a helper that knows no faces. */
#include <stdio.h>
#include <string.h>

#include "drawing.h"
#include "imp-screener.h"

#define AT_X 200 /* where the fixtures put the square of a face */
#define AT_Y 120
#define SIDE 400.0 /* of the square, in the units of Features */

/* What a box must hold of an upright face: brows to mouth. */
typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} Features;

static const Features FRONT = { 114, 146, 286, 326 };
static const Features LEFT = { 90, 146, 170, 326 };
static const Features RIGHT = { 230, 146, 310, 326 };

static const struct
{
  const char *file;
  const Features *features;
  int size;
  int turn;
} FACES[] = {
  { "front-80-0.pgm", &FRONT, 80, 0 },       { "front-160-0.pgm", &FRONT, 160, 0 },
  { "front-320-0.pgm", &FRONT, 320, 0 },     { "front-600-0.pgm", &FRONT, 600, 0 },
  { "front-200-90.pgm", &FRONT, 200, 90 },   { "front-200-180.pgm", &FRONT, 200, 180 },
  { "front-200-270.pgm", &FRONT, 200, 270 }, { "side-100-0.pgm", &LEFT, 100, 0 },
  { "side-200-0.pgm", &LEFT, 200, 0 },       { "side-400-0.pgm", &LEFT, 400, 0 },
  { "mirrored-200-0.pgm", &RIGHT, 200, 0 },
};

static Drawing *
read_picture (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("FACES"), name, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;
  int width = 0;
  int height = 0;
  Drawing *drawing = NULL;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpint (sscanf (text, "P5 %d %d 255", &width, &height), ==, 2);
  drawing = drawing_new (width, height, 0);
  memcpy (drawing->pixels, text + length - (gsize)(width * height), (gsize)(width * height));
  return drawing;
}

static Drawing *
enlarge (const Drawing *from, int times)
{
  Drawing *drawing = drawing_new (from->width * times, from->height * times, 0);

  for (int y = 0; y < drawing->height; y++)
    for (int x = 0; x < drawing->width; x++)
      drawing->pixels[(gsize)y * (gsize)drawing->width + (gsize)x] =
          from->pixels[(gsize)(y / times) * (gsize)from->width + (gsize)(x / times)];
  return drawing;
}

static GPtrArray *
look (const Drawing *drawing, ImpScreenerLooks looks)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new (drawing->pixels, (gsize)drawing->width * (gsize)drawing->height);
  g_autoptr (ImpRaster) raster = imp_raster_new (drawing->width, drawing->height, 1, bytes, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *spots = imp_screener_look_sync (raster, looks, NULL, &error);

  g_assert_no_error (error);
  return spots;
}

/* The only face among them, %NULL where there is none. */
static const ImpSpot *
get_face (const GPtrArray *spots)
{
  const ImpSpot *face = NULL;

  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSpot *spot = spots->pdata[i];

      if (spot->kind != IMP_SPOT_FACE)
        continue;
      g_assert_null (face);
      face = spot;
    }
  return face;
}

/* Turned clockwise, within their square. */
static Features
turn_features (const Features *from, int turn)
{
  switch (turn)
    {
    case 90:
      return (Features){ SIDE - from->bottom, from->left, SIDE - from->top, from->right };
    case 180:
      return (Features){ SIDE - from->right, SIDE - from->bottom, SIDE - from->left,
                         SIDE - from->top };
    case 270:
      return (Features){ from->top, SIDE - from->right, from->bottom, SIDE - from->left };
    default:
      return *from;
    }
}

/* All of the face is in the box, and the box is not all of the picture. */
static void
check_face (const ImpSpot *face, const Features *upright, int turn, int x, int y, int size)
{
  const Features features = turn_features (upright, turn);
  double unit = size / SIDE;

  g_assert_nonnull (face);
  g_assert_cmpfloat (face->rect.x, <=, x + features.left * unit);
  g_assert_cmpfloat (face->rect.y, <=, y + features.top * unit);
  g_assert_cmpfloat (face->rect.x + face->rect.width, >=, x + features.right * unit);
  g_assert_cmpfloat (face->rect.y + face->rect.height, >=, y + features.bottom * unit);
  g_assert_cmpint (face->rect.width, <, size * 5 / 4);
  g_assert_cmpint (face->rect.height, <, size * 5 / 4);
  g_assert_null (face->text);
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (FACES); i++)
    {
      g_autoptr (Drawing) drawing = read_picture (FACES[i].file);
      g_autoptr (GPtrArray) spots = look (drawing, IMP_SCREENER_FACES);

      g_test_message ("%s", FACES[i].file);
      check_face (get_face (spots), FACES[i].features, FACES[i].turn, AT_X, AT_Y, FACES[i].size);
    }
  g_assert_true (imp_screener_knows_faces ());
}

/* Thirty million pixels cost no more than a few hundred thousand. */
static void
test_large (void)
{
  g_autoptr (Drawing) drawing = read_picture ("front-320-0.pgm");
  g_autoptr (Drawing) large = enlarge (drawing, 6);
  g_autoptr (GPtrArray) spots = look (large, IMP_SCREENER_FACES);

  check_face (get_face (spots), &FRONT, 0, 6 * AT_X, 6 * AT_Y, 6 * 320);
  g_assert_cmpuint (spots->len, ==, 1);
}

/* Every one of these gets an answer, and no face. */
static void
test_none (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 16, 16 }, { 24, 24 }, { 5000, 9 }, { 9, 5000 } };
  g_autoptr (Drawing) cloth = read_picture ("cloth.pgm");
  g_autoptr (Drawing) noise = drawing_new (640, 480, 128);
  g_autoptr (GPtrArray) on_cloth = look (cloth, IMP_SCREENER_FACES);
  g_autoptr (GPtrArray) in_noise = NULL;

  g_assert_null (get_face (on_cloth));
  drawing_grain (noise, 3, 120);
  in_noise = look (noise, IMP_SCREENER_FACES);
  g_assert_null (get_face (in_noise));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Drawing) drawing = drawing_new (sizes[i][0], sizes[i][1], 77);
      g_autoptr (GPtrArray) spots = look (drawing, IMP_SCREENER_FACES);

      g_assert_null (get_face (spots));
    }
}

/* An X-ray of a skull is not asked about. */
static void
test_unasked (void)
{
  g_autoptr (Drawing) drawing = read_picture ("front-320-0.pgm");
  g_autoptr (GPtrArray) spots = look (drawing, IMP_SCREENER_ALL);

  g_assert_null (get_face (spots));
}

/* It looks for all the rest, and says that it looked for no faces. */
static void
test_missing (void)
{
  g_autoptr (Drawing) drawing = read_picture ("front-320-0.pgm");
  const ImpRect written = drawing_write (drawing, 600, 60, "EXAMPLE", 24, 0, 250);
  g_autoptr (GPtrArray) spots = look (drawing, IMP_SCREENER_ALL | IMP_SCREENER_FACES);
  gboolean read = FALSE;

  g_assert_null (get_face (spots));
  g_assert_false (imp_screener_knows_faces ());
  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSpot *spot = spots->pdata[i];
      const ImpRect common = imp_rect_intersect (&spot->rect, &written);

      read = read || (imp_rect_equal (&common, &written) && g_strcmp0 (spot->text, "EXAMPLE") == 0);
    }
  g_assert_true (read);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_strcmp0 (g_getenv ("FACES_KNOWN"), "no") == 0)
    g_test_add_func ("/screener/faces/missing", test_missing);
  else
    {
      g_test_add_func ("/screener/faces/found", test_found);
      g_test_add_func ("/screener/faces/large", test_large);
      g_test_add_func ("/screener/faces/none", test_none);
      g_test_add_func ("/screener/faces/unasked", test_unasked);
    }
  return g_test_run ();
}
