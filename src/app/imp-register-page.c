#include "imp-register-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-clock-notice.h"
#include "imp-copies-list.h"
#include "imp-form-guard.h"
#include "imp-notice.h"
#include "imp-parked-list.h"
#include "imp-person-view.h"
#include "imp-register-list.h"
#include "imp-register-sidebar.h"
#include "imp-register-work.h"
#include "imp-site-form.h"
#include "imp-widgets.h"

#define DEBOUNCE_MS 250

struct _ImpRegisterPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkWidget *locked;
  GtkWidget *content;
  ImpNotice *read_only;
  ImpNotice *plain;
  ImpNotice *clock;
  ImpNotice *recovered;
  ImpNotice *failure;
  GtkSearchEntry *search;
  GtkWidget *add_button;
  ImpRegisterSidebar *sidebar;
  ImpRegisterList *list;
  GtkWidget *divider; /* between list and stack */
  GtkStack *stack;
  ImpParkedList *parked; /* instead of both */
  ImpPersonView *view;
  GtkWidget *copies_page;
  GtkBox *copies_box;
  ImpCopiesList *copies; /* in copies_box; nullable */
  GtkWidget *site_page;
  ImpSiteForm *site_form;
  ImpNotice *site_notice;
  GtkWidget *site_save_button;

  /* Owned references */
  ImpGate *gate;
  guint timeout;
  char *opening;   /* nullable: whose record is about to be shown */
  guint n_opening; /* look-ups that are being recorded: the last one is shown */
  gboolean opening_copies;
  gboolean opening_withdrawal;
  GtkWidget *asking; /* whether a form is left; not owned, nullable */
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

/* Cases that wait bring their own list: what is done about them is not done at a person's page. */
static void
show_parked (ImpRegisterPage *self, gboolean parked)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list), !parked);
  gtk_widget_set_visible (self->divider, !parked);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !parked);
  gtk_widget_set_visible (GTK_WIDGET (self->parked), parked);
}

/* Hidden pages leave the tree that screen readers see. */
static void
show_pane (ImpRegisterPage *self, GtkWidget *pane)
{
  GtkWidget *panes[] = { GTK_WIDGET (self->view), self->copies_page, self->site_page };

  show_parked (self, FALSE);
  gtk_widget_set_visible (pane, TRUE);
  gtk_stack_set_visible_child (self->stack, pane);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (panes[i] != pane)
      gtk_widget_set_visible (panes[i], FALSE);
}

/* ---- finding ---- */

static void on_search_changed (GtkEditable *editable, ImpRegisterPage *self);

/* What was typed belongs to the search, not to the view that is looked at instead. */
static void
empty_search (ImpRegisterPage *self)
{
  g_signal_handlers_block_by_func (self->search, on_search_changed, self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_handlers_unblock_by_func (self->search, on_search_changed, self);
}

/* What the sidebar names, or what was typed. */
static void
show_chosen (ImpRegisterPage *self)
{
  const char *title = imp_register_sidebar_get_title (self->sidebar);
  ImpSavedView view = IMP_N_VIEWS;

  ImpSidebarKind kind = imp_register_sidebar_get_kind (self->sidebar, &view);
  gboolean parked = kind == IMP_SIDEBAR_VIEW && view == IMP_VIEW_WAITING;

  g_clear_handle_id (&self->timeout, g_source_remove);
  show_parked (self, parked);
  switch (kind)
    {
    case IMP_SIDEBAR_VIEW:
      empty_search (self);
      if (!parked)
        imp_register_list_show_view (self->list, view, title);
      break;
    case IMP_SIDEBAR_LEDGER:
      empty_search (self);
      imp_register_list_check_ledger (self->list, title);
      break;
    case IMP_SIDEBAR_PEOPLE:
    default:
      imp_register_list_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
    }
}

static void
on_sidebar_chosen (ImpRegisterSidebar *sidebar, ImpRegisterPage *self)
{
  show_chosen (self);
}

static void
on_sidebar_entered (ImpRegisterSidebar *sidebar, ImpRegisterPage *self)
{
  ImpSavedView view = IMP_N_VIEWS;

  if (imp_register_sidebar_get_kind (sidebar, &view) == IMP_SIDEBAR_VIEW
      && view == IMP_VIEW_WAITING)
    {
      show_parked (self, TRUE); /* a person may have been shown since */
      imp_parked_list_focus (self->parked);
    }
  else
    imp_register_list_focus (self->list);
}

static gboolean
search_now (gpointer user_data)
{
  ImpRegisterPage *self = user_data;
  ImpSavedView view = IMP_N_VIEWS;

  self->timeout = 0;
  if (imp_register_sidebar_get_kind (self->sidebar, &view) == IMP_SIDEBAR_PEOPLE)
    imp_register_list_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  else
    imp_register_sidebar_choose (self->sidebar, 1); /* everyone, and what was typed among them */
  return G_SOURCE_REMOVE;
}

static void
on_search_changed (GtkEditable *editable, ImpRegisterPage *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DEBOUNCE_MS, search_now, self);
}

/* Return in the search goes to the first who was found. */
static void
on_search_activated (GtkSearchEntry *entry, ImpRegisterPage *self)
{
  imp_register_list_focus (self->list);
}

/* Escape begins the search anew. */
static void
on_search_stopped (GtkSearchEntry *entry, ImpRegisterPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

/* ---- opening ---- */

static void on_copies_changed (ImpRegisterPage *self);

/* ---- a form that is open ---- */

typedef struct
{
  char *person_id; /* nullable: somebody new */
  gboolean copies;
  gboolean withdrawal;
} Next;

static void
next_free (gpointer data)
{
  Next *next = data;

  g_free (next->person_id);
  g_free (next);
}

static void open_now (ImpRegisterPage *self, const Next *next);

static void
on_left (GtkWidget *widget, gpointer next)
{
  IMP_REGISTER_PAGE (widget)->asking = NULL;
  open_now (IMP_REGISTER_PAGE (widget), next);
}

/* The list names again whose form it is. */
static void
on_kept (GtkWidget *widget, gpointer next)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  self->asking = NULL;
  imp_register_list_select (self->list, imp_person_view_get_person_id (self->view));
  show_pane (self, GTK_WIDGET (self->view));
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/* What stands in a form goes only where somebody says so. */
static void
open_next (ImpRegisterPage *self, const char *person_id, gboolean copies, gboolean withdrawal)
{
  Next *next = NULL;

  if (get_register (self) == NULL || self->asking != NULL)
    return;
  next = g_new0 (Next, 1);
  next->person_id = g_strdup (person_id);
  next->copies = copies;
  next->withdrawal = withdrawal;
  if (imp_person_view_has_words (self->view))
    {
      self->asking = imp_form_guard_ask (GTK_WIDGET (self), on_left, on_kept, next, next_free);
      return;
    }
  open_now (self, next);
  next_free (next);
}

static void
on_person_chosen (ImpCopiesList *copies, const char *person_id, ImpRegisterPage *self)
{
  open_next (self, person_id, FALSE, FALSE);
}

/* Of one person; where nobody knows whose picture it is, all that nobody has placed. */
static void
show_copies (ImpRegisterPage *self, const char *person_id)
{
  imp_widgets_clear (GTK_WIDGET (self->copies_box));
  self->copies = IMP_COPIES_LIST (
      imp_copies_list_new (person_id != NULL ? IMP_COPIES_OF_PERSON : IMP_COPIES_WITHOUT_PLACE));
  g_signal_connect (self->copies, "person-chosen", G_CALLBACK (on_person_chosen), self);
  g_signal_connect_swapped (self->copies, "changed", G_CALLBACK (on_copies_changed), self);
  gtk_box_append (self->copies_box, GTK_WIDGET (self->copies));
  imp_copies_list_show (self->copies, self->gate, person_id);
  show_pane (self, self->copies_page);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  gboolean noted = imp_register_work_write_finish (result, &error);
  g_autofree char *person_id = NULL;

  self->n_opening--;
  if (self->n_opening > 0 || self->opening == NULL || self->gate == NULL)
    return; /* somebody else was chosen meanwhile */
  person_id = g_steal_pointer (&self->opening);
  imp_notice_show_error (self->failure, error);
  if (!noted)
    return;
  if (self->opening_withdrawal)
    imp_person_view_withdraw (self->view, person_id);
  else
    imp_person_view_show (self->view, person_id);
  if (self->opening_copies)
    show_copies (self, person_id);
  else
    show_pane (self, GTK_WIDGET (self->view));
}

/* That somebody looks is recorded before there is anything to see. */
static void
open_now (ImpRegisterPage *self, const Next *next)
{
  if (get_register (self) == NULL)
    return;
  if (next->person_id == NULL)
    {
      show_pane (self, GTK_WIDGET (self->view));
      imp_person_view_add (self->view, NULL);
      return;
    }
  g_free (self->opening);
  self->opening = g_strdup (next->person_id);
  self->opening_copies = next->copies;
  self->opening_withdrawal = next->withdrawal;
  self->n_opening++;
  imp_register_work_note_opened_async (get_register (self), next->person_id,
                                       imp_register_list_get_search (self->list), on_opened,
                                       g_object_ref (self));
}

static gboolean
is_shown (ImpRegisterPage *self, const char *person_id)
{
  return person_id != NULL && self->opening == NULL
         && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->view)
         && g_strcmp0 (imp_person_view_get_person_id (self->view), person_id) == 0;
}

static void
on_list_opened (ImpRegisterList *list, ImpRegisterPage *self)
{
  gboolean of_copy = FALSE;
  const char *person_id = imp_register_list_get_person_id (list, &of_copy);

  if (is_shown (self, person_id))
    return; /* the keyboard passed over the row: what is open of that person stays */
  if (person_id != NULL)
    open_next (self, person_id, FALSE, FALSE);
  else if (of_copy)
    show_copies (self, NULL);
}

/* Nobody's page stays beside a list that the person is not in: its buttons would act on somebody
 * who is not looked at. A form that is open stays, with what was typed. Rows that were only read
 * again choose whom they had chosen: the keyboard that passes over them opens nobody anew. */
static void
on_list_listed (ImpRegisterList *list, gboolean asked, ImpRegisterPage *self)
{
  const char *person_id = imp_person_view_get_person_id (self->view);

  if (person_id == NULL || self->opening != NULL)
    return;
  if (!asked)
    imp_register_list_select (list, person_id);
  else if (!imp_register_list_has (list, person_id))
    imp_person_view_leave (self->view);
}

static void
on_list_withdraw (ImpRegisterList *list, const char *person_id, ImpRegisterPage *self)
{
  open_next (self, person_id, FALSE, TRUE);
}

static void
on_list_published (ImpRegisterList *list, const char *person_id, ImpRegisterPage *self)
{
  open_next (self, person_id, TRUE, FALSE);
}

static void
on_show_copies (ImpPersonView *view, const char *person_id, ImpRegisterPage *self)
{
  show_copies (self, person_id);
}

static void
act_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);
  const char *whose = self->copies != NULL ? imp_copies_list_get_person_id (self->copies) : NULL;

  if (whose != NULL && imp_person_view_get_person_id (self->view) == NULL)
    open_next (self, whose, FALSE, FALSE); /* the register was locked meanwhile */
  else
    show_pane (self, GTK_WIDGET (self->view));
}

/* ---- what was changed ---- */

static void
read_again (ImpRegisterPage *self)
{
  imp_register_list_refresh (self->list);
  imp_register_sidebar_count (self->sidebar);
}

static void
on_copies_changed (ImpRegisterPage *self)
{
  read_again (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_parked_decided (ImpParkedList *parked, ImpRegisterPage *self)
{
  imp_register_sidebar_count (self->sidebar);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_view_changed (ImpPersonView *view, ImpRegisterPage *self)
{
  read_again (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_next (IMP_REGISTER_PAGE (widget), NULL, FALSE, FALSE);
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
  imp_register_list_select (self->list, NULL);
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

/* Ctrl+1, Ctrl+2, …: the sidebar from the top. */
static void
act_entry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  imp_register_sidebar_choose (self->sidebar, g_variant_get_uint32 (parameter));
  imp_register_sidebar_focus (self->sidebar);
}

static void
act_find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* Not while a form is open: dates are typed with it, and would end up in the search. */
static gboolean
on_slash (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  if (imp_register_page_has_form (IMP_REGISTER_PAGE (widget)))
    return FALSE;
  act_find (widget, NULL, NULL);
  return TRUE;
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
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, clock);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, recovered);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, failure);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, search);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, list);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, divider);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, parked);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, copies_page);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, copies_box);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, view);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_page);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_form);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_notice);
  gtk_widget_class_bind_template_child (widget_class, ImpRegisterPage, site_save_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_list_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_list_listed);
  gtk_widget_class_bind_template_callback (widget_class, on_list_withdraw);
  gtk_widget_class_bind_template_callback (widget_class, on_list_published);
  gtk_widget_class_bind_template_callback (widget_class, on_show_copies);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_parked_decided);
}

/* The wizard registers people and records consent too: what is shown is read again. */
static void
imp_register_page_map (GtkWidget *widget)
{
  ImpRegisterPage *self = IMP_REGISTER_PAGE (widget);

  GTK_WIDGET_CLASS (imp_register_page_parent_class)->map (widget);
  read_again (self);
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
  g_type_ensure (IMP_TYPE_PARKED_LIST);
  g_type_ensure (IMP_TYPE_PERSON_VIEW);
  g_type_ensure (IMP_TYPE_REGISTER_LIST);
  g_type_ensure (IMP_TYPE_REGISTER_SIDEBAR);
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
  gtk_widget_class_add_binding (widget_class, GDK_KEY_slash, 0, on_slash, NULL);
  gtk_widget_class_install_action (widget_class, "register.person", NULL, act_person);
  gtk_widget_class_install_action (widget_class, "register.entry", "u", act_entry);
  for (guint i = 1; i <= 10; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i % 10, GDK_CONTROL_MASK,
                                         "register.entry", "u", i);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* What is done about the clock, and about what a lost journal suspended, is done there. */
static void
on_keep (ImpRegisterPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.keep", NULL);
}

static void
imp_register_page_init (ImpRegisterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_notice_set_button (self->clock, _ ("Put it right…"));
  g_signal_connect_object (self->clock, "activated", G_CALLBACK (on_keep), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recovered, "activated", G_CALLBACK (on_keep), self,
                           G_CONNECT_SWAPPED);
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
  imp_notice_set_button (self->recovered,
                         self->gate != NULL && imp_gate_get_journal_note (self->gate) != NULL
                             ? _ ("Look at it…")
                             : NULL);
  imp_clock_notice_refresh (self->clock, self->gate);
  gtk_widget_set_sensitive (self->add_button, source != NULL && reason == NULL);
  gtk_widget_set_visible (self->locked, self->gate == NULL);
  gtk_widget_set_visible (self->content, self->gate != NULL);
}

static void
on_noted_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPage) self = IMP_REGISTER_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (!imp_register_work_write_finish (result, &error) && self->gate != NULL)
    imp_notice_show_error (self->failure, error);
}

/* Who comes back to a form looks at its person again, and that is recorded as it was before. */
static void
note_return (ImpRegisterPage *self)
{
  const char *person_id = imp_person_view_get_person_id (self->view);

  if (person_id != NULL)
    imp_register_work_note_opened_async (get_register (self), person_id, 0, on_noted_again,
                                         g_object_ref (self));
}

/**
 * imp_register_page_set_gate:
 * @self: the page
 * @gate: (nullable): the gate; %NULL while the register is locked
 *
 * A form that is open stays, with what was typed: out of sight while the register is locked. So a
 * page is for one user only (imp_register_page_drop()).
 */
void
imp_register_page_set_gate (ImpRegisterPage *self, ImpGate *gate)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);
  gboolean returns = self->gate == NULL && gate != NULL;

  g_set_object (&self->gate, gate);
  imp_person_view_set_gate (self->view, gate);
  show_state (self);
  if (gate == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), ""); /* what was typed may identify */
  imp_register_list_set_gate (self->list, gate);
  imp_parked_list_set_gate (self->parked, gate);
  imp_register_sidebar_set_gate (self->sidebar, gate);
  if (gate == NULL && self->asking != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->asking))); /* the form stays */
  if (self->copies != NULL && imp_copies_list_asks (self->copies))
    imp_copies_list_set_gate (self->copies, gate);
  else
    {
      imp_widgets_clear (GTK_WIDGET (self->copies_box));
      self->copies = NULL;
    }
  show_pane (self,
             shown == self->site_page || self->copies != NULL ? shown : GTK_WIDGET (self->view));
  show_chosen (self);
  if (returns)
    note_return (self);
}

/**
 * imp_register_page_drop:
 * @self: a page that goes
 *
 * Somebody else is at the desk: what was typed here goes, with the dialogs that it opened.
 */
void
imp_register_page_drop (ImpRegisterPage *self)
{
  imp_person_view_drop (self->view);
  imp_register_page_set_gate (self, NULL);
}

/**
 * imp_register_page_take_keyboard:
 * @self: the page, shown
 *
 * Somebody has just unlocked the register or signed in: the keyboard goes to the form that was
 * left, or to where people are found.
 */
void
imp_register_page_take_keyboard (ImpRegisterPage *self)
{
  if (!imp_register_page_has_form (self)
      || !gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD))
    act_find (GTK_WIDGET (self), NULL, NULL);
}

/**
 * imp_register_page_set_source:
 * @self: the page
 * @open: (nullable): the file that is open on the desk
 */
void
imp_register_page_set_source (ImpRegisterPage *self, ImpSource *open)
{
  imp_parked_list_set_source (self->parked, open);
}

/**
 * imp_register_page_has_form:
 * @self: the page
 *
 * Returns: whether a form about a person is open, in which something may stand that is not saved
 */
gboolean
imp_register_page_has_form (ImpRegisterPage *self)
{
  return imp_person_view_has_form (self->view);
}

/**
 * imp_register_page_choose_entry:
 * @self: the page
 * @number: which of the sidebar's entries, from 1: the keys Ctrl+1, Ctrl+2, … pressed elsewhere in
 *   the window
 */
void
imp_register_page_choose_entry (ImpRegisterPage *self, guint number)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "register.entry", "u", number);
}

/**
 * imp_register_page_show_person:
 * @self: the page
 * @person_id: whom to show
 */
void
imp_register_page_show_person (ImpRegisterPage *self, const char *person_id)
{
  open_next (self, person_id, FALSE, FALSE);
  imp_register_list_select (self->list, person_id);
}
