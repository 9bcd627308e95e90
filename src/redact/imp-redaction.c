#include "imp-redaction.h"

/* One box with the name it keeps for life. */
typedef struct
{
  guint id;
  ImpRect rect;
  ImpRect suggested; /* where a suggestion put it; empty for one that a hand drew */
} Box;

/* All that undo can bring back. Boxes are few, so that a step keeps the whole state. */
typedef struct
{
  GArray *boxes; /* owned, of Box, in the order in which they were added */
  ImpRect crop;  /* the whole frame where nothing is cut off */
  GArray *aside; /* owned, of guint: suggestions that a person left as they are */
} State;

struct _ImpRedaction
{
  GObject parent_instance;

  ImpRect frame;
  guint next_id;
  State *state;    /* owned */
  GPtrArray *undo; /* owned, of State: the newest last */
  GPtrArray *redo; /* owned, of State: the next last */

  guint open_steps;   /* imp_redaction_begin_step() without its end */
  gboolean step_kept; /* whether the open step already has its state on the undo stack */
};

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_N_BOXES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ImpRedaction, imp_redaction, G_TYPE_OBJECT)

static State *
state_copy (const State *state)
{
  State *copy = g_new0 (State, 1);

  copy->boxes = g_array_copy (state->boxes);
  copy->crop = state->crop;
  copy->aside = g_array_copy (state->aside);
  return copy;
}

static void
state_free (gpointer data)
{
  State *state = data;

  g_array_unref (state->boxes);
  g_array_unref (state->aside);
  g_free (state);
}

static gboolean
state_equal (const State *a, const State *b)
{
  if (a->boxes->len != b->boxes->len || !imp_rect_equal (&a->crop, &b->crop)
      || a->aside->len != b->aside->len)
    return FALSE;
  for (guint i = 0; i < a->aside->len; i++)
    if (g_array_index (a->aside, guint, i) != g_array_index (b->aside, guint, i))
      return FALSE;
  for (guint i = 0; i < a->boxes->len; i++)
    {
      const Box *box = &g_array_index (a->boxes, Box, i);
      const Box *other = &g_array_index (b->boxes, Box, i);

      if (box->id != other->id || !imp_rect_equal (&box->rect, &other->rect))
        return FALSE;
    }
  return TRUE;
}

/* What the properties showed before an edit, so that only what changed is notified. */
typedef struct
{
  gboolean can_undo;
  gboolean can_redo;
  guint n_boxes;
} Shown;

static Shown
shown_now (ImpRedaction *self)
{
  return (Shown){ self->undo->len > 0, self->redo->len > 0, self->state->boxes->len };
}

static void
tell (ImpRedaction *self, Shown before, gboolean changed)
{
  Shown now = shown_now (self);

  if (now.n_boxes != before.n_boxes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_BOXES]);
  if (now.can_undo != before.can_undo)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  if (now.can_redo != before.can_redo)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Keeps the state for undo: call it just before an edit that is sure to change something. */
static void
keep (ImpRedaction *self)
{
  g_ptr_array_set_size (self->redo, 0);
  if (self->open_steps > 0 && self->step_kept)
    return;
  g_ptr_array_add (self->undo, state_copy (self->state));
  self->step_kept = self->open_steps > 0;
}

static Box *
find (ImpRedaction *self, guint id)
{
  for (guint i = 0; i < self->state->boxes->len; i++)
    {
      Box *box = &g_array_index (self->state->boxes, Box, i);

      if (box->id == id)
        return box;
    }
  return NULL;
}

static void
imp_redaction_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ImpRedaction *self = IMP_REDACTION (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;
    case PROP_N_BOXES:
      g_value_set_uint (value, self->state->boxes->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
imp_redaction_finalize (GObject *object)
{
  ImpRedaction *self = IMP_REDACTION (object);

  state_free (self->state);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  G_OBJECT_CLASS (imp_redaction_parent_class)->finalize (object);
}

static void
imp_redaction_class_init (ImpRedactionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = imp_redaction_get_property;
  object_class->finalize = imp_redaction_finalize;

  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_N_BOXES] = g_param_spec_uint ("n-boxes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_redaction_init (ImpRedaction *self)
{
  self->next_id = 1;
  self->state = g_new0 (State, 1);
  self->state->boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  self->state->aside = g_array_new (FALSE, FALSE, sizeof (guint));
  self->undo = g_ptr_array_new_with_free_func (state_free);
  self->redo = g_ptr_array_new_with_free_func (state_free);
}

/**
 * imp_redaction_new:
 * @frame_width: columns of the full frame in display orientation
 * @frame_height: its rows
 *
 * Returns: (transfer full): an empty list for that frame, with nothing cut off
 */
ImpRedaction *
imp_redaction_new (int frame_width, int frame_height)
{
  ImpRedaction *self = g_object_new (IMP_TYPE_REDACTION, NULL);

  self->frame = (ImpRect){ 0, 0, MAX (frame_width, 0), MAX (frame_height, 0) };
  self->state->crop = self->frame;
  return self;
}

static guint
add (ImpRedaction *self, const ImpRect *box, gboolean suggested)
{
  Shown before = shown_now (self);
  Box added = { 0, imp_rect_intersect (box, &self->frame), { 0, 0, 0, 0 } };

  if (imp_rect_is_empty (&added.rect))
    return 0;
  if (suggested)
    added.suggested = added.rect;
  keep (self);
  added.id = self->next_id++;
  g_array_append_val (self->state->boxes, added);
  tell (self, before, TRUE);
  return added.id;
}

/**
 * imp_redaction_add:
 * @self: a redaction
 * @box: what is to be covered, in full-frame display coordinates
 *
 * Adds @box, clamped to the frame.
 *
 * Returns: its id, or 0 where it covers no pixel of the frame
 */
guint
imp_redaction_add (ImpRedaction *self, const ImpRect *box)
{
  return add (self, box, FALSE);
}

/**
 * imp_redaction_add_suggested:
 * @self: a redaction
 * @box: what is to be covered, in full-frame display coordinates
 *
 * As imp_redaction_add(), and remembers that a person accepted a suggestion there, for as long as
 * it stays where it was suggested.
 *
 * Returns: its id, or 0 where it covers no pixel of the frame
 */
guint
imp_redaction_add_suggested (ImpRedaction *self, const ImpRect *box)
{
  return add (self, box, TRUE);
}

/**
 * imp_redaction_set:
 * @self: a redaction
 * @id: a box
 * @box: where it is to be, in full-frame display coordinates
 *
 * Moves or resizes a box; what hangs over the frame is cut off.
 *
 * Returns: whether there is such a box and @box covers a pixel of the frame; if not, nothing
 *   changed
 */
gboolean
imp_redaction_set (ImpRedaction *self, guint id, const ImpRect *box)
{
  Shown before = shown_now (self);
  ImpRect clamped = imp_rect_intersect (box, &self->frame);
  Box *found = find (self, id);

  if (found == NULL || imp_rect_is_empty (&clamped))
    return FALSE;
  if (imp_rect_equal (&clamped, &found->rect))
    return TRUE;
  keep (self);
  found->rect = clamped;
  tell (self, before, TRUE);
  return TRUE;
}

/**
 * imp_redaction_remove:
 * @self: a redaction
 * @id: a box
 *
 * Returns: whether there was such a box; it is gone now
 */
gboolean
imp_redaction_remove (ImpRedaction *self, guint id)
{
  Shown before = shown_now (self);
  Box *found = find (self, id);

  if (found == NULL)
    return FALSE;
  keep (self);
  g_array_remove_index (self->state->boxes, (guint)(found - (Box *)self->state->boxes->data));
  tell (self, before, TRUE);
  return TRUE;
}

/**
 * imp_redaction_clear:
 * @self: a redaction
 *
 * Removes every box, as one step that can be undone. The crop stays.
 */
void
imp_redaction_clear (ImpRedaction *self)
{
  Shown before = shown_now (self);

  if (self->state->boxes->len == 0)
    return;
  keep (self);
  g_array_set_size (self->state->boxes, 0);
  tell (self, before, TRUE);
}

/**
 * imp_redaction_get_n_boxes:
 * @self: a redaction
 *
 * Returns: how many boxes there are
 */
guint
imp_redaction_get_n_boxes (ImpRedaction *self)
{
  return self->state->boxes->len;
}

/**
 * imp_redaction_get_nth:
 * @self: a redaction
 * @position: from 0, in the order in which boxes were added
 * @id: (out) (optional): the box's id
 * @box: (out) (optional): where it is
 *
 * Returns: whether there is a box at @position
 */
gboolean
imp_redaction_get_nth (ImpRedaction *self, guint position, guint *id, ImpRect *box)
{
  const Box *found = NULL;

  if (position >= self->state->boxes->len)
    return FALSE;
  found = &g_array_index (self->state->boxes, Box, position);
  if (id != NULL)
    *id = found->id;
  if (box != NULL)
    *box = found->rect;
  return TRUE;
}

/**
 * imp_redaction_get:
 * @self: a redaction
 * @id: a box
 * @box: (out) (optional): where it is
 *
 * Returns: whether there is such a box
 */
gboolean
imp_redaction_get (ImpRedaction *self, guint id, ImpRect *box)
{
  const Box *found = find (self, id);

  if (found != NULL && box != NULL)
    *box = found->rect;
  return found != NULL;
}

/**
 * imp_redaction_get_boxes:
 * @self: a redaction
 *
 * Returns: (transfer full) (element-type ImpRect): a copy of the rectangles of all boxes
 */
GArray *
imp_redaction_get_boxes (ImpRedaction *self)
{
  GArray *boxes = g_array_sized_new (FALSE, FALSE, sizeof (ImpRect), self->state->boxes->len);

  for (guint i = 0; i < self->state->boxes->len; i++)
    g_array_append_val (boxes, g_array_index (self->state->boxes, Box, i).rect);
  return boxes;
}

/**
 * imp_redaction_get_suggested:
 * @self: a redaction
 *
 * Returns: (transfer full) (element-type ImpRect): a copy of the rectangles of those boxes that lie
 *   where they were suggested
 */
GArray *
imp_redaction_get_suggested (ImpRedaction *self)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (ImpRect));

  for (guint i = 0; i < self->state->boxes->len; i++)
    {
      const Box *box = &g_array_index (self->state->boxes, Box, i);

      if (imp_rect_equal (&box->rect, &box->suggested))
        g_array_append_val (boxes, box->rect);
    }
  return boxes;
}

/**
 * imp_redaction_set_crop:
 * @self: a redaction
 * @crop: (nullable): what is kept, in full-frame display coordinates; %NULL for the whole frame
 *
 * Sets the crop, clamped to the frame. A crop that keeps no pixel changes nothing.
 */
void
imp_redaction_set_crop (ImpRedaction *self, const ImpRect *crop)
{
  Shown before = shown_now (self);
  ImpRect clamped = crop != NULL ? imp_rect_intersect (crop, &self->frame) : self->frame;

  if (imp_rect_is_empty (&clamped) || imp_rect_equal (&clamped, &self->state->crop))
    return;
  keep (self);
  self->state->crop = clamped;
  tell (self, before, TRUE);
}

/**
 * imp_redaction_get_crop:
 * @self: a redaction
 * @crop: (out) (optional): what is kept: the whole frame where nothing is cut off
 *
 * Returns: whether something is cut off
 */
gboolean
imp_redaction_get_crop (ImpRedaction *self, ImpRect *crop)
{
  if (crop != NULL)
    *crop = self->state->crop;
  return !imp_rect_equal (&self->state->crop, &self->frame);
}

static gboolean
find_aside (ImpRedaction *self, guint suggestion, guint *position)
{
  for (guint i = 0; i < self->state->aside->len; i++)
    if (g_array_index (self->state->aside, guint, i) == suggestion)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * imp_redaction_restore:
 * @self: a redaction
 * @boxes: (array length=n_boxes) (nullable): what was covered before
 * @n_boxes: how many boxes that were
 * @crop: (nullable): what was kept of the frame; %NULL for all of it
 *
 * Begins where somebody left off: all is as it was then, and there is nothing to undo.
 */
void
imp_redaction_restore (ImpRedaction *self, const ImpRect *boxes, gsize n_boxes, const ImpRect *crop)
{
  const Shown before = shown_now (self);

  g_array_set_size (self->state->boxes, 0);
  for (gsize i = 0; i < n_boxes; i++)
    {
      const Box box = { self->next_id, imp_rect_intersect (&boxes[i], &self->frame) };

      if (imp_rect_is_empty (&box.rect))
        continue;
      self->next_id++;
      g_array_append_val (self->state->boxes, box);
    }
  self->state->crop = crop != NULL ? imp_rect_intersect (crop, &self->frame) : self->frame;
  if (imp_rect_is_empty (&self->state->crop))
    self->state->crop = self->frame;
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  tell (self, before, TRUE);
}

/**
 * imp_redaction_set_aside:
 * @self: a redaction
 * @suggestion: whose id
 * @aside: whether a person has left it as it is; %FALSE takes that back
 *
 * Remembers a decision not to cover something, so that undo brings it back as it does a box.
 */
void
imp_redaction_set_aside (ImpRedaction *self, guint suggestion, gboolean aside)
{
  Shown before = shown_now (self);
  guint position = 0;

  if (find_aside (self, suggestion, &position) == aside)
    return;
  keep (self);
  if (aside)
    g_array_append_val (self->state->aside, suggestion);
  else
    g_array_remove_index (self->state->aside, position);
  tell (self, before, TRUE);
}

/**
 * imp_redaction_is_set_aside:
 * @self: a redaction
 * @suggestion: whose id
 *
 * Returns: whether a person has left it as it is
 */
gboolean
imp_redaction_is_set_aside (ImpRedaction *self, guint suggestion)
{
  guint position = 0;

  return find_aside (self, suggestion, &position);
}

/**
 * imp_redaction_begin_step:
 * @self: a redaction
 *
 * From here to the matching imp_redaction_end_step() all edits are undone as one: a drag, or a
 * run of key nudges. Steps may be nested; the outermost counts.
 */
void
imp_redaction_begin_step (ImpRedaction *self)
{
  if (self->open_steps++ == 0)
    self->step_kept = FALSE;
}

/**
 * imp_redaction_end_step:
 * @self: a redaction
 *
 * Ends a step. One that led back to where it began leaves nothing to undo.
 */
void
imp_redaction_end_step (ImpRedaction *self)
{
  Shown before = shown_now (self);

  if (self->open_steps == 0 || --self->open_steps > 0 || !self->step_kept)
    return;
  self->step_kept = FALSE;
  if (state_equal (self->state, g_ptr_array_index (self->undo, self->undo->len - 1)))
    g_ptr_array_set_size (self->undo, (int)self->undo->len - 1);
  tell (self, before, FALSE);
}

static gboolean
travel (ImpRedaction *self, GPtrArray *from, GPtrArray *to)
{
  Shown before = shown_now (self);

  if (from->len == 0)
    return FALSE;
  self->step_kept = FALSE;
  g_ptr_array_add (to, g_steal_pointer (&self->state));
  self->state = g_ptr_array_steal_index (from, from->len - 1);
  tell (self, before, TRUE);
  return TRUE;
}

/**
 * imp_redaction_undo:
 * @self: a redaction
 *
 * Takes back the last step; inside an open step, what it did so far. A box that comes back keeps
 * its id.
 *
 * Returns: whether there was something to undo
 */
gboolean
imp_redaction_undo (ImpRedaction *self)
{
  return travel (self, self->undo, self->redo);
}

/**
 * imp_redaction_redo:
 * @self: a redaction
 *
 * Does again what was undone last.
 *
 * Returns: whether there was something to redo
 */
gboolean
imp_redaction_redo (ImpRedaction *self)
{
  return travel (self, self->redo, self->undo);
}
