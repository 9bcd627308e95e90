#include "imp-notice.h"

struct _ImpNotice
{
  GtkWidget parent_instance;

  /* Template-free children, owned as children */
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (ImpNotice, imp_notice, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What each kind looks like: its icon and its style class, in the order of ImpNoticeKind. */
static const struct
{
  const char *icon;
  const char *css_class;
} LOOKS[] = {
  { "dialog-information-symbolic", "information" },
  { "dialog-warning-symbolic", "warning" },
  { "dialog-error-symbolic", "error" },
  { "emblem-ok-symbolic", "success" },
};

static void
on_clicked (GtkButton *button, ImpNotice *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
imp_notice_dispose (GObject *object)
{
  ImpNotice *self = IMP_NOTICE (object);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->icon = self->label = self->button = NULL;
  G_OBJECT_CLASS (imp_notice_parent_class)->dispose (object);
}

static void
imp_notice_class_init (ImpNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_notice_dispose;
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notice");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_notice_init (ImpNotice *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              8);
  self->icon = gtk_image_new ();
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  /* As high as a line, which GTK may measure a pixel lower than it draws it. */
  gtk_widget_set_size_request (self->icon, -1, 20);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                  -1);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 30); /* a pane keeps its width */
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE); /* until it has a label */
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * imp_notice_new:
 * @kind: how it looks
 * @text: (nullable): what it says; hidden where %NULL
 *
 * Returns: (transfer floating): a notice
 */
GtkWidget *
imp_notice_new (ImpNoticeKind kind, const char *text)
{
  ImpNotice *self = g_object_new (IMP_TYPE_NOTICE, NULL);

  imp_notice_set (self, kind, text);
  return GTK_WIDGET (self);
}

/**
 * imp_notice_set:
 * @self: a notice
 * @kind: how it looks
 * @text: (nullable): what it says; %NULL hides it
 */
void
imp_notice_set (ImpNotice *self, ImpNoticeKind kind, const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), LOOKS[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), LOOKS[kind].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), LOOKS[kind].icon);
  gtk_label_set_label (GTK_LABEL (self->label), text == NULL ? "" : text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text == NULL ? "" : text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/**
 * imp_notice_get_text:
 * @self: a notice
 *
 * Returns: (transfer none): what it says; "" where it says nothing
 */
const char *
imp_notice_get_text (ImpNotice *self)
{
  return gtk_label_get_label (GTK_LABEL (self->label));
}

/**
 * imp_notice_set_button:
 * @self: a notice
 * @label: (nullable): what its button says; %NULL for none
 */
void
imp_notice_set_button (ImpNotice *self, const char *label)
{
  gtk_button_set_label (GTK_BUTTON (self->button), label == NULL ? "" : label);
  gtk_widget_set_visible (self->button, label != NULL);
}

/**
 * imp_notice_show_error:
 * @self: a notice
 * @error: (nullable): what went wrong; %NULL hides the notice
 */
void
imp_notice_show_error (ImpNotice *self, const GError *error)
{
  imp_notice_set (self, IMP_NOTICE_ERROR, error == NULL ? NULL : error->message);
}
