#include "imp-desk-item.h"

#include <glib/gi18n.h>

#include "imp-desk-shown.h"
#include "imp-register-work.h"

/* Milliseconds that a drag or a text stands still before it is a gesture. */
#define SETTLE_MS 150

struct _ImpDeskItem
{
  GObject parent_instance;

  ImpCuration *curation;     /* owned */
  ImpWizardSession *session; /* owned */
  ImpPicture *picture;       /* owned, nullable: attached, or on its way to be */
  gint64 id;                 /* of the item */

  gboolean attached;    /* what is done to the picture counts */
  gboolean recalling;   /* what is said is what was said before */
  GHashTable *answers;  /* owned: key to value, as stored or on its way */
  guint settling;       /* a timeout, or 0 */
  gboolean storing;     /* a gesture is on its way */
  gboolean failed;      /* the last one was not taken */
  gboolean wants_clear; /* once all is stored */
  gboolean judging;     /* the gate is asked */
};

G_DEFINE_FINAL_TYPE (ImpDeskItem, imp_desk_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  SETTLED,
  CLEARED,
  MISSING,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void go_on (ImpDeskItem *self);

static void
tell (ImpDeskItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- storing: one gesture at a time ---- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) self = user_data;
  g_autoptr (GError) error = NULL;

  self->storing = FALSE;
  self->failed = !imp_curation_gesture_finish (self->curation, result, &error);
  if (self->failed)
    {
      self->wants_clear = FALSE;
      g_signal_emit (self, signals[FAILED], 0, error->message);
      tell (self);
      return;
    }
  go_on (self);
}

static void
forget_pixels (ImpDeskItem *self)
{
  GPtrArray *questions = imp_wizard_session_get_questions (self->session);

  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (g_str_equal (question->scope, "pixels"))
        g_hash_table_remove (self->answers, question->key);
    }
}

/* What is shown and covered; the register forgets with it what was said of its pixels. */
static gboolean
store_edit (ImpDeskItem *self)
{
  g_autoptr (ImpCurationItem) item =
      imp_desk_shown_describe (self->picture, imp_desk_item_get (self));

  if (imp_desk_shown_is_same (item, imp_desk_item_get (self)))
    return FALSE;
  forget_pixels (self);
  imp_curation_edit_async (self->curation, item, on_stored, g_object_ref (self));
  return TRUE;
}

static gboolean
store_seen (ImpDeskItem *self, guint index)
{
  const int share = (int)imp_picture_get_seen_share (self->picture);

  /* Each step of looking is not a gesture: what counts is whether it was all. */
  if (share < 100 || imp_desk_item_get (self)->seen >= share)
    return FALSE;
  imp_curation_note_seen_async (self->curation, index, share, on_stored, g_object_ref (self));
  return TRUE;
}

static gboolean
is_for_session (ImpDeskItem *self)
{
  return imp_wizard_session_get_gate (self->session) == imp_curation_get_gate (self->curation)
         && g_strcmp0 (imp_wizard_session_get_destination (self->session),
                       imp_curation_get_record (self->curation)->destination)
                == 0;
}

static const char *
get_route (ImpDeskItem *self)
{
  const ImpStanding *standing = imp_desk_item_get_standing (self);

  return standing != NULL && standing->kind == IMP_STANDING_PERMITTED ? "consent" : "anonymised";
}

/* What was given at the desk; what is known from elsewhere may be known otherwise tomorrow. */
static const char *
get_given (ImpDeskItem *self, const char *key)
{
  return imp_wizard_session_get_answer_source (self->session, key) == NULL
             ? imp_wizard_session_get_answer (self->session, key)
             : NULL;
}

static gboolean
store_answer (ImpDeskItem *self, guint index)
{
  GPtrArray *questions = imp_wizard_session_get_questions (self->session);

  if (!is_for_session (self))
    return FALSE;
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      const char *given = get_given (self, question->key);

      if (g_strcmp0 (given, g_hash_table_lookup (self->answers, question->key)) == 0)
        continue;
      if (given != NULL)
        g_hash_table_insert (self->answers, g_strdup (question->key), g_strdup (given));
      else
        g_hash_table_remove (self->answers, question->key);
      imp_curation_answer_async (self->curation, index, question, given, on_stored,
                                 g_object_ref (self));
      return TRUE;
    }
  return FALSE;
}

static gboolean
store_state (ImpDeskItem *self, guint index)
{
  const ImpCurationItem *item = imp_desk_item_get (self);
  const ImpCurationState state =
      item->boxes->len > 0 ? IMP_CURATION_COVERED : IMP_CURATION_LOOKED_AT;

  if (item->state >= state) /* what is cleared falls back by an edit only */
    return FALSE;
  imp_curation_set_state_async (self->curation, index, state, NULL, on_stored, g_object_ref (self));
  return TRUE;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) self = user_data;
  g_autoptr (GError) error = NULL;

  self->storing = FALSE;
  if (!imp_curation_gesture_finish (self->curation, result, &error))
    {
      self->wants_clear = FALSE;
      g_signal_emit (self, signals[FAILED], 0, error->message);
      tell (self);
      return;
    }
  /* Whatever the gate said before, it is asked again. */
  self->judging = TRUE;
  if (!is_for_session (self)
      || g_strcmp0 (imp_wizard_session_get_route (self->session), get_route (self)) != 0)
    imp_desk_item_recall (self);
  imp_wizard_session_touch (self->session);
}

static void
go_on (ImpDeskItem *self)
{
  guint index = 0;

  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->storing || !self->attached || !imp_desk_item_get_index (self, &index))
    return;
  self->storing = store_edit (self) || store_seen (self, index) || store_answer (self, index)
                  || store_state (self, index);
  if (!self->storing && self->wants_clear && !self->judging)
    {
      self->storing = TRUE;
      imp_curation_refresh_async (self->curation, on_refreshed, g_object_ref (self));
    }
  tell (self);
  if (!self->storing)
    g_signal_emit (self, signals[SETTLED], 0);
}

static gboolean
on_still (gpointer user_data)
{
  ImpDeskItem *self = user_data;

  self->settling = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
settle_soon (ImpDeskItem *self)
{
  if (!self->attached || self->recalling)
    return;
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (SETTLE_MS, on_still, self);
}

/* ---- clearing ---- */

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) self = user_data;
  g_autoptr (GError) error = NULL;

  self->storing = FALSE;
  if (imp_curation_gesture_finish (self->curation, result, &error))
    g_signal_emit (self, signals[CLEARED], 0);
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
  go_on (self);
}

static void
on_rehearsed (ImpDeskItem *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);
  guint index = 0;

  tell (self);
  if (!self->judging || !imp_desk_item_get_index (self, &index))
    return;
  self->judging = FALSE;
  self->wants_clear = FALSE;
  if (rehearsal != NULL && rehearsal->allowed && is_for_session (self))
    {
      self->storing = TRUE;
      imp_curation_set_state_async (self->curation, index, IMP_CURATION_CLEARED, NULL, on_cleared,
                                    g_object_ref (self));
    }
  else
    g_signal_emit (self, signals[MISSING], 0);
  tell (self);
}

/**
 * imp_desk_item_clear:
 * @self: an item that is attached
 *
 * Has all of it stored, the session read anew and the gate asked: “cleared” where that would
 * release it exactly as it is now, “missing” where it would not.
 */
void
imp_desk_item_clear (ImpDeskItem *self)
{
  if (!self->attached || self->wants_clear)
    return;
  self->wants_clear = TRUE;
  go_on (self);
}

/**
 * imp_desk_item_is_clearing:
 * @self: an item
 *
 * Returns: whether it is being found out if it can be cleared
 */
gboolean
imp_desk_item_is_clearing (ImpDeskItem *self)
{
  return self->wants_clear;
}

/* ---- what the session knows ---- */

static const char *
describe_reach (const ImpCurationItem *item, const ImpQuestion *question)
{
  if (g_str_equal (question->scope, "person") && item->patient_id != 0)
    return _ ("You answered this in this session, for all pictures of this patient.");
  if (g_str_equal (question->scope, "case") && item->case_id != 0)
    return _ ("You answered this in this session, for all pictures of this case.");
  if (g_str_equal (question->scope, "use") && g_strcmp0 (question->page, "use") == 0)
    return _ ("You answered this for the whole session.");
  return _ ("You answered this in this session, for this picture.");
}

static void
recall_answers (ImpDeskItem *self, guint index)
{
  GPtrArray *questions = imp_wizard_session_get_questions (self->session);

  g_hash_table_remove_all (self->answers);
  for (guint i = 0; i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);
      const char *value = imp_curation_get_answer (self->curation, index, question);

      if (value == NULL)
        continue;
      g_hash_table_insert (self->answers, g_strdup (question->key), g_strdup (value));
      imp_wizard_session_recall (self->session, question->key, value,
                                 describe_reach (imp_desk_item_get (self), question));
    }
}

/**
 * imp_desk_item_recall:
 * @self: an item
 *
 * Says again what the session is for, which way its patient's pictures go, and what was answered.
 * Who it is has been said where the register knows.
 */
void
imp_desk_item_recall (ImpDeskItem *self)
{
  const ImpStanding *standing = imp_desk_item_get_standing (self);
  guint index = 0;

  if (!imp_desk_item_get_index (self, &index))
    return;
  self->recalling = TRUE;
  if ((standing == NULL || standing->person_id == NULL)
      && imp_wizard_session_get_person_id (self->session) == NULL)
    imp_wizard_session_set_person_unknown (self->session);
  imp_wizard_session_set_destination (self->session,
                                      imp_curation_get_record (self->curation)->destination);
  imp_wizard_session_set_route (self->session, get_route (self));
  recall_answers (self, index);
  self->recalling = FALSE;
}

/* ---- onto the desk ---- */

static void
begin (ImpDeskItem *self)
{
  imp_desk_item_recall (self);
  imp_wizard_session_touch (self->session);
  self->attached = TRUE;
  go_on (self);
}

static void
on_frame_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) self = user_data;
  g_autoptr (GError) error = NULL;

  if (IMP_PICTURE (source) != self->picture || self->attached)
    return;
  /* On another frame its boxes and answers would be for what is not shown. */
  if (imp_picture_show_finish (self->picture, result, &error))
    begin (self);
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
show_frame (ImpDeskItem *self)
{
  const ImpCurationItem *item = imp_desk_item_get (self);

  if (item->frame == imp_picture_get_frame_number (self->picture))
    begin (self);
  else
    imp_picture_show_frame_async (self->picture, item->frame, on_frame_shown, g_object_ref (self));
}

static void
on_person (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDossier) dossier = imp_register_work_load_finish (result, &error);

  if (self->picture == NULL || self->attached || imp_desk_item_get (self) == NULL
      || imp_wizard_session_get_picture (self->session) != self->picture)
    return;
  if (dossier == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  imp_wizard_session_set_person (self->session, dossier->person);
  show_frame (self);
}

/**
 * imp_desk_item_attach:
 * @self: an item
 * @picture: its file, on the desk and in the wizard
 *
 * Covers it as the session has it, and says what was said. From then on whatever is done to it is
 * stored. Another page of its file begins with what was done to that one.
 */
void
imp_desk_item_attach (ImpDeskItem *self, ImpPicture *picture)
{
  const ImpCurationItem *item = imp_desk_item_get (self);
  const ImpStanding *standing = imp_desk_item_get_standing (self);

  imp_desk_item_detach (self);
  if (item == NULL)
    return;
  self->picture = g_object_ref (picture);
  g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (settle_soon), self);
  g_signal_connect_swapped (picture, "notify::seen-share", G_CALLBACK (settle_soon), self);
  if (imp_facts_get_page (imp_source_get_facts (imp_picture_get_source (picture))) == item->page)
    imp_desk_shown_restore (picture, item);
  if (standing != NULL && standing->person_id != NULL)
    imp_register_work_load_async (imp_gate_get_register (imp_curation_get_gate (self->curation)),
                                  standing->person_id, NULL, on_person, g_object_ref (self));
  else
    show_frame (self);
}

/**
 * imp_desk_item_detach:
 * @self: an item
 *
 * What is done to the picture is no gesture any more. What was done is stored first.
 */
void
imp_desk_item_detach (ImpDeskItem *self)
{
  if (self->settling != 0)
    go_on (self);
  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  self->attached = FALSE;
  self->wants_clear = FALSE;
  self->judging = FALSE;
}

/**
 * imp_desk_item_is_attached:
 * @self: an item
 *
 * Returns: whether it is on the desk, as the session has it
 */
gboolean
imp_desk_item_is_attached (ImpDeskItem *self)
{
  return self->attached;
}

/**
 * imp_desk_item_is_settled:
 * @self: an item
 *
 * Returns: whether the register has all that was done to it
 */
gboolean
imp_desk_item_is_settled (ImpDeskItem *self)
{
  return !self->storing && self->settling == 0 && !self->failed;
}

/**
 * imp_desk_item_has_failed:
 * @self: an item
 *
 * Returns: whether the register did not take the last of what was done to it
 */
gboolean
imp_desk_item_has_failed (ImpDeskItem *self)
{
  return self->failed;
}

/**
 * imp_desk_item_settle:
 * @self: an item
 *
 * Stores what was done to it without waiting for more.
 */
void
imp_desk_item_settle (ImpDeskItem *self)
{
  go_on (self);
}

/* ---- what it is ---- */

/**
 * imp_desk_item_get_curation:
 * @self: an item
 *
 * Returns: (transfer none): its session
 */
ImpCuration *
imp_desk_item_get_curation (ImpDeskItem *self)
{
  return self->curation;
}

/**
 * imp_desk_item_get_session:
 * @self: an item
 *
 * Returns: (transfer none): what is said of it
 */
ImpWizardSession *
imp_desk_item_get_session (ImpDeskItem *self)
{
  return self->session;
}

/**
 * imp_desk_item_get_index:
 * @self: an item
 * @index: (out): where it is in its session
 *
 * Returns: whether it is still there
 */
gboolean
imp_desk_item_get_index (ImpDeskItem *self, guint *index)
{
  return imp_curation_find_item (self->curation, self->id, index);
}

/**
 * imp_desk_item_get:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): it, as it is stored, until the next gesture
 */
const ImpCurationItem *
imp_desk_item_get (ImpDeskItem *self)
{
  guint index = 0;

  return imp_desk_item_get_index (self, &index) ? imp_curation_get_item (self->curation, index)
                                                : NULL;
}

/**
 * imp_desk_item_get_standing:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): how its patient stands to what the session is for
 */
const ImpStanding *
imp_desk_item_get_standing (ImpDeskItem *self)
{
  guint index = 0;

  return imp_desk_item_get_index (self, &index) ? imp_curation_get_standing (self->curation, index)
                                                : NULL;
}

/* ---- object ---- */

static void
imp_desk_item_dispose (GObject *object)
{
  ImpDeskItem *self = IMP_DESK_ITEM (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  g_clear_object (&self->curation);
  G_OBJECT_CLASS (imp_desk_item_parent_class)->dispose (object);
}

static void
imp_desk_item_finalize (GObject *object)
{
  g_hash_table_unref (IMP_DESK_ITEM (object)->answers);
  G_OBJECT_CLASS (imp_desk_item_parent_class)->finalize (object);
}

static void
imp_desk_item_class_init (ImpDeskItemClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_desk_item_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_desk_item_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] =
      g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLEARED] =
      g_signal_new ("cleared", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MISSING] =
      g_signal_new ("missing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
imp_desk_item_init (ImpDeskItem *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* What the register says of its patient may be another thing now. */
static void
on_reloaded (ImpDeskItem *self)
{
  if (self->attached && is_for_session (self)
      && g_strcmp0 (imp_wizard_session_get_route (self->session), get_route (self)) != 0)
    {
      imp_desk_item_recall (self);
      imp_wizard_session_touch (self->session);
    }
  tell (self);
}

/* All that was said is forgotten with the wizard's pages, and not with the session. */
static void
on_reset (ImpDeskItem *self)
{
  if (self->attached)
    imp_desk_item_detach (self);
}

/**
 * imp_desk_item_new:
 * @curation: a session
 * @index: one of its pictures
 * @session: where its questions are answered
 *
 * Returns: (transfer full): that picture, not yet on the desk
 */
ImpDeskItem *
imp_desk_item_new (ImpCuration *curation, guint index, ImpWizardSession *session)
{
  ImpDeskItem *self = g_object_new (IMP_TYPE_DESK_ITEM, NULL);

  self->curation = g_object_ref (curation);
  self->session = g_object_ref (session);
  self->id = imp_curation_get_item (curation, index)->id;
  g_signal_connect_swapped (session, "changed", G_CALLBACK (settle_soon), self);
  g_signal_connect_swapped (session, "reset", G_CALLBACK (on_reset), self);
  g_signal_connect_swapped (session, "rehearsed", G_CALLBACK (on_rehearsed), self);
  g_signal_connect_swapped (curation, "item-changed", G_CALLBACK (tell), self);
  g_signal_connect_swapped (curation, "reloaded", G_CALLBACK (on_reloaded), self);
  return self;
}
