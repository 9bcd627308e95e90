/* One import on its way. Private to the gate. */
#pragma once

#include "gate-private.h"
#include "imp-entry.h"
#include "imp-import.h"

G_BEGIN_DECLS

#define IMP_IMPORT_MAX_PROBLEMS 1000

/**
 * ImpImportJob:
 * @gate: the gate, with a transaction open
 * @import: what came of it so far
 * @known: the file's ids of people -> the register's
 * @failed: (nullable): why it cannot go on at all; not a problem of the file
 */
typedef struct
{
  ImpGate *gate;
  ImpImport *import;
  GHashTable *known;
  GError *failed;
} ImpImportJob;

void _imp_import_take (ImpImportJob *job, guint64 row, const ImpEntry *entry);
void _imp_import_complain (ImpImportJob *job, guint64 row, const char *column, const char *message);
void _imp_import_complain_all (ImpImportJob *job, GPtrArray *problems);
void _imp_import_set_read_error (const GError *cause, GError **error);
gboolean _imp_import_read_csv (ImpImportJob *job, GFile *file, GCancellable *cancellable,
                               char **sha256, GError **error);
gboolean _imp_import_read_fhir (ImpImportJob *job, GFile *file, GCancellable *cancellable,
                                char **sha256, GError **error);

G_END_DECLS
