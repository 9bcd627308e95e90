#include "imp-teaching-index.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "imp-csv.h"
#include "imp-teaching-codes.h"

#define RECEIPT_FORMAT "imprimatur-set-receipt"
#define RECEIPT_VERSION 1

/* Nothing is fetched but the pictures beside it, and nothing runs. */
#define POLICY                                                                                     \
  "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; "         \
  "form-action 'none'"

static const char STYLE[] =
    ":root{color-scheme:light dark;--ink:#1a1a1a;--soft:#555;--paper:#fff;--line:#c8c8c8;"
    "--link:#0b57b0}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f2f2f2;--soft:#b8b8b8;--paper:#1c1c1e;"
    "--line:#4a4a4c;--link:#8ab8ff}}"
    "body{margin:0 auto;max-width:60rem;padding:1.5rem;background:var(--paper);color:var(--ink);"
    "font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "a{color:var(--link)}header,article,section{border-bottom:1px solid var(--line);"
    "padding-bottom:1.5rem}"
    "h1{font-size:1.8rem}h2{font-size:1.4rem;margin-top:2rem}h3{font-size:1rem;"
    "margin:1rem 0 0}p{margin:.25rem 0;white-space:pre-line}"
    ".soft{color:var(--soft)}figure{margin:1rem 0}figcaption{color:var(--soft);"
    "white-space:pre-line}"
    "img{max-width:100%;height:auto;background:#000}summary{cursor:pointer;margin-top:1rem;"
    "font-weight:bold}:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
    "@media print{details>*{display:block}article{break-inside:avoid}}";

/**
 * imp_teaching_file_free:
 * @file: (transfer full) (nullable): a picture of a folder
 */
void
imp_teaching_file_free (ImpTeachingFile *file)
{
  if (file == NULL)
    return;
  g_free (file->name);
  g_free (file->caption);
  g_free (file->alt);
  g_free (file->export_id);
  g_free (file->sha256);
  g_free (file);
}

/**
 * imp_teaching_file_compare:
 * @a: (type ImpTeachingFile**): one
 * @b: (type ImpTeachingFile**): another
 *
 * Returns: which comes first: by case and place; those of no case last, by name
 */
int
imp_teaching_file_compare (gconstpointer a, gconstpointer b)
{
  const ImpTeachingFile *one = *(ImpTeachingFile *const *)a;
  const ImpTeachingFile *other = *(ImpTeachingFile *const *)b;
  const gint64 mine = one->teaching != NULL ? one->teaching->id : G_MAXINT64;
  const gint64 theirs = other->teaching != NULL ? other->teaching->id : G_MAXINT64;

  if (mine != theirs)
    return mine < theirs ? -1 : 1;
  if (one->teaching != NULL && one->place != other->place)
    return one->place < other->place ? -1 : 1;
  return g_strcmp0 (one->name, other->name);
}

static const ImpTeachingFile *
file_at (GPtrArray *files, guint index)
{
  return g_ptr_array_index (files, index);
}

static gboolean
begins_case (GPtrArray *files, guint index)
{
  return index == 0 || file_at (files, index)->teaching != file_at (files, index - 1)->teaching;
}

static gboolean
says (const char *text)
{
  return text != NULL && *text != '\0';
}

/* ---- the page ---- */

static void append (GString *page, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Every value is escaped. */
static void
append (GString *page, const char *format, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, format);
  text = g_markup_vprintf_escaped (format, values);
  va_end (values);
  g_string_append (page, text);
}

static const char *
text_of (const ImpTeachingCase *teaching, ImpTeachingText text)
{
  return says (teaching->texts[text]) ? teaching->texts[text] : NULL;
}

static void
append_text (GString *page, const char *heading, const char *text)
{
  if (text != NULL)
    append (page, "<h3>%s</h3>\n<p>%s</p>\n", heading, text);
}

static void
append_contents (GString *page, GPtrArray *files)
{
  append (page, "<nav aria-label=\"%s\">\n<ul>\n", _ ("Cases"));
  for (guint i = 0; i < files->len; i++)
    {
      const ImpTeachingCase *teaching = file_at (files, i)->teaching;

      if (!begins_case (files, i))
        continue;
      if (teaching != NULL)
        append (page, "<li><a href=\"#%s\">%s: %s</a></li>\n", teaching->number, teaching->number,
                teaching->texts[IMP_TEACHING_TITLE]);
      else
        append (page, "<li><a href=\"#more\">%s</a></li>\n", _ ("Pictures of no case"));
    }
  g_string_append (page, "</ul>\n</nav>\n");
}

/* Who sees no picture is told something of each. */
static char *
make_alt (const ImpTeachingFile *file)
{
  const char *body_part = NULL;
  const char *modality = NULL;

  if (says (file->alt))
    return g_strdup (file->alt);
  if (says (file->caption))
    return g_strdup (file->caption);
  if (file->teaching == NULL)
    return g_strdup_printf (_ ("Picture %s, of which nothing is said"), file->name);
  body_part = imp_teaching_code_get_name (file->teaching->body_part);
  modality = imp_teaching_code_get_name (file->teaching->modality);
  return g_strdup_printf (_ ("Picture %u of %s. %s. %s"), file->place, file->teaching->number,
                          modality != NULL ? modality : "", body_part != NULL ? body_part : "");
}

static void
append_picture (GString *page, const ImpTeachingFile *file)
{
  g_autofree char *alt = make_alt (file);

  append (page,
          "<figure>\n<a href=\"%s\"><img src=\"%s\" alt=\"%s\" loading=\"lazy\"></a>\n"
          "<figcaption>%s</figcaption>\n</figure>\n",
          file->name, file->name, alt, says (file->caption) ? file->caption : file->name);
}

static void
begin_case (GString *page, const ImpTeachingCase *teaching)
{
  const char *modality = imp_teaching_code_get_name (teaching->modality);
  const char *body_part = imp_teaching_code_get_name (teaching->body_part);

  append (page, "<article id=\"%s\">\n<h2>%s: %s</h2>\n", teaching->number, teaching->number,
          teaching->texts[IMP_TEACHING_TITLE]);
  if (modality != NULL || body_part != NULL)
    append (page, "<p class=\"soft\">%s%s%s</p>\n", modality != NULL ? modality : "",
            modality != NULL && body_part != NULL ? " · " : "", body_part != NULL ? body_part : "");
  append_text (page, _ ("Question"), text_of (teaching, IMP_TEACHING_QUESTION));
}

/* What answers the question is folded away where there is one. */
static void
end_case (GString *page, const ImpTeachingCase *teaching)
{
  const gboolean asks = text_of (teaching, IMP_TEACHING_QUESTION) != NULL;

  if (asks)
    append (page, "<details>\n<summary>%s</summary>\n", _ ("Show the answer"));
  append_text (page, _ ("Answer"), text_of (teaching, IMP_TEACHING_ANSWER));
  append_text (page, _ ("Findings"), text_of (teaching, IMP_TEACHING_FINDINGS));
  append_text (page, _ ("Diagnosis"), text_of (teaching, IMP_TEACHING_DIAGNOSIS));
  append_text (page, _ ("Teaching points"), text_of (teaching, IMP_TEACHING_POINTS));
  append_text (page, _ ("Tags"), text_of (teaching, IMP_TEACHING_TAGS));
  append_text (page, _ ("Sources"), text_of (teaching, IMP_TEACHING_SOURCES));
  if (asks)
    g_string_append (page, "</details>\n");
  g_string_append (page, "</article>\n");
}

static void
append_files (GString *page, GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const ImpTeachingCase *teaching = file_at (files, i)->teaching;

      if (begins_case (files, i) && teaching != NULL)
        begin_case (page, teaching);
      else if (begins_case (files, i))
        append (page, "<section id=\"more\">\n<h2>%s</h2>\n", _ ("Pictures of no case"));
      append_picture (page, file_at (files, i));
      if (i + 1 < files->len && !begins_case (files, i + 1))
        continue;
      if (teaching != NULL)
        end_case (page, teaching);
      else
        g_string_append (page, "</section>\n");
    }
}

/**
 * imp_teaching_index_html:
 * @files: (element-type ImpTeachingFile): pictures in order
 * @day: on which it is made
 *
 * Returns: (transfer full): a page that shows them, by itself
 */
GBytes *
imp_teaching_index_html (GPtrArray *files, const char *day)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
                                "<meta charset=\"utf-8\">\n");
  g_autofree char *count =
      g_strdup_printf (ngettext ("%u picture", "%u pictures", files->len), files->len);

  append (page,
          "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n"
          "<meta name=\"robots\" content=\"noindex\">\n<title>%s</title>\n",
          POLICY, _ ("Teaching file"));
  g_string_append_printf (page, "<style>%s</style>\n</head>\n<body>\n", STYLE);
  append (page, "<header>\n<h1>%s</h1>\n<p class=\"soft\">%s · %s</p>\n", _ ("Teaching file"),
          count, day);
  append_contents (page, files);
  g_string_append (page, "</header>\n<main>\n");
  append_files (page, files);
  append (page, "</main>\n<footer>\n<p class=\"soft\">%s</p>\n</footer>\n</body>\n</html>\n",
          _ ("For teaching. Do not pass pictures on: whose they are may take the permission back, "
             "and then they have to be found."));
  return g_string_free_to_bytes (page);
}

/* ---- the table ---- */

static void
append_cells (GString *csv, const char *const *texts, gsize n_texts)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_texts; i++)
    g_ptr_array_add (cells, imp_csv_neutralise (texts[i]));
  imp_csv_append_row (csv, (const char *const *)cells->pdata, n_texts);
}

/**
 * imp_teaching_index_csv:
 * @files: (element-type ImpTeachingFile): pictures in order
 *
 * Returns: (transfer full): a table of them, one row a picture
 */
GBytes *
imp_teaching_index_csv (GPtrArray *files)
{
  static const char *const HEADER[] = {
    "file",      "case",  "picture",  "caption",   "alternative_text", "modality",
    "body_part", "title", "findings", "diagnosis", "teaching_points",  "question",
    "answer",    "tags",  "sources",  "export",    "sha256",
  };
  static const ImpTeachingCase none = { 0 };
  GString *csv = g_string_new (NULL);

  imp_csv_append_row (csv, HEADER, G_N_ELEMENTS (HEADER));
  for (guint i = 0; i < files->len; i++)
    {
      const ImpTeachingFile *file = file_at (files, i);
      const ImpTeachingCase *teaching = file->teaching != NULL ? file->teaching : &none;
      g_autofree char *place = g_strdup_printf ("%u", file->place);
      const char *const *texts = (const char *const *)teaching->texts;
      const char *const cells[G_N_ELEMENTS (HEADER)] = {
        file->name,
        teaching->number,
        file->place > 0 ? place : NULL,
        file->caption,
        file->alt,
        teaching->modality,
        teaching->body_part,
        texts[IMP_TEACHING_TITLE],
        texts[IMP_TEACHING_FINDINGS],
        texts[IMP_TEACHING_DIAGNOSIS],
        texts[IMP_TEACHING_POINTS],
        texts[IMP_TEACHING_QUESTION],
        texts[IMP_TEACHING_ANSWER],
        texts[IMP_TEACHING_TAGS],
        texts[IMP_TEACHING_SOURCES],
        file->export_id,
        file->sha256,
      };

      append_cells (csv, cells, G_N_ELEMENTS (cells));
    }
  return g_string_free_to_bytes (csv);
}

/* ---- the receipt ---- */

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_files (JsonBuilder *builder, const char *name, GPtrArray *files)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const ImpTeachingFile *file = file_at (files, i);

      json_builder_begin_object (builder);
      add_member (builder, "file", file->name);
      add_member (builder, "case", file->teaching != NULL ? file->teaching->number : NULL);
      add_member (builder, "export", file->export_id);
      add_member (builder, "sha256", file->sha256);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * imp_teaching_index_receipt:
 * @files: (element-type ImpTeachingFile): pictures in order
 * @retired: (element-type ImpTeachingFile): those in the folder that may be shown no longer
 * @at: when it is made, UTC
 *
 * Returns: (transfer full): what lies in the folder, as JSON
 */
GBytes *
imp_teaching_index_receipt (GPtrArray *files, GPtrArray *retired, const char *at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length = 0;
  char *text = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "format", RECEIPT_FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, RECEIPT_VERSION);
  add_member (builder, "at", at);
  add_files (builder, "pictures", files);
  add_files (builder, "retired", retired);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
