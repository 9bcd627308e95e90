/* Pages of PDF as they are shown: drawn where they were put, under the lock, and never as a source
 * of pictures. What is expected was drawn with cairo at known places, in points of 1/72 inch. */
#include <string.h>

#include <cairo-pdf.h>

#include "imp-error.h"
#include "imp-form-page.h"
#include "imp-source.h"

#define WIDE 595 /* points: A4 */
#define HIGH 842
#define PIXELS(points) ((int)((points)*150.0 / 72.0))

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A red bar and words on the first page, blue all over on the second. */
static GBytes *
make_form (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, WIDE, HIGH);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_rectangle (cr, 100, 100, 200, 50);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_font_size (cr, 30);
  cairo_move_to (cr, 100, 300);
  cairo_show_text (cr, "CONSENT FORM");
  cairo_show_page (cr);
  cairo_set_source_rgb (cr, 0, 0, 1);
  cairo_paint (cr);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* The text of a PDF with one page; a reader rebuilds the table of objects that it lacks. */
static GBytes *
write_form (const char *box, const char *font, const char *content, const char *more)
{
  char *text = g_strdup_printf (
      "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 "
      "R>>>>>>endobj\n"
      "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype%s>>endobj\ntrailer<</Root 1 0 R%s>>\n%%%%EOF\n",
      box, strlen (content), content, font, more);

  return g_bytes_new_take (text, strlen (text));
}

static const guint8 *
get_pixel (const ImpFormPage *page, int x, int y)
{
  const guint8 *pixels = g_bytes_get_data (imp_raster_get_bytes (page->raster), NULL);

  return pixels + 3 * ((gsize)y * (gsize)imp_raster_get_width (page->raster) + (gsize)x);
}

static void
assert_colour (const ImpFormPage *page, int x, int y, int red, int green, int blue)
{
  const guint8 *pixel = get_pixel (page, x, y);

  g_assert_cmpint (pixel[0], ==, red);
  g_assert_cmpint (pixel[1], ==, green);
  g_assert_cmpint (pixel[2], ==, blue);
}

/* Of the pixels between two corners, in points, how many are dark. */
static guint
count_dark (const ImpFormPage *page, int left, int top, int right, int bottom)
{
  guint n = 0;

  for (int y = PIXELS (top); y < PIXELS (bottom); y++)
    for (int x = PIXELS (left); x < PIXELS (right); x++)
      n += get_pixel (page, x, y)[1] < 64;
  return n;
}

static void
test_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) form = make_form ();
  g_autoptr (ImpFormPage) first = imp_form_page_draw_sync (form, 0, NULL, &error);
  g_autoptr (ImpFormPage) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (first->n_pages, ==, 2);
  g_assert_cmpint (imp_raster_get_width (first->raster), ==, 1240); /* A4 at 150 to the inch */
  g_assert_cmpint (imp_raster_get_height (first->raster), ==, 1755);
  assert_colour (first, PIXELS (200), PIXELS (125), 255, 0, 0);
  assert_colour (first, PIXELS (200), PIXELS (95), 255, 255, 255);
  assert_colour (first, PIXELS (305), PIXELS (125), 255, 255, 255);
  g_assert_cmpuint (count_dark (first, 100, 275, 350, 300), >, 500);
  g_assert_cmpuint (g_strv_length (first->warnings), ==, 0);
  second = imp_form_page_draw_sync (form, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->page, ==, 1);
  assert_colour (second, 5, 5, 0, 0, 255);
  g_assert_null (imp_form_page_draw_sync (form, 2, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* A field that was filled in is mostly set in a font that the file leaves to the reader. */
static void
test_fonts (void)
{
  static const char *const fonts[] = { "/Type1/BaseFont/Helvetica", "/Type1/BaseFont/Times-Bold",
                                       "/Type1/BaseFont/Courier", "/TrueType/BaseFont/Arial",
                                       "/TrueType/BaseFont/TimesNewRoman,Italic" };

  for (gsize i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) form =
          write_form ("0 0 300 100", fonts[i], "BT /F 40 Tf 20 40 Td (Agreed) Tj ET", "");
      g_autoptr (ImpFormPage) page = imp_form_page_draw_sync (form, 0, NULL, &error);

      g_assert_no_error (error);
      g_test_message ("%s", fonts[i]);
      g_assert_cmpuint (count_dark (page, 15, 20, 200, 70), >, 300);
      g_assert_cmpuint (g_strv_length (page->warnings), ==, 1);
    }
}

static void
assert_refused (GBytes *form, ImpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_form_page_draw_sync (form, 0, NULL, &error));
  g_assert_error (error, IMP_ERROR, (int)code);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("%PDF-1.4\n%%EOF\n", 15);
  g_autoptr (GBytes) whole = make_form ();
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 60);
  g_autoptr (GBytes) text = g_bytes_new_static ("hello hello hello", 17);
  g_autoptr (GBytes) locked =
      write_form ("0 0 9 9", "/Type1/BaseFont/Helvetica", "",
                  "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
                  "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
                  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>/U<"
                  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>>>");

  assert_refused (empty, IMP_ERROR_DAMAGED);
  assert_refused (cut, IMP_ERROR_DAMAGED);
  assert_refused (text, IMP_ERROR_UNSUPPORTED);
  assert_refused (locked, IMP_ERROR_UNSUPPORTED);
}

/* A page of any size is drawn within 12 megapixels. */
static void
test_huge (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) form = write_form ("0 0 200000 100000", "/Type1/BaseFont/Helvetica",
                                        "1 0 0 rg 0 0 100000 100000 re f", "");
  g_autoptr (ImpFormPage) page = imp_form_page_draw_sync (form, 0, NULL, &error);
  int width = 0;
  int height = 0;

  g_assert_no_error (error);
  width = imp_raster_get_width (page->raster);
  height = imp_raster_get_height (page->raster);
  g_assert_cmpint (width * height, >, 11000000);
  g_assert_cmpint (width * height, <=, 12100000);
  assert_colour (page, width / 4, height / 2, 255, 0, 0);
  assert_colour (page, width * 3 / 4, height / 2, 255, 255, 255);
}

/* A form is no picture: nothing can be released of it. */
static void
test_no_source (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) form = make_form ();

  g_assert_null (imp_source_open_bytes_sync (form, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "PDF"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/form/pages", test_pages);
  g_test_add_func ("/decode/form/fonts-it-does-not-bring", test_fonts);
  g_test_add_func ("/decode/form/refused", test_refused);
  g_test_add_func ("/decode/form/huge", test_huge);
  g_test_add_func ("/decode/form/no-source", test_no_source);
  return g_test_run ();
}
