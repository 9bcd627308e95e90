#include "imp-register-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-person-row.h"
#include "imp-person-view.h"
#include "imp-register-work.h"
#include "imp-site-form.h"
#include "imp-widgets.h"

#define DEBOUNCE_MS 150
#define MOST_PEOPLE 200

struct _ImpRegisterPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkWidget *locked;
  GtkWidget *content;
  ImpNotice *read_only;
  ImpNotice *plain;
  ImpNotice *recovered;
  ImpNotice *failure;
  GtkSearchEntry *search;
  GtkSpinner *spinner;
  GtkWidget *add_button;
  GtkListBox *people;
  GtkLabel *count;
  GtkStack *stack;
  ImpPersonView *view;
  GtkWidget *site_page;
  ImpSiteForm *site_form;
  ImpNotice *site_notice;
  GtkWidget *site_save_button;

  /* Owned references */
  ImpGate *gate;
  GCancellable *searching;
  guint timeout;
  char *opening;   /* nullable: whose record is about to be shown */
  guint n_opening; /* look-ups that are being recorded: the last one is shown */
  gint64 search_seq;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpRegisterPage, imp_register_page, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ImpRegister *
get_register (ImpRegisterPage *self)
{
  return self->gate == NULL ? NULL : imp_gate_get_register (self->gate);
}

/* Hidden pages leave the tree that screen readers see. */
static void
show_pane (ImpRegisterPage *self, GtkWidget *pane)
{
  GtkWidget *other = pane == self->site_page ? GTK_WIDGET (self->view) : self->site_page;

  gtk_widget_set_visible (pane, TRUE);
  gtk_stack_set_visible_child (self->stack, pane);
  gtk_widget_set_visible (other, FALSE);
}

static void
select_person (ImpRegisterPage *self, const char *person_id)
{
  GtkListBoxRow *row = NULL;

  self->updating = TRUE;
  gtk_list_box_unselect_all (self->people);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->people, i)) != NULL; i++)
    if (g_strcmp0 (imp_person_row_get_id (IMP_PERSON_ROW (row)), person_id) == 0)
      gtk_list_box_select_row (self->people, row);
  self->updating = FALSE;
}

static void
show_people (ImpRegisterPage *self, GPtrArray *people)
{
  g_autofree char *count = NULL;

  self->updating = TRUE;
  imp_widgets_clear (GTK_WIDGET (self->people));
  for (guint i = 0; i < people->len; i++)
    gtk_list_box_append (self->people, imp_person_row_new (g_ptr_array_index (people, i)));
  self->updating = FALSE;
  if (people->len == 0)
    count = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] == '\0'
                          ? _ ("The register is empty. Add the first person.")
                          : _ ("Nobody found. Try the number, part of the name, or a date of "
                               "birth."));
  else if (people->len == MOST_PEOPLE)
    count = g_strdup_printf (_ ("The first %d people: type more to narrow it down"), MOST_PEOPLE);
  else
    count =
        g_strdup_printf (g_dngettext (NULL, "%u person", "%u people", people->len), people->len);
  gtk_label_set_label (self->count, count);
  select_person (self, imp_person_view_get_person_id (self->view));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gint64 search = 0;
  g_autoptr (GPtrArray) people = imp_register_work_search_finish (result, &search, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->searching)
    return; /* more was typed meanwhile */
  g_clear_object (&self->searching);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  imp_notice_show_error (self->failure, error);
  self->search_seq = search;
  if (people != NULL)
    show_people (self, people);
}

static gboolean
search_now (gpointer user_data)
{
  ImpRegisterPage *self = user_data;

  self->timeout = 0;
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  if (get_register (self) == NULL)
    return G_SOURCE_REMOVE;
  self->searching = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  imp_register_work_search_async (get_register (self),
                                  gtk_editable_get_text (GTK_EDITABLE (self->search)), MOST_PEOPLE,
                                  self->searching, on_found, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_search_changed (GtkEditable *editable, ImpRegisterPage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DEBOUNCE_MS, search_now, self);
}

/* Return in the search goes to the only one, or to the list. */
static void
on_search_activated (GtkSearchEntry *entry, ImpRegisterPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->people, 0);

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->people, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean noted = imp_register_work_write_finish (result, &error);

  self->n_opening--;
  if (self->n_opening > 0 || self->opening == NULL || self->gate == NULL)
    return; /* somebody else was chosen meanwhile */
  imp_notice_show_error (self->failure, error);
  if (noted)
    imp_person_view_show (self->view, self->opening);
  g_clear_pointer (&self->opening, g_free);
}

/* That somebody looks is recorded before there is anything to see. */
static void
open_person (ImpRegisterPage *self, const char *person_id)
{
  g_free (self->opening);
  self->opening = g_strdup (person_id);
  self->n_opening++;
  show_pane (self, GTK_WIDGET (self->view));
  imp_register_work_note_opened_async (get_register (self), person_id, self->search_seq, on_opened,
                                       g_object_ref (self));
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, ImpRegisterPage *self)
{
  if (self->updating || row == NULL)
    return;
  open_person (self, imp_person_row_get_id (IMP_PERSON_ROW (row)));
}

static void
on_view_changed (ImpPersonView *view, ImpRegisterPage *self)
{
  search_now (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  if (get_register (self) == NULL)
    return;
  show_pane (self, GTK_WIDGET (self->view));
  imp_person_view_add (self->view, NULL);
}

static void
on_site_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = imp_site_form_load_finish (result, &error);

  imp_notice_show_error (self->site_notice, error);
  imp_site_form_show (self->site_form, imp_gate_get_pack_id (IMP_GATE (source)), reference);
}

static void
act_site (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  if (self->gate == NULL)
    return;
  select_person (self, NULL);
  show_pane (self, self->site_page);
  imp_site_form_load_async (self->gate, on_site_loaded, g_object_ref (self));
}

static void
on_site_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->site_save_button, TRUE);
  if (imp_site_form_save_finish (result, &error))
    {
      imp_notice_set (self->site_notice, IMP_NOTICE_SUCCESS, _ ("Saved for this site."));
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    imp_notice_show_error (self->site_notice, error);
}

static void
act_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (IMP_REGISTER_PAGE (widget)->search));
}

static void
act_site_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  if (self->gate == NULL)
    return;
  gtk_widget_set_sensitive (self->site_save_button, FALSE);
  imp_site_form_save_async (self->site_form, self->gate, on_site_saved, g_object_ref (self));
}

static void
imp_register_page_dispose (GObject *object)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->opening, g_free);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_register_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, box);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, locked);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, content);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, read_only);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, plain);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, recovered);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, failure);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, search);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, people);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, count);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, view);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_page);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_form);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_notice);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
}

/* The wizard registers people and records consent too: what is shown is read again. */
static void
imp_register_page_map (GtkWidget *widget)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  GTK_WIDGET_CLASS (imp_register_page_parent_class)->map (widget);
  g_clear_handle_id (&self->timeout, g_source_remove);
  search_now (self);
  imp_person_view_refresh (self->view);
}

static void
imp_register_page_class_init (ImpRegisterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_register_page_dispose;
  widget_class->map = imp_register_page_map;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_PERSON_VIEW);
  g_type_ensure (IMP_TYPE_SITE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-register-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "register.add", NULL, act_add);
  gtk_widget_class_install_action (widget_class, "register.site", NULL, act_site);
  gtk_widget_class_install_action (widget_class, "register.site-save", NULL, act_site_save);
  gtk_widget_class_install_action (widget_class, "register.find", NULL, act_find);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "register.find",
                                       NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_register_page_init (ImpRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_set_name (GTK_WIDGET (self->search), _ ("Find a person by number, name or date"));
  show_pane (self, GTK_WIDGET (self->view));
  imp_register_page_set_gate (self, NULL);
}

/**
 * imp_register_page_new:
 *
 * Returns: (transfer floating): the page, locked
 */
GtkWidget *
imp_register_page_new (void)
{
  return g_object_new (IMP_TYPE_REGISTER_PAGE, NULL);
}

static void
show_state (ImpRegisterPage *self)
{
  ImpRegister *source = get_register (self);
  const char *const *sentences = self->gate == NULL ? NULL : imp_gate_get_recovered (self->gate);
  const char *reason = source == NULL ? NULL : imp_register_get_read_only_reason (source);
  g_autofree char *recovered = NULL;

  if (sentences != NULL && sentences[0] != NULL)
    recovered = g_strjoinv ("\n", (char **)sentences);
  imp_notice_set (self->read_only, IMP_NOTICE_WARNING, reason);
  imp_notice_set (self->plain, IMP_NOTICE_WARNING,
                  source != NULL && !imp_register_is_encrypted (source)
                      ? _ ("This register is not encrypted: this program was built without "
                           "encryption. Keep no real patients in it.")
                      : NULL);
  imp_notice_set (self->recovered, IMP_NOTICE_INFORMATION, recovered);
  gtk_widget_set_sensitive (self->add_button, source != NULL && reason == NULL);
  gtk_widget_set_visible (self->locked, self->gate == NULL);
  gtk_widget_set_visible (self->content, self->gate != NULL);
}

/**
 * imp_register_page_set_gate:
 * @self: the page
 * @gate: (nullable): the gate; %NULL while the register is locked
 */
void
imp_register_page_set_gate (ImpRegisterPage *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  imp_person_view_set_gate (self->view, gate);
  show_state (self);
  if (gate != NULL)
    search_now (self);
}

/**
 * imp_register_page_show_person:
 * @self: the page
 * @person_id: whom to show
 */
void
imp_register_page_show_person (ImpRegisterPage *self, const char *person_id)
{
  show_pane (self, GTK_WIDGET (self->view));
  imp_person_view_show (self->view, person_id);
  select_person (self, person_id);
}
