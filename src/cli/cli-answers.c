#include <string.h>

#include "cli.h"
#include "imp-error.h"

/* What an answer is set on, and the keys that any question has. */
typedef struct
{
  ImpRequest *request;
  const ImpFrame *frame;   /* borrowed: its frame */
  const ImpWindow *window; /* borrowed, nullable: its window */
  GHashTable *known;       /* of char *: keys of the site's pack, for any use */
} Answers;

/* One set of answers may serve several uses, so a key of any of them is known. */
static GHashTable *
list_keys (ImpGate *gate, GError **error)
{
  static const char *const ROUTES[] = { "consent", "anonymised" };
  const char *const *destinations = imp_gate_get_destinations (gate);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; destinations[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (ROUTES); j++)
      {
        g_autoptr (GPtrArray) questions =
            imp_gate_questions (gate, ROUTES[j], destinations[i], error);

        if (questions == NULL)
          return NULL;
        for (guint k = 0; k < questions->len; k++)
          {
            const ImpQuestion *question = g_ptr_array_index (questions, k);

            g_hash_table_add (keys, g_strdup (question->key));
          }
      }
  return g_steal_pointer (&keys);
}

static gboolean
set_answer (const Answers *answers, const char *key, const char *value, GError **error)
{
  if (!g_hash_table_contains (answers->known, key))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "No question has the key %s: \"imprimatur-cli questions\" lists them",
                   imp_cli_is_name (key) ? key : "of one answer");
      return FALSE;
    }
  imp_request_set_answer (answers->request, key, value);
  return TRUE;
}

/* KEY=VALUE */
static gboolean
set_line (const Answers *answers, const char *line, GError **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;

  if (equals == NULL || equals == line || !g_utf8_validate (line, -1, NULL))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "An answer is KEY=VALUE");
      return FALSE;
    }
  key = g_strndup (line, (gsize)(equals - line));
  return set_answer (answers, g_strstrip (key), equals + 1, error);
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
set_members (const Answers *answers, JsonObject *object, GError **error)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      const char *value = get_string (object, key->data);

      if (value == NULL)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "Every answer is a text");
          return FALSE;
        }
      if (!set_answer (answers, key->data, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_rendering (const char *hash, const ImpFrame *frame, const ImpWindow *window, gboolean *is,
              GError **error)
{
  g_autoptr (ImpRaster) rendering = imp_frame_render (frame, window, error);
  g_autofree char *its = rendering != NULL ? imp_raster_hash (rendering) : NULL;

  *is = g_strcmp0 (hash, its) == 0;
  return its != NULL;
}

/* Answers that were given for one picture hold for no other, nor for the same one in another
 * window, which may show what this one hides. Where none is asked for it was looked at as the file
 * itself would have it shown. */
static gboolean
check_binding (const char *bound, const Answers *answers, GPtrArray **reasons, GError **error)
{
  gboolean is = FALSE;
  ImpReason *reason = NULL;

  if (!is_rendering (bound, answers->frame, answers->window, &is, error))
    return FALSE;
  if (is)
    return TRUE;
  reason = imp_reason_new ("floor:answers", IMP_OUTCOME_REFUSE,
                           "The answers were given for another picture.", "Imprimatur's floor",
                           "Look at this picture and answer for it.");
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED, reason->reason);
  *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_reason_free);
  g_ptr_array_add (*reasons, reason);
  return FALSE;
}

/* An object of answers, or the two members that bind one to a picture: both, and nothing beside. */
static gboolean
set_object (const Answers *answers, JsonObject *object, GPtrArray **reasons, GError **error)
{
  const char *bound = NULL;
  JsonNode *node = json_object_get_member (object, "answers");

  if (node == NULL && !json_object_has_member (object, "rendering_sha256"))
    return set_members (answers, object, error);
  bound = get_string (object, "rendering_sha256");
  if (bound == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node)
      || json_object_get_size (object) != 2)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "Answers for one picture are an object of two members: rendering_sha256, a "
                   "text, and answers, an object");
      return FALSE;
    }
  return check_binding (bound, answers, reasons, error)
         && set_members (answers, json_node_get_object (node), error);
}

static gboolean
set_text (const Answers *answers, const char *text, GPtrArray **reasons, GError **error)
{
  g_autoptr (JsonObject) object = *text == '{' ? imp_cli_parse_object (text, error) : NULL;
  g_auto (GStrv) lines = NULL;

  if (*text == '{')
    return object != NULL && set_object (answers, object, reasons, error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0' && lines[i][0] != '#'
        && !set_line (answers, lines[i], error))
      return FALSE;
  return TRUE;
}

/**
 * imp_cli_set_answers:
 * @cli: the call
 * @gate: the gate
 * @request: what the answers are for
 * @frame: its frame
 * @window: (nullable): the window that it is shown in, where one was chosen
 * @file: (nullable): --answers: "-" or a file with JSON or lines of KEY=VALUE
 * @lines: (nullable): each --answer, which counts over @file
 * @reasons: (out) (nullable) (transfer full) (element-type ImpReason): what refused
 * @error: where to put the error
 *
 * Returns: whether all answers were understood, else %IMP_ERROR_USAGE, or %IMP_ERROR_REFUSED with
 *   @reasons where they are bound to another picture
 */
gboolean
imp_cli_set_answers (ImpCli *cli, ImpGate *gate, ImpRequest *request, ImpFrame *frame,
                     const ImpWindow *window, const char *file, char **lines, GPtrArray **reasons,
                     GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) known = list_keys (gate, error);
  const Answers answers = { request, frame, window, known };

  if (known == NULL)
    return FALSE;
  if (file != NULL)
    {
      text = imp_cli_read_text (cli, file, error);
      if (text == NULL || !set_text (&answers, text, reasons, error))
        return FALSE;
    }
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (!set_line (&answers, lines[i], error))
      return FALSE;
  return TRUE;
}
