#include "imp-row.h"

#include <string.h>

#include "imp-database.h"
#include "imp-error.h"

static int
bind_value (sqlite3_stmt *statement, int index, GVariant *value)
{
  gsize length = 0;
  const char *text = NULL;
  gconstpointer data = NULL;

  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_STRING:
      text = g_variant_get_string (value, &length);
      return sqlite3_bind_text64 (statement, index, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
    case G_VARIANT_CLASS_INT64:
      return sqlite3_bind_int64 (statement, index, g_variant_get_int64 (value));
    case G_VARIANT_CLASS_BOOLEAN:
      return sqlite3_bind_int (statement, index, g_variant_get_boolean (value) ? 1 : 0);
    case G_VARIANT_CLASS_DOUBLE:
      return sqlite3_bind_double (statement, index, g_variant_get_double (value));
    case G_VARIANT_CLASS_ARRAY:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
        return SQLITE_MISUSE;
      data = g_variant_get_fixed_array (value, &length, 1);
      return sqlite3_bind_blob64 (statement, index, data != NULL ? data : "", length,
                                  SQLITE_TRANSIENT);
    default:
      return SQLITE_MISUSE;
    }
}

/**
 * imp_row_bind:
 * @statement: a fresh statement
 * @parameters: (nullable): a tuple of s, x, b, d, ay and of ms, mx, may, as many as @statement
 *   has parameters
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE for another number or kind of parameters
 */
gboolean
imp_row_bind (sqlite3_stmt *statement, GVariant *parameters, GError **error)
{
  gsize n_parameters = parameters != NULL ? g_variant_n_children (parameters) : 0;

  if ((parameters != NULL && !g_variant_is_of_type (parameters, G_VARIANT_TYPE_TUPLE))
      || n_parameters != (gsize)sqlite3_bind_parameter_count (statement))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "A statement was given the wrong number of parameters");
      return FALSE;
    }
  for (gsize i = 0; i < n_parameters; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (parameters, i);
      g_autoptr (GVariant) value = NULL;
      int result = SQLITE_OK;

      if (g_variant_classify (child) == G_VARIANT_CLASS_MAYBE)
        value = g_variant_get_maybe (child);
      else
        value = g_variant_ref (child);
      if (value == NULL)
        result = sqlite3_bind_null (statement, (int)i + 1);
      else
        result = bind_value (statement, (int)i + 1, value);
      if (result != SQLITE_OK)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "Parameter %d of a statement cannot be passed on: %s", (int)i + 1,
                       sqlite3_errstr (result));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * imp_row_text:
 * @row: a row, during the callback
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the text, valid during the callback, or %NULL for NULL
 */
const char *
imp_row_text (ImpRow *row, int column)
{
  return (const char *)sqlite3_column_text (row->statement, column);
}

/**
 * imp_row_integer:
 * @row: a row, during the callback
 * @column: from 0
 *
 * Returns: the number, 0 for NULL
 */
gint64
imp_row_integer (ImpRow *row, int column)
{
  return sqlite3_column_int64 (row->statement, column);
}

/**
 * imp_row_is_null:
 * @row: a row, during the callback
 * @column: from 0
 *
 * Returns: whether the column holds NULL
 */
gboolean
imp_row_is_null (ImpRow *row, int column)
{
  return sqlite3_column_type (row->statement, column) == SQLITE_NULL;
}

/**
 * imp_row_blob:
 * @row: a row, during the callback
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): a copy of the bytes, or %NULL for NULL
 */
GBytes *
imp_row_blob (ImpRow *row, int column)
{
  gconstpointer data = NULL;

  if (imp_row_is_null (row, column))
    return NULL;
  data = sqlite3_column_blob (row->statement, column);
  return g_bytes_new (data, (gsize)sqlite3_column_bytes (row->statement, column));
}
