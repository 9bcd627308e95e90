/* The grammar of RFC 4180, its limits, and what keeps a cell from being a formula. */
#include <string.h>

#include "imp-csv-entry.h"

typedef struct
{
  GPtrArray *rows; /* GPtrArray of char* */
  GArray *numbers; /* guint64 */
  GPtrArray *problems;
  guint problem_cell;
} Seen;

static void
take_row (guint64 row, GPtrArray *cells, const char *problem, guint problem_cell,
          gpointer user_data)
{
  Seen *seen = user_data;
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (cells, i)));
  g_ptr_array_add (seen->rows, copy);
  g_array_append_val (seen->numbers, row);
  if (problem != NULL)
    {
      g_ptr_array_add (seen->problems, g_strdup (problem));
      seen->problem_cell = problem_cell;
    }
}

static Seen *
read_in_pieces (const char *text, gsize length, gsize piece)
{
  Seen *seen = g_new0 (Seen, 1);
  g_autoptr (ImpCsvReader) reader = imp_csv_reader_new (take_row, seen);

  seen->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  seen->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  seen->problems = g_ptr_array_new_with_free_func (g_free);
  for (gsize at = 0; at < length; at += piece)
    imp_csv_reader_feed (reader, text + at, MIN (piece, length - at));
  imp_csv_reader_end (reader);
  return seen;
}

static void
seen_free (Seen *seen)
{
  g_ptr_array_unref (seen->rows);
  g_array_unref (seen->numbers);
  g_ptr_array_unref (seen->problems);
  g_free (seen);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Seen, seen_free)

/* Rows as "a|b;c|d". */
static char *
flat (const Seen *seen)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < seen->rows->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (seen->rows, i);

      g_string_append (text, i > 0 ? ";" : "");
      for (guint k = 0; k < cells->len; k++)
        g_string_append_printf (text, "%s%s", k > 0 ? "|" : "",
                                (const char *)g_ptr_array_index (cells, k));
    }
  return g_strdup (text->str);
}

/* ---- reading: the examples of RFC 4180 section 2, and what files do besides ---- */

static void
test_grammar (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } CASES[] = {
    { "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc;zzz|yyy|xxx" },
    { "aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc;zzz|yyy|xxx" },
    { "\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc;zzz|yyy|xxx" },
    { "\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc;zzz|yyy|xxx" },
    { "\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc" },
    { "a,b\nc,d\n", "a|b;c|d" },
    { "\xef\xbb\xbf"
      "a,b\r\n",
      "a|b" },
    { "a,,\r\n,,\r\n", "a||;||" },
    { "\"\"\r\n", "" },
    { " a , b \r\n", " a | b " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    for (gsize piece = 1; piece < 8; piece++)
      {
        g_autoptr (Seen) seen = read_in_pieces (CASES[i].text, strlen (CASES[i].text), piece);
        g_autofree char *rows = flat (seen);

        g_assert_cmpstr (rows, ==, CASES[i].rows);
        g_assert_cmpuint (seen->problems->len, ==, 0);
      }
}

/* A spreadsheet's row numbers: a blank line counts, a line break within a cell does not. */
static void
test_row_numbers (void)
{
  const char *text = "h\r\n\r\n\"a\r\nb\"\r\nc\r\n";
  g_autoptr (Seen) seen = read_in_pieces (text, strlen (text), 3);

  g_assert_cmpuint (seen->rows->len, ==, 3);
  g_assert_cmpuint (g_array_index (seen->numbers, guint64, 0), ==, 1);
  g_assert_cmpuint (g_array_index (seen->numbers, guint64, 1), ==, 3);
  g_assert_cmpuint (g_array_index (seen->numbers, guint64, 2), ==, 4);
}

#define WRONG(text, cell)                                                                          \
  {                                                                                                \
    text, sizeof text - 1, cell                                                                    \
  }

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    guint cell;
  } CASES[] = {
    WRONG ("a,b\"c\r\nnext", 1),     /* a quotation mark in the middle */
    WRONG ("a,\"b\"c\r\nnext", 1),   /* text after the closing one */
    WRONG ("a\0b,c\r\nnext", 0),     /* NUL */
    WRONG ("\"a\0b\",c\r\nnext", 0), /* and within quotes */
    WRONG ("a,\xff\xfe\r\nnext", 1), /* not UTF-8 */
    WRONG ("a,\xc3\r\nnext", 1),     /* half a character */
    WRONG ("a\rb\r\nnext", 0),       /* CR alone */
    WRONG ("\xef\xbb,b\r\nnext", 0), /* two thirds of a mark */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (Seen) seen = read_in_pieces (CASES[i].text, CASES[i].length, 2);
      GPtrArray *last = g_ptr_array_index (seen->rows, seen->rows->len - 1);

      g_assert_cmpuint (seen->problems->len, ==, 1);
      g_assert_cmpuint (seen->problem_cell, ==, CASES[i].cell);
      g_assert_cmpuint (seen->rows->len, ==, 2);
      g_assert_cmpstr (g_ptr_array_index (last, 0), ==, "next");
    }
}

static void
test_never_closed (void)
{
  const char *text = "a,b\r\n\"c,d\r\ne,f\r\n";
  g_autoptr (Seen) seen = read_in_pieces (text, strlen (text), 5);

  g_assert_cmpuint (seen->rows->len, ==, 2);
  g_assert_cmpuint (seen->problems->len, ==, 1);
  g_assert_cmpuint (g_array_index (seen->numbers, guint64, 1), ==, 2);
}

/* A cell of ten megabytes, and a row of a million cells: neither is kept. */
static void
test_too_long (void)
{
  gsize length = 10 * 1024 * 1024;
  g_autofree char *long_cell = g_malloc (length);
  g_autofree char *commas = g_malloc (1000 * 1000);
  g_autoptr (Seen) seen = NULL;
  g_autoptr (Seen) wide = NULL;

  memset (long_cell, 'x', length);
  memcpy (long_cell + length - 5, "\r\nok\n", 5);
  seen = read_in_pieces (long_cell, length, 64 * 1024);
  g_assert_cmpuint (seen->rows->len, ==, 2);
  g_assert_cmpuint (seen->problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index ((GPtrArray *)g_ptr_array_index (seen->rows, 1), 0), ==, "ok");
  memset (commas, ',', 1000 * 1000);
  wide = read_in_pieces (commas, 1000 * 1000, 4096);
  g_assert_cmpuint (wide->problems->len, ==, 1);
  g_assert_cmpuint (((GPtrArray *)g_ptr_array_index (wide->rows, 0))->len, ==, IMP_CSV_MAX_CELLS);
}

/* ---- writing ---- */

static char *
random_text (GRand *random)
{
  static const char *const PIECES[] = {
    "a",  "'", "=", "+", "-",  "@", "\t", "\r",       "\n",
    "\"", ",", " ", "é", "李", "0", "＝", "\xc2\xa0", ";",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  int length = g_rand_int_range (random, 0, 7);

  for (int i = 0; i < length; i++)
    g_string_append (text, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
  return g_strdup (text->str);
}

/* Whatever is written comes back, read in whatever pieces; and no cell begins like a formula. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4180);

  for (int round = 0; round < 5000; round++)
    {
      char *texts[3] = { random_text (random), random_text (random), random_text (random) };
      char *cells[3] = { NULL };
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (Seen) seen = NULL;
      GPtrArray *row = NULL;

      for (int i = 0; i < 3; i++)
        {
          cells[i] = imp_csv_neutralise (texts[i]);
          g_assert_null (memchr ("=+-@\t\r\n", cells[i][0], cells[i][0] != '\0' ? 7 : 0));
        }
      imp_csv_append_row (csv, (const char *const *)cells, 3);
      seen = read_in_pieces (csv->str, csv->len, (gsize)g_rand_int_range (random, 1, 9));
      g_assert_cmpuint (seen->problems->len, ==, 0);
      g_assert_cmpuint (seen->rows->len, ==, 1);
      row = g_ptr_array_index (seen->rows, 0);
      g_assert_cmpuint (row->len, ==, 3);
      for (int i = 0; i < 3; i++)
        {
          g_autofree char *back = imp_csv_restore (g_ptr_array_index (row, i));

          g_assert_cmpstr (back, ==, texts[i]);
          g_free (texts[i]);
          g_free (cells[i]);
        }
    }
}

static void
test_formulas (void)
{
  static const char *const CASES[][2] = {
    { "=1+1", "'=1+1" },         { "+44 20", "'+44 20" }, { "-5", "'-5" },
    { "@SUM(A1)", "'@SUM(A1)" }, { "\t=1", "'\t=1" },     { "\rx", "'\rx" },
    { "  =1", "'  =1" },         { "＝1", "'＝1" },       { "'t Hooft", "''t Hooft" },
    { "O'Neill", "O'Neill" },    { "1-2", "1-2" },        { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *cell = imp_csv_neutralise (CASES[i][0]);
      g_autofree char *back = imp_csv_restore (cell);

      g_assert_cmpstr (cell, ==, CASES[i][1]);
      g_assert_cmpstr (back, ==, CASES[i][0]);
    }
}

/* ---- the register's columns ---- */

static GPtrArray *
cells_of (const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", -1);
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (cells, g_strdup (parts[i]));
  return cells;
}

static ImpEntry *
read_entry (const char *header, const char *line, GPtrArray *problems)
{
  g_autoptr (GPtrArray) names = cells_of (header);
  g_autoptr (GPtrArray) cells = cells_of (line);
  g_autoptr (ImpCsvColumns) columns = imp_csv_columns_new (names, problems);

  return columns != NULL ? imp_csv_columns_read (columns, 2, cells, problems) : NULL;
}

/* An apostrophe is taken away from our own files only. */
static void
test_whose_file (void)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  g_autoptr (ImpEntry) ours =
      read_entry ("format|hospital_number|name", "imprimatur-1|H204417|''t Hooft", problems);
  g_autoptr (ImpEntry) theirs = read_entry ("hospital_number|name", "H204417|'t Hooft", problems);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpstr (ours->person->name, ==, "'t Hooft");
  g_assert_cmpstr (theirs->person->name, ==, "'t Hooft");
  g_assert_null (ours->permission);
  g_assert_null (read_entry ("format|name", "imprimatur-9|x", problems));
  g_assert_cmpuint (problems->len, ==, 1);
}

static void
test_problems_name_the_column (void)
{
  static const struct
  {
    const char *header;
    const char *line;
    const char *column;
    guint64 row;
  } CASES[] = {
    { "hospital_number|born", "H204417|03/05/1961", "born", 2 },
    { "hospital_number|born", "H204417|2023-02-29", "born", 2 },
    { "hospital_number|died", "H204417|perhaps", "died", 2 },
    { "hospital_number|objects", "H204417|maybe", "objects", 2 },
    { "hospital_number|level|given", "H204417|everything|2026-01-05", "level", 2 },
    { "hospital_number|level", "H204417|teaching-closed", "given", 2 },
    { "hospital_number|level|given|given_by", "H204417|record-only|2026-01-05|me", "given_by", 2 },
    { "hospital_number|level|given|state", "H204417|record-only|2026-01-05|good", "state", 2 },
    { "hospital_number|level|given|evidence", "H204417|record-only|2026-01-05|a nod", "evidence",
      2 },
    { "hospital_number|level|given|withdrawn", "H204417|record-only|2026-01-05|2026-02-01", "state",
      2 },
    { "name", "EXAMPLE^PERSON A", "hospital_number", 2 },
    { "hospital_number|name", "H204417", "", 2 },
    { "hospital_number|shoe_size", "H204417|9", "column 2", 1 },
    { "name|name", "a|b", "column 2", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) problems =
          g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
      g_autoptr (ImpEntry) entry = read_entry (CASES[i].header, CASES[i].line, problems);
      const ImpProblem *problem = NULL;

      g_assert_null (entry);
      g_assert_cmpuint (problems->len, ==, 1);
      problem = g_ptr_array_index (problems, 0);
      g_assert_cmpstr (problem->column, ==, CASES[i].column);
      g_assert_cmpuint (problem->row, ==, CASES[i].row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/csv/grammar", test_grammar);
  g_test_add_func ("/papers/csv/row-numbers", test_row_numbers);
  g_test_add_func ("/papers/csv/wrong", test_wrong);
  g_test_add_func ("/papers/csv/never-closed", test_never_closed);
  g_test_add_func ("/papers/csv/too-long", test_too_long);
  g_test_add_func ("/papers/csv/round-trip", test_round_trip);
  g_test_add_func ("/papers/csv/formulas", test_formulas);
  g_test_add_func ("/papers/csv/whose-file", test_whose_file);
  g_test_add_func ("/papers/csv/problems-name-the-column", test_problems_name_the_column);
  return g_test_run ();
}
