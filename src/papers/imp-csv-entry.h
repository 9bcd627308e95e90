/* The register as a table: one row a permission, one for a person who has none.
 *
 * Owns: the columns, and which files are our own.
 * May include: core, the register's types.  Must never: touch the register or a file. */
#pragma once

#include "imp-csv.h"
#include "imp-entry.h"
#include "imp-problem.h"

G_BEGIN_DECLS

#define IMP_CSV_FORMAT "imprimatur-1"

void imp_csv_append_header (GString *csv);
void imp_csv_append_template (GString *csv);
void imp_csv_append_entry (GString *csv, const ImpEntry *entry);

typedef struct _ImpCsvColumns ImpCsvColumns;

ImpCsvColumns *imp_csv_columns_new (GPtrArray *header, GPtrArray *problems);
gboolean imp_csv_columns_is_explained (const ImpCsvColumns *self, GPtrArray *cells);
ImpEntry *imp_csv_columns_read (const ImpCsvColumns *self, guint64 row, GPtrArray *cells,
                                GPtrArray *problems);
void imp_csv_columns_free (ImpCsvColumns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCsvColumns, imp_csv_columns_free)

G_END_DECLS
