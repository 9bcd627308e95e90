#include "imp-permission-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-evidence-list.h"
#include "imp-evidence.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-permission-row.h"
#include "imp-record-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpPermissionPage
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *back_button;
  GtkWidget *title;
  GtkWidget *state;
  ImpNotice *failure;
  GtkWidget *facts;
  ImpEvidenceList *evidence;
  GtkWidget *history;

  /* Owned references */
  ImpGate *gate;
  char *permission_id;

  guint turn; /* counts loads, as only the last one is shown */
};

G_DEFINE_FINAL_TYPE (ImpPermissionPage, imp_permission_page, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- in the worker ---- */

typedef struct
{
  char *id;
  guint turn;
  ImpPermission *permission;
  GPtrArray *evidence;
  GPtrArray *history;    /* nullable: whoever is signed in may not see it */
  char *history_refused; /* nullable: why */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->id);
  g_clear_pointer (&load->permission, imp_permission_free);
  g_clear_pointer (&load->evidence, g_ptr_array_unref);
  g_clear_pointer (&load->history, g_ptr_array_unref);
  g_free (load->history_refused);
  g_free (load);
}

static gboolean
read_it (ImpGate *gate, gpointer data, GError **error)
{
  Load *load = data;
  ImpRegister *people = imp_gate_get_register (gate);
  g_autoptr (GError) refused = NULL;

  load->permission = imp_register_get_permission (people, load->id, error);
  if (load->permission == NULL)
    return FALSE;
  load->evidence = imp_register_list_evidence (people, load->id, error);
  if (load->evidence == NULL)
    return FALSE;
  if (!imp_gate_check_right (gate, IMP_RIGHT_AUDIT, &refused)
      && !imp_gate_check_right (gate, IMP_RIGHT_KEEP, NULL))
    {
      load->history_refused = g_strdup (refused->message);
      return TRUE;
    }
  load->history = imp_register_list_history (people, load->id, error);
  return load->history != NULL;
}

/* ---- what is recorded ---- */

static void
add_fact (ImpPermissionPage *self, const char *title, const char *value)
{
  if (value != NULL)
    gtk_box_append (GTK_BOX (self->facts), imp_widgets_detail (title, value));
}

static void
add_day (ImpPermissionPage *self, const char *title, const char *date)
{
  g_autofree char *day = imp_words_date (date);

  add_fact (self, title, day);
}

static void
show_facts (ImpPermissionPage *self, const ImpPermission *permission)
{
  imp_widgets_clear (self->facts);
  add_fact (self, _ ("What for"), imp_words_level_covers (permission->level));
  add_fact (self, _ ("Only for this place"), imp_record_words_place (permission->destination));
  add_fact (self, _ ("Its web address"), permission->destination_url);
  add_fact (self, _ ("Who is responsible there"), permission->controller);
  add_fact (self, _ ("May be recognisable"), permission->identifiable ? _ ("Yes") : _ ("No"));
  add_fact (self, _ ("Who decided"), imp_words_giver (permission->given_by));
  add_fact (self, _ ("Name of who decided"), permission->giver_name);
  add_fact (self, _ ("Relationship to the patient"), permission->giver_relationship);
  add_fact (self, _ ("How that was checked"), permission->giver_check);
  add_fact (self, _ ("Relationship, and how it was checked"), permission->giver_note);
  add_fact (self, _ ("Able to decide"), imp_words_capacity (permission->capacity));
  add_fact (self, _ ("Which decision was assessed"), permission->capacity_decision);
  add_fact (self, _ ("Who assessed it"), permission->capacity_assessor);
  add_day (self, _ ("Assessed on"), permission->capacity_assessed);
  add_fact (self, _ ("Evidence"), imp_words_evidence (permission->evidence));
  add_fact (self, _ ("Where it is filed"), permission->evidence_reference);
  add_fact (self, _ ("Name of the witness"), permission->witness_name);
  add_fact (self, _ ("Role of the witness"), permission->witness_role);
  add_fact (self, _ ("Information sheet, version"), permission->wording_version);
  add_fact (self, _ ("Version of the picture they saw"), permission->image_version);
  add_fact (self, _ ("Language it was explained in"), permission->language);
  add_fact (self, _ ("Who interpreted"), permission->interpreter);
  add_fact (self, _ ("What it rests on"), imp_record_words_basis (permission->basis));
  add_fact (self, _ ("More on that"), permission->basis_note);
  add_day (self, _ ("Said on"), permission->given);
  add_day (self, _ ("First day"), permission->valid_from);
  add_day (self, _ ("Ends on"), permission->expires);
  add_day (self, _ ("Review on"), permission->review);
}

/* ---- its history ---- */

static const char *
state_words (const char *text)
{
  ImpPermissionState state = IMP_PERMISSION_DRAFT;

  return text != NULL && imp_permission_state_from_text (text, &state) ? imp_words_state (state)
                                                                       : text;
}

static char *
describe_event (const ImpHistory *event)
{
  if (g_str_equal (event->kind, "added"))
    return g_strdup_printf (_ ("Recorded: %s"), state_words (event->after));
  if (g_str_equal (event->kind, "state"))
    return g_strdup_printf (_ ("%s, before: %s"), state_words (event->after),
                            state_words (event->before));
  if (g_str_equal (event->kind, "evidence-added"))
    return g_strdup (_ ("Evidence was added"));
  return g_strdup (_ ("Its details were written anew"));
}

/* "22 Nov 2026, 21:04": the user's own time, as on every clock in the room. */
static char *
describe_moment (const char *at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%-d %b %Y, %H:%M") : g_strdup (at);
}

static GtkWidget *
event_row_new (const ImpHistory *event)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *what = describe_event (event);
  g_autofree char *when = describe_moment (event->at);
  GString *subtitle = g_string_new (when);

  g_string_append_printf (subtitle, " · %s",
                          event->actor != NULL ? event->actor : _ ("nobody was signed in"));
  if (event->text != NULL)
    g_string_append_printf (subtitle, "\n%s", event->text);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  g_string_free (subtitle, TRUE);
  return row;
}

static void
show_history (ImpPermissionPage *self, const Load *load)
{
  imp_widgets_clear (self->history);
  if (load->history == NULL)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), load->history_refused);
      gtk_list_box_append (GTK_LIST_BOX (self->history), row);
      return;
    }
  for (guint i = load->history->len; i > 0; i--)
    gtk_list_box_append (GTK_LIST_BOX (self->history),
                         event_row_new (g_ptr_array_index (load->history, i - 1)));
}

/* ---- loading ---- */

static void
show_loaded (ImpPermissionPage *self, const Load *load)
{
  const ImpPermission *permission = load->permission;
  ImpRegister *people = imp_gate_get_register (self->gate);
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *state = imp_permission_row_summary (permission);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->state), state);
  show_facts (self, permission);
  imp_evidence_list_show (self->evidence, self->gate, permission, load->evidence,
                          imp_register_get_read_only_reason (people) == NULL);
  show_history (self, load);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPermissionPage) self = IMP_PERMISSION_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  const Load *load = imp_gate_work_get_data (result);
  gboolean loaded = imp_gate_work_finish (result, &error);

  if (load->turn != self->turn || self->gate == NULL)
    return;
  imp_notice_show_error (self->failure, error);
  if (loaded)
    show_loaded (self, load);
}

static void
load_page (ImpPermissionPage *self)
{
  Load *load = g_new0 (Load, 1);

  load->id = g_strdup (self->permission_id);
  load->turn = ++self->turn;
  imp_gate_work_async (self->gate, read_it, load, load_free, on_loaded, g_object_ref (self));
}

static void
on_evidence_changed (ImpEvidenceList *list, ImpPermissionPage *self)
{
  load_page (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_back_clicked (GtkButton *button, ImpPermissionPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
imp_permission_page_dispose (GObject *object)
{
  ImpPermissionPage *self = IMP_PERMISSION_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->permission_id, g_free);
  G_OBJECT_CLASS (imp_permission_page_parent_class)->dispose (object);
}

static void
imp_permission_page_class_init (ImpPermissionPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_permission_page_dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_permission_page_init (ImpPermissionPage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->back_button = gtk_button_new_with_label (_ ("Back to the person"));
  gtk_widget_set_halign (self->back_button, GTK_ALIGN_START);
  g_signal_connect (self->back_button, "clicked", G_CALLBACK (on_back_clicked), self);
  gtk_box_append (GTK_BOX (self->box), self->back_button);
  self->title = imp_widgets_label (NULL, "heading");
  self->state = imp_widgets_label (NULL, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->state);
  self->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->failure));
  gtk_box_append (GTK_BOX (self->box), imp_widgets_label (_ ("What proves it"), "heading"));
  self->evidence = IMP_EVIDENCE_LIST (imp_evidence_list_new ());
  g_signal_connect (self->evidence, "changed", G_CALLBACK (on_evidence_changed), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->evidence));
  gtk_box_append (GTK_BOX (self->box), imp_widgets_label (_ ("What was said"), "heading"));
  self->facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->facts);
  gtk_box_append (GTK_BOX (self->box), imp_widgets_label (_ ("History"), "heading"));
  self->history = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->history), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->history, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), self->history);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_permission_page_new:
 *
 * Returns: (transfer floating): a page of nothing yet
 */
GtkWidget *
imp_permission_page_new (void)
{
  return g_object_new (IMP_TYPE_PERMISSION_PAGE, NULL);
}

static void
clear (ImpPermissionPage *self)
{
  self->turn++;
  gtk_label_set_label (GTK_LABEL (self->title), NULL);
  gtk_label_set_label (GTK_LABEL (self->state), NULL);
  imp_widgets_clear (self->facts);
  imp_widgets_clear (self->history);
}

/**
 * imp_permission_page_show:
 * @self: a page
 * @gate: (nullable): the gate; %NULL while the register is locked
 * @permission_id: (nullable): what to show
 */
void
imp_permission_page_show (ImpPermissionPage *self, ImpGate *gate, const char *permission_id)
{
  g_set_object (&self->gate, gate);
  g_free (self->permission_id);
  self->permission_id = g_strdup (permission_id);
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  if (gate != NULL && permission_id != NULL)
    {
      load_page (self);
      gtk_widget_grab_focus (self->back_button);
      return;
    }
  clear (self);
  imp_evidence_list_forget (self->evidence);
}

/**
 * imp_permission_page_set_gate:
 * @self: a page, in use
 * @gate: (nullable): the gate that is there now; %NULL while the register is locked
 *
 * Reads again what it shows. The evidence that was being added stays, for who adds it.
 */
void
imp_permission_page_set_gate (ImpPermissionPage *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  clear (self);
  if (gate != NULL)
    load_page (self);
  else
    imp_evidence_list_hide (self->evidence);
}

/**
 * imp_permission_page_has_form:
 * @self: a page
 *
 * Returns: whether evidence is being added, which is not kept yet
 */
gboolean
imp_permission_page_has_form (ImpPermissionPage *self)
{
  return self->permission_id != NULL && imp_evidence_list_has_form (self->evidence);
}
