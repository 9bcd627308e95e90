#include "imp-application.h"

#include <glib/gi18n.h>

#include "imp-config.h"
#include "imp-help-window.h"
#include "imp-main-window.h"
#include "imp-resources.h"

struct _ImpApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (ImpApplication, imp_application, ADW_TYPE_APPLICATION)

static ImpMainWindow *
imp_application_ensure_window (ImpApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (imp_main_window_new (self));
  return IMP_MAIN_WINDOW (window);
}

static void
imp_application_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = GTK_APPLICATION (user_data);

  adw_show_about_window (gtk_application_get_active_window (application), "application-name",
                         _ ("Imprimatur"), "application-icon", IMP_APP_ID, "version", IMP_VERSION,
                         "developer-name", _ ("The Imprimatur authors"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("The desk where a clinical image gets permission to leave. Not for "
                            "diagnostic use."),
                         NULL);
}

static void
imp_application_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  /* Through the window, which asks before boxes and answers are lost. */
  if (window != NULL)
    gtk_window_close (window);
}

static void
imp_application_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  imp_help_window_show (window, IMP_IS_MAIN_WINDOW (window)
                                    ? imp_main_window_get_gate (IMP_MAIN_WINDOW (window))
                                    : NULL);
}

static const GActionEntry ACTIONS[] = {
  { .name = "about", .activate = imp_application_about },
  { .name = "help", .activate = imp_application_help },
  { .name = "quit", .activate = imp_application_quit },
};

static const struct
{
  const char *action;
  const char *keys[3];
} KEYS[] = {
  { "app.quit", { "<Control>q" } },
  { "app.help", { "F1" } },
  { "win.open", { "<Control>o" } },
  { "win.close", { "<Control>w" } },
  { "win.export", { "<Control>e" } },
  { "win.show-help-overlay", { "<Control>question", "<Control>slash" } },
  { "win.side-pane", { "F9" } },
  { "win.show-place('desk')", { "<Alt>1" } },
  { "win.show-place('register')", { "<Alt>2" } },
};

static void
imp_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (imp_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), ACTIONS, G_N_ELEMENTS (ACTIONS),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), KEYS[i].action,
                                           (const char *const *)KEYS[i].keys);
  gtk_window_set_default_icon_name (IMP_APP_ID);
}

static void
imp_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (imp_application_ensure_window (IMP_APPLICATION (application))));
}

static void
imp_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ImpMainWindow *window = imp_application_ensure_window (IMP_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  imp_main_window_open (window, files[0]);
}

static void
imp_application_class_init (ImpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = imp_application_startup;
  application_class->activate = imp_application_activate;
  application_class->open = imp_application_open;

  g_resources_register (imp_get_resource ());
}

static void
imp_application_init (ImpApplication *self)
{
}

/**
 * imp_application_new:
 *
 * Not unique on the session bus: a second start is a second desk with its own picture, file names
 * do not travel over the bus, and no other program can reach this one's actions there.
 *
 * Returns: (transfer full): the application
 */
ImpApplication *
imp_application_new (void)
{
  return g_object_new (IMP_TYPE_APPLICATION, "application-id", IMP_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE, "resource-base-path",
                       "/io/github/imprimatur/Imprimatur", NULL);
}
