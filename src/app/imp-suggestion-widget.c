#include "imp-suggestion-widget.h"

#include <glib/gi18n.h>

#include "imp-suggestion-words.h"

struct _ImpSuggestionWidget
{
  GtkWidget parent_instance;

  ImpSuggestionList *list; /* owned */
  guint id;
  ImpSuggestion *suggestion; /* owned; NULL only until it is made */
  PangoLayout *tag;          /* owned */
  gboolean tagged;           /* there is room for it without the keyboard */
};

G_DEFINE_FINAL_TYPE (ImpSuggestionWidget, imp_suggestion_widget, GTK_TYPE_WIDGET)

static const GdkRGBA AMBER = { 0.96f, 0.76f, 0.07f, 1 };
static const GdkRGBA GREY = { 0.75f, 0.75f, 0.75f, 0.9f };
static const GdkRGBA SHADOW = { 0, 0, 0, 0.75f };
static const GdkRGBA INK = { 0.12f, 0.09f, 0, 1 };

static gboolean
is_kept (ImpSuggestionWidget *self)
{
  return self->suggestion->keep != IMP_KEEP_NO;
}

static void
stroke (cairo_t *cairo, const GdkRGBA *color, double width, double x, double y, double right,
        double bottom)
{
  gdk_cairo_set_source_rgba (cairo, color);
  cairo_set_line_width (cairo, width);
  cairo_rectangle (cairo, x, y, right - x, bottom - y);
  cairo_stroke (cairo);
}

/* Dashes over a dark line are seen on every ground. */
static void
draw_outline (ImpSuggestionWidget *self, GtkSnapshot *snapshot, double width, double height)
{
  static const double DASHES[2] = { 6, 4 };
  gboolean has_focus = gtk_widget_has_focus (GTK_WIDGET (self));
  cairo_t *cairo =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  if (is_kept (self))
    stroke (cairo, &GREY, has_focus ? 3 : 1, 1.5, 1.5, width - 1.5, height - 1.5);
  else
    {
      stroke (cairo, &SHADOW, has_focus ? 5 : 3, 1.5, 1.5, width - 1.5, height - 1.5);
      cairo_set_dash (cairo, DASHES, G_N_ELEMENTS (DASHES), 0);
      stroke (cairo, &AMBER, has_focus ? 3 : 1.5, 1.5, 1.5, width - 1.5, height - 1.5);
    }
  cairo_destroy (cairo);
}

/* How far the tag has to go to the left to stay on the canvas. */
static double
find_shift (ImpSuggestionWidget *self, int tag_width)
{
  GtkWidget *canvas = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_point_t origin;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), canvas, &GRAPHENE_POINT_INIT (0, 0), &origin))
    return 0;
  return MIN (gtk_widget_get_width (canvas) - origin.x - tag_width, 0);
}

/* Whether the tag would be below the canvas. */
static gboolean
hangs_out (ImpSuggestionWidget *self, int tag_height)
{
  GtkWidget *canvas = gtk_widget_get_parent (GTK_WIDGET (self));
  const float height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  graphene_point_t corner;

  return gtk_widget_compute_point (GTK_WIDGET (self), canvas, &GRAPHENE_POINT_INIT (0, height),
                                   &corner)
         && corner.y + (float)tag_height > (float)gtk_widget_get_height (canvas);
}

/* The tag stands outside, so that what is suggested can be read. Where it would hide another one,
 * and of what is better kept, the outline is enough until it has the keyboard. */
static void
draw_tag (ImpSuggestionWidget *self, GtkSnapshot *snapshot, float height)
{
  const GdkRGBA *ground = is_kept (self) ? &GREY : &AMBER;
  int width = 0;
  int tag_height = 0;

  if (!gtk_widget_has_focus (GTK_WIDGET (self)) && (is_kept (self) || !self->tagged))
    return;
  imp_suggestion_widget_get_tag_size (self, &width, &tag_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)find_shift (self, width),
                                      hangs_out (self, tag_height) ? -(float)tag_height : height));
  gtk_snapshot_append_color (snapshot, ground,
                             &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)tag_height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (4, 1));
  gtk_snapshot_append_layout (snapshot, self->tag, &INK);
  gtk_snapshot_restore (snapshot);
}

static void
imp_suggestion_widget_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ImpSuggestionWidget *self = IMP_SUGGESTION_WIDGET (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  draw_outline (self, snapshot, width, height);
  draw_tag (self, snapshot, (float)height);
}

static gboolean
imp_suggestion_widget_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_has_focus (widget) ? FALSE : gtk_widget_grab_focus (widget);
}

static void
imp_suggestion_widget_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GTK_WIDGET_CLASS (imp_suggestion_widget_parent_class)->state_flags_changed (widget, previous);
  gtk_widget_queue_draw (widget);
}

static void
accept (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpSuggestionWidget *self = IMP_SUGGESTION_WIDGET (widget);

  imp_suggestion_list_accept (self->list, self->id);
}

static void
reject (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpSuggestionWidget *self = IMP_SUGGESTION_WIDGET (widget);

  imp_suggestion_list_reject (self->list, self->id, TRUE);
}

static void
imp_suggestion_widget_dispose (GObject *object)
{
  ImpSuggestionWidget *self = IMP_SUGGESTION_WIDGET (object);

  g_clear_object (&self->list);
  g_clear_object (&self->tag);
  g_clear_pointer (&self->suggestion, imp_suggestion_free);
  G_OBJECT_CLASS (imp_suggestion_widget_parent_class)->dispose (object);
}

static void
imp_suggestion_widget_class_init (ImpSuggestionWidgetClass *klass)
{
  static const guint ACCEPT[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_a };
  static const guint REJECT[] = { GDK_KEY_BackSpace, GDK_KEY_Delete, GDK_KEY_KP_Delete };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_suggestion_widget_dispose;
  widget_class->snapshot = imp_suggestion_widget_snapshot;
  widget_class->focus = imp_suggestion_widget_focus;
  widget_class->state_flags_changed = imp_suggestion_widget_state_flags_changed;
  gtk_widget_class_install_action (widget_class, "suggestion.accept", NULL, accept);
  gtk_widget_class_install_action (widget_class, "suggestion.reject", NULL, reject);
  for (guint i = 0; i < G_N_ELEMENTS (ACCEPT); i++)
    gtk_widget_class_add_binding_action (widget_class, ACCEPT[i], 0, "suggestion.accept", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (REJECT); i++)
    gtk_widget_class_add_binding_action (widget_class, REJECT[i], 0, "suggestion.reject", NULL);
  gtk_widget_class_set_css_name (widget_class, "suggestion");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_suggestion_widget_init (ImpSuggestionWidget *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * imp_suggestion_widget_new:
 * @list: whose suggestion it is
 * @item: which
 *
 * Returns: (transfer floating): a widget for it
 */
GtkWidget *
imp_suggestion_widget_new (ImpSuggestionList *list, const ImpSuggestionItem *item)
{
  ImpSuggestionWidget *self = g_object_new (IMP_TYPE_SUGGESTION_WIDGET, NULL);

  self->list = g_object_ref (list);
  self->id = item->id;
  imp_suggestion_widget_update (self, item);
  return GTK_WIDGET (self);
}

/**
 * imp_suggestion_widget_update:
 * @self: a suggestion on the canvas
 * @item: the same one, which may say something else by now
 */
void
imp_suggestion_widget_update (ImpSuggestionWidget *self, const ImpSuggestionItem *item)
{
  g_autofree char *why = imp_suggestion_words_why (item->suggestion);
  g_autofree char *all = imp_suggestion_words_why_all (item->suggestion);

  if (self->suggestion != NULL && imp_suggestion_equal (self->suggestion, item->suggestion))
    return;
  g_clear_pointer (&self->suggestion, imp_suggestion_free);
  g_clear_object (&self->tag);
  self->suggestion = imp_suggestion_copy (item->suggestion);
  self->tag = gtk_widget_create_pango_layout (
      GTK_WIDGET (self), is_kept (self) ? imp_suggestion_words_keep (self->suggestion->keep) : why);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * imp_suggestion_widget_get_id:
 * @self: a suggestion on the canvas
 *
 * Returns: its id in the list
 */
guint
imp_suggestion_widget_get_id (ImpSuggestionWidget *self)
{
  return self->id;
}

/**
 * imp_suggestion_widget_describe:
 * @self: a suggestion on the canvas
 * @number: which of those that are there, from 1
 */
void
imp_suggestion_widget_describe (ImpSuggestionWidget *self, guint number)
{
  const ImpRect *rect = &self->suggestion->rect;
  g_autofree char *why = is_kept (self)
                             ? g_strdup (imp_suggestion_words_keep (self->suggestion->keep))
                             : imp_suggestion_words_why (self->suggestion);
  g_autofree char *name =
      g_strdup_printf (_ ("Suggestion %u: %s, %d × %d pixels at %d, %d"), number, why, rect->width,
                       rect->height, rect->x, rect->y);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * imp_suggestion_widget_get_tag_size:
 * @self: a suggestion on the canvas
 * @width: (out): of the tag under it, in logical pixels
 * @height: (out): the same
 */
void
imp_suggestion_widget_get_tag_size (ImpSuggestionWidget *self, int *width, int *height)
{
  pango_layout_get_pixel_size (self->tag, width, height);
  *width += 8;
  *height += 2;
}

/**
 * imp_suggestion_widget_set_tagged:
 * @self: a suggestion on the canvas
 * @tagged: whether there is room for its tag
 */
void
imp_suggestion_widget_set_tagged (ImpSuggestionWidget *self, gboolean tagged)
{
  self->tagged = tagged;
}

/**
 * imp_suggestion_widget_is_kept:
 * @self: a suggestion on the canvas
 *
 * Returns: whether it is better left as it is
 */
gboolean
imp_suggestion_widget_is_kept (ImpSuggestionWidget *self)
{
  return is_kept (self);
}

/**
 * imp_suggestion_widget_get_rect:
 * @self: a suggestion on the canvas
 *
 * Returns: (transfer none): where, in pixels of the full frame
 */
const ImpRect *
imp_suggestion_widget_get_rect (ImpSuggestionWidget *self)
{
  return &self->suggestion->rect;
}
