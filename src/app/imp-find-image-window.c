#include "imp-find-image-window.h"

#include <glib/gi18n.h>

#include "gate-trace.h"
#include "imp-copy-row.h"
#include "imp-error.h"
#include "imp-file-dialog.h"
#include "imp-gate-work.h"
#include "imp-keeping-parts.h"
#include "imp-widgets.h"

#define WIDTH 620
#define HEIGHT 560

typedef struct _Look Look;

struct _ImpFindImageWindow
{
  AdwWindow parent_instance;

  /* Children */
  GtkWidget *status;
  GtkWidget *working; /* how far it is, and the way to stop it */
  GtkWidget *progress;
  ImpNotice *notice;
  GtkWidget *rows;

  ImpGate *gate; /* owned */
  Look *look;    /* nullable, borrowed from its worker: the last one, while it goes on */
  guint watching;
};

G_DEFINE_FINAL_TYPE (ImpFindImageWindow, imp_find_image_window, ADW_TYPE_WINDOW)

enum
{
  PERSON_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- looking, in a worker ---- */

struct _Look
{
  GFile *file;
  GCancellable *cancellable;
  ImpFindProgress progress;
  GPtrArray *matches; /* the answer: of ImpImageMatch */
  GPtrArray *seen;    /* of ImpSeenCopy, one for each */
};

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->file);
  g_object_unref (look->cancellable);
  g_clear_pointer (&look->matches, g_ptr_array_unref);
  g_clear_pointer (&look->seen, g_ptr_array_unref);
  g_free (look);
}

static gboolean
look_in_worker (ImpGate *gate, gpointer data, GError **error)
{
  Look *look = data;

  look->matches =
      imp_gate_find_image_sync (gate, look->file, &look->progress, look->cancellable, error);
  if (look->matches == NULL)
    return FALSE;
  look->seen = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_seen_copy_free);
  for (guint i = 0; i < look->matches->len; i++)
    {
      const ImpImageMatch *match = g_ptr_array_index (look->matches, i);

      g_ptr_array_add (look->seen, imp_seen_copy_new (gate, match->copy, TRUE));
    }
  return TRUE;
}

/* ---- the answer ---- */

/* Never "certainly" of what merely looks alike: two slices of one study do, too. */
static const char *
say_how (const ImpImageMatch *match, const ImpSeenCopy *seen)
{
  if (match->exact && seen->erased)
    return _ ("This is the very file that left. The record of the person was erased since: only "
              "the ledger knows the file");
  return match->exact ? _ ("This is the very file that left")
                      : _ ("It looks like this picture that left, changed on its way. Compare them "
                           "before you act");
}

static GtkWidget *
new_row (const ImpImageMatch *match, const ImpSeenCopy *seen)
{
  g_autofree char *title = imp_copy_row_title (seen->copy);
  g_autofree char *state = imp_copy_row_state (seen->copy);
  g_autofree char *subtitle = g_strdup_printf (
      "%s\n%s\n%s\n%s", say_how (match, seen), seen->person,
      seen->permission != NULL ? seen->permission
                               : _ ("It left without a permission: nobody could be identified"),
      state);
  GtkWidget *row = imp_keeping_new_row (title, subtitle);
  GtkWidget *image = gtk_image_new_from_icon_name (match->exact ? "emblem-ok-symbolic"
                                                                : "dialog-question-symbolic");

  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  match->exact ? _ ("The very file") : _ ("Looks alike"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (seen->copy->person_id != NULL && !seen->erased)
    imp_keeping_add_button (row, _ ("_Show the person"), "find.person", seen->copy->person_id);
  return row;
}

static void
show_matches (ImpFindImageWindow *self, const Look *look)
{
  imp_widgets_clear (self->rows);
  for (guint i = 0; i < look->matches->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->rows), new_row (g_ptr_array_index (look->matches, i),
                                                             g_ptr_array_index (look->seen, i)));
  gtk_widget_set_visible (self->rows, look->matches->len > 0);
  if (look->matches->len == 0)
    imp_notice_set (self->notice, IMP_NOTICE_INFORMATION,
                    _ ("No picture that left from here is known again in this file. Pictures that "
                       "were turned, mirrored or cut a lot are not known again."));
  else
    imp_notice_set (self->notice, IMP_NOTICE_INFORMATION,
                    _ ("That somebody looked, and what was found, is written in the ledger."));
}

/* ---- how far it is ---- */

static gboolean
on_watch (gpointer user_data)
{
  ImpFindImageWindow *self = user_data;
  GtkProgressBar *bar = GTK_PROGRESS_BAR (self->progress);
  int n_all = g_atomic_int_get (&self->look->progress.n_all);
  int n_compared = g_atomic_int_get (&self->look->progress.n_compared);
  g_autofree char *text = NULL;

  if (n_all == 0)
    {
      gtk_progress_bar_set_text (bar, _ ("Reading the file"));
      gtk_progress_bar_pulse (bar);
      return G_SOURCE_CONTINUE;
    }
  text = g_strdup_printf (_ ("Compared with %d of %d that left"), n_compared, n_all);
  gtk_progress_bar_set_text (bar, text);
  gtk_progress_bar_set_fraction (bar, (double)MIN (n_compared, n_all) / n_all);
  return G_SOURCE_CONTINUE;
}

static void
set_look (ImpFindImageWindow *self, Look *look)
{
  self->look = look;
  g_clear_handle_id (&self->watching, g_source_remove);
  gtk_widget_set_visible (self->working, look != NULL);
  if (look == NULL)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  self->watching = g_timeout_add (150, on_watch, self);
  on_watch (self);
}

static void
act_stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpFindImageWindow *self = IMP_FIND_IMAGE_WINDOW (widget);

  if (self->look != NULL)
    g_cancellable_cancel (self->look->cancellable);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpFindImageWindow) self = IMP_FIND_IMAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  const Look *look = imp_gate_work_get_data (result);
  gboolean done = imp_gate_work_finish (result, &error);

  if (look != self->look || self->gate == NULL)
    return;
  set_look (self, NULL);
  if (done)
    show_matches (self, look);
  else if (g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    imp_notice_set (self->notice, IMP_NOTICE_INFORMATION,
                    _ ("The search was stopped: nothing is known, and nothing was written down."));
  else
    imp_notice_show_error (self->notice, error);
}

/**
 * imp_find_image_window_look:
 * @self: the window
 * @file: a picture that somebody found
 *
 * Asks the gate whether it left from here, and shows the answer.
 */
void
imp_find_image_window_look (ImpFindImageWindow *self, GFile *file)
{
  Look *look = g_new0 (Look, 1);

  if (self->look != NULL) /* only the last one is shown */
    g_cancellable_cancel (self->look->cancellable);
  look->file = g_object_ref (file);
  look->cancellable = g_cancellable_new ();
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, NULL);
  gtk_widget_set_visible (self->rows, FALSE);
  set_look (self, look);
  imp_gate_work_async (self->gate, look_in_worker, look, look_free, on_looked, g_object_ref (self));
}

/* ---- what is asked about ---- */

static void
on_chosen (GFile *file, gpointer user_data)
{
  imp_find_image_window_look (IMP_FIND_IMAGE_WINDOW (user_data), file);
}

static void
act_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose the picture"), NULL,
                        on_chosen, g_object_ref (widget), g_object_unref);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ImpFindImageWindow *self)
{
  imp_find_image_window_look (self, g_value_get_object (value));
  return TRUE;
}

static void
act_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *id = g_variant_dup_string (parameter, NULL);

  g_signal_emit (widget, signals[PERSON_CHOSEN], 0, id);
  gtk_window_close (GTK_WINDOW (widget));
}

/* ---- object ---- */

static void
imp_find_image_window_dispose (GObject *object)
{
  ImpFindImageWindow *self = IMP_FIND_IMAGE_WINDOW (object);

  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_find_image_window_parent_class)->dispose (object);
}

/* Nobody waits for the answer any more. */
static gboolean
imp_find_image_window_close_request (GtkWindow *window)
{
  act_stop (GTK_WIDGET (window), NULL, NULL);
  return GTK_WINDOW_CLASS (imp_find_image_window_parent_class)->close_request (window);
}

static void
imp_find_image_window_class_init (ImpFindImageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_find_image_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = imp_find_image_window_close_request;
  signals[PERSON_CHOSEN] =
      g_signal_new ("person-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "find.choose", NULL, act_choose);
  gtk_widget_class_install_action (widget_class, "find.person", "s", act_person);
  gtk_widget_class_install_action (widget_class, "find.stop", NULL, act_stop);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_working (ImpFindImageWindow *self)
{
  GtkWidget *stop = gtk_button_new_with_mnemonic (_ ("_Stop"));

  self->working = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->progress), TRUE);
  gtk_widget_set_hexpand (self->progress, TRUE);
  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  imp_widgets_set_name (self->progress, _ ("Looking through everything that left"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (stop), "find.stop");
  gtk_box_append (GTK_BOX (self->working), self->progress);
  gtk_box_append (GTK_BOX (self->working), stop);
  gtk_widget_set_visible (self->working, FALSE);
  return self->working;
}

static GtkWidget *
new_content (ImpFindImageWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Choose a picture…"));

  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "edit-find-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status),
                             _ ("Did this picture leave from here?"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (self->status),
      _ ("Drop a picture that somebody found, or choose its file. It is known again by its file, "
         "or by what is left of it after a social network made it smaller and trimmed it. Nothing "
         "of it is kept."));
  gtk_widget_add_css_class (self->status, "compact");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "find.choose");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), button);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_box_append (GTK_BOX (box), new_working (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_widget_add_css_class (box, "register-pane");
  return box;
}

static void
imp_find_image_window_init (ImpFindImageWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_window_set_title (GTK_WINDOW (self), _ ("Find a picture that left"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  adw_clamp_set_child (ADW_CLAMP (clamp), new_content (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * imp_find_image_window_new:
 * @parent: (nullable): the window that opens it
 * @gate: the gate
 *
 * Returns: (transfer full): the window, not shown yet
 */
GtkWidget *
imp_find_image_window_new (GtkWindow *parent, ImpGate *gate)
{
  ImpFindImageWindow *self = g_object_new (IMP_TYPE_FIND_IMAGE_WINDOW, "transient-for", parent,
                                           "modal", TRUE, "destroy-with-parent", TRUE, NULL);

  self->gate = g_object_ref (gate);
  return GTK_WIDGET (self);
}
