#include "imp-overlays.h"

#include <glib/gi18n.h>

#include "imp-error.h"

static GPtrArray *
list_overlays (ImpPicture *picture)
{
  return imp_facts_get_overlays (imp_source_get_facts (imp_picture_get_source (picture)));
}

/**
 * imp_overlays_get_all:
 * @picture: a picture
 *
 * Returns: the planes of all its overlays; 0 where it has none
 */
guint
imp_overlays_get_all (ImpPicture *picture)
{
  GPtrArray *overlays = list_overlays (picture);
  guint planes = 0;

  for (guint i = 0; i < overlays->len; i++)
    planes |= imp_overlay_get_plane (overlays->pdata[i]);
  return planes;
}

/**
 * imp_overlays_find_plane:
 * @giveaway: what a file gives away
 *
 * Returns: the bit of the overlay plane that it is, by its place, such as "DICOM (6002,3000)"; 0
 *   where it is something else
 */
guint
imp_overlays_find_plane (const ImpGiveaway *giveaway)
{
  const char *group = strchr (giveaway->where, '(');

  if (group == NULL || !g_str_equal (giveaway->kind, "overlay"))
    return 0;
  return imp_overlay_find_plane ((guint)g_ascii_strtoull (group + 1, NULL, 16));
}

/**
 * imp_overlays_name:
 * @picture: a picture
 * @overlay: one of its overlays
 *
 * Returns: (transfer full): what it is called: its group, label (masked, as it is free text of the
 *   file) and place
 */
char *
imp_overlays_name (ImpPicture *picture, const ImpOverlay *overlay)
{
  g_autoptr (GString) name = g_string_new (NULL);

  /* Translators: %04x is the number of an overlay's group in the file, such as 6002. */
  g_string_append_printf (name, _ ("Overlay %04x"), overlay->group);
  if (overlay->label != NULL)
    g_string_append_printf (name, " · %s", imp_picture_mask (picture, overlay->label));
  if (overlay->embedded)
    g_string_append_printf (name, " · %s", _ ("in the pixel data"));
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * imp_overlays_describe:
 * @picture: a picture with overlays
 * @planes: those that are drawn
 *
 * Returns: (transfer full): in words, how many of them are shown
 */
char *
imp_overlays_describe (ImpPicture *picture, guint planes)
{
  guint n_all = imp_overlay_count_planes (imp_overlays_get_all (picture));
  guint n_shown = imp_overlay_count_planes (planes);

  if (n_shown == 0)
    return g_strdup (ngettext ("Overlay hidden", "Overlays hidden", n_all));
  return g_strdup_printf (ngettext ("%u of %u overlay shown", "%u of %u overlays shown", n_all),
                          n_shown, n_all);
}

/**
 * imp_overlays_explain_unseen:
 * @picture: a picture
 *
 * Returns: (transfer full) (nullable): what is still to be looked at, in words; %NULL where each
 *   overlay was on screen once, over the frame that is shown
 */
char *
imp_overlays_explain_unseen (ImpPicture *picture)
{
  guint all = imp_overlays_get_all (picture);
  guint n_all = imp_overlay_count_planes (all);
  guint n_unseen = imp_overlay_count_planes (all & ~imp_picture_get_seen_planes (picture));

  if (n_unseen == 0)
    return NULL;
  if (n_all == 1)
    return g_strdup (_ ("“Yes” waits: the overlay has not been shown here yet. Show it once; then "
                        "it can be hidden again."));
  return g_strdup_printf (
      ngettext ("“Yes” waits: %u of %u overlays has not been shown here yet. Show it once; then it "
                "can be hidden again.",
                "“Yes” waits: %u of %u overlays have not been shown here yet. Show each once; then "
                "they can be hidden again.",
                n_unseen),
      n_unseen, n_all);
}

static void
on_shown (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) teller = user_data;
  g_autoptr (GError) error = NULL;
  ImpPicture *picture = IMP_PICTURE (object);

  if (imp_picture_show_finish (picture, result, &error))
    g_signal_emit_by_name (teller, "notice",
                           imp_picture_get_planes (picture) == 0
                               ? _ ("Overlays are hidden, and not exported")
                               : _ ("Overlays are part of the picture now"));
  else if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    g_signal_emit_by_name (teller, "notice", error->message);
  /* Where it failed, or something else was asked for, switches go back to what is shown. */
  g_object_notify (object, "planes");
}

/**
 * imp_overlays_show:
 * @picture: a picture
 * @planes: the overlays to draw, 0 for none
 * @teller: a widget whose signal "notice" says how it went
 *
 * Draws overlays on @picture, or hides them. Where one cannot be read everything stays as it was.
 */
void
imp_overlays_show (ImpPicture *picture, guint planes, GtkWidget *teller)
{
  if (planes != imp_picture_get_planes (picture))
    imp_picture_show_planes_async (picture, planes, on_shown, g_object_ref (teller));
}
