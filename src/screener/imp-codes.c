#include "imp-codes.h"

#include <iconv.h>

#include <dmtx.h>
#include <zbar.h>

#define MOST_MATRIX 150   /* milliseconds for a DataMatrix in a picture of any size */
#define LONGEST_SIDE 1600 /* pixels: larger pictures are looked at smaller */
#define SMALLEST 10       /* pixels: the smallest DataMatrix has so many modules */
#define QUIET 2           /* pixels around a code that belong to it */

/* zbar opens a converter for each of these when it has found a QR code, and a locked child can open
 * no file: what was loaded before stays loaded as long as these are held. */
static const char *const charsets[] = { "CP437", "SJIS", "UTF-8", "ISO8859-1", "BIG-5", "BIG5" };

/**
 * imp_codes_start:
 *
 * Loads what reading codes needs, before the process is locked down.
 */
void
imp_codes_start (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    iconv_open ("UTF-8", charsets[i]);
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

static void
find_matrix (const ImpPlane *plane, int scale, GArray *codes)
{
  DmtxImage *image = dmtxImageCreate (plane->data, plane->width, plane->height, DmtxPack8bppK);
  DmtxDecode *decode = image != NULL ? dmtxDecodeCreate (image, 1) : NULL;
  DmtxTime limit = dmtxTimeAdd (dmtxTimeNow (), MOST_MATRIX);
  DmtxRegion *region = NULL;

  if (decode != NULL)
    {
      dmtxDecodeSetProp (decode, DmtxPropEdgeMin, 12);
      dmtxDecodeSetProp (decode, DmtxPropScanGap, 4);
      while ((region = dmtxRegionFindNext (decode, &limit)) != NULL)
        {
          add_matrix (decode, region, plane->height, scale, codes);
          dmtxRegionDestroy (&region);
        }
      dmtxDecodeDestroy (&decode);
    }
  if (image != NULL)
    dmtxImageDestroy (&image);
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
