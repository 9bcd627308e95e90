#include "imp-suggestion-list.h"

#include <cairo.h>

#include "imp-frame-look.h"
#include "imp-screener.h"
#include "imp-suggest.h"

/* Milliseconds that contrast and boxes stand still before what changed is looked at. */
#define SETTLE_MS 300

/* One frame that was looked at. */
typedef struct
{
  ImpFrameLook *look; /* owned: its suggestions are those of @items, as they were told */
  GPtrArray *items;   /* owned: ImpSuggestionItem */
  GPtrArray *gone;    /* owned: likewise; a person has left them, and another contrast hid them */
  gboolean is_old;    /* it would leave as another picture now */
  gboolean is_known;  /* with all that is known of whose picture it is */
} Frame;

struct _ImpSuggestionList
{
  GObject parent_instance;

  ImpPicture *picture;   /* owned */
  ImpPerson *person;     /* owned, nullable: whose picture it is, as the register says */
  GPtrArray *remembered; /* owned, nullable: what was covered on others of its scanner */
  GHashTable *frames;    /* owned: frame number to Frame */
  GCancellable *looking; /* owned, nullable */
  gboolean has_window;   /* in which everything is looked at */
  ImpWindow window;
  guint settling; /* a timeout, or 0 */
  gboolean cancelled;
  guint last_id;
};

G_DEFINE_FINAL_TYPE (ImpSuggestionList, imp_suggestion_list, G_TYPE_OBJECT)

static void go_on (ImpSuggestionList *self);
static void settle_soon (ImpSuggestionList *self);

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  imp_frame_look_free (frame->look);
  g_ptr_array_unref (frame->items);
  g_ptr_array_unref (frame->gone);
  g_free (frame);
}

static void
emit_changed (ImpSuggestionList *self)
{
  g_signal_emit_by_name (self, "changed");
}

static Frame *
get_frame (ImpSuggestionList *self, guint number)
{
  return g_hash_table_lookup (self->frames, GUINT_TO_POINTER (number));
}

static guint
get_n_frames (ImpSuggestionList *self)
{
  return imp_facts_get_n_frames (imp_source_get_facts (imp_picture_get_source (self->picture)));
}

/* Puts a look in the place of the one before. */
static void
take (ImpSuggestionList *self, ImpFrameLook *owned_look)
{
  Frame *frame = get_frame (self, owned_look->number);
  g_autoptr (GPtrArray) before = NULL;

  if (frame == NULL)
    {
      frame = g_new0 (Frame, 1);
      frame->items = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_item_free);
      frame->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_item_free);
      g_hash_table_insert (self->frames, GUINT_TO_POINTER (owned_look->number), frame);
    }
  imp_frame_look_free (frame->look);
  frame->look = owned_look;
  frame->is_old = FALSE;
  frame->is_known = TRUE;
  before = g_steal_pointer (&frame->items);
  g_ptr_array_extend_and_steal (before, g_steal_pointer (&frame->gone));
  frame->items = imp_suggestion_items_new (
      owned_look->suggestions, before, imp_picture_get_redaction (self->picture), &self->last_id);
  frame->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_item_free);
  for (guint i = before->len; i > 0; i--)
    {
      const ImpSuggestionItem *item = g_ptr_array_index (before, i - 1);

      if (imp_redaction_is_set_aside (imp_picture_get_redaction (self->picture), item->id))
        g_ptr_array_add (frame->gone, g_ptr_array_steal_index (before, i - 1));
    }
}

/* ---- looking ---- */

/* A picture that is closed is gone at once, not when the helper has answered. */
static ImpSuggestionList *
take_list (GWeakRef *owned_weak)
{
  ImpSuggestionList *self = g_weak_ref_get (owned_weak);

  g_weak_ref_clear (owned_weak);
  g_free (owned_weak);
  return self;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpSuggestionList) self = take_list (user_data);
  g_autoptr (ImpFrameLook) look = imp_frame_look_finish (result, NULL);

  /* Another one looks by now, at what is shown since. */
  if (self == NULL || self->looking == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  if (look != NULL)
    take (self, g_steal_pointer (&look));
  settle_soon (self); /* what is shown may have changed meanwhile */
  go_on (self);
  emit_changed (self);
}

static gboolean
wants_look (ImpSuggestionList *self, guint number)
{
  const Frame *frame = get_frame (self, number);

  return frame == NULL || frame->is_old || !frame->is_known;
}

/* The shown frame first, then the others in their order; what failed is not tried again by itself.
 */
static gboolean
find_next (ImpSuggestionList *self, guint *number)
{
  guint n_frames = get_n_frames (self);

  *number = imp_picture_get_frame_number (self->picture);
  if (wants_look (self, *number))
    return TRUE;
  for (*number = 0; *number < n_frames; (*number)++)
    if (wants_look (self, *number))
      return TRUE;
  return FALSE;
}

static void
go_on (ImpSuggestionList *self)
{
  gboolean has_crop = FALSE;
  ImpRect crop = { 0, 0, 0, 0 };
  g_autoptr (GArray) filled = NULL;
  ImpFrameWish wish = { 0 };
  const Frame *frame = NULL;
  GWeakRef *weak = NULL;

  if (self->looking != NULL || self->cancelled || !find_next (self, &wish.number))
    return;
  frame = get_frame (self, wish.number);
  filled = imp_picture_list_filled (self->picture, &has_crop, &crop);
  wish.source = imp_picture_get_source (self->picture);
  if (wish.number == imp_picture_get_frame_number (self->picture))
    wish.frame = imp_picture_get_frame (self->picture);
  wish.planes = imp_picture_get_planes (self->picture);
  wish.window = self->has_window ? &self->window : NULL;
  wish.filled = filled;
  wish.crop = has_crop ? &crop : NULL;
  wish.person = self->person;
  wish.remembered = self->remembered;
  wish.before = frame != NULL && !frame->is_old ? frame->look : NULL;
  self->looking = g_cancellable_new ();
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  imp_frame_look_async (&wish, self->looking, on_looked, weak);
}

/* What is being looked at is not what would leave any more. */
static void
stop_looking (ImpSuggestionList *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
make_all_old (ImpSuggestionList *self)
{
  GHashTableIter iter;
  gpointer frame = NULL;

  stop_looking (self);
  g_hash_table_iter_init (&iter, self->frames);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    ((Frame *)frame)->is_old = TRUE;
}

static void
read_window (ImpSuggestionList *self)
{
  const ImpWindow *window = imp_picture_get_window (self->picture);

  self->has_window = window != NULL;
  if (window != NULL)
    self->window = *window;
}

static gboolean
has_other_window (ImpSuggestionList *self)
{
  const ImpFrameLook now = { .has_window = self->has_window, .window = self->window };

  return !imp_frame_look_was_drawn_in (&now, imp_picture_get_window (self->picture));
}

/* A chosen contrast is that of every frame. Without one it is measured of what leaves, which boxes
 * may change: of other frames that shows when they do. */
static gboolean
on_settled (gpointer user_data)
{
  ImpSuggestionList *self = user_data;
  Frame *frame = get_frame (self, imp_picture_get_frame_number (self->picture));
  ImpWindow drawn = { 0 };

  self->settling = 0;
  if (has_other_window (self))
    {
      read_window (self);
      make_all_old (self);
    }
  else if (frame != NULL && frame->look->spots != NULL)
    frame->is_old |= !imp_frame_look_was_drawn_in (
        frame->look, imp_picture_get_drawn_window (self->picture, &drawn) ? &drawn : NULL);
  go_on (self);
  emit_changed (self);
  return G_SOURCE_REMOVE;
}

static void
settle_soon (ImpSuggestionList *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLE_MS, on_settled, self);
}

/* ---- what a person has decided ---- */

static const Frame *
get_shown (ImpSuggestionList *self)
{
  return get_frame (self, imp_picture_get_frame_number (self->picture));
}

/* What leaves, but for what will be filled. */
static cairo_region_t *
make_left (ImpSuggestionList *self)
{
  const ImpCover cover =
      imp_facts_get_cover (imp_source_get_facts (imp_picture_get_source (self->picture)));
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  cairo_region_t *left = NULL;
  ImpRect crop;

  imp_redaction_get_crop (redaction, &crop);
  left = cairo_region_create_rectangle (
      &(cairo_rectangle_int_t){ crop.x, crop.y, crop.width, crop.height });
  for (guint i = 0; i < imp_redaction_get_n_boxes (redaction); i++)
    {
      ImpRect box;

      imp_redaction_get_nth (redaction, i, NULL, &box);
      box = imp_cover_fill (&cover, &box);
      cairo_region_subtract_rectangle (
          left, &(cairo_rectangle_int_t){ box.x, box.y, box.width, box.height });
    }
  return left;
}

/* Those of a frame, or only the first. */
static GPtrArray *
list_items (ImpSuggestionList *self, const Frame *frame, cairo_region_t *left,
            ImpSuggestionKind kind, gboolean all)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; frame != NULL && i < frame->items->len && (all || found->len == 0); i++)
    {
      ImpSuggestionItem *item = g_ptr_array_index (frame->items, i);
      const ImpRect *rect = &item->suggestion->rect;
      gboolean rejected = imp_redaction_is_set_aside (redaction, item->id);
      ImpSuggestionKind is = rejected                                ? IMP_SUGGESTED_REJECTED
                             : item->suggestion->keep != IMP_KEEP_NO ? IMP_SUGGESTED_KEPT
                                                                     : IMP_SUGGESTED;

      if (is == kind
          && cairo_region_contains_rectangle (
                 left, &(cairo_rectangle_int_t){ rect->x, rect->y, rect->width, rect->height })
                 != CAIRO_REGION_OVERLAP_OUT)
        g_ptr_array_add (found, item);
    }
  return found;
}

/**
 * imp_suggestion_list_get:
 * @self: a list
 * @kind: which
 *
 * What is wholly covered or cut away needs no decision: it is in none of the kinds, however that
 * came about, and comes back where the box goes.
 *
 * Returns: (transfer container) (element-type ImpSuggestionItem): those of the shown frame
 */
GPtrArray *
imp_suggestion_list_get (ImpSuggestionList *self, ImpSuggestionKind kind)
{
  cairo_region_t *left = make_left (self);
  GPtrArray *found = list_items (self, get_shown (self), left, kind, TRUE);

  cairo_region_destroy (left);
  return found;
}

static gboolean
has_open (ImpSuggestionList *self, guint number, cairo_region_t *left)
{
  g_autoptr (GPtrArray) open =
      list_items (self, get_frame (self, number), left, IMP_SUGGESTED, FALSE);

  return open->len > 0;
}

/**
 * imp_suggestion_list_find_frame:
 * @self: a list
 * @direction: 1 for the frames after the shown one, -1 for those before it
 *
 * Goes round: after the last frame comes the first.
 *
 * Returns: the next frame on which something is to be decided; the shown one where no other has any
 */
guint
imp_suggestion_list_find_frame (ImpSuggestionList *self, int direction)
{
  const guint n_frames = get_n_frames (self);
  const guint shown = imp_picture_get_frame_number (self->picture);
  cairo_region_t *left = make_left (self);
  guint number = shown;

  do
    number = (number + (direction > 0 ? 1 : n_frames - 1)) % n_frames;
  while (number != shown && !has_open (self, number, left));
  cairo_region_destroy (left);
  return number;
}

/**
 * imp_suggestion_list_count_other_frames:
 * @self: a list
 *
 * Returns: on how many frames besides the shown one something is to be decided
 */
guint
imp_suggestion_list_count_other_frames (ImpSuggestionList *self)
{
  const guint n_frames = get_n_frames (self);
  cairo_region_t *left = make_left (self);
  guint n = 0;

  for (guint i = 0; i < n_frames; i++)
    n += i != imp_picture_get_frame_number (self->picture) && has_open (self, i, left);
  cairo_region_destroy (left);
  return n;
}

/**
 * imp_suggestion_list_find:
 * @self: a list
 * @id: a suggestion of the shown frame
 *
 * Returns: (transfer none) (nullable): it
 */
const ImpSuggestion *
imp_suggestion_list_find (ImpSuggestionList *self, guint id)
{
  const Frame *frame = get_shown (self);

  for (guint i = 0; frame != NULL && i < frame->items->len; i++)
    {
      const ImpSuggestionItem *item = g_ptr_array_index (frame->items, i);

      if (item->id == id)
        return item->suggestion;
    }
  return NULL;
}

/**
 * imp_suggestion_list_accept:
 * @self: a list
 * @id: a suggestion of the shown frame
 *
 * Covers it, as a box that a hand drew there.
 */
void
imp_suggestion_list_accept (ImpSuggestionList *self, guint id)
{
  const ImpSuggestion *suggestion = imp_suggestion_list_find (self, id);
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);

  if (suggestion == NULL)
    return;
  imp_redaction_begin_step (redaction);
  imp_redaction_set_aside (redaction, id, FALSE);
  imp_redaction_add_suggested (redaction, &suggestion->rect);
  imp_redaction_end_step (redaction);
}

/**
 * imp_suggestion_list_reject:
 * @self: a list
 * @id: a suggestion of the shown frame
 * @reject: whether it is left as it is; %FALSE brings it back
 */
void
imp_suggestion_list_reject (ImpSuggestionList *self, guint id, gboolean reject)
{
  imp_redaction_set_aside (imp_picture_get_redaction (self->picture), id, reject);
}

/**
 * imp_suggestion_list_accept_all:
 * @self: a list
 *
 * Covers all that is open on the shown frame, as one step. What is better kept stays as it is.
 */
void
imp_suggestion_list_accept_all (ImpSuggestionList *self)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  g_autoptr (GPtrArray) open = imp_suggestion_list_get (self, IMP_SUGGESTED);

  imp_redaction_begin_step (redaction);
  for (guint i = 0; i < open->len; i++)
    imp_suggestion_list_accept (self, ((ImpSuggestionItem *)g_ptr_array_index (open, i))->id);
  imp_redaction_end_step (redaction);
}

/**
 * imp_suggestion_list_reject_all:
 * @self: a list
 *
 * Leaves all that is open on the shown frame as it is, as one step.
 */
void
imp_suggestion_list_reject_all (ImpSuggestionList *self)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  g_autoptr (GPtrArray) open = imp_suggestion_list_get (self, IMP_SUGGESTED);

  imp_redaction_begin_step (redaction);
  for (guint i = 0; i < open->len; i++)
    imp_suggestion_list_reject (self, ((ImpSuggestionItem *)g_ptr_array_index (open, i))->id, TRUE);
  imp_redaction_end_step (redaction);
}

/* ---- object ---- */

/* Another frame is shown: it comes first now. */
static void
on_frame (ImpSuggestionList *self)
{
  go_on (self);
  emit_changed (self);
}

/* Overlays are part of what is looked at. */
static void
on_planes (ImpSuggestionList *self)
{
  make_all_old (self);
  go_on (self);
  emit_changed (self);
}

static void
imp_suggestion_list_dispose (GObject *object)
{
  ImpSuggestionList *self = IMP_SUGGESTION_LIST (object);

  if (self->picture != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->picture, self);
      g_signal_handlers_disconnect_by_data (imp_picture_get_redaction (self->picture), self);
    }
  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_object (&self->picture);
  stop_looking (self);
  g_clear_pointer (&self->frames, g_hash_table_unref);
  g_clear_pointer (&self->person, imp_person_free);
  g_clear_pointer (&self->remembered, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_suggestion_list_parent_class)->dispose (object);
}

static void
imp_suggestion_list_class_init (ImpSuggestionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_suggestion_list_dispose;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
imp_suggestion_list_init (ImpSuggestionList *self)
{
  self->frames = g_hash_table_new_full (NULL, NULL, NULL, frame_free);
}

/**
 * imp_suggestion_list_new:
 * @picture: a picture
 *
 * Returns: (transfer full): the suggestions for it, none until imp_suggestion_list_look()
 */
ImpSuggestionList *
imp_suggestion_list_new (ImpPicture *picture)
{
  ImpSuggestionList *self = g_object_new (IMP_TYPE_SUGGESTION_LIST, NULL);

  self->picture = g_object_ref (picture);
  self->cancelled = TRUE;
  read_window (self);
  g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (settle_soon), self);
  g_signal_connect_swapped (picture, "notify::frame-number", G_CALLBACK (on_frame), self);
  g_signal_connect_swapped (picture, "notify::planes", G_CALLBACK (on_planes), self);
  g_signal_connect_swapped (imp_picture_get_redaction (picture), "changed",
                            G_CALLBACK (emit_changed), self);
  return self;
}

/**
 * imp_suggestion_list_get_picture:
 * @self: a list
 *
 * Returns: (transfer none): what it is about
 */
ImpPicture *
imp_suggestion_list_get_picture (ImpSuggestionList *self)
{
  return self->picture;
}

/**
 * imp_suggestion_list_look:
 * @self: a list
 *
 * Looks at the shown frame in the background, then at the others; what failed is tried again.
 */
void
imp_suggestion_list_look (ImpSuggestionList *self)
{
  GHashTableIter iter;
  gpointer frame = NULL;

  g_hash_table_iter_init (&iter, self->frames);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    ((Frame *)frame)->is_old |= ((Frame *)frame)->look->problem != NULL;
  self->cancelled = FALSE;
  go_on (self);
  emit_changed (self);
}

static gboolean
is_same_person (const ImpPerson *a, const ImpPerson *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->hospital_number, b->hospital_number) == 0
         && g_strcmp0 (a->nhs_number, b->nhs_number) == 0 && g_strcmp0 (a->born, b->born) == 0
         && g_strcmp0 (a->died, b->died) == 0;
}

/* More is known: what was seen suggests something else now. */
static void
conclude_anew (ImpSuggestionList *self)
{
  GHashTableIter iter;
  gpointer frame = NULL;

  stop_looking (self);
  g_hash_table_iter_init (&iter, self->frames);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    ((Frame *)frame)->is_known = FALSE;
  go_on (self);
  emit_changed (self);
}

/**
 * imp_suggestion_list_set_person:
 * @self: a list
 * @person: (nullable): whose picture it is, as the register says
 *
 * What was read is compared with who that is. Nothing is looked at again for it.
 */
void
imp_suggestion_list_set_person (ImpSuggestionList *self, const ImpPerson *person)
{
  if (is_same_person (self->person, person))
    return;
  g_clear_pointer (&self->person, imp_person_free);
  self->person = person != NULL ? imp_person_copy (person) : NULL;
  conclude_anew (self);
}

/**
 * imp_suggestion_list_set_remembered:
 * @self: a list
 * @remembered: (element-type ImpSuggestion): what was covered on other pictures of its scanner
 *
 * Suggests it on every frame. Nothing is looked at again for it.
 */
void
imp_suggestion_list_set_remembered (ImpSuggestionList *self, GPtrArray *remembered)
{
  g_clear_pointer (&self->remembered, g_ptr_array_unref);
  self->remembered = g_ptr_array_ref (remembered);
  conclude_anew (self);
}

/**
 * imp_suggestion_list_cancel:
 * @self: a list
 *
 * Stops looking. What was found stays.
 */
void
imp_suggestion_list_cancel (ImpSuggestionList *self)
{
  self->cancelled = TRUE;
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  emit_changed (self);
}

/**
 * imp_suggestion_list_get_state:
 * @self: a list
 *
 * Returns: how it stands with the shown frame
 */
ImpSuggestionState
imp_suggestion_list_get_state (ImpSuggestionList *self)
{
  const Frame *frame = get_shown (self);

  if (frame != NULL && !frame->is_old)
    return frame->look->problem != NULL ? IMP_SUGGESTIONS_FAILED : IMP_SUGGESTIONS_DONE;
  return self->cancelled ? IMP_SUGGESTIONS_CANCELLED : IMP_SUGGESTIONS_BUSY;
}

/**
 * imp_suggestion_list_get_problem:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the shown frame could not be looked at
 */
const char *
imp_suggestion_list_get_problem (ImpSuggestionList *self)
{
  const Frame *frame = get_shown (self);

  return frame != NULL && !frame->is_old ? frame->look->problem : NULL;
}

/**
 * imp_suggestion_list_lacks_faces:
 * @self: a list
 *
 * Returns: whether the shown frame is one in which faces are looked for, and was looked at by a
 *   helper that does not know any
 */
gboolean
imp_suggestion_list_lacks_faces (ImpSuggestionList *self)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (self->picture));

  return imp_suggestion_list_get_state (self) == IMP_SUGGESTIONS_DONE
         && (imp_suggest_choose_looks (facts) & IMP_SCREENER_FACES) != 0
         && !imp_screener_knows_faces ();
}

/**
 * imp_suggestion_list_get_progress:
 * @self: a list
 * @n_done: (out): frames that were looked at
 * @n_all: (out): frames of the picture
 *
 * Returns: whether it goes on
 */
gboolean
imp_suggestion_list_get_progress (ImpSuggestionList *self, guint *n_done, guint *n_all)
{
  *n_all = get_n_frames (self);
  *n_done = 0;
  for (guint i = 0; i < *n_all; i++)
    *n_done += !wants_look (self, i);
  return self->looking != NULL && !self->cancelled;
}
