/* The saved views, and the record of look-ups. */
#include "cli.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"
#include "imp-views.h"

#define PAGE 50

/* ---- views ---- */

static void
add_row_members (ImpCli *cli, const ImpViewRow *row)
{
  imp_cli_add_string (cli, "person", row->person_id);
  imp_cli_add_secret (cli, "number", row->number);
  imp_cli_add_secret (cli, "name", row->name);
  imp_cli_add_boolean (cli, "objects", row->objects);
  imp_cli_add_string (cli, "permission", row->permission_id);
  imp_cli_add_string (cli, "level", row->level);
  imp_cli_add_secret (cli, "scope", row->scope);
  imp_cli_add_string (cli, "state", row->state);
  /* A birthday identifies; the day of a permission or an export does not. */
  imp_cli_add_string (cli, "day", row->age > 0 ? imp_cli_mask (cli, row->day) : row->day);
  imp_cli_add_int (cli, "age", row->age);
  imp_cli_add_string (cli, "case", row->parked != NULL ? row->parked->id : NULL);
  imp_cli_add_string (cli, "rules", row->parked != NULL ? row->parked->rules : NULL);
  json_builder_set_member_name (cli->out, "copy");
  if (row->copy == NULL)
    {
      json_builder_add_null_value (cli->out);
      return;
    }
  json_builder_begin_object (cli->out);
  imp_cli_add_copy_members (cli, row->copy);
  json_builder_end_object (cli->out);
}

static const char *
show_subject (const ImpViewRow *row)
{
  if (row->copy != NULL)
    return row->copy->export_id;
  if (row->parked != NULL)
    return row->parked->id;
  return row->permission_id != NULL ? row->permission_id : "–";
}

static void
add_row (ImpCli *cli, const ImpViewRow *row)
{
  json_builder_begin_object (cli->out);
  add_row_members (cli, row);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%.10s  %s  %-20s  %s  %s%s%s",
                row->age > 0 ? imp_cli_shown (cli, row->day) : row->day, show_subject (row),
                row->level != NULL ? row->level : "–", imp_cli_shown (cli, row->number),
                imp_cli_shown (cli, row->name),
                row->copy != NULL && row->copy->task_reason != NULL ? "  to be taken down: " : "",
                row->copy != NULL && row->copy->task_reason != NULL ? row->copy->task_reason : "");
}

static gboolean
show_view (ImpCli *cli, ImpGate *gate, const ImpViewQuery *query, GError **error)
{
  g_autoptr (GPtrArray) rows = imp_gate_list_view_sync (gate, query, error);
  gboolean more = rows != NULL && rows->len == query->limit;
  const char *next = more ? ((ImpViewRow *)g_ptr_array_index (rows, rows->len - 1))->after : NULL;

  if (rows == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "view", imp_saved_view_to_text (query->view));
  json_builder_set_member_name (cli->out, "rows");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < rows->len; i++)
    add_row (cli, g_ptr_array_index (rows, i));
  json_builder_end_array (cli->out);
  imp_cli_add_string (cli, "next", next);
  json_builder_end_object (cli->out);
  if (rows->len == 0)
    imp_cli_line (cli, "Nothing to do here.");
  if (next != NULL)
    imp_cli_line (cli, "There may be more: --after '%s'", next);
  return TRUE;
}

/**
 * imp_cli_view:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows one page of a saved view.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_view (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *person = NULL;
  g_autofree char *permission = NULL;
  g_autofree char *after = NULL;
  int limit = PAGE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "First day", "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Last day", "YYYY-MM-DD" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Published: of this person", "ID" },
    { "permission", 0, 0, G_OPTION_ARG_STRING, &permission, "Published: under this permission",
      "ID" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &after, "What the page before gave as next", "TOKEN" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autofree char *person_id = NULL;
  ImpViewQuery query = { 0 };

  if (!imp_cli_parse (cli, entries, "VIEW", &left, 1, error))
    return FALSE;
  if (!imp_saved_view_from_text (left[1], &query.view))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "There is no view of this name");
      return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  if (person != NULL)
    {
      person_id = imp_cli_resolve_person (cli, gate, person, error);
      if (person_id == NULL)
        return FALSE;
    }
  query.from = from;
  query.to = to;
  query.person_id = person_id;
  query.permission_id = permission;
  query.after = after;
  query.limit = (guint)CLAMP (limit, 1, 1000);
  return show_view (cli, gate, &query, error);
}

/* ---- the record of look-ups ---- */

static void
add_look_up (ImpCli *cli, const ImpLookUp *look_up, GPtrArray *users)
{
  g_autofree char *user =
      look_up->user_id != NULL ? imp_cli_name_user (users, look_up->user_id) : NULL;

  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "seq", look_up->seq);
  imp_cli_add_string (cli, "at", look_up->at);
  imp_cli_add_string (cli, "user", user);
  imp_cli_add_string (cli, "login", look_up->login);
  imp_cli_add_string (cli, "kind", look_up->kind);
  imp_cli_add_string (cli, "view", look_up->view);
  if (look_up->n_found >= 0)
    imp_cli_add_int (cli, "found", look_up->n_found);
  imp_cli_add_string (cli, "person", look_up->person_id);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%" G_GINT64_FORMAT "  %.19s  %s  %s%s%s%s%s", look_up->seq, look_up->at,
                user != NULL ? user : look_up->login, look_up->kind,
                look_up->view != NULL ? " " : "", look_up->view != NULL ? look_up->view : "",
                look_up->person_id != NULL ? " " : "",
                look_up->person_id != NULL ? look_up->person_id : "");
}

/**
 * imp_cli_look_ups_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists who looked for what kind of thing, and whose record was opened, newest first.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_look_ups_list (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *person = NULL;
  gint64 before = 0;
  int limit = 100;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING, &person, "Whose record was opened", "ID" },
    { "before", 0, 0, G_OPTION_ARG_INT64, &before, "Older than this number", "N" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *person_id = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_check_right (gate, IMP_RIGHT_AUDIT, error))
    return FALSE;
  users = imp_gate_list_users (gate, error);
  if (users == NULL)
    return FALSE;
  if (person != NULL)
    {
      person_id = imp_cli_resolve_person (cli, gate, person, error);
      if (person_id == NULL)
        return FALSE;
    }
  list = imp_register_list_look_ups (imp_gate_get_register (gate), person_id, before,
                                     (guint)MAX (limit, 1), error);
  if (list == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < list->len; i++)
    add_look_up (cli, g_ptr_array_index (list, i), users);
  json_builder_end_array (cli->out);
  if (list->len == 0)
    imp_cli_line (cli, "Nobody looked.");
  return TRUE;
}
