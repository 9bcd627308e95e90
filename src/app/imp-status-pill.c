#include "imp-status-pill.h"

#include <glib/gi18n.h>

#include "imp-compat.h"

/* Words up to this length are never cut, however narrow the window: all that there are, in English,
 * and some room for other languages. */
#define WHOLE_CHARS 26

struct _ImpStatusPill
{
  GtkWidget parent_instance;

  GtkImage *icon;  /* child */
  GtkLabel *label; /* child */
};

G_DEFINE_FINAL_TYPE (ImpStatusPill, imp_status_pill, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *css_class;
} LOOKS[] = {
  [IMP_STATUS_LOCKED] = { "changes-prevent-symbolic", "locked" },
  [IMP_STATUS_IN_PROGRESS] = { "document-edit-symbolic", "in-progress" },
  [IMP_STATUS_SEALED] = { "imp-seal-symbolic", "sealed" },
};

static void
imp_status_pill_dispose (GObject *object)
{
  ImpStatusPill *self = IMP_STATUS_PILL (object);

  if (self->icon != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->icon)));
  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->label)));
  G_OBJECT_CLASS (imp_status_pill_parent_class)->dispose (object);
}

static void
imp_status_pill_class_init (ImpStatusPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_status_pill_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "status-pill");
  gtk_widget_class_set_accessible_role (widget_class, imp_compat_get_status_role ());
}

static void
imp_status_pill_init (ImpStatusPill *self)
{
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  imp_status_pill_set (self, IMP_STATUS_LOCKED, _ ("Nothing open"), _ ("Nothing open"));
}

/**
 * imp_status_pill_new:
 *
 * Returns: (transfer full): a pill that says locked
 */
GtkWidget *
imp_status_pill_new (void)
{
  return g_object_new (IMP_TYPE_STATUS_PILL, NULL);
}

/**
 * imp_status_pill_set:
 * @self: a pill
 * @status: whether the picture may leave
 * @words: the same in a few words: "3 of 9 answered", "Sealed for teaching"
 * @text: the same in a sentence, with the reason: what is read out, and the tooltip
 */
void
imp_status_pill_set (ImpStatusPill *self, ImpStatus status, const char *words, const char *text)
{
  gboolean is_long = g_utf8_strlen (words, -1) > WHOLE_CHARS;

  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), LOOKS[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), LOOKS[status].css_class);
  gtk_image_set_from_icon_name (self->icon, LOOKS[status].icon);
  gtk_label_set_text (self->label, words);
  gtk_label_set_ellipsize (self->label, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->label, is_long ? WHOLE_CHARS : -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
