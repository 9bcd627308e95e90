#include "drawing.h"

#include <string.h>

#include <pango/pangocairo.h>

/**
 * drawing_new:
 * @width: columns
 * @height: rows
 * @level: of every pixel
 *
 * Returns: (transfer full): an empty picture
 */
Drawing *
drawing_new (int width, int height, guint8 level)
{
  Drawing *drawing = g_new0 (Drawing, 1);

  drawing->width = width;
  drawing->height = height;
  drawing->pixels = g_malloc ((gsize)width * (gsize)height);
  memset (drawing->pixels, level, (gsize)width * (gsize)height);
  return drawing;
}

/**
 * drawing_free:
 * @drawing: (transfer full) (nullable): a picture
 */
void
drawing_free (Drawing *drawing)
{
  if (drawing == NULL)
    return;
  g_free (drawing->pixels);
  g_free (drawing);
}

/**
 * drawing_grain:
 * @drawing: a picture
 * @seed: of the noise
 * @strength: levels up and down
 */
void
drawing_grain (Drawing *drawing, guint32 seed, int strength)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize)drawing->width * (gsize)drawing->height; i++)
    drawing->pixels[i] = (guint8)CLAMP (
        drawing->pixels[i] + g_rand_int_range (random, -strength, strength + 1), 0, 255);
}

/* How much each pixel is covered by @text, whose capitals are @height pixels high. */
static cairo_surface_t *
draw_letters (const char *text, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 2000, 3 * height + 20);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans");

  pango_font_description_set_absolute_size (font, height / 0.73 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cairo, 4, 4);
  pango_cairo_show_layout (cairo, layout);
  pango_font_description_free (font);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

/**
 * drawing_write:
 * @drawing: a picture
 * @x: leftmost column of the writing
 * @y: topmost row
 * @text: what to write
 * @height: of its capitals, in pixels
 * @turn: by how many degrees clockwise it is turned: 0, 90, 180 or 270
 * @level: of its letters
 *
 * Returns: the smallest rectangle with every pixel of which letters cover a quarter or more
 */
ImpRect
drawing_write (Drawing *drawing, int x, int y, const char *text, int height, int turn, int level)
{
  cairo_surface_t *letters = draw_letters (text, height);
  const guint8 *alpha = cairo_image_surface_get_data (letters);
  int stride = cairo_image_surface_get_stride (letters);
  int width = cairo_image_surface_get_width (letters);
  int rows = cairo_image_surface_get_height (letters);
  int x0 = width;
  int y0 = rows;
  int x1 = 0;
  int y1 = 0;
  ImpRect rect = { x, y, 0, 0 };

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < width; column++)
      if (alpha[row * stride + column] >= 64)
        {
          x0 = MIN (x0, column);
          x1 = MAX (x1, column + 1);
          y0 = MIN (y0, row);
          y1 = MAX (y1, row + 1);
        }
  rect.width = turn % 180 == 0 ? x1 - x0 : y1 - y0;
  rect.height = turn % 180 == 0 ? y1 - y0 : x1 - x0;
  g_assert_cmpint (x + rect.width, <=, drawing->width);
  g_assert_cmpint (y + rect.height, <=, drawing->height);
  for (int row = y0; row < y1; row++)
    for (int column = x0; column < x1; column++)
      {
        int right = column - x0;
        int down = row - y0;
        int tx = turn == 0     ? right
                 : turn == 90  ? y1 - y0 - 1 - down
                 : turn == 180 ? x1 - x0 - 1 - right
                               : down;
        int ty = turn == 0     ? down
                 : turn == 90  ? right
                 : turn == 180 ? y1 - y0 - 1 - down
                               : x1 - x0 - 1 - right;
        guint8 *pixel = drawing->pixels + (gsize)(y + ty) * (gsize)drawing->width + (x + tx);
        int a = alpha[row * stride + column];

        *pixel = (guint8)((*pixel * (255 - a) + level * a + 127) / 255);
      }
  cairo_surface_destroy (letters);
  return rect;
}
