#include "imp-csv.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum
{
  AT_CELL,  /* before the first character of a cell */
  IN_PLAIN, /* in a cell without quotes */
  IN_QUOTES,
  AFTER_QUOTE, /* a quote inside quotes: the end, or the first of two */
  AFTER_RETURN,
} State;

struct _ImpCsvReader
{
  ImpCsvRowFunc func;
  gpointer user_data;

  State state;
  guint bom; /* how much of a byte order mark has come; 3: what follows is text */
  guint64 row;
  GPtrArray *cells; /* owned: char* */
  GString *cell;
  gboolean quoted; /* whether the row has a quoted cell: such a row is never blank */
  const char *problem;
  guint problem_cell;
};

static const guint8 BOM[] = { 0xef, 0xbb, 0xbf };

/**
 * imp_csv_reader_new:
 * @func: called for every row, in order, the first of them being 1; blank lines count, but are
 *   left out, as a spreadsheet counts them
 * @user_data: for @func
 *
 * A reader takes a file piece by piece and holds one row of it. Lines end with CRLF or LF; a byte
 * order mark at the beginning is left out. What RFC 4180 does not allow, text that is not UTF-8,
 * NUL, a cell of more than %IMP_CSV_MAX_CELL bytes and a row of more than %IMP_CSV_MAX_CELLS cells
 * are a problem of the row, and reading goes on with the next.
 *
 * Returns: (transfer full): the reader
 */
ImpCsvReader *
imp_csv_reader_new (ImpCsvRowFunc func, gpointer user_data)
{
  ImpCsvReader *self = g_new0 (ImpCsvReader, 1);

  self->func = func;
  self->user_data = user_data;
  self->row = 1;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->cell = g_string_new (NULL);
  return self;
}

/* The first thing that is wrong with a row is what is said of it. */
static void
set_problem (ImpCsvReader *self, const char *problem)
{
  if (self->problem != NULL)
    return;
  self->problem = problem;
  self->problem_cell = self->cells->len;
}

static void
add_byte (ImpCsvReader *self, char byte)
{
  if (byte == '\0')
    set_problem (self, _ ("There is a character here that no text has (NUL): save the file again "
                          "as CSV in UTF-8"));
  else if (self->cell->len >= IMP_CSV_MAX_CELL)
    set_problem (self, _ ("This cell is too long"));
  else
    g_string_append_c (self->cell, byte);
}

static void
end_cell (ImpCsvReader *self)
{
  if (!g_utf8_validate (self->cell->str, (gssize)self->cell->len, NULL))
    set_problem (self, _ ("This is not UTF-8: save the file again as CSV in UTF-8"));
  if (self->cells->len >= IMP_CSV_MAX_CELLS)
    set_problem (self, _ ("There are too many cells in this row"));
  else
    g_ptr_array_add (self->cells, g_strdup (self->problem != NULL ? "" : self->cell->str));
  g_string_truncate (self->cell, 0);
  self->state = AT_CELL;
}

static void
end_row (ImpCsvReader *self)
{
  const char *first = NULL;

  end_cell (self);
  first = g_ptr_array_index (self->cells, 0);
  if (self->problem != NULL || self->quoted || self->cells->len > 1 || *first != '\0')
    self->func (self->row, self->cells, self->problem, self->problem_cell, self->user_data);
  g_ptr_array_set_size (self->cells, 0);
  self->quoted = FALSE;
  self->problem = NULL;
  self->row++;
}

/* A character outside of quotes. */
static void
take_plain (ImpCsvReader *self, char byte)
{
  switch (byte)
    {
    case ',':
      end_cell (self);
      break;
    case '\n':
      end_row (self);
      break;
    case '\r':
      self->state = AFTER_RETURN;
      break;
    case '"':
      if (self->state == AT_CELL)
        {
          self->state = IN_QUOTES;
          self->quoted = TRUE;
          break;
        }
      set_problem (self, _ ("There is a quotation mark inside a cell that has none around it"));
      break;
    default:
      if (self->state == AFTER_QUOTE)
        set_problem (self, _ ("There is text after the closing quotation mark of a cell"));
      self->state = IN_PLAIN;
      add_byte (self, byte);
    }
}

static void
take (ImpCsvReader *self, char byte)
{
  switch (self->state)
    {
    case IN_QUOTES:
      if (byte == '"')
        self->state = AFTER_QUOTE;
      else
        add_byte (self, byte);
      break;
    case AFTER_QUOTE:
      if (byte == '"')
        {
          add_byte (self, byte);
          self->state = IN_QUOTES;
          break;
        }
      take_plain (self, byte);
      break;
    case AFTER_RETURN:
      if (byte == '\n')
        {
          end_row (self);
          break;
        }
      set_problem (self, _ ("A line ends in an old way (CR alone): save the file again as CSV in "
                            "UTF-8"));
      self->state = IN_PLAIN;
      take_plain (self, byte);
      break;
    case AT_CELL:
    case IN_PLAIN:
    default:
      take_plain (self, byte);
    }
}

/**
 * imp_csv_reader_feed:
 * @self: a reader
 * @data: the next piece of the file
 * @length: its bytes
 */
void
imp_csv_reader_feed (ImpCsvReader *self, gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    {
      if (self->bom < sizeof BOM && bytes[i] == BOM[self->bom])
        {
          self->bom++;
          continue;
        }
      /* What began like a mark was none. */
      for (guint k = 0; self->bom < sizeof BOM && k < self->bom; k++)
        take (self, (char)BOM[k]);
      self->bom = sizeof BOM;
      take (self, (char)bytes[i]);
    }
}

/**
 * imp_csv_reader_end:
 * @self: a reader that was fed all of a file
 *
 * Gives the last row, which needs no end of line.
 */
void
imp_csv_reader_end (ImpCsvReader *self)
{
  for (guint k = 0; self->bom < sizeof BOM && k < self->bom; k++)
    take (self, (char)BOM[k]);
  self->bom = sizeof BOM;
  if (self->state == IN_QUOTES)
    set_problem (self, _ ("A quotation mark is opened in this row and never closed"));
  if (self->state != AT_CELL || self->cells->len > 0 || self->cell->len > 0)
    end_row (self);
}

/**
 * imp_csv_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
imp_csv_reader_free (ImpCsvReader *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_string_free (self->cell, TRUE);
  g_free (self);
}

/* ---- writing ---- */

static void
append_cell (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  g_string_append_c (csv, '"');
}

/**
 * imp_csv_append_row:
 * @csv: a file on its way
 * @cells: UTF-8 texts; %NULL is an empty cell
 * @n_cells: how many there are
 *
 * Appends one row, quoted where RFC 4180 section 2 asks for it, with CRLF at its end.
 */
void
imp_csv_append_row (GString *csv, const char *const *cells, gsize n_cells)
{
  for (gsize i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      if (cells[i] != NULL)
        append_cell (csv, cells[i]);
    }
  g_string_append (csv, "\r\n");
}

/* Whether a spreadsheet may compute what begins so: the signs of a formula, also in their wide
 * forms, and with what it leaves out before them. */
static gboolean
begins_formula (const char *text)
{
  static const gunichar SIGNS[] = {
    '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20,
  };
  gunichar first = g_utf8_get_char (text);

  if (first == '\t' || first == '\r' || first == '\n')
    return TRUE;
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  first = g_utf8_get_char (text);
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNS); i++)
    if (first == SIGNS[i])
      return TRUE;
  return FALSE;
}

/**
 * imp_csv_neutralise:
 * @text: (nullable): UTF-8 for a cell
 *
 * A cell that begins like a formula gets an apostrophe before it; one that begins with an
 * apostrophe gets another, so that imp_csv_restore() gives back what it was.
 *
 * Returns: (transfer full) (nullable): the text of the cell
 */
char *
imp_csv_neutralise (const char *text)
{
  if (text == NULL)
    return NULL;
  return *text == '\'' || begins_formula (text) ? g_strconcat ("'", text, NULL) : g_strdup (text);
}

/**
 * imp_csv_restore:
 * @text: (nullable): a cell that imp_csv_neutralise() gave
 *
 * Returns: (transfer full) (nullable): what it had been
 */
char *
imp_csv_restore (const char *text)
{
  return g_strdup (text != NULL && *text == '\'' ? text + 1 : text);
}
