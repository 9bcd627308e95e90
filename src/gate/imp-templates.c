#include "imp-templates.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-import-private.h"
#include "imp-register-templates.h"

#define FORMAT "imprimatur-scanner-templates"
#define VERSION 1
#define BYTES_MAX (1024 * 1024)
#define DEPTH_MAX 8
#define SIDE_MAX 100000 /* pixels */
#define BOXES_MAX 1000

/* ---- out ---- */

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, int value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_boxes (JsonBuilder *builder, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const ImpTemplateBox *box = &g_array_index (boxes, ImpTemplateBox, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, box->x);
      json_builder_add_int_value (builder, box->y);
      json_builder_add_int_value (builder, box->width);
      json_builder_add_int_value (builder, box->height);
      json_builder_end_array (builder);
    }
}

/* Without the station they may be one. */
static gboolean
is_same_model (const ImpScannerTemplate *one, const ImpScannerTemplate *other)
{
  return g_str_equal (one->manufacturer, other->manufacturer)
         && g_str_equal (one->model, other->model) && one->rows == other->rows
         && one->columns == other->columns;
}

/* Those of one model follow one another, and become one with the boxes of all. */
static GBytes *
write_templates (GPtrArray *templates)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length = 0;
  char *text = NULL;
  gboolean *written = g_new0 (gboolean, MAX (templates->len, 1));

  json_builder_begin_object (builder);
  add_text (builder, "format", FORMAT);
  add_number (builder, "version", VERSION);
  json_builder_set_member_name (builder, "templates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < templates->len; i++)
    {
      const ImpScannerTemplate *scanner = g_ptr_array_index (templates, i);

      if (written[i])
        continue;
      json_builder_begin_object (builder);
      add_text (builder, "manufacturer", scanner->manufacturer);
      add_text (builder, "model", scanner->model);
      add_number (builder, "rows", scanner->rows);
      add_number (builder, "columns", scanner->columns);
      json_builder_set_member_name (builder, "boxes");
      json_builder_begin_array (builder);
      for (guint j = i; j < templates->len; j++)
        if (is_same_model (scanner, g_ptr_array_index (templates, j)))
          {
            add_boxes (builder, ((ImpScannerTemplate *)g_ptr_array_index (templates, j))->boxes);
            written[j] = TRUE;
          }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_free (written);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

/**
 * imp_gate_export_templates_sync:
 * @self: the gate
 * @target: the file to make; it must not exist
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes what is remembered of scanners out, by the records verb. The name of a station says whose
 * scanner it is, and the name of a template is free text: neither is in the file. Templates that
 * differ in nothing else become one.
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_gate_check_right(), of
 *   imp_register_list_templates() or of imp_gate_publish_record_sync()
 */
gboolean
imp_gate_export_templates_sync (ImpGate *self, GFile *target, GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!imp_gate_check_right (self, IMP_RIGHT_RECORD, error))
    return FALSE;
  templates = imp_register_list_templates (self->people, error);
  if (templates == NULL)
    return FALSE;
  bytes = write_templates (templates);
  _imp_gate_issue (self, "scanner-templates", bytes);
  return _imp_gate_publish (self, "scanner-templates", NULL, NULL, bytes, target, cancellable,
                            error);
}

/* ---- in ---- */

static gboolean
set_error (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local_error);
  g_autofree char *text = g_malloc (BYTES_MAX + 1);
  gsize length = 0;

  if (stream != NULL
      && g_input_stream_read_all (G_INPUT_STREAM (stream), text, BYTES_MAX + 1, &length,
                                  cancellable, &local_error))
    {
      if (length <= BYTES_MAX)
        return g_bytes_new (text, length);
      set_error (error, _ ("The file is larger than 1 MB: it holds no templates of scanners"));
      return NULL;
    }
  _imp_import_set_read_error (local_error, error);
  return NULL;
}

/* The parser goes as deep as its input does. */
static gboolean
is_flat (const char *text, gsize length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length && depth <= DEPTH_MAX; i++)
    if (in_string && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && (text[i] == '[' || text[i] == '{'))
      depth++;
    else if (!in_string && (text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  return depth <= DEPTH_MAX;
}

static gboolean
take_text (JsonObject *object, const char *name, char **value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *value = g_strdup (json_node_get_string (node));
  return **value != '\0';
}

static gboolean
take_int (JsonNode *node, int least, int *value)
{
  gint64 number = 0;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *value = (int)CLAMP (number, 0, SIDE_MAX);
  return number >= least && number <= SIDE_MAX;
}

static JsonArray *
find_templates (JsonParser *parser)
{
  JsonNode *root = json_parser_get_root (parser);
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  g_autofree char *format = NULL;
  JsonNode *list = NULL;
  int version = 0;

  if (object == NULL || json_object_get_size (object) != 3 || !take_text (object, "format", &format)
      || !g_str_equal (format, FORMAT)
      || !take_int (json_object_get_member (object, "version"), VERSION, &version)
      || version != VERSION)
    return NULL;
  list = json_object_get_member (object, "templates");
  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static gboolean
take_box (JsonNode *node, GArray *boxes)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  ImpTemplateBox box = { 0 };

  if (array == NULL || json_array_get_length (array) != 4
      || !take_int (json_array_get_element (array, 0), 0, &box.x)
      || !take_int (json_array_get_element (array, 1), 0, &box.y)
      || !take_int (json_array_get_element (array, 2), 1, &box.width)
      || !take_int (json_array_get_element (array, 3), 1, &box.height))
    return FALSE;
  g_array_append_val (boxes, box);
  return TRUE;
}

static ImpScannerTemplate *
read_template (JsonNode *node)
{
  g_autoptr (ImpScannerTemplate) scanner = imp_scanner_template_new ();
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *boxes = object != NULL ? json_object_get_member (object, "boxes") : NULL;
  JsonArray *list =
      boxes != NULL && JSON_NODE_HOLDS_ARRAY (boxes) ? json_node_get_array (boxes) : NULL;

  if (list == NULL || json_object_get_size (object) != 5 || json_array_get_length (list) > BOXES_MAX
      || !take_text (object, "manufacturer", &scanner->manufacturer)
      || !take_text (object, "model", &scanner->model)
      || !take_int (json_object_get_member (object, "rows"), 1, &scanner->rows)
      || !take_int (json_object_get_member (object, "columns"), 1, &scanner->columns))
    return NULL;
  scanner->name = g_strdup ("");
  scanner->station = g_strdup ("");
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!take_box (json_array_get_element (list, i), scanner->boxes))
      return NULL;
  return g_steal_pointer (&scanner);
}

static GPtrArray *
read_templates (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) templates =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_scanner_template_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonArray *list = NULL;

  if (length > 0 && g_utf8_validate_len (text, length, NULL) && is_flat (text, length)
      && json_parser_load_from_data (parser, text, (gssize)length, NULL))
    list = find_templates (parser);
  if (list == NULL)
    {
      set_error (error, _ ("The file holds no templates of scanners: choose one that was exported "
                           "as such"));
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      ImpScannerTemplate *scanner = read_template (json_array_get_element (list, i));

      if (scanner == NULL)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("Template %u of the file cannot be read: nothing was taken in"), i + 1);
          return NULL;
        }
      g_ptr_array_add (templates, scanner);
    }
  return g_steal_pointer (&templates);
}

static gboolean
save_all (ImpGate *self, GPtrArray *templates, GError **error)
{
  for (guint i = 0; i < templates->len; i++)
    if (!imp_register_save_template (self->people, g_ptr_array_index (templates, i), error))
      return FALSE;
  return TRUE;
}

/**
 * imp_gate_import_templates_sync:
 * @self: the gate
 * @file: what imp_gate_export_templates_sync() wrote, perhaps elsewhere
 * @cancellable: (nullable): to stop it
 * @n_taken: (out): how many there were
 * @error: where to put the error
 *
 * Takes templates in, for every scanner of their model: all of them or none. They are suggested;
 * nothing is covered by them.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_UNREADABLE, %IMP_ERROR_USAGE (it holds anything else),
 *   or the errors of imp_gate_check_right() or of imp_register_save_template()
 */
gboolean
imp_gate_import_templates_sync (ImpGate *self, GFile *file, GCancellable *cancellable,
                                guint *n_taken, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) templates = NULL;

  *n_taken = 0;
  if (!imp_gate_check_right (self, IMP_RIGHT_RECORD, error))
    return FALSE;
  bytes = read_file (file, cancellable, error);
  templates = bytes != NULL ? read_templates (bytes, error) : NULL;
  if (templates == NULL || !imp_store_begin (self->store, error))
    return FALSE;
  if (!save_all (self, templates, error))
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  *n_taken = templates->len;
  return imp_store_commit (self->store, error);
}
