/* A table that somebody wants to take in, in pieces of which the first byte gives the size. */
#include "fuzz.h"

#include "imp-csv-entry.h"

typedef struct
{
  ImpCsvColumns *columns;
  GPtrArray *problems;
  gboolean again;
  guint n_entries;
} Table;

static void take_row (guint64 row, GPtrArray *cells, const char *problem, guint problem_cell,
                      gpointer user_data);

static void
read_table (Table *table, const char *text, gsize length, gsize piece)
{
  g_autoptr (ImpCsvReader) reader = imp_csv_reader_new (take_row, table);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);

  table->problems = problems;
  for (gsize at = 0; at < length; at += piece)
    imp_csv_reader_feed (reader, text + at, MIN (piece, length - at));
  imp_csv_reader_end (reader);
  g_clear_pointer (&table->columns, imp_csv_columns_free);
}

/* What was read can be written, and then says the same. */
static void
write_and_read (const ImpEntry *entry)
{
  Table table = { NULL, NULL, TRUE, 0 };
  g_autoptr (GString) csv = g_string_new (NULL);

  imp_csv_append_header (csv);
  imp_csv_append_entry (csv, entry);
  read_table (&table, csv->str, csv->len, 7);
  FUZZ_HOLDS (table.n_entries == 1);
}

static void
take_row (guint64 row, GPtrArray *cells, const char *problem, guint problem_cell,
          gpointer user_data)
{
  Table *table = user_data;
  g_autoptr (ImpEntry) entry = NULL;

  FUZZ_HOLDS (row > 0 && cells->len > 0 && cells->len <= IMP_CSV_MAX_CELLS);
  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);

      FUZZ_HOLDS (g_utf8_validate (cell, -1, NULL) && strlen (cell) <= IMP_CSV_MAX_CELL);
    }
  if (problem != NULL)
    return;
  if (table->columns == NULL)
    {
      table->columns = imp_csv_columns_new (cells, table->problems);
      return;
    }
  entry = imp_csv_columns_read (table->columns, row, cells, table->problems);
  if (entry == NULL)
    return;
  table->n_entries++;
  if (!table->again)
    write_and_read (entry);
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Table table = { NULL, NULL, FALSE, 0 };
  g_autofree guint8 *copy = fuzz_dup (data + MIN (size, 1), size - MIN (size, 1));

  read_table (&table, (const char *)copy, size - MIN (size, 1), size > 0 ? data[0] + 1u : 1);
  return 0;
}
