#include "imp-suggestion-list.h"

#include <cairo.h>
#include <gio/gio.h>

#include "imp-error.h"
#include "imp-screener.h"
#include "imp-suggest.h"

/* One frame that was looked at. */
typedef struct
{
  GPtrArray *items; /* owned: ImpSuggestionItem */
  char *problem;    /* nullable: why it could not be looked at by the helper */
} Look;

/* What a worker is given: copies and immutable things only. */
typedef struct
{
  ImpSource *source;
  ImpFrame *frame; /* nullable: to be decoded first */
  guint number;
  guint planes;
  gboolean has_window;
  ImpWindow window;
} Job;

struct _ImpSuggestionList
{
  GObject parent_instance;

  ImpPicture *picture;   /* owned */
  GHashTable *looks;     /* owned: frame number to Look */
  GCancellable *looking; /* owned, nullable */
  gboolean cancelled;
  guint last_id;
};

G_DEFINE_FINAL_TYPE (ImpSuggestionList, imp_suggestion_list, G_TYPE_OBJECT)

static void go_on (ImpSuggestionList *self);

static void
item_free (gpointer data)
{
  ImpSuggestionItem *item = data;

  imp_suggestion_free (item->suggestion);
  g_free (item);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_ptr_array_unref (look->items);
  g_free (look->problem);
  g_free (look);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->source);
  g_clear_pointer (&job->frame, imp_frame_unref);
  g_free (job);
}

static void
emit_changed (ImpSuggestionList *self)
{
  g_signal_emit_by_name (self, "changed");
}

/* ---- looking, in a thread ---- */

static GPtrArray *
look_at (Job *job, GCancellable *cancellable, GError **error)
{
  const ImpFacts *facts = imp_source_get_facts (job->source);
  g_autoptr (ImpKnown) known = imp_known_new ();
  g_autoptr (ImpRaster) rendering = NULL;
  g_autoptr (GPtrArray) spots = NULL;

  /* Decoding is not stopped half-way: that would end the helper of the frame on screen. */
  if (job->frame == NULL)
    job->frame = imp_source_load_frame_sync (job->source, job->number, job->planes, NULL, error);
  if (job->frame == NULL)
    return NULL;
  rendering = imp_frame_render (job->frame, job->has_window ? &job->window : NULL, error);
  if (rendering == NULL)
    return NULL;
  spots = imp_screener_look_sync (rendering, imp_suggest_choose_looks (facts), cancellable, error);
  if (spots == NULL)
    return NULL;
  imp_known_add_facts (known, facts);
  return imp_suggest_spots (spots, known, job->number);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions = look_at (data, cancellable, &error);

  if (suggestions == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, suggestions, (GDestroyNotify)g_ptr_array_unref);
}

static void
take (ImpSuggestionList *self, Look *look, GPtrArray *suggestions)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      ImpSuggestionItem *item = g_new0 (ImpSuggestionItem, 1);

      item->id = ++self->last_id;
      item->suggestion = imp_suggestion_copy (g_ptr_array_index (suggestions, i));
      g_ptr_array_add (look->items, item);
    }
}

/* A picture that is closed is gone at once, not when the helper has answered. */
static ImpSuggestionList *
take_list (GWeakRef *owned_weak)
{
  ImpSuggestionList *self = g_weak_ref_get (owned_weak);

  g_weak_ref_clear (owned_weak);
  g_free (owned_weak);
  return self;
}

/* What the file says needs no looking, and stands where the helper fails. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpSuggestionList) self = take_list (user_data);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GPtrArray) areas = NULL;
  Look *look = NULL;

  /* Another one looks by now, at what is shown since. */
  if (self == NULL || self->looking == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  if (suggestions == NULL && g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    {
      emit_changed (self);
      return;
    }
  look = g_new0 (Look, 1);
  look->items = g_ptr_array_new_with_free_func (item_free);
  look->problem = error != NULL ? g_strdup (error->message) : NULL;
  areas = imp_suggest_areas (imp_source_get_facts (job->source), job->frame, job->number);
  if (suggestions != NULL)
    take (self, look, suggestions);
  take (self, look, areas);
  g_hash_table_replace (self->looks, GUINT_TO_POINTER (job->number), look);
  go_on (self);
  emit_changed (self);
}

/* The shown frame first, then the others in their order; what failed is not tried again by itself.
 */
static gboolean
find_next (ImpSuggestionList *self, guint *number)
{
  guint n_frames =
      imp_facts_get_n_frames (imp_source_get_facts (imp_picture_get_source (self->picture)));

  *number = imp_picture_get_frame_number (self->picture);
  for (guint i = 0; i < n_frames; i++)
    {
      if (!g_hash_table_contains (self->looks, GUINT_TO_POINTER (*number)))
        return TRUE;
      *number = i;
    }
  return *number < n_frames && !g_hash_table_contains (self->looks, GUINT_TO_POINTER (*number));
}

static void
go_on (ImpSuggestionList *self)
{
  g_autoptr (GTask) task = NULL;
  GWeakRef *weak = NULL;
  Job *job = NULL;
  guint number = 0;

  if (self->looking != NULL || self->cancelled || !find_next (self, &number))
    return;
  job = g_new0 (Job, 1);
  job->source = g_object_ref (imp_picture_get_source (self->picture));
  job->number = number;
  job->planes = imp_picture_get_planes (self->picture);
  if (number == imp_picture_get_frame_number (self->picture))
    {
      job->frame = imp_frame_ref (imp_picture_get_frame (self->picture));
      job->has_window = imp_picture_get_drawn_window (self->picture, &job->window);
    }
  else if (imp_picture_get_window (self->picture) != NULL)
    {
      job->has_window = TRUE;
      job->window = *imp_picture_get_window (self->picture);
    }
  self->looking = g_cancellable_new ();
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  task = g_task_new (NULL, self->looking, on_looked, weak);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, look_in_thread);
}

/* ---- what a person has decided ---- */

static const Look *
get_look (ImpSuggestionList *self)
{
  return g_hash_table_lookup (self->looks,
                              GUINT_TO_POINTER (imp_picture_get_frame_number (self->picture)));
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
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  GPtrArray *found = g_ptr_array_new ();
  const Look *look = get_look (self);
  cairo_region_t *left = NULL;

  if (look == NULL)
    return found;
  left = make_left (self);
  for (guint i = 0; i < look->items->len; i++)
    {
      ImpSuggestionItem *item = g_ptr_array_index (look->items, i);
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
  cairo_region_destroy (left);
  return found;
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
  const Look *look = get_look (self);

  for (guint i = 0; look != NULL && i < look->items->len; i++)
    {
      const ImpSuggestionItem *item = g_ptr_array_index (look->items, i);

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
  imp_redaction_add (redaction, &suggestion->rect);
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
  g_hash_table_remove_all (self->looks);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
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
  g_clear_object (&self->picture);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->looks, g_hash_table_unref);
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
  self->looks = g_hash_table_new_full (NULL, NULL, NULL, look_free);
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
  gpointer look = NULL;

  g_hash_table_iter_init (&iter, self->looks);
  while (g_hash_table_iter_next (&iter, NULL, &look))
    if (((Look *)look)->problem != NULL)
      g_hash_table_iter_remove (&iter);
  self->cancelled = FALSE;
  go_on (self);
  emit_changed (self);
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
  const Look *look = get_look (self);

  if (look != NULL)
    return look->problem != NULL ? IMP_SUGGESTIONS_FAILED : IMP_SUGGESTIONS_DONE;
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
  const Look *look = get_look (self);

  return look != NULL ? look->problem : NULL;
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
  *n_done = g_hash_table_size (self->looks);
  *n_all = imp_facts_get_n_frames (imp_source_get_facts (imp_picture_get_source (self->picture)));
  return self->looking != NULL && !self->cancelled;
}
