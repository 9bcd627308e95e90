#include "imp-form-rows.h"

#include <glib/gi18n.h>

#include "imp-date-row.h"
#include "imp-widgets.h"

/* Where a row with a switch keeps it. */
#define SWITCH "imp-switch"

/**
 * imp_form_problem_set:
 * @problem: what keeps a form from being read
 * @where: (nullable): the row to put right
 * @text: what is missing or wrong, for the user; of the program
 *
 * Returns: %FALSE, for the function that reads the form
 */
gboolean
imp_form_problem_set (ImpFormProblem *problem, GtkWidget *where, const char *text)
{
  problem->where = where;
  problem->text = text;
  return FALSE;
}

/**
 * imp_form_rows_set_title:
 * @row: an entry or combo row
 * @title: what it asks for; its name too
 */
void
imp_form_rows_set_title (GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (!IMP_IS_DATE_ROW (row))
    imp_widgets_set_name (row, title);
}

/**
 * imp_form_rows_entry:
 * @title: what it asks for
 *
 * Returns: (transfer floating): a row to type into
 */
GtkWidget *
imp_form_rows_entry (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  imp_form_rows_set_title (row, title);
  return row;
}

/**
 * imp_form_rows_combo:
 * @title: what it asks for
 *
 * Returns: (transfer floating): a row to choose in; fill it
 */
GtkWidget *
imp_form_rows_combo (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

/**
 * imp_form_rows_date:
 * @title: what day it asks for
 *
 * Returns: (transfer floating): a row for a day
 */
GtkWidget *
imp_form_rows_date (const char *title)
{
  return g_object_new (IMP_TYPE_DATE_ROW, "title", title, NULL);
}

/**
 * imp_form_rows_switch:
 * @title: what is so, or not
 * @subtitle: (nullable): more on that
 *
 * Returns: (transfer floating): a row with a switch, off
 */
GtkWidget *
imp_form_rows_switch (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle == NULL ? "" : subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  imp_widgets_set_name (toggle, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_set_data (G_OBJECT (row), SWITCH, toggle);
  return row;
}

/**
 * imp_form_rows_get_switch:
 * @row: a row with a switch
 *
 * Returns: whether it is on
 */
gboolean
imp_form_rows_get_switch (GtkWidget *row)
{
  return gtk_switch_get_active (g_object_get_data (G_OBJECT (row), SWITCH));
}

/**
 * imp_form_rows_set_switch:
 * @row: a row with a switch
 * @active: whether it is on
 */
void
imp_form_rows_set_switch (GtkWidget *row, gboolean active)
{
  gtk_switch_set_active (g_object_get_data (G_OBJECT (row), SWITCH), active);
}

/**
 * imp_form_rows_set_text:
 * @row: an entry row
 * @text: (nullable): what stands in it
 *
 * What stood in it before cannot be brought back: it may have been about somebody else.
 */
void
imp_form_rows_set_text (GtkWidget *row, const char *text)
{
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text == NULL ? "" : text);
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), TRUE);
}

/**
 * imp_form_rows_take_text:
 * @row: an entry row
 *
 * Returns: (transfer full) (nullable): what was typed; %NULL for nothing, and where the row is not
 *   asked for
 */
char *
imp_form_rows_take_text (GtkWidget *row)
{
  return gtk_widget_get_visible (row) ? imp_widgets_get_text (row) : NULL;
}

/**
 * imp_form_rows_go_to:
 * @problem: what keeps the form from being read
 *
 * Marks the row and puts the focus there.
 */
void
imp_form_rows_go_to (const ImpFormProblem *problem)
{
  if (problem->where == NULL)
    return;
  imp_widgets_set_error (problem->where, TRUE);
  gtk_widget_child_focus (problem->where, GTK_DIR_TAB_FORWARD);
}

/**
 * imp_form_rows_buttons:
 * @cancel: the action that leaves the form
 * @save: the action that records what it says
 * @save_button: (out) (transfer none): the button for @save; give it its label
 *
 * Returns: (transfer floating): the last line of a form
 */
GtkWidget *
imp_form_rows_buttons (const char *cancel, const char *save, GtkWidget **save_button)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel_button = gtk_button_new_with_label (_ ("Cancel"));

  *save_button = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel_button), cancel);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (*save_button), save);
  gtk_widget_add_css_class (*save_button, "suggested-action");
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_box_append (GTK_BOX (line), cancel_button);
  gtk_box_append (GTK_BOX (line), *save_button);
  return line;
}
