/* What is wrong with a file that somebody wants to take in: where, and a sentence without a
 * value. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_PROBLEM (imp_problem_get_type ())

typedef struct
{
  guint64 row;  /* of a table from 1, its header included; of a bundle, the entry from 1 */
  char *column; /* the column or element; "" for all of the row */
  char *message;
} ImpProblem;

GType imp_problem_get_type (void);
ImpProblem *imp_problem_new (guint64 row, const char *column, const char *message);
ImpProblem *imp_problem_copy (const ImpProblem *problem);
void imp_problem_free (ImpProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpProblem, imp_problem_free)

G_END_DECLS
