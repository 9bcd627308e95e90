#include "cli.h"
#include "imp-error.h"
#include "imp-screener.h"
#include "imp-suggest.h"

/**
 * imp_cli_suggest:
 * @cli: the call
 * @source: a file
 * @frame: one of its frames
 * @number: which, from 0
 * @window: (nullable): the window that it is shown in
 * @person: (nullable): whose picture it is
 * @error: where to put the error
 *
 * Looks at a frame for what may identify.
 *
 * Returns: (transfer container) (element-type ImpSuggestion) (nullable): what a person may want to
 *   cover, or %NULL with %IMP_ERROR_NOT_SCREENED, %IMP_ERROR_CANCELLED or an error of showing it
 */
GPtrArray *
imp_cli_suggest (ImpCli *cli, ImpSource *source, ImpFrame *frame, guint number,
                 const ImpWindow *window, const ImpPerson *person, GError **error)
{
  ImpFacts *facts = imp_source_get_facts (source);
  g_autoptr (ImpKnown) known = imp_known_new ();
  g_autoptr (ImpRaster) rendering = imp_frame_render (frame, window, error);
  g_autoptr (GPtrArray) spots =
      rendering != NULL ? imp_screener_look_sync (rendering, imp_suggest_choose_looks (facts),
                                                  cli->cancellable, error)
                        : NULL;
  g_autoptr (GPtrArray) areas = NULL;
  GPtrArray *suggestions = NULL;

  if (spots == NULL)
    return NULL;
  imp_known_add_facts (known, facts);
  if (person != NULL)
    imp_known_add_person (known, person->name, person->hospital_number, person->nhs_number,
                          person->born, person->died);
  suggestions = imp_suggest_spots (spots, known, number);
  areas = imp_suggest_areas (facts, frame, number);
  for (guint i = 0; i < areas->len; i++)
    g_ptr_array_add (suggestions, imp_suggestion_copy (g_ptr_array_index (areas, i)));
  return suggestions;
}

static void
add_reasons (ImpCli *cli, const ImpSuggestion *suggestion, GString *words)
{
  json_builder_set_member_name (cli->out, "reasons");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < suggestion->reasons->len; i++)
    {
      const ImpSuggestionReason *reason = g_ptr_array_index (suggestion->reasons, i);
      g_autofree char *word = reason->detail == NULL ? g_strdup (imp_why_to_text (reason->why))
                                                     : g_strconcat (imp_why_to_text (reason->why),
                                                                    ":", reason->detail, NULL);

      json_builder_add_string_value (cli->out, word);
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", word);
    }
  json_builder_end_array (cli->out);
}

static void
add_region (ImpCli *cli, const ImpSuggestion *suggestion)
{
  const ImpRect *rect = &suggestion->rect;
  const char *keep = imp_keep_to_text (suggestion->keep);
  g_autofree char *valid =
      suggestion->text != NULL ? g_utf8_make_valid (suggestion->text, -1) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (valid != NULL)
    g_strdelimit (valid, "\r\n\t", ' ');
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "frame", suggestion->frame + 1);
  imp_cli_add_int (cli, "x", rect->x);
  imp_cli_add_int (cli, "y", rect->y);
  imp_cli_add_int (cli, "w", rect->width);
  imp_cli_add_int (cli, "h", rect->height);
  add_reasons (cli, suggestion, words);
  imp_cli_add_secret (cli, "text", valid);
  imp_cli_add_int (cli, "confidence", suggestion->confidence);
  imp_cli_add_string (cli, "keep", keep);
  json_builder_end_object (cli->out);
  imp_cli_line (cli, "Frame %u  %d,%d,%d,%d  %s%s%s%s%s", suggestion->frame + 1, rect->x, rect->y,
                rect->width, rect->height, words->str, valid != NULL ? "  " : "",
                valid != NULL ? imp_cli_mask (cli, valid) : "",
                keep != NULL ? "  kept because: " : "", keep != NULL ? keep : "");
}

static void
add_faces (ImpCli *cli, const ImpFacts *facts)
{
  gboolean meant = (imp_suggest_choose_looks (facts) & IMP_SCREENER_FACES) != 0;
  gboolean missing = meant && !imp_screener_knows_faces ();

  imp_cli_add_string (cli, "faces",
                      missing ? "not-looked-for"
                      : meant ? "looked-for"
                              : "not-a-photograph");
  if (missing)
    imp_cli_line (cli,
                  "Nobody has looked for faces: face detection is not installed here. Look for "
                  "them yourself.");
}

/* Each frame is decoded, looked at and let go again. */
static gboolean
add_frames (ImpCli *cli, ImpSource *source, const ImpPerson *person, GError **error)
{
  ImpCliView *view = cli->view;
  gboolean all = view->frame == IMP_CLI_ALL_FRAMES;
  guint first = all ? 0 : (guint)view->frame - 1;
  guint end = all ? imp_facts_get_n_frames (imp_source_get_facts (source)) : first + 1;
  guint n_regions = 0;

  json_builder_set_member_name (cli->out, "regions");
  json_builder_begin_array (cli->out);
  for (guint i = first; i < end; i++)
    {
      g_autoptr (ImpFrame) frame = imp_cli_load (cli, source, i, view, error);
      g_autoptr (GPtrArray) suggestions =
          frame != NULL ? imp_cli_suggest (cli, source, frame, i,
                                           view->has_chosen ? &view->chosen : NULL, person, error)
                        : NULL;

      if (suggestions == NULL || !imp_cli_check_stopped (cli, error))
        return FALSE;
      for (guint j = 0; j < suggestions->len; j++)
        add_region (cli, g_ptr_array_index (suggestions, j));
      n_regions += suggestions->len;
    }
  json_builder_end_array (cli->out);
  add_faces (cli, imp_source_get_facts (source));
  if (n_regions == 0)
    imp_cli_line (cli, "Nothing was seen that may identify. Look at all of the picture yourself.");
  return TRUE;
}

static ImpPerson *
find_person (ImpCli *cli, const char *whose, GError **error)
{
  g_autoptr (ImpGate) gate = imp_cli_open_gate (cli, error);
  g_autofree char *id = gate != NULL ? imp_cli_resolve_person (cli, gate, whose, error) : NULL;

  return id != NULL ? imp_register_get_person (imp_gate_get_register (gate), id, error) : NULL;
}

/**
 * imp_cli_screen:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says what in a picture may identify, and why. Nothing is answered where any frame that is meant
 * cannot be shown or looked at.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_screen (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_auto (ImpCliView) view = {
    .page = 1, .films = TRUE, .frame = IMP_CLI_ALL_FRAMES, .voi_lut = IMP_CLI_NO_VOI_LUT
  };
  g_autofree char *whose = NULL;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING, &whose, "Whose picture it is", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (ImpPerson) person = NULL;
  g_autoptr (ImpSource) source = NULL;

  cli->view = &view;
  if (!imp_cli_parse (cli, entries, "FILE", &left, 1, error))
    return FALSE;
  if (whose != NULL)
    {
      person = find_person (cli, whose, error);
      if (person == NULL)
        return FALSE;
    }
  imp_screener_warm_up ();
  source = imp_cli_open (cli, left[1], &view, error);
  if (source == NULL || !imp_source_check_whole (source, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  if (!add_frames (cli, source, person, error))
    {
      json_builder_reset (cli->out);
      g_string_truncate (cli->text, 0);
      return FALSE;
    }
  json_builder_end_object (cli->out);
  return TRUE;
}
