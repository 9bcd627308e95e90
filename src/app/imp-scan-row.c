#include "imp-scan-row.h"

#include <glib/gi18n.h>

#include "imp-file-dialog.h"
#include "imp-widgets.h"

struct _ImpScanRow
{
  AdwActionRow parent_instance;

  GtkWidget *choose_button;
  GtkWidget *clear_button;

  GFile *file; /* owned */
};

G_DEFINE_FINAL_TYPE (ImpScanRow, imp_scan_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (ImpScanRow *self)
{
  g_autofree char *name = self->file != NULL ? g_file_get_basename (self->file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               shown != NULL ? shown
                                             : _ ("PDF, PNG or JPEG: choose it, or drop it here"));
  gtk_widget_set_visible (self->clear_button, self->file != NULL);
}

static void
on_chosen (GFile *file, gpointer user_data)
{
  imp_scan_row_set_file (IMP_SCAN_ROW (user_data), file);
}

static void
on_choose_clicked (GtkButton *button, ImpScanRow *self)
{
  imp_file_dialog_open (GTK_WIDGET (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose a scan"), NULL,
                        on_chosen, g_object_ref (self), g_object_unref);
}

static void
on_clear_clicked (GtkButton *button, ImpScanRow *self)
{
  imp_scan_row_set_file (self, NULL);
  gtk_widget_grab_focus (self->choose_button);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ImpScanRow *self)
{
  imp_scan_row_set_file (self, g_value_get_object (value));
  return TRUE;
}

static void
imp_scan_row_dispose (GObject *object)
{
  ImpScanRow *self = IMP_SCAN_ROW (object);

  g_clear_object (&self->file);
  G_OBJECT_CLASS (imp_scan_row_parent_class)->dispose (object);
}

static void
imp_scan_row_class_init (ImpScanRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_scan_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_scan_row_init (ImpScanRow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Scan"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->clear_button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (self->clear_button, "flat");
  gtk_widget_set_valign (self->clear_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->clear_button, _ ("Leave the scan out"));
  imp_widgets_set_name (self->clear_button, _ ("Leave the scan out"));
  g_signal_connect (self->clear_button, "clicked", G_CALLBACK (on_clear_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->clear_button);
  self->choose_button = gtk_button_new_with_label (_ ("Choose a scan…"));
  gtk_widget_set_valign (self->choose_button, GTK_ALIGN_CENTER);
  g_signal_connect (self->choose_button, "clicked", G_CALLBACK (on_choose_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->choose_button);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  update (self);
}

/**
 * imp_scan_row_new:
 *
 * Returns: (transfer floating): a row without a scan
 */
GtkWidget *
imp_scan_row_new (void)
{
  return g_object_new (IMP_TYPE_SCAN_ROW, NULL);
}

/**
 * imp_scan_row_get_file:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the scan that was chosen
 */
GFile *
imp_scan_row_get_file (ImpScanRow *self)
{
  return self->file;
}

/**
 * imp_scan_row_set_file:
 * @self: a row
 * @file: (nullable): the scan; %NULL leaves it out. Nothing is read before it is recorded.
 */
void
imp_scan_row_set_file (ImpScanRow *self, GFile *file)
{
  if (!g_set_object (&self->file, file))
    return;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
