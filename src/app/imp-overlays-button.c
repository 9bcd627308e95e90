#include "imp-overlays-button.h"

#include <glib/gi18n.h>

#include "imp-overlays.h"

struct _ImpOverlaysButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkWidget *caption;
  GtkBox *list;
  GtkCheckButton *all;

  ImpPicture *picture; /* owned, nullable */
  GPtrArray *checks;   /* owned: a GtkCheckButton for each overlay, in the file's order */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpOverlaysButton, imp_overlays_button, GTK_TYPE_WIDGET)

static GPtrArray *
list_overlays (ImpOverlaysButton *self)
{
  return imp_facts_get_overlays (imp_source_get_facts (imp_picture_get_source (self->picture)));
}

static void
show_current (ImpOverlaysButton *self)
{
  GPtrArray *overlays = list_overlays (self);
  guint planes = imp_picture_get_planes (self->picture);
  guint all = imp_overlays_get_all (self->picture);
  guint n_shown = 0;
  g_autofree char *text = NULL;
  g_autofree char *name = imp_overlays_describe (self->picture, planes);

  self->updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      gboolean shown = (planes & imp_overlay_get_plane (overlays->pdata[i])) != 0;

      gtk_check_button_set_active (self->checks->pdata[i], shown);
      n_shown += shown;
    }
  gtk_check_button_set_active (self->all, planes == all);
  gtk_check_button_set_inconsistent (self->all, planes != 0 && planes != all);
  self->updating = FALSE;
  /* Translators: how many overlays of how many are shown. */
  text = g_strdup_printf (_ ("%u of %u"), n_shown, self->checks->len);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
on_toggled (ImpOverlaysButton *self)
{
  GPtrArray *overlays = NULL;
  guint planes = 0;

  if (self->updating || self->picture == NULL)
    return;
  overlays = list_overlays (self);
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      planes |= imp_overlay_get_plane (overlays->pdata[i]);
  imp_overlays_show (self->picture, planes, GTK_WIDGET (self));
}

static void
on_all_toggled (ImpOverlaysButton *self)
{
  if (self->updating || self->picture == NULL)
    return;
  imp_overlays_show (self->picture,
                     gtk_check_button_get_active (self->all) ? imp_overlays_get_all (self->picture)
                                                             : 0,
                     GTK_WIDGET (self));
}

/* A label is up to 64 characters long, a description up to 1024. */
static void
let_label_wrap (GtkWidget *check)
{
  GtkWidget *label = gtk_widget_get_last_child (check);

  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

/* A popover is made as high as its contents are before their lines break: what breaks says itself
 * how high it will be, or the last row would be cut off. */
static void
reserve_height (GtkWidget *widget)
{
  int width = 0;
  int height = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (widget, -1, height);
}

static void
on_closed (ImpOverlaysButton *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.focus-picture", NULL);
}

/* A label is the file's free text: it is masked until somebody asks for it. */
static void
show_names (ImpOverlaysButton *self)
{
  GPtrArray *overlays = list_overlays (self);

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = self->checks->pdata[i];
      g_autofree char *name = imp_overlays_name (self->picture, overlays->pdata[i]);

      gtk_check_button_set_label (GTK_CHECK_BUTTON (check), name);
      let_label_wrap (check);
      gtk_widget_set_size_request (check, -1, -1);
      reserve_height (check);
    }
}

static void
fill_list (ImpOverlaysButton *self)
{
  GPtrArray *overlays = list_overlays (self);

  for (guint i = 0; i < overlays->len; i++)
    {
      GtkWidget *check = gtk_check_button_new ();

      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (self->list, check);
      g_ptr_array_add (self->checks, check);
    }
  show_names (self);
  reserve_height (self->caption);
}

static void
imp_overlays_button_dispose (GObject *object)
{
  ImpOverlaysButton *self = IMP_OVERLAYS_BUTTON (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->button)));
  G_OBJECT_CLASS (imp_overlays_button_parent_class)->dispose (object);
}

static void
imp_overlays_button_class_init (ImpOverlaysButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_overlays_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-overlays-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, button);
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, label);
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, popover);
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, caption);
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, list);
  gtk_widget_class_bind_template_child (widget_class, ImpOverlaysButton, all);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
imp_overlays_button_init (ImpOverlaysButton *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->all, "toggled", G_CALLBACK (on_all_toggled), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_overlays_button_new:
 *
 * Returns: (transfer full): a button, hidden until a picture has overlays
 */
GtkWidget *
imp_overlays_button_new (void)
{
  return g_object_new (IMP_TYPE_OVERLAYS_BUTTON, NULL);
}

/**
 * imp_overlays_button_set_picture:
 * @self: a button
 * @picture: (nullable): whose overlays to list
 */
void
imp_overlays_button_set_picture (ImpOverlaysButton *self, ImpPicture *picture)
{
  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  for (guint i = 0; i < self->checks->len; i++)
    gtk_box_remove (self->list, self->checks->pdata[i]);
  g_ptr_array_set_size (self->checks, 0);
  if (picture != NULL)
    {
      fill_list (self);
      gtk_widget_set_visible (GTK_WIDGET (self->all), self->checks->len > 1);
      g_signal_connect_swapped (picture, "notify::planes", G_CALLBACK (show_current), self);
      g_signal_connect_swapped (picture, "notify::revealed", G_CALLBACK (show_names), self);
      show_current (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->checks->len > 0);
}

/**
 * imp_overlays_button_popup:
 * @self: a button
 *
 * Opens its list, for the key.
 */
void
imp_overlays_button_popup (ImpOverlaysButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->button);
}
