#include "imp-file-dialog.h"

#include <glib/gi18n.h>

#include "imp-recent.h"
#include "imp-widgets.h"

typedef struct
{
  GtkFileChooserNative *chooser;
  ImpFileFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Ask;

static void
on_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autofree Ask *ask = user_data;
  g_autoptr (GtkFileChooserNative) chooser = ask->chooser;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    {
      imp_recent_forget (file);
      ask->func (file, ask->user_data);
    }
  ask->user_data_free (ask->user_data);
}

/**
 * imp_file_dialog_open:
 * @parent: a widget of the window that asks
 * @action: whether a file is opened or saved, or a folder chosen
 * @title: what the dialog is called
 * @name: (nullable): the name that is offered for a file to make; it says nothing of anybody
 * @func: called with what was chosen; not when the dialog is cancelled
 * @user_data: (transfer full): for @func
 * @user_data_free: lets go of @user_data when the dialog is through
 */
void
imp_file_dialog_open (GtkWidget *parent, GtkFileChooserAction action, const char *title,
                      const char *name, ImpFileFunc func, gpointer user_data,
                      GDestroyNotify user_data_free)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->chooser = gtk_file_chooser_native_new (
      title, imp_widgets_get_window (parent), action,
      action == GTK_FILE_CHOOSER_ACTION_SAVE ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  ask->func = func;
  ask->user_data = user_data;
  ask->user_data_free = user_data_free;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (ask->chooser), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (ask->chooser), name);
  g_signal_connect (ask->chooser, "response", G_CALLBACK (on_response), ask);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (ask->chooser));
}
