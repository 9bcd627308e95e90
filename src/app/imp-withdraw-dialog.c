#include "imp-withdraw-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-permission-row.h"
#include "imp-person-card.h"
#include "imp-gate-work.h"
#include "imp-widgets.h"

/* What the dialog asks about, and whom to tell. */
typedef struct
{
  ImpGate *gate; /* nullable: the register is locked */
  GtkWidget *parent;
  char *whose;            /* name, number and birth */
  GPtrArray *permissions; /* nullable: it is about a person's objection */
  ImpWithdrawn *said;     /* what stands in the dialog; one that failed is shown again */
  ImpWithdrawFunc func;

  char *problem; /* nullable: why it could not be recorded */

  /* In the dialog that is open */
  GtkWidget *dialog; /* nullable: it is being recorded, or waits for the register */
  GtkWidget *by_row;
  GtkWidget *channel_row;
  GtkWidget *partly;
  GPtrArray *checks; /* of GtkCheckButton, one for each permission where there are several */
  gboolean waits;
  gboolean dropped;
} Ask;

/* The one that a parent has open. */
#define ASK "imp-withdraw-ask"

static void
withdrawn_free (gpointer data)
{
  ImpWithdrawn *withdrawn = data;

  g_strfreev (withdrawn->ids);
  g_free (withdrawn->by);
  g_free (withdrawn->channel);
  g_free (withdrawn);
}

static ImpWithdrawn *
withdrawn_copy (const ImpWithdrawn *withdrawn)
{
  ImpWithdrawn *copy = g_new0 (ImpWithdrawn, 1);

  *copy = *withdrawn;
  copy->ids = g_strdupv (withdrawn->ids);
  copy->by = g_strdup (withdrawn->by);
  copy->channel = g_strdup (withdrawn->channel);
  return copy;
}

static void
ask_free (Ask *ask)
{
  if (g_object_get_data (G_OBJECT (ask->parent), ASK) == ask)
    g_object_set_data (G_OBJECT (ask->parent), ASK, NULL);
  g_clear_object (&ask->gate);
  g_object_unref (ask->parent);
  g_free (ask->whose);
  g_free (ask->problem);
  g_clear_pointer (&ask->permissions, g_ptr_array_unref);
  g_clear_pointer (&ask->checks, g_ptr_array_unref);
  withdrawn_free (ask->said);
  g_free (ask);
}

static gboolean
withdraw (ImpRegister *people, const char *id, const ImpPermissionStep *step, GError **error)
{
  g_autoptr (ImpPermission) permission = imp_register_get_permission (people, id, error);

  return permission != NULL
         && (permission->state == IMP_PERMISSION_WITHDRAWN
             || imp_register_step (people, id, IMP_PERMISSION_WITHDRAWN, step, error));
}

/* In the worker. Whatever was withdrawn stays so, even where a later one could not be and all are
 * asked for again. */
static gboolean
write_it (ImpGate *gate, gpointer what, GError **error)
{
  const ImpWithdrawn *said = what;
  ImpRegister *people = imp_gate_get_register (gate);
  const ImpPermissionStep step = { .by = said->by,
                                   .channel = said->channel,
                                   .partly = said->partly };

  if (said->is_objection)
    return imp_register_set_objection (people, said->ids[0], said->objects, said->channel, error);
  for (guint i = 0; said->ids[i] != NULL; i++)
    if (!withdraw (people, said->ids[i], &step, error))
      return FALSE;
  return TRUE;
}

static void open_dialog (Ask *ask);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    ask->func (G_OBJECT (ask->parent), ask->said);
  else if (!ask->dropped)
    {
      g_free (ask->problem);
      ask->problem = g_strdup (error->message);
      if (ask->gate != NULL)
        open_dialog (ask);
      else
        ask->waits = TRUE;
      return;
    }
  ask_free (ask);
}

static GStrv
read_ids (Ask *ask)
{
  GStrvBuilder *ids = g_strv_builder_new ();
  GStrv list = NULL;

  for (guint i = 0; i < ask->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (ask->permissions, i);

      if (ask->permissions->len == 1
          || gtk_check_button_get_active (g_ptr_array_index (ask->checks, i)))
        g_strv_builder_add (ids, permission->id);
    }
  list = g_strv_builder_end (ids);
  g_strv_builder_unref (ids);
  return list;
}

static void
read_dialog (Ask *ask)
{
  g_free (ask->said->channel);
  ask->said->channel = imp_widgets_get_text (ask->channel_row);
  if (!ask->said->is_objection)
    {
      g_free (ask->said->by);
      ask->said->by = imp_widgets_get_text (ask->by_row);
      ask->said->partly =
          ask->partly != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (ask->partly));
      g_strfreev (ask->said->ids);
      ask->said->ids = read_ids (ask);
    }
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  ask->dialog = NULL;
  if (!g_str_equal (response, "go"))
    {
      ask_free (ask);
      return;
    }
  read_dialog (ask);
  imp_gate_work_async (ask->gate, write_it, withdrawn_copy (ask->said), withdrawn_free, on_written,
                       ask);
}

static GtkWidget *
add_entry (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  imp_widgets_set_name (row, title);
  gtk_editable_set_text (GTK_EDITABLE (row), text == NULL ? "" : text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_check (GtkWidget *group, const char *title, gboolean active)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  imp_widgets_set_name (check, title);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return check;
}

/* With several to choose from, nothing can be withdrawn before one is ticked. */
static void
update_response (Ask *ask, AdwMessageDialog *dialog)
{
  gboolean chosen = ask->checks->len == 0;

  for (guint i = 0; i < ask->checks->len; i++)
    chosen = chosen || gtk_check_button_get_active (g_ptr_array_index (ask->checks, i));
  adw_message_dialog_set_response_enabled (dialog, "go", chosen);
}

static void
on_check_toggled (GtkCheckButton *check, AdwMessageDialog *dialog)
{
  update_response (g_object_get_data (G_OBJECT (check), "imp-ask"), dialog);
}

static void
add_choices (Ask *ask, GtkWidget *group, GtkWidget *dialog)
{
  for (guint i = 0; i < ask->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (ask->permissions, i);
      g_autofree char *title = imp_permission_row_title (permission);
      GtkWidget *check =
          add_check (group, title,
                     ask->said->ids != NULL
                         && g_strv_contains ((const char *const *)ask->said->ids, permission->id));

      g_object_set_data (G_OBJECT (check), "imp-ask", ask);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_check_toggled), dialog, 0);
      g_ptr_array_add (ask->checks, check);
    }
}

static const char *
get_heading (const Ask *ask)
{
  if (!ask->said->is_objection)
    return ask->permissions->len == 1 ? _ ("Withdraw this permission?")
                                      : _ ("Withdraw which permission?");
  return ask->said->objects ? _ ("Record that this person has said no?")
                            : _ ("Lift this person’s no?");
}

static char *
get_meaning (const Ask *ask)
{
  g_autofree char *title = NULL;

  if (ask->said->is_objection)
    return g_strdup (ask->said->objects
                         ? _ ("No picture of this person leaves any more, with or without a name, "
                              "whatever was agreed before. Permissions on record stay as they are. "
                              "No reason is needed.")
                         : _ ("Only the person, or who decides for the person, can lift it. "
                              "Pictures may then leave again where a permission or the anonymised "
                              "route allows."));
  if (ask->permissions->len > 1)
    return g_strdup (_ ("What is ticked ends now and for good. No more pictures leave under it. "
                        "No reason is needed."));
  title = imp_permission_row_title (g_ptr_array_index (ask->permissions, 0));
  return g_strdup_printf (
      _ ("“%s” ends now and for good. No more pictures leave under it. What has already left "
         "cannot be called back by this program. No reason is needed."),
      title);
}

/* Whom it is about stands first: the window behind may show somebody else by now. */
static char *
get_body (const Ask *ask)
{
  g_autofree char *meaning = NULL;

  if (ask->problem != NULL)
    meaning = g_strdup_printf (_ ("This could not be recorded. %s."), ask->problem);
  else
    meaning = get_meaning (ask);
  return g_strdup_printf ("%s\n\n%s", ask->whose, meaning);
}

static const char *
get_verb (const Ask *ask)
{
  if (!ask->said->is_objection)
    return _ ("_Withdraw");
  return ask->said->objects ? _ ("_Record the no") : _ ("_Lift the no");
}

static GtkWidget *
build_details (Ask *ask, GtkWidget *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choices = adw_preferences_group_new ();
  GtkWidget *group = adw_preferences_group_new ();

  g_clear_pointer (&ask->checks, g_ptr_array_unref);
  ask->checks = g_ptr_array_new ();
  if (ask->permissions != NULL && ask->permissions->len > 1)
    {
      add_choices (ask, choices, dialog);
      gtk_box_append (GTK_BOX (box), choices);
    }
  else
    g_object_unref (g_object_ref_sink (choices));
  if (!ask->said->is_objection)
    ask->by_row = add_entry (group, _ ("Who said so (optional)"), ask->said->by);
  ask->channel_row = add_entry (group, _ ("How it was said (optional)"), ask->said->channel);
  if (!ask->said->is_objection && ask->permissions->len == 1)
    ask->partly = add_check (group, _ ("A part still stands: I record it next"), ask->said->partly);
  gtk_box_append (GTK_BOX (box), group);
  return box;
}

/* Cancel is the default: nobody withdraws by pressing Return. */
static void
open_dialog (Ask *ask)
{
  g_autofree char *body = get_body (ask);
  GtkWidget *dialog =
      imp_compat_message_dialog_new (imp_widgets_get_window (ask->parent), get_heading (ask), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go",
                                    get_verb (ask), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), build_details (ask, dialog));
  update_response (ask, ADW_MESSAGE_DIALOG (dialog));
  ask->dialog = dialog;
  ask->waits = FALSE;
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), ask);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Ask *
ask_new (GtkWidget *parent, ImpGate *gate, const ImpPerson *person, ImpWithdrawFunc func)
{
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *summary = imp_person_card_summary (person);

  ask->gate = g_object_ref (gate);
  ask->parent = g_object_ref (parent);
  ask->func = func;
  ask->whose = g_strdup_printf (
      "%s\n%s", person->name == NULL ? _ ("No name on record") : person->name, summary);
  ask->said = g_new0 (ImpWithdrawn, 1);
  g_object_set_data (G_OBJECT (parent), ASK, ask);
  return ask;
}

/**
 * imp_withdraw_dialog_open:
 * @parent: a widget of the window that asks; kept alive meanwhile
 * @gate: the gate
 * @person: whose permissions they are
 * @permissions: (element-type ImpPermission): what can be withdrawn: one or more
 * @func: called with @parent once it is written; not when the dialog is cancelled
 *
 * Says what withdrawing does, takes who said so and how if anybody wants to note it, and withdraws.
 * What could not be written is asked again, with all that was typed.
 */
void
imp_withdraw_dialog_open (GtkWidget *parent, ImpGate *gate, const ImpPerson *person,
                          GPtrArray *permissions, ImpWithdrawFunc func)
{
  Ask *ask = ask_new (parent, gate, person, func);

  ask->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_permission_free);
  for (guint i = 0; i < permissions->len; i++)
    g_ptr_array_add (ask->permissions, imp_permission_copy (g_ptr_array_index (permissions, i)));
  open_dialog (ask);
}

/**
 * imp_withdraw_dialog_open_objection:
 * @parent: a widget of the window that asks; kept alive meanwhile
 * @gate: the gate
 * @person: who says no, or who has said no and lifts it
 * @func: called with @parent once it is written; not when the dialog is cancelled
 *
 * Records that a person has said no to everything, or that the person has lifted that.
 */
void
imp_withdraw_dialog_open_objection (GtkWidget *parent, ImpGate *gate, const ImpPerson *person,
                                    ImpWithdrawFunc func)
{
  const char *ids[] = { person->id, NULL };
  Ask *ask = ask_new (parent, gate, person, func);

  ask->said->is_objection = TRUE;
  ask->said->objects = !person->objects;
  ask->said->ids = g_strdupv ((char **)ids);
  open_dialog (ask);
}

/* It is taken away, and what stands in it is read. */
static void
close_dialog (Ask *ask)
{
  GtkWidget *dialog = g_steal_pointer (&ask->dialog);

  read_dialog (ask);
  g_signal_handlers_disconnect_by_data (dialog, ask);
  /* libadwaita's rows look at their text once more when a window goes that has the focus in one. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/**
 * imp_withdraw_dialog_set_gate:
 * @parent: what a dialog may have been opened for
 * @gate: (nullable): the gate that is there now; %NULL while the register is locked
 *
 * A dialog that is open names a person: it is gone while the register is locked. What was typed
 * stands in it again afterwards.
 */
void
imp_withdraw_dialog_set_gate (GtkWidget *parent, ImpGate *gate)
{
  Ask *ask = g_object_get_data (G_OBJECT (parent), ASK);

  if (ask == NULL)
    return;
  g_set_object (&ask->gate, gate);
  if (gate == NULL && ask->dialog != NULL)
    {
      close_dialog (ask);
      ask->waits = TRUE;
    }
  else if (gate != NULL && ask->waits)
    open_dialog (ask);
}

/**
 * imp_withdraw_dialog_is_open:
 * @parent: what a dialog may have been opened for
 *
 * Returns: whether one is open, or waits for the register
 */
gboolean
imp_withdraw_dialog_is_open (GtkWidget *parent)
{
  const Ask *ask = g_object_get_data (G_OBJECT (parent), ASK);

  return ask != NULL && (ask->dialog != NULL || ask->waits);
}

/**
 * imp_withdraw_dialog_drop:
 * @parent: what a dialog may have been opened for
 *
 * Somebody else is at the desk: what was typed is forgotten.
 */
void
imp_withdraw_dialog_drop (GtkWidget *parent)
{
  Ask *ask = g_object_get_data (G_OBJECT (parent), ASK);

  if (ask == NULL)
    return;
  ask->dropped = TRUE;
  if (ask->dialog != NULL)
    close_dialog (ask);
  else if (!ask->waits)
    return; /* on_written() ends it */
  ask_free (ask);
}
