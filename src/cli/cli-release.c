#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "imp-error.h"
#include "imp-suggestion.h"

/* What the command line of a release says. */
typedef struct
{
  char *output;
  char *destination;
  char *route;
  char *person;
  char *permission;
  char *crop;
  char *caption;
  char *alt;
  char *answers_file;
  char *receipt_file;
  char *reason; /* of a case that is parked */
  char **boxes;
  char **acknowledged;
  char *acknowledged_in; /* the output in which they were seen */
  gboolean accepts;      /* what screening suggests becomes boxes */
  char **answers;
  ImpCliView view;
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
  g_free (options->caption);
  g_free (options->alt);
  g_free (options->answers_file);
  g_free (options->receipt_file);
  g_free (options->reason);
  g_strfreev (options->boxes);
  g_strfreev (options->acknowledged);
  g_free (options->acknowledged_in);
  g_strfreev (options->answers);
  imp_cli_view_clear (&options->view);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (ImpCli *cli, Options *options, gboolean parks, char ***left, GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "The file to make", "OUT" },
    { "destination", 0, 0, G_OPTION_ARG_STRING, &options->destination, "Where it goes", "D" },
    { "route", 0, 0, G_OPTION_ARG_STRING, &options->route, "consent or anonymised", "R" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &options->person, "Whose picture", "ID|unknown" },
    { "permission", 0, 0, G_OPTION_ARG_STRING, &options->permission, "It rests on", "ID" },
    { "box", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->boxes, "Covered", "X,Y,W,H" },
    { "accept-suggestions", 0, 0, G_OPTION_ARG_NONE, &options->accepts, "Cover them", NULL },
    { "acknowledge", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->acknowledged, "May stay",
      "X,Y,W,H" },
    { "acknowledged-in", 0, 0, G_OPTION_ARG_STRING, &options->acknowledged_in, "Seen in", "SHA" },
    { "crop", 0, 0, G_OPTION_ARG_STRING, &options->crop, "Kept", "X,Y,W,H" },
    { "caption", 0, 0, G_OPTION_ARG_STRING, &options->caption, "Words beside it", "TEXT" },
    { "alt", 0, 0, G_OPTION_ARG_STRING, &options->alt, "Words in its place", "TEXT" },
    { "answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->answers, "An answer", "KEY=VALUE" },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &options->answers_file, "Answers", "FILE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options->reason, "Why, of a parked case", "TEXT" },
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &options->receipt_file, "Keep the receipt", "FILE" },
    G_OPTION_ENTRY_NULL,
  };

  cli->view = &options->view;
  options->view.page = 1;
  options->view.frame = 1;
  options->view.voi_lut = IMP_CLI_NO_VOI_LUT;
  if (!imp_cli_parse (cli, entries, "FILE", left, 1, error))
    return FALSE;
  if (options->output == NULL || options->destination == NULL || options->route == NULL
      || options->person == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "A release needs --output, --destination, --route and --person");
      return FALSE;
    }
  if (parks ? options->receipt_file != NULL : options->reason != NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   parks ? "A case that is parked has no receipt yet"
                         : "--reason is for \"case park\"");
      return FALSE;
    }
  return TRUE;
}

/* Rectangles of the command line, added to what is there. */
static gboolean
read_rects (GArray *rects, char **texts, const char *what, GError **error)
{
  ImpRect rect = { 0 };

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!imp_rect_parse (texts[i], &rect))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "%s is X,Y,WIDTH,HEIGHT in whole pixels, with a width and height of 1 or "
                       "more",
                       what);
          return FALSE;
        }
      g_array_append_val (rects, rect);
    }
  return TRUE;
}

/* What screening suggests of the frame and readers of the picture do not need. */
static gboolean
accept_suggestions (ImpCli *cli, ImpRequest *request, ImpSource *source, ImpFrame *frame,
                    const Options *options, GArray *boxes, GError **error)
{
  g_autoptr (GArray) accepted = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (GPtrArray) suggestions =
      imp_cli_suggest (cli, source, frame, (guint)options->view.frame - 1,
                       options->view.has_chosen ? &options->view.chosen : NULL, NULL, error);

  if (suggestions == NULL)
    return FALSE;
  for (guint i = 0; i < suggestions->len; i++)
    {
      const ImpSuggestion *each = g_ptr_array_index (suggestions, i);

      if (each->keep == IMP_KEEP_NO)
        g_array_append_val (accepted, each->rect);
    }
  if (accepted->len > 0)
    g_array_append_vals (boxes, accepted->data, accepted->len);
  imp_request_set_accepted (request, (const ImpRect *)accepted->data, accepted->len);
  return TRUE;
}

static gboolean
set_pixels (ImpCli *cli, ImpRequest *request, ImpSource *source, ImpFrame *frame,
            const Options *options, GError **error)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (GArray) acknowledged = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  g_autoptr (GArray) crop = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  char *crops[] = { options->crop, NULL };

  if (options->acknowledged != NULL && options->acknowledged_in == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "What is acknowledged was seen in one picture: say in which with "
                           "--acknowledged-in, as the refusal's \"output\" has it");
      return FALSE;
    }
  if (!read_rects (boxes, options->boxes, "A box", error)
      || !read_rects (acknowledged, options->acknowledged, "What is acknowledged", error)
      || !read_rects (crop, crops, "A crop", error)
      || (options->accepts
          && !accept_suggestions (cli, request, source, frame, options, boxes, error)))
    return FALSE;
  imp_request_set_boxes (request, (const ImpRect *)boxes->data, boxes->len);
  imp_request_set_acknowledged (request, options->acknowledged_in,
                                (const ImpRect *)acknowledged->data, acknowledged->len);
  if (crop->len > 0)
    imp_request_set_crop (request, &g_array_index (crop, ImpRect, 0));
  imp_request_set_window (request, options->view.has_chosen ? &options->view.chosen : NULL);
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
set_use (ImpCli *cli, ImpRequest *request, ImpGate *gate, const Options *options, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (options->output);
  g_autofree char *person_id = g_str_equal (options->person, "unknown")
                                   ? g_strdup ("")
                                   : imp_cli_resolve_person (cli, gate, options->person, error);

  if (person_id == NULL)
    return FALSE;
  imp_request_set_person (request, person_id);
  imp_request_set_destination (request, options->destination);
  imp_request_set_route (request, options->route);
  imp_request_set_permission (request, options->permission);
  imp_request_set_target (request, target);
  return set_format (request, options->output, error);
}

static gboolean
set_words (ImpCli *cli, ImpRequest *request, const Options *options, GError **error)
{
  g_autofree char *caption = NULL;
  g_autofree char *alt = NULL;

  if (options->caption != NULL)
    {
      caption = imp_cli_read_value (cli, options->caption, error);
      if (caption == NULL)
        return FALSE;
    }
  if (options->alt != NULL)
    {
      alt = imp_cli_read_value (cli, options->alt, error);
      if (alt == NULL)
        return FALSE;
    }
  imp_request_set_words (request, caption);
  imp_request_set_alt (request, alt);
  return TRUE;
}

static ImpRequest *
make_request (ImpCli *cli, ImpGate *gate, const char *path, Options *options, GPtrArray **reasons,
              GError **error)
{
  g_autoptr (ImpSource) source = imp_cli_open (cli, path, &options->view, error);
  guint number = (guint)options->view.frame - 1;
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_cli_load (cli, source, number, &options->view, error) : NULL;
  g_autoptr (ImpRequest) request = NULL;

  if (frame == NULL)
    return NULL;
  request = imp_request_new (source, number, frame, IMP_ORIGIN_SCRIPT);
  if (!set_pixels (cli, request, source, frame, options, error)
      || !imp_cli_set_answers (cli, gate, request, frame,
                               options->view.has_chosen ? &options->view.chosen : NULL,
                               options->answers_file, options->answers, reasons, error)
      || !set_use (cli, request, gate, options, error) || !set_words (cli, request, options, error))
    return NULL;
  return g_steal_pointer (&request);
}

/* The same name in the same folder, by whatever way: capitals make no difference on some disks. */
static gboolean
is_same_place (const char *one, const char *other)
{
  g_autofree char *name = g_path_get_basename (one);
  g_autofree char *other_name = g_path_get_basename (other);
  g_autofree char *folder = g_path_get_dirname (one);
  g_autofree char *other_folder = g_path_get_dirname (other);
  struct stat info;
  struct stat other_info;

  return g_ascii_strcasecmp (name, other_name) == 0 && stat (folder, &info) == 0
         && stat (other_folder, &other_info) == 0 && info.st_dev == other_info.st_dev
         && info.st_ino == other_info.st_ino;
}

/* A release is not begun whose receipt has nowhere to go. */
static gboolean
check_receipt_target (const Options *options, GError **error)
{
  g_autoptr (GFile) target = NULL;

  if (options->receipt_file == NULL)
    return TRUE;
  if (is_same_place (options->receipt_file, options->output))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_TARGET,
                   "The receipt cannot have the picture's own name: choose another");
      return FALSE;
    }
  target = g_file_new_for_commandline_arg (options->receipt_file);
  if (imp_gate_check_record_target (target, error))
    return TRUE;
  g_prefix_error (error, "The receipt cannot be kept there: ");
  return FALSE;
}

/* A signal that comes now comes too late: the picture is there, and its receipt belongs to it. */
static gboolean
keep_receipt (ImpGate *gate, const ImpReceipt *receipt, const char *path, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (path);
  g_autoptr (GBytes) bytes = g_bytes_new (receipt->json, strlen (receipt->json));

  if (imp_gate_publish_record_sync (gate, "receipt", bytes, target, NULL, error))
    return TRUE;
  g_prefix_error (error, "Its receipt was not kept: ");
  return FALSE;
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
 * Returns: whether the picture is there, and its receipt where --receipt asks for one
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
  gboolean kept = FALSE;

  if (!parse (cli, &options, FALSE, &left, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  if (gate == NULL)
    return FALSE;
  /* A use that the pack does not know is a slip of the pen, not a refusal. */
  questions = imp_gate_questions (gate, options.route, options.destination, error);
  if (questions == NULL)
    return FALSE;
  if (!check_receipt_target (&options, error))
    return FALSE;
  request = make_request (cli, gate, left[1], &options, &reasons, error);
  if (request != NULL)
    receipt = imp_gate_release_sync (gate, request, cli->cancellable, &reasons, error);
  if (receipt == NULL)
    {
      if (reasons != NULL)
        imp_cli_add_reasons (cli, reasons);
      return FALSE;
    }
  cli->stands = "The picture was exported";
  kept = options.receipt_file == NULL || keep_receipt (gate, receipt, options.receipt_file, error);
  add_receipt (cli, receipt, kept ? options.receipt_file : NULL);
  return kept;
}

/**
 * imp_cli_case_park:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Asks a second person about exactly the release that these options would ask for.
 *
 * Returns: whether the case waits now
 */
gboolean
imp_cli_case_park (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpRequest) request = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (ImpParkedCase) parked = NULL;
  g_autofree char *reason = NULL;

  if (!parse (cli, &options, TRUE, &left, error))
    return FALSE;
  reason = options.reason != NULL ? imp_cli_read_value (cli, options.reason, error) : g_strdup ("");
  gate = reason != NULL ? imp_cli_open_gate (cli, error) : NULL;
  if (gate == NULL)
    return FALSE;
  questions = imp_gate_questions (gate, options.route, options.destination, error);
  if (questions == NULL)
    return FALSE;
  request = make_request (cli, gate, left[1], &options, &reasons, error);
  if (request != NULL)
    parked = imp_gate_park_sync (gate, request, reason, &reasons, error);
  if (parked == NULL)
    {
      if (reasons != NULL)
        imp_cli_add_reasons (cli, reasons);
      return FALSE;
    }
  imp_cli_add_case (cli, parked, NULL);
  return TRUE;
}
