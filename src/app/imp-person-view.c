#include "imp-person-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-trace.h"
#include "imp-aftermath.h"
#include "imp-copies-list.h"
#include "imp-error.h"
#include "imp-form-guard.h"
#include "imp-notice.h"
#include "imp-paper-list.h"
#include "imp-permission-form.h"
#include "imp-permission-list.h"
#include "imp-permission-page.h"
#include "imp-permission-row.h"
#include "imp-person-card.h"
#include "imp-person-detail-form.h"
#include "imp-person-details.h"
#include "imp-person-form.h"
#include "imp-register-work.h"
#include "imp-step-form.h"
#include "imp-widgets.h"
#include "imp-withdraw-dialog.h"

struct _ImpPersonView
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkStack *stack;
  GtkWidget *empty;
  GtkWidget *busy;
  GtkWidget *dossier_page;
  GtkWidget *person_form_page;
  GtkWidget *permission_form_page;
  GtkWidget *card;
  ImpNotice *objection;
  ImpNotice *failure;
  ImpNotice *aftermath;
  GtkWidget *step_form_page;
  GtkWidget *permission_page_page;
  GtkWidget *detail_form_page;
  ImpPersonDetails *details;
  ImpPermissionList *permissions;
  GtkWidget *none;
  GtkWidget *record_button;
  GtkWidget *edit_button;
  GtkWidget *objection_button;
  ImpCopiesList *copies;
  ImpPaperList *paper_list;
  ImpPersonForm *person_form;
  ImpPermissionForm *permission_form;
  ImpStepForm *step_form;
  ImpPermissionPage *permission_page;
  ImpPersonDetailForm *detail_form;

  /* Owned references */
  ImpGate *gate;
  ImpDossier *dossier;
  char *person_id;
  GCancellable *loading;

  gboolean leaves_form; /* the keyboard was in it, and goes to the person who comes next */
  gboolean stale;       /* evidence was added since the dossier was read */
  gboolean withdrawing; /* as soon as the person is read, the dialog opens */
  char *follows; /* nullable: as soon as the person is read, what replaces this is recorded */
};

G_DEFINE_FINAL_TYPE (ImpPersonView, imp_person_view, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  SHOW_COPIES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ImpRegister *
get_register (ImpPersonView *self)
{
  return self->gate == NULL ? NULL : imp_gate_get_register (self->gate);
}

static gboolean
is_writable (ImpPersonView *self)
{
  return self->gate != NULL && imp_register_get_read_only_reason (get_register (self)) == NULL;
}

/* The button that saves has lost it by then, to nothing. */
static gboolean
has_keyboard (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, page));
}

/* Hidden pages leave the tree that screen readers see. */
static void
show_page (ImpPersonView *self, GtkWidget *page)
{
  GtkWidget *pages[] = { self->empty,
                         self->busy,
                         self->dossier_page,
                         self->person_form_page,
                         self->permission_form_page,
                         self->step_form_page,
                         self->permission_page_page,
                         self->detail_form_page };
  GtkWidget *before = gtk_stack_get_visible_child (self->stack);

  if (before != self->busy)
    self->leaves_form = before != self->empty && before != page && has_keyboard (before);
  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  imp_form_guard_watch (page);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i] != page)
      gtk_widget_set_visible (pages[i], FALSE);
  /* The keyboard stays with the person, and on nothing that a second press would undo. */
  if (self->leaves_form && page == self->dossier_page && !gtk_widget_grab_focus (self->edit_button))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void load (ImpPersonView *self);
static void record_what_follows (ImpPersonView *self, const char *replaces);

typedef struct
{
  ImpPersonView *view;
  char *person_id;
  ImpWithdrawn withdrawn; /* its ids are owned, the rest is not read */
} Aftermath;

static void
on_copies_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Aftermath *aftermath = user_data;
  ImpPersonView *self = aftermath->view;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = imp_gate_list_copies_finish (IMP_GATE (source), result, &error);

  if (g_strcmp0 (self->person_id, aftermath->person_id) == 0)
    {
      if (copies != NULL)
        imp_aftermath_show (self->aftermath, &aftermath->withdrawn, copies);
      else
        imp_notice_show_error (self->failure, error);
    }
  g_strfreev (aftermath->withdrawn.ids);
  g_free (aftermath->person_id);
  g_object_unref (self);
  g_free (aftermath);
}

static void
look_what_is_out (ImpPersonView *self, const ImpWithdrawn *withdrawn)
{
  const ImpCopyFilter filter = { .person_id = self->person_id, .out_only = TRUE };
  Aftermath *aftermath = g_new0 (Aftermath, 1);

  aftermath->view = g_object_ref (self);
  aftermath->person_id = g_strdup (self->person_id);
  aftermath->withdrawn.is_objection = withdrawn->is_objection;
  aftermath->withdrawn.ids = g_strdupv (withdrawn->ids);
  imp_gate_list_copies_async (self->gate, &filter, NULL, on_copies_listed, aftermath);
}

static void
on_withdrawn (GObject *object, const ImpWithdrawn *withdrawn)
{
  ImpPersonView *self = IMP_PERSON_VIEW (object);

  if (self->gate == NULL)
    return;
  if (!withdrawn->is_objection || withdrawn->objects)
    look_what_is_out (self, withdrawn);
  if (withdrawn->partly)
    {
      g_free (self->follows);
      self->follows = g_strdup (withdrawn->ids[0]);
    }
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_aftermath_activated (ImpNotice *notice, ImpPersonView *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->copies), GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[SHOW_COPIES], 0, self->person_id);
}

static void
forget_notices (ImpPersonView *self)
{
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  imp_notice_set (self->aftermath, IMP_NOTICE_SUCCESS, NULL);
}

/* From the search result: straight to the question, where there is anything to withdraw. */
static void
withdraw_any (ImpPersonView *self)
{
  g_autoptr (GPtrArray) granted = g_ptr_array_new ();

  self->withdrawing = FALSE;
  for (guint i = 0; i < self->dossier->permissions->len; i++)
    if (imp_permission_row_is_granted (g_ptr_array_index (self->dossier->permissions, i)))
      g_ptr_array_add (granted, g_ptr_array_index (self->dossier->permissions, i));
  if (granted->len > 0)
    imp_withdraw_dialog_open (GTK_WIDGET (self), self->gate, self->dossier->person, granted,
                              on_withdrawn);
  else
    {
      imp_notice_set (self->aftermath, IMP_NOTICE_INFORMATION,
                      _ ("Nothing that this person agreed to is in force, so there is nothing to "
                         "withdraw. To keep every picture in, record that they have said no."));
      imp_notice_set_button (self->aftermath, NULL);
    }
}

static void
show_dossier (ImpPersonView *self)
{
  const ImpPerson *person = self->dossier->person;
  GPtrArray *permissions = self->dossier->permissions;

  imp_widgets_clear (self->card);
  gtk_box_append (GTK_BOX (self->card), imp_person_card_new (person));
  imp_notice_set (self->objection, IMP_NOTICE_ERROR,
                  person->objects ? _ ("This person has said no. Nothing leaves, with or without "
                                       "a name.")
                                  : NULL);
  imp_permission_list_show (self->permissions, permissions, self->dossier->steps,
                            is_writable (self));
  gtk_widget_set_visible (GTK_WIDGET (self->permissions), permissions->len > 0);
  gtk_widget_set_visible (self->none, permissions->len == 0);
  gtk_button_set_label (GTK_BUTTON (self->objection_button),
                        person->objects ? _ ("Lift the no…") : _ ("Has said no…"));
  gtk_widget_set_sensitive (self->record_button, is_writable (self));
  gtk_widget_set_sensitive (self->edit_button, is_writable (self));
  gtk_widget_set_sensitive (self->objection_button, is_writable (self));
  imp_person_details_show (self->details, self->gate, self->dossier, is_writable (self));
  imp_copies_list_show (self->copies, self->gate, person->id);
  imp_paper_list_show (self->paper_list, self->gate, person->id);
  show_page (self, self->dossier_page);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPersonView) self = IMP_PERSON_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  ImpDossier *dossier = imp_register_work_load_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->loading)
    {
      imp_dossier_free (dossier);
      return;
    }
  g_clear_object (&self->loading);
  g_clear_pointer (&self->dossier, imp_dossier_free);
  self->dossier = dossier;
  imp_notice_show_error (self->failure, error);
  if (dossier != NULL)
    show_dossier (self);
  else if (g_error_matches (error, IMP_ERROR, IMP_ERROR_NOT_FOUND))
    show_page (self, self->empty); /* erased meanwhile */
  else
    show_page (self, self->dossier_page);
  if (dossier == NULL || !is_writable (self))
    return;
  if (self->withdrawing)
    withdraw_any (self);
  else if (self->follows != NULL)
    {
      g_autofree char *follows = g_steal_pointer (&self->follows);

      record_what_follows (self, follows);
    }
}

static void
load (ImpPersonView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->gate == NULL || self->person_id == NULL)
    {
      show_page (self, self->empty);
      return;
    }
  self->loading = g_cancellable_new ();
  self->stale = FALSE;
  if (self->dossier == NULL)
    show_page (self, self->busy);
  imp_register_work_load_async (get_register (self), self->person_id, self->loading, on_loaded,
                                g_object_ref (self));
}

/* What another permission can take the place of: whatever is on record, and was not replaced. */
static GPtrArray *
list_replaceable (ImpPersonView *self)
{
  GPtrArray *all = self->dossier->permissions;
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (all, i);
      gboolean replaced = permission->state == IMP_PERMISSION_ENTERED_IN_ERROR;

      for (guint j = 0; j < all->len && !replaced; j++)
        replaced =
            g_strcmp0 (((const ImpPermission *)all->pdata[j])->replaces, permission->id) == 0;
      if (!replaced)
        g_ptr_array_add (list, (gpointer)permission);
    }
  return list;
}

static void
record_what_follows (ImpPersonView *self, const char *replaces)
{
  g_autoptr (GPtrArray) replaceable = list_replaceable (self);

  show_page (self, self->permission_form_page);
  imp_permission_form_follow (self->permission_form, self->gate, self->dossier->person, replaceable,
                              replaces);
}

static const ImpPermission *
find_permission (ImpPersonView *self, const char *id)
{
  for (guint i = 0; self->dossier != NULL && i < self->dossier->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (self->dossier->permissions, i);

      if (g_str_equal (permission->id, id))
        return permission;
    }
  return NULL;
}

static void
withdraw_one (ImpPersonView *self, const ImpPermission *permission)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, (gpointer)permission);
  imp_withdraw_dialog_open (GTK_WIDGET (self), self->gate, self->dossier->person, one,
                            on_withdrawn);
}

/* What was chosen on a permission's row. */
static void
on_act (ImpPermissionList *list, const char *id, const char *act, ImpPersonView *self)
{
  const ImpPermission *permission = find_permission (self, id);
  ImpPermissionState after = IMP_PERMISSION_DRAFT;

  if (permission == NULL || self->gate == NULL)
    return;
  forget_notices (self);
  if (g_str_equal (act, IMP_PERMISSION_ACT_DETAILS))
    {
      show_page (self, self->permission_page_page);
      imp_permission_page_show (self->permission_page, self->gate, id);
      return;
    }
  if (!is_writable (self))
    return;
  if (g_str_equal (act, IMP_PERMISSION_ACT_GO_ON))
    {
      show_page (self, self->permission_form_page);
      imp_permission_form_go_on (self->permission_form, self->gate, self->dossier->person,
                                 permission);
    }
  else if (imp_permission_state_from_text (act, &after) && after == IMP_PERMISSION_WITHDRAWN)
    withdraw_one (self, permission);
  else if (after == IMP_PERMISSION_SUPERSEDED)
    record_what_follows (self, id);
  else
    {
      show_page (self, self->step_form_page);
      imp_step_form_start (self->step_form, self->gate, permission, act);
    }
}

static void
on_add_detail (ImpPersonDetails *details, const char *what, ImpPersonView *self)
{
  if (self->dossier == NULL || !is_writable (self))
    return;
  forget_notices (self);
  show_page (self, self->detail_form_page);
  imp_person_detail_form_start (self->detail_form, self->gate, self->dossier->person,
                                self->dossier->schemes, what);
}

static void
act_record (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier == NULL || !is_writable (self))
    return;
  forget_notices (self);
  record_what_follows (self, NULL);
}

static void
act_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier == NULL || !is_writable (self))
    return;
  show_page (self, self->person_form_page);
  imp_person_form_edit (self->person_form, get_register (self), self->dossier->person);
}

static void
act_objection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier == NULL || !is_writable (self))
    return;
  forget_notices (self);
  imp_withdraw_dialog_open_objection (widget, self->gate, self->dossier->person, on_withdrawn);
}

static void
on_person_saved (ImpPersonForm *form, ImpPerson *person, ImpPersonView *self)
{
  imp_person_view_show (self, person->id);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_recorded (GtkWidget *form, ImpPersonView *self)
{
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The page with the evidence stays open: what is behind it is read again when it closes. */
static void
on_evidence_changed (ImpPermissionPage *page, ImpPersonView *self)
{
  self->stale = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was said of pictures that are still out there may be so no longer. */
static void
on_copies_changed (ImpCopiesList *copies, ImpPersonView *self)
{
  forget_notices (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_cancelled (GtkWidget *form, ImpPersonView *self)
{
  show_page (self, self->dossier != NULL ? self->dossier_page : self->empty);
  if (self->stale || self->dossier == NULL)
    load (self); /* of whom the register was locked over, nothing was kept but the form */
}

static void
imp_person_view_dispose (GObject *object)
{
  ImpPersonView *self = IMP_PERSON_VIEW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->dossier, imp_dossier_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->follows, g_free);
  G_OBJECT_CLASS (imp_person_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, box);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, stack);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, empty);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, busy);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, dossier_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, person_form_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permission_form_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, step_form_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permission_page_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, step_form);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permission_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, detail_form_page);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, details);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, detail_form);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, card);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, objection);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, failure);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, aftermath);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permissions);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, none);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, record_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, objection_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, copies);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, paper_list);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, person_form);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permission_form);
  gtk_widget_class_bind_template_callback (widget_class, on_person_saved);
  gtk_widget_class_bind_template_callback (widget_class, on_recorded);
  gtk_widget_class_bind_template_callback (widget_class, on_copies_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_evidence_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_act);
  gtk_widget_class_bind_template_callback (widget_class, on_add_detail);
  gtk_widget_class_bind_template_callback (widget_class, on_cancelled);
  gtk_widget_class_bind_template_callback (widget_class, on_aftermath_activated);
}

static void
imp_person_view_class_init (ImpPersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_view_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOW_COPIES] = g_signal_new ("show-copies", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (IMP_TYPE_COPIES_LIST);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_PAPER_LIST);
  g_type_ensure (IMP_TYPE_PERSON_DETAIL_FORM);
  g_type_ensure (IMP_TYPE_PERSON_DETAILS);
  g_type_ensure (IMP_TYPE_PERSON_FORM);
  g_type_ensure (IMP_TYPE_PERMISSION_FORM);
  g_type_ensure (IMP_TYPE_PERMISSION_LIST);
  g_type_ensure (IMP_TYPE_PERMISSION_PAGE);
  g_type_ensure (IMP_TYPE_STEP_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-person-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "person.record", NULL, act_record);
  gtk_widget_class_install_action (widget_class, "person.edit", NULL, act_edit);
  gtk_widget_class_install_action (widget_class, "person.objection", NULL, act_objection);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_person_view_init (ImpPersonView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_page (self, self->empty);
}

/**
 * imp_person_view_new:
 *
 * Returns: (transfer floating): a view of nobody
 */
GtkWidget *
imp_person_view_new (void)
{
  return g_object_new (IMP_TYPE_PERSON_VIEW, NULL);
}

/* The forms go on with the gate that is there: one that was locked is never unlocked again. */
static void
rebind_forms (ImpPersonView *self)
{
  imp_person_form_set_source (self->person_form, get_register (self));
  imp_permission_form_set_gate (self->permission_form, self->gate);
  imp_step_form_set_gate (self->step_form, self->gate);
  imp_person_detail_form_set_gate (self->detail_form, self->gate);
  if (imp_permission_page_has_form (self->permission_page))
    imp_permission_page_set_gate (self->permission_page, self->gate);
}

/**
 * imp_person_view_set_gate:
 * @self: a view
 * @gate: (nullable): the gate; %NULL while the register is locked
 *
 * Forgets whom it showed. A form or dialog that is open stays, for who comes back to the same view:
 * out of sight while the register is locked.
 */
void
imp_person_view_set_gate (ImpPersonView *self, ImpGate *gate)
{
  gboolean has_form = imp_person_view_has_form (self);
  gboolean asks =
      imp_withdraw_dialog_is_open (GTK_WIDGET (self)) || imp_copies_list_asks (self->copies);

  g_set_object (&self->gate, gate);
  imp_copies_list_show (self->copies, gate, NULL);
  imp_paper_list_show (self->paper_list, gate, NULL);
  rebind_forms (self);
  imp_withdraw_dialog_set_gate (GTK_WIDGET (self), gate);
  if (!has_form && !asks)
    {
      imp_person_view_show (self, NULL);
      return;
    }
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->dossier, imp_dossier_free);
  self->withdrawing = FALSE;
  g_clear_pointer (&self->follows, g_free);
  forget_notices (self);
  imp_widgets_clear (self->card);
  if (!has_form)
    load (self);
}

/**
 * imp_person_view_drop:
 * @self: a view that goes
 *
 * Somebody else is at the desk: a dialog that it opened goes with it.
 */
void
imp_person_view_drop (ImpPersonView *self)
{
  imp_withdraw_dialog_drop (GTK_WIDGET (self));
}

/**
 * imp_person_view_show:
 * @self: a view
 * @person_id: (nullable): whom to show; %NULL for nobody
 */
void
imp_person_view_show (ImpPersonView *self, const char *person_id)
{
  g_autofree char *id = g_strdup (person_id);

  /* The list of people chooses again who is shown already: what was just said stays. */
  if (g_strcmp0 (id, self->person_id) != 0)
    {
      g_clear_pointer (&self->dossier, imp_dossier_free);
      imp_permission_page_show (self->permission_page, self->gate, NULL);
      self->withdrawing = FALSE;
      g_clear_pointer (&self->follows, g_free);
      forget_notices (self);
    }
  g_free (self->person_id);
  self->person_id = g_steal_pointer (&id);
  load (self);
}

/**
 * imp_person_view_withdraw:
 * @self: a view
 * @person_id: who withdraws
 *
 * Shows the person, and asks straight away what is withdrawn: the way from a search result
 * (policy.md 2.3).
 */
void
imp_person_view_withdraw (ImpPersonView *self, const char *person_id)
{
  imp_person_view_show (self, person_id);
  forget_notices (self);
  self->withdrawing = TRUE;
}

/**
 * imp_person_view_leave:
 * @self: a view
 *
 * Shows nobody any more, unless a form is open.
 */
void
imp_person_view_leave (ImpPersonView *self)
{
  if (!imp_person_view_has_form (self))
    imp_person_view_show (self, NULL);
}

/**
 * imp_person_view_refresh:
 * @self: a view
 *
 * Reads again whom it shows, as the wizard records consent too. An open form stays as it is.
 */
void
imp_person_view_refresh (ImpPersonView *self)
{
  if (gtk_stack_get_visible_child (self->stack) == self->dossier_page)
    load (self);
  else
    self->stale = TRUE;
}

/**
 * imp_person_view_add:
 * @self: a view
 * @number: (nullable): a hospital number that is known already
 *
 * Shows an empty form for a new person.
 */
void
imp_person_view_add (ImpPersonView *self, const char *number)
{
  if (!is_writable (self))
    return;
  show_page (self, self->person_form_page);
  imp_person_form_start (self->person_form, get_register (self), number);
}

/**
 * imp_person_view_get_person_id:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): who is shown
 */
const char *
imp_person_view_get_person_id (ImpPersonView *self)
{
  return self->person_id;
}

/**
 * imp_person_view_has_form:
 * @self: a view
 *
 * Returns: whether a form is open, in which something may stand that is not saved
 */
gboolean
imp_person_view_has_form (ImpPersonView *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (self->stack);

  return shown == self->person_form_page || shown == self->permission_form_page
         || shown == self->step_form_page || shown == self->detail_form_page
         || (shown == self->permission_page_page
             && imp_permission_page_has_form (self->permission_page));
}

/**
 * imp_person_view_has_words:
 * @self: a view
 *
 * Returns: whether a form is open in which something was typed or chosen
 */
gboolean
imp_person_view_has_words (ImpPersonView *self)
{
  return imp_person_view_has_form (self)
         && imp_form_guard_is_touched (gtk_stack_get_visible_child (self->stack));
}
