#include "imp-suggestion-row.h"

#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-suggestion-words.h"

struct _ImpSuggestionRow
{
  AdwActionRow parent_instance;

  ImpSuggestionList *list; /* owned */
  guint id;
  ImpSuggestion *suggestion; /* owned */
  ImpSuggestionKind kind;
};

G_DEFINE_FINAL_TYPE (ImpSuggestionRow, imp_suggestion_row, ADW_TYPE_ACTION_ROW)

static void
accept (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpSuggestionRow *self = IMP_SUGGESTION_ROW (widget);

  if (self->kind != IMP_SUGGESTED_REJECTED)
    imp_suggestion_list_accept (self->list, self->id);
}

static void
reject (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpSuggestionRow *self = IMP_SUGGESTION_ROW (widget);

  if (self->kind == IMP_SUGGESTED)
    imp_suggestion_list_reject (self->list, self->id, TRUE);
}

static void
bring_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpSuggestionRow *self = IMP_SUGGESTION_ROW (widget);

  imp_suggestion_list_reject (self->list, self->id, FALSE);
}

static void
imp_suggestion_row_dispose (GObject *object)
{
  ImpSuggestionRow *self = IMP_SUGGESTION_ROW (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->suggestion, imp_suggestion_free);
  G_OBJECT_CLASS (imp_suggestion_row_parent_class)->dispose (object);
}

static void
imp_suggestion_row_class_init (ImpSuggestionRowClass *klass)
{
  static const guint REJECT[] = { GDK_KEY_BackSpace, GDK_KEY_Delete, GDK_KEY_KP_Delete };
  static const guint ACCEPT[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_a };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_suggestion_row_dispose;
  gtk_widget_class_install_action (widget_class, "suggestion.accept", NULL, accept);
  gtk_widget_class_install_action (widget_class, "suggestion.reject", NULL, reject);
  gtk_widget_class_install_action (widget_class, "suggestion.bring-back", NULL, bring_back);
  for (guint i = 0; i < G_N_ELEMENTS (ACCEPT); i++)
    gtk_widget_class_add_binding_action (widget_class, ACCEPT[i], 0, "suggestion.accept", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (REJECT); i++)
    gtk_widget_class_add_binding_action (widget_class, REJECT[i], 0, "suggestion.reject", NULL);
}

static void
imp_suggestion_row_init (ImpSuggestionRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

static void
add_button (ImpSuggestionRow *self, const char *icon, const char *action, const char *tooltip,
            const char *why)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", tooltip, why);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  imp_compat_set_name (GTK_ACCESSIBLE (button), name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/**
 * imp_suggestion_row_new:
 * @list: whose suggestion it is
 * @item: which
 * @kind: how it stands with it
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
imp_suggestion_row_new (ImpSuggestionList *list, const ImpSuggestionItem *item,
                        ImpSuggestionKind kind)
{
  ImpSuggestionRow *self = g_object_new (IMP_TYPE_SUGGESTION_ROW, NULL);
  g_autofree char *why = imp_suggestion_words_why (item->suggestion);
  g_autofree char *all = imp_suggestion_words_why_all (item->suggestion);

  self->list = g_object_ref (list);
  self->id = item->id;
  self->suggestion = imp_suggestion_copy (item->suggestion);
  self->kind = kind;
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (self),
      kind == IMP_SUGGESTED_KEPT ? imp_suggestion_words_keep (item->suggestion->keep) : why);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all,
                                  -1);
  if (kind == IMP_SUGGESTED_REJECTED)
    add_button (self, "edit-undo-symbolic", "suggestion.bring-back", _ ("Suggest it again"), why);
  else
    add_button (self, "imp-box-add-symbolic", "suggestion.accept", _ ("Cover it"), why);
  if (kind == IMP_SUGGESTED)
    add_button (self, "window-close-symbolic", "suggestion.reject", _ ("Leave it as it is"), why);
  imp_suggestion_row_show_text (self);
  return GTK_WIDGET (self);
}

/**
 * imp_suggestion_row_shows:
 * @self: a row
 * @item: a suggestion
 * @kind: how it stands with it
 *
 * Returns: whether it is that one, and the row says what it says
 */
gboolean
imp_suggestion_row_shows (ImpSuggestionRow *self, const ImpSuggestionItem *item,
                          ImpSuggestionKind kind)
{
  return self->id == item->id && self->kind == kind
         && imp_suggestion_equal (self->suggestion, item->suggestion);
}

/**
 * imp_suggestion_row_get_id:
 * @self: a row
 *
 * Returns: the id of its suggestion
 */
guint
imp_suggestion_row_get_id (ImpSuggestionRow *self)
{
  return self->id;
}

/**
 * imp_suggestion_row_get_kind:
 * @self: a row
 *
 * Returns: how it stands with its suggestion
 */
ImpSuggestionKind
imp_suggestion_row_get_kind (ImpSuggestionRow *self)
{
  return self->kind;
}

/**
 * imp_suggestion_row_show_text:
 * @self: a row
 *
 * Shows what was read, masked unless the values of the file were asked for, and where it is.
 */
void
imp_suggestion_row_show_text (ImpSuggestionRow *self)
{
  const ImpSuggestion *suggestion = self->suggestion;
  ImpPicture *picture = imp_suggestion_list_get_picture (self->list);
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  place = g_strdup_printf (_ ("%d × %d at %d, %d"), suggestion->rect.width, suggestion->rect.height,
                           suggestion->rect.x, suggestion->rect.y);
  text = suggestion->text != NULL && suggestion->text[0] != '\0'
             ? g_strdup_printf ("%s\n%s", imp_picture_mask (picture, suggestion->text), place)
             : g_strdup (place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
}
