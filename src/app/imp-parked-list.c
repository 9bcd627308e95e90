#include "imp-parked-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-parked-view.h"
#include "imp-user-work.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpParkedList
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  ImpNotice *notice;
  GtkWidget *all_button; /* also what was decided */
  GtkWidget *cases;      /* GtkListBox */
  GtkWidget *stack;
  GtkWidget *empty; /* AdwStatusPage */
  GtkWidget *users_button;
  GtkWidget *view; /* ImpParkedView */

  /* Owned references */
  ImpGate *gate;
  ImpSource *open;     /* nullable: on the desk */
  ImpParkedRoll *roll; /* nullable */
  char *chosen;        /* nullable: a case's id */

  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpParkedList, imp_parked_list, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Hidden pages leave the tree that screen readers see. */
static void
show_pane (ImpParkedList *self, GtkWidget *pane)
{
  gtk_widget_set_visible (pane, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), pane);
  gtk_widget_set_visible (pane == self->view ? self->empty : self->view, FALSE);
}

static void
say_empty (ImpParkedList *self, const char *icon, const char *title, const char *description)
{
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty), icon);
  gtk_widget_set_visible (self->users_button, FALSE);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), description);
  show_pane (self, self->empty);
}

static GtkWidget *
new_row (ImpParkedList *self, const ImpParkedCase *parked)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GVariant) request = imp_gate_describe_case (parked);
  g_autofree char *asker = imp_parked_view_name_user (self->roll, parked->parked_by);
  g_autofree char *day = imp_words_date (parked->parked);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  const char *destination = NULL;

  if (request != NULL)
    g_variant_lookup (request, "destination", "&s", &destination);
  title =
      g_strdup_printf ("%s · %s", imp_parked_view_name_state (parked->state),
                       destination != NULL ? imp_words_destination (destination) : _ ("Erased"));
  subtitle = g_strdup_printf (_ ("%s, %s"), asker, day != NULL ? day : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
on_selected (GtkListBox *cases, GtkListBoxRow *row, ImpParkedList *self)
{
  const ImpParkedCase *parked = NULL;

  if (self->updating || row == NULL || self->roll == NULL)
    return;
  parked = g_ptr_array_index (self->roll->cases, (guint)gtk_list_box_row_get_index (row));
  g_free (self->chosen);
  self->chosen = g_strdup (parked->id);
  imp_parked_view_show (IMP_PARKED_VIEW (self->view), self->gate, self->roll, parked);
  show_pane (self, self->view);
}

static void
say_failed (ImpParkedList *self, const GError *error)
{
  gboolean has_users = TRUE;

  if (imp_gate_has_users (self->gate, &has_users, NULL) && !has_users)
    {
      say_empty (self, "system-users-symbolic", _ ("Nobody can be asked yet"),
                 _ ("The register has no users. Until it has two, what takes a second person is "
                    "refused."));
      gtk_widget_set_visible (self->users_button, TRUE);
    }
  else
    say_empty (self, "dialog-warning-symbolic", _ ("The cases cannot be shown"), error->message);
}

/* The case that was chosen stays so; else the one that waits longest. */
static void
show_roll (ImpParkedList *self)
{
  guint chosen = 0;

  self->updating = TRUE;
  imp_widgets_clear (self->cases);
  for (guint i = 0; i < self->roll->cases->len; i++)
    {
      const ImpParkedCase *parked = g_ptr_array_index (self->roll->cases, i);

      gtk_list_box_append (GTK_LIST_BOX (self->cases), new_row (self, parked));
      if (g_strcmp0 (parked->id, self->chosen) == 0)
        chosen = i;
    }
  self->updating = FALSE;
  if (self->roll->cases->len == 0)
    say_empty (self, "emblem-ok-symbolic", _ ("Nothing waits"),
               _ ("What needs a second person who is not there is parked from the last step of an "
                  "export, and is decided here."));
  else
    gtk_list_box_select_row (
        GTK_LIST_BOX (self->cases),
        gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->cases), (int)chosen));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpParkedList) self = IMP_PARKED_LIST (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpParkedRoll) roll = imp_user_work_list_cases_finish (result, &error);

  if (self->gate != IMP_GATE (source))
    return;
  if (roll == NULL)
    {
      say_failed (self, error);
      return;
    }
  g_clear_pointer (&self->roll, imp_parked_roll_free);
  self->roll = g_steal_pointer (&roll);
  show_roll (self);
}

static void
load (ImpParkedList *self)
{
  if (self->gate != NULL)
    imp_user_work_list_cases_async (
        self->gate, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all_button)), self->open,
        NULL, on_listed, g_object_ref (self));
}

static void
on_decided (ImpParkedView *view, const char *sentence, ImpParkedList *self)
{
  imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, sentence);
  load (self);
  g_signal_emit (self, signals[DECIDED], 0);
}

static void
imp_parked_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (imp_parked_list_parent_class)->map (widget);
  load (IMP_PARKED_LIST (widget));
}

static void
imp_parked_list_dispose (GObject *object)
{
  ImpParkedList *self = IMP_PARKED_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_object (&self->open);
  g_clear_pointer (&self->roll, imp_parked_roll_free);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (imp_parked_list_parent_class)->dispose (object);
}

static void
imp_parked_list_class_init (ImpParkedListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_parked_list_dispose;
  widget_class->map = imp_parked_list_map;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_side (ImpParkedList *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_set_size_request (side, 300, -1);
  gtk_widget_add_css_class (side, "register-list");
  self->cases = gtk_list_box_new ();
  gtk_widget_add_css_class (self->cases, "navigation-sidebar");
  imp_widgets_set_name (self->cases, _ ("Cases"));
  g_signal_connect (self->cases, "row-selected", G_CALLBACK (on_selected), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->cases);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (side), scroller);
  self->all_button = gtk_check_button_new_with_label (_ ("Also those that no longer wait"));
  g_signal_connect_swapped (self->all_button, "toggled", G_CALLBACK (load), self);
  gtk_box_append (GTK_BOX (side), self->all_button);
  return side;
}

static void
imp_parked_list_init (ImpParkedList *self)
{
  GtkWidget *panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *notices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_SUCCESS, NULL));
  gtk_widget_add_css_class (notices, "notices");
  gtk_box_append (GTK_BOX (notices), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->box), notices);
  gtk_box_append (GTK_BOX (self->box), panes);
  gtk_widget_set_vexpand (panes, TRUE);
  gtk_box_append (GTK_BOX (panes), build_side (self));
  gtk_box_append (GTK_BOX (panes), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  self->stack = gtk_stack_new ();
  gtk_widget_set_hexpand (self->stack, TRUE);
  self->empty = adw_status_page_new ();
  self->users_button = gtk_button_new_with_label (_ ("Users…"));
  gtk_widget_set_halign (self->users_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->users_button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->users_button), "win.users");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), self->users_button);
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  self->view = imp_parked_view_new ();
  g_signal_connect (self->view, "decided", G_CALLBACK (on_decided), self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->view, "view");
  gtk_box_append (GTK_BOX (panes), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  say_empty (self, "view-list-symbolic", _ ("Reading the cases"), NULL);
}

/**
 * imp_parked_list_new:
 *
 * Returns: (transfer floating): the list, without a gate
 */
GtkWidget *
imp_parked_list_new (void)
{
  return g_object_new (IMP_TYPE_PARKED_LIST, NULL);
}

/**
 * imp_parked_list_set_gate:
 * @self: the list
 * @gate: (nullable): the gate, with somebody signed in; %NULL while the register is locked
 *
 * It is read anew whenever the list comes into view.
 */
void
imp_parked_list_set_gate (ImpParkedList *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  g_clear_pointer (&self->roll, imp_parked_roll_free);
  g_clear_pointer (&self->chosen, g_free);
  imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, NULL);
  imp_widgets_clear (self->cases);
  if (gate == NULL)
    say_empty (self, "system-lock-screen-symbolic", _ ("The register is locked"), NULL);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/**
 * imp_parked_list_set_source:
 * @self: the list
 * @open: (nullable): the file that is open on the desk: a case about it says so
 */
void
imp_parked_list_set_source (ImpParkedList *self, ImpSource *open)
{
  if (g_set_object (&self->open, open) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/**
 * imp_parked_list_focus:
 * @self: the list
 *
 * Moves the keyboard to the case that is shown.
 *
 * Returns: whether there is one
 */
gboolean
imp_parked_list_focus (ImpParkedList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->cases));

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
