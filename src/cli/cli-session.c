/* Curation sessions, and what is remembered of scanners. */
#include "cli.h"
#include "imp-curation-list.h"
#include "imp-curation.h"
#include "imp-error.h"
#include "imp-register-curation.h"
#include "imp-register-templates.h"
#include "imp-set-release.h"
#include "imp-templates.h"

/* ---- how they are told of ---- */

static void
add_counts (ImpCli *cli, const guint counts[IMP_CURATION_N_STATES])
{
  json_builder_set_member_name (cli->out, "counts");
  json_builder_begin_object (cli->out);
  for (guint i = 0; i < IMP_CURATION_N_STATES; i++)
    imp_cli_add_int (cli, imp_curation_state_to_text ((ImpCurationState)i), counts[i]);
  json_builder_end_object (cli->out);
}

static void
add_session (ImpCli *cli, const ImpCurationRecord *record,
             const guint counts[IMP_CURATION_N_STATES])
{
  guint n_items = 0;

  for (guint i = 0; i < IMP_CURATION_N_STATES; i++)
    n_items += counts[i];
  imp_cli_add_string (cli, "id", record->id);
  imp_cli_add_secret (cli, "title", record->title);
  imp_cli_add_string (cli, "destination", record->destination);
  imp_cli_add_string (cli, "created", record->created);
  imp_cli_add_string (cli, "created_by", record->created_by);
  imp_cli_add_int (cli, "images", n_items);
  add_counts (cli, counts);
  imp_cli_line (cli, "%s  %.10s  %u images, %u cleared, %u exported, %u set aside  %s", record->id,
                record->created, n_items, counts[IMP_CURATION_CLEARED],
                counts[IMP_CURATION_EXPORTED], counts[IMP_CURATION_SET_ASIDE],
                imp_cli_shown (cli, record->title));
}

static void
add_rect (ImpCli *cli, int x, int y, int width, int height)
{
  imp_cli_add_int (cli, "x", x);
  imp_cli_add_int (cli, "y", y);
  imp_cli_add_int (cli, "width", width);
  imp_cli_add_int (cli, "height", height);
}

/* Frames count from 1; 0 stands for all of them. */
static void
add_boxes (ImpCli *cli, const GArray *boxes)
{
  json_builder_set_member_name (cli->out, "boxes");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < boxes->len; i++)
    {
      const ImpCurationBox *box = &g_array_index (boxes, ImpCurationBox, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_int (cli, "frame", box->frame + 1);
      add_rect (cli, box->x, box->y, box->width, box->height);
      json_builder_end_object (cli->out);
    }
  json_builder_end_array (cli->out);
}

static void
add_image (ImpCli *cli, const ImpCurationItem *item)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "image", item->position + 1);
  imp_cli_add_secret (cli, "file", item->path);
  imp_cli_add_secret (cli, "entry", item->entry);
  imp_cli_add_secret (cli, "sha256", item->sha256);
  imp_cli_add_secret (cli, "number", item->number);
  imp_cli_add_string (cli, "state", imp_curation_state_to_text (item->state));
  imp_cli_add_secret (cli, "reason", item->reason);
  imp_cli_add_int (cli, "page", item->page + 1);
  imp_cli_add_int (cli, "frame", item->frame + 1);
  imp_cli_add_int (cli, "frames", item->n_frames);
  add_boxes (cli, item->boxes);
  imp_cli_add_string (cli, "export", item->export_id);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%4u  %-9s  %u boxes  %s%s%s", item->position + 1,
                imp_curation_state_to_text (item->state), item->boxes->len,
                imp_cli_shown (cli, item->path), item->reason != NULL ? "  " : "",
                item->reason != NULL ? imp_cli_shown (cli, item->reason) : "");
}

static guint
count_images (ImpCuration *curation, gint64 patient_id)
{
  guint count = 0;

  for (guint i = 0; i < imp_curation_get_n_items (curation); i++)
    count += imp_curation_get_item (curation, i)->patient_id == patient_id;
  return count;
}

static void
add_patients (ImpCli *cli, ImpCuration *curation)
{
  GPtrArray *patients = imp_curation_get_patients (curation);

  json_builder_set_member_name (cli->out, "patients");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < patients->len; i++)
    {
      const ImpCurationPatient *patient = g_ptr_array_index (patients, i);
      const ImpStanding *standing = imp_curation_get_patient_standing (curation, patient->id);

      json_builder_begin_object (cli->out);
      imp_cli_add_secret (cli, "number", patient->number);
      imp_cli_add_int (cli, "images", count_images (curation, patient->id));
      imp_cli_add_string (cli, "standing", imp_standing_kind_to_text (standing->kind));
      imp_cli_add_string (cli, "says", standing->reason);
      imp_cli_add_string (cli, "person", standing->person_id);
      imp_cli_add_string (cli, "permission", standing->permission_id);
      imp_cli_add_string (cli, "expires", standing->expires);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "      %s: %s", imp_cli_shown (cli, patient->number), standing->reason);
    }
  json_builder_end_array (cli->out);
}

/* ---- the verbs ---- */

/* Each source is listed by itself, so that the session knows what came from where. */
static GPtrArray *
list_sources (ImpCli *cli, char **paths, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      char *one[] = { paths[i], NULL };
      g_autoptr (ImpSourceList) list = imp_cli_load_sources (cli, one, error);

      if (list == NULL)
        return NULL;
      g_ptr_array_add (lists, imp_curation_items_of_list (list));
    }
  return g_steal_pointer (&lists);
}

static gboolean
add_sources (ImpGate *gate, const char *id, char **paths, GPtrArray *lists, guint *n_items,
             guint *n_aside, GError **error)
{
  ImpRegister *reg = imp_gate_get_register (gate);

  for (guint i = 0; i < lists->len; i++)
    {
      GPtrArray *items = g_ptr_array_index (lists, i);
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (paths[i]);
      g_autofree char *path = g_file_get_path (file);

      if (!imp_register_add_curation_items (reg, id, path, items, error))
        {
          imp_register_remove_curation (reg, id, NULL);
          return FALSE;
        }
      *n_items += items->len;
      for (guint j = 0; j < items->len; j++)
        *n_aside += ((const ImpCurationItem *)g_ptr_array_index (items, j))->state
                    == IMP_CURATION_SET_ASIDE;
    }
  return TRUE;
}

/**
 * imp_cli_session_new:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Begins a curation session with all pictures of some sources.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_session_new (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *said = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &said, "What it is called", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  guint n_items = 0;
  guint n_aside = 0;

  if (!imp_cli_parse (cli, entries, "SOURCE…", &left, IMP_CLI_SOME, error))
    return FALSE;
  title = imp_cli_read_value (cli, said != NULL ? said : "", error);
  gate = title != NULL ? imp_cli_open_gate (cli, error) : NULL;
  if (gate == NULL || !imp_gate_check_right (gate, IMP_RIGHT_RECORD, error))
    return FALSE;
  lists = list_sources (cli, left + 1, error);
  id = lists != NULL ? imp_curation_create_sync (gate, title, error) : NULL;
  if (id == NULL || !add_sources (gate, id, left + 1, lists, &n_items, &n_aside, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", id);
  imp_cli_add_int (cli, "images", n_items);
  imp_cli_add_int (cli, "aside", n_aside);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s: %u images, %u of them set aside", id, n_items, n_aside);
  return TRUE;
}

/**
 * imp_cli_session_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the curation sessions, the newest first.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_session_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) sessions = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  sessions =
      gate != NULL ? imp_register_list_curations (imp_gate_get_register (gate), error) : NULL;
  if (sessions == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < sessions->len; i++)
    {
      const ImpCurationRecord *record = g_ptr_array_index (sessions, i);

      json_builder_begin_object (cli->out);
      add_session (cli, record, record->counts);
      json_builder_end_object (cli->out);
    }
  json_builder_end_array (cli->out);
  if (sessions->len == 0)
    imp_cli_line (cli, "No session.");
  return TRUE;
}

/**
 * imp_cli_session_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows one session: whose pictures are in it and what the register says of them now, and how far
 * each picture is.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_session_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpCuration) curation = NULL;
  guint counts[IMP_CURATION_N_STATES] = { 0 };

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  curation = gate != NULL ? imp_curation_open_sync (gate, left[1], error) : NULL;
  if (curation == NULL)
    return FALSE;
  imp_curation_count (curation, counts);
  json_builder_begin_object (cli->out);
  add_session (cli, imp_curation_get_record (curation), counts);
  add_patients (cli, curation);
  json_builder_set_member_name (cli->out, "list");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < imp_curation_get_n_items (curation); i++)
    add_image (cli, imp_curation_get_item (curation, i));
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  return TRUE;
}

/* ---- a batch ---- */

static void
add_entry (ImpCli *cli, ImpCuration *curation, ImpSetRelease *batch, guint index)
{
  static const char *const WORDS[] = { "waiting", "allowed", "refused", "failed", "exported" };
  const char *outcome = WORDS[imp_set_release_get_outcome (batch, index)];
  g_autofree char *name = imp_set_release_dup_name (batch, index);
  g_autofree char *export_id = imp_set_release_dup_export_id (batch, index);
  g_autofree char *problem = imp_set_release_dup_problem (batch, index);
  g_autoptr (GPtrArray) reasons = imp_set_release_ref_reasons (batch, index);
  guint place = 0;

  if (!imp_curation_find_item (curation, imp_set_release_get_item (batch, index), &place))
    return;
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "image", place + 1);
  imp_cli_add_string (cli, "outcome", outcome);
  imp_cli_add_string (cli, "route", imp_set_release_get_route (batch, index));
  imp_cli_add_string (cli, "output", name);
  imp_cli_add_string (cli, "export", export_id);
  imp_cli_add_string (cli, "problem", problem);
  imp_cli_line (cli, "%4u  %-8s  %s%s", place + 1, outcome, name != NULL ? name : "",
                problem != NULL ? problem : "");
  json_builder_set_member_name (cli->out, "reasons");
  imp_cli_add_reasons (cli, reasons);
  json_builder_end_object (cli->out);
}

static gboolean
check_all (ImpSetRelease *batch, ImpSetOutcome wanted, GError **error)
{
  const guint n_left =
      imp_set_release_get_n_entries (batch) - imp_set_release_count (batch, wanted);

  if (n_left == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_REFUSED,
               "%u of the pictures stay where they are: the list says why", n_left);
  return FALSE;
}

/**
 * imp_cli_session_release:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Asks the gate to let all cleared pictures of a session out: judged first, then one by one.
 *
 * Returns: whether all of them are there, or with --rehearse would be
 */
gboolean
imp_cli_session_release (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *output = NULL;
  gboolean rehearses = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The folder for the pictures", "FOLDER" },
    { "rehearse", 0, 0, G_OPTION_ARG_NONE, &rehearses, "Only judge", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpCuration) curation = NULL;
  g_autoptr (ImpSetRelease) batch = NULL;
  g_autoptr (GError) stopped = NULL;

  if (!imp_cli_parse (cli, entries, "ID", &left, 1, error))
    return FALSE;
  if (rehearses == (output != NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Say either --output or --rehearse");
      return FALSE;
    }
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_check_right (gate, IMP_RIGHT_RELEASE, error))
    return FALSE;
  curation = imp_curation_open_sync (gate, left[1], error);
  batch = curation != NULL ? imp_set_release_new (curation, IMP_ORIGIN_SCRIPT, error) : NULL;
  if (batch == NULL || !imp_set_release_rehearse_sync (batch, cli->cancellable, error))
    return FALSE;
  folder = output != NULL ? g_file_new_for_commandline_arg (output) : NULL;
  if (folder != NULL)
    imp_set_release_run_sync (batch, folder, cli->cancellable, &stopped);
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "images", imp_set_release_get_n_entries (batch));
  imp_cli_add_int (cli, "exported", imp_set_release_count (batch, IMP_SET_EXPORTED));
  json_builder_set_member_name (cli->out, "list");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < imp_set_release_get_n_entries (batch); i++)
    add_entry (cli, curation, batch, i);
  json_builder_end_array (cli->out);
  imp_cli_add_teaching_set (cli, imp_set_release_get_set (batch));
  json_builder_end_object (cli->out);
  if (stopped != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&stopped));
      return FALSE;
    }
  return check_all (batch, folder != NULL ? IMP_SET_EXPORTED : IMP_SET_ALLOWED, error);
}

/* ---- templates of scanners ---- */

static void
add_template (ImpCli *cli, const ImpScannerTemplate *scanner)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", scanner->id);
  imp_cli_add_secret (cli, "name", scanner->name);
  imp_cli_add_secret (cli, "manufacturer", scanner->manufacturer);
  imp_cli_add_secret (cli, "model", scanner->model);
  imp_cli_add_secret (cli, "station", scanner->station);
  imp_cli_add_int (cli, "rows", scanner->rows);
  imp_cli_add_int (cli, "columns", scanner->columns);
  imp_cli_add_string (cli, "changed", scanner->changed);
  json_builder_set_member_name (cli->out, "boxes");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < scanner->boxes->len; i++)
    {
      const ImpTemplateBox *box = &g_array_index (scanner->boxes, ImpTemplateBox, i);

      json_builder_begin_object (cli->out);
      add_rect (cli, box->x, box->y, box->width, box->height);
      json_builder_end_object (cli->out);
    }
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%s  %s %s  %d × %d  %u boxes  %s", scanner->id,
                imp_cli_shown (cli, scanner->manufacturer), imp_cli_shown (cli, scanner->model),
                scanner->columns, scanner->rows, scanner->boxes->len,
                *scanner->station != '\0' ? imp_cli_shown (cli, scanner->station)
                                          : "every scanner of this model");
}

/**
 * imp_cli_template_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists what is remembered of scanners.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_template_list (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) templates = NULL;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  templates =
      gate != NULL ? imp_register_list_templates (imp_gate_get_register (gate), error) : NULL;
  if (templates == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < templates->len; i++)
    add_template (cli, g_ptr_array_index (templates, i));
  json_builder_end_array (cli->out);
  if (templates->len == 0)
    imp_cli_line (cli, "Nothing is remembered.");
  return TRUE;
}

/**
 * imp_cli_template_export:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes what is remembered of scanners out, without anything that says where it is from.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_template_export (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) target = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  target = g_file_new_for_commandline_arg (left[1]);
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_export_templates_sync (gate, target, cli->cancellable, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "output", left[1]);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Written.");
  return TRUE;
}

/**
 * imp_cli_template_import:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes in what another department remembers of scanners.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_template_import (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpGate) gate = NULL;
  guint n_taken = 0;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL
      || !imp_gate_import_templates_sync (gate, file, cli->cancellable, &n_taken, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "taken", n_taken);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "%u taken in.", n_taken);
  return TRUE;
}

/**
 * imp_cli_template_remove:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Forgets what is remembered of one scanner.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_template_remove (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "ID", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL || !imp_gate_check_right (gate, IMP_RIGHT_RECORD, error)
      || !imp_register_remove_template (imp_gate_get_register (gate), left[1], error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "id", left[1]);
  imp_cli_add_boolean (cli, "removed", TRUE);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Forgotten.");
  return TRUE;
}
