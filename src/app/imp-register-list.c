#include "imp-register-list.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-person-row.h"
#include "imp-register-work.h"
#include "imp-task-row.h"
#include "imp-widgets.h"

#define MOST_PEOPLE 200
#define PAGE 50

typedef enum
{
  SHOW_SEARCH,
  SHOW_VIEW,
  SHOW_LEDGER,
} Shown;

struct _ImpRegisterList
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *title;
  GtkSpinner *spinner;
  ImpNotice *failure;
  ImpNotice *ledger;
  GtkListBox *rows;
  GtkLabel *count;
  GtkLabel *none; /* instead of rows */
  GtkWidget *more;
  GtkWidget *menu;

  ImpGate *gate;         /* owned, nullable */
  GCancellable *reading; /* owned, nullable: what is being read */
  Shown shown;
  char *text; /* of the search */
  ImpSavedView view;
  char *after; /* nullable: where the next page of the view begins */
  guint n_rows;
  gint64 search; /* the number of the look-up that is shown */
  gboolean updating;
  gboolean asked; /* it was asked for something else, not to read again */
};

G_DEFINE_FINAL_TYPE (ImpRegisterList, imp_register_list, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  WITHDRAW,
  PUBLISHED,
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

static void
begin (ImpRegisterList *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  imp_notice_set (self->ledger, IMP_NOTICE_INFORMATION, NULL);
}

/* Whether this answer is still waited for; says what went wrong. */
static gboolean
end (ImpRegisterList *self, GAsyncResult *result, const GError *error)
{
  if (g_task_get_cancellable (G_TASK (result)) != self->reading)
    return FALSE;
  g_clear_object (&self->reading);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  imp_notice_show_error (self->failure, error);
  return TRUE;
}

static void
say_none (ImpRegisterList *self, const char *text)
{
  gtk_label_set_label (self->none, text);
  gtk_widget_set_visible (GTK_WIDGET (self->none), *text != '\0');
}

static void
clear (ImpRegisterList *self)
{
  self->updating = TRUE;
  imp_widgets_clear (GTK_WIDGET (self->rows));
  self->updating = FALSE;
  self->n_rows = 0;
  gtk_label_set_label (self->count, "");
  say_none (self, "");
  gtk_widget_set_visible (self->more, FALSE);
}

/* What was asked for has come, or was read again. */
static void
say_listed (ImpRegisterList *self)
{
  gboolean asked = self->asked;

  self->asked = FALSE;
  g_signal_emit (self, signals[LISTED], 0, asked);
}

static void
show_people (ImpRegisterList *self, GPtrArray *people)
{
  g_autofree char *count = NULL;

  clear (self);
  self->updating = TRUE;
  for (guint i = 0; i < people->len; i++)
    gtk_list_box_append (self->rows, imp_person_row_new (g_ptr_array_index (people, i)));
  self->updating = FALSE;
  if (people->len == 0)
    say_none (self, *self->text == '\0' ? _ ("The register is empty. Add the first person.")
                                        : _ ("Nobody found. Try the number, part of the name, "
                                             "or a date of birth."));
  else if (people->len == MOST_PEOPLE)
    count = g_strdup_printf (_ ("The first %d people: type more to narrow it down"), MOST_PEOPLE);
  else
    count =
        g_strdup_printf (g_dngettext (NULL, "%u person", "%u people", people->len), people->len);
  gtk_label_set_label (self->count, count != NULL ? count : "");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterList) self = IMP_REGISTER_LIST (user_data);
  g_autoptr (GError) error = NULL;
  gint64 search = 0;
  g_autoptr (GPtrArray) people = imp_register_work_search_finish (result, &search, &error);

  if (!end (self, result, error))
    return; /* something else was asked meanwhile */
  self->search = search;
  if (people == NULL)
    return;
  show_people (self, people);
  say_listed (self);
}

/**
 * imp_register_list_search:
 * @self: the list
 * @text: what was typed; "" for those added last
 */
void
imp_register_list_search (ImpRegisterList *self, const char *text)
{
  g_autofree char *copy = g_strdup (text);

  if (self->gate == NULL)
    return;
  if (self->shown != SHOW_SEARCH)
    clear (self);
  self->asked = TRUE;
  self->shown = SHOW_SEARCH;
  g_free (self->text);
  self->text = g_steal_pointer (&copy);
  gtk_label_set_label (self->title, *self->text == '\0' ? _ ("Everyone") : _ ("Found"));
  begin (self);
  imp_register_work_search_async (imp_gate_get_register (self->gate), self->text, MOST_PEOPLE,
                                  self->reading, on_found, g_object_ref (self));
}

/* ---- views ---- */

static void
show_rows (ImpRegisterList *self, GPtrArray *rows)
{
  gboolean full = rows->len == PAGE;
  g_autofree char *count = NULL;

  self->updating = TRUE;
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->rows, imp_task_row_new (self->view, g_ptr_array_index (rows, i)));
  self->updating = FALSE;
  self->n_rows += rows->len;
  g_clear_pointer (&self->after, g_free);
  if (full)
    self->after = g_strdup (((ImpViewRow *)g_ptr_array_index (rows, rows->len - 1))->after);
  gtk_widget_set_visible (self->more, full);
  if (self->n_rows == 0)
    say_none (self, _ ("Nothing to do here."));
  else if (full)
    count = g_strdup_printf (_ ("The first %u"), self->n_rows);
  else
    count =
        g_strdup_printf (g_dngettext (NULL, "%u entry", "%u entries", self->n_rows), self->n_rows);
  gtk_label_set_label (self->count, count != NULL ? count : "");
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterList) self = IMP_REGISTER_LIST (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = imp_gate_list_view_finish (IMP_GATE (source), result, &error);

  if (!end (self, result, error) || rows == NULL)
    return;
  show_rows (self, rows);
  say_listed (self);
}

static void
read_page (ImpRegisterList *self)
{
  ImpViewQuery query = { .view = self->view, .limit = PAGE, .after = self->after };

  begin (self);
  imp_gate_list_view_async (self->gate, &query, self->reading, on_listed, g_object_ref (self));
}

/**
 * imp_register_list_show_view:
 * @self: the list
 * @view: a saved view
 * @title: what it is called
 */
void
imp_register_list_show_view (ImpRegisterList *self, ImpSavedView view, const char *title)
{
  if (self->gate == NULL)
    return;
  self->asked = TRUE;
  self->shown = SHOW_VIEW;
  self->view = view;
  self->search = 0;
  g_clear_pointer (&self->after, g_free);
  gtk_label_set_label (self->title, title);
  clear (self);
  read_page (self);
}

static void
act_more (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterList *self = IMP_REGISTER_LIST (widget);

  if (self->gate != NULL && self->shown == SHOW_VIEW && self->after != NULL)
    read_page (self);
}

/* ---- the ledger ---- */

static void
verify_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  gint64 n_rows = 0;

  if (imp_gate_ledger_verify_sync (source, NULL, &n_rows, NULL, &error))
    g_task_return_int (task, (gssize)n_rows);
  else
    g_task_return_error (task, error);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterList) self = IMP_REGISTER_LIST (user_data);
  g_autoptr (GError) error = NULL;
  gssize n_rows = g_task_propagate_int (G_TASK (result), &error);
  g_autofree char *words = NULL;

  if (!end (self, result, error) || error != NULL)
    return;
  words = g_strdup_printf (_ ("The ledger is whole: each of its %ld rows follows from the one "
                              "before."),
                           (long)n_rows);
  imp_notice_set (self->ledger, IMP_NOTICE_SUCCESS, words);
}

/**
 * imp_register_list_check_ledger:
 * @self: the list
 * @title: what this is called
 *
 * Checks every row of the ledger's chain, and says what came of it.
 */
void
imp_register_list_check_ledger (ImpRegisterList *self, const char *title)
{
  g_autoptr (GTask) task = NULL;

  if (self->gate == NULL)
    return;
  self->shown = SHOW_LEDGER;
  gtk_label_set_label (self->title, title);
  clear (self);
  self->asked = TRUE;
  say_listed (self); /* nobody */
  begin (self);
  task = g_task_new (self->gate, self->reading, on_verified, g_object_ref (self));
  g_task_set_source_tag (task, imp_register_list_check_ledger);
  g_task_run_in_thread (task, verify_thread);
}

/**
 * imp_register_list_refresh:
 * @self: the list
 *
 * Reads again what is shown.
 */
void
imp_register_list_refresh (ImpRegisterList *self)
{
  g_autofree char *title = g_strdup (gtk_label_get_label (self->title));
  gboolean asked = self->asked;

  switch (self->shown)
    {
    case SHOW_SEARCH:
      imp_register_list_search (self, self->text);
      break;
    case SHOW_VIEW:
      imp_register_list_show_view (self, self->view, title);
      break;
    case SHOW_LEDGER:
    default:
      break; /* it takes as long as it takes: only on request */
    }
  self->asked = asked; /* reading again is no question of its own */
}

/* ---- rows ---- */

static const char *
get_person_id (GtkListBoxRow *row, gboolean *of_copy)
{
  const ImpViewRow *task = NULL;

  *of_copy = FALSE;
  if (row == NULL)
    return NULL;
  if (IMP_IS_PERSON_ROW (row))
    return imp_person_row_get_id (IMP_PERSON_ROW (row));
  task = imp_task_row_get (IMP_TASK_ROW (row));
  *of_copy = task->copy != NULL;
  return task->person_id;
}

/**
 * imp_register_list_get_person_id:
 * @self: the list
 * @of_copy: (out): whether the row is about a picture that left
 *
 * Returns: (transfer none) (nullable): whom the chosen row is about, by random id
 */
const char *
imp_register_list_get_person_id (ImpRegisterList *self, gboolean *of_copy)
{
  return get_person_id (gtk_list_box_get_selected_row (self->rows), of_copy);
}

/**
 * imp_register_list_has:
 * @self: the list
 * @person_id: of somebody
 *
 * Returns: whether a row is about that person
 */
gboolean
imp_register_list_has (ImpRegisterList *self, const char *person_id)
{
  GtkListBoxRow *row = NULL;
  gboolean of_copy = FALSE;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (get_person_id (row, &of_copy), person_id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * imp_register_list_get_search:
 * @self: the list
 *
 * Returns: the number of the look-up that found who is shown, or 0
 */
gint64
imp_register_list_get_search (ImpRegisterList *self)
{
  return self->search;
}

/**
 * imp_register_list_select:
 * @self: the list
 * @person_id: (nullable): whose row, if there is one; opens nothing
 */
void
imp_register_list_select (ImpRegisterList *self, const char *person_id)
{
  GtkListBoxRow *row = NULL;
  gboolean of_copy = FALSE;

  self->updating = TRUE;
  gtk_list_box_unselect_all (self->rows);
  for (int i = 0;
       person_id != NULL && (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    if (g_strcmp0 (get_person_id (row, &of_copy), person_id) == 0)
      {
        gtk_list_box_select_row (self->rows, row);
        break;
      }
  self->updating = FALSE;
}

/**
 * imp_register_list_focus:
 * @self: the list
 *
 * Chooses the first row, and moves the keyboard there.
 *
 * Returns: whether there is one
 */
gboolean
imp_register_list_focus (ImpRegisterList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, 0);

  if (row == NULL)
    return FALSE;
  gtk_list_box_select_row (self->rows, row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, ImpRegisterList *self)
{
  if (!self->updating && row != NULL)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
emit_for_person (GtkWidget *widget, guint signal)
{
  ImpRegisterList *self = IMP_REGISTER_LIST (widget);
  gboolean of_copy = FALSE;
  const char *person_id = imp_register_list_get_person_id (self, &of_copy);

  if (self->gate != NULL && person_id != NULL)
    g_signal_emit (self, signals[signal], 0, person_id);
}

static void
act_withdraw (GtkWidget *widget, const char *action, GVariant *parameter)
{
  emit_for_person (widget, WITHDRAW);
}

static void
act_published (GtkWidget *widget, const char *action, GVariant *parameter)
{
  emit_for_person (widget, PUBLISHED);
}

static void
pop_up (ImpRegisterList *self, const GdkRectangle *at)
{
  gboolean of_copy = FALSE;

  if (imp_register_list_get_person_id (self, &of_copy) == NULL)
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
act_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterList *self = IMP_REGISTER_LIST (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    return;
  pop_up (self, &(GdkRectangle){ (int)bounds.origin.x + 24, (int)bounds.origin.y, 1,
                                 (int)bounds.size.height });
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, ImpRegisterList *self)
{
  GtkListBoxRow *row = NULL;
  double list_x = 0;
  double list_y = 0;

  gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->rows), x, y, &list_x,
                                    &list_y);
  row = gtk_list_box_get_row_at_y (self->rows, (int)list_y);
  if (row == NULL || list_y < 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_list_box_select_row (self->rows, row);
  pop_up (self, &(GdkRectangle){ (int)x, (int)y, 1, 1 });
}

/* ---- the widget ---- */

/* The arrows go from row to row, and open who is there; Tab goes on to what was opened. */
static gboolean
imp_register_list_focus_child (GtkWidget *widget, GtkDirectionType direction)
{
  ImpRegisterList *self = IMP_REGISTER_LIST (widget);
  gboolean among_rows = gtk_widget_get_focus_child (GTK_WIDGET (self->rows)) != NULL;

  if (among_rows && direction == GTK_DIR_TAB_FORWARD)
    return gtk_widget_get_visible (self->more) && gtk_widget_grab_focus (self->more);
  if (among_rows && direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;
  return GTK_WIDGET_CLASS (imp_register_list_parent_class)->focus (widget, direction);
}

static void
imp_register_list_dispose (GObject *object)
{
  ImpRegisterList *self = IMP_REGISTER_LIST (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->after, g_free);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_register_list_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, box);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, title);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, spinner);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, failure);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, ledger);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, rows);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, count);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, none);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterList, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "list.withdraw", NULL, act_withdraw);
  gtk_widget_class_install_action (widget_class, "list.published", NULL, act_published);
  gtk_widget_class_install_action (widget_class, "list.more", NULL, act_more);
  gtk_widget_class_install_action (widget_class, "list.menu", NULL, act_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "list.withdraw", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "list.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "list.menu",
                                       NULL);
}

static void
imp_register_list_class_init (ImpRegisterListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_register_list_dispose;
  widget_class->focus = imp_register_list_focus_child;
  signals[LISTED] = g_signal_new ("listed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[OPENED] =
      g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WITHDRAW] = g_signal_new ("withdraw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PUBLISHED] = g_signal_new ("published", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (IMP_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-register-list.ui");
  bind_children (widget_class);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_register_list_init (ImpRegisterList *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_menu_append (menu, _ ("Withdraw…"), "list.withdraw");
  g_menu_append (menu, _ ("Pictures that left"), "list.published");
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * imp_register_list_set_gate:
 * @self: the list
 * @gate: (nullable): the gate; %NULL while the register is locked, and nothing stays to be seen
 */
void
imp_register_list_set_gate (ImpRegisterList *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  clear (self);
}
