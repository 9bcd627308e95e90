#include "imp-rehearser.h"

#include "imp-wizard-rehearsal.h"

#define DEBOUNCE_MS 150

struct _ImpRehearser
{
  GObject parent_instance;

  /* What is asked, owned */
  ImpGate *gate;
  ImpRequest *request;
  GPtrArray *keys;

  /* What was answered, owned */
  ImpRehearsal *rehearsal;
  GPtrArray *prefills;
  GdkTexture *preview;
  GError *error;

  GCancellable *running; /* owned: of the answer that is still wanted */
  guint timeout;
  gboolean rehearse;
  gboolean in_flight; /* a worker rehearses, perhaps what is stale by now */
  gboolean waiting;   /* for that worker to end */
};

G_DEFINE_FINAL_TYPE (ImpRehearser, imp_rehearser, G_TYPE_OBJECT)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean start (gpointer user_data);

static void
forget_answer (ImpRehearser *self)
{
  g_clear_pointer (&self->rehearsal, imp_rehearsal_free);
  g_clear_pointer (&self->prefills, g_ptr_array_unref);
  g_clear_object (&self->preview);
  g_clear_error (&self->error);
}

/* Each rehearsal holds a whole picture in memory, so there is one at a time. What is said
 * meanwhile makes the one under way stale, and starts the next when it ends. */
static void
on_rehearsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRehearser) self = IMP_REHEARSER (user_data);
  g_autoptr (GPtrArray) prefills = NULL;
  g_autoptr (GdkTexture) preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRehearsal) rehearsal =
      imp_wizard_rehearsal_finish (result, &prefills, &preview, &error);

  self->in_flight = FALSE;
  if (g_task_get_cancellable (G_TASK (result)) != self->running)
    {
      if (self->waiting)
        start (self);
      return;
    }
  g_clear_object (&self->running);
  forget_answer (self);
  self->rehearsal = g_steal_pointer (&rehearsal);
  self->prefills = g_steal_pointer (&prefills);
  self->preview = g_steal_pointer (&preview);
  self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[DONE], 0);
}

static gboolean
start (gpointer user_data)
{
  ImpRehearser *self = user_data;

  self->timeout = 0;
  self->waiting = self->in_flight;
  if (self->waiting)
    return G_SOURCE_REMOVE;
  self->running = g_cancellable_new ();
  self->in_flight = TRUE;
  imp_wizard_rehearsal_async (self->gate, self->request, self->keys, self->rehearse, self->running,
                              on_rehearsed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
imp_rehearser_dispose (GObject *object)
{
  imp_rehearser_forget (IMP_REHEARSER (object));
  G_OBJECT_CLASS (imp_rehearser_parent_class)->dispose (object);
}

static void
imp_rehearser_class_init (ImpRehearserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_rehearser_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
imp_rehearser_init (ImpRehearser *self)
{
}

/**
 * imp_rehearser_new:
 *
 * Returns: (transfer full): a rehearser that was asked nothing
 */
ImpRehearser *
imp_rehearser_new (void)
{
  return g_object_new (IMP_TYPE_REHEARSER, NULL);
}

/**
 * imp_rehearser_forget:
 * @self: a rehearser
 *
 * What was asked, and what was answered, no longer counts.
 */
void
imp_rehearser_forget (ImpRehearser *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->waiting = FALSE;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->gate);
  g_clear_object (&self->request);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  forget_answer (self);
}

/**
 * imp_rehearser_ask:
 * @self: a rehearser
 * @gate: the gate
 * @request: what is asked for; not changed any more
 * @keys: (element-type utf8): questions that nobody has answered at the desk
 * @rehearse: whether enough has been said to ask what a release would do
 *
 * Asks the gate soon; what was asked before no longer counts.
 */
void
imp_rehearser_ask (ImpRehearser *self, ImpGate *gate, ImpRequest *request, GPtrArray *keys,
                   gboolean rehearse)
{
  imp_rehearser_forget (self);
  self->gate = g_object_ref (gate);
  self->request = g_object_ref (request);
  self->keys = g_ptr_array_ref (keys);
  self->rehearse = rehearse;
  self->timeout = g_timeout_add (DEBOUNCE_MS, start, self);
}

/**
 * imp_rehearser_is_busy:
 * @self: a rehearser
 *
 * Returns: whether an answer is on its way
 */
gboolean
imp_rehearser_is_busy (ImpRehearser *self)
{
  return self->timeout != 0 || self->running != NULL || self->waiting;
}

/**
 * imp_rehearser_get_rehearsal:
 * @self: a rehearser
 *
 * Returns: (transfer none) (nullable): what a release would do; %NULL while that is not known
 */
const ImpRehearsal *
imp_rehearser_get_rehearsal (ImpRehearser *self)
{
  return self->rehearsal;
}

/**
 * imp_rehearser_get_prefills:
 * @self: a rehearser
 *
 * Returns: (transfer none) (nullable) (element-type ImpPrefill): what is known already
 */
GPtrArray *
imp_rehearser_get_prefills (ImpRehearser *self)
{
  return self->prefills;
}

/**
 * imp_rehearser_get_preview:
 * @self: a rehearser
 *
 * Returns: (transfer none) (nullable): the true output, small enough for a pane
 */
GdkTexture *
imp_rehearser_get_preview (ImpRehearser *self)
{
  return self->preview;
}

/**
 * imp_rehearser_get_error:
 * @self: a rehearser
 *
 * Returns: (transfer none) (nullable): why the gate could not answer
 */
const GError *
imp_rehearser_get_error (ImpRehearser *self)
{
  return self->error;
}
