#include "imp-signature-pad.h"

#include <glib/gi18n.h>

#include "imp-widgets.h"

/* The paper that is signed on: its own pixels, whatever size it is shown at. */
#define PAPER_WIDTH 1200
#define PAPER_HEIGHT 360
#define LEAST_HEIGHT 120

struct _ImpSignaturePad
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *area;
  GtkWidget *state;
  GtkWidget *clear_button;

  /* Owned references */
  ImpStrokes *strokes;
};

G_DEFINE_FINAL_TYPE (ImpSignaturePad, imp_signature_pad, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Dark ink on white paper in every theme, as it is printed. */
static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const ImpSignaturePad *self = user_data;
  double scale_x = (double)width / imp_strokes_get_width (self->strokes);
  double scale_y = (double)height / imp_strokes_get_height (self->strokes);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.75, 0.75, 0.75);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, width * 0.05, height * 0.78);
  cairo_line_to (cr, width * 0.95, height * 0.78);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.05, 0.05, 0.2);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < imp_strokes_get_n_lines (self->strokes); i++)
    {
      guint n_points = 0;
      const ImpStrokePoint *points = imp_strokes_get_line (self->strokes, i, &n_points);

      for (guint j = 0; j < n_points; j++)
        cairo_line_to (cr, points[j].x * scale_x, points[j].y * scale_y);
      if (n_points == 1)
        cairo_close_path (cr);
      cairo_stroke (cr);
    }
}

static void
update (ImpSignaturePad *self)
{
  guint n_lines = imp_strokes_get_n_lines (self->strokes);
  const char *text = n_lines == 0 ? _ ("Nothing is drawn yet") : _ ("Drawn");

  gtk_label_set_label (GTK_LABEL (self->state), text);
  gtk_widget_set_sensitive (self->clear_button, n_lines > 0);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
      n_lines == 0 ? _ ("Signature: nothing is drawn yet") : _ ("Signature: drawn"), -1);
  gtk_widget_queue_draw (self->area);
}

static void
add_point (ImpSignaturePad *self, double x, double y)
{
  int width = gtk_widget_get_width (self->area);
  int height = gtk_widget_get_height (self->area);

  if (width > 0 && height > 0)
    imp_strokes_add (self->strokes, (int)(x * PAPER_WIDTH / width),
                     (int)(y * PAPER_HEIGHT / height));
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ImpSignaturePad *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  imp_strokes_begin (self->strokes);
  add_point (self, x, y);
  gtk_widget_queue_draw (self->area);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, ImpSignaturePad *self)
{
  double x = 0;
  double y = 0;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  add_point (self, x + dx, y + dy);
  gtk_widget_queue_draw (self->area);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, ImpSignaturePad *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_clear_clicked (GtkButton *button, ImpSignaturePad *self)
{
  imp_signature_pad_clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
imp_signature_pad_dispose (GObject *object)
{
  ImpSignaturePad *self = IMP_SIGNATURE_PAD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_signature_pad_parent_class)->dispose (object);
}

static void
imp_signature_pad_finalize (GObject *object)
{
  imp_strokes_free (IMP_SIGNATURE_PAD (object)->strokes);
  G_OBJECT_CLASS (imp_signature_pad_parent_class)->finalize (object);
}

static void
imp_signature_pad_class_init (ImpSignaturePadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_signature_pad_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_signature_pad_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_area (ImpSignaturePad *self)
{
  GtkWidget *frame = gtk_aspect_frame_new (0.5F, 0.5F, (float)PAPER_WIDTH / PAPER_HEIGHT, FALSE);
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->area =
      g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), LEAST_HEIGHT);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area),
                                      LEAST_HEIGHT * PAPER_WIDTH / PAPER_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  gtk_widget_set_cursor_from_name (self->area, "crosshair");
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (self->area, GTK_EVENT_CONTROLLER (drag));
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (frame), self->area);
  return frame;
}

static void
imp_signature_pad_init (ImpSignaturePad *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->strokes = imp_strokes_new (PAPER_WIDTH, PAPER_HEIGHT);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box),
                  imp_widgets_label (_ ("Sign below with a pen, a finger or the mouse. Who cannot "
                                        "sign on a screen signs on paper, or says so before a "
                                        "witness: choose that as the evidence instead."),
                                     "caption"));
  gtk_box_append (GTK_BOX (self->box), build_area (self));
  self->state = imp_widgets_label (NULL, "caption");
  gtk_widget_set_hexpand (self->state, TRUE);
  gtk_box_append (GTK_BOX (line), self->state);
  self->clear_button = gtk_button_new_with_label (_ ("Clear the signature"));
  g_signal_connect (self->clear_button, "clicked", G_CALLBACK (on_clear_clicked), self);
  gtk_box_append (GTK_BOX (line), self->clear_button);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  update (self);
}

/**
 * imp_signature_pad_new:
 *
 * Returns: (transfer floating): a field in which nothing is drawn
 */
GtkWidget *
imp_signature_pad_new (void)
{
  return g_object_new (IMP_TYPE_SIGNATURE_PAD, NULL);
}

/**
 * imp_signature_pad_new_shown:
 * @bytes: a signature of the register
 * @error: where to put the error
 *
 * Returns: (transfer floating) (nullable): the signature to look at, or %NULL with the errors of
 *   imp_strokes_from_bytes()
 */
GtkWidget *
imp_signature_pad_new_shown (GBytes *bytes, GError **error)
{
  g_autoptr (ImpStrokes) strokes = imp_strokes_from_bytes (bytes, error);
  ImpSignaturePad *self = NULL;

  if (strokes == NULL)
    return NULL;
  self = g_object_new (IMP_TYPE_SIGNATURE_PAD, NULL);
  imp_strokes_free (self->strokes);
  self->strokes = g_steal_pointer (&strokes);
  update (self);
  gtk_widget_set_visible (gtk_widget_get_first_child (self->box), FALSE);
  gtk_widget_set_visible (gtk_widget_get_last_child (self->box), FALSE);
  gtk_widget_set_can_target (self->area, FALSE);
  return GTK_WIDGET (self);
}

/**
 * imp_signature_pad_clear:
 * @self: a field
 *
 * Wipes it.
 */
void
imp_signature_pad_clear (ImpSignaturePad *self)
{
  imp_strokes_free (self->strokes);
  self->strokes = imp_strokes_new (PAPER_WIDTH, PAPER_HEIGHT);
  update (self);
}

/**
 * imp_signature_pad_get_bytes:
 * @self: a field
 *
 * Returns: (transfer full) (nullable): what was drawn, as the register keeps it; %NULL for nothing
 */
GBytes *
imp_signature_pad_get_bytes (ImpSignaturePad *self)
{
  return imp_strokes_get_n_lines (self->strokes) == 0 ? NULL : imp_strokes_to_bytes (self->strokes);
}
