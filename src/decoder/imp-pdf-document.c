#include <math.h>
#include <string.h>

#include <poppler.h>

#include "imp-document.h"
#include "imp-pdf-files.h"
#include "imp-sink.h"

#define POINTS 72.0       /* of a page to the inch */
#define RESOLUTION 150.0  /* pixels to the inch: small print is read, and a page of A4 is 2 MP */
#define MAX_PIXELS 12.0e6 /* of a page; a larger one is drawn smaller */
#define MAX_PAGES 1000

typedef struct
{
  PopplerDocument *pdf; /* owned */
  PopplerPage *page;    /* owned */
  double scale;         /* pixels to the point */
} Reader;

/* One page with a word in a font that it does not bring: what poppler sets up for it, it keeps. */
static const char first_page[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R/Resources<</Font<</F 5 0 "
    "R>>>>>>endobj\n"
    "4 0 obj<</Length 31>>stream\nBT /F 9 Tf 9 9 Td (word) Tj ET \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

static void
free_reader (gpointer data)
{
  Reader *reader = data;

  g_clear_object (&reader->page);
  g_clear_object (&reader->pdf);
  g_free (reader);
}

static cairo_surface_t *
draw (const Reader *reader, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, reader->scale, reader->scale);
  poppler_page_render (reader->page, cr);
  if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&surface, cairo_surface_destroy);
  cairo_destroy (cr);
  if (surface != NULL)
    cairo_surface_flush (surface);
  return surface;
}

static void
measure (Reader *reader, int *width, int *height)
{
  double points_wide = 0;
  double points_high = 0;
  double area = 0;

  poppler_page_get_size (reader->page, &points_wide, &points_high);
  points_wide = CLAMP (points_wide, 1, 1e6);
  points_high = CLAMP (points_high, 1, 1e6);
  reader->scale = RESOLUTION / POINTS;
  area = points_wide * points_high * reader->scale * reader->scale;
  if (area > MAX_PIXELS)
    reader->scale *= sqrt (MAX_PIXELS / area);
  *width = MAX (1, (int)ceil (points_wide * reader->scale));
  *height = MAX (1, (int)ceil (points_high * reader->scale));
}

/**
 * imp_pdf_initialise:
 *
 * Has poppler read the fonts and tables that it needs before the lock, and keep them: a page of
 * ours stays open for that.
 */
void
imp_pdf_initialise (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (first_page, sizeof first_page - 1);
  static Reader kept;
  cairo_surface_t *surface = NULL;

  imp_pdf_files_load ();
  kept.pdf = poppler_document_new_from_bytes (bytes, NULL, NULL);
  kept.page = kept.pdf != NULL ? poppler_document_get_page (kept.pdf, 0) : NULL;
  kept.scale = 1;
  if (kept.page != NULL)
    surface = draw (&kept, 72, 72);
  g_clear_pointer (&surface, cairo_surface_destroy);
}

static ImpMemory *
load_frame (gpointer data, guint frame, ImpWireReply *reply, GError **error)
{
  Reader *reader = data;
  int width = 0;
  int height = 0;
  cairo_surface_t *surface = NULL;
  g_autoptr (ImpSink) sink = NULL;

  measure (reader, &width, &height);
  surface = draw (reader, width, height);
  sink = surface != NULL ? imp_sink_new ((gsize)width, (gsize)height, 3, 1, error) : NULL;
  if (sink == NULL)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The page of the PDF cannot be drawn, as it is damaged: save it as PNG"), NULL);
      return NULL;
    }
  for (int y = 0; y < height; y++)
    {
      const guint32 *from =
          (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (surface)
                                           + (gsize)y
                                                 * (gsize)cairo_image_surface_get_stride (surface));
      guint8 *to = imp_sink_row (sink, (gsize)y);

      for (int x = 0; x < width; x++)
        {
          to[3 * x] = (guint8)(from[x] >> 16);
          to[3 * x + 1] = (guint8)(from[x] >> 8);
          to[3 * x + 2] = (guint8)from[x];
        }
    }
  cairo_surface_destroy (surface);
  return imp_sink_finish (sink, 1, reply);
}

static void
fail (GError **error, const GError *cause)
{
  if (g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    imp_fail (error, IMP_ERROR_UNSUPPORTED,
              N_ ("The PDF is locked with a password: save a copy without one, and take that"),
              NULL);
  else
    imp_fail (error, IMP_ERROR_DAMAGED,
              N_ ("The PDF is damaged, and no page of it can be shown: save it again, or scan the "
                  "form as PNG"),
              NULL);
}

/* A word in such a font looks other than it was meant to, or is not there. */
static gboolean
brings_all_fonts (PopplerDocument *pdf)
{
  PopplerFontInfo *info = poppler_font_info_new (pdf);
  PopplerFontsIter *iter = NULL;
  gboolean all = TRUE;

  if (poppler_font_info_scan (info, poppler_document_get_n_pages (pdf), &iter) && iter != NULL)
    do
      all = all && poppler_fonts_iter_is_embedded (iter);
    while (poppler_fonts_iter_next (iter));
  poppler_fonts_iter_free (iter);
  poppler_font_info_free (info);
  return all;
}

/**
 * imp_pdf_is_form:
 * @data: a whole file
 * @length: its bytes
 *
 * Returns: whether it begins as a PDF does
 */
gboolean
imp_pdf_is_form (const guint8 *data, gsize length)
{
  return length >= 5 && memcmp (data, "%PDF-", 5) == 0;
}

/**
 * imp_pdf_open:
 * @document: (inout): a document that begins with %PDF
 * @error: where to put the error
 *
 * Each page is a picture of its own, drawn at 150 pixels to the inch with its notes and the fields
 * that were filled in.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED where it has a
 * password, or %IMP_ERROR_USAGE where there is no such page
 */
gboolean
imp_pdf_open (ImpDocument *document, GError **error)
{
  ImpNotes *notes = document->notes;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  Reader *reader = g_new0 (Reader, 1);

  document->reader = reader;
  document->free_reader = free_reader;
  document->load_frame = load_frame;
  imp_pdf_files_close ();
  bytes = g_bytes_new_static (document->data, document->length);
  reader->pdf = poppler_document_new_from_bytes (bytes, NULL, &cause);
  if (reader->pdf == NULL || poppler_document_get_n_pages (reader->pdf) < 1)
    {
      fail (error, cause);
      return FALSE;
    }
  notes->format = "pdf";
  notes->photometric = g_strdup ("RGB");
  notes->n_pages = (guint)MIN (poppler_document_get_n_pages (reader->pdf), MAX_PAGES);
  if (document->page >= notes->n_pages)
    {
      imp_fail (error, IMP_ERROR_USAGE, N_ ("The file has no such page"), NULL);
      return FALSE;
    }
  reader->page = poppler_document_get_page (reader->pdf, (int)document->page);
  if (reader->page == NULL)
    {
      fail (error, NULL);
      return FALSE;
    }
  measure (reader, &notes->width, &notes->height);
  if (!brings_all_fonts (reader->pdf))
    imp_notes_warn (notes,
                    N_ ("The form uses a font that it does not bring: words may look other than on "
                        "paper, or be missing"),
                    NULL);
  return TRUE;
}
