#include "imp-paper-list.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-paper-dialog.h"
#include "imp-widgets.h"

struct _ImpPaperList
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *buttons;
  ImpNotice *notice;

  ImpGate *gate; /* owned, nullable */
  char *person_id;
};

G_DEFINE_FINAL_TYPE (ImpPaperList, imp_paper_list, GTK_TYPE_WIDGET)

static const struct
{
  const char *kind;
  const char *label;
} PAPERS[] = {
  { "consent-form", N_ ("Consent form…") },       { "patient-copy", N_ ("Patient’s copy…") },
  { "withdrawal-slip", N_ ("Withdrawal slip…") }, { "subject-access", N_ ("All that is held…") },
  { "fhir", N_ ("Permissions as FHIR…") },
};

static void
on_saved (const GError *error, gpointer user_data)
{
  ImpPaperList *self = IMP_PAPER_LIST (user_data);

  if (self->box == NULL)
    return;
  if (error != NULL)
    imp_notice_show_error (self->notice, error);
  else
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS,
                    _ ("Saved. The file can be read by you alone; keep it so."));
}

static void
act_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPaperList *self = IMP_PAPER_LIST (widget);
  g_autoptr (ImpPaper) paper = imp_paper_new (g_variant_get_string (parameter, NULL));

  if (self->gate == NULL || self->person_id == NULL)
    return;
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  paper->person_id = g_strdup (self->person_id);
  imp_paper_dialog_open (widget, self->gate, paper, on_saved, g_object_ref (self), g_object_unref);
}

static void
imp_paper_list_dispose (GObject *object)
{
  ImpPaperList *self = IMP_PAPER_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->person_id, g_free);
  G_OBJECT_CLASS (imp_paper_list_parent_class)->dispose (object);
}

static void
imp_paper_list_class_init (ImpPaperListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_paper_list_dispose;
  gtk_widget_class_install_action (widget_class, "paper.save", "s", act_save);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_paper_list_init (ImpPaperList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  self->buttons = imp_widgets_flow (3);
  for (gsize i = 0; i < G_N_ELEMENTS (PAPERS); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (PAPERS[i].label));

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", PAPERS[i].kind);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "paper.save");
      imp_widgets_flow_add (self->buttons, button);
    }
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->box), self->buttons);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_paper_list_new:
 *
 * Returns: (transfer floating): a list about nobody
 */
GtkWidget *
imp_paper_list_new (void)
{
  return g_object_new (IMP_TYPE_PAPER_LIST, NULL);
}

/**
 * imp_paper_list_show:
 * @self: a list
 * @gate: (nullable): the gate; %NULL while the register is locked
 * @person_id: (nullable): about whom
 */
void
imp_paper_list_show (ImpPaperList *self, ImpGate *gate, const char *person_id)
{
  g_autofree char *id = g_strdup (person_id);

  if (gate != self->gate || g_strcmp0 (id, self->person_id) != 0)
    imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
  g_set_object (&self->gate, gate);
  g_free (self->person_id);
  self->person_id = g_steal_pointer (&id);
}
