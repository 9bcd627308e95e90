#include "imp-request-private.h"

G_DEFINE_FINAL_TYPE (ImpRequest, imp_request, G_TYPE_OBJECT)

static void
imp_request_finalize (GObject *object)
{
  ImpRequest *self = IMP_REQUEST (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->frame, imp_frame_unref);
  g_clear_pointer (&self->boxes, g_array_unref);
  g_clear_pointer (&self->accepted, g_array_unref);
  g_clear_pointer (&self->acknowledged, g_array_unref);
  g_clear_pointer (&self->acknowledged_output, g_free);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_object (&self->target);
  g_clear_pointer (&self->route, g_free);
  g_clear_pointer (&self->destination, g_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_pointer (&self->permission_id, g_free);
  g_clear_pointer (&self->caption, g_free);
  g_clear_pointer (&self->alt, g_free);
  g_clear_pointer (&self->approved_digest, g_free);
  G_OBJECT_CLASS (imp_request_parent_class)->finalize (object);
}

static void
imp_request_class_init (ImpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_request_finalize;
}

static void
imp_request_init (ImpRequest *self)
{
  self->seen_share = -1;
  self->boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  self->accepted = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  self->acknowledged = g_array_new (FALSE, FALSE, sizeof (ImpRect));
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * imp_request_new:
 * @source: the opened file, with its facts and its hash
 * @frame_number: which frame leaves, 0-based
 * @frame: that frame, decoded
 * @origin: whether a person at the desk or a script asks
 *
 * Makes a request in which nothing is answered yet: as it stands it would be refused.
 *
 * Returns: (transfer full): the request
 */
ImpRequest *
imp_request_new (ImpSource *source, guint frame_number, ImpFrame *frame, ImpOrigin origin)
{
  ImpRequest *self = g_object_new (IMP_TYPE_REQUEST, NULL);

  self->source = g_object_ref (source);
  self->frame = imp_frame_ref (frame);
  self->frame_number = frame_number;
  self->origin = origin;
  return self;
}

static void
set_text (char **field, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

static void
set_rects (GArray *array, const ImpRect *rects, gsize n)
{
  g_array_set_size (array, 0);
  if (n > 0)
    g_array_append_vals (array, rects, (guint)n);
}

/**
 * imp_request_copy:
 * @self: a request
 *
 * Copies every value, so that the gate's worker never sees a later change.
 *
 * Returns: (transfer full): the copy
 */
ImpRequest *
imp_request_copy (ImpRequest *self)
{
  ImpRequest *copy = imp_request_new (self->source, self->frame_number, self->frame, self->origin);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  set_rects (copy->boxes, (const ImpRect *)self->boxes->data, self->boxes->len);
  set_rects (copy->accepted, (const ImpRect *)self->accepted->data, self->accepted->len);
  set_rects (copy->acknowledged, (const ImpRect *)self->acknowledged->data,
             self->acknowledged->len);
  copy->acknowledged_output = g_strdup (self->acknowledged_output);
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->answers, g_strdup (key), g_strdup (value));
  g_set_object (&copy->target, self->target);
  copy->route = g_strdup (self->route);
  copy->destination = g_strdup (self->destination);
  copy->person_id = g_strdup (self->person_id);
  copy->permission_id = g_strdup (self->permission_id);
  copy->caption = g_strdup (self->caption);
  copy->alt = g_strdup (self->alt);
  copy->approved_digest = g_strdup (self->approved_digest);
  copy->has_window = self->has_window;
  copy->window = self->window;
  copy->has_crop = self->has_crop;
  copy->crop = self->crop;
  copy->looked_at = self->looked_at;
  copy->seen_share = self->seen_share;
  copy->jpeg = self->jpeg;
  return copy;
}

/**
 * imp_request_set_window:
 * @self: a request
 * @window: (nullable): the VOI window shown, %NULL for the file's default presentation
 */
void
imp_request_set_window (ImpRequest *self, const ImpWindow *window)
{
  self->has_window = window != NULL;
  if (window != NULL)
    self->window = *window;
}

/**
 * imp_request_set_boxes:
 * @self: a request
 * @boxes: (array length=n_boxes): boxes as drawn, full frame in display orientation
 * @n_boxes: how many
 */
void
imp_request_set_boxes (ImpRequest *self, const ImpRect *boxes, gsize n_boxes)
{
  set_rects (self->boxes, boxes, n_boxes);
}

/**
 * imp_request_set_accepted:
 * @self: a request
 * @boxes: (array length=n_boxes): those of its boxes that screening suggested
 * @n_boxes: how many
 *
 * Says for the record who thought of a box; what is covered is what imp_request_set_boxes() says.
 */
void
imp_request_set_accepted (ImpRequest *self, const ImpRect *boxes, gsize n_boxes)
{
  set_rects (self->accepted, boxes, n_boxes);
}

static int
compare_rects (gconstpointer a, gconstpointer b)
{
  const ImpRect *one = a;
  const ImpRect *other = b;

  if (one->y != other->y)
    return one->y < other->y ? -1 : 1;
  if (one->x != other->x)
    return one->x < other->x ? -1 : 1;
  if (one->width != other->width)
    return one->width < other->width ? -1 : 1;
  return (one->height > other->height) - (one->height < other->height);
}

/**
 * imp_request_set_acknowledged:
 * @self: a request
 * @output_sha256: (nullable): the output that they were seen in: #ImpRehearsal has it, and each
 *   refusal; %NULL acknowledges nothing
 * @regions: (array length=n_regions): what screening sees in the output and somebody looked at:
 *   each exactly as the rehearsal has it; the order in which they were looked at is nobody's
 * @n_regions: how many
 */
void
imp_request_set_acknowledged (ImpRequest *self, const char *output_sha256, const ImpRect *regions,
                              gsize n_regions)
{
  set_rects (self->acknowledged, regions, n_regions);
  g_array_sort (self->acknowledged, compare_rects);
  for (guint i = self->acknowledged->len; i-- > 1;)
    if (imp_rect_equal (&g_array_index (self->acknowledged, ImpRect, i),
                        &g_array_index (self->acknowledged, ImpRect, i - 1)))
      g_array_remove_index (self->acknowledged, i);
  set_text (&self->acknowledged_output, output_sha256);
}

/**
 * imp_request_set_crop:
 * @self: a request
 * @crop: (nullable): what is kept, full frame in display orientation; %NULL for all of it
 */
void
imp_request_set_crop (ImpRequest *self, const ImpRect *crop)
{
  self->has_crop = crop != NULL;
  if (crop != NULL)
    self->crop = *crop;
}

/**
 * imp_request_set_route:
 * @self: a request
 * @route: (nullable): "consent" or "anonymised"
 */
void
imp_request_set_route (ImpRequest *self, const char *route)
{
  set_text (&self->route, route);
}

/**
 * imp_request_set_destination:
 * @self: a request
 * @destination: (nullable): one of imp_gate_get_destinations()
 */
void
imp_request_set_destination (ImpRequest *self, const char *destination)
{
  set_text (&self->destination, destination);
}

/**
 * imp_request_set_person:
 * @self: a request
 * @person_id: (nullable): a person's random id, "" where the person is not known, %NULL where
 *   nobody has said yet, which the gate refuses
 */
void
imp_request_set_person (ImpRequest *self, const char *person_id)
{
  set_text (&self->person_id, person_id);
}

/**
 * imp_request_set_permission:
 * @self: a request
 * @permission_id: (nullable): the permission to rest on; %NULL lets the gate take the person's
 *   best
 */
void
imp_request_set_permission (ImpRequest *self, const char *permission_id)
{
  set_text (&self->permission_id, permission_id);
}

/**
 * imp_request_set_answer:
 * @self: a request
 * @key: a question's key
 * @value: (nullable): the answer; %NULL takes it back
 */
void
imp_request_set_answer (ImpRequest *self, const char *key, const char *value)
{
  if (value == NULL)
    g_hash_table_remove (self->answers, key);
  else
    g_hash_table_insert (self->answers, g_strdup (key), g_strdup (value));
}

/**
 * imp_request_get_answer:
 * @self: a request
 * @key: a question's key
 *
 * Returns: (transfer none) (nullable): the answer given so far
 */
const char *
imp_request_get_answer (ImpRequest *self, const char *key)
{
  return g_hash_table_lookup (self->answers, key);
}

/**
 * imp_request_set_looked_at:
 * @self: a request
 * @looked_at: whether the frame was shown on screen; a script's answer to looked-at-all stands
 *   for it
 */
void
imp_request_set_looked_at (ImpRequest *self, gboolean looked_at)
{
  self->looked_at = looked_at;
}

/**
 * imp_request_set_seen_share:
 * @self: a request
 * @percent: how much of what leaves of the frame was on screen at full size, 0 to 100; -1 where
 *   nobody knows, as a script has no screen
 *
 * At the desk a picture leaves only where that is all of it, whatever was answered.
 */
void
imp_request_set_seen_share (ImpRequest *self, int percent)
{
  self->seen_share = self->origin == IMP_ORIGIN_APP ? CLAMP (percent, -1, 100) : -1;
}

/**
 * imp_request_set_words:
 * @self: a request
 * @caption: (nullable): words that travel with the picture
 */
void
imp_request_set_words (ImpRequest *self, const char *caption)
{
  set_text (&self->caption, caption);
}

/**
 * imp_request_set_alt:
 * @self: a request
 * @alt: (nullable): what is read out where the picture cannot be seen
 */
void
imp_request_set_alt (ImpRequest *self, const char *alt)
{
  set_text (&self->alt, alt);
}

/**
 * imp_request_set_jpeg:
 * @self: a request
 * @jpeg: whether JPEG is written instead of PNG
 */
void
imp_request_set_jpeg (ImpRequest *self, gboolean jpeg)
{
  self->jpeg = jpeg;
}

/**
 * imp_request_set_target:
 * @self: a request
 * @target: (nullable): the file to make; it must not exist
 */
void
imp_request_set_target (ImpRequest *self, GFile *target)
{
  g_set_object (&self->target, target);
}

/**
 * imp_request_set_approved_digest:
 * @self: a request
 * @digest: (nullable): the digest of the rehearsal whose preview the person saw
 */
void
imp_request_set_approved_digest (ImpRequest *self, const char *digest)
{
  set_text (&self->approved_digest, digest);
}
