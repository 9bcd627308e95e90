#include <string.h>
#include "gate-private.h"

#include "imp-hash.h"

/* Each field is written as "name:length:value\n", so that no two requests share a serialisation. */
static void
add_text (GString *text, const char *name, const char *value)
{
  if (value == NULL)
    g_string_append_printf (text, "%s:-\n", name);
  else
    g_string_append_printf (text, "%s:%" G_GSIZE_FORMAT ":%s\n", name, strlen (value), value);
}

static void
add_rect (GString *text, const char *name, const ImpRect *rect)
{
  g_string_append_printf (text, "%s:%d,%d,%d,%d\n", name, rect->x, rect->y, rect->width,
                          rect->height);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static void
add_answers (GString *text, GHashTable *answers)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (answers), compare_keys);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      g_autofree char *name = g_strconcat ("answer ", key->data, NULL);

      add_text (text, name, g_hash_table_lookup (answers, key->data));
    }
}

/**
 * imp_case_digest:
 * @self: a case that was judged
 * @known: what file and register say, and what is made of it, before a second person is heard
 *
 * Makes the one canonical digest of a release: the source's bytes, its page and frame, the overlays
 * that are drawn, the shape of its pixels, the rendered pixels, what is covered and cut, what
 * may be seen nevertheless, the person, the route, the permission, every answer, the destination,
 * the words, the pack (leaks.md row 27), and @known: whoever agreed did so to the questions that
 * were open then. The file name is not part of it: it is checked on its own.
 *
 * Returns: (transfer full): a SHA-256, 64 hexadecimal characters
 */
char *
imp_case_digest (const ImpCase *self, const char *known)
{
  const ImpRequest *request = self->request;
  const ImpPixelShape shape = imp_facts_get_shape (imp_source_get_facts (request->source));
  g_autoptr (GString) text = g_string_new ("imprimatur release 4\n");

  add_text (text, "source", imp_source_get_sha256 (request->source));
  g_string_append_printf (text, "page:%u\n",
                          imp_facts_get_page (imp_source_get_facts (request->source)));
  g_string_append_printf (text, "frame:%u\n", request->frame_number);
  g_string_append_printf (text, "planes:%04x\n", imp_frame_get_planes (request->frame));
  g_string_append_printf (text, "shape:%d,%d\n", shape.width, shape.height);
  add_text (text, "voi", self->voi);
  add_text (text, "rendering", self->rendering_sha256);
  for (guint i = 0; i < request->boxes->len; i++)
    add_rect (text, "box", &g_array_index (request->boxes, ImpRect, i));
  for (guint i = 0; i < self->filled->len; i++)
    add_rect (text, "filled", &g_array_index (self->filled, ImpRect, i));
  if (self->has_crop)
    add_rect (text, "crop", &self->crop);
  for (guint i = 0; i < request->acknowledged->len; i++)
    add_rect (text, "acknowledged", &g_array_index (request->acknowledged, ImpRect, i));
  add_text (text, "person", self->person_ref);
  add_text (text, "route", request->route);
  add_text (text, "destination", request->destination);
  add_text (text, "permission", self->permission != NULL ? self->permission->id : NULL);
  add_answers (text, self->answers);
  add_text (text, "caption", request->caption);
  add_text (text, "alt", request->alt);
  add_text (text, "format", request->jpeg ? "jpeg" : "png");
  add_text (text, "pack", imp_pack_get_hash (self->pack));
  add_text (text, "known", known);
  return imp_hash_data (text->str, text->len);
}
