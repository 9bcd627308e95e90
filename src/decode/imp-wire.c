#include "imp-wire.h"

#include <string.h>

#include <glib/gi18n.h>

/**
 * imp_wire_grey_size:
 * @reply: of a grey frame: width and height 1 or more, number of values and of tables
 * @values: (out): where the values begin
 * @tables: (out): where the tables begin
 * @padding: (out): where the padding begins
 * @presentation: (out): where the presentation LUT begins, if there is one
 *
 * Returns: how many bytes a grey frame's memfd holds
 */
gsize
imp_wire_grey_size (const ImpWireReply *reply, gsize *values, gsize *tables, gsize *padding,
                    gsize *presentation)
{
  gsize indices = (gsize)reply->width * (gsize)reply->height * sizeof (guint16);

  *values = (indices + 7) & ~(gsize)7;
  *tables = *values + (gsize)reply->n_values * sizeof (double);
  *padding = *tables + (gsize)reply->n_tables * reply->n_values;
  *presentation = *padding + reply->n_values;
  return *presentation + (reply->presented != 0 ? IMP_WIRE_PRESENTATION : 0);
}

/**
 * imp_wire_translate:
 * @text: a message of the helper, and after %IMP_WIRE_DETAIL what its %s stands for
 *
 * Puts a message into the user's language. The helper has no locale, and its text is never used as
 * a format.
 *
 * Returns: (transfer full): the sentence
 */
char *
imp_wire_translate (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\x1f", 2);
  const char *message = parts[0] != NULL && *parts[0] != '\0' ? _ (parts[0]) : "";
  const char *slot = strstr (message, "%s");

  if (slot == NULL || parts[0] == NULL || parts[1] == NULL)
    return g_strdup (message);
  return g_strdup_printf ("%.*s%s%s", (int)(slot - message), message, parts[1], slot + 2);
}
