/* The teaching file: cases, their pictures, finding them, and the page that shows them. */
#include "cli.h"
#include "imp-curation.h"
#include "imp-error.h"
#include "imp-register-teaching.h"
#include "imp-teaching-codes.h"
#include "imp-teaching.h"

static const char *const TEXTS[] = { "title",    "findings",  "diagnosis", "teaching_points",
                                     "question", "answer",    "tags",      "sources",
                                     "modality", "body_part", NULL };
static const char *const FLAGS[] = { NULL };

/* ---- how they are told of ---- */

static void
add_image (ImpCli *cli, const ImpTeachingImage *image, guint place)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "picture", place);
  imp_cli_add_secret (cli, "caption", image->caption);
  imp_cli_add_secret (cli, "alt", image->alt);
  imp_cli_add_string (cli, "person", image->person_id);
  imp_cli_add_string (cli, "permission", image->permission_id);
  imp_cli_add_string (cli, "export", image->export_id);
  json_builder_end_object (cli->out);
}

static void
add_case (ImpCli *cli, const ImpTeachingCase *teaching, gboolean retired)
{
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "number", teaching->number);
  imp_cli_add_string (cli, "session", teaching->session);
  imp_cli_add_string (cli, "modality", teaching->modality);
  imp_cli_add_string (cli, "body_part", teaching->body_part);
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    imp_cli_add_secret (cli, imp_teaching_text_get_key ((ImpTeachingText)i), teaching->texts[i]);
  imp_cli_add_string (cli, "created", teaching->created);
  imp_cli_add_string (cli, "changed", teaching->changed);
  imp_cli_add_boolean (cli, "retired", retired);
  imp_cli_line (cli, "%s  %s  %s  %u pictures%s  %s", teaching->number,
                teaching->modality != NULL ? teaching->modality : "-",
                teaching->body_part != NULL ? teaching->body_part : "-", teaching->images->len,
                retired ? "  retired" : "",
                imp_cli_shown (cli, teaching->texts[IMP_TEACHING_TITLE]));
  json_builder_set_member_name (cli->out, "pictures");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < teaching->images->len; i++)
    add_image (cli, g_ptr_array_index (teaching->images, i), i + 1);
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
}

static gboolean
add_cases (ImpCli *cli, ImpGate *gate, const char *search, gboolean retired_only, GError **error)
{
  g_autoptr (GPtrArray) cases =
      imp_register_list_teaching_cases (imp_gate_get_register (gate), search, error);
  g_autoptr (GHashTable) retired =
      cases != NULL ? imp_gate_list_retired_cases_sync (gate, error) : NULL;
  guint n_told = 0;

  if (retired == NULL)
    return FALSE;
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < cases->len; i++)
    {
      const ImpTeachingCase *teaching = g_ptr_array_index (cases, i);
      const gboolean is_retired = g_hash_table_contains (retired, &teaching->id);

      if (retired_only && !is_retired)
        continue;
      add_case (cli, teaching, is_retired);
      n_told++;
    }
  json_builder_end_array (cli->out);
  if (n_told == 0)
    imp_cli_line (cli, "No case.");
  return TRUE;
}

/* ---- cases ---- */

static void
take_text (char **text, JsonObject *object, const char *name)
{
  const char *value = imp_cli_get_text (object, name);

  if (value == NULL)
    return;
  g_free (*text);
  *text = g_strdup (value);
}

static void
take_code (char **code, JsonObject *object, const char *name)
{
  take_text (code, object, name);
  if (*code != NULL && **code == '\0')
    g_clear_pointer (code, g_free);
}

/* What the page could not say is told at once, and refused when it leaves. */
static gboolean
add_saved (ImpCli *cli, ImpGate *gate, const ImpTeachingCase *teaching, GError **error)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);

  if (!imp_gate_judge_teaching_sync (gate, teaching, NULL, IMP_ORIGIN_SCRIPT, reasons, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_string (cli, "number", teaching->number);
  imp_cli_line (cli, "%s", teaching->number);
  json_builder_set_member_name (cli->out, "reasons");
  imp_cli_add_reasons (cli, reasons);
  json_builder_end_object (cli->out);
  return TRUE;
}

static ImpTeachingCase *
open_case (ImpGate *gate, const char *number, GError **error)
{
  gint64 id = 0;

  if (number == NULL)
    return imp_teaching_case_new ();
  return imp_register_parse_case_number (number, &id, error)
             ? imp_register_get_teaching_case (imp_gate_get_register (gate), id, error)
             : NULL;
}

static gboolean
save (ImpCli *cli, char **arguments, gboolean is_new, GError **error)
{
  g_autofree char *from = NULL;
  g_autofree char *session = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "Its members as a JSON object", "FILE|-" },
    { "session", 0, 0, G_OPTION_ARG_STRING, &session, "The session that it is begun in", "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpTeachingCase) teaching = NULL;

  if (!imp_cli_parse (cli, entries, is_new ? "" : "NUMBER", &left, is_new ? 0 : 1, error))
    return FALSE;
  object = imp_cli_read_fields (cli, from != NULL ? from : "-", TEXTS, FLAGS, error);
  gate = object != NULL ? imp_cli_open_to_record (cli, error) : NULL;
  teaching = gate != NULL ? open_case (gate, is_new ? NULL : left[1], error) : NULL;
  if (teaching == NULL)
    return FALSE;
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    take_text (teaching->texts + i, object, imp_teaching_text_get_key ((ImpTeachingText)i));
  take_code (&teaching->modality, object, "modality");
  take_code (&teaching->body_part, object, "body_part");
  if (session != NULL)
    {
      g_free (teaching->session);
      teaching->session = g_steal_pointer (&session);
    }
  return imp_register_save_teaching_case (imp_gate_get_register (gate), teaching, error)
         && add_saved (cli, gate, teaching, error);
}

/**
 * imp_cli_teaching_new:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Begins a case.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_new (ImpCli *cli, char **arguments, GError **error)
{
  return save (cli, arguments, TRUE, error);
}

/**
 * imp_cli_teaching_edit:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Changes what is said of a case; what is not named stays.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_edit (ImpCli *cli, char **arguments, GError **error)
{
  return save (cli, arguments, FALSE, error);
}

/**
 * imp_cli_teaching_list:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the cases, or those alone of which a picture is asked back.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_list (ImpCli *cli, char **arguments, GError **error)
{
  gboolean retired = FALSE;
  const GOptionEntry entries[] = {
    { "retired", 0, 0, G_OPTION_ARG_NONE, &retired, "Those with a picture that is asked back",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, entries, "", &left, 0, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  return gate != NULL && add_cases (cli, gate, NULL, retired, error);
}

/**
 * imp_cli_teaching_search:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the cases that have all these words.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_search (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *search = NULL;
  g_autoptr (ImpGate) gate = NULL;

  if (!imp_cli_parse (cli, NULL, "TEXT|-|@FILE", &left, 1, error))
    return FALSE;
  search = imp_cli_read_value (cli, left[1], error);
  gate = search != NULL ? imp_cli_open_gate (cli, error) : NULL;
  return gate != NULL && add_cases (cli, gate, search, FALSE, error);
}

/**
 * imp_cli_teaching_show:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Shows one case.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_show (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpTeachingCase) teaching = NULL;
  g_autoptr (GHashTable) retired = NULL;

  if (!imp_cli_parse (cli, NULL, "NUMBER", &left, 1, error))
    return FALSE;
  gate = imp_cli_open_gate (cli, error);
  teaching = gate != NULL ? open_case (gate, left[1], error) : NULL;
  retired = teaching != NULL ? imp_gate_list_retired_cases_sync (gate, error) : NULL;
  if (retired == NULL)
    return FALSE;
  add_case (cli, teaching, g_hash_table_contains (retired, &teaching->id));
  return TRUE;
}

/* ---- their pictures ---- */

/* The row of the picture that the command line means by its place in a session. */
static gboolean
find_item (ImpGate *gate, const char *session, int image, gint64 *item_id, GError **error)
{
  g_autoptr (ImpCuration) curation = NULL;

  if (session == NULL || image < 1)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "Say which picture: --session ID --image N, as session show counts them");
      return FALSE;
    }
  curation = imp_curation_open_sync (gate, session, error);
  if (curation == NULL)
    return FALSE;
  if ((guint)image > imp_curation_get_n_items (curation))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND, "The session has no picture %d", image);
      return FALSE;
    }
  *item_id = imp_curation_get_item (curation, (guint)image - 1)->id;
  return TRUE;
}

/* With it at the end where it was not in the case, or without it. */
static gboolean
set_image (ImpGate *gate, const ImpTeachingCase *teaching, gint64 item_id, gboolean wanted,
           GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean had = FALSE;

  for (guint i = 0; i < teaching->images->len; i++)
    {
      const ImpTeachingImage *image = g_ptr_array_index (teaching->images, i);

      had = had || image->item_id == item_id;
      if (image->item_id != 0 && (wanted || image->item_id != item_id))
        g_array_append_val (ids, image->item_id);
    }
  if (wanted && !had)
    g_array_append_val (ids, item_id);
  if (!wanted && !had)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND, "The picture is not in this case");
      return FALSE;
    }
  return imp_register_set_teaching_images (imp_gate_get_register (gate), teaching->id,
                                           (const gint64 *)ids->data, ids->len, error);
}

/* What is not said stays as it was. */
static gboolean
describe (ImpGate *gate, const ImpTeachingCase *teaching, gint64 item_id, const char *caption,
          const char *alt, GError **error)
{
  const ImpTeachingImage *before = NULL;

  for (guint i = 0; i < teaching->images->len; i++)
    {
      const ImpTeachingImage *image = g_ptr_array_index (teaching->images, i);

      if (image->item_id == item_id)
        before = image;
    }
  if (caption == NULL)
    caption = before != NULL ? before->caption : "";
  if (alt == NULL)
    alt = before != NULL ? before->alt : "";
  return imp_register_describe_teaching_image (imp_gate_get_register (gate), item_id, caption, alt,
                                               error);
}

static gboolean
place (ImpCli *cli, char **arguments, gboolean wanted, GError **error)
{
  g_autofree char *session = NULL;
  g_autofree char *said_caption = NULL;
  g_autofree char *said_alt = NULL;
  int image = 0;
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_STRING, &session, "A session", "ID" },
    { "image", 0, 0, G_OPTION_ARG_INT, &image, "Which picture of it", "N" },
    { "caption", 0, 0, G_OPTION_ARG_STRING, &said_caption, "What stands below it", "TEXT" },
    { "alt", 0, 0, G_OPTION_ARG_STRING, &said_alt, "For who does not see it", "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autofree char *caption = NULL;
  g_autofree char *alt = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpTeachingCase) teaching = NULL;
  gint64 item_id = 0;

  if (!imp_cli_parse (cli, entries, "NUMBER", &left, 1, error))
    return FALSE;
  caption = said_caption != NULL ? imp_cli_read_value (cli, said_caption, error) : NULL;
  if (said_caption != NULL && caption == NULL)
    return FALSE;
  alt = said_alt != NULL ? imp_cli_read_value (cli, said_alt, error) : NULL;
  if (said_alt != NULL && alt == NULL)
    return FALSE;
  gate = imp_cli_open_to_record (cli, error);
  teaching = gate != NULL ? open_case (gate, left[1], error) : NULL;
  if (teaching == NULL || !find_item (gate, session, image, &item_id, error)
      || !set_image (gate, teaching, item_id, wanted, error)
      || (wanted && !describe (gate, teaching, item_id, caption, alt, error)))
    return FALSE;
  g_clear_pointer (&teaching, imp_teaching_case_free);
  teaching = open_case (gate, left[1], error);
  return teaching != NULL && add_saved (cli, gate, teaching, error);
}

/**
 * imp_cli_teaching_add:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Puts a picture of a session into a case, or says other words of one that is in it.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_add (ImpCli *cli, char **arguments, GError **error)
{
  return place (cli, arguments, TRUE, error);
}

/**
 * imp_cli_teaching_take_out:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Takes a picture out of a case.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_take_out (ImpCli *cli, char **arguments, GError **error)
{
  return place (cli, arguments, FALSE, error);
}

/* ---- the page, and the words of lists ---- */

/**
 * imp_cli_add_teaching_set:
 * @cli: the call
 * @set: (nullable): what was written beside the pictures of a folder
 *
 * Adds the names of those files as members.
 */
void
imp_cli_add_teaching_set (ImpCli *cli, const ImpTeachingSet *set)
{
  imp_cli_add_string (cli, "index", set != NULL ? set->index : NULL);
  imp_cli_add_string (cli, "captions", set != NULL ? set->captions : NULL);
  imp_cli_add_string (cli, "receipt", set != NULL ? set->receipt : NULL);
  json_builder_set_member_name (cli->out, "retired");
  json_builder_begin_array (cli->out);
  for (guint i = 0; set != NULL && set->retired[i] != NULL; i++)
    {
      json_builder_add_string_value (cli->out, set->retired[i]);
      imp_cli_line (cli, "%s is asked back: delete it from the folder", set->retired[i]);
    }
  json_builder_end_array (cli->out);
  if (set != NULL && set->index != NULL)
    imp_cli_line (cli, "%s shows %u pictures", set->index, set->n_pictures);
}

/**
 * imp_cli_teaching_export:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Writes the page, table and receipt anew for what left with a session and lies in a folder.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_export (ImpCli *cli, char **arguments, GError **error)
{
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The folder with the pictures", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) folder = NULL;
  g_autoptr (ImpGate) gate = NULL;
  g_autoptr (ImpTeachingSet) set = NULL;

  if (!imp_cli_parse (cli, entries, "SESSION", &left, 1, error))
    return FALSE;
  if (output == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Say the folder: --output FOLDER");
      return FALSE;
    }
  folder = g_file_new_for_commandline_arg (output);
  gate = imp_cli_open_gate (cli, error);
  set = gate != NULL
            ? imp_gate_publish_teaching_sync (gate, left[1], folder, cli->cancellable, error)
            : NULL;
  if (set == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  imp_cli_add_int (cli, "pictures", set->n_pictures);
  imp_cli_add_teaching_set (cli, set);
  json_builder_end_object (cli->out);
  return TRUE;
}

static void
add_codes (ImpCli *cli, const char *name, const ImpTeachingCode *codes, gsize n_codes)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_begin_array (cli->out);
  for (gsize i = 0; i < n_codes; i++)
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "code", codes[i].code);
      imp_cli_add_string (cli, "name", imp_teaching_code_get_name (codes[i].code));
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%-10s  %s", codes[i].code, imp_teaching_code_get_name (codes[i].code));
    }
  json_builder_end_array (cli->out);
}

/**
 * imp_cli_teaching_codes:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Lists the modalities and body parts that a case may have.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_teaching_codes (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  const ImpTeachingCode *codes = NULL;
  gsize n_codes = 0;

  if (!imp_cli_parse (cli, NULL, "", &left, 0, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  codes = imp_teaching_modalities (&n_codes);
  add_codes (cli, "modalities", codes, n_codes);
  codes = imp_teaching_body_parts (&n_codes);
  add_codes (cli, "body_parts", codes, n_codes);
  json_builder_end_object (cli->out);
  return TRUE;
}
