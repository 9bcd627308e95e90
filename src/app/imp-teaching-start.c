#include "imp-teaching-start.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-register-curation.h"
#include "imp-teaching-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpTeachingStart
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *stack;
  GtkWidget *blank;        /* AdwStatusPage: reading, none, or what went wrong */
  GtkWidget *blank_button; /* on it */
  GtkWidget *page;
  GtkWidget *sessions; /* GtkListBox */
  ImpNotice *notice;

  /* Owned references */
  ImpGate *gate;      /* nullable */
  GPtrArray *records; /* nullable: ImpCurationRecord */

  gboolean broken; /* they could not be read */
};

G_DEFINE_FINAL_TYPE (ImpTeachingStart, imp_teaching_start, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  NEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say_blank (ImpTeachingStart *self, const char *icon, const char *title, const char *description,
           const char *button)
{
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->blank), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->blank), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->blank), description);
  gtk_button_set_label (GTK_BUTTON (self->blank_button), button != NULL ? button : "");
  gtk_widget_set_visible (self->blank_button, button != NULL);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->blank);
}

static GtkWidget *
new_row (const ImpCurationRecord *record)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *day = imp_words_date (record->created);
  g_autofree char *pictures = imp_teaching_words_pictures (imp_curation_record_count (record));
  g_autofree char *progress = imp_teaching_words_progress (record->counts);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", day, pictures, progress);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), record->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_records (ImpTeachingStart *self)
{
  imp_widgets_clear (self->sessions);
  for (guint i = 0; i < self->records->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->sessions),
                         new_row (g_ptr_array_index (self->records, i)));
  if (self->records->len == 0)
    say_blank (self, "image-x-generic-symbolic", _ ("No session yet"),
               _ ("A session takes in a folder, a disc or some files, and keeps where you are with "
                  "each picture until all are ready for the teaching file."),
               _ ("New session…"));
  else
    gtk_stack_set_visible_child (GTK_STACK (self->stack), self->page);
}

static void
records_clear (gpointer data)
{
  g_clear_pointer ((GPtrArray **)data, g_ptr_array_unref);
  g_free (data);
}

static gboolean
list_records (ImpGate *gate, gpointer data, GError **error)
{
  *(GPtrArray **)data = imp_register_list_curations (imp_gate_get_register (gate), error);
  return *(GPtrArray **)data != NULL;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingStart) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_work_finish (result, &error);

  if (self->gate != IMP_GATE (source))
    return;
  self->broken = !done;
  if (!done)
    {
      say_blank (self, "dialog-error-symbolic", _ ("The sessions cannot be read"), error->message,
                 _ ("Try again"));
      return;
    }
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = g_ptr_array_ref (*(GPtrArray **)imp_gate_work_get_data (result));
  show_records (self);
}

static void
on_row_activated (ImpTeachingStart *self, GtkListBoxRow *row)
{
  const ImpCurationRecord *record =
      g_ptr_array_index (self->records, (guint)gtk_list_box_row_get_index (row));

  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  g_signal_emit (self, signals[CHOSEN], 0, record->id);
}

static void
on_new (ImpTeachingStart *self)
{
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  g_signal_emit (self, signals[NEW], 0);
}

static void
on_blank_button (ImpTeachingStart *self)
{
  if (self->broken)
    imp_teaching_start_load (self);
  else
    on_new (self);
}

static void
imp_teaching_start_dispose (GObject *object)
{
  ImpTeachingStart *self = IMP_TEACHING_START (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_teaching_start_parent_class)->dispose (object);
}

static void
imp_teaching_start_class_init (ImpTeachingStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_start_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW] = g_signal_new ("new", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_page (ImpTeachingStart *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = imp_widgets_label (_ ("Sessions"), "title-2");
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_New session…"));

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_new), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), button);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->sessions = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->sessions), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->sessions, "boxed-list");
  gtk_widget_set_valign (self->sessions, GTK_ALIGN_START);
  imp_widgets_set_name (self->sessions, _ ("Sessions"));
  g_signal_connect_swapped (self->sessions, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_widget_add_css_class (box, "teaching-start");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), self->sessions);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
imp_teaching_start_init (ImpTeachingStart *self)
{
  self->stack = gtk_stack_new ();
  self->blank = adw_status_page_new ();
  self->blank_button = gtk_button_new ();
  gtk_widget_set_halign (self->blank_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->blank_button, "pill");
  gtk_widget_add_css_class (self->blank_button, "suggested-action");
  g_signal_connect_swapped (self->blank_button, "clicked", G_CALLBACK (on_blank_button), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->blank), self->blank_button);
  self->page = build_page (self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->blank, "blank");
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "sessions");
  imp_widgets_hide_unseen (self->stack);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * imp_teaching_start_new:
 *
 * Returns: (transfer floating): the list, without a gate
 */
GtkWidget *
imp_teaching_start_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_START, NULL);
}

/**
 * imp_teaching_start_load:
 * @self: the list
 *
 * Reads the sessions anew.
 */
void
imp_teaching_start_load (ImpTeachingStart *self)
{
  if (self->gate == NULL)
    return;
  if (self->records == NULL)
    say_blank (self, "view-list-symbolic", _ ("Reading the sessions…"), NULL, NULL);
  imp_gate_work_async (self->gate, list_records, g_new0 (GPtrArray *, 1), records_clear, on_listed,
                       g_object_ref (self));
}

/**
 * imp_teaching_start_set_gate:
 * @self: the list
 * @gate: (nullable): the gate of who may work with the register; %NULL forgets every session
 */
void
imp_teaching_start_set_gate (ImpTeachingStart *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  imp_widgets_clear (self->sessions);
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

/**
 * imp_teaching_start_show_error:
 * @self: the list
 * @error: why a session could not be opened
 */
void
imp_teaching_start_show_error (ImpTeachingStart *self, const GError *error)
{
  imp_notice_show_error (self->notice, error);
}
