/* "Ask the Guardian": what is asked for waits for a second person. */
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "imp-approval.h"
#include "imp-error.h"
#include "imp-id.h"

#define REASON_MIN 15 /* characters, as article row 3 asks */

/* ---- parking ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
add_answers (JsonBuilder *builder, GHashTable *answers)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (answers), compare_keys);

  json_builder_set_member_name (builder, "answers");
  json_builder_begin_object (builder);
  for (GList *key = keys; key != NULL; key = key->next)
    add_text (builder, key->data, g_hash_table_lookup (answers, key->data));
  json_builder_end_object (builder);
}

static void
add_rect (JsonBuilder *builder, const ImpRect *rect)
{
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, rect->x);
  json_builder_add_int_value (builder, rect->y);
  json_builder_add_int_value (builder, rect->width);
  json_builder_add_int_value (builder, rect->height);
  json_builder_end_array (builder);
}

static void
add_rects (JsonBuilder *builder, const char *name, GArray *rects)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rects->len; i++)
    add_rect (builder, &g_array_index (rects, ImpRect, i));
  json_builder_end_array (builder);
}

static void
add_crop (JsonBuilder *builder, const ImpCase *the_case)
{
  json_builder_set_member_name (builder, "crop");
  if (the_case->has_crop)
    add_rect (builder, &the_case->crop);
  else
    json_builder_add_null_value (builder);
}

static void
add_overlays (JsonBuilder *builder, const ImpCase *the_case)
{
  g_auto (GStrv) drawn = imp_case_list_overlays (the_case, TRUE);

  json_builder_set_member_name (builder, "overlays_drawn");
  json_builder_begin_array (builder);
  for (char **overlay = drawn; overlay != NULL && *overlay != NULL; overlay++)
    json_builder_add_string_value (builder, *overlay);
  json_builder_end_array (builder);
}

/* Everything that the digest holds and a person can judge (imp_case_digest()), in the order of the
 * names: the same request is the same text. What the file is called helps to find it again; it is
 * erased with the rest. */
static char *
describe_request (const ImpCase *the_case)
{
  const ImpRequest *request = the_case->request;
  GFile *file = imp_source_get_file (request->source);
  g_autofree char *file_name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *shown_name = file_name != NULL ? g_filename_display_name (file_name) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_rects (builder, "acknowledged", request->acknowledged);
  add_text (builder, "alt", request->alt);
  add_answers (builder, the_case->answers);
  add_rects (builder, "boxes_as_filled", the_case->filled);
  add_rects (builder, "boxes_suggested", request->accepted);
  add_text (builder, "caption", request->caption);
  add_crop (builder, the_case);
  add_text (builder, "destination", request->destination);
  add_text (builder, "file", shown_name);
  add_text (builder, "format", request->jpeg ? "jpeg" : "png");
  json_builder_set_member_name (builder, "frame");
  json_builder_add_int_value (builder, request->frame_number + 1);
  add_overlays (builder, the_case);
  json_builder_set_member_name (builder, "page");
  json_builder_add_int_value (builder,
                              imp_facts_get_page (imp_source_get_facts (request->source)) + 1);
  add_text (builder, "permission", the_case->permission != NULL ? the_case->permission->id : NULL);
  add_text (builder, "person", the_case->person_ref);
  add_text (builder, "rendering_sha256", the_case->rendering_sha256);
  add_text (builder, "route", request->route);
  add_text (builder, "voi", the_case->voi);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static char *
describe_rules (const ImpCase *the_case)
{
  g_autoptr (GString) rules = g_string_new (NULL);

  for (guint i = 0; i < the_case->reasons->len; i++)
    g_string_append_printf (rules, "%s%s", i > 0 ? " " : "",
                            ((ImpReason *)g_ptr_array_index (the_case->reasons, i))->rule);
  return g_string_free (g_steal_pointer (&rules), FALSE);
}

static gboolean
check_reason (const char *reason, GError **error)
{
  if (reason != NULL && g_utf8_validate (reason, -1, NULL)
      && imp_question_text_length (reason) >= REASON_MIN)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               _ ("Say why, in %d characters or more: the second person was not there"),
               REASON_MIN);
  return FALSE;
}

/**
 * imp_gate_park_sync:
 * @self: the gate, with an operator signed in
 * @request: what is asked for
 * @reason: why, for the second person
 * @reasons: (out) (optional) (nullable) (transfer full) (element-type ImpReason): what would refuse
 *   it all the same
 * @error: where to put the error
 *
 * Keeps what is asked for until a second person has decided: the picture by its hash only. Nothing
 * is parked that would be refused all the same, or that nobody has to be asked about.
 *
 * Returns: (transfer full) (nullable): the case that waits, or %NULL with %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_USAGE (no reason, or it waits already) or an error of the register
 */
ImpParkedCase *
imp_gate_park_sync (ImpGate *self, ImpRequest *request, const char *reason, GPtrArray **reasons,
                    GError **error)
{
  g_autoptr (ImpApproval) approval = imp_approval_new (NULL, TRUE, TRUE);
  g_autoptr (ImpUser) asker = NULL;
  g_autoptr (ImpSigner) own = NULL;
  g_autoptr (ImpCase) the_case = NULL;
  g_autoptr (ImpParkedCase) parked = imp_parked_case_new ();

  if (!check_reason (reason, error) || !imp_gate_check_right (self, IMP_RIGHT_RELEASE, error))
    return NULL;
  if (!_imp_gate_check_second_user (self, error))
    return NULL;
  own = _imp_gate_ref_signer (self, &asker, error);
  if (own == NULL)
    return NULL;
  approval->authority = g_strdup ("guardian");
  the_case = imp_approval_suppose (approval, self, request, reasons, error);
  if (the_case == NULL)
    return NULL;
  parked->digest = g_strdup (the_case->digest);
  parked->source_sha256 = g_strdup (imp_source_get_sha256 (request->source));
  if (imp_id_is_valid (the_case->person_ref))
    parked->person_id = g_strdup (the_case->person_ref);
  parked->request = describe_request (the_case);
  parked->reason = g_strdup (reason);
  parked->rules = describe_rules (the_case);
  parked->authority = g_strdup (the_case->verdict->authority);
  parked->parked_by = g_strdup (asker->id);
  if (!imp_accounts_park (self->accounts, parked, error))
    return NULL;
  return g_steal_pointer (&parked);
}

typedef struct
{
  ImpRequest *request;
  char *reason;
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->request);
  g_free (call->reason);
  g_free (call);
}

static void
park_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  g_autoptr (GError) error = NULL;
  ImpParkedCase *parked = imp_gate_park_sync (source, call->request, call->reason, NULL, &error);

  if (parked == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, parked, (GDestroyNotify)imp_parked_case_free);
}

/**
 * imp_gate_park_async:
 * @self: the gate, with an operator signed in
 * @request: what is asked for; copied
 * @reason: why
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_park_sync() in a worker thread.
 */
void
imp_gate_park_async (ImpGate *self, ImpRequest *request, const char *reason,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->request = imp_request_copy (request);
  call->reason = g_strdup (reason);
  g_task_set_source_tag (task, imp_gate_park_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  g_task_run_in_thread (task, park_thread);
}

/**
 * imp_gate_park_finish:
 * @self: the gate
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_park_sync()
 */
ImpParkedCase *
imp_gate_park_finish (ImpGate *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- looking ---- */

/* Approvers and auditors see all of them, others their own. NULL: all. */
static gboolean
find_reader (ImpGate *self, char **own_id, GError **error)
{
  g_autoptr (ImpUser) user = NULL;
  g_autoptr (ImpSigner) signer = NULL;

  *own_id = NULL;
  if (!_imp_gate_check_second_user (self, error))
    return FALSE;
  signer = _imp_gate_ref_signer (self, &user, error);
  if (signer == NULL)
    return FALSE;
  if ((user->roles & (IMP_ROLE_APPROVER | IMP_ROLE_AUDITOR | IMP_ROLE_KEEPER)) == 0)
    *own_id = g_strdup (user->id);
  return TRUE;
}

/**
 * imp_gate_list_cases_sync:
 * @self: the gate, with somebody signed in
 * @state: (nullable): "waiting", "approved", "declined" or "taken-back"
 * @error: where to put the error
 *
 * Returns: (transfer full) (element-type ImpParkedCase) (nullable): the cases that who is signed in
 *   may see, oldest first; %NULL with %IMP_ERROR_REFUSED or an error of the register
 */
GPtrArray *
imp_gate_list_cases_sync (ImpGate *self, const char *state, GError **error)
{
  g_autofree char *own_id = NULL;
  g_autoptr (GPtrArray) cases = NULL;

  if (!find_reader (self, &own_id, error))
    return NULL;
  cases = imp_accounts_list_cases (self->accounts, state, error);
  for (guint i = cases != NULL ? cases->len : 0; i-- > 0 && own_id != NULL;)
    if (g_strcmp0 (((ImpParkedCase *)g_ptr_array_index (cases, i))->parked_by, own_id) != 0)
      g_ptr_array_remove_index (cases, i);
  return g_steal_pointer (&cases);
}

/**
 * imp_gate_get_case_sync:
 * @self: the gate, with somebody signed in
 * @id: a case's id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the case, or %NULL with %IMP_ERROR_NOT_FOUND (or it is not
 *   theirs to see), %IMP_ERROR_REFUSED or an error of the register
 */
ImpParkedCase *
imp_gate_get_case_sync (ImpGate *self, const char *id, GError **error)
{
  g_autofree char *own_id = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;

  if (!find_reader (self, &own_id, error))
    return NULL;
  parked = imp_accounts_get_case (self->accounts, id, error);
  if (parked == NULL || own_id == NULL || g_strcmp0 (parked->parked_by, own_id) == 0)
    return g_steal_pointer (&parked);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("There is no such parked case: list them to see their ids"));
  return NULL;
}

static void
take_answers (JsonObject *object, GVariantDict *dict)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  JsonObject *answers = json_object_get_object_member (object, "answers");
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, answers);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (JSON_NODE_HOLDS_VALUE (value))
      g_variant_builder_add (&builder, "{ss}", key, json_node_get_string (value));
  g_variant_dict_insert_value (dict, "answers", g_variant_builder_end (&builder));
}

/**
 * imp_gate_describe_case:
 * @parked: a case
 *
 * Returns: (transfer full) (nullable): what is asked for, an a{sv}: answers a{ss}, n_boxes u,
 *   n_overlays u (drawn), cropped b, page u and frame u from 1, and where they were said
 * destination s, route s, caption s, alt s, format s, file s (what it was called); %NULL once it is
 * erased
 */
GVariant *
imp_gate_describe_case (const ImpParkedCase *parked)
{
  static const char *const TEXTS[] = { "destination", "route", "caption", "alt", "file", "format" };
  g_autoptr (JsonNode) root =
      parked->request != NULL ? json_from_string (parked->request, NULL) : NULL;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  JsonObject *object = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      const char *text = json_object_get_string_member_with_default (object, TEXTS[i], NULL);

      if (text != NULL)
        g_variant_dict_insert (&dict, TEXTS[i], "s", text);
    }
  if (json_object_has_member (object, "answers"))
    take_answers (object, &dict);
  if (json_object_has_member (object, "boxes_as_filled"))
    g_variant_dict_insert (
        &dict, "n_boxes", "u",
        json_array_get_length (json_object_get_array_member (object, "boxes_as_filled")));
  g_variant_dict_insert (&dict, "cropped", "b",
                         json_object_has_member (object, "crop")
                             && !json_object_get_null_member (object, "crop"));
  if (json_object_has_member (object, "overlays_drawn"))
    g_variant_dict_insert (
        &dict, "n_overlays", "u",
        json_array_get_length (json_object_get_array_member (object, "overlays_drawn")));
  g_variant_dict_insert (&dict, "page", "u",
                         (guint32)json_object_get_int_member_with_default (object, "page", 1));
  g_variant_dict_insert (&dict, "frame", "u",
                         (guint32)json_object_get_int_member_with_default (object, "frame", 1));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}
