#include "imp-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"

/* One pixel of the preview: the mean of the block of pixels that it stands for, so that thin
 * writing does not vanish between samples. */
static void
average (const ImpRaster *raster, int step, int x, int y, guint8 *rgb)
{
  int channels = imp_raster_get_channels (raster);
  int right = MIN (x + step, imp_raster_get_width (raster));
  int bottom = MIN (y + step, imp_raster_get_height (raster));
  guint64 sums[3] = { 0 };
  guint64 n_pixels = (guint64)(right - x) * (guint64)(bottom - y);

  for (int row = y; row < bottom; row++)
    {
      const guint8 *pixel = imp_raster_get_pixels (raster)
                            + (gsize)row * imp_raster_get_stride (raster)
                            + (gsize)x * (gsize)channels;

      for (int column = x; column < right; column++, pixel += channels)
        for (int channel = 0; channel < channels; channel++)
          sums[channel] += pixel[channel];
    }
  for (int channel = 0; channel < 3; channel++)
    rgb[channel] = (guint8)(sums[channels == 1 ? 0 : channel] / n_pixels);
}

/**
 * imp_preview_texture:
 * @raster: the flattened pixels, grey or RGB
 * @most: the most pixels that either side may have; 0 for no limit
 *
 * Returns: (transfer full): an RGB texture, shrunk by a whole number
 */
GdkTexture *
imp_preview_texture (ImpRaster *raster, int most)
{
  int longest = MAX (imp_raster_get_width (raster), imp_raster_get_height (raster));
  int step = most == 0 ? 1 : MAX (1, (longest + most - 1) / most);
  int width = (imp_raster_get_width (raster) + step - 1) / step;
  int height = (imp_raster_get_height (raster) + step - 1) / step;
  gsize stride = (gsize)width * 3;
  g_autoptr (GBytes) bytes = NULL;
  guint8 *pixels = NULL;

  if (step == 1 && imp_raster_get_channels (raster) == 3)
    return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, imp_raster_get_bytes (raster),
                                   imp_raster_get_stride (raster));
  pixels = g_malloc (stride * (gsize)height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      average (raster, step, x * step, y * step, pixels + (gsize)y * stride + (gsize)x * 3);
  bytes = g_bytes_new_take (pixels, stride * (gsize)height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8, bytes, stride);
}

static gboolean
on_escape (GtkWidget *window, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/**
 * imp_preview_open_window:
 * @parent: a widget of the window that it belongs to
 * @raster: the flattened pixels
 *
 * Opens a window, not modal, with the true output at full size; Escape closes it.
 *
 * Returns: (transfer none): the window, for imp_preview_update_window()
 */
GtkWindow *
imp_preview_open_window (GtkWidget *parent, ImpRaster *raster)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *picture = gtk_picture_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (scroller, "picture-field");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), picture);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_set_transient_for (GTK_WINDOW (window), imp_widgets_get_window (parent));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  g_object_set_data (G_OBJECT (window), "imp-picture", picture);
  imp_preview_update_window (GTK_WINDOW (window), raster);
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

/**
 * imp_preview_update_window:
 * @window: what imp_preview_open_window() returned
 * @raster: (nullable): the pixels that leave now; %NULL while they are made anew
 *
 * Keeps the window true: it shows what leaves, or says that this has changed.
 */
void
imp_preview_update_window (GtkWindow *window, ImpRaster *raster)
{
  GtkWidget *picture = g_object_get_data (G_OBJECT (window), "imp-picture");
  const char *title = raster != NULL ? _ ("What leaves") : _ ("Changed: no longer what leaves");

  gtk_window_set_title (window, title);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture),
                                    raster != NULL ? _ ("What leaves, at full size") : title);
  if (raster == NULL)
    gtk_widget_add_css_class (picture, "stale");
  else
    {
      g_autoptr (GdkTexture) texture = imp_preview_texture (raster, 0);

      gtk_widget_remove_css_class (picture, "stale");
      gtk_picture_set_paintable (GTK_PICTURE (picture), GDK_PAINTABLE (texture));
    }
}
