/* Taking records in: a file is read to its end, everything wrong with it is named by row and
 * column, and only a file without a problem is applied, in one transaction.
 *
 * Owns: the verbs that take a file in.
 * May include: register, papers, core.  Must never: change what the register already has. */
#pragma once

#include "gate.h"
#include "imp-problem.h"

G_BEGIN_DECLS

#define IMP_TYPE_IMPORT (imp_import_get_type ())

/**
 * ImpImport:
 * @applied: whether the register has all of it now; %FALSE after a dry run, or with problems
 * @n_rows: rows with a person or a permission in them
 * @n_people: who is new
 * @n_permissions: which are new
 * @n_objections: people of the register who are now known to object
 * @n_unchanged: permissions that the register has already
 * @problems: (element-type ImpProblem): the first of them, in the file's order
 * @n_problems: how many there are in all
 */
typedef struct
{
  gboolean applied;
  gint64 n_rows;
  gint64 n_people;
  gint64 n_permissions;
  gint64 n_objections;
  gint64 n_unchanged;
  GPtrArray *problems;
  guint64 n_problems;
} ImpImport;

GType imp_import_get_type (void);
ImpImport *imp_import_copy (const ImpImport *import);
void imp_import_free (ImpImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImport, imp_import_free)

/* format: "csv" or "fhir". With problems this is no error: the answer holds them. */
void imp_gate_import_async (ImpGate *self, const char *format, GFile *file, gboolean dry_run,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
ImpImport *imp_gate_import_finish (ImpGate *self, GAsyncResult *result, GError **error);
ImpImport *imp_gate_import_sync (ImpGate *self, const char *format, GFile *file, gboolean dry_run,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
