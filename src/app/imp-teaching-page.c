#include "imp-teaching-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-notice.h"
#include "imp-teaching-detail.h"
#include "imp-teaching-grid.h"
#include "imp-teaching-patients.h"
#include "imp-teaching-words.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"

#define LEFT_WIDTH 244
#define RIGHT_WIDTH 264

struct _ImpTeachingPage
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *bar; /* GtkProgressBar */
  GtkWidget *progress;
  GtkWidget *saved;
  ImpNotice *failure;  /* what could not be stored */
  ImpNotice *findings; /* what became of the files */
  GtkWidget *patients;
  GtkWidget *grid;
  GtkWidget *detail;

  /* Owned references */
  ImpCuration *curation;     /* nullable */
  GCancellable *cancellable; /* nullable: of looking at the files */
  GPtrArray *failed;         /* Gesture: those that were not stored */

  guint n_pending; /* gestures on their way to the register */
  gboolean checking;
};

G_DEFINE_FINAL_TYPE (ImpTeachingPage, imp_teaching_page, GTK_TYPE_WIDGET)

enum
{
  OPEN_ITEM,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* How far a picture shall be; kept until the register has it. */
typedef struct
{
  ImpTeachingPage *page; /* owned */
  gint64 item_id;
  ImpCurationState state;
  char *reason; /* owned, nullable */
} Gesture;

static void
gesture_free (gpointer data)
{
  Gesture *gesture = data;

  g_clear_object (&gesture->page);
  g_free (gesture->reason);
  g_free (gesture);
}

/* ---- what is told ---- */

static void
show_saved (ImpTeachingPage *self)
{
  const char *words = _ ("Saved in the register");

  if (self->failed->len > 0)
    words = _ ("Not all is saved");
  else if (self->n_pending > 0)
    words = _ ("Saving…");
  else if (self->checking)
    words = _ ("Looking at the files…");
  gtk_label_set_label (GTK_LABEL (self->saved), words);
}

static void
show_progress (ImpTeachingPage *self)
{
  guint counts[IMP_CURATION_N_STATES] = { 0 };
  const guint n_items = imp_curation_get_n_items (self->curation);
  guint n_done = 0;
  g_autofree char *words = NULL;

  imp_curation_count (self->curation, counts);
  n_done =
      counts[IMP_CURATION_CLEARED] + counts[IMP_CURATION_EXPORTED] + counts[IMP_CURATION_SET_ASIDE];
  words = imp_teaching_words_progress (counts);
  gtk_label_set_label (GTK_LABEL (self->progress), words);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                 n_items > 0 ? (double)n_done / n_items : 0);
  imp_widgets_set_name (self->bar, words);
}

static void
show_chosen (ImpTeachingPage *self)
{
  ImpTeachingItem *item = imp_teaching_grid_get_chosen (IMP_TEACHING_GRID (self->grid));
  GtkWidget *widget = GTK_WIDGET (self);
  const gboolean aside =
      item != NULL && imp_teaching_item_get_picture (item)->state == IMP_CURATION_SET_ASIDE;

  imp_teaching_detail_show (IMP_TEACHING_DETAIL (self->detail), item,
                            self->curation != NULL ? imp_curation_get_n_items (self->curation) : 0);
  gtk_widget_action_set_enabled (widget, "teaching.open", item != NULL);
  gtk_widget_action_set_enabled (widget, "teaching.set-aside", item != NULL && !aside);
  gtk_widget_action_set_enabled (widget, "teaching.use-again", aside);
}

/* ---- gestures ---- */

/* What was refused is refused again: the picture stays as it was, and as it is shown. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, IMP_ERROR, IMP_ERROR_REFUSED)
         || g_error_matches (error, IMP_ERROR, IMP_ERROR_USAGE)
         || g_error_matches (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Gesture *gesture = user_data;
  g_autoptr (ImpTeachingPage) self = g_steal_pointer (&gesture->page);
  g_autoptr (GError) error = NULL;
  gboolean done = imp_curation_gesture_finish (IMP_CURATION (source), result, &error);

  if (self->curation != IMP_CURATION (source))
    {
      gesture_free (gesture);
      return;
    }
  self->n_pending--;
  if (!done)
    {
      imp_notice_show_error (self->failure, error);
      imp_notice_set_button (self->failure, is_final (error) ? NULL : _ ("Try again"));
    }
  if (!done && !is_final (error))
    g_ptr_array_add (self->failed, gesture);
  else
    gesture_free (gesture);
  show_saved (self);
  show_progress (self);
}

static void
store (ImpTeachingPage *self, Gesture *gesture)
{
  guint index = 0;

  if (!imp_curation_find_item (self->curation, gesture->item_id, &index))
    {
      gesture_free (gesture);
      return;
    }
  self->n_pending++;
  gesture->page = g_object_ref (self);
  imp_curation_set_state_async (self->curation, index, gesture->state, gesture->reason, on_stored,
                                gesture);
  show_saved (self);
}

static void
on_try_again (ImpTeachingPage *self)
{
  g_autoptr (GPtrArray) failed = g_steal_pointer (&self->failed);

  self->failed = g_ptr_array_new_with_free_func (gesture_free);
  g_ptr_array_set_free_func (failed, NULL);
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  for (guint i = 0; i < failed->len; i++)
    store (self, failed->pdata[i]);
}

static void
set_state (ImpTeachingPage *self, gint64 item_id, ImpCurationState state, const char *reason)
{
  Gesture *gesture = g_new0 (Gesture, 1);

  gesture->item_id = item_id;
  gesture->state = state;
  gesture->reason = g_strdup (reason);
  if (self->failed->len == 0)
    imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  store (self, gesture);
}

/* ---- verbs ---- */

/* Whom a reason is asked for: another picture may be chosen, or the session gone, by the answer. */
typedef struct
{
  ImpTeachingPage *page; /* owned */
  ImpCuration *curation; /* owned */
  gint64 item_id;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->page);
  g_object_unref (asked->curation);
  g_free (asked);
}

static void
on_reason (const char *const *texts, gpointer user_data)
{
  Asked *asked = user_data;

  if (asked->page->curation == asked->curation)
    set_state (asked->page, asked->item_id, IMP_CURATION_SET_ASIDE, texts[0]);
}

static void
set_aside_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingPage *self = IMP_TEACHING_PAGE (widget);
  ImpTeachingItem *item = imp_teaching_grid_get_chosen (IMP_TEACHING_GRID (self->grid));
  const ImpTextDialog dialog = {
    .heading = _ ("Set this picture aside?"),
    .body = _ ("It stays in the session, and does not leave with it. Say why, without naming "
               "anybody."),
    .verb = _ ("_Set aside"),
    .fields = { { .title = _ ("Reason") } },
  };
  Asked *asked = g_new0 (Asked, 1);

  asked->page = g_object_ref (self);
  asked->curation = g_object_ref (self->curation);
  asked->item_id = imp_teaching_item_get_picture (item)->id;
  imp_text_dialog_open (widget, &dialog, on_reason, asked, asked_free);
}

static void
use_again_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingPage *self = IMP_TEACHING_PAGE (widget);
  const ImpCurationItem *picture =
      imp_teaching_item_get_picture (imp_teaching_grid_get_chosen (IMP_TEACHING_GRID (self->grid)));

  set_state (self, picture->id, IMP_CURATION_NEW, NULL);
}

static void
open_item (ImpTeachingPage *self, guint index)
{
  g_signal_emit (self, signals[OPEN_ITEM], 0, self->curation, index);
}

static void
open_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingPage *self = IMP_TEACHING_PAGE (widget);

  open_item (self, imp_teaching_item_get_index (
                       imp_teaching_grid_get_chosen (IMP_TEACHING_GRID (self->grid))));
}

static void
step_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpTeachingPage *self = IMP_TEACHING_PAGE (widget);

  if (!imp_teaching_grid_step (IMP_TEACHING_GRID (self->grid),
                               g_str_equal (name, "teaching.next") ? 1 : -1))
    gtk_widget_error_bell (widget);
}

static void
filters_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_teaching_grid_focus_filters (IMP_TEACHING_GRID (IMP_TEACHING_PAGE (widget)->grid));
}

static void
back_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

/* ---- the files ---- */

static void
tell_findings (ImpTeachingPage *self, const GArray *findings)
{
  guint counts[IMP_CURATION_MISSING + 1] = { 0 };
  g_autofree char *words = NULL;

  for (guint i = 0; i < findings->len; i++)
    counts[g_array_index (findings, ImpCurationFound, i).finding]++;
  imp_teaching_grid_tell_findings (IMP_TEACHING_GRID (self->grid), findings);
  if (findings->len > 0)
    words = g_strdup_printf (_ ("The files are not all as they were left: %u missing, %u changed, "
                                "%u moved and found again."),
                             counts[IMP_CURATION_MISSING], counts[IMP_CURATION_CHANGED],
                             counts[IMP_CURATION_FOUND]);
  imp_notice_set (self->findings, IMP_NOTICE_WARNING, words);
  imp_notice_set_button (self->findings, _ ("Show"));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) findings =
      imp_curation_check_files_finish (IMP_CURATION (source), result, &error);

  if (self->curation != IMP_CURATION (source))
    return;
  self->checking = FALSE;
  if (findings != NULL)
    tell_findings (self, findings);
  else
    {
      imp_notice_set_button (self->findings, NULL);
      imp_notice_show_error (self->findings, error);
    }
  show_saved (self);
}

static void
on_show_problems (ImpTeachingPage *self)
{
  imp_teaching_grid_show_kind (IMP_TEACHING_GRID (self->grid), IMP_TEACHING_PROBLEMS);
  imp_teaching_grid_focus (IMP_TEACHING_GRID (self->grid));
}

/* ---- object ---- */

static void
on_patient_chosen (ImpTeachingPage *self, gint64 patient_id)
{
  imp_teaching_grid_set_patient (IMP_TEACHING_GRID (self->grid), patient_id);
}

static void
imp_teaching_page_dispose (GObject *object)
{
  ImpTeachingPage *self = IMP_TEACHING_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->failed, g_ptr_array_unref);
  g_clear_object (&self->curation);
  G_OBJECT_CLASS (imp_teaching_page_parent_class)->dispose (object);
}

static void
imp_teaching_page_class_init (ImpTeachingPageClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc func;
    guint key;
  } VERBS[] = {
    { "teaching.open", open_verb, 0 }, /* Return: the grid's own */
    { "teaching.set-aside", set_aside_verb, GDK_KEY_s },
    { "teaching.use-again", use_again_verb, GDK_KEY_u },
    { "teaching.next", step_verb, GDK_KEY_n },
    { "teaching.previous", step_verb, GDK_KEY_p },
    { "teaching.filters", filters_verb, GDK_KEY_f },
    { "teaching.back", back_verb, 0 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_teaching_page_dispose;
  signals[OPEN_ITEM] =
      g_signal_new ("open-item", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, IMP_TYPE_CURATION, G_TYPE_UINT);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (VERBS); i++)
    {
      gtk_widget_class_install_action (widget_class, VERBS[i].name, NULL, VERBS[i].func);
      if (VERBS[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, VERBS[i].key, 0, VERBS[i].name, NULL);
    }
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_left (ImpTeachingPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_All sessions"));

  gtk_widget_set_size_request (side, LEFT_WIDTH, -1);
  gtk_widget_add_css_class (head, "teaching-pane");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "teaching.back");
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  self->title = imp_widgets_label (NULL, "title-4");
  self->bar = gtk_progress_bar_new ();
  self->progress = imp_widgets_label (NULL, "caption");
  self->saved = imp_widgets_label (NULL, "caption");
  gtk_widget_add_css_class (self->saved, "dim-label");
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->bar);
  gtk_box_append (GTK_BOX (head), self->progress);
  gtk_box_append (GTK_BOX (head), self->saved);
  self->patients = imp_teaching_patients_new ();
  gtk_widget_set_vexpand (self->patients, TRUE);
  g_signal_connect_swapped (self->patients, "chosen", G_CALLBACK (on_patient_chosen), self);
  gtk_box_append (GTK_BOX (side), head);
  gtk_box_append (GTK_BOX (side), self->patients);
  return side;
}

static GtkWidget *
build_middle (ImpTeachingPage *self)
{
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *notices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->findings = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  g_signal_connect_swapped (self->failure, "activated", G_CALLBACK (on_try_again), self);
  g_signal_connect_swapped (self->findings, "activated", G_CALLBACK (on_show_problems), self);
  gtk_widget_add_css_class (notices, "notices");
  gtk_box_append (GTK_BOX (notices), GTK_WIDGET (self->failure));
  gtk_box_append (GTK_BOX (notices), GTK_WIDGET (self->findings));
  self->grid = imp_teaching_grid_new ();
  gtk_widget_set_vexpand (self->grid, TRUE);
  g_signal_connect_swapped (self->grid, "chosen", G_CALLBACK (show_chosen), self);
  g_signal_connect_swapped (self->grid, "activated", G_CALLBACK (open_item), self);
  gtk_box_append (GTK_BOX (middle), notices);
  gtk_box_append (GTK_BOX (middle), self->grid);
  gtk_widget_set_hexpand (middle, TRUE);
  return middle;
}

static void
imp_teaching_page_init (ImpTeachingPage *self)
{
  self->failed = g_ptr_array_new_with_free_func (gesture_free);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->detail = imp_teaching_detail_new ();
  gtk_widget_set_size_request (self->detail, RIGHT_WIDTH, -1);
  gtk_box_append (GTK_BOX (self->box), build_left (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->box), build_middle (self));
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (self->box), self->detail);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_teaching_page_new:
 *
 * Returns: (transfer floating): a page without a session
 */
GtkWidget *
imp_teaching_page_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_PAGE, NULL);
}

static void
leave (ImpTeachingPage *self)
{
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->failed, 0);
  self->n_pending = 0;
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  imp_notice_set (self->findings, IMP_NOTICE_WARNING, NULL);
}

/**
 * imp_teaching_page_set_curation:
 * @self: a page
 * @curation: (nullable): the session that was opened; %NULL forgets the one that was
 *
 * Shows it as it was left, and looks whether its files are as they were.
 */
void
imp_teaching_page_set_curation (ImpTeachingPage *self, ImpCuration *curation)
{
  leave (self);
  g_set_object (&self->curation, curation);
  gtk_label_set_label (GTK_LABEL (self->title),
                       curation != NULL ? imp_curation_get_record (curation)->title : "");
  imp_teaching_patients_set_curation (IMP_TEACHING_PATIENTS (self->patients), curation);
  imp_teaching_grid_set_curation (IMP_TEACHING_GRID (self->grid), curation);
  show_chosen (self);
  if (curation == NULL)
    return;
  g_signal_connect_swapped (curation, "reloaded", G_CALLBACK (show_progress), self);
  self->checking = TRUE;
  self->cancellable = g_cancellable_new ();
  imp_curation_check_files_async (curation, self->cancellable, on_checked, g_object_ref (self));
  show_saved (self);
  show_progress (self);
}

/**
 * imp_teaching_page_get_curation:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the session that is shown
 */
ImpCuration *
imp_teaching_page_get_curation (ImpTeachingPage *self)
{
  return self->curation;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (imp_curation_gesture_finish (IMP_CURATION (source), result, &error)
      || self->curation != IMP_CURATION (source))
    return;
  imp_notice_set_button (self->findings, NULL);
  imp_notice_show_error (self->findings, error);
}

/**
 * imp_teaching_page_refresh:
 * @self: a page
 *
 * The register was written to: what its people say may have changed.
 */
void
imp_teaching_page_refresh (ImpTeachingPage *self)
{
  if (self->curation != NULL)
    imp_curation_refresh_async (self->curation, on_refreshed, g_object_ref (self));
}

/**
 * imp_teaching_page_focus:
 * @self: a page
 *
 * Moves the keyboard to the picture that is chosen.
 */
void
imp_teaching_page_focus (ImpTeachingPage *self)
{
  imp_teaching_grid_focus (IMP_TEACHING_GRID (self->grid));
}
