#include "imp-recent.h"

/* GTK's chooser adds an accepted file to the list after it has looked up its type, some time
 * after it closed; the list is written a quarter of a second later. Looking every 20 ms for 3 s
 * removes the file before it is written; the settings key that would switch the list off is no
 * way out, as it empties the user's whole list. */
#define LOOK_INTERVAL_MS 20
#define LOOKS 150

typedef struct
{
  char *uri;
  guint looks_left;
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *forgetting = data;

  g_free (forgetting->uri);
  g_free (forgetting);
}

/* A user who never opened a file has no list yet, and GTK would complain of a question about it. */
static gboolean
has_list (GtkRecentManager *manager)
{
  GList *items = NULL;
  gboolean has_items = FALSE;
  int size = 0;

  g_object_get (manager, "size", &size, NULL);
  if (size > 0)
    return TRUE;
  items = gtk_recent_manager_get_items (manager);
  has_items = items != NULL;
  g_list_free_full (items, (GDestroyNotify)gtk_recent_info_unref);
  return has_items;
}

static gboolean
on_look (gpointer user_data)
{
  Forgetting *forgetting = user_data;
  GtkRecentManager *manager = gtk_recent_manager_get_default ();

  if (has_list (manager) && gtk_recent_manager_has_item (manager, forgetting->uri))
    gtk_recent_manager_remove_item (manager, forgetting->uri, NULL);
  return --forgetting->looks_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * imp_recent_forget:
 * @file: a file that was chosen in a dialog
 *
 * Takes @file, and nothing else, out of the user's list of recent files.
 */
void
imp_recent_forget (GFile *file)
{
  Forgetting *forgetting = g_new0 (Forgetting, 1);

  forgetting->uri = g_file_get_uri (file);
  forgetting->looks_left = LOOKS;
  on_look (forgetting);
  g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_INTERVAL_MS, on_look, forgetting, forgetting_free);
}
