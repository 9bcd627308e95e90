#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-error.h"

/**
 * imp_gate_get_destinations:
 * @self: a gate
 *
 * Returns: (transfer none): the destinations of the pack in force
 */
const char *const *
imp_gate_get_destinations (ImpGate *self)
{
  return imp_pack_get_destinations (self->pack);
}

/**
 * imp_gate_get_pack_title:
 * @self: a gate
 *
 * Returns: (transfer none): the title of the pack in force
 */
const char *
imp_gate_get_pack_title (ImpGate *self)
{
  return imp_pack_get_title (self->pack);
}

/**
 * imp_gate_get_pack_id:
 * @self: a gate
 *
 * Returns: (transfer none): the id of the pack in force
 */
const char *
imp_gate_get_pack_id (ImpGate *self)
{
  return imp_pack_get_id (self->pack);
}

/**
 * imp_gate_questions:
 * @self: (nullable): a gate; %NULL asks the default pack
 * @route: "consent" or "anonymised"
 * @destination: a destination
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable) (element-type ImpQuestion): the questions in the
 *   wizard's order; %NULL with %IMP_ERROR_USAGE for an unknown route or
 *   destination
 */
GPtrArray *
imp_gate_questions (ImpGate *self, const char *route, const char *destination, GError **error)
{
  g_autoptr (ImpPack) pack =
      self != NULL ? _imp_gate_ref_pack (self) : _imp_gate_load_pack (NULL, error);
  g_autoptr (GPtrArray) shared = NULL;
  GPtrArray *questions = NULL;

  if (pack == NULL)
    return NULL;
  if ((g_strcmp0 (route, "consent") != 0 && g_strcmp0 (route, "anonymised") != 0)
      || destination == NULL || !g_strv_contains (imp_pack_get_destinations (pack), destination))
    {
      g_autofree char *all = g_strjoinv (", ", (char **)imp_pack_get_destinations (pack));

      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The route is consent or anonymised, and the destination one of: %s"), all);
      return NULL;
    }
  shared = imp_pack_get_questions (pack, route, destination);
  questions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_question_free);
  for (guint i = 0; i < shared->len; i++)
    g_ptr_array_add (questions, imp_question_copy (g_ptr_array_index (shared, i)));
  return questions;
}

/**
 * imp_gate_prefill:
 * @self: a gate
 * @request: a request
 * @key: a question's key
 * @source: (out) (optional) (nullable) (transfer full): where it is known from, in words
 *
 * Gives the answer that file, register or site already know, to be shown as such.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL where it is not known
 */
char *
imp_gate_prefill (ImpGate *self, ImpRequest *request, const char *key, char **source)
{
  g_autoptr (ImpPerson) person = NULL;

  if (source != NULL)
    *source = NULL;
  if (request->person_id != NULL && *request->person_id != '\0')
    person = imp_register_get_person (self->people, request->person_id, NULL);
  return imp_case_known_answer (self, request, person, key, source, NULL);
}

/**
 * imp_gate_verify_file_sync:
 * @file: anybody's file
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Has the sandboxed helper walk @file: is it flat and free of metadata, and what does it carry?
 *
 * Returns: (transfer full) (nullable): an a{sv} with flat b, format s, width i, height i,
 *   findings a(ss); %NULL where it cannot be read
 */
GVariant *
imp_gate_verify_file_sync (GFile *file, GCancellable *cancellable, GError **error)
{
  return imp_decode_verify_sync (file, cancellable, error);
}

/**
 * imp_gate_ledger_verify_sync:
 * @self: a gate
 * @head: (nullable): a chain head from a receipt, which must be in the chain
 * @n_rows: (out) (optional): how many rows there are
 * @head_now: (out) (optional) (transfer full): the last row's hash
 * @error: where to put the error
 *
 * Returns: whether every row follows from the one before, else %IMP_ERROR_REGISTER_DAMAGED naming
 *   the first that does not
 */
gboolean
imp_gate_ledger_verify_sync (ImpGate *self, const char *head, gint64 *n_rows, char **head_now,
                             GError **error)
{
  if (!imp_ledger_verify (self->ledger, head, n_rows, error))
    return FALSE;
  if (head_now == NULL)
    return TRUE;
  *head_now = imp_ledger_get_head (self->ledger, error);
  return *head_now != NULL;
}

/**
 * imp_gate_ledger_list_sync:
 * @self: a gate
 * @limit: at most so many
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): an aa{sv}, newest first: seq x, id s, export_id s, at s,
 *   kind s, body s (JSON), previous s, hash s; %NULL with %IMP_ERROR_REFUSED for who may not
 *   audit
 */
GVariant *
imp_gate_ledger_list_sync (ImpGate *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows = imp_gate_check_right (self, IMP_RIGHT_AUDIT, error)
                                   ? imp_ledger_list (self->ledger, limit, error)
                                   : NULL;
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const ImpLedgerRow *row = g_ptr_array_index (rows, i);
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&dict, "seq", "x", row->seq);
      g_variant_dict_insert (&dict, "id", "s", row->id);
      if (row->export_id != NULL) /* a row of no export: a look-up */
        g_variant_dict_insert (&dict, "export_id", "s", row->export_id);
      g_variant_dict_insert (&dict, "at", "s", row->at);
      g_variant_dict_insert (&dict, "kind", "s", row->kind);
      g_variant_dict_insert (&dict, "body", "s", row->body);
      g_variant_dict_insert (&dict, "previous", "s", row->previous);
      g_variant_dict_insert (&dict, "hash", "s", row->hash);
      g_variant_builder_add_value (&list, g_variant_dict_end (&dict));
    }
  return g_variant_ref_sink (g_variant_builder_end (&list));
}
