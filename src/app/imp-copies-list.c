#include "imp-copies-list.h"

#include <glib/gi18n.h>

#include "gate-trace.h"
#include "imp-copies-acts.h"
#include "imp-copy-row.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-widgets.h"

#define MOST_COPIES 200

struct _ImpCopiesList
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  ImpNotice *notice;
  GtkWidget *spinner;
  GtkWidget *rows;
  GtkWidget *none;

  ImpGate *gate; /* owned, nullable */
  char *person_id;
  GPtrArray *copies;   /* of ImpSeenCopy; nullable */
  char *open_id;       /* of the export that was opened or acted on last; nullable */
  ImpCopiesLeft *left; /* a dialog that waits for the register; owned, nullable */
  ImpCopiesKind kind;
  guint turn; /* counts loads, as only the last one is shown */
};

G_DEFINE_FINAL_TYPE (ImpCopiesList, imp_copies_list, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  PERSON_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- reading, in a worker ---- */

typedef struct
{
  ImpCopiesKind kind;
  char *person_id;
  guint turn;
  GPtrArray *copies; /* the answer: of ImpSeenCopy */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->person_id);
  g_clear_pointer (&load->copies, g_ptr_array_unref);
  g_free (load);
}

static gboolean
load_in_worker (ImpGate *gate, gpointer data, GError **error)
{
  Load *load = data;
  ImpCopyFilter filter = { .limit = MOST_COPIES };
  g_autoptr (GPtrArray) copies = NULL;

  filter.person_id = load->kind == IMP_COPIES_OF_PERSON ? load->person_id : NULL;
  filter.with_task = load->kind == IMP_COPIES_TO_TAKE_DOWN;
  filter.without_place = load->kind == IMP_COPIES_WITHOUT_PLACE;
  filter.out_only = load->kind == IMP_COPIES_WITHOUT_PLACE;
  copies = imp_gate_list_copies_sync (gate, &filter, error);
  if (copies == NULL)
    return FALSE;
  load->copies = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_seen_copy_free);
  for (guint i = 0; i < copies->len; i++)
    g_ptr_array_add (load->copies, imp_seen_copy_new (gate, g_ptr_array_index (copies, i),
                                                      load->kind != IMP_COPIES_OF_PERSON));
  return TRUE;
}

/* ---- showing ---- */

static void
on_expanded (GtkWidget *row, GParamSpec *pspec, ImpCopiesList *self)
{
  gboolean expanded = FALSE;

  g_object_get (row, "expanded", &expanded, NULL);
  g_free (self->open_id);
  self->open_id = expanded ? g_strdup (g_object_get_data (G_OBJECT (row), "imp-export")) : NULL;
}

static const char *
say_none (ImpCopiesKind kind)
{
  switch (kind)
    {
    case IMP_COPIES_TO_TAKE_DOWN:
      return _ ("Nothing is to be taken down: of all that was withdrawn, nothing is known to be "
                "out there.");
    case IMP_COPIES_WITHOUT_PLACE:
      return _ ("Of everything that left, somebody has said where it went.");
    case IMP_COPIES_OF_PERSON:
    default:
      return _ ("No picture of this person has left.");
    }
}

static void
show_copies (ImpCopiesList *self)
{
  gboolean writable =
      imp_register_get_read_only_reason (imp_gate_get_register (self->gate)) == NULL;
  g_autofree char *open_id = g_steal_pointer (&self->open_id);

  imp_widgets_clear (self->rows);
  for (guint i = 0; i < self->copies->len; i++)
    {
      const ImpSeenCopy *seen = g_ptr_array_index (self->copies, i);
      GtkWidget *row = imp_copy_row_new (seen, writable);

      g_object_set_data_full (G_OBJECT (row), "imp-export", g_strdup (seen->copy->export_id),
                              g_free);
      g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded), self, 0);
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
      if (g_strcmp0 (seen->copy->export_id, open_id) == 0)
        g_object_set (row, "expanded", TRUE, NULL);
    }
  gtk_widget_set_visible (self->rows, self->copies->len > 0);
  gtk_label_set_label (GTK_LABEL (self->none), say_none (self->kind));
  gtk_widget_set_visible (self->none, self->copies->len == 0);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpCopiesList) self = IMP_COPIES_LIST (user_data);
  g_autoptr (GError) error = NULL;
  Load *load = imp_gate_work_get_data (result);
  gboolean done = imp_gate_work_finish (result, &error);

  if (load->turn != self->turn || self->box == NULL || self->gate == NULL)
    return;
  gtk_widget_set_visible (self->spinner, FALSE);
  if (!done)
    {
      imp_notice_show_error (self->notice, error);
      return;
    }
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  self->copies = g_steal_pointer (&load->copies);
  show_copies (self);
}

/**
 * imp_copies_list_refresh:
 * @self: a list
 *
 * Reads again what it shows.
 */
void
imp_copies_list_refresh (ImpCopiesList *self)
{
  Load *load = NULL;

  self->turn++;
  if (self->gate == NULL || (self->kind == IMP_COPIES_OF_PERSON && self->person_id == NULL))
    return;
  load = g_new0 (Load, 1);
  load->kind = self->kind;
  load->person_id = g_strdup (self->person_id);
  load->turn = self->turn;
  gtk_widget_set_visible (self->spinner, self->copies == NULL);
  imp_gate_work_async (self->gate, load_in_worker, load, load_free, on_loaded, g_object_ref (self));
}

/* ---- what can be done ---- */

static void
on_acted (const char *said, const GError *error, gpointer object)
{
  ImpCopiesList *self = IMP_COPIES_LIST (object);

  if (self->box == NULL)
    return;
  if (error != NULL)
    imp_notice_show_error (self->notice, error);
  else
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, said);
  if (error != NULL)
    return;
  imp_copies_list_refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static const ImpSeenCopy *
find_copy (ImpCopiesList *self, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; self->gate != NULL && self->copies != NULL && i < self->copies->len; i++)
    {
      const ImpSeenCopy *seen = g_ptr_array_index (self->copies, i);

      if (g_str_equal (seen->copy->export_id, id))
        return seen;
    }
  return NULL;
}

static void
act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpCopiesList *self = IMP_COPIES_LIST (widget);
  const ImpSeenCopy *seen = find_copy (self, parameter);

  if (seen == NULL)
    return;
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  if (g_str_equal (action, "copies.person"))
    g_signal_emit (self, signals[PERSON_CHOSEN], 0, seen->copy->person_id);
  else
    imp_copies_acts_start (widget, self->gate, seen->copy, action, on_acted, self);
}

/* ---- object ---- */

static void
imp_copies_list_dispose (GObject *object)
{
  ImpCopiesList *self = IMP_COPIES_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->left, imp_copies_left_free);
  G_OBJECT_CLASS (imp_copies_list_parent_class)->dispose (object);
}

static void
imp_copies_list_class_init (ImpCopiesListClass *klass)
{
  static const char *const ACTS[] = {
    "copies.place",  "copies.chase",   "copies.removed",   "copies.cannot", "copies.drop",
    "copies.letter", "copies.receipt", "copies.case-file", "copies.person",
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_copies_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[PERSON_CHOSEN] =
      g_signal_new ("person-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  for (gsize i = 0; i < G_N_ELEMENTS (ACTS); i++)
    gtk_widget_class_install_action (widget_class, ACTS[i], "s", act);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_copies_list_init (ImpCopiesList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->spinner = gtk_spinner_new ();
  self->rows = gtk_list_box_new ();
  self->none = imp_widgets_label (NULL, "dim-label");
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reading the register"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->box), self->spinner);
  gtk_box_append (GTK_BOX (self->box), self->rows);
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_copies_list_new:
 * @kind: which pictures it lists
 *
 * Returns: (transfer floating): a list that is empty until it is given a gate
 */
GtkWidget *
imp_copies_list_new (ImpCopiesKind kind)
{
  ImpCopiesList *self = g_object_new (IMP_TYPE_COPIES_LIST, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}

/* A dialog that is open goes while the register is locked, and comes back with its words. */
static void
pass_dialog_on (ImpCopiesList *self)
{
  ImpCopiesLeft *left = NULL;

  if (self->gate == NULL && self->left == NULL)
    self->left = imp_copies_acts_leave (GTK_WIDGET (self));
  else if (self->gate != NULL && self->left != NULL)
    {
      left = g_steal_pointer (&self->left);
      imp_copies_acts_go_on (GTK_WIDGET (self), self->gate, left, on_acted, self);
      imp_copies_left_free (left);
    }
}

/**
 * imp_copies_list_show:
 * @self: a list
 * @gate: (nullable): the gate; %NULL while the register is locked
 * @person_id: (nullable): whose, where it is the list of one person
 */
void
imp_copies_list_show (ImpCopiesList *self, ImpGate *gate, const char *person_id)
{
  g_autofree char *id = g_strdup (person_id);
  gboolean same = gate == self->gate && g_strcmp0 (id, self->person_id) == 0;

  g_set_object (&self->gate, gate);
  g_free (self->person_id);
  self->person_id = g_steal_pointer (&id);
  if (!same)
    {
      g_clear_pointer (&self->copies, g_ptr_array_unref);
      g_clear_pointer (&self->open_id, g_free);
      imp_widgets_clear (self->rows);
      gtk_widget_set_visible (self->rows, FALSE);
      gtk_widget_set_visible (self->none, FALSE);
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
    }
  pass_dialog_on (self);
  imp_copies_list_refresh (self);
}

/**
 * imp_copies_list_set_gate:
 * @self: a list
 * @gate: (nullable): the gate; %NULL while the register is locked
 *
 * Goes on showing whose it showed.
 */
void
imp_copies_list_set_gate (ImpCopiesList *self, ImpGate *gate)
{
  imp_copies_list_show (self, gate, self->person_id);
}

/**
 * imp_copies_list_asks:
 * @self: a list
 *
 * Returns: whether a dialog of it is open that takes words, or waits for the register
 */
gboolean
imp_copies_list_asks (ImpCopiesList *self)
{
  return self->left != NULL || imp_copies_acts_is_open (GTK_WIDGET (self));
}

/**
 * imp_copies_list_get_person_id:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): whose pictures it lists
 */
const char *
imp_copies_list_get_person_id (ImpCopiesList *self)
{
  return self->person_id;
}
