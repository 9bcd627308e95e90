#include "imp-problem.h"

G_DEFINE_BOXED_TYPE (ImpProblem, imp_problem, imp_problem_copy, imp_problem_free)

/**
 * imp_problem_new:
 * @row: the row or entry, from 1
 * @column: (nullable): the column or element
 * @message: what is wrong and what to do, without a value of the file
 *
 * Returns: (transfer full): the problem
 */
ImpProblem *
imp_problem_new (guint64 row, const char *column, const char *message)
{
  ImpProblem *problem = g_new0 (ImpProblem, 1);

  problem->row = row;
  problem->column = g_strdup (column != NULL ? column : "");
  problem->message = g_strdup (message);
  return problem;
}

/**
 * imp_problem_copy:
 * @problem: a problem
 *
 * Returns: (transfer full): a copy
 */
ImpProblem *
imp_problem_copy (const ImpProblem *problem)
{
  return imp_problem_new (problem->row, problem->column, problem->message);
}

/**
 * imp_problem_free:
 * @problem: (transfer full) (nullable): a problem
 */
void
imp_problem_free (ImpProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}
