/* What a record holds besides: numbers of other kinds, other names, capacity, and who comes of age.
 */
#include "cli.h"
#include "gate-accounts.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"
#include "imp-register-names.h"

static gboolean
usage (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

/**
 * imp_cli_open_to_record:
 * @cli: the call
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the gate, where who is signed in may record things
 */
ImpGate *
imp_cli_open_to_record (ImpCli *cli, GError **error)
{
  g_autoptr (ImpGate) gate = imp_cli_open_gate (cli, error);

  return gate != NULL && imp_gate_check_right (gate, IMP_RIGHT_RECORD, error)
             ? g_steal_pointer (&gate)
             : NULL;
}

/* ---- one person, whole ---- */

static gboolean
add_names (ImpCli *cli, ImpRegister *people, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) identifiers = imp_register_list_identifiers (people, person_id, error);
  g_autoptr (GPtrArray) aliases =
      identifiers != NULL ? imp_register_list_aliases (people, person_id, error) : NULL;

  if (aliases == NULL)
    return FALSE;
  json_builder_set_member_name (cli->out, "identifiers");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < identifiers->len; i++)
    {
      const ImpIdentifier *identifier = g_ptr_array_index (identifiers, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "scheme", identifier->scheme);
      imp_cli_add_secret (cli, "value", identifier->value);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s: %s", identifier->scheme, imp_cli_shown (cli, identifier->value));
    }
  json_builder_end_array (cli->out);
  json_builder_set_member_name (cli->out, "aliases");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < aliases->len; i++)
    {
      const ImpAlias *alias = g_ptr_array_index (aliases, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "id", alias->id);
      imp_cli_add_secret (cli, "name", alias->name);
      imp_cli_add_string (cli, "kind", alias->kind);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s  %s: %s", alias->id, alias->kind, imp_cli_shown (cli, alias->name));
    }
  json_builder_end_array (cli->out);
  return TRUE;
}

static gboolean
add_assessments (ImpCli *cli, ImpRegister *people, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) list = imp_register_list_assessments (people, person_id, error);

  if (list == NULL)
    return FALSE;
  json_builder_set_member_name (cli->out, "assessments");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < list->len; i++)
    {
      const ImpAssessment *assessment = g_ptr_array_index (list, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "outcome", assessment->outcome);
      imp_cli_add_secret (cli, "decision", assessment->decision);
      imp_cli_add_secret (cli, "assessor", assessment->assessor);
      imp_cli_add_string (cli, "assessed", assessment->assessed);
      imp_cli_add_string (cli, "ask_again", assessment->ask_again);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "capacity on %s: %s", assessment->assessed, assessment->outcome);
    }
  json_builder_end_array (cli->out);
  return TRUE;
}

static gboolean
show_person (ImpCli *cli, ImpGate *gate, const char *id, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  g_autoptr (ImpPerson) person = imp_register_get_person (people, id, error);
  g_autofree char *sixteen = person != NULL ? imp_clock_birthday (person->born, 16) : NULL;
  g_autofree char *eighteen = person != NULL ? imp_clock_birthday (person->born, 18) : NULL;
  gboolean done = FALSE;

  if (person == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_person_members (cli, person);
  imp_cli_add_secret (cli, "died", person->died);
  imp_cli_add_boolean (cli, "known_to_audience", person->known_to_audience);
  imp_cli_add_secret (cli, "note", person->note);
  imp_cli_add_secret (cli, "turns_16", sixteen);
  imp_cli_add_secret (cli, "turns_18", eighteen);
  done = add_names (cli, people, id, error) && add_assessments (cli, people, id, error);
  json_builder_end_object (cli->out);
  return done;
}

/**
 * imp_cli_person_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows all that is recorded of a person, but for permissions.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;

  if (!imp_cli_parse (cli, NULL, "PERSON", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  return id != NULL && imp_register_note_opened (imp_gate_get_register (gate), id, 0, error)
         && show_person (cli, gate, id, error);
}

/* ---- person update ---- */

/* Of the object only what it names is changed; null and "" take a value away. */
static void
take_member (JsonObject *object, const char *name, char **field)
{
  if (!json_object_has_member (object, name))
    return;
  g_free (*field);
  *field = g_strdup (imp_cli_get_text (object, name));
}

static gboolean
change_person (ImpCli *cli, ImpGate *gate, const char *id, JsonObject *object, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  g_autoptr (ImpPerson) person = imp_register_get_person (people, id, error);

  if (person == NULL)
    return FALSE;
  take_member (object, "number", &person->hospital_number);
  take_member (object, "nhs", &person->nhs_number);
  take_member (object, "name", &person->name);
  take_member (object, "born", &person->born);
  take_member (object, "died", &person->died);
  take_member (object, "note", &person->note);
  if (json_object_has_member (object, "lacks_capacity"))
    person->lacks_capacity = imp_cli_get_flag (object, "lacks_capacity");
  if (json_object_has_member (object, "known_to_audience"))
    person->known_to_audience = imp_cli_get_flag (object, "known_to_audience");
  return imp_register_update_person (people, person, error) && show_person (cli, gate, id, error);
}

/**
 * imp_cli_person_update:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Changes what is recorded of a person, as a JSON object says.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_update (ImpCli *cli, char **arguments, GError **error)
{
  static const char *const TEXTS[] = { "number", "nhs", "name", "born", "died", "note", NULL };
  static const char *const FLAGS[] = { "lacks_capacity", "known_to_audience", NULL };
  g_autofree char *from = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "What changes, as a JSON object", "FILE|-" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;

  if (!imp_cli_parse (cli, entries, "PERSON", &left, 1, error))
    return FALSE;
  if (from == NULL)
    return usage (error, "What changes? Give it as a JSON object with --from");
  object = imp_cli_read_fields (cli, from, TEXTS, FLAGS, error);
  gate = object != NULL ? imp_cli_open_to_record (cli, error) : NULL;
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  return id != NULL && change_person (cli, gate, id, object, error);
}

/* ---- numbers and names ---- */

/**
 * imp_cli_person_alias:
 * @cli: the call
 * @arguments: what followed the verb: add PERSON NAME, or remove PERSON ID
 * @error: where to put the error
 *
 * Records another name of a person, or takes one away.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_alias (ImpCli *cli, char **arguments, GError **error)
{
  g_autoptr (ImpAlias) alias = imp_alias_new ();
  g_autofree char *kind = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "What name it is", "KIND" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;
  gboolean done = FALSE;

  if (!imp_cli_parse (cli, entries, "add|remove PERSON NAME|ID", &left, 3, error))
    return FALSE;
  if (!g_str_equal (left[1], "add") && !g_str_equal (left[1], "remove"))
    return usage (error, "A name is added or removed: say add or remove");
  gate = imp_cli_open_to_record (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[2], error) : NULL;
  alias->name = id != NULL ? imp_cli_read_value (cli, left[3], error) : NULL;
  if (alias->name == NULL)
    return FALSE;
  alias->kind = kind != NULL ? g_steal_pointer (&kind) : g_strdup ("also-known-as");
  done = g_str_equal (left[1], "add")
             ? imp_register_add_alias (imp_gate_get_register (gate), id, alias, error)
             : imp_register_remove_alias (imp_gate_get_register (gate), id, alias->name, error);
  return done && show_person (cli, gate, id, error);
}

/**
 * imp_cli_person_identifier:
 * @cli: the call
 * @arguments: what followed the verb: add|remove PERSON SCHEME NUMBER
 * @error: where to put the error
 *
 * Records a number of another kind, or takes one away.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_identifier (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;
  gboolean done = FALSE;

  if (!imp_cli_parse (cli, NULL, "add|remove PERSON SCHEME NUMBER", &left, 4, error))
    return FALSE;
  if (!g_str_equal (left[1], "add") && !g_str_equal (left[1], "remove"))
    return usage (error, "A number is added or removed: say add or remove");
  gate = imp_cli_open_to_record (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[2], error) : NULL;
  number = id != NULL ? imp_cli_read_value (cli, left[4], error) : NULL;
  if (number == NULL)
    return FALSE;
  done =
      g_str_equal (left[1], "add")
          ? imp_register_add_identifier (imp_gate_get_register (gate), id, left[3], number, error)
          : imp_register_remove_identifier (imp_gate_get_register (gate), id, left[3], number,
                                            error);
  return done && show_person (cli, gate, id, error);
}

/**
 * imp_cli_person_capacity:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records what somebody found of a person's capacity to decide.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_capacity (ImpCli *cli, char **arguments, GError **error)
{
  g_autoptr (ImpAssessment) found = imp_assessment_new ();
  const GOptionEntry entries[] = {
    { "outcome", 0, 0, G_OPTION_ARG_STRING, &found->outcome, "has, lacks, fluctuating", "O" },
    { "decision", 0, 0, G_OPTION_ARG_STRING, &found->decision, "Which decision", "TEXT" },
    { "assessor", 0, 0, G_OPTION_ARG_STRING, &found->assessor, "Who assessed it", "NAME" },
    { "assessed", 0, 0, G_OPTION_ARG_STRING, &found->assessed, "On which day", "DATE" },
    { "ask-again", 0, 0, G_OPTION_ARG_STRING, &found->ask_again, "By which day", "DATE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "PERSON", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_to_record (cli, error);
  found->person_id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  return found->person_id != NULL
         && imp_register_add_assessment (imp_gate_get_register (gate), found, error)
         && show_person (cli, gate, found->person_id, error);
}

/* ---- kinds of numbers ---- */

static gboolean
list_schemes (ImpCli *cli, ImpGate *gate, GError **error)
{
  g_autoptr (GPtrArray) list = imp_register_list_schemes (imp_gate_get_register (gate), error);

  if (list == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < list->len; i++)
    {
      const ImpScheme *scheme = g_ptr_array_index (list, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "scheme", scheme->name);
      imp_cli_add_string (cli, "title", scheme->title);
      imp_cli_add_string (cli, "pattern", scheme->pattern);
      imp_cli_add_string (cli, "check_digit", scheme->check_rule);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s  %s  %s  %s", scheme->name, scheme->title,
                    scheme->pattern != NULL ? scheme->pattern : "any form",
                    scheme->check_rule != NULL ? scheme->check_rule : "no check digit");
    }
  json_builder_end_array (cli->out);
  if (list->len == 0)
    imp_cli_line (cli, "Hospital and NHS numbers only.");
  return TRUE;
}

/**
 * imp_cli_scheme:
 * @cli: the call
 * @arguments: the verb, set, remove or list, and what followed it
 * @error: where to put the error
 *
 * Defines which kinds of numbers the site has.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_scheme (ImpCli *cli, char **arguments, GError **error)
{
  g_autoptr (ImpScheme) scheme = imp_scheme_new ();
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &scheme->title, "What people call it", "TEXT" },
    { "pattern", 0, 0, G_OPTION_ARG_STRING, &scheme->pattern, "Its form", "PATTERN" },
    { "check-digit", 0, 0, G_OPTION_ARG_STRING, &scheme->check_rule, "How it is made", "RULE" },
    G_OPTION_ENTRY_NULL,
  };
  const char *verb = arguments[0];
  gboolean lists = g_str_equal (verb, "list");
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, g_str_equal (verb, "set") ? entries : NULL, lists ? "" : "NAME", &left,
                      lists ? 0 : 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (g_str_equal (verb, "set"))
    {
      scheme->name = g_strdup (left[1]);
      if (!imp_register_set_scheme (imp_gate_get_register (gate), scheme, error))
        return FALSE;
    }
  else if (!lists && !imp_register_remove_scheme (imp_gate_get_register (gate), left[1], error))
    return FALSE;
  return list_schemes (cli, gate, error);
}

/* ---- coming of age ---- */

static char *
add_days (const char *day, int days)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *text = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (text, zone);
  g_autoptr (GDateTime) to = from != NULL ? g_date_time_add_days (from, days) : NULL;

  return to != NULL ? g_date_time_format (to, "%Y-%m-%d") : NULL;
}

static void
add_coming (ImpCli *cli, const ImpComing *coming)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "person", coming->person_id);
  imp_cli_add_secret (cli, "number", coming->hospital_number);
  imp_cli_add_secret (cli, "name", coming->name);
  imp_cli_add_secret (cli, "born", coming->born);
  imp_cli_add_int (cli, "age", coming->age);
  imp_cli_add_string (cli, "on", coming->birthday);
  imp_cli_add_string (cli, "permission", coming->permission_id);
  imp_cli_add_string (cli, "level", coming->level);
  imp_cli_add_boolean (cli, "identifiable", coming->identifiable);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  turns %d  %s  %s", coming->birthday, coming->age, coming->level,
                imp_cli_shown (cli, coming->hospital_number));
}

/**
 * imp_cli_queue_coming_of_age:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the children who reach 16 or 18 while a permission of their parents stands.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_queue_coming_of_age (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *since = NULL;
  int days = 90;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, "First day", "DATE" },
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "How many days", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *to = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  if (days < 1 || days > 36500)
    return usage (error, "A number of days from 1 to 36500 is needed: correct --days");
  if (since == NULL)
    since = imp_clock_today ();
  to = imp_clock_date_is_valid (since) ? add_days (since, days - 1) : NULL;
  if (to == NULL)
    return usage (error, "The first day is written as 2026-11-22: correct --since");
  gate = imp_cli_open_gate (cli, error);
  list = gate != NULL
             ? imp_register_list_coming_of_age (imp_gate_get_register (gate), since, to, error)
             : NULL;
  if (list == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < list->len; i++)
    add_coming (cli, g_ptr_array_index (list, i));
  json_builder_end_array (cli->out);
  if (list->len == 0)
    imp_cli_line (cli, "Nobody comes of age in these days.");
  return TRUE;
}
