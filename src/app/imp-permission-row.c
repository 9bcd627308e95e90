#include "imp-permission-row.h"

#include <glib/gi18n.h>

#include "imp-clock.h"
#include "imp-record-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

/**
 * imp_permission_row_state:
 * @permission: a permission
 *
 * Returns: its state today, which dates may have changed since it was written (policy.md 2.3)
 */
ImpPermissionState
imp_permission_row_state (const ImpPermission *permission)
{
  g_autofree char *today = imp_clock_today ();

  return imp_permission_state_on (permission, today);
}

/**
 * imp_permission_row_is_granted:
 * @permission: a permission
 *
 * Returns: whether it is in a granted state, which withdrawing ends (policy.md 2.3)
 */
gboolean
imp_permission_row_is_granted (const ImpPermission *permission)
{
  switch (permission->state)
    {
    case IMP_PERMISSION_ACTIVE:
    case IMP_PERMISSION_REVIEW_DUE:
    case IMP_PERMISSION_SUSPENDED:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * imp_permission_row_title:
 * @permission: a permission
 *
 * Returns: (transfer full): "One named publication: Case Reports"
 */
char *
imp_permission_row_title (const ImpPermission *permission)
{
  const char *level = imp_words_level (permission->level);

  if (permission->scope == NULL)
    return g_strdup (level);
  return g_strdup_printf ("%s: %s", level, permission->scope);
}

static void
append (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
append_date (GString *text, const char *format, const char *date)
{
  g_autofree char *day = imp_words_date (date);
  g_auto (GStrv) parts = NULL;

  if (day == NULL)
    return;
  parts = g_strsplit (format, "%s", 2);
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append_printf (text, "%s%s%s", parts[0], day, parts[1] == NULL ? "" : parts[1]);
}

static char *
describe (const ImpPermission *permission, ImpPermissionState state)
{
  GString *text = g_string_new (imp_words_state (state));

  if (state == IMP_PERMISSION_WITHDRAWN)
    append_date (text, _ ("on %s"), permission->withdrawn);
  else if (state == IMP_PERMISSION_REFUSED || state == IMP_PERMISSION_OFFERED
           || state == IMP_PERMISSION_DRAFT)
    append_date (text, _ ("on %s"), permission->given);
  else
    {
      append_date (text, _ ("since %s"), permission->given);
      append_date (text, _ ("until %s"), permission->expires);
      if (permission->expires == NULL)
        append (text, _ ("no end date"));
      append (text, permission->evidence == NULL ? _ ("no evidence: covers nothing")
                                                 : imp_words_evidence (permission->evidence));
      if (permission->identifiable)
        append (text, _ ("may be recognisable"));
    }
  if (permission->destination != NULL)
    append (text, imp_record_words_place (permission->destination));
  if (permission->withdrawn_by != NULL)
    append (text, permission->withdrawn_by);
  if (permission->withdrawn_channel != NULL)
    append (text, imp_record_words_channel (permission->withdrawn_channel));
  if (permission->withdrawn_partly)
    append (text, _ ("in part"));
  return g_string_free (text, FALSE);
}

/**
 * imp_permission_row_summary:
 * @permission: a permission
 *
 * Returns: (transfer full): how it stands today: "Agreed · since 5 Jan 2026 · …"
 */
char *
imp_permission_row_summary (const ImpPermission *permission)
{
  return describe (permission, imp_permission_row_state (permission));
}

/**
 * imp_permission_row_describe:
 * @permission: a permission
 *
 * Returns: (transfer full): all that tells it from others: "Teaching inside the organisation
 *   (Agreed · since 5 Jan 2026 · …)"
 */
char *
imp_permission_row_describe (const ImpPermission *permission)
{
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *more = imp_permission_row_summary (permission);

  return g_strdup_printf ("%s (%s)", title, more);
}

/* The look of a state: words say it, icon and colour repeat it. */
static const char *
look_of (ImpPermissionState state, const char **icon)
{
  switch (state)
    {
    case IMP_PERMISSION_ACTIVE:
      *icon = "emblem-ok-symbolic";
      return "granted";
    case IMP_PERMISSION_REVIEW_DUE:
    case IMP_PERMISSION_SUSPENDED:
    case IMP_PERMISSION_OFFERED:
    case IMP_PERMISSION_DRAFT:
      *icon = "dialog-warning-symbolic";
      return "waiting";
    case IMP_PERMISSION_REFUSED:
    case IMP_PERMISSION_WITHDRAWN:
      *icon = "action-unavailable-symbolic";
      return "denied";
    default:
      *icon = "document-open-recent-symbolic";
      return "ended";
    }
}

/**
 * imp_permission_row_new:
 * @permission: a permission
 *
 * Returns: (transfer floating): an AdwActionRow that shows it as it stands today
 */
GtkWidget *
imp_permission_row_new (const ImpPermission *permission)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *image = NULL;
  ImpPermissionState state = imp_permission_row_state (permission);
  const char *icon = NULL;
  const char *look = look_of (state, &icon);
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *subtitle = describe (permission, state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "permission");
  image = gtk_image_new_from_icon_name (icon);
  gtk_widget_add_css_class (image, look);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  imp_words_state (state), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_widget_add_css_class (bar, "state-bar");
  gtk_widget_add_css_class (bar, look);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), bar);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}
