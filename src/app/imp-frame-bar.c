#include "imp-frame-bar.h"

#include <glib/gi18n.h>

#include "imp-error.h"

/* 12 pictures in a second: slow enough to see each, as an ultrasound loop is reviewed. */
#define PLAY_INTERVAL_MS 83

struct _ImpFrameBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkToggleButton *play;
  GtkLabel *count;
  GtkAdjustment *adjustment;

  ImpPicture *picture; /* owned, nullable */
  guint n_frames;
  guint play_source;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpFrameBar, imp_frame_bar, GTK_TYPE_WIDGET)

static void
show_number (ImpFrameBar *self)
{
  self->updating = TRUE;
  /* The slider is where the hand has it, not at the frame before that is shown on the way. */
  gtk_adjustment_set_value (self->adjustment, imp_picture_get_wanted_frame (self->picture) + 1.0);
  self->updating = FALSE;
}

static void
on_frame_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpFrameBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (imp_picture_show_finish (IMP_PICTURE (source), result, &error)
      || g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->picture != IMP_PICTURE (source))
    return;
  gtk_toggle_button_set_active (self->play, FALSE);
  show_number (self);
  g_signal_emit_by_name (self, "notice", error->message);
}

static void
show_frame (ImpFrameBar *self, guint frame_number)
{
  imp_picture_show_frame_async (self->picture, frame_number, on_frame_shown, g_object_ref (self));
}

static void
on_value_changed (ImpFrameBar *self)
{
  guint frame_number = (guint)(gtk_adjustment_get_value (self->adjustment) - 0.5);

  if (!self->updating && self->picture != NULL
      && frame_number != imp_picture_get_wanted_frame (self->picture))
    show_frame (self, frame_number);
}

static gboolean
on_play (gpointer user_data)
{
  ImpFrameBar *self = user_data;
  gboolean loading = FALSE;

  g_object_get (self->picture, "loading", &loading, NULL);
  if (!loading)
    show_frame (self, (imp_picture_get_frame_number (self->picture) + 1) % self->n_frames);
  return G_SOURCE_CONTINUE;
}

static void
on_play_toggled (ImpFrameBar *self)
{
  gboolean playing = gtk_toggle_button_get_active (self->play) && self->picture != NULL;

  g_clear_handle_id (&self->play_source, g_source_remove);
  if (playing)
    self->play_source = g_timeout_add (PLAY_INTERVAL_MS, on_play, self);
  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
}

static void
imp_frame_bar_dispose (GObject *object)
{
  ImpFrameBar *self = IMP_FRAME_BAR (object);

  g_clear_handle_id (&self->play_source, g_source_remove);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  if (self->box != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->box));
  G_OBJECT_CLASS (imp_frame_bar_parent_class)->dispose (object);
}

static void
imp_frame_bar_class_init (ImpFrameBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_frame_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-frame-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpFrameBar, box);
  gtk_widget_class_bind_template_child (widget_class, ImpFrameBar, play);
  gtk_widget_class_bind_template_child (widget_class, ImpFrameBar, count);
  gtk_widget_class_bind_template_child (widget_class, ImpFrameBar, adjustment);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
imp_frame_bar_init (ImpFrameBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->play, "toggled", G_CALLBACK (on_play_toggled), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_frame_bar_new:
 *
 * Returns: (transfer full): a bar, hidden until a picture has more than one frame
 */
GtkWidget *
imp_frame_bar_new (void)
{
  return g_object_new (IMP_TYPE_FRAME_BAR, NULL);
}

/**
 * imp_frame_bar_set_picture:
 * @self: a frame bar
 * @picture: (nullable): whose frames
 */
void
imp_frame_bar_set_picture (ImpFrameBar *self, ImpPicture *picture)
{
  g_autofree char *count = NULL;

  if (self->picture == picture)
    return;
  gtk_toggle_button_set_active (self->play, FALSE);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_set_object (&self->picture, picture);
  self->n_frames = 1;
  if (picture != NULL)
    {
      self->n_frames =
          imp_facts_get_n_frames (imp_source_get_facts (imp_picture_get_source (picture)));
      g_signal_connect_swapped (picture, "notify::frame-number", G_CALLBACK (show_number), self);
      self->updating = TRUE;
      gtk_adjustment_set_upper (self->adjustment, self->n_frames);
      self->updating = FALSE;
      show_number (self);
    }
  /* Translators: follows the number of the frame: "3 of 40". */
  count = g_strdup_printf (_ ("of %u"), self->n_frames);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_frames > 1);
}

/**
 * imp_frame_bar_step:
 * @self: a frame bar
 * @frames: how many frames to go on, or back
 */
void
imp_frame_bar_step (ImpFrameBar *self, int frames)
{
  if (self->n_frames > 1)
    gtk_adjustment_set_value (self->adjustment,
                              gtk_adjustment_get_value (self->adjustment) + frames);
}

/**
 * imp_frame_bar_toggle_play:
 * @self: a frame bar
 */
void
imp_frame_bar_toggle_play (ImpFrameBar *self)
{
  if (self->n_frames > 1)
    gtk_toggle_button_set_active (self->play, !gtk_toggle_button_get_active (self->play));
}
