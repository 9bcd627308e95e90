/* The policy packs that were ever in force here, byte for byte. */
#include "imp-error.h"
#include "imp-register-private.h"

#include <glib/gi18n.h>

/**
 * imp_register_keep_pack:
 * @self: a register
 * @hash: SHA-256 of @json, 64 hexadecimal characters
 * @id: the pack's id
 * @version: its version
 * @json: the pack
 * @error: where to put the error
 *
 * Keeps @json for good; one that is kept already stays as it is.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_keep_pack (ImpRegister *self, const char *hash, const char *id, const char *version,
                        GBytes *json, GError **error)
{
  GVariant *bytes = g_variant_new_from_bytes (G_VARIANT_TYPE ("ay"), json, TRUE);

  return imp_store_run (self->store, error,
                        "INSERT INTO policy_pack (hash, id, version, json) VALUES (?, ?, ?, ?) "
                        "ON CONFLICT (hash) DO NOTHING",
                        g_variant_new ("(sss@ay)", hash, id, version, bytes), NULL);
}

static void
take_blob (ImpRow *row, gpointer user_data)
{
  GBytes **bytes = user_data;

  if (*bytes == NULL)
    *bytes = imp_row_blob (row, 0);
}

/**
 * imp_register_get_pack:
 * @self: a register
 * @hash: SHA-256 of a pack
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the pack as it was kept; %NULL without @error set where
 *   there is none, else with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GBytes *
imp_register_get_pack (ImpRegister *self, const char *hash, GError **error)
{
  g_autoptr (GBytes) json = NULL;

  if (!imp_store_query (self->store, error, "SELECT json FROM policy_pack WHERE hash = ?",
                        g_variant_new ("(s)", hash), take_blob, &json))
    return NULL;
  return g_steal_pointer (&json);
}

static void
take_pack (ImpRow *row, gpointer user_data)
{
  g_variant_builder_add (user_data, "(ssss)", imp_row_text (row, 0), imp_row_text (row, 1),
                         imp_row_text (row, 2), imp_row_text (row, 3));
}

/**
 * imp_register_list_packs:
 * @self: a register
 * @id: (nullable): those of this id alone
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): an a(ssss), newest first: hash, id, version, when it was
 *   added (UTC); %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GVariant *
imp_register_list_packs (ImpRegister *self, const char *id, GError **error)
{
  g_auto (GVariantBuilder) packs = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssss)"));

  if (!imp_store_query (self->store, error,
                        "SELECT hash, id, version, added FROM policy_pack "
                        "WHERE ?1 IS NULL OR id = ?1 ORDER BY added DESC, rowid DESC",
                        g_variant_new ("(ms)", id), take_pack, &packs))
    return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&packs));
}
