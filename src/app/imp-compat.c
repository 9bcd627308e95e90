#include "imp-compat.h"

/* Narrower than any dialog of libadwaita is inside its margins. */
#define HEADING_WIDTH 240

/* A heading is there twice: large, for where it fits into one line, and small. */
static void
let_headings_wrap (GtkWidget *widget, const char *heading)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), heading) == 0)
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (widget, HEADING_WIDTH, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_headings_wrap (child, heading);
}

/**
 * imp_compat_message_dialog_new:
 * @parent: (nullable): the window that asks
 * @heading: what is asked
 * @body: (nullable): what there is to know before answering
 *
 * As adw_message_dialog_new(). libadwaita measures a large heading that cannot wrap for the width
 * of the small one that can, to see whether it fits; GTK 4.18 warns of that. Where both can wrap,
 * and are equally wide at least, nothing is measured for less than it needs; which of the two is
 * drawn is decided by the width of one line, as before.
 *
 * Returns: (transfer floating): the dialog
 */
GtkWidget *
imp_compat_message_dialog_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  let_headings_wrap (dialog, heading);
  return dialog;
}

/**
 * imp_compat_get_status_role:
 *
 * GTK 4.18 tells nobody the name of a status; of a group it does.
 *
 * Returns: the role for what says how things stand, by its name
 */
GtkAccessibleRole
imp_compat_get_status_role (void)
{
  return gtk_get_minor_version () < 10 ? GTK_ACCESSIBLE_ROLE_STATUS : GTK_ACCESSIBLE_ROLE_GROUP;
}

/**
 * imp_compat_announce:
 * @accessible: what it is about, on screen
 * @sentence: what has just happened
 *
 * Lets a screen reader say it at once. GTK 4.8 has no way to; there the description of @accessible
 * must say it.
 */
void
imp_compat_announce (GtkAccessible *accessible, const char *sentence)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (accessible, sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

/**
 * imp_compat_set_name:
 * @accessible: something that takes the keyboard's focus
 * @name: what a screen reader calls it
 *
 * Names it. GTK 4.18 lets the label inside a button name the button, before any name of its own;
 * GTK 4.8 has no such relation.
 */
void
imp_compat_set_name (GtkAccessible *accessible, const char *name)
{
  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
take_name_from_tooltip (GtkWidget *button)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  if (tooltip != NULL)
    imp_compat_set_name (GTK_ACCESSIBLE (button), tooltip);
}

/**
 * imp_compat_name_buttons:
 * @row: an AdwPasswordEntryRow
 *
 * Names the button that shows and hides what is typed as its tooltip does: newer versions of GTK
 * and libadwaita leave a button with an icon without a name of its own.
 */
void
imp_compat_name_buttons (GtkWidget *row)
{
  if (GTK_IS_BUTTON (row))
    {
      take_name_from_tooltip (row);
      g_signal_connect (row, "notify::tooltip-text", G_CALLBACK (take_name_from_tooltip), NULL);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    imp_compat_name_buttons (child);
}
