#include "imp-levels-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-levels.h"

struct _ImpLevelsButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkListBox *presets;
  GtkSpinButton *width;
  GtkSpinButton *centre;

  ImpPicture *picture; /* owned, nullable */
  GArray *windows;     /* owned: ImpWindow of each row; the first row is the file's default */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpLevelsButton, imp_levels_button, GTK_TYPE_WIDGET)

static void
show_current (ImpLevelsButton *self)
{
  g_autofree char *text = NULL;
  ImpWindow window;

  if (self->picture == NULL || !imp_levels_get_current (self->picture, &window))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  /* Translators: W is the width and L the level of the grey values that are shown. */
  text = g_strdup_printf (_ ("W %.0f L %.0f"), window.width, window.centre);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  self->updating = TRUE;
  gtk_spin_button_set_value (self->width, window.width);
  gtk_spin_button_set_value (self->centre, window.centre);
  self->updating = FALSE;
}

static void
on_value_changed (ImpLevelsButton *self)
{
  ImpWindow window;

  if (self->updating || self->picture == NULL || !imp_levels_get_current (self->picture, &window))
    return;
  window.width = gtk_spin_button_get_value (self->width);
  window.centre = gtk_spin_button_get_value (self->centre);
  imp_picture_set_window (self->picture, &window);
}

static void
on_row_activated (ImpLevelsButton *self, GtkListBoxRow *row)
{
  guint index = (guint)gtk_list_box_row_get_index (row);

  if (index == 0)
    imp_picture_set_window (self->picture, NULL);
  else
    imp_picture_set_window (self->picture, &g_array_index (self->windows, ImpWindow, index));
  gtk_popover_popdown (self->popover);
}

static void
add_preset (ImpLevelsButton *self, const char *title, const ImpWindow *window, gboolean numbers)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = g_strdup_printf (_ ("W %.0f L %.0f"), window->width, window->centre);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (numbers)
    {
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  gtk_list_box_append (self->presets, row);
  g_array_append_val (self->windows, *window);
}

static void
list_presets (ImpLevelsButton *self)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (self->picture));
  GPtrArray *offered = imp_facts_get_windows (facts);
  ImpWindow window;

  if (!imp_levels_get_full_range (self->picture, &window))
    return;
  add_preset (self, _ ("As the file says"), &window, FALSE);
  for (guint i = 0; offered != NULL && i < offered->len; i++)
    {
      const ImpNamedWindow *named = offered->pdata[i];
      g_autofree char *title = g_strdup_printf (_ ("Window %u"), i + 1);

      add_preset (self, named->explanation != NULL ? named->explanation : title, &named->window,
                  TRUE);
    }
  add_preset (self, _ ("Full range"), &window, TRUE);
}

static void
imp_levels_button_dispose (GObject *object)
{
  ImpLevelsButton *self = IMP_LEVELS_BUTTON (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->windows, g_array_unref);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->button)));
  G_OBJECT_CLASS (imp_levels_button_parent_class)->dispose (object);
}

static void
imp_levels_button_class_init (ImpLevelsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_levels_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-levels-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, button);
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, label);
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, presets);
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, width);
  gtk_widget_class_bind_template_child (widget_class, ImpLevelsButton, centre);
}

static void
imp_levels_button_init (ImpLevelsButton *self)
{
  self->windows = g_array_new (FALSE, FALSE, sizeof (ImpWindow));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->width, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->centre, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->presets, "row-activated", G_CALLBACK (on_row_activated), self);
}

/**
 * imp_levels_button_new:
 *
 * Returns: (transfer full): a button, hidden until a picture takes a window
 */
GtkWidget *
imp_levels_button_new (void)
{
  return g_object_new (IMP_TYPE_LEVELS_BUTTON, NULL);
}

/**
 * imp_levels_button_set_picture:
 * @self: a button
 * @picture: (nullable): whose window to show and choose
 */
void
imp_levels_button_set_picture (ImpLevelsButton *self, ImpPicture *picture)
{
  GtkListBoxRow *row = NULL;

  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  while ((row = gtk_list_box_get_row_at_index (self->presets, 0)) != NULL)
    gtk_list_box_remove (self->presets, GTK_WIDGET (row));
  g_array_set_size (self->windows, 0);
  if (picture != NULL)
    {
      list_presets (self);
      g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (show_current), self);
    }
  show_current (self);
}

/**
 * imp_levels_button_popup:
 * @self: a button
 *
 * Opens its list, for the key.
 */
void
imp_levels_button_popup (ImpLevelsButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}
