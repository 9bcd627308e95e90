/* Comma-separated values as RFC 4180 has them: pure functions over bytes and text.
 *
 * Owns: the grammar, and what keeps a spreadsheet from taking a cell for a formula.
 * May include: core.  Must never: know what a column means. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_CSV_MAX_CELL (64 * 1024)
#define IMP_CSV_MAX_CELLS 256

typedef struct _ImpCsvReader ImpCsvReader;

/* One row as it was read. problem: (nullable): why it is none, at which cell (from 0). */
typedef void (*ImpCsvRowFunc) (guint64 row, GPtrArray *cells, const char *problem,
                               guint problem_cell, gpointer user_data);

ImpCsvReader *imp_csv_reader_new (ImpCsvRowFunc func, gpointer user_data);
void imp_csv_reader_feed (ImpCsvReader *self, gconstpointer data, gsize length);
void imp_csv_reader_end (ImpCsvReader *self);
void imp_csv_reader_free (ImpCsvReader *self);

void imp_csv_append_row (GString *csv, const char *const *cells, gsize n_cells);
char *imp_csv_neutralise (const char *text);
char *imp_csv_restore (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCsvReader, imp_csv_reader_free)

G_END_DECLS
