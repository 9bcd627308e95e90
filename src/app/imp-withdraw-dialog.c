#include "imp-withdraw-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-permission-row.h"
#include "imp-register-work.h"
#include "imp-widgets.h"

/* What the dialog asks about, and whom to tell. */
typedef struct
{
  ImpRegister *source;
  char *id;
  gboolean objection; /* it is about a person's objection, not a permission */
  gboolean objects;
  GtkWidget *channel_row; /* in the dialog */
  ImpWithdrawFunc func;
  GObject *object;
} Ask;

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->source);
  g_object_unref (ask->object);
  g_free (ask->id);
  g_free (ask);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = imp_register_work_write_finish (result, &error);

  ask->func (written, error, ask->object);
  ask_free (ask);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  g_autofree char *channel = NULL;

  if (!g_str_equal (response, "go"))
    {
      ask_free (ask);
      return;
    }
  channel = imp_widgets_get_text (ask->channel_row);
  if (ask->objection)
    imp_register_work_set_objection_async (ask->source, ask->id, ask->objects, channel, on_written,
                                           ask);
  else
    imp_register_work_withdraw_async (ask->source, ask->id, NULL, channel, on_written, ask);
}

/* Cancel is the default: nobody withdraws by pressing Return. */
static void
open_dialog (GtkWidget *parent, Ask *ask, const char *heading, const char *body, const char *verb,
             const char *channel, AdwResponseAppearance appearance)
{
  GtkWidget *dialog =
      imp_compat_message_dialog_new (imp_widgets_get_window (parent), heading, body);
  GtkWidget *group = adw_preferences_group_new ();

  ask->channel_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (ask->channel_row), channel);
  imp_widgets_set_name (ask->channel_row, channel);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), ask->channel_row);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go",
                                    verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go", appearance);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), ask);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Ask *
ask_new (ImpRegister *source, const char *id, ImpWithdrawFunc func, GObject *object)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->source = g_object_ref (source);
  ask->id = g_strdup (id);
  ask->func = func;
  ask->object = g_object_ref (object);
  return ask;
}

/**
 * imp_withdraw_dialog_open:
 * @parent: a widget of the window that asks
 * @source: the register
 * @permission: what is withdrawn
 * @func: called once it is written, or could not be; not when the dialog is cancelled
 * @object: for @func; kept alive meanwhile
 *
 * Says what withdrawing does, takes how it was said if anybody wants to note it, and withdraws.
 */
void
imp_withdraw_dialog_open (GtkWidget *parent, ImpRegister *source, const ImpPermission *permission,
                          ImpWithdrawFunc func, GObject *object)
{
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *body = g_strdup_printf (
      _ ("“%s” ends now and for good. No more pictures leave under it. What has already left "
         "cannot be called back by this program. No reason is needed."),
      title);

  open_dialog (parent, ask_new (source, permission->id, func, object),
               _ ("Withdraw this permission?"), body, _ ("_Withdraw"),
               _ ("How it was said (optional)"), ADW_RESPONSE_DESTRUCTIVE);
}

/**
 * imp_withdraw_dialog_open_objection:
 * @parent: a widget of the window that asks
 * @source: the register
 * @person: who says no, or who has said no and lifts it
 * @func: called once it is written, or could not be; not when the dialog is cancelled
 * @object: for @func; kept alive meanwhile
 *
 * Records that a person has said no to everything, or that the person has lifted that.
 */
void
imp_withdraw_dialog_open_objection (GtkWidget *parent, ImpRegister *source, const ImpPerson *person,
                                    ImpWithdrawFunc func, GObject *object)
{
  Ask *ask = ask_new (source, person->id, func, object);

  ask->objection = TRUE;
  ask->objects = !person->objects;
  if (ask->objects)
    open_dialog (parent, ask, _ ("Record that this person has said no?"),
                 _ ("No picture of this person leaves any more, with or without a name, whatever "
                    "was agreed before. Permissions on record stay as they are. No reason is "
                    "needed."),
                 _ ("_Record the no"), _ ("How it was said (optional)"), ADW_RESPONSE_DESTRUCTIVE);
  else
    open_dialog (parent, ask, _ ("Lift this person’s no?"),
                 _ ("Only the person, or who decides for the person, can lift it. Pictures may "
                    "then leave again where a permission or the anonymised route allows."),
                 _ ("_Lift the no"), _ ("How it was said (optional)"), ADW_RESPONSE_DESTRUCTIVE);
}
