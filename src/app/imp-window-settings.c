#include "imp-window-settings.h"

#include "imp-config.h"

/**
 * imp_window_settings_bind:
 * @window: the main window
 * @workbench: what has the side pane
 *
 * Puts the window as it stood the last time, and remembers how it stands from now on.
 */
void
imp_window_settings_bind (GtkWindow *window, GObject *workbench)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  /* A program that runs from its build folder has no installed settings. */
  if (g_settings_schema_source_get_default () != NULL)
    schema =
        g_settings_schema_source_lookup (g_settings_schema_source_get_default (), IMP_APP_ID, TRUE);
  if (schema == NULL)
    return;
  settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_bind (settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "side-pane-shown", workbench, "side-pane-shown",
                   G_SETTINGS_BIND_DEFAULT);
}
