#include "imp-teaching-new.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-chooser.h"
#include "imp-curation-list.h"
#include "imp-curation.h"
#include "imp-error.h"
#include "imp-form-rows.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-recent.h"
#include "imp-register-curation.h"
#include "imp-widgets.h"

#define LOOK_AGAIN_MS 150

struct _ImpTeachingNew
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *scroller;
  ImpNotice *notice;
  GtkWidget *form;    /* what cannot be changed while files are listed */
  GtkWidget *title;   /* AdwEntryRow */
  GtkWidget *sources; /* GtkListBox */
  GtkWidget *none;    /* what stands there while there are none */
  GtkWidget *busy;
  GtkWidget *bar; /* GtkProgressBar */
  GtkWidget *words;
  GtkWidget *begin;

  /* Owned references */
  ImpGate *gate;                 /* nullable */
  GPtrArray *files;              /* GFile: what is taken in */
  GtkFileChooserNative *chooser; /* nullable */
  ImpSourceList *list;           /* nullable: of the source that is being listed */
  GPtrArray *lists;              /* nullable: GPtrArray of ImpCurationItem for each source */
  GCancellable *cancellable;     /* nullable: while it is at work */

  guint n_listed; /* pictures of the sources before */
  guint look_source;
};

G_DEFINE_FINAL_TYPE (ImpTeachingNew, imp_teaching_new, GTK_TYPE_WIDGET)

enum
{
  CREATED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

static void
show_state (ImpTeachingNew *self)
{
  const gboolean busy = self->cancellable != NULL;

  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_visible (self->none, self->files->len == 0);
  gtk_widget_set_visible (self->sources, self->files->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new-session.begin", !busy);
}

static gboolean
on_look (gpointer user_data)
{
  ImpTeachingNew *self = user_data;
  g_autofree char *words = NULL;
  guint n_here = 0;
  guint n_found = 0;

  if (self->list == NULL)
    {
      gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
      return G_SOURCE_CONTINUE;
    }
  n_here = g_list_model_get_n_items (imp_source_list_get_items (self->list));
  n_found = imp_source_list_get_n_found (self->list);
  words = g_strdup_printf (_ ("%u of %u files looked at"), self->n_listed + n_here,
                           self->n_listed + n_found);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  if (n_found > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), MIN (1, (double)n_here / n_found));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

static void
stop_work (ImpTeachingNew *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->list);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  show_state (self);
}

static void
fail (ImpTeachingNew *self, const GError *error)
{
  stop_work (self);
  if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    imp_notice_show_error (self->notice, error);
}

/* ---- into the register ---- */

typedef struct
{
  char *title;
  GPtrArray *paths; /* of the sources */
  GPtrArray *lists; /* what is in each */
  char *id;         /* nullable: what it became */
} Creation;

static void
creation_free (gpointer data)
{
  Creation *creation = data;

  g_free (creation->title);
  g_ptr_array_unref (creation->paths);
  g_ptr_array_unref (creation->lists);
  g_free (creation->id);
  g_free (creation);
}

/* All of it, or nothing. */
static gboolean
create (ImpGate *gate, gpointer data, GError **error)
{
  Creation *creation = data;
  ImpRegister *reg = imp_gate_get_register (gate);

  creation->id = imp_curation_create_sync (gate, creation->title, error);
  for (guint i = 0; creation->id != NULL && i < creation->lists->len; i++)
    if (!imp_register_add_curation_items (reg, creation->id, creation->paths->pdata[i],
                                          creation->lists->pdata[i], error))
      {
        imp_register_remove_curation (reg, creation->id, NULL);
        g_clear_pointer (&creation->id, g_free);
      }
  return creation->id != NULL;
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingNew) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_work_finish (result, &error);

  if (self->gate != IMP_GATE (source))
    return; /* locked meanwhile */
  if (!done)
    {
      fail (self, error);
      return;
    }
  stop_work (self);
  g_signal_emit (self, signals[CREATED], 0, ((Creation *)imp_gate_work_get_data (result))->id);
}

static void
keep_all (ImpTeachingNew *self)
{
  Creation *creation = g_new0 (Creation, 1);
  guint n_items = 0;

  for (guint i = 0; i < self->lists->len; i++)
    n_items += ((GPtrArray *)self->lists->pdata[i])->len;
  if (n_items == 0)
    {
      g_free (creation);
      stop_work (self);
      imp_notice_set (self->notice, IMP_NOTICE_WARNING,
                      _ ("There is no file in what was chosen: choose another folder or files."));
      return;
    }
  creation->title = imp_widgets_get_text (self->title);
  creation->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (creation->paths, g_file_get_path (self->files->pdata[i]));
  creation->lists = g_ptr_array_ref (self->lists);
  gtk_label_set_label (GTK_LABEL (self->words), _ ("Keeping the session in the register…"));
  imp_gate_work_async (self->gate, create, creation, creation_free, on_created,
                       g_object_ref (self));
}

/* ---- listing ---- */

static void list_next (ImpTeachingNew *self);

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingNew) self = user_data;
  g_autoptr (GError) error = NULL;
  ImpSourceList *list = IMP_SOURCE_LIST (source);
  gboolean done = imp_source_list_load_finish (list, result, &error);

  if (self->list != list)
    return; /* stopped, or locked */
  if (!done)
    {
      fail (self, error);
      return;
    }
  self->n_listed += g_list_model_get_n_items (imp_source_list_get_items (list));
  g_ptr_array_add (self->lists, imp_curation_items_of_list (list));
  g_clear_object (&self->list);
  list_next (self);
}

/* Each source by itself, so that the session knows what came from where. */
static void
list_next (ImpTeachingNew *self)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->lists->len == self->files->len)
    {
      keep_all (self);
      return;
    }
  g_ptr_array_add (one, g_object_ref (self->files->pdata[self->lists->len]));
  self->list = imp_source_list_new ();
  imp_source_list_load_async (self->list, one, self->cancellable, on_loaded, g_object_ref (self));
}

/* ---- verbs ---- */

static void
begin_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingNew *self = IMP_TEACHING_NEW (widget);
  g_autofree char *title = imp_widgets_get_text (self->title);
  g_autoptr (GError) error = NULL;
  ImpFormProblem problem = { NULL, NULL };

  imp_widgets_set_error (self->title, FALSE);
  if (title == NULL || *title == '\0')
    imp_form_problem_set (&problem, self->title, _ ("Give the session a title."));
  else if (self->files->len == 0)
    imp_form_problem_set (&problem, NULL, _ ("Choose a folder or files that it takes in."));
  if (problem.text != NULL)
    {
      imp_notice_set (self->notice, IMP_NOTICE_WARNING, problem.text);
      imp_form_rows_go_to (&problem);
      return;
    }
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, NULL);
  if (!imp_gate_check_right (self->gate, IMP_RIGHT_RECORD, &error))
    {
      imp_notice_show_error (self->notice, error);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->n_listed = 0;
  self->look_source = g_timeout_add (LOOK_AGAIN_MS, on_look, self);
  gtk_label_set_label (GTK_LABEL (self->words), _ ("Looking for files…"));
  /* An entry that is put out of use with the focus in it does not hear that it lost it. */
  gtk_window_set_focus (imp_widgets_get_window (widget), NULL);
  show_state (self);
  list_next (self);
}

static void
cancel_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingNew *self = IMP_TEACHING_NEW (widget);

  if (self->cancellable == NULL)
    {
      g_signal_emit (self, signals[CANCELLED], 0);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  /* What is on its way into the register arrives whole, and is opened. */
  if (self->list != NULL)
    stop_work (self);
}

/* ---- what is taken in ---- */

static void
on_remove (GtkButton *button, ImpTeachingNew *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  g_ptr_array_remove_index (self->files,
                            (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  gtk_list_box_remove (GTK_LIST_BOX (self->sources), row);
  show_state (self);
}

static GtkWidget *
new_row (ImpTeachingNew *self, GFile *source)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = g_file_get_basename (source);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *path = g_file_get_parse_name (source);
  g_autofree char *label = g_strdup_printf (_ ("Do not take in %s"), shown);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), path);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  imp_widgets_set_name (button, label);
  gtk_widget_set_tooltip_text (button, _ ("Do not take this in"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/**
 * imp_teaching_new_add:
 * @self: the form
 * @source: a folder, a picture, the index of a disc or an archive; one that is there already, and
 *   one that does not lie on this computer, is passed by
 */
void
imp_teaching_new_add (ImpTeachingNew *self, GFile *source)
{
  if (self->cancellable != NULL || g_file_peek_path (source) == NULL)
    return;
  for (guint i = 0; i < self->files->len; i++)
    if (g_file_equal (self->files->pdata[i], source))
      return;
  imp_recent_forget (source);
  g_ptr_array_add (self->files, g_object_ref (source));
  gtk_list_box_append (GTK_LIST_BOX (self->sources), new_row (self, source));
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, NULL);
  show_state (self);
}

static void
on_files_chosen (GtkNativeDialog *dialog, int response, ImpTeachingNew *self)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      imp_teaching_new_add (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
choose (ImpTeachingNew *self, GtkFileChooserNative *chooser)
{
  g_clear_object (&self->chooser);
  self->chooser = chooser;
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_files_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
folder_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (IMP_TEACHING_NEW (widget),
          gtk_file_chooser_native_new (_ ("Choose a folder"), imp_widgets_get_window (widget),
                                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Take in"),
                                       _ ("_Cancel")));
}

static void
files_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *chooser = imp_chooser_new (imp_widgets_get_window (widget));

  gtk_native_dialog_set_title (GTK_NATIVE_DIALOG (chooser), _ ("Choose files"));
  choose (IMP_TEACHING_NEW (widget), chooser);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ImpTeachingNew *self)
{
  if (self->cancellable != NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    imp_teaching_new_add (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
      imp_teaching_new_add (self, file->data);
  else
    return FALSE;
  return TRUE;
}

/* ---- object ---- */

static void
imp_teaching_new_dispose (GObject *object)
{
  ImpTeachingNew *self = IMP_TEACHING_NEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->chooser);
  g_clear_object (&self->list);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_teaching_new_parent_class)->dispose (object);
}

static void
imp_teaching_new_class_init (ImpTeachingNewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_teaching_new_dispose;
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "new-session.begin", NULL, begin_verb);
  gtk_widget_class_install_action (widget_class, "new-session.cancel", NULL, cancel_verb);
  gtk_widget_class_install_action (widget_class, "new-session.folder", NULL, folder_verb);
  gtk_widget_class_install_action (widget_class, "new-session.files", NULL, files_verb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "new-session.cancel", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_form (ImpTeachingNew *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = imp_form_rows_entry (_ ("Title"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("What the session is about, such as “Wrist "
                                            "fractures”: not the name of a patient."));
  self->sources = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->sources), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->sources, "boxed-list");
  imp_widgets_set_name (self->sources, _ ("What it takes in"));
  self->none = imp_widgets_label (_ ("Nothing is chosen yet. Folders are taken with all that is in "
                                     "them; of a disc choose its DICOMDIR, or the whole disc. "
                                     "Files can also be dropped here."),
                                  "dim-label");
  gtk_label_set_max_width_chars (GTK_LABEL (self->none), 60);
  gtk_box_append (GTK_BOX (choices), build_button (_ ("Add a _folder…"), "new-session.folder"));
  gtk_box_append (GTK_BOX (choices), build_button (_ ("_Add files…"), "new-session.files"));
  gtk_box_append (GTK_BOX (form), group);
  gtk_box_append (GTK_BOX (form), imp_widgets_label (_ ("What it takes in"), "heading"));
  gtk_box_append (GTK_BOX (form), self->none);
  gtk_box_append (GTK_BOX (form), self->sources);
  gtk_box_append (GTK_BOX (form), choices);
  return form;
}

static void
imp_teaching_new_init (ImpTeachingNew *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *buttons =
      imp_form_rows_buttons ("new-session.cancel", "new-session.begin", &self->begin);

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_button_set_label (GTK_BUTTON (self->begin), _ ("Begin the session"));
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  self->form = build_form (self);
  self->busy = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->bar = gtk_progress_bar_new ();
  imp_widgets_set_name (self->bar, _ ("Looking at the files"));
  self->words = imp_widgets_label (NULL, NULL);
  gtk_box_append (GTK_BOX (self->busy), self->bar);
  gtk_box_append (GTK_BOX (self->busy), self->words);
  gtk_widget_add_css_class (page, "teaching-start");
  gtk_box_append (GTK_BOX (page), imp_widgets_label (_ ("New session"), "title-2"));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (page), self->form);
  gtk_box_append (GTK_BOX (page), self->busy);
  gtk_box_append (GTK_BOX (page), buttons);
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  show_state (self);
}

/**
 * imp_teaching_new_new:
 *
 * Returns: (transfer floating): the form, without a gate
 */
GtkWidget *
imp_teaching_new_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_NEW, NULL);
}

/**
 * imp_teaching_new_start:
 * @self: the form
 * @gate: (nullable): the gate of who begins a session; %NULL while the register is locked
 *
 * Empties it.
 */
void
imp_teaching_new_start (ImpTeachingNew *self, ImpGate *gate)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->gate, gate);
  g_ptr_array_set_size (self->files, 0);
  imp_widgets_clear (self->sources);
  gtk_editable_set_text (GTK_EDITABLE (self->title), "");
  imp_widgets_set_error (self->title, FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, NULL);
  stop_work (self);
  if (gate != NULL)
    gtk_widget_child_focus (self->title, GTK_DIR_TAB_FORWARD);
}
