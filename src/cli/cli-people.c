#include "cli.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-file-refusal.h"
#include "imp-register-look-ups.h"

#define MOST_FOUND 100

/**
 * imp_cli_add_person_members:
 * @cli: the call
 * @person: a person
 *
 * Writes the members that every answer about a person has, and a line for people.
 */
void
imp_cli_add_person_members (ImpCli *cli, const ImpPerson *person)
{
  imp_cli_add_string (cli, "id", person->id);
  imp_cli_add_secret (cli, "number", person->hospital_number);
  imp_cli_add_secret (cli, "nhs", person->nhs_number);
  imp_cli_add_secret (cli, "name", person->name);
  imp_cli_add_secret (cli, "born", person->born);
  imp_cli_add_boolean (cli, "deceased", person->died != NULL);
  imp_cli_add_boolean (cli, "objects", person->objects);
  imp_cli_add_boolean (cli, "lacks_capacity", person->lacks_capacity);
  imp_cli_line (cli, "%s  %s  %s%s", person->id, imp_cli_shown (cli, person->hospital_number),
                imp_cli_shown (cli, person->name), person->objects ? "  HAS SAID NO" : "");
}

static void
add_person (ImpCli *cli, const ImpPerson *person)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_person_members (cli, person);
  json_builder_end_object (cli->out);
}

static void
add_found (ImpCli *cli, const ImpFound *found)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "match", imp_match_to_text (found->match));
  imp_cli_add_secret (cli, "other_name", found->alias);
  imp_cli_add_person_members (cli, found->person);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "    %s", imp_match_to_text (found->match));
}

/* An option's value, else the same member of --from's object. */
static gboolean
take_field (ImpCli *cli, char **field, const char *option, JsonObject *from, const char *name,
            GError **error)
{
  *field = option != NULL ? imp_cli_read_value (cli, option, error)
                          : g_strdup (imp_cli_get_text (from, name));
  return option == NULL || *field != NULL;
}

/**
 * imp_cli_person_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Registers a person and answers with her random id.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_add (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *number = NULL;
  g_autofree char *nhs = NULL;
  g_autofree char *name = NULL;
  g_autofree char *born = NULL;
  g_autofree char *died = NULL;
  g_autofree char *from = NULL;
  static const char *const TEXTS[] = { "number", "nhs", "name", "born", "died", NULL };
  static const char *const FLAGS[] = { "lacks_capacity", NULL };
  gboolean lacks_capacity = FALSE;
  const GOptionEntry entries[] = {
    { "number", 0, 0, G_OPTION_ARG_STRING, &number, "Hospital number", "N" },
    { "nhs", 0, 0, G_OPTION_ARG_STRING, &nhs, "NHS number", "N" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "Name", "NAME" },
    { "born", 0, 0, G_OPTION_ARG_STRING, &born, "Date of birth", "YYYY-MM-DD" },
    { "died", 0, 0, G_OPTION_ARG_STRING, &died, "Date of death, or unknown", "YYYY-MM-DD" },
    { "lacks-capacity", 0, 0, G_OPTION_ARG_NONE, &lacks_capacity, "Cannot decide", NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "The same as a JSON object", "FILE|-" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpPerson) person = imp_person_new ();
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  if (from != NULL)
    {
      object = imp_cli_read_fields (cli, from, TEXTS, FLAGS, error);
      if (object == NULL)
        return FALSE;
    }
  if (!take_field (cli, &person->hospital_number, number, object, "number", error)
      || !take_field (cli, &person->nhs_number, nhs, object, "nhs", error)
      || !take_field (cli, &person->name, name, object, "name", error)
      || !take_field (cli, &person->born, born, object, "born", error)
      || !take_field (cli, &person->died, died, object, "died", error))
    return FALSE;
  person->lacks_capacity = lacks_capacity || imp_cli_get_flag (object, "lacks_capacity");
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_register_add_person (imp_gate_get_register (gate), person, error))
    return FALSE;
  add_person (cli, person);
  return TRUE;
}

/**
 * imp_cli_person_find:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists who has a number, a name or a date of birth, the best match first, and records the look-up.
 *
 * Returns: whether the register could be searched; nobody found is an empty list
 */
gboolean
imp_cli_person_find (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *text = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (!imp_cli_parse (cli, NULL, "TEXT", &left, 1, error))
    return FALSE;
  text = imp_cli_read_value (cli, left[1], error);
  if (text == NULL)
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  found = imp_register_look_up (imp_gate_get_register (gate), text, MOST_FOUND, NULL, error);
  if (found == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < found->len; i++)
    add_found (cli, g_ptr_array_index (found, i));
  json_builder_end_array (cli->out);
  if (found->len == 0)
    imp_cli_line (cli, "Nobody found.");
  return TRUE;
}

/**
 * imp_cli_person_object:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records that a person has said no, which blocks both routes, or lifts it.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_object (ImpCli *cli, char **arguments, GError **error)
{
  gboolean lift = FALSE;
  g_autofree char *note = NULL;
  const GOptionEntry entries[] = {
    { "lift", 0, 0, G_OPTION_ARG_NONE, &lift, "The person no longer objects", NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, "What was said", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *id = NULL;
  g_autoptr (ImpPerson) person = NULL;

  if (!imp_cli_parse (cli, entries, "PERSON", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  if (id == NULL
      || !imp_register_set_objection (imp_gate_get_register (gate), id, !lift, note, error))
    return FALSE;
  person = imp_register_get_person (imp_gate_get_register (gate), id, error);
  if (person == NULL)
    return FALSE;
  add_person (cli, person);
  return TRUE;
}

/**
 * imp_cli_person_file_refusal:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records against a person what a DICOM file says against its being passed on.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_person_file_refusal (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_auto (GStrv) permissions = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autofree char *id = NULL;
  gboolean objects = FALSE;

  if (!imp_cli_parse (cli, NULL, "PERSON FILE", &left, 2, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[2]);
  gate = imp_cli_open_gate (cli, error);
  id = gate != NULL ? imp_cli_resolve_person (cli, gate, left[1], error) : NULL;
  source = id != NULL ? imp_source_open_sync (file, cli->cancellable, error) : NULL;
  if (source == NULL
      || !imp_gate_record_file_refusal_sync (gate, id, source, &objects, &permissions, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  imp_cli_add_string (cli, "flag", imp_facts_get_consent_flag (imp_source_get_facts (source)));
  imp_cli_add_boolean (cli, "objects", objects);
  json_builder_set_member_name (cli->out, "permissions");
  json_builder_begin_array (cli->out);
  for (guint i = 0; permissions[i] != NULL; i++)
    json_builder_add_string_value (cli->out, permissions[i]);
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, objects ? "The person is on record as saying no to everything."
                             : "What the file refuses is on record.");
  return TRUE;
}
