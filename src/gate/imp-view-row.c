#include "imp-view-row.h"

G_DEFINE_BOXED_TYPE (ImpViewRow, imp_view_row, imp_view_row_copy, imp_view_row_free)

/**
 * imp_view_row_new:
 *
 * Returns: (transfer full): an empty row
 */
ImpViewRow *
imp_view_row_new (void)
{
  return g_new0 (ImpViewRow, 1);
}

/**
 * imp_view_row_copy:
 * @row: a row
 *
 * Returns: (transfer full): a copy
 */
ImpViewRow *
imp_view_row_copy (const ImpViewRow *row)
{
  ImpViewRow *copy = imp_view_row_new ();

  *copy = *row;
  copy->person_id = g_strdup (row->person_id);
  copy->name = g_strdup (row->name);
  copy->number = g_strdup (row->number);
  copy->permission_id = g_strdup (row->permission_id);
  copy->level = g_strdup (row->level);
  copy->scope = g_strdup (row->scope);
  copy->state = g_strdup (row->state);
  copy->day = g_strdup (row->day);
  copy->copy = row->copy != NULL ? imp_copy_copy (row->copy) : NULL;
  copy->parked = row->parked != NULL ? imp_parked_case_copy (row->parked) : NULL;
  copy->after = g_strdup (row->after);
  return copy;
}

/**
 * imp_view_row_free:
 * @row: (transfer full) (nullable): a row
 */
void
imp_view_row_free (ImpViewRow *row)
{
  if (row == NULL)
    return;
  g_free (row->person_id);
  g_free (row->name);
  g_free (row->number);
  g_free (row->permission_id);
  g_free (row->level);
  g_free (row->scope);
  g_free (row->state);
  g_free (row->day);
  imp_copy_free (row->copy);
  imp_parked_case_free (row->parked);
  g_free (row->after);
  g_free (row);
}
