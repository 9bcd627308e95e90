#include "imp-register-place.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-keeping.h"
#include "imp-sign-in-page.h"
#include "imp-unlock-page.h"
#include "imp-user-work.h"
#include "imp-widgets.h"

struct _ImpRegisterPlace
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *stack;
  GtkWidget *page;    /* ImpRegisterPage */
  GtkWidget *sign_in; /* ImpSignInPage */
  GtkWidget *unlock;  /* ImpUnlockPage, nullable */
  GtkWidget *problem; /* AdwStatusPage */

  /* Owned references */
  char *path;
  ImpGate *gate; /* nullable: unlocked */
  ImpUser *user; /* nullable: who is signed in */
  char *last_id; /* nullable: who was before */
  char *why;     /* nullable: why somebody has to sign in again */
  ImpIdleLock *idle;
  ImpSource *source; /* nullable: on the desk */
  char *page_of;     /* nullable: whose page it is; empty: of a register without users */

  guint idle_minutes;
  gboolean open; /* somebody may work with the gate */
  gboolean left; /* nobody could, since */
};

G_DEFINE_FINAL_TYPE (ImpRegisterPlace, imp_register_place, GTK_TYPE_WIDGET)

enum
{
  STATE_CHANGED,
  OPENED,
  REGISTER_CHANGED,
  IDLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_asking (ImpRegisterPlace *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (GTK_STACK (self->stack));

  return gtk_widget_get_mapped (self->stack) && (shown == self->sign_in || shown == self->unlock);
}

/* Hidden pages leave the tree that screen readers see. */
static void
show (ImpRegisterPlace *self, GtkWidget *page)
{
  GtkWidget *pages[] = { self->page, self->sign_in, self->unlock, self->problem };

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i] != NULL && pages[i] != page)
      gtk_widget_set_visible (pages[i], FALSE);
}

static void
on_page_changed (ImpRegisterPlace *self)
{
  g_signal_emit (self, signals[REGISTER_CHANGED], 0);
}

static void
add_page (ImpRegisterPlace *self)
{
  self->page = imp_register_page_new ();
  g_signal_connect_object (self->page, "changed", G_CALLBACK (on_page_changed), self,
                           G_CONNECT_SWAPPED);
  imp_register_page_set_source (IMP_REGISTER_PAGE (self->page), self->source);
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "register");
}

/* A new page has no trace of what was typed into the one before, not even to be undone. */
static void
renew_page (ImpRegisterPlace *self)
{
  gboolean shown = gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->page;

  imp_register_page_drop (IMP_REGISTER_PAGE (self->page));
  gtk_stack_remove (GTK_STACK (self->stack), self->page);
  add_page (self);
  if (shown)
    show (self, self->page);
  else
    gtk_widget_set_visible (self->page, FALSE);
}

/* What was typed is for who typed it: whoever comes back gets the page as it was left, and anybody
 * else another one. A register without users is whoever's can open it. */
static void
settle_page (ImpRegisterPlace *self)
{
  const char *user = self->user != NULL ? self->user->id : "";

  if (!self->open)
    {
      self->left = TRUE;
      return;
    }
  if (self->left && self->page_of != NULL && !g_str_equal (self->page_of, user))
    renew_page (self);
  self->left = FALSE;
  g_free (self->page_of);
  self->page_of = g_strdup (user);
}

static void
changed (ImpRegisterPlace *self)
{
  settle_page (self);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (self->page), self->open ? self->gate : NULL);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
ask_who (ImpRegisterPlace *self, const ImpUserRoll *roll)
{
  show (self, self->sign_in);
  imp_sign_in_page_start (IMP_SIGN_IN_PAGE (self->sign_in), self->gate, roll, self->last_id,
                          self->why);
}

static void
show_problem (ImpRegisterPlace *self, const GError *error)
{
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), error->message);
  show (self, self->problem);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpRegisterPlace) self = IMP_REGISTER_PLACE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUserRoll) roll = imp_user_work_load_finish (result, &error);
  gboolean was_asking = is_asking (self);

  if (self->gate != IMP_GATE (source))
    return; /* locked meanwhile */
  g_clear_pointer (&self->user, imp_user_free);
  if (roll == NULL)
    {
      self->open = FALSE;
      show_problem (self, error);
      changed (self);
      return;
    }
  self->user = g_steal_pointer (&roll->me);
  self->open = !roll->any || self->user != NULL;
  self->idle_minutes = roll->idle_minutes;
  imp_idle_lock_start (self->idle, roll->idle_minutes * 60);
  if (!self->open)
    ask_who (self, roll);
  else
    {
      g_clear_pointer (&self->why, g_free);
      if (self->user != NULL)
        {
          g_free (self->last_id);
          self->last_id = g_strdup (self->user->id);
        }
      show (self, self->page);
    }
  changed (self);
  /* What was typed into has gone: the keyboard goes to where people are found. */
  if (self->open && was_asking)
    imp_register_page_take_keyboard (IMP_REGISTER_PAGE (self->page));
}

/**
 * imp_register_place_look_again:
 * @self: the place
 *
 * Users were made or changed, or one has signed in: reads who is here.
 */
void
imp_register_place_look_again (ImpRegisterPlace *self)
{
  if (self->gate != NULL)
    imp_user_work_load_async (self->gate, NULL, on_loaded, g_object_ref (self));
}

/**
 * imp_register_place_take:
 * @self: the place
 * @gate: the gate of a register that was just opened
 *
 * Asks who is here, where it has users.
 */
void
imp_register_place_take (ImpRegisterPlace *self, ImpGate *gate)
{
  g_set_object (&self->gate, gate);
  g_signal_emit (self, signals[OPENED], 0);
  imp_register_place_look_again (self);
}

static void
on_idle (ImpRegisterPlace *self)
{
  if (self->gate != NULL)
    g_signal_emit (self, signals[IDLE], 0);
}

static void
on_try_again (GtkButton *button, ImpRegisterPlace *self)
{
  imp_register_place_look_again (self);
}

static void
imp_register_place_dispose (GObject *object)
{
  ImpRegisterPlace *self = IMP_REGISTER_PLACE (object);

  if (self->idle != NULL)
    {
      imp_idle_lock_stop (self->idle);
      g_signal_handlers_disconnect_by_data (self->idle, self);
    }
  g_clear_object (&self->idle);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_object (&self->source);
  g_clear_pointer (&self->user, imp_user_free);
  g_clear_pointer (&self->last_id, g_free);
  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->page_of, g_free);
  G_OBJECT_CLASS (imp_register_place_parent_class)->dispose (object);
}

static void
imp_register_place_finalize (GObject *object)
{
  g_free (IMP_REGISTER_PLACE (object)->path);
  G_OBJECT_CLASS (imp_register_place_parent_class)->finalize (object);
}

static void
imp_register_place_class_init (ImpRegisterPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_register_place_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_register_place_finalize;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[REGISTER_CHANGED] = g_signal_new ("register-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[IDLE] = g_signal_new ("idle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_problem (ImpRegisterPlace *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Try again"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The users cannot be read"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (on_try_again), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
imp_register_place_init (ImpRegisterPlace *self)
{
  self->path = imp_gate_default_register_path ();
  self->idle = imp_idle_lock_new ();
  g_signal_connect_swapped (self->idle, "idle", G_CALLBACK (on_idle), self);
  self->stack = gtk_stack_new ();
  add_page (self);
  self->sign_in = imp_sign_in_page_new ();
  self->problem = build_problem (self);
  g_signal_connect_swapped (self->sign_in, "signed-in", G_CALLBACK (imp_register_place_look_again),
                            self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->sign_in, "sign-in");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  show (self, self->page);
}

/**
 * imp_register_place_new:
 *
 * Returns: (transfer floating): the place, locked
 */
GtkWidget *
imp_register_place_new (void)
{
  return g_object_new (IMP_TYPE_REGISTER_PLACE, NULL);
}

static void
renew_unlock_page (ImpRegisterPlace *self)
{
  if (self->unlock != NULL)
    gtk_stack_remove (GTK_STACK (self->stack), self->unlock);
  self->unlock = imp_unlock_page_new (self->path);
  g_signal_connect_object (self->unlock, "unlocked", G_CALLBACK (imp_register_place_take), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (GTK_STACK (self->stack), self->unlock, "unlock");
  show (self, self->unlock);
}

/**
 * imp_register_place_start:
 * @self: the place
 *
 * Opens the register, or asks for what opens it. To be called once it is shown.
 */
void
imp_register_place_start (ImpRegisterPlace *self)
{
  renew_unlock_page (self);
  imp_unlock_page_start (IMP_UNLOCK_PAGE (self->unlock));
}

/**
 * imp_register_place_get_state:
 * @self: the place
 *
 * Returns: whether anybody may work with the register
 */
ImpRegisterState
imp_register_place_get_state (ImpRegisterPlace *self)
{
  if (self->gate != NULL)
    return self->open ? IMP_REGISTER_OPEN : IMP_REGISTER_SIGNED_OUT;
  return imp_gate_probe_register (self->path) == IMP_GATE_REGISTER_ABSENT ? IMP_REGISTER_ABSENT
                                                                          : IMP_REGISTER_LOCKED;
}

/**
 * imp_register_place_get_gate:
 * @self: the place
 *
 * Returns: (transfer none) (nullable): the gate of who may work with it; %NULL in every state but
 *   %IMP_REGISTER_OPEN
 */
ImpGate *
imp_register_place_get_gate (ImpRegisterPlace *self)
{
  return self->open ? self->gate : NULL;
}

/**
 * imp_register_place_get_unlocked:
 * @self: the place
 *
 * Returns: (transfer none) (nullable): the gate also where nobody is signed in, for what the gate
 *   lets be done then: the rules of users
 */
ImpGate *
imp_register_place_get_unlocked (ImpRegisterPlace *self)
{
  return self->gate;
}

/**
 * imp_register_place_get_user:
 * @self: the place
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
ImpUser *
imp_register_place_get_user (ImpRegisterPlace *self)
{
  return self->user;
}

/**
 * imp_register_place_get_page:
 * @self: the place
 *
 * Returns: (transfer none): the register's page
 */
ImpRegisterPage *
imp_register_place_get_page (ImpRegisterPlace *self)
{
  return IMP_REGISTER_PAGE (self->page);
}

/**
 * imp_register_place_set_source:
 * @self: the place
 * @open: (nullable): the file that is open on the desk
 */
void
imp_register_place_set_source (ImpRegisterPlace *self, ImpSource *open)
{
  g_set_object (&self->source, open);
  imp_register_page_set_source (IMP_REGISTER_PAGE (self->page), open);
}

/**
 * imp_register_place_get_idle_lock:
 * @self: the place
 *
 * Returns: (transfer none): what counts the time without input
 */
ImpIdleLock *
imp_register_place_get_idle_lock (ImpRegisterPlace *self)
{
  return self->idle;
}

/**
 * imp_register_place_get_idle_minutes:
 * @self: the place
 *
 * Returns: after how many minutes without input the site wants the register locked
 */
guint
imp_register_place_get_idle_minutes (ImpRegisterPlace *self)
{
  return self->idle_minutes;
}

static void
forget_user (ImpRegisterPlace *self)
{
  g_clear_pointer (&self->user, imp_user_free);
  self->open = FALSE;
}

/**
 * imp_register_place_sign_out:
 * @self: the place
 *
 * Nobody is here any more; the register stays unlocked, for who signs in next.
 */
void
imp_register_place_sign_out (ImpRegisterPlace *self)
{
  if (self->gate == NULL || self->user == NULL)
    return;
  imp_gate_sign_out (self->gate);
  forget_user (self);
  ask_who (self, NULL);
  changed (self);
  imp_register_place_look_again (self);
}

static void
lock_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, imp_gate_lock (source));
}

/* A gate that was locked is never unlocked again: whatever still holds it, a dialog or a worker,
 * holds nothing. */
static void
lock_gate (ImpRegisterPlace *self)
{
  g_autoptr (ImpGate) gate = g_steal_pointer (&self->gate);
  g_autoptr (GTask) task = g_task_new (gate, NULL, NULL, NULL);

  imp_gate_sign_out (gate);
  g_task_set_source_tag (task, lock_gate);
  g_task_run_in_thread (task, lock_in_thread);
}

/**
 * imp_register_place_lock:
 * @self: the place
 * @why: (nullable): why, to be read by who comes back
 *
 * Signs out, and wipes the register's key. A form that is open waits for who was writing in it.
 */
void
imp_register_place_lock (ImpRegisterPlace *self, const char *why)
{
  if (self->gate == NULL)
    return;
  imp_idle_lock_stop (self->idle);
  forget_user (self);
  g_free (self->why);
  self->why = g_strdup (why);
  if (why != NULL && imp_register_page_has_form (IMP_REGISTER_PAGE (self->page)))
    {
      g_free (self->why);
      self->why = g_strdup_printf (
          _ ("%s So is the form in the register, for who was writing in it."), why);
    }
  imp_sign_in_page_start (IMP_SIGN_IN_PAGE (self->sign_in), NULL, NULL, NULL, NULL);
  imp_register_page_set_gate (IMP_REGISTER_PAGE (self->page), NULL);
  lock_gate (self);
  renew_unlock_page (self);
  imp_unlock_page_wait (IMP_UNLOCK_PAGE (self->unlock), self->why);
  changed (self);
}

/**
 * imp_register_place_close:
 * @self: the place
 *
 * Lets the gate go, without locking it: a backup takes the register's place, in the hands of who
 * asked for that.
 */
void
imp_register_place_close (ImpRegisterPlace *self)
{
  imp_idle_lock_stop (self->idle);
  forget_user (self);
  renew_page (self); /* the backup may not know whom a form is about */
  g_clear_object (&self->gate);
  changed (self);
}
