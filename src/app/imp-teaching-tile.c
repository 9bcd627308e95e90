#include "imp-teaching-tile.h"

#include <glib/gi18n.h>

#include "imp-teaching-words.h"
#include "imp-widgets.h"

struct _ImpTeachingTile
{
  GtkWidget parent_instance;

  GtkWidget *box;     /* child */
  GtkWidget *picture; /* GtkPicture */
  GtkWidget *icon;
  GtkWidget *state;   /* GtkLabel */
  GtkWidget *problem; /* GtkImage */
  GtkWidget *number;  /* GtkLabel */

  ImpTeachingItem *item; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpTeachingTile, imp_teaching_tile, GTK_TYPE_WIDGET)

static void
show_item (ImpTeachingTile *self)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (self->item);
  const char *state = imp_teaching_words_state (picture->state);
  const char *problem = imp_teaching_item_get_problem (self->item);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *number = g_strdup_printf ("%u", imp_teaching_item_get_index (self->item) + 1);
  g_autofree char *name = problem == NULL
                              ? g_strdup_printf (_ ("Picture %s: %s"), number, state)
                              : g_strdup_printf (_ ("Picture %s: %s. %s"), number, state, problem);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                imp_teaching_words_state_icon (picture->state));
  gtk_label_set_label (GTK_LABEL (self->state), state);
  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), problem);
  imp_widgets_set_name (GTK_WIDGET (self), name);
  /* What the keyboard goes to is the list's own widget around it. */
  if (parent != NULL)
    imp_widgets_set_name (parent, name);
}

static void
imp_teaching_tile_dispose (GObject *object)
{
  ImpTeachingTile *self = IMP_TEACHING_TILE (object);

  imp_teaching_tile_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_teaching_tile_parent_class)->dispose (object);
}

static void
imp_teaching_tile_class_init (ImpTeachingTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_tile_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "teaching-tile");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_teaching_tile_init (ImpTeachingTile *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->picture = gtk_picture_new ();
  /* A square of its own size, whatever shape the picture has. */
  gtk_widget_set_size_request (field, IMP_TEACHING_TILE_SIDE, IMP_TEACHING_TILE_SIDE);
  gtk_widget_add_css_class (field, "picture-field");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), field);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->picture);
  gtk_widget_set_halign (overlay, GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  self->icon = gtk_image_new ();
  self->state = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->state), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->state), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->state, TRUE);
  gtk_widget_add_css_class (self->state, "caption");
  self->problem = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->problem, "waiting");
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "caption");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_add_css_class (self->number, "dim-label");
  gtk_box_append (GTK_BOX (line), self->icon);
  gtk_box_append (GTK_BOX (line), self->state);
  gtk_box_append (GTK_BOX (line), self->problem);
  gtk_box_append (GTK_BOX (line), self->number);
  gtk_box_append (GTK_BOX (self->box), overlay);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_teaching_tile_new:
 *
 * Returns: (transfer floating): a tile that shows nothing yet
 */
GtkWidget *
imp_teaching_tile_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_TILE, NULL);
}

/**
 * imp_teaching_tile_set_item:
 * @self: a tile
 * @item: (nullable): what it shows from now on, and follows
 */
void
imp_teaching_tile_set_item (ImpTeachingTile *self, ImpTeachingItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}

/**
 * imp_teaching_tile_get_item:
 * @self: a tile
 *
 * Returns: (transfer none) (nullable): what it shows
 */
ImpTeachingItem *
imp_teaching_tile_get_item (ImpTeachingTile *self)
{
  return self->item;
}

/**
 * imp_teaching_tile_set_picture:
 * @self: a tile
 * @picture: (nullable): the small picture; %NULL while there is none
 */
void
imp_teaching_tile_set_picture (ImpTeachingTile *self, GdkPaintable *picture)
{
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), picture);
}
