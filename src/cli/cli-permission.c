#include "cli.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"

/**
 * imp_cli_add_permission:
 * @cli: the call
 * @permission: a permission
 *
 * Writes a permission with its state of today.
 */
void
imp_cli_add_permission (ImpCli *cli, const ImpPermission *permission)
{
  g_autofree char *today = imp_clock_today ();
  const char *state = imp_permission_state_to_text (imp_permission_state_on (permission, today));

  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", permission->id);
  imp_cli_add_string (cli, "person", permission->person_id);
  imp_cli_add_string (cli, "level", permission->level);
  imp_cli_add_secret (cli, "scope", permission->scope);
  imp_cli_add_string (cli, "state", state);
  imp_cli_add_boolean (cli, "identifiable", permission->identifiable);
  imp_cli_add_string (cli, "given_by", permission->given_by);
  imp_cli_add_string (cli, "capacity", permission->capacity);
  imp_cli_add_string (cli, "evidence", permission->evidence);
  imp_cli_add_secret (cli, "evidence_reference", permission->evidence_reference);
  imp_cli_add_string (cli, "wording_version", permission->wording_version);
  imp_cli_add_string (cli, "given", permission->given);
  imp_cli_add_string (cli, "valid_from", permission->valid_from);
  imp_cli_add_string (cli, "expires", permission->expires);
  imp_cli_add_string (cli, "review", permission->review);
  imp_cli_add_string (cli, "withdrawn", permission->withdrawn);
  imp_cli_add_boolean (cli, "withdrawn_partly", permission->withdrawn_partly);
  imp_cli_add_string (cli, "replaces", permission->replaces);
  imp_cli_add_string (cli, "destination", permission->destination);
  imp_cli_add_secret (cli, "destination_url", permission->destination_url);
  imp_cli_add_secret (cli, "controller", permission->controller);
  imp_cli_add_secret (cli, "giver_name", permission->giver_name);
  imp_cli_add_secret (cli, "giver_relationship", permission->giver_relationship);
  imp_cli_add_secret (cli, "giver_check", permission->giver_check);
  imp_cli_add_secret (cli, "giver_note", permission->giver_note);
  imp_cli_add_secret (cli, "capacity_decision", permission->capacity_decision);
  imp_cli_add_secret (cli, "capacity_assessor", permission->capacity_assessor);
  imp_cli_add_string (cli, "capacity_assessed", permission->capacity_assessed);
  imp_cli_add_secret (cli, "witness_name", permission->witness_name);
  imp_cli_add_secret (cli, "witness_role", permission->witness_role);
  imp_cli_add_string (cli, "language", permission->language);
  imp_cli_add_secret (cli, "interpreter", permission->interpreter);
  imp_cli_add_secret (cli, "image_version", permission->image_version);
  imp_cli_add_string (cli, "basis", permission->basis);
  imp_cli_add_secret (cli, "basis_note", permission->basis_note);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  %s  %s  given %s%s%s", permission->id, permission->level, state,
                permission->given, permission->expires != NULL ? ", until " : "",
                permission->expires != NULL ? permission->expires : "");
}

/* One field of a permission that the command line or --from's object gives. */
typedef struct
{
  const char *option;
  const char *member; /* of the JSON object */
  char **field;
  const char *help;
  char *given;
} Field;

/* What --from's object says, if there is one. */
static gboolean
read_object (ImpCli *cli, const char *from, const Field *fields, guint n_fields,
             JsonObject **object, GError **error)
{
  static const char *const FLAGS[] = { "identifiable", "refused", "offered", "draft", NULL };
  g_autofree const char **texts = g_new0 (const char *, n_fields + 1);

  if (from == NULL)
    return TRUE;
  for (guint i = 0; i < n_fields; i++)
    texts[i] = fields[i].member;
  *object = imp_cli_read_fields (cli, from, texts, FLAGS, error);
  return *object != NULL;
}

static gboolean
fill_fields (ImpCli *cli, const Field *fields, guint n_fields, JsonObject *object, GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const char *given = fields[i].given;
      const char *value = given == NULL ? imp_cli_get_text (object, fields[i].member) : given;

      if (value == NULL)
        continue;
      g_free (*fields[i].field);
      *fields[i].field = given != NULL ? imp_cli_read_value (cli, given, error) : g_strdup (value);
      if (*fields[i].field == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_state (ImpPermission *permission, gboolean refused, gboolean offered, gboolean draft,
            GError **error)
{
  permission->state = refused   ? IMP_PERMISSION_REFUSED
                      : offered ? IMP_PERMISSION_OFFERED
                      : draft   ? IMP_PERMISSION_DRAFT
                                : IMP_PERMISSION_ACTIVE;
  if (refused + offered + draft <= 1)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "A permission begins in one way: refused, offered or a draft");
  return FALSE;
}

static gboolean
parse_permission (ImpCli *cli, char ***left, ImpPermission *permission, char **person,
                  GError **error)
{
  Field fields[] = {
    { "person", "person", person, "Whose", NULL },
    { "level", "level", &permission->level, "What it allows", NULL },
    { "scope", "scope", &permission->scope, "Named work, platform or study", NULL },
    { "evidence", "evidence", &permission->evidence, "How it is proven", NULL },
    { "evidence-reference", "evidence_reference", &permission->evidence_reference,
      "Where it is filed", NULL },
    { "wording", "wording_version", &permission->wording_version, "Information sheet", NULL },
    { "given-by", "given_by", &permission->given_by, "Who consented", NULL },
    { "giver-note", "giver_note", &permission->giver_note, "Relationship, how checked", NULL },
    { "capacity", "capacity", &permission->capacity, "Capacity", NULL },
    { "given", "given", &permission->given, "Day it was given", NULL },
    { "valid-from", "valid_from", &permission->valid_from, "First day", NULL },
    { "expires", "expires", &permission->expires, "Last day", NULL },
    { "review", "review", &permission->review, "Day of review", NULL },
    { "replaces", "replaces", &permission->replaces, "The one it follows", NULL },
    { "for", "destination", &permission->destination, "This place only", NULL },
    { "url", "destination_url", &permission->destination_url, "Its address", NULL },
    { "controller", "controller", &permission->controller, "Who is responsible there", NULL },
    { "giver-name", "giver_name", &permission->giver_name, "Their name", NULL },
    { "relationship", "giver_relationship", &permission->giver_relationship, "To whom", NULL },
    { "checked", "giver_check", &permission->giver_check, "How it was checked", NULL },
    { "decision", "capacity_decision", &permission->capacity_decision, "What was assessed", NULL },
    { "assessor", "capacity_assessor", &permission->capacity_assessor, "By whom", NULL },
    { "assessed", "capacity_assessed", &permission->capacity_assessed, "On which day", NULL },
    { "witness", "witness_name", &permission->witness_name, "Who heard it", NULL },
    { "witness-role", "witness_role", &permission->witness_role, "Their role", NULL },
    { "language", "language", &permission->language, "In which it was explained", NULL },
    { "interpreter", "interpreter", &permission->interpreter, "Who interpreted", NULL },
    { "image-version", "image_version", &permission->image_version, "Which was seen", NULL },
    { "basis", "basis", &permission->basis, "On what it rests", NULL },
    { "basis-note", "basis_note", &permission->basis_note, "More on that", NULL },
  };
  gboolean identifiable = FALSE;
  gboolean refused = FALSE;
  gboolean offered = FALSE;
  gboolean draft = FALSE;
  g_autofree char *from = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry more[] = {
    { "identifiable", 0, 0, G_OPTION_ARG_NONE, &identifiable, "May be recognisable", NULL },
    { "refused", 0, 0, G_OPTION_ARG_NONE, &refused, "The answer was no", NULL },
    { "offered", 0, 0, G_OPTION_ARG_NONE, &offered, "Asked, not answered yet", NULL },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &draft, "Still being written", NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "The same as a JSON object", "FILE|-" },
  };
  gboolean ok = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const GOptionEntry entry = {
        fields[i].option, 0, 0, G_OPTION_ARG_STRING, &fields[i].given, fields[i].help, "TEXT"
      };

      g_array_append_val (entries, entry);
    }
  g_array_append_vals (entries, more, G_N_ELEMENTS (more));
  ok = imp_cli_parse (cli, (const GOptionEntry *)entries->data, "", left, 0, error)
       && read_object (cli, from, fields, G_N_ELEMENTS (fields), &object, error)
       && fill_fields (cli, fields, G_N_ELEMENTS (fields), object, error);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (fields[i].given);
  permission->identifiable = identifiable || imp_cli_get_flag (object, "identifiable");
  return ok
         && read_state (permission, refused || imp_cli_get_flag (object, "refused"),
                        offered || imp_cli_get_flag (object, "offered"),
                        draft || imp_cli_get_flag (object, "draft"), error);
}

/**
 * imp_cli_permission_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records one permission, or with --refused one refusal. Where not said: given today, by the
 * patient, capacity presumed.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_add (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  g_autofree char *person = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!parse_permission (cli, &left, permission, &person, error))
    return FALSE;
  if (person == NULL || permission->level == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "A permission needs --person and --level");
      return FALSE;
    }
  if (permission->given == NULL)
    permission->given = imp_clock_today ();
  if (permission->given_by == NULL)
    permission->given_by = g_strdup ("patient");
  if (permission->capacity == NULL)
    permission->capacity = g_strdup ("presumed");
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  permission->person_id = imp_cli_find_person (gate, person, error);
  if (permission->person_id == NULL
      || !imp_register_add_permission (imp_gate_get_register (gate), permission, error))
    return FALSE;
  imp_cli_add_permission (cli, permission);
  return TRUE;
}

static gboolean
show (ImpCli *cli, ImpGate *gate, const char *id, GError **error)
{
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (imp_gate_get_register (gate), id, error);

  if (permission == NULL)
    return FALSE;
  imp_cli_add_permission (cli, permission);
  return TRUE;
}

/**
 * imp_cli_permission_withdraw:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Withdraws a permission, which is final and needs no reason.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_withdraw (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *by = NULL;
  g_autofree char *channel = NULL;
  gboolean partly = FALSE;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, "Who withdrew it", "WHO" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel, "How it was said", "HOW" },
    { "partly", 0, 0, G_OPTION_ARG_NONE, &partly, "A part still stands", NULL },
    G_OPTION_ENTRY_NULL,
  };
  ImpPermissionStep step = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "ID", &left, 1, error))
    return FALSE;
  step = (ImpPermissionStep){ .by = by, .channel = channel, .partly = partly };
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL
         && imp_register_step (imp_gate_get_register (gate), left[1], IMP_PERMISSION_WITHDRAWN,
                               &step, error)
         && show (cli, gate, left[1], error);
}

/* What the words of the command line mean in the life-cycle (policy.md 2.3). */
static const struct
{
  const char *verb;
  ImpPermissionState state;
} STEPS[] = {
  { "offer", IMP_PERMISSION_OFFERED },        { "activate", IMP_PERMISSION_ACTIVE },
  { "refuse", IMP_PERMISSION_REFUSED },       { "review", IMP_PERMISSION_REVIEW_DUE },
  { "suspend", IMP_PERMISSION_SUSPENDED },    { "expire", IMP_PERMISSION_EXPIRED },
  { "supersede", IMP_PERMISSION_SUPERSEDED }, { "mistake", IMP_PERMISSION_ENTERED_IN_ERROR },
};

static gboolean
take_step (ImpGate *gate, const char *verb, const char *id, const ImpPermissionStep *step,
           GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (g_str_equal (STEPS[i].verb, verb))
      return imp_register_step (people, id, STEPS[i].state, step, error);
  return imp_register_renew (people, id, step->review, step->reason, error);
}

/**
 * imp_cli_permission_step:
 * @cli: the call
 * @arguments: the verb, which names the step, and what followed it
 * @error: where to put the error
 *
 * Takes a permission one step along its life-cycle, or renews it after a review.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_step (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *given = NULL;
  g_autofree char *review = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "given", 0, 0, G_OPTION_ARG_STRING, &given, "Day of the answer", "DATE" },
    { "review", 0, 0, G_OPTION_ARG_STRING, &review, "Next day of review", "DATE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "Why", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  ImpPermissionStep step = { 0 };

  if (!imp_cli_parse (cli, entries, "ID", &left, 1, error))
    return FALSE;
  step = (ImpPermissionStep){ .given = given, .review = review, .reason = reason };
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && take_step (gate, arguments[0], left[1], &step, error)
         && show (cli, gate, left[1], error);
}

/**
 * imp_cli_permission_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows one permission with its state of today.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && show (cli, gate, left[1], error);
}

/**
 * imp_cli_permission_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists a person's permissions.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_permission_list (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *person = NULL;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Whose", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) permissions = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  if (person == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Whose permissions? Give --person");
      return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, person, error) : NULL;
  if (id == NULL || !imp_register_note_opened (imp_gate_get_register (gate), id, 0, error))
    return FALSE;
  permissions = imp_register_list_permissions (imp_gate_get_register (gate), id, error);
  if (permissions == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < permissions->len; i++)
    imp_cli_add_permission (cli, g_ptr_array_index (permissions, i));
  json_builder_end_array (cli->out);
  if (permissions->len == 0)
    imp_cli_line (cli, "No permission is recorded.");
  return TRUE;
}
