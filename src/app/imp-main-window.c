#include "imp-main-window.h"

#include <glib/gi18n.h>

#include "imp-desk.h"

struct _ImpMainWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwViewStack *places;
  ImpDesk *desk;
};

G_DEFINE_FINAL_TYPE (ImpMainWindow, imp_main_window, ADW_TYPE_APPLICATION_WINDOW)

static void
imp_main_window_class_init (ImpMainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (IMP_TYPE_DESK);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, places);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, desk);
}

static void
imp_main_window_init (ImpMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * imp_main_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window, owned by GTK until it is closed
 */
GtkWidget *
imp_main_window_new (ImpApplication *application)
{
  return g_object_new (IMP_TYPE_MAIN_WINDOW, "application", application, NULL);
}
