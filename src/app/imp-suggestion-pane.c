#include "imp-suggestion-pane.h"

#include <glib/gi18n.h>

#include "imp-suggestion-row.h"

/* Rows of each kind: a page of text has thousands, which can be gone through on the picture. */
#define MOST_ROWS 60

struct _ImpSuggestionPane
{
  GtkWidget parent_instance;

  GtkWidget *box;
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *others; /* what needs no decision */
  AdwActionRow *status;
  GtkWidget *spinner;
  GtkWidget *act;          /* stops, or begins again */
  AdwActionRow *more;      /* how many there is no row for */
  AdwActionRow *elsewhere; /* on how many other frames there are some */
  AdwExpanderRow *kept;
  AdwExpanderRow *rejected;
  GtkWidget *accept_all;
  GtkWidget *reject_all;

  ImpSuggestionList *list; /* owned, nullable */
  GPtrArray *rows;         /* of ImpSuggestionRow, in the groups */
};

G_DEFINE_FINAL_TYPE (ImpSuggestionPane, imp_suggestion_pane, GTK_TYPE_WIDGET)

/* ---- how the looking goes ---- */

static void
set_status (ImpSuggestionPane *self, const char *title, const char *subtitle, const char *button)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status), title);
  adw_action_row_set_subtitle (self->status, subtitle);
  gtk_widget_set_visible (self->act, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->act), button);
}

static void
show_done (ImpSuggestionPane *self, guint n_open)
{
  g_autoptr (GPtrArray) kept = imp_suggestion_list_get (self->list, IMP_SUGGESTED_KEPT);
  gboolean any = self->rows->len > 0 || kept->len > 0
                 || imp_redaction_get_n_boxes (
                        imp_picture_get_redaction (imp_suggestion_list_get_picture (self->list)))
                        > 0;

  set_status (self, any ? _ ("Nothing is left to decide") : _ ("No text found"),
              any ? _ ("That does not say that nothing was missed: look yourself.")
                  : _ ("That proves nothing: look yourself."),
              NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status), n_open == 0);
}

static void
show_state (ImpSuggestionPane *self, guint n_open)
{
  ImpSuggestionState state = imp_suggestion_list_get_state (self->list);
  guint n_done = 0;
  guint n_all = 0;
  gboolean goes_on = imp_suggestion_list_get_progress (self->list, &n_done, &n_all);
  g_autofree char *progress = g_strdup_printf (
      ngettext ("%u of %u frame looked at", "%u of %u frames looked at", n_all), n_done, n_all);

  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  if (state == IMP_SUGGESTIONS_FAILED)
    set_status (self, _ ("Not screened"), imp_suggestion_list_get_problem (self->list),
                _ ("Try again"));
  else if (goes_on)
    set_status (self,
                state == IMP_SUGGESTIONS_BUSY ? _ ("Looking for text and codes…")
                                              : _ ("Looking at the other frames…"),
                n_all > 1 ? progress : _ ("You can work meanwhile"), _ ("Stop"));
  else if (state == IMP_SUGGESTIONS_CANCELLED)
    set_status (self, _ ("Not screened"), _ ("It was stopped. Look yourself, or let it look."),
                _ ("Look now"));
  else
    show_done (self, n_open);
  gtk_widget_set_visible (self->spinner, goes_on && state != IMP_SUGGESTIONS_FAILED);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner),
                            goes_on && state != IMP_SUGGESTIONS_FAILED);
}

static void
on_act (ImpSuggestionPane *self)
{
  guint n_done = 0;
  guint n_all = 0;

  if (self->list == NULL)
    return;
  if (imp_suggestion_list_get_progress (self->list, &n_done, &n_all)
      && imp_suggestion_list_get_state (self->list) != IMP_SUGGESTIONS_FAILED)
    imp_suggestion_list_cancel (self->list);
  else
    imp_suggestion_list_look (self->list);
}

/* ---- rows ---- */

static void
remove_row (ImpSuggestionPane *self, ImpSuggestionRow *row)
{
  switch (imp_suggestion_row_get_kind (row))
    {
    case IMP_SUGGESTED_KEPT:
      adw_expander_row_remove (self->kept, GTK_WIDGET (row));
      break;
    case IMP_SUGGESTED_REJECTED:
      adw_expander_row_remove (self->rejected, GTK_WIDGET (row));
      break;
    case IMP_SUGGESTED:
    default:
      adw_preferences_group_remove (self->group, GTK_WIDGET (row));
    }
}

static void
on_activated (AdwActionRow *row, ImpSuggestionPane *self)
{
  if (imp_suggestion_row_get_kind (IMP_SUGGESTION_ROW (row)) != IMP_SUGGESTED_REJECTED)
    g_signal_emit_by_name (self, "show-suggestion",
                           imp_suggestion_row_get_id (IMP_SUGGESTION_ROW (row)));
}

static void
add_rows (ImpSuggestionPane *self, ImpSuggestionKind kind, GPtrArray *items)
{
  for (guint i = 0; i < MIN (items->len, MOST_ROWS); i++)
    {
      GtkWidget *row = imp_suggestion_row_new (self->list, g_ptr_array_index (items, i), kind);

      g_signal_connect (row, "activated", G_CALLBACK (on_activated), self);
      if (kind == IMP_SUGGESTED)
        adw_preferences_group_add (self->group, row);
      else
        adw_expander_row_add_row (kind == IMP_SUGGESTED_KEPT ? self->kept : self->rejected, row);
      g_ptr_array_add (self->rows, row);
    }
}

static gboolean
shows (ImpSuggestionPane *self, GPtrArray *const items[3])
{
  guint n = 0;

  for (int kind = IMP_SUGGESTED; kind <= IMP_SUGGESTED_REJECTED; kind++)
    for (guint i = 0; i < MIN (items[kind]->len, MOST_ROWS); i++, n++)
      {
        const ImpSuggestionItem *item = g_ptr_array_index (items[kind], i);

        if (n >= self->rows->len
            || !imp_suggestion_row_shows (self->rows->pdata[n], item, (ImpSuggestionKind)kind))
          return FALSE;
      }
  return n == self->rows->len;
}

static void
rebuild (ImpSuggestionPane *self, GPtrArray *const items[3])
{
  guint focused = G_MAXUINT;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];

      if (gtk_widget_has_focus (row) || gtk_widget_get_focus_child (row) != NULL)
        focused = i;
    }
  for (guint i = 0; i < self->rows->len; i++)
    remove_row (self, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (int kind = IMP_SUGGESTED; kind <= IMP_SUGGESTED_REJECTED; kind++)
    add_rows (self, kind, items[kind]);
  /* The keyboard stays where the decisions are. */
  if (focused != G_MAXUINT)
    gtk_widget_grab_focus (
        items[IMP_SUGGESTED]->len > 0
            ? self->rows->pdata[MIN (focused, MIN (items[IMP_SUGGESTED]->len, MOST_ROWS) - 1)]
            : GTK_WIDGET (self->status));
}

static void
show_more (ImpSuggestionPane *self, guint n_open)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u more, on the picture", "%u more, on the picture", n_open - MOST_ROWS),
      n_open - MOST_ROWS);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_open > MOST_ROWS);
}

static void
show_elsewhere (ImpSuggestionPane *self, guint n)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("Suggestions on %u other frame", "Suggestions on %u other frames", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->elsewhere), text);
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere), n > 0);
}

static void
show_expander (AdwExpanderRow *expander, const char *title, guint n)
{
  g_autofree char *text = g_strdup_printf ("%s (%u)", title, n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), text);
  gtk_widget_set_visible (GTK_WIDGET (expander), n > 0);
}

static void
show_faces (ImpSuggestionPane *self)
{
  adw_preferences_group_set_description (
      self->group, imp_suggestion_list_lacks_faces (self->list)
                       ? _ ("Nobody has looked for faces: face detection is not installed here. "
                            "Look for them yourself.")
                       : NULL);
}

static void
refresh (ImpSuggestionPane *self)
{
  g_autoptr (GPtrArray) open = imp_suggestion_list_get (self->list, IMP_SUGGESTED);
  g_autoptr (GPtrArray) kept = imp_suggestion_list_get (self->list, IMP_SUGGESTED_KEPT);
  g_autoptr (GPtrArray) rejected = imp_suggestion_list_get (self->list, IMP_SUGGESTED_REJECTED);
  GPtrArray *const items[3] = { open, kept, rejected };
  guint n_elsewhere = imp_suggestion_list_count_other_frames (self->list);

  show_state (self, open->len);
  if (!shows (self, items))
    {
      rebuild (self, items);
      show_state (self, open->len);
    }
  show_faces (self);
  show_more (self, open->len);
  show_elsewhere (self, n_elsewhere);
  show_expander (self->kept, _ ("Better kept"), kept->len);
  show_expander (self->rejected, _ ("Left as they are"), rejected->len);
  gtk_widget_set_visible (GTK_WIDGET (self->others), open->len > MOST_ROWS || kept->len > 0
                                                         || rejected->len > 0 || n_elsewhere > 0);
  gtk_widget_set_visible (self->accept_all, open->len > 0);
  gtk_widget_set_visible (self->reject_all, open->len > 1);
}

static void
on_revealed (ImpSuggestionPane *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    imp_suggestion_row_show_text (self->rows->pdata[i]);
}

static void
on_accept_all (ImpSuggestionPane *self)
{
  imp_suggestion_list_accept_all (self->list);
}

static void
on_reject_all (ImpSuggestionPane *self)
{
  imp_suggestion_list_reject_all (self->list);
}

/* ---- object ---- */

static void
imp_suggestion_pane_dispose (GObject *object)
{
  ImpSuggestionPane *self = IMP_SUGGESTION_PANE (object);

  if (self->box != NULL)
    {
      imp_suggestion_pane_set_list (self, NULL);
      gtk_widget_unparent (g_steal_pointer (&self->box));
    }
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_suggestion_pane_parent_class)->dispose (object);
}

static void
imp_suggestion_pane_class_init (ImpSuggestionPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_suggestion_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_signal_new ("show-suggestion", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
make_button (ImpSuggestionPane *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
add_status (ImpSuggestionPane *self)
{
  self->status = ADW_ACTION_ROW (adw_action_row_new ());
  self->spinner = gtk_spinner_new ();
  self->act = make_button (self, "", G_CALLBACK (on_act));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->status), FALSE);
  adw_action_row_set_subtitle_lines (self->status, 0);
  adw_action_row_add_prefix (self->status, self->spinner);
  adw_action_row_add_suffix (self->status, self->act);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->status));
}

/* The key and the button are the same verb. */
static void
add_elsewhere (ImpSuggestionPane *self)
{
  GtkWidget *go = gtk_button_new_with_label (_ ("Go there"));

  self->elsewhere = ADW_ACTION_ROW (adw_action_row_new ());
  gtk_actionable_set_action_name (GTK_ACTIONABLE (go), "canvas.step-suggestion");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (go), "i", 1);
  gtk_widget_set_valign (go, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (go, _ ("The next suggestion, also on another frame (S)"));
  adw_action_row_add_suffix (self->elsewhere, go);
  adw_preferences_group_add (self->others, GTK_WIDGET (self->elsewhere));
}

static void
imp_suggestion_pane_init (ImpSuggestionPane *self)
{
  GtkWidget *verbs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Suggestions"));
  self->accept_all = make_button (self, _ ("Cover all"), G_CALLBACK (on_accept_all));
  self->reject_all = make_button (self, _ ("Leave all"), G_CALLBACK (on_reject_all));
  gtk_widget_set_tooltip_text (self->accept_all, _ ("Cover all that is suggested (Shift+A)"));
  gtk_widget_set_tooltip_text (self->reject_all, _ ("Leave all that is suggested as it is"));
  gtk_box_append (GTK_BOX (verbs), self->reject_all);
  gtk_box_append (GTK_BOX (verbs), self->accept_all);
  adw_preferences_group_set_header_suffix (self->group, verbs);
  add_status (self);
  self->others = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->more = ADW_ACTION_ROW (adw_action_row_new ());
  self->kept = ADW_EXPANDER_ROW (adw_expander_row_new ());
  self->rejected = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_group_add (self->others, GTK_WIDGET (self->more));
  add_elsewhere (self);
  adw_preferences_group_add (self->others, GTK_WIDGET (self->kept));
  adw_preferences_group_add (self->others, GTK_WIDGET (self->rejected));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->others));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_suggestion_pane_new:
 *
 * Returns: (transfer floating): an empty pane
 */
GtkWidget *
imp_suggestion_pane_new (void)
{
  return g_object_new (IMP_TYPE_SUGGESTION_PANE, NULL);
}

/**
 * imp_suggestion_pane_set_list:
 * @self: a pane
 * @list: (nullable): what to show
 */
void
imp_suggestion_pane_set_list (ImpSuggestionPane *self, ImpSuggestionList *list)
{
  if (self->list == list)
    return;
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (imp_suggestion_list_get_picture (self->list), self);
      g_signal_handlers_disconnect_by_data (self->list, self);
    }
  for (guint i = 0; i < self->rows->len; i++)
    remove_row (self, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_set_object (&self->list, list);
  gtk_widget_set_visible (GTK_WIDGET (self), list != NULL);
  if (list == NULL)
    return;
  g_signal_connect_swapped (list, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (imp_suggestion_list_get_picture (list), "notify::revealed",
                            G_CALLBACK (on_revealed), self);
  refresh (self);
}
