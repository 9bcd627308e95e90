#include "imp-picture.h"

#include "imp-error.h"
#include "imp-onlooker.h"

/* What shall be shown. */
typedef struct
{
  guint frame;
  guint planes;
} Wish;

struct _ImpPicture
{
  GObject parent_instance;

  ImpSource *source;       /* owned */
  ImpFrame *frame;         /* owned: the shown one */
  ImpRedaction *redaction; /* owned */
  GCancellable *loading;   /* owned, nullable: of the frame on its way */
  GTask *waiting;          /* owned, nullable: asked for meanwhile, not begun */
  Wish wanted;             /* that was asked for last */
  guint frame_number;
  gboolean has_window;
  ImpWindow window;
  gboolean range_known; /* has_range and range are those of what is shown now */
  gboolean has_range;
  ImpWindow range;
  GHashTable *onlookers; /* owned: from seat to ImpOnlooker */
  ImpOnlooker *onlooker; /* owned by onlookers: who sits here now */
  guint unreadable;      /* overlays that could not be drawn when they were asked for alone */
  gboolean revealed;
};

G_DEFINE_FINAL_TYPE (ImpPicture, imp_picture, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FRAME_NUMBER,
  PROP_LOADING,
  PROP_PLANES,
  PROP_LOOKED_AT,
  PROP_REVEALED,
  PROP_SEEN_SHARE,
  N_PROPS
};

enum
{
  PIXELS_CHANGED,
  SEAT_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
imp_picture_emit_pixels_changed (ImpPicture *self)
{
  self->range_known = FALSE;
  g_signal_emit (self, signals[PIXELS_CHANGED], 0);
}

static void
imp_picture_dispose (GObject *object)
{
  ImpPicture *self = IMP_PICTURE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->waiting);
  if (self->redaction != NULL)
    g_signal_handlers_disconnect_by_data (self->redaction, self);
  g_clear_object (&self->redaction);
  g_clear_object (&self->source);
  g_clear_pointer (&self->frame, imp_frame_unref);
  self->onlooker = NULL;
  g_clear_pointer (&self->onlookers, g_hash_table_unref);
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
    case PROP_PLANES:
      g_value_set_uint (value, imp_picture_get_planes (self));
      break;
    case PROP_LOOKED_AT:
      g_value_set_boolean (value, imp_picture_get_looked_at (self));
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    case PROP_SEEN_SHARE:
      g_value_set_uint (value, imp_picture_get_seen_share (self));
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
  properties[PROP_PLANES] = g_param_spec_uint ("planes", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOOKED_AT] = g_param_spec_boolean ("looked-at", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEEN_SHARE] = g_param_spec_uint ("seen-share", NULL, NULL, 0, 100, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ImpPicture::pixels-changed:
   *
   * After any change of frame, overlays, window, boxes or crop: what would be exported is another
   * picture now, so approvals and answers about its pixels no longer hold.
   */
  signals[PIXELS_CHANGED] = g_signal_new ("pixels-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ImpPicture::seat-changed:
   *
   * Somebody else sits here: what is on screen is looked at from now on.
   */
  signals[SEAT_CHANGED] = g_signal_new ("seat-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_picture_init (ImpPicture *self)
{
  self->onlookers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)imp_onlooker_free);
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
  imp_picture_set_seat (self, NULL);
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

/* ---- loading ---- */

static void start_loading (ImpPicture *self, GTask *owned_task);

static void
forget_frames (ImpPicture *self)
{
  GHashTableIter iter;
  gpointer onlooker = NULL;

  g_hash_table_iter_init (&iter, self->onlookers);
  while (g_hash_table_iter_next (&iter, NULL, &onlooker))
    imp_onlooker_forget_frames (onlooker);
}

static void
show_loaded (ImpPicture *self, ImpFrame *frame, guint number)
{
  gboolean other_number = number != self->frame_number;
  gboolean other_planes = imp_frame_get_planes (frame) != imp_frame_get_planes (self->frame);

  if (other_planes)
    forget_frames (self);
  imp_frame_unref (self->frame);
  self->frame = imp_frame_ref (frame);
  self->frame_number = number;
  self->range_known = FALSE;
  if (other_number)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME_NUMBER]);
  if (other_planes)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLANES]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
  imp_picture_emit_pixels_changed (self);
}

/* An overlay that can never be drawn cannot be looked at, nor leave. That only the decoder's own
 * word says, of a single plane more over the frame that is shown: a helper that was slow or died,
 * or another frame that is damaged, says nothing of the plane. */
static void
note_unreadable (ImpPicture *self, const Wish *wish, const GError *error)
{
  guint added = wish->planes & ~imp_picture_get_planes (self);

  if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED)
      || wish->frame != self->frame_number || imp_overlay_count_planes (added) != 1)
    return;
  self->unreadable |= added;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ImpPicture) self = g_object_ref (g_task_get_source_object (task));
  const Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);

  g_clear_object (&self->loading);
  if (self->source == NULL)
    g_clear_pointer (&frame, imp_frame_unref);
  if (frame != NULL
      && (imp_frame_get_width (frame) != imp_frame_get_width (self->frame)
          || imp_frame_get_height (frame) != imp_frame_get_height (self->frame)))
    {
      g_clear_pointer (&frame, imp_frame_unref);
      g_set_error (&error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "Frame %u has another size than the first: the boxes would lie elsewhere on it",
                   wish->frame + 1);
    }
  if (frame == NULL && self->frame != NULL)
    note_unreadable (self, wish, error);
  /* The next one is on its way before anybody looks whether there is one. */
  if (self->waiting != NULL && self->source != NULL)
    start_loading (self, g_steal_pointer (&self->waiting));
  else if (frame == NULL && self->frame != NULL)
    self->wanted = (Wish){ self->frame_number, imp_frame_get_planes (self->frame) };
  if (self->loading == NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  if (frame != NULL)
    show_loaded (self, frame, wish->frame);
  if (error == NULL && frame == NULL)
    g_set_error_literal (&error, IMP_ERROR, IMP_ERROR_CANCELLED, "The picture is gone");
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
start_loading (ImpPicture *self, GTask *owned_task)
{
  const Wish *wish = g_task_get_task_data (owned_task);

  self->loading = g_cancellable_new ();
  imp_source_load_frame_async (self->source, wish->frame, wish->planes, self->loading, on_loaded,
                               owned_task);
}

/* What is being decoded is left to finish and shown: to stop it would end the helper's child, and
 * a new one would have to read the file again. Of what is asked for meanwhile the latest counts. */
static void
wish (ImpPicture *self, const Wish *wanted, gpointer tag, GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) overtaken = g_steal_pointer (&self->waiting);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (wanted, sizeof *wanted), g_free);
  self->wanted = *wanted;
  if (self->loading != NULL)
    self->waiting = g_steal_pointer (&task);
  else
    {
      start_loading (self, g_steal_pointer (&task));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  if (overtaken != NULL)
    g_task_return_new_error (overtaken, IMP_ERROR, IMP_ERROR_CANCELLED,
                             "Something else was asked for in the meantime");
}

/**
 * imp_picture_show_frame_async:
 * @self: a picture
 * @frame_number: a frame of its source, from 0
 * @callback: called when the frame is shown, or cannot be
 * @user_data: for @callback
 *
 * Decodes a frame and shows it, with the overlays that are shown already. Boxes and crop stay where
 * they are; the frame counts as looked at only once it was drawn. While one frame is being decoded
 * only the latest of those asked for meanwhile waits: the others are given up.
 */
void
imp_picture_show_frame_async (ImpPicture *self, guint frame_number, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const Wish wanted = { frame_number, self->wanted.planes };

  wish (self, &wanted, imp_picture_show_frame_async, callback, user_data);
}

/**
 * imp_picture_show_planes_async:
 * @self: a picture
 * @planes: the overlays to draw, a bit for each group (bit 0 is 6000), 0 for none
 * @callback: called when they are shown, or cannot be
 * @user_data: for @callback
 *
 * Draws overlays on the picture: they are part of what would be exported then. No frame counts as
 * looked at any more until it was drawn with them. Where a plane cannot be read, everything stays
 * as it was.
 */
void
imp_picture_show_planes_async (ImpPicture *self, guint planes, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const Wish wanted = { self->wanted.frame, planes };

  wish (self, &wanted, imp_picture_show_planes_async, callback, user_data);
}

/**
 * imp_picture_show_finish:
 * @self: a picture
 * @result: what the callback was given
 * @error: where to put the error
 *
 * Returns: whether what was asked for is shown; if not, %IMP_ERROR_CANCELLED where something else
 *   was asked for, %IMP_ERROR_DAMAGED where the frame's size is not the first one's, or what
 *   imp_source_load_frame_finish() says
 */
gboolean
imp_picture_show_finish (ImpPicture *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * imp_picture_get_wanted_frame:
 * @self: a picture
 *
 * Returns: the frame that was asked for last, shown or on its way, from 0
 */
guint
imp_picture_get_wanted_frame (ImpPicture *self)
{
  return self->wanted.frame;
}

/**
 * imp_picture_get_planes:
 * @self: a picture
 *
 * Returns: the overlays that are drawn on it, a bit for each group (bit 0 is 6000)
 */
guint
imp_picture_get_planes (ImpPicture *self)
{
  return imp_frame_get_planes (self->frame);
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
 * @window: (nullable): a VOI window, width 1 or more, or a VOI LUT of the file; %NULL for the
 * file's default presentation
 *
 * Chooses how grey values are shown and exported. Does nothing where the frame takes no window.
 */
void
imp_picture_set_window (ImpPicture *self, const ImpWindow *window)
{
  if (window == NULL ? !self->has_window : !imp_frame_can_window (self->frame))
    return;
  if (window != NULL && self->has_window && window->centre == self->window.centre
      && window->width == self->window.width && window->function == self->window.function
      && window->table == self->window.table)
    return;
  self->has_window = window != NULL;
  if (window != NULL)
    self->window = *window;
  imp_picture_emit_pixels_changed (self);
}

/**
 * imp_picture_list_filled:
 * @self: a picture
 * @has_crop: (out): whether anything is cut away
 * @crop: (out): what is kept
 *
 * Returns: (transfer full) (element-type ImpRect): the boxes and the edges of the crop, as they
 *   will be filled in what is exported
 */
GArray *
imp_picture_list_filled (ImpPicture *self, gboolean *has_crop, ImpRect *crop)
{
  const ImpCover cover = imp_facts_get_cover (imp_source_get_facts (self->source));
  GArray *filled = imp_redaction_get_boxes (self->redaction);

  for (guint i = 0; i < filled->len; i++)
    {
      ImpRect *box = &g_array_index (filled, ImpRect, i);

      *box = imp_cover_fill (&cover, box);
    }
  *has_crop = imp_redaction_get_crop (self->redaction, crop);
  if (*has_crop)
    imp_cover_fill_crop_edges (&cover, crop, filled);
  return filled;
}

/**
 * imp_picture_get_range:
 * @self: a picture
 * @window: (out): from the lowest to the highest value of what is neither covered nor cut off
 *
 * Returns: whether there is such a window: not for a picture that takes none, nor where all of it
 *   is covered
 */
gboolean
imp_picture_get_range (ImpPicture *self, ImpWindow *window)
{
  if (!self->range_known)
    {
      ImpRect crop = { 0, 0, 0, 0 };
      gboolean has_crop = FALSE;
      g_autoptr (GArray) filled = imp_picture_list_filled (self, &has_crop, &crop);

      self->has_range =
          imp_frame_measure_range (self->frame, (const ImpRect *)(void *)filled->data, filled->len,
                                   has_crop ? &crop : NULL, &self->range);
      self->range_known = TRUE;
    }
  if (self->has_range)
    *window = self->range;
  return self->has_range;
}

/**
 * imp_picture_get_drawn_window:
 * @self: a picture
 * @window: (out): the window that its grey values are drawn in, as they will be exported
 *
 * The gate asks the same function of the frame: what is seen is what leaves.
 *
 * Returns: whether there is one; if not, it is drawn in the file's default presentation
 */
gboolean
imp_picture_get_drawn_window (ImpPicture *self, ImpWindow *window)
{
  ImpRect crop = { 0, 0, 0, 0 };
  gboolean has_crop = FALSE;
  g_autoptr (GArray) filled = imp_picture_list_filled (self, &has_crop, &crop);
  ImpWindow measured = { 0 };
  const ImpWindow *drawn = imp_frame_choose_window (
      self->frame, self->has_window ? &self->window : NULL, (const ImpRect *)(void *)filled->data,
      filled->len, has_crop ? &crop : NULL, &measured);

  if (drawn == &measured)
    {
      self->range = measured;
      self->has_range = self->range_known = TRUE;
    }
  if (drawn != NULL)
    *window = *drawn;
  return drawn != NULL;
}

/**
 * imp_picture_set_seat:
 * @self: a picture
 * @seat: (nullable): who sits here from now on: a user's id; "" or %NULL where nobody is told apart
 *   or known
 *
 * What was looked at is kept for each: another user has not seen it. "looked-at" and "seen-share"
 * are notified.
 */
void
imp_picture_set_seat (ImpPicture *self, const char *seat)
{
  const char *key = seat != NULL ? seat : "";
  ImpOnlooker *onlooker = g_hash_table_lookup (self->onlookers, key);

  if (onlooker != NULL && onlooker == self->onlooker)
    return;
  if (onlooker == NULL)
    {
      onlooker =
          imp_onlooker_new (imp_frame_get_width (self->frame), imp_frame_get_height (self->frame));
      g_hash_table_insert (self->onlookers, g_strdup (key), onlooker);
    }
  self->onlooker = onlooker;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEEN_SHARE]);
  g_signal_emit (self, signals[SEAT_CHANGED], 0);
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
  return g_hash_table_contains (self->onlooker->looked_at,
                                GUINT_TO_POINTER (self->frame_number + 1));
}

/**
 * imp_picture_set_looked_at:
 * @self: a picture
 *
 * Notes that the shown frame was drawn on screen, with its overlays. Only the canvas calls it,
 * after drawing.
 */
void
imp_picture_set_looked_at (ImpPicture *self)
{
  gpointer frame = GUINT_TO_POINTER (self->frame_number + 1);
  guint seen = GPOINTER_TO_UINT (g_hash_table_lookup (self->onlooker->seen_planes, frame));

  g_hash_table_insert (self->onlooker->seen_planes, frame,
                       GUINT_TO_POINTER (seen | imp_picture_get_planes (self)));
  if (g_hash_table_add (self->onlooker->looked_at, frame))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_AT]);
}

/**
 * imp_picture_get_seen_planes:
 * @self: a picture
 *
 * Returns: the overlays that were drawn on screen over the shown frame at least once, or cannot be:
 *   a bit for each group (bit 0 is 6000). "looked-at" is notified when it changes
 */
guint
imp_picture_get_seen_planes (ImpPicture *self)
{
  return self->unreadable
         | GPOINTER_TO_UINT (g_hash_table_lookup (self->onlooker->seen_planes,
                                                  GUINT_TO_POINTER (self->frame_number + 1)));
}

/* What leaves of the shown frame; where nothing is covered, @filled is empty. */
static ImpSeenAim
find_aim (ImpPicture *self, GArray **filled)
{
  ImpSeenAim aim = { { 0, 0, 0, 0 }, NULL, 0 };
  gboolean has_crop = FALSE;

  *filled = imp_picture_list_filled (self, &has_crop, &aim.crop);
  aim.filled = (const ImpRect *)(void *)(*filled)->data;
  aim.n_filled = (*filled)->len;
  return aim;
}

/* Another contrast is another one for everybody. */
static gboolean
show_in_window (ImpPicture *self, const ImpWindow *window)
{
  gboolean changed = FALSE;
  GHashTableIter iter;
  gpointer onlooker = NULL;

  g_hash_table_iter_init (&iter, self->onlookers);
  while (g_hash_table_iter_next (&iter, NULL, &onlooker))
    if (imp_seen_set_window (((ImpOnlooker *)onlooker)->seen, self->frame_number, window))
      changed |= onlooker == self->onlooker;
  return changed;
}

/**
 * imp_picture_add_seen:
 * @self: a picture
 * @window: (nullable): the window that the frame is drawn in
 * @shown: (array length=n_shown): what of the shown frame is on screen at full size
 * @n_shown: how many; 0 where only @window is to be noted
 *
 * Notes that a part of the shown frame was drawn on screen at full size, but for what is covered.
 * Only the canvas calls it. Boxes and crop leave what was seen as it was; other overlays and a
 * contrast that shows other things do not (imp_seen_set_window()).
 */
void
imp_picture_add_seen (ImpPicture *self, const ImpWindow *window, const ImpRect *shown,
                      gsize n_shown)
{
  g_autoptr (GArray) filled = NULL;
  ImpSeenAim aim = find_aim (self, &filled);
  gboolean changed = show_in_window (self, window);

  if (n_shown > 0)
    changed |= imp_seen_add (self->onlooker->seen, self->frame_number, shown, n_shown, aim.filled,
                             aim.n_filled);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEEN_SHARE]);
}

/**
 * imp_picture_get_seen_share:
 * @self: a picture
 *
 * Returns: how much of what would leave of the shown frame was on screen at full size, in percent.
 *   "seen-share" is notified when more was seen, "pixels-changed" when something else leaves
 */
guint
imp_picture_get_seen_share (ImpPicture *self)
{
  g_autoptr (GArray) filled = NULL;
  ImpSeenAim aim = find_aim (self, &filled);

  return imp_seen_get_share (self->onlooker->seen, self->frame_number, &aim);
}

/**
 * imp_picture_list_unseen:
 * @self: a picture
 *
 * Returns: (transfer full) (element-type ImpRect): what of the shown frame would leave, and was
 *   never on screen at full size, from the top down
 */
GArray *
imp_picture_list_unseen (ImpPicture *self)
{
  g_autoptr (GArray) filled = NULL;
  ImpSeenAim aim = find_aim (self, &filled);

  return imp_seen_list_unseen (self->onlooker->seen, self->frame_number, &aim);
}

/**
 * imp_picture_get_revealed:
 * @self: a picture
 *
 * Returns: whether the person at the desk has asked for what the file says in clear
 */
gboolean
imp_picture_get_revealed (ImpPicture *self)
{
  return self->revealed;
}

/**
 * imp_picture_set_revealed:
 * @self: a picture
 * @revealed: whether to show in clear what the file says
 */
void
imp_picture_set_revealed (ImpPicture *self, gboolean revealed)
{
  if (self->revealed == revealed)
    return;
  self->revealed = revealed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/**
 * imp_picture_mask:
 * @self: a picture
 * @value: free text of the file, which may name anybody
 *
 * Returns: (transfer none): @value where it may be shown, else dots
 */
const char *
imp_picture_mask (ImpPicture *self, const char *value)
{
  return self->revealed ? value : "••••••";
}
