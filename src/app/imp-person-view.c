#include "imp-person-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-permission-form.h"
#include "imp-permission-row.h"
#include "imp-person-card.h"
#include "imp-person-form.h"
#include "imp-register-work.h"
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
  GtkWidget *permissions;
  GtkWidget *none;
  GtkWidget *record_button;
  GtkWidget *edit_button;
  GtkWidget *objection_button;
  ImpPersonForm *person_form;
  ImpPermissionForm *permission_form;

  /* Owned references */
  ImpRegister *source;
  ImpDossier *dossier;
  char *person_id;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (ImpPersonView, imp_person_view, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_writable (ImpPersonView *self)
{
  return self->source != NULL && imp_register_get_read_only_reason (self->source) == NULL;
}

/* Hidden pages leave the tree that screen readers see. */
static void
show_page (ImpPersonView *self, GtkWidget *page)
{
  GtkWidget *pages[] = { self->empty, self->busy, self->dossier_page, self->person_form_page,
                         self->permission_form_page };

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i] != page)
      gtk_widget_set_visible (pages[i], FALSE);
}

static void load (ImpPersonView *self);

static void
on_written (gboolean written, const GError *error, gpointer user_data)
{
  ImpPersonView *self = user_data;

  imp_notice_show_error (self->failure, error);
  if (!written)
    return;
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_withdraw_clicked (GtkButton *button, ImpPersonView *self)
{
  const ImpPermission *permission = g_object_get_data (G_OBJECT (button), "imp-permission");

  if (is_writable (self))
    imp_withdraw_dialog_open (GTK_WIDGET (self), self->source, permission, on_written,
                              G_OBJECT (self));
}

static void
add_withdraw_button (ImpPersonView *self, GtkWidget *row, const ImpPermission *permission)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Withdraw…"));
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *name = g_strdup_printf (_ ("Withdraw: %s"), title);

  imp_widgets_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, is_writable (self));
  g_object_set_data_full (G_OBJECT (button), "imp-permission", imp_permission_copy (permission),
                          (GDestroyNotify)imp_permission_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_withdraw_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
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
  imp_widgets_clear (self->permissions);
  for (guint i = 0; i < permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (permissions, i);
      GtkWidget *row = imp_permission_row_new (permission);

      if (imp_permission_row_is_granted (permission))
        add_withdraw_button (self, row, permission);
      gtk_list_box_append (GTK_LIST_BOX (self->permissions), row);
    }
  gtk_widget_set_visible (self->permissions, permissions->len > 0);
  gtk_widget_set_visible (self->none, permissions->len == 0);
  gtk_button_set_label (GTK_BUTTON (self->objection_button),
                        person->objects ? _ ("Lift the no…") : _ ("Has said no…"));
  gtk_widget_set_sensitive (self->record_button, is_writable (self));
  gtk_widget_set_sensitive (self->edit_button, is_writable (self));
  gtk_widget_set_sensitive (self->objection_button, is_writable (self));
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
  else
    show_page (self, self->dossier_page);
}

static void
load (ImpPersonView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->source == NULL || self->person_id == NULL)
    {
      show_page (self, self->empty);
      return;
    }
  self->loading = g_cancellable_new ();
  if (self->dossier == NULL)
    show_page (self, self->busy);
  imp_register_work_load_async (self->source, self->person_id, self->loading, on_loaded,
                                g_object_ref (self));
}

static void
act_record (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier == NULL || !is_writable (self))
    return;
  show_page (self, self->permission_form_page);
  imp_permission_form_start (self->permission_form, self->source, self->dossier->person, NULL,
                             NULL);
}

static void
act_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier == NULL || !is_writable (self))
    return;
  show_page (self, self->person_form_page);
  imp_person_form_edit (self->person_form, self->source, self->dossier->person);
}

static void
act_objection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPersonView *self = IMP_PERSON_VIEW (widget);

  if (self->dossier != NULL && is_writable (self))
    imp_withdraw_dialog_open_objection (widget, self->source, self->dossier->person, on_written,
                                        G_OBJECT (self));
}

static void
on_person_saved (ImpPersonForm *form, ImpPerson *person, ImpPersonView *self)
{
  imp_person_view_show (self, person->id);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_permission_saved (ImpPermissionForm *form, ImpPersonView *self)
{
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_cancelled (GtkWidget *form, ImpPersonView *self)
{
  show_page (self, self->dossier != NULL ? self->dossier_page : self->empty);
}

static void
imp_person_view_dispose (GObject *object)
{
  ImpPersonView *self = IMP_PERSON_VIEW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_pointer (&self->dossier, imp_dossier_free);
  g_clear_pointer (&self->person_id, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, card);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, objection);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, failure);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permissions);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, none);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, record_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, objection_button);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, person_form);
  gtk_widget_class_bind_template_child (widget_class, ImpPersonView, permission_form);
  gtk_widget_class_bind_template_callback (widget_class, on_person_saved);
  gtk_widget_class_bind_template_callback (widget_class, on_permission_saved);
  gtk_widget_class_bind_template_callback (widget_class, on_cancelled);
}

static void
imp_person_view_class_init (ImpPersonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_view_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_PERSON_FORM);
  g_type_ensure (IMP_TYPE_PERMISSION_FORM);
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

/**
 * imp_person_view_set_register:
 * @self: a view
 * @source: (nullable): the register; %NULL while it is locked
 */
void
imp_person_view_set_register (ImpPersonView *self, ImpRegister *source)
{
  g_set_object (&self->source, source);
  imp_person_view_show (self, NULL);
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

  if (g_strcmp0 (id, self->person_id) != 0)
    g_clear_pointer (&self->dossier, imp_dossier_free);
  g_free (self->person_id);
  self->person_id = g_steal_pointer (&id);
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  load (self);
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
  imp_person_form_start (self->person_form, self->source, number);
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
