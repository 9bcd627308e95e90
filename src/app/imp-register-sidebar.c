#include "imp-register-sidebar.h"

#include <glib/gi18n.h>

#include "imp-widgets.h"

#define MOST_COUNTED 1000

/* In the order of the keys Ctrl+1, Ctrl+2, … */
static const struct
{
  const char *title;
  ImpSidebarKind kind;
  ImpSavedView view;
} ENTRIES[] = {
  { N_ ("Everyone"), IMP_SIDEBAR_PEOPLE, 0 },
  { N_ ("Expires this month"), IMP_SIDEBAR_VIEW, IMP_VIEW_EXPIRING },
  { N_ ("Withdrawn, still out there"), IMP_SIDEBAR_VIEW, IMP_VIEW_WITHDRAWN },
  { N_ ("Turning 16 or 18"), IMP_SIDEBAR_VIEW, IMP_VIEW_COMING_OF_AGE },
  { N_ ("Waiting for a second person"), IMP_SIDEBAR_VIEW, IMP_VIEW_WAITING },
  { N_ ("Missing evidence"), IMP_SIDEBAR_VIEW, IMP_VIEW_MISSING_EVIDENCE },
  { N_ ("Exports without a place"), IMP_SIDEBAR_VIEW, IMP_VIEW_UNPLACED },
  { N_ ("Published"), IMP_SIDEBAR_VIEW, IMP_VIEW_PUBLISHED },
  { N_ ("Consented lately"), IMP_SIDEBAR_VIEW, IMP_VIEW_CONSENTED },
  { N_ ("Check the ledger"), IMP_SIDEBAR_LEDGER, 0 },
};

struct _ImpRegisterSidebar
{
  GtkWidget parent_instance;

  GtkListBox *list;
  GtkLabel *counts[G_N_ELEMENTS (ENTRIES)];

  ImpGate *gate;          /* owned, nullable */
  GCancellable *counting; /* owned, nullable */
  guint n_counted;
  guint chosen;
};

G_DEFINE_FINAL_TYPE (ImpRegisterSidebar, imp_register_sidebar, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- how much is in each: one after the other, in a thread ---- */

static void count_next (ImpRegisterSidebar *self);

static void
show_count (ImpRegisterSidebar *self, guint entry, guint n_rows)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int)entry));
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  if (n_rows >= MOST_COUNTED)
    number = g_strdup_printf (_ ("over %d"), MOST_COUNTED - 1);
  else if (n_rows > 0)
    number = g_strdup_printf ("%u", n_rows);
  gtk_label_set_label (self->counts[entry], number != NULL ? number : "");
  name = number != NULL ? g_strdup_printf ("%s, %s", _ (ENTRIES[entry].title), number)
                        : g_strdup (_ (ENTRIES[entry].title));
  imp_widgets_set_name (row, name);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterSidebar) self = IMP_REGISTER_SIDEBAR (user_data);
  guint n_rows = 0;
  gboolean counted = imp_gate_count_view_finish (IMP_GATE (source), result, &n_rows, NULL);

  if (g_task_get_cancellable (G_TASK (result)) != self->counting)
    return;
  /* What cannot be counted says so itself when it is opened. */
  show_count (self, self->n_counted, counted ? n_rows : 0);
  self->n_counted++;
  count_next (self);
}

static void
count_next (ImpRegisterSidebar *self)
{
  while (self->n_counted < G_N_ELEMENTS (ENTRIES)
         && (ENTRIES[self->n_counted].kind != IMP_SIDEBAR_VIEW
             || ENTRIES[self->n_counted].view == IMP_VIEW_PUBLISHED
             || ENTRIES[self->n_counted].view == IMP_VIEW_CONSENTED))
    self->n_counted++; /* nothing to be done about those */
  if (self->n_counted < G_N_ELEMENTS (ENTRIES))
    {
      ImpViewQuery query = { .view = ENTRIES[self->n_counted].view, .limit = MOST_COUNTED };

      imp_gate_count_view_async (self->gate, &query, self->counting, on_counted,
                                 g_object_ref (self));
    }
  else
    g_clear_object (&self->counting);
}

/**
 * imp_register_sidebar_count:
 * @self: the sidebar
 *
 * Counts again what is in the views.
 */
void
imp_register_sidebar_count (ImpRegisterSidebar *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (self->gate == NULL)
    return;
  self->counting = g_cancellable_new ();
  self->n_counted = 0;
  count_next (self);
}

/**
 * imp_register_sidebar_set_gate:
 * @self: the sidebar
 * @gate: (nullable): the gate; %NULL while the register is locked
 */
void
imp_register_sidebar_set_gate (ImpRegisterSidebar *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    show_count (self, i, 0);
  imp_register_sidebar_choose (self, 1);
  imp_register_sidebar_count (self);
}

/* ---- choosing ---- */

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, ImpRegisterSidebar *self)
{
  if (row == NULL)
    return;
  self->chosen = (guint)gtk_list_box_row_get_index (row);
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Return, or a click, on what is chosen already. */
static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, ImpRegisterSidebar *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

/**
 * imp_register_sidebar_choose:
 * @self: the sidebar
 * @number: which entry, from 1, as its key says
 */
void
imp_register_sidebar_choose (ImpRegisterSidebar *self, guint number)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int)number - 1);

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

/**
 * imp_register_sidebar_focus:
 * @self: the sidebar
 *
 * Moves the keyboard to what is chosen.
 */
void
imp_register_sidebar_focus (ImpRegisterSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * imp_register_sidebar_get_kind:
 * @self: the sidebar
 * @view: (out): which view, where it is one
 *
 * Returns: what is chosen
 */
ImpSidebarKind
imp_register_sidebar_get_kind (ImpRegisterSidebar *self, ImpSavedView *view)
{
  *view = ENTRIES[self->chosen].view;
  return ENTRIES[self->chosen].kind;
}

/**
 * imp_register_sidebar_get_title:
 * @self: the sidebar
 *
 * Returns: (transfer none): the name of what is chosen
 */
const char *
imp_register_sidebar_get_title (ImpRegisterSidebar *self)
{
  return _ (ENTRIES[self->chosen].title);
}

/* ---- the widget ---- */

/* The arrows go from view to view, and open each; Tab goes on to what is in it. */
static gboolean
imp_register_sidebar_focus_child (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tabs = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tabs && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (imp_register_sidebar_parent_class)->focus (widget, direction);
}

static void
imp_register_sidebar_dispose (GObject *object)
{
  ImpRegisterSidebar *self = IMP_REGISTER_SIDEBAR (object);
  GtkWidget *list = GTK_WIDGET (self->list);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->list = NULL;
  g_clear_pointer (&list, gtk_widget_unparent);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_register_sidebar_parent_class)->dispose (object);
}

static void
imp_register_sidebar_class_init (ImpRegisterSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_register_sidebar_dispose;
  widget_class->focus = imp_register_sidebar_focus_child;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_register_sidebar_init (ImpRegisterSidebar *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  imp_widgets_set_name (GTK_WIDGET (self->list), _ ("Saved views"));
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *title = imp_widgets_label (_ (ENTRIES[i].title), NULL);

      self->counts[i] = GTK_LABEL (imp_widgets_label ("", "dim-label"));
      gtk_widget_add_css_class (GTK_WIDGET (self->counts[i]), "numeric");
      gtk_widget_set_hexpand (title, TRUE);
      gtk_box_append (GTK_BOX (box), title);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->counts[i]));
      gtk_list_box_append (self->list, box);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "register-sidebar");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}
