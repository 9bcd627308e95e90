#include "imp-chooser.h"

#include <glib/gi18n.h>

/* What the helper reads; whether it reads HEIC and AVIF depends on what is installed. */
static const char *const MIME_TYPES[] = {
  "application/dicom", "image/jpeg", "image/png",  "image/tiff", "image/webp",
  "image/bmp",         "image/heif", "image/heic", "image/avif",
};

/**
 * imp_chooser_new:
 * @parent: the window that asks
 *
 * Returns: (transfer full): a dialog to choose one picture, not shown yet
 */
GtkFileChooserNative *
imp_chooser_new (GtkWindow *parent)
{
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) pictures = gtk_file_filter_new ();
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open a picture"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  /* DICOM files often have no ending at all, so that all files come first. */
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_filter_set_name (pictures, _ ("Pictures and DICOM files"));
  for (guint i = 0; i < G_N_ELEMENTS (MIME_TYPES); i++)
    gtk_file_filter_add_mime_type (pictures, MIME_TYPES[i]);
  gtk_file_filter_add_suffix (pictures, "dcm");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), pictures);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}
