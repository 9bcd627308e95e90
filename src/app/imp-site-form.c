#include "imp-site-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"

#define REFERENCE "local-policy-reference"

struct _ImpSiteForm
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *pack_group;
  GtkWidget *strict_button;
  GtkWidget *standard_button;
  GtkWidget *reference_row;
};

G_DEFINE_FINAL_TYPE (ImpSiteForm, imp_site_form, GTK_TYPE_WIDGET)

/* What the worker writes: copies. */
typedef struct
{
  char *pack_id; /* nullable: the pack in force stays */
  char *reference;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->pack_id);
  g_free (choice->reference);
  g_free (choice);
}

static void
imp_site_form_dispose (GObject *object)
{
  g_clear_pointer (&IMP_SITE_FORM (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_site_form_parent_class)->dispose (object);
}

static void
imp_site_form_class_init (ImpSiteFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_site_form_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-site-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpSiteForm, box);
  gtk_widget_class_bind_template_child (widget_class, ImpSiteForm, pack_group);
  gtk_widget_class_bind_template_child (widget_class, ImpSiteForm, strict_button);
  gtk_widget_class_bind_template_child (widget_class, ImpSiteForm, standard_button);
  gtk_widget_class_bind_template_child (widget_class, ImpSiteForm, reference_row);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_site_form_init (ImpSiteForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_set_name (self->reference_row, _ ("Local policy: title or number, and date"));
}

/**
 * imp_site_form_new:
 *
 * Returns: (transfer floating): a form with the strict pack chosen
 */
GtkWidget *
imp_site_form_new (void)
{
  return g_object_new (IMP_TYPE_SITE_FORM, NULL);
}

/* Which pack is chosen, or NULL: of a site's own none of the two is. */
static const char *
get_pack (ImpSiteForm *self)
{
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->strict_button)))
    return "uk-strict";
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->standard_button)) ? "uk-standard"
                                                                                : NULL;
}

/**
 * imp_site_form_show:
 * @self: a form
 * @pack_id: the pack in force, which may be one of the site's own
 * @reference: (nullable): the local policy's reference
 */
void
imp_site_form_show (ImpSiteForm *self, const char *pack_id, const char *reference)
{
  gboolean strict = g_str_equal (pack_id, "uk-strict");
  gboolean standard = g_str_equal (pack_id, "uk-standard");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->strict_button), strict);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->standard_button), standard);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->pack_group),
      strict || standard ? NULL
                         : _ ("A policy of this site's own decides now. Choosing one of these "
                              "two replaces it."));
  gtk_editable_set_text (GTK_EDITABLE (self->reference_row), reference == NULL ? "" : reference);
}

/**
 * imp_site_form_get_reference:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): the local policy's reference
 */
char *
imp_site_form_get_reference (ImpSiteForm *self)
{
  return imp_widgets_get_text (self->reference_row);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *reference = imp_register_get_setting (imp_gate_get_register (source), REFERENCE, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reference, g_free);
}

/**
 * imp_site_form_load_async:
 * @gate: the gate
 * @callback: called when the local policy's reference is read
 * @user_data: for @callback
 */
void
imp_site_form_load_async (ImpGate *gate, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, NULL, callback, user_data);

  g_task_set_source_tag (task, imp_site_form_load_async);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * imp_site_form_load_finish:
 * @result: the result
 * @error: (out) (optional): an error of imp_register_get_setting()
 *
 * Returns: (transfer full) (nullable): the local policy's reference
 */
char *
imp_site_form_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Choice *choice = data;
  GError *error = NULL;

  if ((choice->pack_id == NULL || imp_gate_set_pack (source, choice->pack_id, &error))
      && imp_register_set_setting (imp_gate_get_register (source), REFERENCE, choice->reference,
                                   &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * imp_site_form_save_async:
 * @self: a form
 * @gate: the gate that keeps the choices
 * @callback: called when they are written
 * @user_data: for @callback
 */
void
imp_site_form_save_async (ImpSiteForm *self, ImpGate *gate, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (gate, NULL, callback, user_data);
  Choice *choice = g_new0 (Choice, 1);
  const char *chosen = get_pack (self);

  /* What was not changed stays: a site's own pack may bear the name of one that ships. */
  if (g_strcmp0 (chosen, imp_gate_get_pack_id (gate)) != 0)
    choice->pack_id = g_strdup (chosen);
  choice->reference = imp_site_form_get_reference (self);
  g_task_set_source_tag (task, imp_site_form_save_async);
  g_task_set_task_data (task, choice, choice_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * imp_site_form_save_finish:
 * @result: the result
 * @error: (out) (optional): READ_ONLY, IO, USAGE
 *
 * Returns: whether the choices are written
 */
gboolean
imp_site_form_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
