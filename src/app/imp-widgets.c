#include "imp-widgets.h"

#include <glib/gi18n.h>

#include "imp-compat.h"

/* Where a combo row keeps the ids of its choices; the first is NULL-like ("") for "Choose…". */
#define CHOICES "imp-choices"

/**
 * imp_widgets_set_name:
 * @widget: something that takes the keyboard's focus
 * @name: what a screen reader calls it
 *
 * Names the widget; of an entry, the text inside it, which is what takes the focus.
 */
void
imp_widgets_set_name (GtkWidget *widget, const char *name)
{
  GtkEditable *delegate =
      GTK_IS_EDITABLE (widget) ? gtk_editable_get_delegate (GTK_EDITABLE (widget)) : NULL;

  if (delegate != NULL)
    imp_compat_set_name (GTK_ACCESSIBLE (delegate), name);
  imp_compat_set_name (GTK_ACCESSIBLE (widget), name);
}

static void
set_hidden (GtkWidget *child, gboolean hidden)
{
  if (hidden)
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN);
}

static void
hide_unseen (GtkWidget *container)
{
  gboolean folds = GTK_IS_REVEALER (container);
  GtkWidget *shown = NULL;

  if (!folds)
    shown = GTK_IS_STACK (container)
                ? gtk_stack_get_visible_child (GTK_STACK (container))
                : adw_view_stack_get_visible_child (ADW_VIEW_STACK (container));
  for (GtkWidget *child = gtk_widget_get_first_child (container); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_hidden (child,
                folds ? !gtk_revealer_get_reveal_child (GTK_REVEALER (container)) : child != shown);
}

/**
 * imp_widgets_hide_unseen:
 * @container: a GtkStack or an AdwViewStack with all its pages, or a GtkRevealer with its child
 *
 * Whoever reads by ear hears what is on screen: GTK takes the pages that a stack does not show, and
 * what a revealer has folded away, for visible.
 */
void
imp_widgets_hide_unseen (GtkWidget *container)
{
  g_signal_connect (container,
                    GTK_IS_REVEALER (container) ? "notify::reveal-child" : "notify::visible-child",
                    G_CALLBACK (hide_unseen), NULL);
  hide_unseen (container);
}

/**
 * imp_widgets_clear:
 * @container: a GtkBox or a GtkListBox
 *
 * Removes all children.
 */
void
imp_widgets_clear (GtkWidget *container)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (container)) != NULL)
    {
      if (GTK_IS_LIST_BOX (container))
        gtk_list_box_remove (GTK_LIST_BOX (container), child);
      else
        gtk_box_remove (GTK_BOX (container), child);
    }
}

/**
 * imp_widgets_break_as_it_is:
 * @label: a label that wraps
 *
 * Pango puts a hyphen where it breaks a long word. In a number, a digest or a name it would be read
 * as part of it.
 */
void
imp_widgets_break_as_it_is (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

/**
 * imp_widgets_label:
 * @text: (nullable): what it says
 * @css_class: (nullable): "dim-label", "heading", …
 *
 * Returns: (transfer floating): a label that wraps, at the start of its line
 */
GtkWidget *
imp_widgets_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30); /* a pane keeps its width */
  imp_widgets_break_as_it_is (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * imp_widgets_detail:
 * @title: what it is
 * @value: (nullable): what it says
 *
 * Returns: (transfer floating): a line with a dim title and a value that can be selected
 */
GtkWidget *
imp_widgets_detail (const char *title, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = imp_widgets_label (title, "caption");
  GtkWidget *text = imp_widgets_label (value, "numeric");

  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

/**
 * imp_widgets_flow:
 * @most: how many stand side by side at most
 *
 * Returns: (transfer floating): a box in which buttons flow into further lines where it is narrow
 */
GtkWidget *
imp_widgets_flow (guint most)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), most);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  return flow;
}

/**
 * imp_widgets_flow_add:
 * @flow: a box made by imp_widgets_flow()
 * @button: (transfer floating): a button, which alone takes the keyboard's focus
 */
void
imp_widgets_flow_add (GtkWidget *flow, GtkWidget *button)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
}

/**
 * imp_widgets_set_error:
 * @row: a row or an entry
 * @error: whether what it holds cannot be accepted
 */
void
imp_widgets_set_error (GtkWidget *row, gboolean error)
{
  if (error)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* A range of a scrolled page, by what begins and ends it. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *last;
} Range;

static gboolean
show_range (gpointer data)
{
  Range *range = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (range->first, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *page =
      scroller != NULL ? gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  graphene_rect_t top;
  graphene_rect_t bottom;

  if (GTK_IS_VIEWPORT (page))
    page = gtk_viewport_get_child (GTK_VIEWPORT (page));
  if (page != NULL && gtk_widget_compute_bounds (range->first, page, &top)
      && gtk_widget_compute_bounds (range->last, page, &bottom))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                               top.origin.y, bottom.origin.y + bottom.size.height);
  return G_SOURCE_REMOVE;
}

static void
range_free (gpointer data)
{
  Range *range = data;

  g_object_unref (range->first);
  g_object_unref (range->last);
  g_free (range);
}

/**
 * imp_widgets_bring_into_view:
 * @first: the upper end of what is to be seen
 * @last: its lower end
 *
 * Scrolls the page that both are on, once what was just shown there has its size.
 */
void
imp_widgets_bring_into_view (GtkWidget *first, GtkWidget *last)
{
  Range *range = g_new0 (Range, 1);

  range->first = g_object_ref (first);
  range->last = g_object_ref (last);
  g_idle_add_full (G_PRIORITY_LOW, show_range, range, range_free);
}

/**
 * imp_widgets_get_window:
 * @widget: a widget
 *
 * Returns: (transfer none) (nullable): the window it is in
 */
GtkWindow *
imp_widgets_get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_choice_shown (AdwComboRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_widget_set_opacity (
      gtk_widget_get_last_child (box),
      adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
on_choice_setup (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = imp_widgets_label (NULL, NULL);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (on_choice_shown), item, 0);
}

static void
on_choice_bind (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), text);
  imp_widgets_set_name (gtk_widget_get_parent (box), text);
  on_choice_shown (row, NULL, item);
}

/* Whole sentences, on as many lines as they take: libadwaita's own list cuts them off, and what
 * tells two choices apart often stands at the end. */
static void
show_choices_in_full (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_choice_setup), row, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_choice_bind), row, 0);
  adw_combo_row_set_list_factory (row, factory);
}

/**
 * imp_widgets_fill_choices:
 * @row: a combo row
 * @ids: (array zero-terminated=1): what can be chosen, as the modules below call it
 * @to_words: what a person reads for each
 * @choose_first: whether the first is chosen; else "Choose…" stands there, which is no choice
 */
void
imp_widgets_fill_choices (AdwComboRow *row, const char *const *ids,
                          const char *(*to_words) (const char *id), gboolean choose_first)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  if (!choose_first)
    {
      gtk_string_list_append (list, _ ("Choose…"));
      g_ptr_array_add (kept, g_strdup (""));
    }
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      gtk_string_list_append (list, to_words (ids[i]));
      g_ptr_array_add (kept, g_strdup (ids[i]));
    }
  g_object_set_data_full (G_OBJECT (row), CHOICES, g_steal_pointer (&kept),
                          (GDestroyNotify)g_ptr_array_unref);
  show_choices_in_full (row);
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, 0);
}

/**
 * imp_widgets_get_choice:
 * @row: a combo row filled by imp_widgets_fill_choices()
 *
 * Returns: (transfer none) (nullable): the id that is chosen; %NULL for none
 */
const char *
imp_widgets_get_choice (AdwComboRow *row)
{
  GPtrArray *ids = g_object_get_data (G_OBJECT (row), CHOICES);
  guint selected = adw_combo_row_get_selected (row);
  const char *id = ids != NULL && selected < ids->len ? g_ptr_array_index (ids, selected) : NULL;

  return id == NULL || id[0] == '\0' ? NULL : id;
}

/**
 * imp_widgets_set_choice:
 * @row: a combo row filled by imp_widgets_fill_choices()
 * @id: (nullable): what to choose; %NULL for "Choose…"
 */
void
imp_widgets_set_choice (AdwComboRow *row, const char *id)
{
  GPtrArray *ids = g_object_get_data (G_OBJECT (row), CHOICES);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_str_equal (g_ptr_array_index (ids, i), id == NULL ? "" : id))
      adw_combo_row_set_selected (row, i);
}

/**
 * imp_widgets_get_text:
 * @editable: an entry or a row with one
 *
 * Returns: (transfer full) (nullable): its text without white space around it; %NULL where empty
 */
char *
imp_widgets_get_text (GtkWidget *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (editable))));

  return text[0] == '\0' ? NULL : g_steal_pointer (&text);
}
