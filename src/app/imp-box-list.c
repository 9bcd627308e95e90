#include "imp-box-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-coding-names.h"

struct _ImpBoxList
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkListBox *list;
  GtkLabel *widened;
  AdwActionRow *crop_row;

  ImpCanvas *canvas;   /* not owned: a sibling in the workbench, which outlives this */
  ImpPicture *picture; /* owned, nullable */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpBoxList, imp_box_list, GTK_TYPE_WIDGET)

static guint
row_id (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "imp-box"));
}

static void
on_delete_clicked (GtkButton *button, ImpBoxList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  guint id = row_id (GTK_LIST_BOX_ROW (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  GtkListBoxRow *next = NULL;

  imp_redaction_remove (imp_picture_get_redaction (self->picture), id);
  /* The keyboard stays in the list. */
  next = gtk_list_box_get_row_at_index (self->list, MAX (index - 1, 0));
  if (next != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static GtkListBoxRow *
make_row (ImpBoxList *self, guint id)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "numeric");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove this box"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_delete_clicked), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "imp-box", GUINT_TO_POINTER (id));
  g_object_set_data (G_OBJECT (row), "imp-delete", button);
  gtk_list_box_append (self->list, row);
  return GTK_LIST_BOX_ROW (row);
}

static void
describe_row (ImpBoxList *self, GtkListBoxRow *row, guint number, const ImpRect *box)
{
  const ImpCover cover =
      imp_facts_get_cover (imp_source_get_facts (imp_picture_get_source (self->picture)));
  const ImpRect filled = imp_cover_fill (&cover, box);
  g_autofree char *title = g_strdup_printf (_ ("Box %u"), number);
  g_autofree char *place =
      g_strdup_printf (_ ("%d × %d at %d, %d"), box->width, box->height, box->x, box->y);
  g_autofree char *label = g_strdup_printf (_ ("Remove box %u"), number);

  /* What goes black is said where the box is, or it would look like a mistake. */
  if (!imp_rect_equal (&filled, box))
    {
      g_autofree char *drawn = g_steal_pointer (&place);

      /* Translators: the size and place of a box, and the size of what it covers. */
      place = g_strdup_printf (_ ("%s; covers %d × %d"), drawn, filled.width, filled.height);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (g_object_get_data (G_OBJECT (row), "imp-delete")),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_selected (ImpBoxList *self)
{
  guint selected = self->canvas != NULL ? imp_canvas_get_selected (self->canvas) : 0;
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (row_id (row) == selected)
      break;
  self->updating = TRUE;
  gtk_list_box_select_row (self->list, row);
  self->updating = FALSE;
}

static void
show_crop (ImpBoxList *self)
{
  g_autofree char *text = NULL;
  ImpRect crop;

  if (imp_redaction_get_crop (imp_picture_get_redaction (self->picture), &crop))
    text = g_strdup_printf (_ ("%d × %d at %d, %d"), crop.width, crop.height, crop.x, crop.y);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->crop_row),
                                 text != NULL ? text : _ ("The whole picture"));
}

static void
refresh (ImpBoxList *self)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  guint n_boxes = imp_redaction_get_n_boxes (redaction);
  GtkListBoxRow *row = NULL;
  guint id = 0;
  ImpRect box;

  /* Rows of boxes that are gone leave; the others keep their place and the keyboard. */
  self->updating = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;)
    {
      gboolean stays = (guint)i < n_boxes && imp_redaction_get_nth (redaction, (guint)i, &id, &box)
                       && id == row_id (row);

      if (stays)
        i++;
      else
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  for (guint i = 0; i < n_boxes; i++)
    {
      imp_redaction_get_nth (redaction, i, &id, &box);
      row = gtk_list_box_get_row_at_index (self->list, (int)i);
      describe_row (self, row != NULL ? row : make_row (self, id), i + 1, &box);
    }
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_boxes > 0);
  show_selected (self);
  show_crop (self);
}

static void
on_row_selected (ImpBoxList *self, GtkListBoxRow *row)
{
  if (!self->updating && row != NULL && self->canvas != NULL)
    imp_canvas_select (self->canvas, row_id (row), FALSE);
}

static void
on_row_activated (ImpBoxList *self, GtkListBoxRow *row)
{
  imp_canvas_select (self->canvas, row_id (row), TRUE);
}

/* Why more than a box goes black; nothing where a box covers itself alone. */
static void
explain_widening (ImpBoxList *self, const ImpFacts *facts)
{
  const int margin = imp_facts_get_cover (facts).margin;
  const char *codec = imp_facts_get_codec (facts);
  const char *name = codec != NULL ? imp_codec_name (codec) : NULL;
  g_autofree char *text = NULL;

  if (margin > 0 && name != NULL)
    text = g_strdup_printf (
        _ ("Boxes grow by %d pixels on each side: this picture was compressed (%s) in a way that "
           "smears what is covered over its surroundings. Inside the edges of a crop, a strip as "
           "wide is covered."),
        margin, name);
  else if (margin > 0)
    text = g_strdup_printf (
        _ ("Boxes grow by %d pixels on each side: this picture was compressed before, in a way "
           "that is not known and may smear what is covered over its surroundings. Inside the "
           "edges of a crop, a strip as wide is covered."),
        margin);
  else if (imp_facts_get_grid (facts).width > 0)
    text = g_strdup (_ ("This picture was compressed in blocks (JPEG). A box covers every block it "
                        "touches, because a block carries traces of what lies in it."));
  gtk_label_set_text (self->widened, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->widened), text != NULL);
}

static void
imp_box_list_dispose (GObject *object)
{
  ImpBoxList *self = IMP_BOX_LIST (object);

  imp_box_list_set_picture (self, NULL);
  imp_box_list_set_canvas (self, NULL);
  if (self->scrolled != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->scrolled));
  G_OBJECT_CLASS (imp_box_list_parent_class)->dispose (object);
}

static void
imp_box_list_class_init (ImpBoxListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_box_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-box-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpBoxList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, ImpBoxList, list);
  gtk_widget_class_bind_template_child (widget_class, ImpBoxList, widened);
  gtk_widget_class_bind_template_child (widget_class, ImpBoxList, crop_row);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "canvas.delete-box", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "canvas.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "canvas.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, "canvas.redo",
                                       NULL);
}

static void
imp_box_list_init (ImpBoxList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}

/**
 * imp_box_list_new:
 *
 * Returns: (transfer full): an empty list
 */
GtkWidget *
imp_box_list_new (void)
{
  return g_object_new (IMP_TYPE_BOX_LIST, NULL);
}

/**
 * imp_box_list_set_canvas:
 * @self: a list
 * @canvas: (nullable): the canvas whose selection it shares
 */
void
imp_box_list_set_canvas (ImpBoxList *self, ImpCanvas *canvas)
{
  if (self->canvas != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->canvas, self);
      g_object_remove_weak_pointer (G_OBJECT (self->canvas), (gpointer *)&self->canvas);
    }
  self->canvas = canvas;
  if (canvas == NULL)
    return;
  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *)&self->canvas);
  g_signal_connect_swapped (canvas, "notify::selected", G_CALLBACK (show_selected), self);
}

/**
 * imp_box_list_set_picture:
 * @self: a list
 * @picture: (nullable): whose boxes
 */
void
imp_box_list_set_picture (ImpBoxList *self, ImpPicture *picture)
{
  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (imp_picture_get_redaction (self->picture), self);
  g_set_object (&self->picture, picture);
  if (picture == NULL)
    return;
  explain_widening (self, imp_source_get_facts (imp_picture_get_source (picture)));
  g_signal_connect_swapped (imp_picture_get_redaction (picture), "changed", G_CALLBACK (refresh),
                            self);
  refresh (self);
}
