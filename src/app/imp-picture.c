#include "imp-picture.h"

#include "imp-error.h"

struct _ImpPicture
{
  GObject parent_instance;

  ImpSource *source;       /* owned */
  ImpFrame *frame;         /* owned: the shown one */
  ImpRedaction *redaction; /* owned */
  GCancellable *loading;   /* owned, nullable: of the frame on its way */
  guint frame_number;
  gboolean has_window;
  ImpWindow window;
  GHashTable *looked_at; /* owned: frame numbers that were drawn on screen */
};

G_DEFINE_FINAL_TYPE (ImpPicture, imp_picture, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FRAME_NUMBER,
  PROP_LOADING,
  PROP_LOOKED_AT,
  N_PROPS
};

enum
{
  PIXELS_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
imp_picture_emit_pixels_changed (ImpPicture *self)
{
  g_signal_emit (self, signals[PIXELS_CHANGED], 0);
}

static void
imp_picture_set_loading (ImpPicture *self, GCancellable *loading)
{
  if (self->loading == loading)
    return;
  g_set_object (&self->loading, loading);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
imp_picture_dispose (GObject *object)
{
  ImpPicture *self = IMP_PICTURE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->redaction != NULL)
    g_signal_handlers_disconnect_by_data (self->redaction, self);
  g_clear_object (&self->redaction);
  g_clear_object (&self->source);
  g_clear_pointer (&self->frame, imp_frame_unref);
  g_clear_pointer (&self->looked_at, g_hash_table_unref);
  G_OBJECT_CLASS (imp_picture_parent_class)->dispose (object);
}

static void
imp_picture_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ImpPicture *self = IMP_PICTURE (object);

  switch (id)
    {
    case PROP_FRAME_NUMBER:
      g_value_set_uint (value, self->frame_number);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading != NULL);
      break;
    case PROP_LOOKED_AT:
      g_value_set_boolean (value, imp_picture_get_looked_at (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
imp_picture_class_init (ImpPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = imp_picture_dispose;
  object_class->get_property = imp_picture_get_property;

  properties[PROP_FRAME_NUMBER] = g_param_spec_uint ("frame-number", NULL, NULL, 0, G_MAXUINT, 0,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOOKED_AT] = g_param_spec_boolean ("looked-at", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ImpPicture::pixels-changed:
   *
   * After any change of frame, window, boxes or crop: what would be exported is another picture
   * now, so approvals and answers about its pixels no longer hold.
   */
  signals[PIXELS_CHANGED] = g_signal_new ("pixels-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_picture_init (ImpPicture *self)
{
  self->looked_at = g_hash_table_new (NULL, NULL);
}

/**
 * imp_picture_new:
 * @source: an opened file
 * @first_frame: its frame 0
 *
 * Returns: (transfer full): the picture, nothing covered, in the file's default window
 */
ImpPicture *
imp_picture_new (ImpSource *source, ImpFrame *first_frame)
{
  ImpPicture *self = g_object_new (IMP_TYPE_PICTURE, NULL);

  self->source = g_object_ref (source);
  self->frame = imp_frame_ref (first_frame);
  self->redaction =
      imp_redaction_new (imp_frame_get_width (first_frame), imp_frame_get_height (first_frame));
  g_signal_connect_swapped (self->redaction, "changed",
                            G_CALLBACK (imp_picture_emit_pixels_changed), self);
  return self;
}

/**
 * imp_picture_get_source:
 * @self: a picture
 *
 * Returns: (transfer none): the opened file it came from
 */
ImpSource *
imp_picture_get_source (ImpPicture *self)
{
  return self->source;
}

/**
 * imp_picture_get_frame:
 * @self: a picture
 *
 * Returns: (transfer none): the pixels of the shown frame
 */
ImpFrame *
imp_picture_get_frame (ImpPicture *self)
{
  return self->frame;
}

/**
 * imp_picture_get_frame_number:
 * @self: a picture
 *
 * Returns: which frame is shown, from 0
 */
guint
imp_picture_get_frame_number (ImpPicture *self)
{
  return self->frame_number;
}

typedef struct
{
  guint number;
  ImpFrame *frame; /* owned, nullable */
} LoadedFrame;

static void
loaded_frame_free (LoadedFrame *loaded)
{
  g_clear_pointer (&loaded->frame, imp_frame_unref);
  g_free (loaded);
}

static void
on_frame_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ImpPicture *self = g_task_get_source_object (task);
  LoadedFrame *loaded = g_task_get_task_data (task);
  gboolean overtaken = self->loading != g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  loaded->frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);
  if (!overtaken)
    imp_picture_set_loading (self, NULL);
  if (loaded->frame == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (overtaken || self->source == NULL)
    {
      g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_CANCELLED,
                               "Another frame was asked for in the meantime");
      return;
    }
  if (imp_frame_get_width (loaded->frame) != imp_frame_get_width (self->frame)
      || imp_frame_get_height (loaded->frame) != imp_frame_get_height (self->frame))
    {
      g_task_return_new_error (task, IMP_ERROR, IMP_ERROR_DAMAGED,
                               "Frame %u has another size than the first: the boxes would lie "
                               "elsewhere on it",
                               loaded->number + 1);
      return;
    }
  g_clear_pointer (&self->frame, imp_frame_unref);
  self->frame = g_steal_pointer (&loaded->frame);
  self->frame_number = loaded->number;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME_NUMBER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
  imp_picture_emit_pixels_changed (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * imp_picture_show_frame_async:
 * @self: a picture
 * @frame_number: a frame of its source, from 0
 * @cancellable: (nullable): to give up; another call of this gives up too
 * @callback: called when the frame is shown, or cannot be
 * @user_data: for @callback
 *
 * Decodes a frame and shows it. Boxes and crop stay where they are; the frame counts as looked at
 * only once it was drawn.
 */
void
imp_picture_show_frame_async (ImpPicture *self, guint frame_number, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GCancellable) own =
      cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, own, callback, user_data);
  LoadedFrame *loaded = g_new0 (LoadedFrame, 1);

  g_task_set_source_tag (task, imp_picture_show_frame_async);
  /* The result below says what happened; a cancel after the frame is shown changes nothing. */
  g_task_set_check_cancellable (task, FALSE);
  loaded->number = frame_number;
  g_task_set_task_data (task, loaded, (GDestroyNotify)loaded_frame_free);
  g_cancellable_cancel (self->loading);
  imp_picture_set_loading (self, own);
  imp_source_load_frame_async (self->source, frame_number, 0, own, on_frame_loaded,
                               g_steal_pointer (&task));
}

/**
 * imp_picture_show_frame_finish:
 * @self: a picture
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: whether the frame is shown; if not, %IMP_ERROR_CANCELLED where another frame was asked
 *   for, %IMP_ERROR_DAMAGED where the frame's size is not the first one's, or what
 * imp_source_load_frame_finish() says
 */
gboolean
imp_picture_show_frame_finish (ImpPicture *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_picture_get_window:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): the chosen VOI window, in modality values; %NULL for the
 *   file's default presentation
 */
const ImpWindow *
imp_picture_get_window (ImpPicture *self)
{
  return self->has_window ? &self->window : NULL;
}

/**
 * imp_picture_set_window:
 * @self: a picture
 * @window: (nullable): a VOI window, width 1 or more; %NULL for the file's default presentation
 *
 * Chooses how grey values are shown and exported. Does nothing where the frame takes no window.
 */
void
imp_picture_set_window (ImpPicture *self, const ImpWindow *window)
{
  if (window == NULL ? !self->has_window : !imp_frame_can_window (self->frame))
    return;
  if (window != NULL && self->has_window && window->centre == self->window.centre
      && window->width == self->window.width && window->function == self->window.function)
    return;
  self->has_window = window != NULL;
  if (window != NULL)
    self->window = *window;
  imp_picture_emit_pixels_changed (self);
}

/**
 * imp_picture_get_redaction:
 * @self: a picture
 *
 * Returns: (transfer none): what is covered and cut away, in pixels of the full frame
 */
ImpRedaction *
imp_picture_get_redaction (ImpPicture *self)
{
  return self->redaction;
}

/**
 * imp_picture_get_looked_at:
 * @self: a picture
 *
 * Returns: whether the shown frame was drawn on screen
 */
gboolean
imp_picture_get_looked_at (ImpPicture *self)
{
  return g_hash_table_contains (self->looked_at, GUINT_TO_POINTER (self->frame_number + 1));
}

/**
 * imp_picture_set_looked_at:
 * @self: a picture
 *
 * Notes that the shown frame was drawn on screen. Only the canvas calls it, after drawing.
 */
void
imp_picture_set_looked_at (ImpPicture *self)
{
  if (g_hash_table_add (self->looked_at, GUINT_TO_POINTER (self->frame_number + 1)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
}
