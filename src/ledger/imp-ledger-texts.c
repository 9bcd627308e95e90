#include "imp-ledger-private.h"

static void
add_text (ImpRow *row, gpointer user_data)
{
  g_variant_builder_add (user_data, "{ss}", imp_row_text (row, 0), imp_row_text (row, 1));
}

/**
 * imp_ledger_list_texts:
 * @self: a ledger
 * @row_id: a row's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): an a{ss} of the row's texts that were not erased, in the
 *   order of their names, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GVariant *
imp_ledger_list_texts (ImpLedger *self, const char *row_id, GError **error)
{
  g_auto (GVariantBuilder) texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (!imp_store_query (self->store, error,
                        "SELECT key, value FROM ledger_text WHERE row_id = ? ORDER BY key",
                        g_variant_new ("(s)", row_id), add_text, &texts))
    return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&texts));
}

static void
add_row (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, imp_ledger_row_from_row (row));
}

/**
 * imp_ledger_list_export:
 * @self: a ledger
 * @export_id: what its rows share
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): all rows of one export,
 *   oldest first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list_export (ImpLedger *self, const char *export_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_ledger_row_free);

  if (!imp_store_query (self->store, error,
                        "SELECT " LEDGER_COLUMNS " FROM ledger WHERE export_id = ? ORDER BY seq",
                        g_variant_new ("(s)", export_id), add_row, rows))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * imp_ledger_list_about:
 * @self: a ledger
 * @person_id: a person's random id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpLedgerRow) (nullable): every row whose body names
 *   the person, oldest first, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_ledger_list_about (ImpLedger *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_ledger_row_free);

  if (!imp_store_query (self->store, error,
                        "SELECT " LEDGER_COLUMNS " FROM ledger "
                        "WHERE json_extract(body, '$.person') = ? ORDER BY seq",
                        g_variant_new ("(s)", person_id), add_row, rows))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * imp_ledger_get_last_record:
 * @self: a ledger
 * @record: which kind of record left: "backup", "csv", …
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the row of the last one that left and did not fail; %NULL
 *   without an error where there is none, else with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpLedgerRow *
imp_ledger_get_last_record (ImpLedger *self, const char *record, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_ledger_row_free);

  if (!imp_store_query (self->store, error,
                        "SELECT " LEDGER_COLUMNS " FROM ledger AS one WHERE kind = 'record' "
                        "AND json_extract(body, '$.record') = ? AND NOT EXISTS (SELECT 1 FROM "
                        "ledger AS other WHERE other.export_id = one.export_id "
                        "AND other.kind = 'failed') ORDER BY seq DESC LIMIT 1",
                        g_variant_new ("(s)", record), add_row, rows)
      || rows->len == 0)
    return NULL;
  return g_ptr_array_steal_index (rows, 0);
}
