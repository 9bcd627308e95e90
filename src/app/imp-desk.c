#include "imp-desk.h"

struct _ImpDesk
{
  GtkWidget parent_instance;

  GtkStack *stack;
  ImpPicture *picture; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpDesk, imp_desk, GTK_TYPE_WIDGET)

static void
imp_desk_dispose (GObject *object)
{
  ImpDesk *self = IMP_DESK (object);

  g_clear_object (&self->picture);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->stack)));
  G_OBJECT_CLASS (imp_desk_parent_class)->dispose (object);
}

static void
imp_desk_class_init (ImpDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_desk_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-desk.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, stack);
}

static void
imp_desk_init (ImpDesk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * imp_desk_new:
 *
 * Returns: (transfer full): an empty desk
 */
GtkWidget *
imp_desk_new (void)
{
  return g_object_new (IMP_TYPE_DESK, NULL);
}

/**
 * imp_desk_get_picture:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what lies on it
 */
ImpPicture *
imp_desk_get_picture (ImpDesk *self)
{
  return self->picture;
}
