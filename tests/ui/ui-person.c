#include "ui-person.h"

static void
on_show_copies (ImpPersonView *view, const char *person_id, UiPerson *desk)
{
  g_free (desk->shown);
  desk->shown = g_strdup (person_id);
}

static void
on_changed (ImpPersonView *view, UiPerson *desk)
{
  desk->n_changes++;
}

void
ui_person_set_up (UiPerson *desk, gconstpointer data)
{
  desk->gate = ui_gate_new (&desk->folder);
  desk->person_id = ui_add_person (desk->gate, "H204417", "EXAMPLE, Person A", "1961-03-12");
  desk->view = imp_person_view_new ();
  g_signal_connect (desk->view, "show-copies", G_CALLBACK (on_show_copies), desk);
  g_signal_connect (desk->view, "changed", G_CALLBACK (on_changed), desk);
  desk->window = ui_window_new (desk->view, 684, 594);
  imp_person_view_set_gate (IMP_PERSON_VIEW (desk->view), desk->gate);
}

static gboolean
is_gone (gpointer data)
{
  return ((UiPerson *)data)->view == NULL;
}

void
ui_person_tear_down (UiPerson *desk, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (desk->view), (gpointer *)&desk->view);
  ui_window_close (desk->window);
  ui_wait (is_gone, desk, "the end of the view");
  ui_gate_free (desk->gate, desk->folder);
  g_free (desk->person_id);
  g_free (desk->shown);
}

ImpRegister *
ui_person_register (UiPerson *desk)
{
  return imp_gate_get_register (desk->gate);
}

char *
ui_person_permit (UiPerson *desk, const char *level)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  permission->person_id = g_strdup (desk->person_id);
  permission->level = g_strdup (level);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (ui_person_register (desk), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

ImpPermissionState
ui_person_state_of (UiPerson *desk, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission =
      imp_register_get_permission (ui_person_register (desk), id, &error);

  g_assert_no_error (error);
  return permission->state;
}

GtkWidget *
ui_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

gboolean
ui_has_dialog (gpointer data)
{
  return ui_dialog () != NULL;
}

void
ui_respond (const char *response)
{
  GtkWidget *dialog = ui_dialog ();

  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), response));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_settle (100);
}

void
ui_person_show (UiPerson *desk)
{
  imp_person_view_show (IMP_PERSON_VIEW (desk->view), desk->person_id);
  ui_wait_for (desk->view, "What may be used for what");
}

/* The permission that was recorded last, which is the only one unless a test makes more. */
ImpPermission *
ui_person_newest (UiPerson *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list =
      imp_register_list_permissions (ui_person_register (desk), desk->person_id, &error);
  const ImpPermission *newest = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    if (newest == NULL
        || g_strcmp0 (((ImpPermission *)list->pdata[i])->created, newest->created) > 0)
      newest = g_ptr_array_index (list, i);
  g_assert_nonnull (newest);
  return imp_permission_copy (newest);
}

GFile *
ui_person_write (UiPerson *desk, const char *name, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}
