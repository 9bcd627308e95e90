#include "imp-keeping-parts.h"

#include "imp-widgets.h"

/**
 * imp_keeping_add_notice:
 * @page: a page
 *
 * Returns: (transfer none): a place at its end for what is said, hidden while nothing is
 */
ImpNotice *
imp_keeping_add_notice (AdwPreferencesPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *notice = imp_notice_new (IMP_NOTICE_INFORMATION, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), notice);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return IMP_NOTICE (notice);
}

/**
 * imp_keeping_say:
 * @notice: a page's notice
 * @kind: how it looks
 * @text: (nullable): what it says; %NULL hides it
 *
 * Says something at the top of a page, and brings that into view.
 */
void
imp_keeping_say (ImpNotice *notice, ImpNoticeKind kind, const char *text)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (notice), GTK_TYPE_SCROLLED_WINDOW);

  imp_notice_set (notice, kind, text);
  if (scroller != NULL && text != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                              0);
}

/**
 * imp_keeping_add_group:
 * @page: a page
 * @title: (nullable): what the group is about; %NULL where it goes on with the one before
 * @description: (nullable): what there is to know
 *
 * Returns: (transfer none): an AdwPreferencesGroup at the page's end
 */
GtkWidget *
imp_keeping_add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    {
      g_autofree char *heading = g_markup_escape_text (title, -1);

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), heading);
    }
  if (description != NULL)
    {
      g_autofree char *text = g_markup_escape_text (description, -1);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
    }
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return group;
}

/**
 * imp_keeping_new_row:
 * @title: what it is
 * @subtitle: (nullable): what there is to know
 *
 * Returns: (transfer floating): an AdwActionRow whose words are taken as they are, in full
 */
GtkWidget *
imp_keeping_new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/**
 * imp_keeping_add_button:
 * @row: an AdwActionRow
 * @label: what the button says
 * @action: what it does
 * @target: (nullable): the action's string
 *
 * Adds a button to the end of a row.
 */
void
imp_keeping_add_button (GtkWidget *row, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (target != NULL)
    {
      g_autofree char *name =
          g_strdup_printf ("%s: %s", gtk_button_get_label (GTK_BUTTON (button)),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

      imp_widgets_set_name (button, name);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/**
 * imp_keeping_add_act:
 * @group: a group
 * @title: what it is about
 * @subtitle: (nullable): what there is to know
 * @label: what the button says
 * @action: what it does
 *
 * Returns: (transfer none): the row
 */
GtkWidget *
imp_keeping_add_act (GtkWidget *group, const char *title, const char *subtitle, const char *label,
                     const char *action)
{
  GtkWidget *row = imp_keeping_new_row (title, subtitle);

  imp_keeping_add_button (row, label, action, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/**
 * imp_keeping_add_list:
 * @group: a group
 *
 * Returns: (transfer none): a list at its end for rows that come and go
 */
GtkWidget *
imp_keeping_add_list (GtkWidget *group)
{
  GtkWidget *rows = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows);
  return rows;
}
