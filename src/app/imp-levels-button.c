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

  ImpPicture *picture;  /* owned, nullable */
  GArray *windows;      /* owned: ImpWindow of each row; the first row is the file's default */
  GtkLabel *full_range; /* not owned, nullable: the numbers in the last row */
  GPtrArray *marks;     /* owned: of each row what shows that it is the current one */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpLevelsButton, imp_levels_button, GTK_TYPE_WIDGET)

static gboolean
same_window (const ImpWindow *a, const ImpWindow *b)
{
  if (a->function != b->function)
    return FALSE;
  return a->function == IMP_VOI_TABLE ? a->table == b->table
                                      : a->centre == b->centre && a->width == b->width;
}

static guint
find_current (ImpLevelsButton *self)
{
  const ImpWindow *chosen = imp_picture_get_window (self->picture);
  guint row = 0;

  if (chosen == NULL)
    return 0;
  for (row = 1; row < self->windows->len; row++)
    if (same_window (chosen, &g_array_index (self->windows, ImpWindow, row)))
      break;
  return row;
}

static void
mark_current (ImpLevelsButton *self)
{
  guint current = find_current (self);

  for (guint i = 0; i < self->marks->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->presets, (int)i);

      gtk_widget_set_opacity (self->marks->pdata[i], i == current ? 1 : 0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED,
                                   i == current, -1);
    }
}

static char *
name_window (const ImpWindow *window)
{
  /* Translators: a look-up table of the file, for the values of interest. */
  if (window->function == IMP_VOI_TABLE)
    return g_strdup_printf (_ ("VOI LUT %u"), window->table + 1);
  /* Translators: W is the width and L the level of the grey values that are shown. */
  return g_strdup_printf (_ ("W %.0f L %.0f"), window->width, window->centre);
}

static void
show_current (ImpLevelsButton *self)
{
  g_autofree char *text = NULL;
  ImpWindow window;

  if (self->picture == NULL || !imp_levels_get_shown (self->picture, &window))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  text = name_window (&window);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  imp_levels_get_current (self->picture, &window);
  self->updating = TRUE;
  gtk_spin_button_set_value (self->width, window.width);
  gtk_spin_button_set_value (self->centre, window.centre);
  self->updating = FALSE;
  mark_current (self);
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

/* What is covered meanwhile does not count: the range is measured when it can be chosen. */
static void
measure_full_range (ImpLevelsButton *self)
{
  ImpWindow *window = NULL;
  g_autofree char *text = NULL;

  if (self->picture == NULL || self->full_range == NULL)
    return;
  window = &g_array_index (self->windows, ImpWindow, self->windows->len - 1);
  if (!imp_levels_get_full_range (self->picture, window))
    return;
  text = name_window (window);
  gtk_label_set_text (self->full_range, text);
  mark_current (self);
}

/* Where the full range is chosen it is measured anew with each box, so that what is covered does
 * not go on steering the contrast. Numbers that were typed or dragged stay: they were chosen and
 * seen. */
static void
on_pixels_changed (ImpLevelsButton *self)
{
  guint n_windows = self->windows->len; /* 0 where the picture takes none */

  if (self->full_range != NULL && find_current (self) + 1 == n_windows)
    {
      ImpWindow *range = &g_array_index (self->windows, ImpWindow, n_windows - 1);
      const ImpWindow before = *range;

      measure_full_range (self);
      if (!same_window (&before, range))
        {
          imp_picture_set_window (self->picture, range); /* which comes back here */
          return;
        }
    }
  show_current (self);
}

/* The keyboard begins at what is chosen now. */
static void
on_popover_shown (ImpLevelsButton *self)
{
  GtkListBoxRow *row = NULL;

  measure_full_range (self);
  if (self->picture != NULL)
    row = gtk_list_box_get_row_at_index (self->presets, (int)find_current (self));
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_popover_closed (ImpLevelsButton *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.focus-picture", NULL);
}

static void
on_row_activated (ImpLevelsButton *self, GtkListBoxRow *row)
{
  guint index = (guint)gtk_list_box_row_get_index (row);

  measure_full_range (self);
  if (index == 0)
    imp_picture_set_window (self->picture, NULL);
  else
    imp_picture_set_window (self->picture, &g_array_index (self->windows, ImpWindow, index));
  gtk_popover_popdown (self->popover);
}

static const char *
describe_function (const ImpWindow *window)
{
  switch (window->function)
    {
    case IMP_VOI_SIGMOID:
      return _ ("S-shaped curve (SIGMOID)");
    case IMP_VOI_LINEAR_EXACT:
      return _ ("Exact straight line (LINEAR_EXACT)");
    case IMP_VOI_TABLE:
      return _ ("Look-up table of the file");
    case IMP_VOI_LINEAR:
    default:
      return NULL;
    }
}

static GtkLabel *
add_preset (ImpLevelsButton *self, const char *title, const char *subtitle, const ImpWindow *window,
            gboolean numbers)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (numbers)
    {
      g_autofree char *text = name_window (window);

      label = gtk_label_new (text);
      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  gtk_list_box_append (self->presets, row);
  g_array_append_val (self->windows, *window);
  g_ptr_array_add (self->marks, mark);
  return label != NULL ? GTK_LABEL (label) : NULL;
}

static void
add_default (ImpLevelsButton *self, guint n_windows)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);
  const ImpWindow none = { 0 };
  const char *what = _ ("From the lowest to the highest value");

  if (n_windows > 0)
    what = _ ("The first window");
  else if (imp_frame_get_n_tables (frame) > 0)
    what = _ ("The first look-up table");
  add_preset (self, _ ("As the file says"), what, &none, FALSE);
}

/* What the file calls a window is its free text: it is masked until somebody asks for it. */
static void
name_preset (ImpLevelsButton *self, guint row, const char *name, const char *explanation)
{
  GtkListBoxRow *preset = gtk_list_box_get_row_at_index (self->presets, (int)row);
  g_autofree char *title =
      explanation != NULL
          ? g_strdup_printf ("%s · %s", name, imp_picture_mask (self->picture, explanation))
          : g_strdup (name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (preset), title);
}

static void
show_names (ImpLevelsButton *self)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (self->picture));
  GPtrArray *offered = imp_facts_get_windows (facts);
  GPtrArray *tables = imp_facts_get_tables (facts);

  if (self->windows->len == 0)
    return;
  for (guint i = 0; i < offered->len; i++)
    {
      const ImpNamedWindow *named = offered->pdata[i];
      g_autofree char *name = g_strdup_printf (_ ("Window %u"), i + 1);

      name_preset (self, i + 1, name, named->explanation);
    }
  for (guint i = 0; i < imp_frame_get_n_tables (imp_picture_get_frame (self->picture)); i++)
    {
      const ImpWindow table = { .function = IMP_VOI_TABLE, .table = i };
      g_autofree char *name = name_window (&table);

      name_preset (self, offered->len + 1 + i, name, i < tables->len ? tables->pdata[i] : NULL);
    }
}

static void
list_presets (ImpLevelsButton *self)
{
  ImpFrame *frame = imp_picture_get_frame (self->picture);
  GPtrArray *offered =
      imp_facts_get_windows (imp_source_get_facts (imp_picture_get_source (self->picture)));
  const ImpWindow unknown = { 0 };

  if (!imp_frame_can_window (frame))
    return;
  add_default (self, offered->len);
  for (guint i = 0; i < offered->len; i++)
    {
      const ImpNamedWindow *named = offered->pdata[i];

      add_preset (self, NULL, describe_function (&named->window), &named->window, TRUE);
    }
  for (guint i = 0; i < imp_frame_get_n_tables (frame); i++)
    {
      const ImpWindow table = { .function = IMP_VOI_TABLE, .table = i };

      add_preset (self, NULL, describe_function (&table), &table, FALSE);
    }
  show_names (self);
  self->full_range = add_preset (self, _ ("Full range"), NULL, &unknown, TRUE);
}

static void
imp_levels_button_dispose (GObject *object)
{
  ImpLevelsButton *self = IMP_LEVELS_BUTTON (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->windows, g_array_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
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
  self->marks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->width, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->centre, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (on_popover_shown), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
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
  g_ptr_array_set_size (self->marks, 0);
  self->full_range = NULL;
  if (picture != NULL)
    {
      list_presets (self);
      g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (on_pixels_changed), self);
      g_signal_connect_swapped (picture, "notify::revealed", G_CALLBACK (show_names), self);
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
