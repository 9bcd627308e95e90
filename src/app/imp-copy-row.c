#include "imp-copy-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"
#include "imp-words.h"

/**
 * imp_copy_row_title:
 * @copy: a picture that left
 *
 * Returns: (transfer full): "Teaching file · 3 Mar 2026"
 */
char *
imp_copy_row_title (const ImpCopy *copy)
{
  g_autofree char *day = imp_words_date (copy->released);

  return g_strdup_printf ("%s · %s", imp_words_destination (copy->destination), day);
}

static const char *
name_reason (const char *reason)
{
  static const char *const NAMES[][2] = {
    { "withdrawn", N_ ("the permission was withdrawn") },
    { "refused", N_ ("the person refused") },
    { "objection", N_ ("the person has said no") },
    { "entered-in-error", N_ ("the permission was recorded by mistake") },
    { "erasure", N_ ("the person was erased") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_equal (NAMES[i][0], reason))
      return _ (NAMES[i][1]);
  return _ ("somebody asked");
}

static const char *
name_state (ImpCopyState state)
{
  switch (state)
    {
    case IMP_COPY_ASKED:
      return _ ("Asked to take it down");
    case IMP_COPY_REMOVED:
      return _ ("Taken down");
    case IMP_COPY_CANNOT_BE_REMOVED:
      return _ ("Cannot be taken down");
    case IMP_COPY_LIVE:
    default:
      return _ ("Out there");
    }
}

static gboolean
has_place (const ImpCopy *copy)
{
  return (copy->name != NULL && *copy->name != '\0') || copy->urls[0] != NULL
         || copy->dois[0] != NULL;
}

/**
 * imp_copy_row_state:
 * @copy: a picture that left
 *
 * Returns: (transfer full): how it stands: "Out there · to be taken down: the permission was
 *   withdrawn · last asked 4 Mar 2026"
 */
char *
imp_copy_row_state (const ImpCopy *copy)
{
  GString *text = g_string_new (name_state (copy->state));
  g_autofree char *chased = imp_words_date (copy->chased);

  if (copy->task_reason != NULL)
    g_string_append_printf (text, _ (" · to be taken down: %s"), name_reason (copy->task_reason));
  if (chased != NULL)
    g_string_append_printf (text, _ (" · last asked %s"), chased);
  if (copy->n_chased > 1)
    g_string_append_printf (text, _ (", %u times in all"), copy->n_chased);
  if (!has_place (copy) && copy->state != IMP_COPY_REMOVED)
    g_string_append (text, _ (" · nobody has said where it went"));
  return g_string_free (text, FALSE);
}

static char *
list_places (const ImpCopy *copy)
{
  GString *text = g_string_new (copy->name == NULL ? "" : copy->name);

  for (guint i = 0; copy->urls[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", copy->urls[i]);
  for (guint i = 0; copy->dois[i] != NULL; i++)
    g_string_append_printf (text, "%sdoi:%s", text->len > 0 ? "\n" : "", copy->dois[i]);
  return g_string_free (text, FALSE);
}

static void
add_button (GtkWidget *buttons, const ImpCopy *copy, const char *label, const char *action,
            gboolean sensitive)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", copy->export_id);
  if (sensitive) /* an action that is there makes its button sensitive */
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_sensitive (button, sensitive);
  imp_widgets_flow_add (buttons, button);
}

static GtkWidget *
new_buttons (const ImpSeenCopy *seen, gboolean writable)
{
  const ImpCopy *copy = seen->copy;
  gboolean has_task = copy->task_reason != NULL;
  GtkWidget *buttons = imp_widgets_flow (4);

  add_button (buttons, copy, _ ("Where did it go?"), "copies.place", writable);
  add_button (buttons, copy, has_task ? _ ("Asked today…") : _ ("Ask for it back…"), "copies.chase",
              writable);
  if (has_task)
    {
      add_button (buttons, copy, _ ("Was taken down…"), "copies.removed", writable);
      add_button (buttons, copy, _ ("Cannot be taken down…"), "copies.cannot", writable);
      add_button (buttons, copy, _ ("May stay…"), "copies.drop", writable);
    }
  add_button (buttons, copy, _ ("Letter…"), "copies.letter", TRUE);
  add_button (buttons, copy, _ ("Receipt…"), "copies.receipt", TRUE);
  add_button (buttons, copy, _ ("Case file…"), "copies.case-file", TRUE);
  if (seen->person != NULL && copy->person_id != NULL && !seen->erased)
    add_button (buttons, copy, _ ("Show the person"), "copies.person", TRUE);
  return buttons;
}

static GtkWidget *
new_details (const ImpSeenCopy *seen, gboolean writable)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *places = list_places (seen->copy);

  gtk_widget_add_css_class (box, "question");
  if (seen->person != NULL)
    gtk_box_append (GTK_BOX (box), imp_widgets_detail (_ ("Whose picture"), seen->person));
  gtk_box_append (GTK_BOX (box),
                  imp_widgets_detail (_ ("Where it went"),
                                      *places == '\0' ? _ ("Nobody has said yet") : places));
  gtk_box_append (GTK_BOX (box), imp_widgets_detail (_ ("It left under"),
                                                     seen->permission != NULL
                                                         ? seen->permission
                                                         : _ ("No permission: nobody could be "
                                                              "identified")));
  if (seen->copy->sha256 != NULL)
    gtk_box_append (GTK_BOX (box),
                    imp_widgets_detail (_ ("SHA-256 of its file"), seen->copy->sha256));
  gtk_box_append (GTK_BOX (box), new_buttons (seen, writable));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* Words say how it stands; icon and colour repeat it. */
static GtkWidget *
new_icon (const ImpCopy *copy)
{
  GtkWidget *image = NULL;
  const char *icon = "image-x-generic-symbolic";
  const char *look = "ended";

  if (copy->task_reason != NULL)
    {
      icon = "dialog-warning-symbolic";
      look = "waiting";
    }
  else if (copy->state == IMP_COPY_REMOVED)
    {
      icon = "emblem-ok-symbolic";
      look = "granted";
    }
  else if (copy->state == IMP_COPY_CANNOT_BE_REMOVED)
    {
      icon = "action-unavailable-symbolic";
      look = "denied";
    }
  image = gtk_image_new_from_icon_name (icon);
  gtk_widget_add_css_class (image, look);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name_state (copy->state), -1);
  return image;
}

/**
 * imp_copy_row_new:
 * @seen: a picture that left
 * @writable: whether anything can be recorded
 *
 * Returns: (transfer floating): an AdwExpanderRow, closed
 */
GtkWidget *
imp_copy_row_new (const ImpSeenCopy *seen, gboolean writable)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = imp_copy_row_title (seen->copy);
  g_autofree char *state = imp_copy_row_state (seen->copy);
  g_autofree char *subtitle =
      seen->person == NULL ? g_strdup (state) : g_strdup_printf ("%s\n%s", seen->person, state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), new_icon (seen->copy));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_details (seen, writable));
  return row;
}
