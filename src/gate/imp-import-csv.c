#include <glib/gi18n.h>

#include "imp-csv-entry.h"
#include "imp-error.h"
#include "imp-import-private.h"

#define CHUNK (64 * 1024)

typedef struct
{
  ImpImportJob *job;
  ImpCsvColumns *columns; /* nullable: the header has not come, or was wrong */
  gboolean has_header;
  GPtrArray *problems;
} Table;

static void
take_row (guint64 row, GPtrArray *cells, const char *problem, guint problem_cell,
          gpointer user_data)
{
  Table *table = user_data;
  g_autoptr (ImpEntry) entry = NULL;

  if (problem != NULL)
    {
      g_autofree char *place = g_strdup_printf (_ ("column %u"), problem_cell + 1);

      _imp_import_complain (table->job, row, place, problem);
      table->has_header = TRUE;
      return;
    }
  if (!table->has_header)
    {
      table->has_header = TRUE;
      table->columns = imp_csv_columns_new (cells, table->problems);
    }
  else if (table->columns != NULL
           && (row != 2 || !imp_csv_columns_is_explained (table->columns, cells)))
    entry = imp_csv_columns_read (table->columns, row, cells, table->problems);
  _imp_import_complain_all (table->job, table->problems);
  if (entry != NULL)
    _imp_import_take (table->job, row, entry);
}

static gboolean
read_all (ImpImportJob *job, GInputStream *stream, ImpCsvReader *reader, GChecksum *checksum,
          GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autoptr (GError) local_error = NULL;
  gssize got = 0;

  do
    {
      got = g_input_stream_read (stream, buffer, CHUNK, cancellable, &local_error);
      if (got > 0)
        {
          g_checksum_update (checksum, buffer, got);
          imp_csv_reader_feed (reader, buffer, (gsize)got);
        }
    }
  while (got > 0 && job->failed == NULL);
  if (got == 0)
    {
      imp_csv_reader_end (reader);
      return TRUE;
    }
  if (got < 0)
    _imp_import_set_read_error (local_error, error);
  return got > 0;
}

/**
 * _imp_import_read_csv:
 * @job: an import
 * @file: a table: RFC 4180, UTF-8
 * @cancellable: (nullable): to stop it
 * @sha256: (out): the hash of what was read
 * @error: where to put the error
 *
 * Reads the file row by row, holding one of them.
 *
 * Returns: whether it was read to its end, else %IMP_ERROR_UNREADABLE or %IMP_ERROR_CANCELLED
 */
gboolean
_imp_import_read_csv (ImpImportJob *job, GFile *file, GCancellable *cancellable, char **sha256,
                      GError **error)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  Table table = { job, NULL, FALSE, problems };
  g_autoptr (ImpCsvReader) reader = imp_csv_reader_new (take_row, &table);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local_error);
  gboolean done = FALSE;

  if (stream == NULL)
    {
      _imp_import_set_read_error (local_error, error);
      return FALSE;
    }
  done = read_all (job, G_INPUT_STREAM (stream), reader, checksum, cancellable, error);
  if (done && !table.has_header)
    _imp_import_complain (job, 1, NULL, _ ("The file is empty: its first row names the columns"));
  *sha256 = g_strdup (g_checksum_get_string (checksum));
  imp_csv_columns_free (table.columns);
  return done;
}
