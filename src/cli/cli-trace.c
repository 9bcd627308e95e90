#include "cli.h"
#include "gate-trace.h"
#include "imp-error.h"

static void
add_strings (ImpCli *cli, const char *name, GStrv values)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_begin_array (cli->out);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (cli->out, imp_cli_mask (cli, values[i]));
  json_builder_end_array (cli->out);
}

/**
 * imp_cli_add_copy_members:
 * @cli: the call
 * @copy: a picture that left
 *
 * Writes the members that every answer about a copy has.
 */
void
imp_cli_add_copy_members (ImpCli *cli, const ImpCopy *copy)
{
  imp_cli_add_string (cli, "export", copy->export_id);
  imp_cli_add_string (cli, "person", copy->person_id);
  imp_cli_add_string (cli, "permission", copy->permission_id);
  imp_cli_add_string (cli, "route", copy->route);
  imp_cli_add_string (cli, "destination", copy->destination);
  imp_cli_add_string (cli, "released", copy->released);
  imp_cli_add_string (cli, "sha256", copy->sha256);
  imp_cli_add_string (cli, "state", imp_copy_state_to_text (copy->state));
  imp_cli_add_secret (cli, "name", copy->name);
  add_strings (cli, "urls", copy->urls);
  add_strings (cli, "dois", copy->dois);
  imp_cli_add_string (cli, "takedown", copy->task_reason);
  imp_cli_add_string (cli, "opened", copy->task_opened);
  imp_cli_add_string (cli, "chased", copy->chased);
  imp_cli_add_int (cli, "times_chased", copy->n_chased);
}

static void
add_line (ImpCli *cli, const ImpCopy *copy)
{
  imp_cli_line (
      cli, "%s  %.10s  %-16s  %-17s  %s%s%s%s%s", copy->export_id, copy->released,
      copy->destination, imp_copy_state_to_text (copy->state), imp_cli_shown (cli, copy->name),
      copy->task_reason != NULL ? "  to be taken down: " : "",
      copy->task_reason != NULL ? copy->task_reason : "",
      copy->chased != NULL ? ", last chased " : "", copy->chased != NULL ? copy->chased : "");
  for (guint i = 0; copy->urls[i] != NULL; i++)
    imp_cli_line (cli, "    %s", imp_cli_mask (cli, copy->urls[i]));
  for (guint i = 0; copy->dois[i] != NULL; i++)
    imp_cli_line (cli, "    doi:%s", imp_cli_mask (cli, copy->dois[i]));
}

static void
add_copy (ImpCli *cli, const ImpCopy *copy)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_copy_members (cli, copy);
  json_builder_end_object (cli->out);
  add_line (cli, copy);
}

static gboolean
list (ImpCli *cli, ImpGate *gate, const ImpCopyFilter *filter, const char *none, GError **error)
{
  g_autoptr (GPtrArray) copies = imp_gate_list_copies_sync (gate, filter, error);

  if (copies == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < copies->len; i++)
    add_copy (cli, g_ptr_array_index (copies, i));
  json_builder_end_array (cli->out);
  if (copies->len == 0)
    imp_cli_line (cli, "%s", none);
  return TRUE;
}

static gboolean
show (ImpCli *cli, ImpGate *gate, const char *export_id, GError **error)
{
  g_autoptr (ImpCopy) copy = imp_gate_get_copy (gate, export_id, error);

  if (copy == NULL)
    return FALSE;
  add_copy (cli, copy);
  return TRUE;
}

/**
 * imp_cli_copies_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what left, of everybody, of one person, or under one permission.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_copies_list (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *permission = NULL;
  gboolean out = FALSE;
  gboolean unplaced = FALSE;
  int limit = 100;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Whose", "ID" },
    { "permission", 0, 0, G_OPTION_ARG_STRING, &permission, "Under which permission", "ID" },
    { "out", 0, 0, G_OPTION_ARG_NONE, &out, "Not what was removed", NULL },
    { "unplaced", 0, 0, G_OPTION_ARG_NONE, &unplaced, "Nobody said where it went", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *person_id = NULL;
  ImpCopyFilter filter = { 0 };

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (person != NULL)
    {
      person_id = imp_cli_resolve_person (cli, gate, person, error);
      if (person_id == NULL)
        return FALSE;
    }
  filter.person_id = person_id;
  filter.permission_id = permission;
  filter.out_only = out;
  filter.without_place = unplaced;
  filter.limit = (guint)MAX (limit, 1);
  return list (cli, gate, &filter, "Nothing left.", error);
}

/* The values of an option that may be "-" or "@FILE" each. */
static gboolean
read_values (ImpCli *cli, GStrv given, GStrv *values, GError **error)
{
  g_autoptr (GPtrArray) read = NULL;

  if (given == NULL)
    return TRUE;
  read = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; given[i] != NULL; i++)
    {
      char *value = imp_cli_read_value (cli, given[i], error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (read, value);
    }
  g_ptr_array_add (read, NULL);
  *values = (GStrv)g_ptr_array_steal (read, NULL);
  return TRUE;
}

/* The same for one value. */
static gboolean
read_one (ImpCli *cli, char **value, GError **error)
{
  char *read = NULL;

  if (*value == NULL)
    return TRUE;
  read = imp_cli_read_value (cli, *value, error);
  if (read == NULL)
    return FALSE;
  g_free (*value);
  *value = read;
  return TRUE;
}

/**
 * imp_cli_copies_where:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says where a picture went.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_copies_where (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) given_urls = NULL;
  g_auto (GStrv) given_dois = NULL;
  g_auto (GStrv) urls = NULL;
  g_auto (GStrv) dois = NULL;
  gboolean replace = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "Journal, platform or course", "NAME" },
    { "url", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given_urls, "Web address", "URL" },
    { "doi", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given_dois, "DOI", "DOI" },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace, "Instead of those known", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "EXPORT", &left, 1, error) || !read_one (cli, &name, error)
      || !read_values (cli, given_urls, &urls, error)
      || !read_values (cli, given_dois, &dois, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL
         && imp_gate_set_copy_place (gate, left[1], name, (const char *const *)urls,
                                     (const char *const *)dois, replace, error)
         && show (cli, gate, left[1], error);
}

/**
 * imp_cli_takedown_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what is to be taken down, longest untouched first.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  ImpCopyFilter filter = { .with_task = TRUE };

  if (!imp_cli_parse_limit (cli, &left, &filter.limit, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && list (cli, gate, &filter, "Nothing is to be taken down.", error);
}

/**
 * imp_cli_takedown_chase:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records that somebody was asked.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_chase (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *day = NULL;
  g_autofree char *how = NULL;
  const GOptionEntry entries[] = {
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, "When", "DATE" },
    { "how", 0, 0, G_OPTION_ARG_STRING, &how, "How, and whom", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "EXPORT", &left, 1, error) || !read_one (cli, &how, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && imp_gate_chase_takedown (gate, left[1], day, how, error)
         && show (cli, gate, left[1], error);
}

/* done, cannot and drop: an export, and what was said. */
static ImpGate *
parse_end (ImpCli *cli, char ***left, char **note, GError **error)
{
  const GOptionEntry entries[] = {
    { "note", 0, 0, G_OPTION_ARG_STRING, note, "What was said", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };

  if (!imp_cli_parse (cli, entries, "EXPORT", left, 1, error) || !read_one (cli, note, error))
    return NULL;
  return imp_cli_open_gate (cli, error);
}

static gboolean
settle (ImpCli *cli, char **arguments, ImpCopyState state, GError **error)
{
  g_autofree char *note = NULL;
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = parse_end (cli, &left, &note, error);

  return gate != NULL && imp_gate_settle_takedown (gate, left[1], state, note, error)
         && show (cli, gate, left[1], error);
}

/**
 * imp_cli_takedown_done:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records that a picture was removed.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_done (ImpCli *cli, char **arguments, GError **error)
{
  return settle (cli, arguments, IMP_COPY_REMOVED, error);
}

/**
 * imp_cli_takedown_cannot:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records that a picture cannot be removed, and why.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_cannot (ImpCli *cli, char **arguments, GError **error)
{
  return settle (cli, arguments, IMP_COPY_CANNOT_BE_REMOVED, error);
}

/**
 * imp_cli_takedown_drop:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Records that a picture may stay after all.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_drop (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *note = NULL;
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = parse_end (cli, &left, &note, error);

  return gate != NULL && imp_gate_drop_takedown (gate, left[1], note, error)
         && show (cli, gate, left[1], error);
}

/**
 * imp_cli_takedown_letter:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Prints a letter to whom a picture went, which names nobody.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_takedown_letter (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *letter = NULL;

  if (!imp_cli_parse (cli, NULL, "EXPORT", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  letter = gate != NULL ? imp_gate_write_takedown_letter (gate, left[1], error) : NULL;
  if (letter == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "letter", letter);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s", letter);
  return TRUE;
}

/**
 * imp_cli_ledger_find_image:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what of the ledger's exports a picture may be that somebody found.
 *
 * Returns: whether it could be looked for; nothing found is an empty list
 */
gboolean
imp_cli_ledger_find_image (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) matches = NULL;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  gate = imp_cli_open_gate (cli, error);
  matches =
      gate != NULL ? imp_gate_find_image_sync (gate, file, NULL, cli->cancellable, error) : NULL;
  if (matches == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < matches->len; i++)
    {
      const ImpImageMatch *match = g_ptr_array_index (matches, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_boolean (cli, "exact", match->exact);
      json_builder_set_member_name (cli->out, "difference");
      json_builder_add_double_value (cli->out, match->difference);
      imp_cli_add_copy_members (cli, match->copy);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, match->exact ? "The very file:" : "The same picture, changed:");
      add_line (cli, match->copy);
      if (match->exact && match->copy->sha256 == NULL)
        imp_cli_line (cli,
                      "  The record of the person was erased: only the ledger knows the file.");
    }
  json_builder_end_array (cli->out);
  if (matches->len == 0)
    imp_cli_line (cli, "No picture that left from here is known again in this file.");
  return TRUE;
}
