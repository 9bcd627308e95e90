#include <string.h>

#include "cli.h"
#include "imp-error.h"

/* What the pack follows, and the site's own policy beside it (article row 2). */
static void
add_references (ImpCli *cli, const ImpPackInfo *info)
{
  GVariantIter iter;
  const char *name = NULL;
  const char *version = NULL;
  const char *date = NULL;

  json_builder_set_member_name (cli->out, "references");
  json_builder_begin_array (cli->out);
  g_variant_iter_init (&iter, info->references);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &version, &date))
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "name", name);
      imp_cli_add_string (cli, "version", version[0] != '\0' ? version : NULL);
      imp_cli_add_string (cli, "date", date);
      json_builder_end_object (cli->out);
    }
  json_builder_end_array (cli->out);
  imp_cli_add_string (cli, "local_policy", info->local_policy);
}

static void
add_info (ImpCli *cli, const ImpPackInfo *info)
{
  imp_cli_add_string (cli, "id", info->id);
  imp_cli_add_string (cli, "version", info->version);
  imp_cli_add_string (cli, "title", info->title);
  imp_cli_add_string (cli, "summary", info->summary);
  imp_cli_add_string (cli, "hash", info->hash);
  imp_cli_add_string (cli, "guardian", info->guardian);
  imp_cli_add_string (cli, "review_by", info->review_by);
  imp_cli_add_boolean (cli, "review_due", info->review_due);
  imp_cli_add_string (cli, "added", info->added);
  imp_cli_add_boolean (cli, "ships", info->ships);
  imp_cli_add_boolean (cli, "in_force", info->in_force);
  add_references (cli, info);
}

static void
print_info (ImpCli *cli, const ImpPackInfo *info)
{
  imp_cli_line (cli, "%s %s%s%s", info->id, info->version, info->in_force ? ", in force" : "",
                info->ships ? ", ships with the program" : "");
  if (info->title != NULL)
    imp_cli_line (cli, "  %s", info->title);
  imp_cli_line (cli, "  %s", info->hash);
  if (info->review_due)
    imp_cli_line (cli, "  It was to be looked at again by %s", info->review_by);
}

static void
add_texts (ImpCli *cli, const char *const *texts)
{
  json_builder_begin_array (cli->out);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (cli->out, texts[i]);
  json_builder_end_array (cli->out);
}

static GBytes *
read_pack (ImpCli *cli, const char *path, GError **error)
{
  char *text = imp_cli_read_whole (cli, path, error);

  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

/* A file, or the name of a pack: what has neither "/" nor "." is a name. */
static gboolean
is_file (const char *text)
{
  return g_str_equal (text, "-") || strchr (text, '/') != NULL || strchr (text, '.') != NULL;
}

/**
 * imp_cli_policy_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the packs that ship and those that the register keeps.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_policy_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) packs = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  packs = gate != NULL ? imp_gate_list_packs_sync (gate, error) : NULL;
  if (packs == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < packs->len; i++)
    {
      json_builder_begin_object (cli->out);
      add_info (cli, g_ptr_array_index (packs, i));
      json_builder_end_object (cli->out);
      print_info (cli, g_ptr_array_index (packs, i));
    }
  json_builder_end_array (cli->out);
  return TRUE;
}

static void
add_cases (ImpCli *cli, GVariant *row)
{
  g_autoptr (GVariant) cases = g_variant_lookup_value (row, "cases", G_VARIANT_TYPE ("a(sss)"));
  GVariantIter iter;
  const char *outcome = NULL;
  const char *reason = NULL;
  const char *lift = NULL;

  json_builder_set_member_name (cli->out, "cases");
  json_builder_begin_array (cli->out);
  g_variant_iter_init (&iter, cases);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &outcome, &reason, &lift))
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "outcome", outcome);
      imp_cli_add_string (cli, "reason", reason);
      imp_cli_add_string (cli, "lift", lift);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "      %s: %s", outcome, reason);
    }
  json_builder_end_array (cli->out);
}

static void
add_row (ImpCli *cli, GVariant *row)
{
  g_autofree const char **routes = NULL;
  g_autofree const char **destinations = NULL;
  const char *pack = "";
  const char *source = "";
  gboolean basis = FALSE;
  guint number = 0;

  g_variant_lookup (row, "row", "u", &number);
  g_variant_lookup (row, "pack", "&s", &pack);
  g_variant_lookup (row, "source", "&s", &source);
  g_variant_lookup (row, "basis", "b", &basis);
  g_variant_lookup (row, "routes", "^a&s", &routes);
  g_variant_lookup (row, "destinations", "^a&s", &destinations);
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "row", number);
  imp_cli_add_string (cli, "pack", pack);
  imp_cli_add_string (cli, "source", source);
  imp_cli_add_boolean (cli, "basis", basis);
  json_builder_set_member_name (cli->out, "routes");
  add_texts (cli, routes);
  json_builder_set_member_name (cli->out, "destinations");
  add_texts (cli, destinations);
  {
    g_autofree char *by = g_strjoinv (", ", (char **)routes);
    g_autofree char *to = g_strjoinv (", ", (char **)destinations);

    imp_cli_line (cli, "  %2u  %s, to %s [%s]", number, by, to, source);
  }
  add_cases (cli, row);
  json_builder_end_object (cli->out);
}

/**
 * imp_cli_policy_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows the rows of a pack with their sources: of the one in force unless another is named.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_policy_show (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_STRING, &name, "Another than the one in force", "ID|HASH" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (ImpPackInfo) info = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  info = gate != NULL ? imp_gate_describe_pack_sync (gate, name, &rows, error) : NULL;
  if (info == NULL)
    return FALSE;
  print_info (cli, info);
  json_builder_begin_object (cli->out);
  add_info (cli, info);
  json_builder_set_member_name (cli->out, "rows");
  json_builder_begin_array (cli->out);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

      add_row (cli, row);
    }
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  return TRUE;
}

/**
 * imp_cli_policy_check:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Reads a site's pack without using it; needs no register.
 *
 * Returns: whether a site may use it, else %IMP_ERROR_USAGE
 */
gboolean
imp_cli_policy_check (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GBytes) json = NULL;
  g_auto (GStrv) weaknesses = NULL;
  g_autoptr (ImpPackInfo) info = NULL;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  json = read_pack (cli, left[1], error);
  info = json != NULL ? imp_gate_check_pack (json, &weaknesses, error) : NULL;
  if (info == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  add_info (cli, info);
  json_builder_set_member_name (cli->out, "weaknesses");
  add_texts (cli, (const char *const *)weaknesses);
  json_builder_end_object (cli->out);
  print_info (cli, info);
  for (guint i = 0; weaknesses[i] != NULL; i++)
    imp_cli_line (cli, "  %s", weaknesses[i]);
  if (weaknesses[0] == NULL)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "The policy pack is weaker than the program allows, in %u ways",
               g_strv_length (weaknesses));
  return FALSE;
}

/**
 * imp_cli_policy_use:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Puts a pack in force: one from a file, which the register then keeps, or one by name.
 *
 * Returns: whether it is in force
 */
gboolean
imp_cli_policy_use (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (ImpPackInfo) info = NULL;
  gboolean done = FALSE;

  if (!imp_cli_parse (cli, NULL, "FILE|ID|HASH", &left, 1, error))
    return FALSE;
  if (is_file (left[1]))
    {
      json = read_pack (cli, left[1], error);
      if (json == NULL)
        return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  done = json != NULL ? imp_gate_use_pack_sync (gate, json, error)
                      : imp_gate_set_pack (gate, left[1], error);
  info = done ? imp_gate_describe_pack_sync (gate, NULL, &rows, error) : NULL;
  if (info == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  add_info (cli, info);
  json_builder_end_object (cli->out);
  print_info (cli, info);
  return TRUE;
}

static void
add_what_if (ImpCli *cli, const ImpWhatIf *what_if)
{
  g_autofree char *by = g_strjoinv (", ", what_if->refused_by);

  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "export_id", what_if->export_id);
  imp_cli_add_string (cli, "at", what_if->at);
  imp_cli_add_string (cli, "route", what_if->route);
  imp_cli_add_string (cli, "destination", what_if->destination);
  imp_cli_add_string (cli, "pack", what_if->pack);
  imp_cli_add_string (cli, "then", what_if->then);
  imp_cli_add_string (cli, "now", what_if->now);
  imp_cli_add_boolean (cli, "stricter", what_if->stricter);
  json_builder_set_member_name (cli->out, "rules");
  add_texts (cli, (const char *const *)what_if->rules);
  json_builder_set_member_name (cli->out, "refused_by");
  add_texts (cli, (const char *const *)what_if->refused_by);
  json_builder_end_object (cli->out);
  if (what_if->then == NULL)
    imp_cli_line (cli, "%s  %s  cannot be judged again", what_if->at, what_if->export_id);
  else if (what_if->stricter)
    imp_cli_line (cli, "%s  %s  %s, %s: %s now (%s)", what_if->at, what_if->export_id,
                  what_if->route, what_if->destination, what_if->now, by);
}

/**
 * imp_cli_policy_what_if:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Judges past exports again by another pack, and changes nothing.
 *
 * Returns: whether it could
 */
gboolean
imp_cli_policy_what_if (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GPtrArray) report = NULL;
  guint n_stricter = 0;
  guint n_unknown = 0;

  if (!imp_cli_parse (cli, NULL, "FILE|ID|HASH", &left, 1, error))
    return FALSE;
  if (is_file (left[1]))
    {
      json = read_pack (cli, left[1], error);
      if (json == NULL)
        return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  report =
      gate != NULL ? imp_gate_what_if_sync (gate, left[1], json, cli->cancellable, error) : NULL;
  if (report == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  json_builder_set_member_name (cli->out, "exports");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < report->len; i++)
    {
      const ImpWhatIf *what_if = g_ptr_array_index (report, i);

      add_what_if (cli, what_if);
      n_stricter += what_if->stricter;
      n_unknown += what_if->then == NULL;
    }
  json_builder_end_array (cli->out);
  imp_cli_add_int (cli, "n_exports", report->len);
  imp_cli_add_int (cli, "n_stricter", n_stricter);
  imp_cli_add_int (cli, "n_unknown", n_unknown);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%u exports: %u would not have left as they did, %u cannot be judged again",
                report->len, n_stricter, n_unknown);
  return TRUE;
}
