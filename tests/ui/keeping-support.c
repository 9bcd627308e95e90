#include "keeping-support.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "imp-request.h"

char *
keep_agree (ImpGate *gate, const char *person_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPermission) permission = imp_permission_new ();

  permission->person_id = g_strdup (person_id);
  permission->level = g_strdup ("teaching-closed");
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence = g_strdup ("signed-paper");
  permission->given = g_strdup ("2026-01-05");
  permission->state = IMP_PERMISSION_ACTIVE;
  imp_register_add_permission (imp_gate_get_register (gate), permission, &error);
  g_assert_no_error (error);
  return g_strdup (permission->id);
}

/* A picture leaves for a teaching file, with the person's consent. */
ImpReceipt *
keep_receipt (ImpGate *gate, const char *folder, const char *person_id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPicture) picture = ui_picture_new ("chest.dcm");
  g_autoptr (ImpRequest) request = imp_request_new (
      imp_picture_get_source (picture), 0, imp_picture_get_frame (picture), IMP_ORIGIN_SCRIPT);
  g_autoptr (GPtrArray) questions = imp_gate_questions (gate, "consent", "teaching-file", &error);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  ImpReceipt *receipt = NULL;
  const ImpRect box = { 0, 0, 512, 46 };

  g_assert_no_error (error);
  imp_request_set_route (request, "consent");
  imp_request_set_destination (request, "teaching-file");
  imp_request_set_person (request, person_id);
  imp_request_set_looked_at (request, TRUE);
  imp_request_set_seen_share (request, 100);
  imp_request_set_boxes (request, &box, 1);
  imp_request_set_target (request, target);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      imp_request_set_answer (request, question->key,
                              question->clears != NULL ? question->clears
                                                       : "a synthetic answer for a test");
    }
  ui_let_stay (gate, request);
  receipt = imp_gate_release_sync (gate, request, NULL, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

/* The same; returns the export's id. */
char *
keep_release (ImpGate *gate, const char *folder, const char *person_id, const char *name)
{
  g_autoptr (ImpReceipt) receipt = keep_receipt (gate, folder, person_id, name);

  return g_strdup (receipt->ledger_id);
}

static gboolean
has_chooser (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (window) && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  return FALSE;
}

void
keep_choose_file (const char *folder, const char *name)
{
  GtkWidget *chooser = NULL;
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GFile) file = g_file_get_child (place, name);

  ui_wait (has_chooser, &chooser, "the file dialog");
  ui_settle (600);
  if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (chooser)) == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_assert_true (gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), place, NULL));
      ui_settle (600);
      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  else
    g_assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, NULL));
  ui_settle (600);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  ui_settle (100);
}

static gboolean
has_dialog (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        {
          *(GtkWidget **)data = window;
          return TRUE;
        }
    }
  return FALSE;
}

GtkWidget *
keep_dialog (void)
{
  GtkWidget *dialog = NULL;

  ui_wait (has_dialog, &dialog, "a dialog");
  return dialog;
}

void
keep_respond (const char *response)
{
  GtkWidget *dialog = keep_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_settle (100);
}

void
keep_expand (GtkWidget *root, const char *title)
{
  GtkWidget *row = ui_find (root, ADW_TYPE_EXPANDER_ROW, title);

  g_assert_nonnull (row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (400);
}

char *
keep_run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return said;
}

/* All words, white space made one blank. */
char *
keep_words_of_pdf (const char *path)
{
  const char *command[] = { "pdftotext", "-enc", "UTF-8", path, "-", NULL };
  g_autofree char *text = keep_run (command);
  g_auto (GStrv) words = g_strsplit_set (text, " \n\f\t", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (joined, "%s ", words[i]);
  return g_string_free (joined, FALSE);
}

guint
keep_mode (const char *path)
{
  GStatBuf facts;

  g_assert_cmpint (g_stat (path, &facts), ==, 0);
  return facts.st_mode & 0777;
}
