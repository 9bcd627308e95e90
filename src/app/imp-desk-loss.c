#include "imp-desk-private.h"

#include <glib/gi18n.h>

#include "imp-compat.h"

static void
on_loss_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, g_str_equal (response, "lose"));
}

/* Keeping what is on the desk is the default. */
static void
ask_loss (ImpDesk *self, const char *heading, const char *body, const char *lose_label,
          GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  GtkWidget *dialog = imp_compat_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep working"),
                                    "lose", lose_label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "lose",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect (dialog, "response", G_CALLBACK (on_loss_response), g_steal_pointer (&task));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * imp_desk_confirm_loss:
 * @self: a desk
 * @heading: what is about to happen, as a question
 * @lose_label: the button that lets it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks before boxes and answers are lost; without any, the answer is yes. Keeping them is the
 * default.
 */
void
imp_desk_confirm_loss (ImpDesk *self, const char *heading, const char *lose_label,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, imp_desk_confirm_loss);
  if (imp_desk_has_work (self))
    ask_loss (self, heading,
              _ ("The boxes and answers on the desk are kept nowhere else: no draft of them is "
                 "saved."),
              lose_label, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * imp_desk_confirm_page:
 * @self: a desk
 * @callback: called with the answer, for imp_desk_confirm_loss_finish()
 * @user_data: for @callback
 *
 * Asks before the answers are lost because another page is another picture; without any, the
 * answer is yes. Keeping them is the default.
 */
void
imp_desk_confirm_page (ImpDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, imp_desk_confirm_page);
  if (self->item == NULL
      && imp_wizard_has_answers (imp_workbench_get_wizard (imp_desk_get_workbench (self))))
    ask_loss (self, _ ("Show another page and lose the answers?"),
              _ ("Another page is another picture: the answers given for this one go. Boxes stay "
                 "with their page."),
              _ ("_Show page"), g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * imp_desk_confirm_loss_finish:
 * @self: a desk
 * @result: what the callback was given
 *
 * Returns: whether what is on the desk may be lost
 */
gboolean
imp_desk_confirm_loss_finish (ImpDesk *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
