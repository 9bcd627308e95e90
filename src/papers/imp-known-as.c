#include "imp-known-as.h"

#include <string.h>

/* "kind=value; kind=value": a semicolon or backslash of a value gets a backslash before it. */
static void
append_pair (GString *text, const char *kind, const char *value)
{
  if (text->len > 0)
    g_string_append (text, "; ");
  g_string_append_printf (text, "%s=", kind);
  for (const char *at = value; *at != '\0'; at++)
    {
      if (*at == ';' || *at == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *at);
    }
}

/* The parts between semicolons, without the blanks around them; none is empty. */
static GStrv
split (const char *text)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autoptr (GString) part = g_string_new (NULL);

  for (const char *at = text;; at++)
    if (*at == '\0' || *at == ';')
      {
        g_autofree char *stripped = g_strstrip (g_strdup (part->str));

        if (*stripped != '\0')
          g_strv_builder_add (parts, stripped);
        g_string_truncate (part, 0);
        if (*at == '\0')
          return g_strv_builder_end (parts);
      }
    else
      {
        if (*at == '\\' && at[1] != '\0')
          at++;
        g_string_append_c (part, *at);
      }
}

/**
 * imp_known_as_numbers_to_text:
 * @numbers: (nullable) (element-type ImpIdentifier): other numbers
 *
 * Returns: (transfer full) (nullable): "scheme=number; scheme=number", or %NULL where there is none
 */
char *
imp_known_as_numbers_to_text (GPtrArray *numbers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    {
      const ImpIdentifier *number = g_ptr_array_index (numbers, i);

      append_pair (text, number->scheme, number->value);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * imp_known_as_names_to_text:
 * @names: (nullable) (element-type ImpAlias): other names
 *
 * Returns: (transfer full) (nullable): "kind=name; kind=name", or %NULL where there is none
 */
char *
imp_known_as_names_to_text (GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const ImpAlias *name = g_ptr_array_index (names, i);

      append_pair (text, name->kind, name->name);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * imp_known_as_numbers_from_text:
 * @text: as imp_known_as_numbers_to_text() gives it
 *
 * Returns: (transfer container) (element-type ImpIdentifier) (nullable): the numbers, or %NULL
 * where one says no scheme
 */
GPtrArray *
imp_known_as_numbers_from_text (const char *text)
{
  g_autoptr (GPtrArray) numbers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_identifier_free);
  g_auto (GStrv) parts = split (text);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      ImpIdentifier *number = NULL;
      char *value = strchr (parts[i], '=');

      if (value == NULL || value == parts[i] || value[1] == '\0')
        return NULL;
      *value++ = '\0';
      number = imp_identifier_new ();
      number->scheme = g_strdup (g_strstrip (parts[i]));
      number->value = g_strdup (g_strstrip (value));
      g_ptr_array_add (numbers, number);
    }
  return g_steal_pointer (&numbers);
}

/**
 * imp_known_as_names_from_text:
 * @text: as imp_known_as_names_to_text() gives it; a name without a kind is one that the person is
 *   also known as
 *
 * Returns: (transfer container) (element-type ImpAlias): the names
 */
GPtrArray *
imp_known_as_names_from_text (const char *text)
{
  GPtrArray *names = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_alias_free);
  g_auto (GStrv) parts = split (text);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      ImpAlias *name = imp_alias_new ();
      char *sign = strchr (parts[i], '=');
      g_autofree char *kind = sign != NULL ? g_strndup (parts[i], (gsize)(sign - parts[i])) : NULL;
      gboolean says_kind = kind != NULL && g_strv_contains (imp_alias_kinds (), g_strstrip (kind));

      g_free (name->kind);
      name->kind = g_strdup (says_kind ? kind : "also-known-as");
      name->name = g_strdup (g_strstrip (says_kind ? sign + 1 : parts[i]));
      g_ptr_array_add (names, name);
    }
  return names;
}
