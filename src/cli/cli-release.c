#include <string.h>

#include "cli.h"
#include "imp-error.h"

/* What the command line of a release says. */
typedef struct
{
  char *output;
  char *destination;
  char *route;
  char *person;
  char *permission;
  char *crop;
  char *window;
  char *answers_file;
  char *receipt_file;
  char **boxes;
  char **answers;
  int frame;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->destination);
  g_free (options->route);
  g_free (options->person);
  g_free (options->permission);
  g_free (options->crop);
  g_free (options->window);
  g_free (options->answers_file);
  g_free (options->receipt_file);
  g_strfreev (options->boxes);
  g_strfreev (options->answers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (ImpCli *cli, Options *options, char ***left, GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "The file to make", "OUT" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &options->destination, "Where it goes", "D" },
    { "route", 0, 0, G_OPTION_ARG_STRING, &options->route, "consent or anonymised", "R" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &options->person, "Whose picture", "ID|unknown" },
    { "permission", 0, 0, G_OPTION_ARG_STRING, &options->permission, "It rests on", "ID" },
    { "frame", 0, 0, G_OPTION_ARG_INT, &options->frame, "Which frame, from 1", "N" },
    { "box", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->boxes, "Covered", "X,Y,W,H" },
    { "crop", 0, 0, G_OPTION_ARG_STRING, &options->crop, "Kept", "X,Y,W,H" },
    { "window", 0, 0, G_OPTION_ARG_STRING, &options->window, "VOI window", "CENTRE,WIDTH" },
    { "answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->answers, "An answer", "KEY=VALUE" },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &options->answers_file, "Answers", "FILE" },
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &options->receipt_file, "Keep the receipt", "FILE" },
    G_OPTION_ENTRY_NULL,
  };

  options->frame = 1;
  if (!imp_cli_parse (cli, entries, "FILE", left, 1, error))
    return FALSE;
  if (options->output == NULL || options->destination == NULL || options->route == NULL
      || options->person == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "A release needs --output, --destination, --route and --person");
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_pixels (ImpRequest *request, const Options *options, GError **error)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  ImpRect rect = { 0 };

  for (guint i = 0; options->boxes != NULL && options->boxes[i] != NULL; i++)
    {
      if (!imp_rect_parse (options->boxes[i], &rect))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "A box is X,Y,WIDTH,HEIGHT in whole pixels, with a width and height of 1 "
                       "or more");
          return FALSE;
        }
      g_array_append_val (boxes, rect);
    }
  imp_request_set_boxes (request, (const ImpRect *)boxes->data, boxes->len);
  if (options->crop != NULL)
    {
      if (!imp_rect_parse (options->crop, &rect))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "A crop is X,Y,WIDTH,HEIGHT in whole pixels");
          return FALSE;
        }
      imp_request_set_crop (request, &rect);
    }
  if (options->window != NULL)
    {
      ImpWindow window = { 0, 0, IMP_VOI_LINEAR };
      char *end = NULL;

      window.centre = g_ascii_strtod (options->window, &end);
      if (end == options->window || *end != ',' || end[1] == '\0')
        end = (char *)"?";
      else
        window.width = g_ascii_strtod (end + 1, &end);
      if (*end != '\0')
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "A window is CENTRE,WIDTH");
          return FALSE;
        }
      imp_request_set_window (request, &window);
    }
  return TRUE;
}

static gboolean
set_json_answers (ImpRequest *request, JsonObject *object, const char *rendering,
                  GPtrArray **reasons, GError **error)
{
  JsonObject *answers = object;
  g_autoptr (GList) keys = NULL;

  if (json_object_has_member (object, "answers"))
    {
      const char *bound =
          json_object_get_string_member_with_default (object, "rendering_sha256", NULL);
      JsonNode *node = json_object_get_member (object, "answers");

      if (bound != NULL && !g_str_equal (bound, rendering))
        {
          ImpReason *reason = imp_reason_new (
              "floor:answers", IMP_OUTCOME_REFUSE, "The answers were given for another picture.",
              "Imprimatur's floor", "Look at this picture and answer for it.");

          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, reason->reason);
          *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
          g_ptr_array_add (*reasons, reason);
          return FALSE;
        }
      answers = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  keys = answers != NULL ? json_object_get_members (answers) : NULL;
  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonNode *value = json_object_get_member (answers, key->data);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Every answer is a text");
          return FALSE;
        }
      imp_request_set_answer (request, key->data, json_node_get_string (value));
    }
  if (answers == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The answers are not a JSON object");
  return answers != NULL;
}

static gboolean
set_answer_line (ImpRequest *request, const char *line, GError **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;

  if (equals == NULL || equals == line || !g_utf8_validate (line, -1, NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "An answer is KEY=VALUE");
      return FALSE;
    }
  key = g_strndup (line, (gsize)(equals - line));
  imp_request_set_answer (request, g_strstrip (key), equals + 1);
  return TRUE;
}

static gboolean
set_answers (ImpRequest *request, const Options *options, ImpFrame *frame, GPtrArray **reasons,
             GError **error)
{
  if (options->answers_file != NULL)
    {
      g_autofree char *where = g_str_equal (options->answers_file, "-")
                                   ? g_strdup ("-")
                                   : g_strconcat ("@", options->answers_file, NULL);
      g_autofree char *text = imp_cli_read_value (where, error);
      g_auto (GStrv) lines = NULL;

      if (text == NULL)
        return FALSE;
      if (*text == '{')
        {
          g_autoptr (JsonNode) root = json_from_string (text, NULL);
          g_autoptr (ImpRaster) rendering = NULL;
          g_autofree char *hash = NULL;

          if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
            {
              g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "The answers are neither JSON nor lines of KEY=VALUE");
              return FALSE;
            }
          rendering = imp_frame_render (frame, NULL, error);
          if (rendering == NULL)
            return FALSE;
          hash = imp_raster_hash (rendering);
          if (!set_json_answers (request, json_node_get_object (root), hash, reasons, error))
            return FALSE;
        }
      else
        lines = g_strsplit (text, "\n", -1);
      for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
        if (*g_strstrip (lines[i]) != '\0' && lines[i][0] != '#'
            && !set_answer_line (request, lines[i], error))
          return FALSE;
    }
  for (guint i = 0; options->answers != NULL && options->answers[i] != NULL; i++)
    if (!set_answer_line (request, options->answers[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
set_format (ImpRequest *request, const char *output, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);
  gboolean jpeg = g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg");

  if (!jpeg && !g_str_has_suffix (lower, ".png"))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "The output's name ends in .png or .jpg: other formats carry too much");
      return FALSE;
    }
  imp_request_set_jpeg (request, jpeg);
  return TRUE;
}

static gboolean
set_use (ImpRequest *request, ImpGate *gate, const Options *options, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (options->output);
  g_autofree char *person_id = g_str_equal (options->person, "unknown")
                                   ? g_strdup ("")
                                   : imp_cli_resolve_person (gate, options->person, error);

  if (person_id == NULL)
    return FALSE;
  imp_request_set_person (request, person_id);
  imp_request_set_destination (request, options->destination);
  imp_request_set_route (request, options->route);
  imp_request_set_permission (request, options->permission);
  imp_request_set_target (request, target);
  return set_format (request, options->output, error);
}

static ImpRequest *
make_request (ImpGate *gate, const char *path, const Options *options, GPtrArray **reasons,
              GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, error);
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRequest) request = NULL;
  guint n_frames = 0;

  if (source == NULL)
    return NULL;
  n_frames = imp_facts_get_n_frames (imp_source_get_facts (source));
  if (options->frame < 1 || (guint)options->frame > n_frames)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "The file has frames 1 to %u, and no frame %d", n_frames, options->frame);
      return NULL;
    }
  frame = imp_source_load_frame_sync (source, (guint)options->frame - 1, NULL, error);
  if (frame == NULL)
    return NULL;
  request = imp_request_new (source, (guint)options->frame - 1, frame, IMP_ORIGIN_SCRIPT);
  if (!set_pixels (request, options, error)
      || !set_answers (request, options, frame, reasons, error)
      || !set_use (request, gate, options, error))
    return NULL;
  return g_steal_pointer (&request);
}

static void
add_receipt (ImpCli *cli, const ImpReceipt *receipt, const char *receipt_file)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "ledger_id", receipt->ledger_id);
  imp_cli_add_string (cli, "sha256", receipt->sha256);
  json_builder_set_member_name (cli->out, "rules");
  json_builder_begin_array (cli->out);
  for (guint i = 0; receipt->rules[i] != NULL; i++)
    json_builder_add_string_value (cli->out, receipt->rules[i]);
  json_builder_end_array (cli->out);
  json_builder_set_member_name (cli->out, "boxes_as_filled");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < receipt->boxes_as_filled->len; i++)
    {
      const ImpRect *box = &g_array_index (receipt->boxes_as_filled, ImpRect, i);

      json_builder_begin_array (cli->out);
      json_builder_add_int_value (cli->out, box->x);
      json_builder_add_int_value (cli->out, box->y);
      json_builder_add_int_value (cli->out, box->width);
      json_builder_add_int_value (cli->out, box->height);
      json_builder_end_array (cli->out);
    }
  json_builder_end_array (cli->out);
  json_builder_set_member_name (cli->out, "receipt");
  json_builder_add_value (cli->out, json_from_string (receipt->json, NULL));
  if (receipt_file != NULL)
    imp_cli_add_string (cli, "receipt_file", receipt_file);
  json_builder_end_object (cli->out);

  imp_cli_line (cli, "Exported (%s). SHA-256 %s", receipt->ledger_id, receipt->sha256);
  imp_cli_line (cli, "Basis: %s", receipt->basis);
  imp_cli_line (cli, "Proof: %s", receipt->proof);
  imp_cli_line (cli, "Chain head: %s", receipt->chain_head);
}

/**
 * imp_cli_release:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Asks the gate to let one frame out. A refusal answers with the list of what refuses.
 *
 * Returns: whether the picture is there
 */
gboolean
imp_cli_release (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (ImpRequest) request = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  if (!parse (cli, &options, &left, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  /* A use that the pack does not know is a slip of the pen, not a refusal. */
  questions = imp_gate_questions (gate, options.route, options.destination, error);
  if (questions == NULL)
    return FALSE;
  request = make_request (gate, left[1], &options, &reasons, error);
  if (request != NULL)
    receipt = imp_gate_release_sync (gate, request, NULL, &reasons, error);
  if (receipt == NULL)
    {
      if (reasons != NULL)
        imp_cli_add_reasons (cli, reasons);
      return FALSE;
    }
  add_receipt (cli, receipt, options.receipt_file);
  if (options.receipt_file != NULL)
    {
      g_autoptr (GFile) target = g_file_new_for_commandline_arg (options.receipt_file);
      g_autoptr (GBytes) bytes = g_bytes_new (receipt->json, strlen (receipt->json));

      return imp_gate_publish_record_sync (gate, "receipt", bytes, target, NULL, error);
    }
  return TRUE;
}
