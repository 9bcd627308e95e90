#include "imp-strokes.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"

#define HEAD "imprimatur-strokes 1 "

struct _ImpStrokes
{
  int width;
  int height;
  guint n_points;
  GPtrArray *lines; /* GArray of ImpStrokePoint */
};

G_DEFINE_BOXED_TYPE (ImpStrokes, imp_strokes, imp_strokes_copy, imp_strokes_free)

/**
 * imp_strokes_new:
 * @width: of the area that is drawn in, 1 to %IMP_STROKES_MAX_SIDE
 * @height: likewise
 *
 * Returns: (transfer full): a signature without a line
 */
ImpStrokes *
imp_strokes_new (int width, int height)
{
  ImpStrokes *strokes = g_new0 (ImpStrokes, 1);

  strokes->width = CLAMP (width, 1, IMP_STROKES_MAX_SIDE);
  strokes->height = CLAMP (height, 1, IMP_STROKES_MAX_SIDE);
  strokes->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  return strokes;
}

/**
 * imp_strokes_copy:
 * @strokes: a signature
 *
 * Returns: (transfer full): a copy
 */
ImpStrokes *
imp_strokes_copy (const ImpStrokes *strokes)
{
  ImpStrokes *copy = imp_strokes_new (strokes->width, strokes->height);

  copy->n_points = strokes->n_points;
  for (guint i = 0; i < strokes->lines->len; i++)
    g_ptr_array_add (copy->lines, g_array_copy (g_ptr_array_index (strokes->lines, i)));
  return copy;
}

/**
 * imp_strokes_free:
 * @strokes: (transfer full) (nullable): a signature
 */
void
imp_strokes_free (ImpStrokes *strokes)
{
  if (strokes == NULL)
    return;
  g_ptr_array_unref (strokes->lines);
  g_free (strokes);
}

/**
 * imp_strokes_begin:
 * @strokes: a signature
 *
 * The pen comes down: a new line begins.
 */
void
imp_strokes_begin (ImpStrokes *strokes)
{
  g_ptr_array_add (strokes->lines, g_array_new (FALSE, FALSE, sizeof (ImpStrokePoint)));
}

/**
 * imp_strokes_add:
 * @strokes: a signature in which a line has begun
 * @x: from the left edge; what lies outside is put on the edge
 * @y: from the top edge
 *
 * Returns: whether there was room for another point
 */
gboolean
imp_strokes_add (ImpStrokes *strokes, int x, int y)
{
  const ImpStrokePoint point = { CLAMP (x, 0, strokes->width), CLAMP (y, 0, strokes->height) };

  if (strokes->lines->len == 0 || strokes->n_points >= IMP_STROKES_MAX_POINTS)
    return FALSE;
  g_array_append_val ((GArray *)g_ptr_array_index (strokes->lines, strokes->lines->len - 1), point);
  strokes->n_points++;
  return TRUE;
}

/**
 * imp_strokes_get_width:
 * @strokes: a signature
 *
 * Returns: the width of the area that was drawn in
 */
int
imp_strokes_get_width (const ImpStrokes *strokes)
{
  return strokes->width;
}

/**
 * imp_strokes_get_height:
 * @strokes: a signature
 *
 * Returns: the height of the area that was drawn in
 */
int
imp_strokes_get_height (const ImpStrokes *strokes)
{
  return strokes->height;
}

/**
 * imp_strokes_get_n_lines:
 * @strokes: a signature
 *
 * Returns: how many lines it has
 */
guint
imp_strokes_get_n_lines (const ImpStrokes *strokes)
{
  return strokes->lines->len;
}

/**
 * imp_strokes_get_line:
 * @strokes: a signature
 * @line: which line, from 0
 * @n_points: (out): how many points it has
 *
 * Returns: (transfer none) (array length=n_points): its points, in the order of drawing
 */
const ImpStrokePoint *
imp_strokes_get_line (const ImpStrokes *strokes, guint line, guint *n_points)
{
  const GArray *points = g_ptr_array_index (strokes->lines, line);

  *n_points = points->len;
  return (const ImpStrokePoint *)(const void *)points->data;
}

/**
 * imp_strokes_to_bytes:
 * @strokes: a signature
 *
 * Writes the form in which it is kept: a first line "imprimatur-strokes 1 WIDTH HEIGHT", then a
 * line of text for each line drawn, of points "X,Y" with a space between two.
 *
 * Returns: (transfer full): that text
 */
GBytes *
imp_strokes_to_bytes (const ImpStrokes *strokes)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, HEAD "%d %d\n", strokes->width, strokes->height);
  for (guint i = 0; i < strokes->lines->len; i++)
    {
      guint n_points = 0;
      const ImpStrokePoint *points = imp_strokes_get_line (strokes, i, &n_points);

      for (guint j = 0; j < n_points; j++)
        g_string_append_printf (text, "%s%d,%d", j > 0 ? " " : "", points[j].x, points[j].y);
      if (n_points > 0)
        g_string_append_c (text, '\n');
    }
  return g_string_free_to_bytes (text);
}

/* Digits only, and then one of the characters that may follow. */
static gboolean
read_number (const char **at, const char *after, int *number)
{
  int value = 0;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    {
      value = value * 10 + (**at - '0');
      if (value > IMP_STROKES_MAX_SIDE)
        return FALSE;
    }
  if (**at == '\0' || strchr (after, **at) == NULL)
    return FALSE;
  (*at)++;
  *number = value;
  return TRUE;
}

static ImpStrokes *
parse (const char *at)
{
  g_autoptr (ImpStrokes) strokes = NULL;
  int width = 0;
  int height = 0;
  int x = 0;
  int y = 0;

  if (!g_str_has_prefix (at, HEAD))
    return NULL;
  at += strlen (HEAD);
  if (!read_number (&at, " ", &width) || !read_number (&at, "\n", &height) || width < 1
      || height < 1)
    return NULL;
  strokes = imp_strokes_new (width, height);
  while (*at != '\0')
    {
      imp_strokes_begin (strokes);
      do
        if (!read_number (&at, ",", &x) || !read_number (&at, " \n", &y) || x > width || y > height
            || !imp_strokes_add (strokes, x, y))
          return NULL;
      while (at[-1] == ' ');
    }
  return strokes->lines->len > 0 ? g_steal_pointer (&strokes) : NULL;
}

/**
 * imp_strokes_from_bytes:
 * @bytes: text as imp_strokes_to_bytes() writes it
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the signature, or %NULL with %IMP_ERROR_DAMAGED for anything
 *   else, also for one without a line
 */
ImpStrokes *
imp_strokes_from_bytes (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);
  ImpStrokes *strokes = strlen (text) == length ? parse (text) : NULL;

  if (strokes == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                         _ ("This is no signature as Imprimatur keeps it: draw it again"));
  return strokes;
}

/**
 * imp_strokes_to_svg:
 * @strokes: a signature
 *
 * Returns: (transfer full): an SVG picture of it, black on white
 */
char *
imp_strokes_to_svg (const ImpStrokes *strokes)
{
  g_autoptr (GString) svg = g_string_new (NULL);

  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" "
                          "height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\">\n"
                          "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#fff\"/>\n",
                          strokes->width, strokes->height);
  for (guint i = 0; i < strokes->lines->len; i++)
    {
      guint n_points = 0;
      const ImpStrokePoint *points = imp_strokes_get_line (strokes, i, &n_points);

      if (n_points == 0)
        continue;
      g_string_append_printf (svg, "<path d=\"M%d %d", points[0].x, points[0].y);
      for (guint j = n_points > 1 ? 1 : 0; j < n_points; j++)
        g_string_append_printf (svg, "L%d %d", points[j].x, points[j].y);
      g_string_append (svg, "\" fill=\"none\" stroke=\"#000\" stroke-width=\"3\" "
                            "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\n");
    }
  g_string_append (svg, "</svg>\n");
  return g_strdup (svg->str);
}
