#include "imp-idle-lock.h"

#include <time.h>

#define LOOK_AGAIN_S 30 /* a computer that slept is found out soon */

struct _ImpIdleLock
{
  GObject parent_instance;

  GListModel *windows; /* owned: all of the program's */
  GPtrArray *watchers; /* GtkEventController, each of a window */
  gint64 last;         /* seconds, as now() */
  guint limit;         /* seconds; 0: stopped */
  guint timeout;
  double x, y; /* where the pointer was */
};

G_DEFINE_FINAL_TYPE (ImpIdleLock, imp_idle_lock, G_TYPE_OBJECT)

enum
{
  IDLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Time asleep counts: the lid of a laptop is no reason to stay unlocked. */
static gint64
now (void)
{
  struct timespec moment = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &moment);
  return moment.tv_sec;
}

/* GTK makes pointer events of its own when a window changes under a pointer that rests. */
static gboolean
is_input (ImpIdleLock *self, GdkEvent *event)
{
  double x = 0;
  double y = 0;

  switch ((int)gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_SCROLL:
      return TRUE;
    case GDK_MOTION_NOTIFY:
      if (!gdk_event_get_position (event, &x, &y) || (x == self->x && y == self->y))
        return FALSE;
      self->x = x;
      self->y = y;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_event (GtkEventControllerLegacy *watcher, GdkEvent *event, ImpIdleLock *self)
{
  if (is_input (self, event))
    self->last = now ();
  return GDK_EVENT_PROPAGATE;
}

static void
drop_watchers (ImpIdleLock *self)
{
  for (guint i = 0; i < self->watchers->len; i++)
    {
      GtkEventController *watcher = g_ptr_array_index (self->watchers, i);
      GtkWidget *window = gtk_event_controller_get_widget (watcher);

      g_signal_handlers_disconnect_by_data (watcher, self);
      if (window != NULL)
        gtk_widget_remove_controller (window, watcher);
    }
  g_ptr_array_set_size (self->watchers, 0);
}

/* Dialogs come and go: each window is watched. */
static void
watch_windows (ImpIdleLock *self)
{
  drop_watchers (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (self->windows, i);
      GtkEventController *watcher = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (watcher, GTK_PHASE_CAPTURE);
      g_signal_connect (watcher, "event", G_CALLBACK (on_event), self);
      g_ptr_array_add (self->watchers, g_object_ref (watcher));
      gtk_widget_add_controller (window, watcher);
    }
}

static gboolean
on_due (gpointer user_data)
{
  ImpIdleLock *self = user_data;
  gint64 left = self->limit - (now () - self->last);
  gboolean idle = left <= 0;

  if (idle)
    {
      self->last = now ();
      left = self->limit;
    }
  self->timeout = g_timeout_add_seconds ((guint)MIN (left, LOOK_AGAIN_S), on_due, self);
  if (idle)
    g_signal_emit (self, signals[IDLE], 0);
  return G_SOURCE_REMOVE;
}

static void
imp_idle_lock_dispose (GObject *object)
{
  ImpIdleLock *self = IMP_IDLE_LOCK (object);

  imp_idle_lock_stop (self);
  if (self->windows != NULL)
    g_signal_handlers_disconnect_by_data (self->windows, self);
  drop_watchers (self);
  g_clear_object (&self->windows);
  G_OBJECT_CLASS (imp_idle_lock_parent_class)->dispose (object);
}

static void
imp_idle_lock_finalize (GObject *object)
{
  g_ptr_array_unref (IMP_IDLE_LOCK (object)->watchers);
  G_OBJECT_CLASS (imp_idle_lock_parent_class)->finalize (object);
}

static void
imp_idle_lock_class_init (ImpIdleLockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_idle_lock_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_idle_lock_finalize;
  signals[IDLE] = g_signal_new ("idle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
imp_idle_lock_init (ImpIdleLock *self)
{
  self->watchers = g_ptr_array_new_with_free_func (g_object_unref);
  self->windows = g_object_ref (gtk_window_get_toplevels ());
  g_signal_connect_swapped (self->windows, "items-changed", G_CALLBACK (watch_windows), self);
  watch_windows (self);
}

/**
 * imp_idle_lock_new:
 *
 * Returns: (transfer full): one that is stopped
 */
ImpIdleLock *
imp_idle_lock_new (void)
{
  return g_object_new (IMP_TYPE_IDLE_LOCK, NULL);
}

/**
 * imp_idle_lock_start:
 * @self: an idle lock
 * @seconds: without input
 *
 * Begins to count from now.
 */
void
imp_idle_lock_start (ImpIdleLock *self, guint seconds)
{
  imp_idle_lock_stop (self);
  self->limit = MAX (seconds, 1);
  self->last = now ();
  self->timeout = g_timeout_add_seconds (MIN (self->limit, LOOK_AGAIN_S), on_due, self);
}

/**
 * imp_idle_lock_stop:
 * @self: an idle lock
 */
void
imp_idle_lock_stop (ImpIdleLock *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->limit = 0;
}
