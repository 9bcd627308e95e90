#include "made-pictures.h"

#include <math.h>

/* Paper to draw on: brightness, one float a pixel, and the same again for three colours. */
typedef struct
{
  int width;
  int height;
  int channels;
  float *values;
  GRand *random;
  guint32 salt;
} Paper;

static double
between (Paper *paper, double low, double high)
{
  return g_rand_double_range (paper->random, low, high);
}

static float
lattice (guint32 salt, int x, int y)
{
  guint32 h = salt ^ ((guint32)x * 0x9e3779b1u) ^ ((guint32)y * 0x85ebca6bu);

  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  h ^= h >> 15;
  return (float)(h & 0xffff) / 32768.0F - 1;
}

/* Smooth noise whose hills are @size pixels apart. */
static float
noise (guint32 salt, double x, double y, double size)
{
  double u = x / size;
  double v = y / size;
  int i = (int)floor (u);
  int j = (int)floor (v);
  double a = u - i;
  double b = v - j;

  a = a * a * (3 - 2 * a);
  b = b * b * (3 - 2 * b);
  return (float)((lattice (salt, i, j) * (1 - a) + lattice (salt, i + 1, j) * a) * (1 - b)
                 + (lattice (salt, i, j + 1) * (1 - a) + lattice (salt, i + 1, j + 1) * a) * b);
}

static void
add_noise (Paper *paper, double size, double strength)
{
  guint32 salt = g_rand_int (paper->random);

  for (int y = 0; y < paper->height; y++)
    for (int x = 0; x < paper->width; x++)
      for (int c = 0; c < paper->channels; c++)
        paper->values[(y * paper->width + x) * paper->channels + c] +=
            (float)strength * noise (salt + (guint32)c * (paper->channels > 1), x, y, size);
}

/* Brightens (or darkens) what lies in an ellipse, with an edge @soft of its radius wide. */
static void
add_ellipse (Paper *paper, double cx, double cy, double rx, double ry, double angle, double soft,
             const double *amount)
{
  double reach = MAX (rx, ry) * (1 + soft) + 1;
  double cosine = cos (angle);
  double sine = sin (angle);

  for (int y = MAX (0, (int)(cy - reach)); y < MIN (paper->height, cy + reach); y++)
    for (int x = MAX (0, (int)(cx - reach)); x < MIN (paper->width, cx + reach); x++)
      {
        double u = ((x - cx) * cosine + (y - cy) * sine) / rx;
        double v = ((y - cy) * cosine - (x - cx) * sine) / ry;
        double far = (sqrt (u * u + v * v) - 1) / soft;
        double part = far <= -1 ? 1 : far >= 1 ? 0 : (1 - far) / 2;

        for (int c = 0; c < paper->channels; c++)
          paper->values[(y * paper->width + x) * paper->channels + c] +=
              (float)(part * amount[paper->channels > 1 ? c : 0]);
      }
}

static void
add_line (Paper *paper, double x0, double y0, double x1, double y1, double thick, double amount)
{
  double dx = x1 - x0;
  double dy = y1 - y0;
  double length = MAX (dx * dx + dy * dy, 1);

  for (int y = MAX (0, (int)(MIN (y0, y1) - thick)); y < MIN (paper->height, MAX (y0, y1) + thick);
       y++)
    for (int x = MAX (0, (int)(MIN (x0, x1) - thick)); x < MIN (paper->width, MAX (x0, x1) + thick);
         x++)
      {
        double t = CLAMP (((x - x0) * dx + (y - y0) * dy) / length, 0, 1);
        double far = hypot (x - x0 - t * dx, y - y0 - t * dy) / thick;

        if (far < 1)
          for (int c = 0; c < paper->channels; c++)
            paper->values[(y * paper->width + x) * paper->channels + c] +=
                (float)(amount * (1 - far * far));
      }
}

static void
add_blob (Paper *paper, double cx, double cy, double rx, double ry, double soft, double amount)
{
  double three[3] = { amount, amount, amount };

  add_ellipse (paper, cx, cy, rx, ry, between (paper, -0.15, 0.15), soft, three);
}

/* ---- kinds ---- */

/* All chests are alike: ribs, lungs, heart and spine stand where they do, a few percent off. */
static void
draw_chest (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;
  double cx = w * between (paper, 0.48, 0.52);
  double rib = h * between (paper, 0.060, 0.070);
  double top = h * between (paper, 0.12, 0.17);
  double curve = between (paper, 0.8, 1.2);

  add_blob (paper, cx, h * 0.58, w * between (paper, 0.46, 0.52), h * 0.60, 0.1, 130);
  for (int side = -1; side <= 1; side += 2)
    {
      add_blob (paper, cx + side * w * between (paper, 0.19, 0.22), h * between (paper, 0.44, 0.48),
                w * between (paper, 0.13, 0.16), h * between (paper, 0.30, 0.34), 0.15, -85);
      for (int i = 0; i < 9; i++)
        for (int k = 0; k < 8; k++)
          {
            double a = k / 8.0;
            double b = (k + 1) / 8.0;
            double y = top + i * rib;

            add_line (paper, cx + side * w * (0.04 + 0.34 * a), y + curve * rib * 2.2 * a * a,
                      cx + side * w * (0.04 + 0.34 * b), y + curve * rib * 2.2 * b * b, h * 0.012,
                      26);
          }
      add_line (paper, cx, h * 0.10, cx + side * w * 0.36, h * between (paper, 0.06, 0.11),
                h * 0.018, 40);
    }
  add_blob (paper, cx + w * between (paper, 0.03, 0.07), h * between (paper, 0.58, 0.64),
            w * between (paper, 0.12, 0.17), h * between (paper, 0.13, 0.17), 0.2, 70);
  for (int i = 0; i < 14; i++)
    add_blob (paper, cx, h * 0.07 * i, w * 0.035, h * 0.028, 0.3, 35);
  for (int i = 0; i < 60; i++)
    {
      double x = cx + w * between (paper, -0.33, 0.33);
      double y = h * between (paper, 0.2, 0.75);

      add_line (paper, x, y, x + w * between (paper, -0.06, 0.06), y + h * between (paper, 0, 0.06),
                w * between (paper, 0.003, 0.008), between (paper, 8, 22));
    }
  add_noise (paper, w / 24, 8);
}

static void
draw_hand (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;

  add_blob (paper, w * 0.5, h * 0.68, w * between (paper, 0.20, 0.26), h * 0.20, 0.2, 60);
  for (int finger = 0; finger < 5; finger++)
    {
      double angle = -0.5 + 0.25 * finger + between (paper, -0.08, 0.08);
      double x = w * (0.36 + 0.07 * finger);
      double y = h * (0.74 + 0.02 * abs (finger - 2));

      for (int bone = 0; bone < 4; bone++)
        {
          double length = h * between (paper, 0.09, 0.14) * (bone == 0 ? 1.4 : 1.0 - 0.12 * bone);
          double nx = x + length * sin (angle);
          double ny = y - length * cos (angle);

          add_line (paper, x, y, nx, ny, w * 0.045, 45);
          add_line (paper, x, y, nx, ny, w * between (paper, 0.018, 0.024), 75);
          add_blob (paper, nx, ny, w * 0.022, w * 0.020, 0.4, 40);
          x = nx + length * 0.06 * sin (angle);
          y = ny - length * 0.06 * cos (angle);
        }
    }
  add_noise (paper, w / 30, 5);
}

static void
draw_slice (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;

  add_blob (paper, w * 0.5, h * 0.5, w * between (paper, 0.40, 0.45),
            h * between (paper, 0.30, 0.36), 0.03, 105);
  add_blob (paper, w * 0.5, h * 0.5, w * between (paper, 0.36, 0.39),
            h * between (paper, 0.26, 0.30), 0.03, 25);
  add_blob (paper, w * 0.5, h * between (paper, 0.66, 0.70), w * 0.06, h * 0.05, 0.2, 95);
  add_blob (paper, w * between (paper, 0.32, 0.38), h * between (paper, 0.42, 0.48),
            w * between (paper, 0.12, 0.17), h * between (paper, 0.12, 0.16), 0.1, 30);
  for (int i = 0; i < 14; i++)
    add_blob (paper, w * between (paper, 0.2, 0.8), h * between (paper, 0.3, 0.7),
              w * between (paper, 0.015, 0.06), h * between (paper, 0.015, 0.06), 0.2,
              between (paper, -60, 60));
  for (int i = 0; i < 12; i++)
    {
      double angle = i * G_PI / 6 + between (paper, -0.1, 0.1);

      add_blob (paper, w * (0.5 + 0.37 * cos (angle)), h * (0.5 + 0.29 * sin (angle)), w * 0.02,
                h * 0.012, 0.3, 80);
    }
  add_noise (paper, 3, 10);
}

static void
draw_ultrasound (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;
  double open = between (paper, 0.55, 0.75);
  guint32 salt = g_rand_int (paper->random);

  for (int i = 0; i < 10; i++)
    add_blob (paper, w * between (paper, 0.2, 0.8), h * between (paper, 0.15, 0.9),
              w * between (paper, 0.04, 0.2), h * between (paper, 0.02, 0.12), 0.3,
              between (paper, -50, 70));
  for (int y = 0; y < paper->height; y++)
    for (int x = 0; x < paper->width; x++)
      {
        double angle = atan2 (x - w / 2, y + h * 0.05);
        double far = hypot (x - w / 2, y + h * 0.05);
        float *at = paper->values + y * paper->width + x;

        *at = fabs (angle) < open && far < h * 0.98
                  ? (*at + 70) * (1 + 0.8F * noise (salt, angle * 300, far, 4))
                  : 0;
      }
}

static void
draw_photo (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;
  double skin[3] = { between (paper, 90, 220), between (paper, 70, 170), between (paper, 60, 150) };

  add_ellipse (paper, w / 2, h / 2, w, h, 0, 1, skin);
  add_noise (paper, w * between (paper, 0.15, 0.5), between (paper, 20, 60));
  add_noise (paper, w * between (paper, 0.03, 0.12), between (paper, 8, 30));
  for (int i = g_rand_int_range (paper->random, 3, 25); i > 0; i--)
    {
      double colour[3] = { between (paper, -90, 90), between (paper, -90, 90),
                           between (paper, -90, 90) };

      add_ellipse (paper, w * between (paper, 0, 1), h * between (paper, 0, 1),
                   w * between (paper, 0.02, 0.25), h * between (paper, 0.02, 0.25),
                   between (paper, 0, 3), between (paper, 0.02, 0.6), colour);
    }
  add_noise (paper, 2, 6);
}

static void
draw_tissue (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;
  double ground[3] = { 235, 190, 215 };

  add_ellipse (paper, w / 2, h / 2, 3 * w, 3 * h, 0, 0.01, ground);
  add_noise (paper, w * 0.2, 25);
  add_noise (paper, w * 0.04, 15);
  for (int i = 0; i < 700; i++)
    {
      double nucleus[3] = { between (paper, -110, -60), between (paper, -120, -70),
                            between (paper, -60, -30) };

      add_ellipse (paper, w * between (paper, 0, 1), h * between (paper, 0, 1),
                   w * between (paper, 0.004, 0.014), w * between (paper, 0.004, 0.012),
                   between (paper, 0, 3), 0.3, nucleus);
    }
}

/* An arm or a leg on a blue cloth, with something on its skin: nearly nothing to tell it by. */
static void
draw_limb (Paper *paper)
{
  double w = paper->width;
  double h = paper->height;
  double cloth[3] = { 80, 125, 165 };
  double skin[3] = { between (paper, 60, 140), between (paper, 10, 50), between (paper, -40, -10) };
  double middle = between (paper, 0.45, 0.55);
  double half = between (paper, 0.20, 0.30);
  double lean = between (paper, -0.08, 0.08);

  add_ellipse (paper, w / 2, h / 2, 3 * w, 3 * h, 0, 0.01, cloth);
  add_ellipse (paper, w * middle, h * between (paper, 0.3, 0.7), w * half, h * 1.5, lean, 0.04,
               skin);
  for (int i = g_rand_int_range (paper->random, 1, 4); i > 0; i--)
    {
      double mole[3] = { between (paper, -110, -40), between (paper, -80, -30),
                         between (paper, -70, -20) };

      add_ellipse (paper, w * between (paper, 0.35, 0.65), h * between (paper, 0.15, 0.85),
                   w * between (paper, 0.02, 0.06), w * between (paper, 0.02, 0.06),
                   between (paper, 0, 3), between (paper, 0.1, 0.4), mole);
    }
  add_noise (paper, w * 0.4, 6);
  add_noise (paper, 2, 5);
}

static const struct
{
  const char *name;
  void (*draw) (Paper *paper);
  int channels;
  double shape; /* height by width */
} KINDS[MADE_PICTURES_KINDS] = {
  { "chest X-ray", draw_chest, 1, 1.1 }, { "hand X-ray", draw_hand, 1, 1.3 },
  { "CT slice", draw_slice, 1, 1.0 },    { "ultrasound", draw_ultrasound, 1, 0.75 },
  { "photograph", draw_photo, 3, 0.75 }, { "tissue section", draw_tissue, 3, 0.75 },
  { "limb", draw_limb, 3, 1.3 },
};

static ImpRaster *
finish (const Paper *paper)
{
  gsize n = (gsize)paper->width * (gsize)paper->height * (gsize)paper->channels;
  guint8 *pixels = g_malloc (n);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    pixels[i] = (guint8)lroundf (CLAMP (paper->values[i], 0, 255));
  bytes = g_bytes_new_take (pixels, n);
  return imp_raster_new (paper->width, paper->height, paper->channels, bytes, NULL);
}

/**
 * made_picture_new:
 * @kind: which kind, less than %MADE_PICTURES_KINDS
 * @number: which of them
 *
 * Returns: (transfer full): the picture
 */
ImpRaster *
made_picture_new (guint kind, guint32 number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number * 7919u + kind);
  Paper paper = { 0 };
  ImpRaster *raster = NULL;

  paper.random = random;
  paper.channels = KINDS[kind].channels;
  paper.width = g_rand_int_range (random, 420, 720);
  /* What a site's machines give has always the same shape; cameras and people have not. */
  paper.height = (int)(paper.width * KINDS[kind].shape
                       * (kind < 4 || kind == 6 ? 1 : between (&paper, 0.8, 1.6)));
  paper.values = g_new0 (float, paper.width *paper.height *paper.channels);
  KINDS[kind].draw (&paper);
  add_noise (&paper, 1, 3);
  raster = finish (&paper);
  g_free (paper.values);
  return raster;
}

/**
 * made_picture_kind:
 * @kind: a kind
 *
 * Returns: (transfer none): its name
 */
const char *
made_picture_kind (guint kind)
{
  return KINDS[kind].name;
}
