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
