#include "ui-unseen.h"

#include <adwaita.h>

/* GTK 4.8 gives assistive technology every page of a stack, and what a revealer has folded away,
 * as visible, unless the page itself is invisible or says that it is hidden. */
static gboolean
can_be_heard (GtkWidget *child)
{
  g_autofree char *not_hidden = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  return gtk_widget_get_visible (child) && not_hidden != NULL;
}

static gboolean
is_shown (GtkWidget *container, GtkWidget *child)
{
  g_autoptr (GtkWidget) shown = NULL;

  if (GTK_IS_REVEALER (container))
    return gtk_revealer_get_reveal_child (GTK_REVEALER (container));
  g_object_get (container, "visible-child", &shown, NULL);
  return child == shown;
}

static guint
count_in (GtkWidget *container)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (container); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!is_shown (container, child) && can_be_heard (child))
      {
        g_test_message ("Heard, not seen: %s in %s in %s", gtk_widget_get_name (child),
                        G_OBJECT_TYPE_NAME (container),
                        G_OBJECT_TYPE_NAME (gtk_widget_get_parent (container)));
        n++;
      }
  return n;
}

/* What GTK and libadwaita build for themselves is theirs. */
static gboolean
is_theirs (GtkWidget *widget)
{
  return GTK_IS_POPOVER (widget) || GTK_IS_FILE_CHOOSER (widget) || GTK_IS_SHORTCUTS_WINDOW (widget)
         || ADW_IS_PREFERENCES_ROW (widget) || ADW_IS_PREFERENCES_WINDOW (widget)
         || ADW_IS_VIEW_SWITCHER (widget);
}

/**
 * ui_count_unseen:
 * @root: a window, or part of one
 *
 * Returns: how many pages of all stacks, and folded parts of all revealers, are not on screen and
 *   are read out all the same
 */
guint
ui_count_unseen (GtkWidget *root)
{
  guint n = 0;

  if (is_theirs (root))
    return 0;
  if (GTK_IS_STACK (root) || ADW_IS_VIEW_STACK (root) || GTK_IS_REVEALER (root))
    n = count_in (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += ui_count_unseen (child);
  return n;
}
