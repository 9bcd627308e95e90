/* A strict reading of JSON (RFC 8259) that keeps nothing but places and lines. The values
 * themselves come from json-glib, which knows no lines once it has read a text, and which also
 * takes what is not JSON: comments, and the last of two members of one name. */
#include "imp-json-map-private.h"

#include <string.h>

#include "imp-error.h"

#define DEEPEST 64

struct _ImpJsonMap
{
  GHashTable *lines; /* char*, "pack.rows[3].when" -> line from 1 */
};

typedef struct
{
  const char *at;
  const char *end;
  guint line;
  guint depth;
  const char *what;
  GString *place;
  ImpJsonMap *map; /* borrowed */
} Scan;

static gboolean scan_value (Scan *self, GError **error);

static gboolean
fail (const Scan *self, const char *why, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s, line %u: %s", self->what, self->line, why);
  return FALSE;
}

static void
skip_space (Scan *self)
{
  for (; self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0';
       self->at++)
    if (*self->at == '\n')
      self->line++;
}

static gboolean
take (Scan *self, char c)
{
  skip_space (self);
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
scan_escape (Scan *self, GError **error)
{
  if (self->end - self->at >= 2 && strchr ("\"\\/bfnrt", self->at[1]) != NULL
      && self->at[1] != '\0')
    {
      self->at += 2;
      return TRUE;
    }
  if (self->end - self->at >= 6 && self->at[1] == 'u')
    {
      for (guint i = 2; i < 6; i++)
        if (!g_ascii_isxdigit (self->at[i]))
          return fail (self, "\\u needs four hexadecimal digits", error);
      self->at += 6;
      return TRUE;
    }
  return fail (self, "JSON knows no such \\ in a text", error);
}

/* @from: (out): its first character; @length: (out): of what stands between the quotes. */
static gboolean
scan_text (Scan *self, const char **from, gsize *length, GError **error)
{
  if (!take (self, '"'))
    return fail (self, "a text in double quotes is expected here", error);
  *from = self->at;
  while (self->at < self->end && *self->at != '"')
    {
      if ((guchar)*self->at < 0x20)
        return fail (self, "a text is not closed on its line, or holds a tab", error);
      if (*self->at != '\\')
        self->at++;
      else if (!scan_escape (self, error))
        return FALSE;
    }
  if (self->at == self->end)
    return fail (self, "a text is not closed", error);
  *length = (gsize)(self->at - *from);
  self->at++;
  return TRUE;
}

static gboolean
keep_line (Scan *self, GError **error)
{
  if (g_hash_table_insert (self->map->lines, g_strdup (self->place->str),
                           GUINT_TO_POINTER (self->line)))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s, line %u: %s stands there twice", self->what,
               self->line, self->place->str);
  return FALSE;
}

static gboolean
scan_member (Scan *self, GError **error)
{
  const char *name = NULL;
  gsize length = 0;

  if (!scan_text (self, &name, &length, error))
    return FALSE;
  if (memchr (name, '\\', length) != NULL)
    return fail (self, "a member's name is written without \\", error);
  if (!take (self, ':'))
    return fail (self, "a colon is expected after a member's name", error);
  g_string_append_c (self->place, '.');
  g_string_append_len (self->place, name, (gssize)length);
  return keep_line (self, error) && scan_value (self, error);
}

static gboolean
scan_element (Scan *self, guint index, GError **error)
{
  g_string_append_printf (self->place, "[%u]", index);
  skip_space (self);
  return keep_line (self, error) && scan_value (self, error);
}

/* After the opening bracket: members or elements, commas between them, and the closing one. */
static gboolean
scan_parts (Scan *self, char closing, GError **error)
{
  gsize length = self->place->len;
  guint index = 0;

  if (++self->depth > DEEPEST)
    return fail (self, "it is nested too deep", error);
  if (take (self, closing))
    {
      self->depth--;
      return TRUE;
    }
  do
    {
      if (!(closing == '}' ? scan_member (self, error) : scan_element (self, index++, error)))
        return FALSE;
      g_string_truncate (self->place, length);
    }
  while (take (self, ','));
  self->depth--;
  return take (self, closing)
         || fail (self, "a comma or a closing bracket is expected here", error);
}

/* number = [ minus ] int [ frac ] [ exp ] */
static gboolean
scan_number (Scan *self, GError **error)
{
  g_autoptr (GRegex) number =
      g_regex_new ("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?(?![0-9A-Za-z.+-])",
                   G_REGEX_ANCHORED, 0, error);
  g_autoptr (GMatchInfo) match = NULL;
  int after = 0;

  if (number == NULL)
    return FALSE;
  if (!g_regex_match_full (number, self->at, self->end - self->at, 0, G_REGEX_MATCH_ANCHORED,
                           &match, NULL))
    return fail (self,
                 "a value is expected here: an object, a list, a text in double quotes, a "
                 "number, true, false or null",
                 error);
  g_match_info_fetch_pos (match, 0, NULL, &after);
  self->at += after;
  return TRUE;
}

static gboolean
scan_value (Scan *self, GError **error)
{
  static const char *const WORDS[] = { "true", "false", "null" };
  const char *text = NULL;
  gsize length = 0;

  if (take (self, '{'))
    return scan_parts (self, '}', error);
  if (take (self, '['))
    return scan_parts (self, ']', error);
  skip_space (self);
  if (self->at < self->end && *self->at == '"')
    return scan_text (self, &text, &length, error);
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      gsize n = strlen (WORDS[i]);

      if ((gsize)(self->end - self->at) >= n && memcmp (self->at, WORDS[i], n) == 0
          && (self->at + n == self->end || !g_ascii_isalnum (self->at[n])))
        {
          self->at += n;
          return TRUE;
        }
    }
  return scan_number (self, error);
}

static gboolean
check_text (Scan *self, gsize size, GError **error)
{
  const char *wrong = NULL;

  if (size == 0)
    return fail (self, "there is nothing in it", error);
  if (g_utf8_validate_len (self->at, size, &wrong))
    return TRUE;
  for (const char *c = self->at; c < wrong; c++)
    if (*c == '\n')
      self->line++;
  return fail (self, "it is not UTF-8 text", error);
}

/**
 * imp_json_map_new:
 * @bytes: a text
 * @root: what the root is called in places, "pack"
 * @what: what the text is, for messages
 * @error: %IMP_ERROR_USAGE with the line where it is not JSON, not UTF-8, nested deeper than 64,
 *   or an object has one member twice
 *
 * Reads @bytes as JSON, strictly, and keeps the line of every place: "pack.rows[3].when".
 *
 * Returns: (transfer full) (nullable): the map
 */
ImpJsonMap *
imp_json_map_new (GBytes *bytes, const char *root, const char *what, GError **error)
{
  g_autoptr (ImpJsonMap) self = g_new0 (ImpJsonMap, 1);
  g_autoptr (GString) place = g_string_new (root);
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  Scan scan = { .at = text, .line = 1, .what = what, .place = place, .map = self };

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!check_text (&scan, size, error))
    return NULL;
  scan.end = text + size;
  skip_space (&scan);
  if (!keep_line (&scan, error) || !scan_value (&scan, error))
    return NULL;
  skip_space (&scan);
  if (scan.at != scan.end)
    {
      fail (&scan, "nothing may follow where it ends", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * imp_json_map_find_line:
 * @self: a map
 * @message: a message that begins with a place, such as "pack.rows[3].when: must be…"
 *
 * A place that is not there, such as a member that is missing, stands on the line of what it is
 * missing from.
 *
 * Returns: its line, from 1; 0 where @message begins with no place of this text
 */
guint
imp_json_map_find_line (const ImpJsonMap *self, const char *message)
{
  GHashTableIter iter;
  gpointer place = NULL;
  gpointer line = NULL;
  gsize longest = 0;
  guint found = 0;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &place, &line))
    {
      gsize length = strlen (place);

      if (length > longest && g_str_has_prefix (message, place)
          && strchr (".[: ", message[length]) != NULL)
        {
          longest = length;
          found = GPOINTER_TO_UINT (line);
        }
    }
  return found;
}

/**
 * imp_json_map_free:
 * @self: (transfer full) (nullable): a map
 */
void
imp_json_map_free (ImpJsonMap *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lines);
  g_free (self);
}
