/* The reveal view of the canvas: made by a worker, shown instead of the picture, never exported. */
#include "imp-canvas-private.h"

#include "imp-reveal.h"

typedef struct
{
  ImpFrame *frame; /* owned */
  ImpWindow window;
  gboolean by_default;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  imp_frame_unref (wanted->frame);
  g_free (wanted);
}

static void
reveal_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Wanted *wanted = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster =
      imp_frame_render (wanted->frame, wanted->by_default ? NULL : &wanted->window, &error);
  g_autoptr (ImpRaster) revealed = NULL;

  if (raster == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  revealed = imp_reveal (raster);
  g_task_return_pointer (task, imp_frame_new_finished (revealed), (GDestroyNotify)imp_frame_unref);
}

static void
on_revealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpCanvas) self = IMP_CANVAS (user_data);
  g_autoptr (ImpFrame) frame = g_task_propagate_pointer (G_TASK (result), NULL);

  /* What was asked for meanwhile is another picture, or none. */
  if (g_task_get_cancellable (G_TASK (result)) != self->revealing)
    return;
  g_clear_object (&self->revealing);
  if (frame == NULL)
    {
      imp_canvas_set_reveal (self, FALSE);
      return;
    }
  self->revealed = imp_tiles_new (frame, NULL);
  imp_canvas_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "revealed");
}

/**
 * imp_canvas_reveal_again:
 * @self: a canvas
 *
 * To be called where another picture is shown: what was revealed of the one before goes, and this
 * one is shown as it is until it has been revealed.
 */
void
imp_canvas_reveal_again (ImpCanvas *self)
{
  g_autoptr (GTask) task = NULL;
  Wanted *wanted = NULL;
  gboolean was_revealed = self->revealed != NULL;

  if (self->revealing != NULL)
    g_cancellable_cancel (self->revealing);
  g_clear_object (&self->revealing);
  g_clear_object (&self->revealed);
  imp_canvas_describe (self);
  if (was_revealed)
    g_object_notify (G_OBJECT (self), "revealed");
  if (!self->reveal || self->tiled_frame == NULL)
    return;

  wanted = g_new0 (Wanted, 1);
  wanted->frame = imp_frame_ref (self->tiled_frame);
  wanted->window = self->tiled_window;
  wanted->by_default = self->tiled_by_default;
  self->revealing = g_cancellable_new ();
  task = g_task_new (NULL, self->revealing, on_revealed, g_object_ref (self));
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, reveal_in_thread);
}

/**
 * imp_canvas_set_reveal:
 * @self: a canvas
 * @reveal: whether faint writing is made to stand out
 *
 * Shows the picture so that what is a level or two apart is seen apart. It is looked at only: what
 * leaves stays as it is.
 */
void
imp_canvas_set_reveal (ImpCanvas *self, gboolean reveal)
{
  if (self->reveal == reveal)
    return;
  self->reveal = reveal;
  imp_canvas_reveal_again (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "reveal");
}
