#include "imp-sheet.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "imp-error.h"

#define MM (72.0 / 25.4)
#define WIDTH (210.0 * MM)
#define HEIGHT (297.0 * MM)
#define MARGIN (20.0 * MM)
#define TOP (18.0 * MM)
#define BOTTOM (HEIGHT - 23.0 * MM)
#define MEASURE (WIDTH - 2 * MARGIN)
#define LABEL (46.0 * MM)   /* the column of labels */
#define ANSWER (108.0 * MM) /* the column of questions */
#define BOX (4.2 * MM)

/* The first of these that the machine has; whatever script it lacks comes from another font. */
#define FAMILY "Cantarell, Noto Sans, Source Sans 3, DejaVu Sans, Sans"

typedef struct
{
  double size;
  PangoWeight weight;
  double grey;
  double spacing;
} Style;

static const Style ABOVE = { 9.5, PANGO_WEIGHT_NORMAL, 0.30, 1.1 };
static const Style TITLE = { 18, PANGO_WEIGHT_BOLD, 0.0, 1.1 };
static const Style HEADING = { 11.5, PANGO_WEIGHT_BOLD, 0.0, 1.15 };
static const Style TEXT = { 10, PANGO_WEIGHT_NORMAL, 0.0, 1.25 };
static const Style STRONG = { 10, PANGO_WEIGHT_BOLD, 0.0, 1.2 };
/* Hashes: on one line, and never with a hyphen in them. */
static const Style CODE = { 8.4, PANGO_WEIGHT_NORMAL, 0.0, 1.3 };
static const Style SMALL = { 8.5, PANGO_WEIGHT_NORMAL, 0.25, 1.2 };

/* pages: recordings, as how many there are is known at the end only. cr draws on the last one, y is
 * where it goes on. */
struct _ImpSheet
{
  char *title;
  char *foot;
  GPtrArray *pages;
  cairo_t *cr;
  double y;
};

static void
begin_page (ImpSheet *self)
{
  const cairo_rectangle_t whole = { 0, 0, WIDTH, HEIGHT };
  cairo_surface_t *page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &whole);

  g_clear_pointer (&self->cr, cairo_destroy);
  g_ptr_array_add (self->pages, page);
  self->cr = cairo_create (page);
  self->y = TOP;
}

/**
 * imp_sheet_new:
 * @title: what the PDF is called, without anybody's name: viewers and recent lists show it
 * @foot: (nullable): stands at the foot of every page
 *
 * Returns: (transfer full): an empty sheet
 */
ImpSheet *
imp_sheet_new (const char *title, const char *foot)
{
  ImpSheet *self = g_new0 (ImpSheet, 1);

  self->title = g_strdup (title);
  self->foot = g_strdup (foot != NULL ? foot : "");
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  begin_page (self);
  return self;
}

/**
 * imp_sheet_free:
 * @self: (transfer full) (nullable): a sheet
 */
void
imp_sheet_free (ImpSheet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cr, cairo_destroy);
  g_ptr_array_unref (self->pages);
  g_free (self->title);
  g_free (self->foot);
  g_free (self);
}

/* ---- text ---- */

static PangoLayout *
lay_out (cairo_t *cr, const char *text, const Style *style, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  pango_font_description_set_family_static (font, FAMILY);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, (float)style->spacing);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, valid, -1);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  return (double)height / PANGO_SCALE;
}

/* Where no room is left for what must not be parted, the next page begins. */
static void
make_room (ImpSheet *self, double height)
{
  if (self->y + height > BOTTOM && self->y > TOP)
    begin_page (self);
}

/* Two lines at least stand together at the foot of a page, and at the head of the next. */
static gboolean
must_break (ImpSheet *self, PangoLayout *layout, int line, double line_height)
{
  int n_lines = pango_layout_get_line_count (layout);
  int together = n_lines < 4 && line == 0 ? n_lines : line == 0 || line == n_lines - 2 ? 2 : 1;

  return self->y + together * line_height > BOTTOM && self->y > TOP;
}

static void
flow (ImpSheet *self, const char *text, const Style *style, double x, double width)
{
  g_autoptr (PangoLayout) layout = lay_out (self->cr, text, style, width);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int number = 0;

  do
    {
      PangoRectangle logical;
      int top = 0;
      int bottom = 0;
      int baseline = pango_layout_iter_get_baseline (iter);
      double line_height = 0;

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      line_height = (double)(bottom - top) / PANGO_SCALE;
      if (must_break (self, layout, number, line_height))
        begin_page (self);
      cairo_set_source_rgb (self->cr, style->grey, style->grey, style->grey);
      cairo_move_to (self->cr, x + (double)logical.x / PANGO_SCALE,
                     self->y + (double)(baseline - top) / PANGO_SCALE);
      pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (iter));
      self->y += line_height;
      number++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static double
measure (ImpSheet *self, const char *text, const Style *style, double width)
{
  g_autoptr (PangoLayout) layout = lay_out (self->cr, text, style, width);

  return height_of (layout);
}

/**
 * imp_sheet_add_title:
 * @self: a sheet
 * @above: (nullable): who it is from, in small
 * @title: what it is
 */
void
imp_sheet_add_title (ImpSheet *self, const char *above, const char *title)
{
  if (above != NULL)
    flow (self, above, &ABOVE, MARGIN, MEASURE);
  self->y += 1 * MM;
  flow (self, title, &TITLE, MARGIN, MEASURE);
  self->y += 1.5 * MM;
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_set_line_width (self->cr, 0.8);
  cairo_move_to (self->cr, MARGIN, self->y);
  cairo_line_to (self->cr, WIDTH - MARGIN, self->y);
  cairo_stroke (self->cr);
  self->y += 3 * MM;
}

/**
 * imp_sheet_add_heading:
 * @self: a sheet
 * @text: the heading of what follows, which never stands at the foot of a page alone
 */
void
imp_sheet_add_heading (ImpSheet *self, const char *text)
{
  if (self->y > TOP)
    self->y += 3 * MM;
  make_room (self, measure (self, text, &HEADING, MEASURE) + 14 * MM);
  flow (self, text, &HEADING, MARGIN, MEASURE);
  self->y += 0.8 * MM;
}

/**
 * imp_sheet_add_text:
 * @self: a sheet
 * @text: a paragraph
 */
void
imp_sheet_add_text (ImpSheet *self, const char *text)
{
  flow (self, text, &TEXT, MARGIN, MEASURE);
  self->y += 1.6 * MM;
}

/**
 * imp_sheet_add_small:
 * @self: a sheet
 * @text: a paragraph in small print
 */
void
imp_sheet_add_small (ImpSheet *self, const char *text)
{
  flow (self, text, &SMALL, MARGIN, MEASURE);
  self->y += 1.6 * MM;
}

static gboolean
has_long_word (const char *text)
{
  gsize length = 0;

  for (const char *at = text; *at != '\0' && length < 50; at++)
    length = *at == ' ' || *at == '\n' ? 0 : length + 1;
  return length >= 50;
}

static void
add_pair (ImpSheet *self, const char *label, const Style *style, double column, const char *value)
{
  g_autoptr (PangoLayout) name = lay_out (self->cr, label, style, column - 4 * MM);
  const char *words = value != NULL && *value != '\0' ? value : "–";
  double below = 0;
  guint page = 0;

  make_room (self, MAX (height_of (name), 2 * TEXT.size));
  cairo_set_source_rgb (self->cr, style->grey, style->grey, style->grey);
  /* Both stand on one line, whatever their sizes. */
  cairo_move_to (self->cr, MARGIN, self->y + (TEXT.size - style->size) * 1.2);
  pango_cairo_show_layout (self->cr, name);
  below = self->y + height_of (name);
  page = self->pages->len;
  flow (self, words, has_long_word (words) ? &CODE : &TEXT, MARGIN + column, MEASURE - column);
  if (page == self->pages->len)
    self->y = MAX (self->y, below);
  self->y += 0.7 * MM;
}

/**
 * imp_sheet_add_fact:
 * @self: a sheet
 * @label: what is said
 * @value: (nullable): what it is; a dash where nothing is known
 */
void
imp_sheet_add_fact (ImpSheet *self, const char *label, const char *value)
{
  add_pair (self, label, &SMALL, LABEL, value);
}

/**
 * imp_sheet_add_answer:
 * @self: a sheet
 * @question: a sentence
 * @answer: what was said
 */
void
imp_sheet_add_answer (ImpSheet *self, const char *question, const char *answer)
{
  add_pair (self, question, &SMALL, ANSWER, answer);
}

/* ---- what is filled in by hand ---- */

/* On one line, in smaller letters where it is long: a name is cut off as a last resort only. */
static PangoLayout *
lay_out_in (cairo_t *cr, const char *text, double width)
{
  Style style = TEXT;
  PangoLayout *layout = lay_out (cr, text, &style, width);

  while (pango_layout_get_line_count (layout) > 1 && style.size > 6)
    {
      style.size -= 0.5;
      g_object_unref (layout);
      layout = lay_out (cr, text, &style, width);
    }
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static double
draw_blank (ImpSheet *self, const char *label, const char *value, double x, double width)
{
  g_autoptr (PangoLayout) name = lay_out (self->cr, label, &SMALL, width);
  double foot = self->y + 8 * MM;
  int label_width = 0;
  double begin = 0;

  pango_layout_get_size (name, &label_width, NULL);
  begin = *label != '\0' ? x + (double)label_width / PANGO_SCALE + 2 * MM : x;
  cairo_set_source_rgb (self->cr, SMALL.grey, SMALL.grey, SMALL.grey);
  cairo_move_to (self->cr, x, foot - height_of (name) + 0.6 * MM);
  pango_cairo_show_layout (self->cr, name);
  cairo_set_source_rgb (self->cr, 0.45, 0.45, 0.45);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, begin, foot);
  cairo_line_to (self->cr, x + width, foot);
  cairo_stroke (self->cr);
  if (value != NULL && *value != '\0')
    {
      g_autoptr (PangoLayout) written = lay_out_in (self->cr, value, x + width - begin - 1 * MM);

      cairo_set_source_rgb (self->cr, 0, 0, 0);
      cairo_move_to (self->cr, begin + 1 * MM, foot - height_of (written) + 0.4 * MM);
      pango_cairo_show_layout (self->cr, written);
    }
  return 9 * MM;
}

/**
 * imp_sheet_add_blank:
 * @self: a sheet
 * @label: what is to be written
 * @value: (nullable): what is known already, on the line
 *
 * A line to write on.
 */
void
imp_sheet_add_blank (ImpSheet *self, const char *label, const char *value)
{
  make_room (self, 9 * MM);
  self->y += draw_blank (self, label, value, MARGIN, MEASURE);
}

/**
 * imp_sheet_add_blanks:
 * @self: a sheet
 * @left: what is to be written on the left
 * @left_value: (nullable): what is known already
 * @right: what is to be written on the right
 * @right_value: (nullable): what is known already
 *
 * Two lines to write on, side by side.
 */
void
imp_sheet_add_blanks (ImpSheet *self, const char *left, const char *left_value, const char *right,
                      const char *right_value)
{
  double half = (MEASURE - 8 * MM) / 2;

  make_room (self, 9 * MM);
  draw_blank (self, left, left_value, MARGIN, half);
  self->y += draw_blank (self, right, right_value, MARGIN + half + 8 * MM, half);
}

/**
 * imp_sheet_add_tick:
 * @self: a sheet
 * @text: what is agreed to by a tick
 * @detail: (nullable): what that means
 * @blank: (nullable): what is to be named on a line below
 *
 * An empty box with its text, never parted by a page.
 */
void
imp_sheet_add_tick (ImpSheet *self, const char *text, const char *detail, const char *blank)
{
  double x = MARGIN + BOX + 4 * MM;
  double width = MEASURE - BOX - 4 * MM;
  double height = measure (self, text, &STRONG, width)
                  + (detail != NULL ? measure (self, detail, &TEXT, width) : 0)
                  + (blank != NULL ? 9 * MM : 0);

  make_room (self, height + 2 * MM);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_set_line_width (self->cr, 1.0);
  cairo_rectangle (self->cr, MARGIN + 0.5, self->y + 0.5, BOX, BOX);
  cairo_stroke (self->cr);
  flow (self, text, &STRONG, x, width);
  if (detail != NULL)
    flow (self, detail, &TEXT, x, width);
  if (blank != NULL)
    self->y += draw_blank (self, blank, NULL, x, width);
  self->y += 2 * MM;
}

/**
 * imp_sheet_add_choice:
 * @self: a sheet
 * @text: one of several of which one holds
 *
 * A circle to mark.
 */
void
imp_sheet_add_choice (ImpSheet *self, const char *text)
{
  double radius = 1.7 * MM;
  double x = MARGIN + 2 * radius + 3 * MM;

  make_room (self, measure (self, text, &TEXT, MEASURE));
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_set_line_width (self->cr, 0.8);
  cairo_new_sub_path (self->cr);
  cairo_arc (self->cr, MARGIN + radius, self->y + 0.3 * MM + radius, radius, 0, 2 * G_PI);
  cairo_stroke (self->cr);
  flow (self, text, &TEXT, x, WIDTH - MARGIN - x);
  self->y += 1.2 * MM;
}

/**
 * imp_sheet_add_cut:
 * @self: a sheet
 * @text: what to do here
 *
 * A dashed line across the page.
 */
void
imp_sheet_add_cut (ImpSheet *self, const char *text)
{
  static const double DASHES[] = { 4, 3 };

  self->y += 4 * MM;
  cairo_save (self->cr);
  cairo_set_source_rgb (self->cr, 0.3, 0.3, 0.3);
  cairo_set_line_width (self->cr, 0.7);
  cairo_set_dash (self->cr, DASHES, G_N_ELEMENTS (DASHES), 0);
  cairo_move_to (self->cr, 6 * MM, self->y);
  cairo_line_to (self->cr, WIDTH - 6 * MM, self->y);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
  self->y += 0.8 * MM;
  flow (self, text, &SMALL, MARGIN, MEASURE);
  self->y += 1 * MM;
}

/**
 * imp_sheet_add_space:
 * @self: a sheet
 * @millimetres: of white
 */
void
imp_sheet_add_space (ImpSheet *self, double millimetres)
{
  self->y += millimetres * MM;
}

/**
 * imp_sheet_keep:
 * @self: a sheet
 * @millimetres: what the next things need together: where so much is not left, a page begins
 */
void
imp_sheet_keep (ImpSheet *self, double millimetres)
{
  make_room (self, millimetres * MM);
}

/**
 * imp_sheet_sink:
 * @self: a sheet
 * @millimetres: what comes next and is the last of this page: it goes to the page's foot
 */
void
imp_sheet_sink (ImpSheet *self, double millimetres)
{
  make_room (self, millimetres * MM);
  self->y = MAX (self->y, BOTTOM - millimetres * MM);
}

/* ---- the file ---- */

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_foot (ImpSheet *self, cairo_t *cr, guint page)
{
  g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), page + 1, self->pages->len);
  g_autoptr (PangoLayout) left = lay_out (cr, self->foot, &SMALL, MEASURE - 30 * MM);
  g_autoptr (PangoLayout) right = lay_out (cr, number, &SMALL, 28 * MM);

  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (left, -2);
  pango_layout_set_alignment (right, PANGO_ALIGN_RIGHT);
  cairo_set_source_rgb (cr, SMALL.grey, SMALL.grey, SMALL.grey);
  cairo_move_to (cr, MARGIN, HEIGHT - 18 * MM);
  pango_cairo_show_layout (cr, left);
  cairo_move_to (cr, WIDTH - MARGIN - 28 * MM, HEIGHT - 18 * MM);
  pango_cairo_show_layout (cr, right);
}

/**
 * imp_sheet_finish:
 * @self: a sheet, which takes nothing more afterwards
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the PDF, fonts embedded, or %NULL with %IMP_ERROR_IO
 */
GBytes *
imp_sheet_finish (ImpSheet *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *pdf = NULL;
  cairo_t *cr = NULL;
  cairo_status_t status = CAIRO_STATUS_SUCCESS;

  pdf = cairo_pdf_surface_create_for_stream (collect, bytes, WIDTH, HEIGHT); /* door: to memory */
  cr = cairo_create (pdf);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Imprimatur");
  for (guint i = 0; i < self->pages->len; i++)
    {
      cairo_set_source_surface (cr, g_ptr_array_index (self->pages, i), 0, 0);
      cairo_paint (cr);
      draw_foot (self, cr, i);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  status = cairo_surface_status (pdf);
  cairo_surface_destroy (pdf);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, IMP_ERROR, IMP_ERROR_IO, _ ("The pages cannot be drawn: %s"),
               cairo_status_to_string (status));
  return NULL;
}
