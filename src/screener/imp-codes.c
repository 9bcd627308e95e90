#include "imp-codes.h"

#include <iconv.h>
#include <time.h>

#include <dmtx.h>
#include <zbar.h>

#define MOST_MATRIX 30   /* milliseconds of the processor for one place that may be a DataMatrix, */
#define MOST_MATRICES 40 /* and for all of them */
#define ONE_TRY 20       /* milliseconds on the clock, which is all that libdmtx looks at */
#define BLOCK 16         /* pixels */
#define CONTRAST 80      /* levels between dark and light modules */
#define LONGEST_SIDE 1600 /* pixels: larger pictures are looked at smaller */
#define SMALLEST 10       /* pixels: the smallest DataMatrix has so many modules */
#define MOST_BETWEEN 40   /* per cent of a block that may be neither dark nor light */
#define QUIET 2           /* pixels around a code that belong to it */

/* zbar opens a converter for each of these when it has found a QR code, and a locked child can open
 * no file: what was loaded before stays loaded as long as these are held. */
static const char *const charsets[] = { "CP437", "SJIS", "UTF-8", "ISO8859-1", "BIG-5", "BIG5" };
static volatile iconv_t held[G_N_ELEMENTS (charsets)];

/**
 * imp_codes_start:
 *
 * Loads what reading codes needs, before the process is locked down.
 */
void
imp_codes_start (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    held[i] = iconv_open ("UTF-8", charsets[i]);
}

static void
clear_code (gpointer data)
{
  ImpCode *code = data;

  g_free (code->text);
}

static void
add_code (GArray *codes, int x0, int y0, int x1, int y1, int scale, const char *text, gsize length)
{
  ImpCode code = { (x0 - QUIET) * scale, (y0 - QUIET) * scale, (x1 + QUIET) * scale,
                   (y1 + QUIET) * scale, NULL };

  code.text = g_utf8_make_valid (text, (gssize)length);
  g_array_append_val (codes, code);
}

static void
find_bars (const ImpPlane *plane, int scale, GArray *codes)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();

  zbar_image_scanner_request_dbus (scanner, 0); /* which would open a socket */
  /* Every other row and column crosses all that a code has, if its modules are two pixels wide. */
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, 2);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, 2);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned)plane->width, (unsigned)plane->height);
  zbar_image_set_data (image, plane->data,
                       (unsigned long)plane->width * (unsigned long)plane->height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    {
      int x0 = G_MAXINT;
      int y0 = G_MAXINT;
      int x1 = 0;
      int y1 = 0;

      for (unsigned i = 0; i < zbar_symbol_get_loc_size (symbol); i++)
        {
          x0 = MIN (x0, zbar_symbol_get_loc_x (symbol, i));
          y0 = MIN (y0, zbar_symbol_get_loc_y (symbol, i));
          x1 = MAX (x1, zbar_symbol_get_loc_x (symbol, i) + 1);
          y1 = MAX (y1, zbar_symbol_get_loc_y (symbol, i) + 1);
        }
      if (x1 > 0)
        add_code (codes, x0, y0, x1, y1, scale, zbar_symbol_get_data (symbol),
                  zbar_symbol_get_data_length (symbol));
    }
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
}

static void
add_matrix (DmtxDecode *decode, DmtxRegion *region, int height, int scale, GArray *codes)
{
  DmtxMessage *message = dmtxDecodeMatrixRegion (decode, region, DmtxUndefined);
  double x0 = G_MAXINT;
  double y0 = G_MAXINT;
  double x1 = 0;
  double y1 = 0;

  if (message == NULL)
    return;
  for (int i = 0; i < 4; i++)
    {
      DmtxVector2 corner = { i % 2, i / 2 };

      dmtxMatrix3VMultiplyBy (&corner, region->fit2raw);
      x0 = MIN (x0, corner.X);
      y0 = MIN (y0, height - corner.Y);
      x1 = MAX (x1, corner.X);
      y1 = MAX (y1, height - corner.Y);
    }
  add_code (codes, (int)x0, (int)y0, (int)x1 + 1, (int)y1 + 1, scale, (const char *)message->output,
            (gsize)message->outputIdx);
  dmtxMessageDestroy (&message);
}

/* libdmtx takes long over what is no DataMatrix, so it is only shown places that could be one:
 * about half of them is dark, half light, little between, and it changes often in both directions.
 */
static gboolean
is_chequered (const ImpPlane *plane, int bx, int by)
{
  guint8 least = 255;
  guint8 most = 0;
  guint dark = 0;
  guint between = 0;
  guint across = 0;
  guint down = 0;

  for (int y = by * BLOCK; y < (by + 1) * BLOCK; y++)
    for (int x = bx * BLOCK; x < (bx + 1) * BLOCK; x++)
      {
        guint8 value = plane->data[(gsize)y * (gsize)plane->width + (gsize)x];

        least = MIN (least, value);
        most = MAX (most, value);
      }
  if (most - least < CONTRAST)
    return FALSE;
  for (int y = by * BLOCK; y < (by + 1) * BLOCK; y++)
    for (int x = bx * BLOCK; x < (bx + 1) * BLOCK; x++)
      {
        const guint8 *at = plane->data + (gsize)y * (gsize)plane->width + x;
        int middle = (most + least) / 2;

        dark += *at < middle;
        between += ABS (*at - middle) < (most - least) / 4;
        if (x > bx * BLOCK)
          across += (at[-1] < middle) != (*at < middle);
        if (y > by * BLOCK)
          down += (at[-plane->width] < middle) != (*at < middle);
      }
  return dark * 100 >= BLOCK * BLOCK * 28 && dark * 100 <= BLOCK * BLOCK * 72
         && between * 100 <= BLOCK * BLOCK * MOST_BETWEEN && across >= BLOCK * BLOCK / 24
         && down >= BLOCK * BLOCK / 24;
}

/* Takes the blocks out that hang together with one, gives the rectangle around them, and returns
 * how many they are. */
static int
take_place (guint8 *blocks, int across, int down, int index, int place[4])
{
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (int));
  int n = 0;

  blocks[index] = FALSE;
  g_array_append_val (left, index);
  place[0] = place[2] = index % across;
  place[1] = place[3] = index / across;
  while (left->len > 0)
    {
      int at = g_array_index (left, int, left->len - 1);
      int x = at % across;
      int y = at / across;

      g_array_set_size (left, left->len - 1);
      n++;
      place[0] = MIN (place[0], x);
      place[1] = MIN (place[1], y);
      place[2] = MAX (place[2], x);
      place[3] = MAX (place[3], y);
      for (int ny = MAX (y - 1, 0); ny <= MIN (y + 1, down - 1); ny++)
        for (int nx = MAX (x - 1, 0); nx <= MIN (x + 1, across - 1); nx++)
          {
            int next = ny * across + nx;

            if (!blocks[next])
              continue;
            blocks[next] = FALSE;
            g_array_append_val (left, next);
          }
    }
  return n;
}

static void
read_matrix (const ImpPlane *plane, const int place[4], int scale, clock_t most, GArray *codes)
{
  DmtxImage *image = dmtxImageCreate (plane->data, plane->width, plane->height, DmtxPack8bppK);
  DmtxDecode *decode = image != NULL ? dmtxDecodeCreate (image, 1) : NULL;
  clock_t begun = clock ();
  DmtxRegion *region = NULL;
  gboolean more = TRUE;

  if (decode != NULL)
    {
      /* Its rows are counted from below. */
      dmtxDecodeSetProp (decode, DmtxPropXmin, MAX ((place[0] - 2) * BLOCK, 0));
      dmtxDecodeSetProp (decode, DmtxPropXmax, MIN ((place[2] + 3) * BLOCK, plane->width) - 1);
      dmtxDecodeSetProp (decode, DmtxPropYmin,
                         plane->height - MIN ((place[3] + 3) * BLOCK, plane->height));
      dmtxDecodeSetProp (decode, DmtxPropYmax, plane->height - 1 - MAX ((place[1] - 2) * BLOCK, 0));
      /* It stops at its time, or where there is nothing more: then early. */
      while (more && clock () - begun < most)
        {
          DmtxTime limit = dmtxTimeAdd (dmtxTimeNow (), ONE_TRY);

          region = dmtxRegionFindNext (decode, &limit);
          more = region != NULL || dmtxTimeExceeded (limit);
          if (region == NULL)
            continue;
          add_matrix (decode, region, plane->height, scale, codes);
          dmtxRegionDestroy (&region);
        }
      dmtxDecodeDestroy (&decode);
    }
  if (image != NULL)
    dmtxImageDestroy (&image);
}

static void
find_matrix (const ImpPlane *plane, int scale, GArray *codes)
{
  int across = plane->width / BLOCK;
  int down = plane->height / BLOCK;
  g_autofree guint8 *blocks = g_new0 (guint8, (gsize)across * (gsize)down + 1);
  clock_t left = (clock_t)CLOCKS_PER_SEC * MOST_MATRICES / 1000;

  for (int i = 0; i < across * down; i++)
    blocks[i] = is_chequered (plane, i % across, i / across);
  for (int i = 0; i < across * down && left > 0; i++)
    {
      int place[4] = { 0 };
      int width = 0;
      int height = 0;
      int n = 0;
      clock_t begun = 0;

      if (!blocks[i])
        continue;
      n = take_place (blocks, across, down, i, place);
      width = place[2] - place[0] + 1;
      height = place[3] - place[1] + 1;
      /* A square, or two or four times as long as it is high, and full of modules. */
      if (MIN (width, height) < 2 || MAX (width, height) > 4 * MIN (width, height)
          || n * 10 < width * height * 6)
        continue;
      begun = clock ();
      read_matrix (plane, place, scale, MIN (left, (clock_t)CLOCKS_PER_SEC * MOST_MATRIX / 1000),
                   codes);
      left -= clock () - begun;
    }
}

/**
 * imp_codes_find:
 * @plane: a picture
 *
 * Returns: (transfer full) (element-type ImpCode): the codes that could be read
 */
GArray *
imp_codes_find (const ImpPlane *plane)
{
  GArray *codes = g_array_new (FALSE, FALSE, sizeof (ImpCode));
  g_autoptr (ImpPlane) smaller = NULL;
  int scale = 1;

  g_array_set_clear_func (codes, clear_code);
  while (MAX (plane->width, plane->height) > LONGEST_SIDE
         && MIN (plane->width, plane->height) >= 64)
    {
      ImpPlane *half = imp_plane_halve (plane);

      imp_plane_free (smaller);
      smaller = half;
      plane = half;
      scale *= 2;
    }
  if (MIN (plane->width, plane->height) < SMALLEST)
    return codes;
  find_bars (plane, scale, codes);
  find_matrix (plane, scale, codes);
  return codes;
}
