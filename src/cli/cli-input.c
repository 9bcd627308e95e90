#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "imp-error.h"

#define MOST_INPUT (1024 * 1024)
#define MOST_BRACKETS 1000 /* each may nest, and nesting takes stack */
#define LONGEST_NAME 40

/* All that there is to read, as UTF-8 text without NUL; a signal ends the waiting for it. */
static char *
read_stream (ImpCli *cli, GInputStream *stream, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize got = 0;

  do
    {
      got = g_input_stream_read (stream, buffer, sizeof buffer, cli->cancellable, NULL);
      if (got > 0)
        g_string_append_len (text, buffer, got);
    }
  while (got > 0 && text->len <= MOST_INPUT);
  if (!imp_cli_check_stopped (cli, error))
    return NULL;
  if (got < 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The value cannot be read");
  else if (text->len > MOST_INPUT)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The value is longer than 1 MiB");
  else if (!g_utf8_validate_len (text->str, text->len, NULL))
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The value is not UTF-8 text");
  else
    return g_string_free (g_steal_pointer (&text), FALSE);
  return NULL;
}

/* Standard input can be read once: a second value would be empty. */
static char *
read_standard_input (ImpCli *cli, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  if (cli->input_taken)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "Only one value can come from standard input: put the other one in a file");
      return NULL;
    }
  cli->input_taken = TRUE;
  return read_stream (cli, stream, error);
}

/* Opening a pipe might take for ever, and reading a device, too. */
static char *
read_file (ImpCli *cli, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR)
    stream = g_file_read (file, NULL, NULL);
  if (stream != NULL)
    return read_stream (cli, G_INPUT_STREAM (stream), error);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               "The file with the value cannot be read: it must be a plain file, so send what "
               "comes through a pipe to standard input");
  return NULL;
}

/**
 * imp_cli_read_whole:
 * @cli: the call
 * @from: "-" for standard input, else a file
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): all that is there, as it stands, or %NULL with
 *   %IMP_ERROR_USAGE or %IMP_ERROR_CANCELLED
 */
char *
imp_cli_read_whole (ImpCli *cli, const char *from, GError **error)
{
  return g_str_equal (from, "-") ? read_standard_input (cli, error) : read_file (cli, from, error);
}

/**
 * imp_cli_read_text:
 * @cli: the call
 * @from: "-" for standard input, else a file
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what is there, without white space around it, or %NULL with
 *   %IMP_ERROR_USAGE or %IMP_ERROR_CANCELLED
 */
char *
imp_cli_read_text (ImpCli *cli, const char *from, GError **error)
{
  char *text = imp_cli_read_whole (cli, from, error);

  return text != NULL ? g_strstrip (text) : NULL;
}

/**
 * imp_cli_read_value:
 * @cli: the call
 * @value: a value, "-" for standard input, "@FILE" for a file's content
 * @error: where to put the error
 *
 * Keeps identifiers off the command line, which other users of the machine can read.
 *
 * Returns: (transfer full) (nullable): the value without white space around it, or %NULL with
 *   %IMP_ERROR_USAGE or %IMP_ERROR_CANCELLED
 */
char *
imp_cli_read_value (ImpCli *cli, const char *value, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_str_equal (value, "-") && value[0] != '@')
    {
      text = g_strdup (value);
      if (g_utf8_validate (text, -1, NULL))
        return g_strdup (g_strstrip (text));
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The value is not UTF-8 text");
      return NULL;
    }
  text = imp_cli_read_text (cli, value[0] == '@' ? value + 1 : value, error);
  if (text != NULL && *text == '\0')
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "There is no value in what was read");
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * imp_cli_is_name:
 * @text: a member's or question's name as somebody wrote it
 *
 * Returns: whether a message may repeat it: lower-case letters and joins, as our own names are.
 * What stands there by mistake may be a number or a name of somebody
 */
gboolean
imp_cli_is_name (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz_-");

  return length > 0 && length <= LONGEST_NAME && text[length] == '\0';
}

static gboolean
has_few_brackets (const char *text)
{
  guint found = 0;

  for (const char *at = text; *at != '\0'; at++)
    if ((*at == '{' || *at == '[') && ++found > MOST_BRACKETS)
      return FALSE;
  return TRUE;
}

static void
count_member (JsonParser *parser, JsonObject *object, const char *name, guint *seen)
{
  (*seen)++;
}

static guint
count_members (JsonNode *node)
{
  g_autoptr (GList) values = NULL;
  guint count = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      values = json_object_get_values (json_node_get_object (node));
      count = g_list_length (values);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    values = json_array_get_elements (json_node_get_array (node));
  for (GList *value = values; value != NULL; value = value->next)
    count += count_members (value->data);
  return count;
}

/**
 * imp_cli_parse_object:
 * @text: JSON
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the one object that @text is, or %NULL with
 * %IMP_ERROR_USAGE, also where a member stands twice, of which one would be lost
 */
JsonObject *
imp_cli_parse_object (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;
  guint seen = 0;

  g_signal_connect (parser, "object-member", G_CALLBACK (count_member), &seen);
  if (has_few_brackets (text) && json_parser_load_from_data (parser, text, -1, NULL))
    root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "What was read is not one JSON object");
  else if (count_members (root) != seen)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 "A member of the JSON object stands there twice");
  else
    return json_node_dup_object (root);
  return NULL;
}

static gboolean
check_member (const char *name, JsonNode *value, const char *const *texts, const char *const *flags,
              GError **error)
{
  gboolean is_value = JSON_NODE_HOLDS_VALUE (value);
  GType type = is_value ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (g_strv_contains (texts, name))
    {
      if (JSON_NODE_HOLDS_NULL (value) || type == G_TYPE_STRING)
        return TRUE;
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The member %s must be a text", name);
    }
  else if (g_strv_contains (flags, name))
    {
      if (type == G_TYPE_BOOLEAN)
        return TRUE;
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The member %s must be true or false", name);
    }
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "There is no member %s for this verb",
                 imp_cli_is_name (name) ? name : "of such a name");
  return FALSE;
}

/**
 * imp_cli_read_fields:
 * @cli: the call
 * @from: "-" for standard input, else a file
 * @texts: the members that are texts; null is as if one were not there
 * @flags: the members that are true or false
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the JSON object there, or %NULL with %IMP_ERROR_USAGE, which
 *   names a member that is not known or not of its type: what is not understood is never dropped
 */
JsonObject *
imp_cli_read_fields (ImpCli *cli, const char *from, const char *const *texts,
                     const char *const *flags, GError **error)
{
  g_autofree char *text = imp_cli_read_text (cli, from, error);
  g_autoptr (JsonObject) object = text != NULL ? imp_cli_parse_object (text, error) : NULL;
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    if (!check_member (name->data, json_object_get_member (object, name->data), texts, flags,
                       error))
      return NULL;
  return g_steal_pointer (&object);
}

/**
 * imp_cli_get_text:
 * @object: (nullable): what imp_cli_read_fields() gave
 * @name: a text of it
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
imp_cli_get_text (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

/**
 * imp_cli_get_flag:
 * @object: (nullable): what imp_cli_read_fields() gave
 * @name: a flag of it
 *
 * Returns: whether it is there and true
 */
gboolean
imp_cli_get_flag (JsonObject *object, const char *name)
{
  return object != NULL && json_object_get_boolean_member_with_default (object, name, FALSE);
}
