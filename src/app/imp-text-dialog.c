#include "imp-text-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-widgets.h"

/* What a dialog knows of itself. */
#define ASK "imp-text-ask"

typedef struct
{
  GtkWidget *rows[IMP_TEXT_DIALOG_MOST]; /* in the dialog */
  ImpTextFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Ask;

static void
ask_end (Ask *ask)
{
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && ask->rows[i] != NULL; i++)
    gtk_editable_set_text (GTK_EDITABLE (ask->rows[i]), "");
  ask->user_data_free (ask->user_data);
  g_free (ask);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  const char *texts[IMP_TEXT_DIALOG_MOST + 1] = { NULL };

  /* libadwaita's rows look at their text once more when a window goes that has the focus in one. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && ask->rows[i] != NULL; i++)
    texts[i] = gtk_editable_get_text (GTK_EDITABLE (ask->rows[i]));
  if (g_str_equal (response, "go"))
    ask->func (texts, ask->user_data);
  ask_end (ask);
}

static GtkWidget *
add_row (GtkWidget *group, const ImpTextField *field)
{
  GtkWidget *row = field->secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->title);
  if (field->value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), field->value);
  imp_widgets_set_name (row, field->title);
  if (field->secret)
    imp_compat_name_buttons (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/**
 * imp_text_dialog_open:
 * @parent: a widget of the window that asks
 * @dialog: what it says and asks for; copied
 * @func: called with what was typed; not when the dialog is cancelled
 * @user_data: (transfer full): for @func
 * @user_data_free: lets go of @user_data when the dialog is through
 *
 * Returns: (transfer none): the dialog, which lives until then
 */
GtkWidget *
imp_text_dialog_open (GtkWidget *parent, const ImpTextDialog *dialog, ImpTextFunc func,
                      gpointer user_data, GDestroyNotify user_data_free)
{
  GtkWidget *window = imp_compat_message_dialog_new (imp_widgets_get_window (parent),
                                                     dialog->heading, dialog->body);
  GtkWidget *group = adw_preferences_group_new ();
  Ask *ask = g_new0 (Ask, 1);

  ask->func = func;
  ask->user_data = user_data;
  ask->user_data_free = user_data_free;
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && dialog->fields[i].title != NULL; i++)
    ask->rows[i] = add_row (group, &dialog->fields[i]);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (window), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (window), "cancel", _ ("_Cancel"), "go",
                                    dialog->verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (window), "go",
                                              dialog->destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                                  : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (window),
                                           dialog->destructive ? "cancel" : "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (window), "cancel");
  g_object_set_data (G_OBJECT (window), ASK, ask);
  g_signal_connect (window, "response", G_CALLBACK (on_response), ask);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/**
 * imp_text_dialog_close:
 * @dialog: a dialog that is open
 *
 * Takes it away without an answer, as nobody may go on with it while the register is locked.
 *
 * Returns: (transfer full): what was typed
 */
GStrv
imp_text_dialog_close (GtkWidget *dialog)
{
  Ask *ask = g_object_get_data (G_OBJECT (dialog), ASK);
  GStrvBuilder *typed = g_strv_builder_new ();
  GStrv texts = NULL;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL); /* as in on_response() */
  for (guint i = 0; i < IMP_TEXT_DIALOG_MOST && ask->rows[i] != NULL; i++)
    g_strv_builder_add (typed, gtk_editable_get_text (GTK_EDITABLE (ask->rows[i])));
  texts = g_strv_builder_end (typed);
  g_strv_builder_unref (typed);
  g_signal_handlers_disconnect_by_data (dialog, ask);
  ask_end (ask);
  gtk_window_destroy (GTK_WINDOW (dialog));
  return texts;
}
