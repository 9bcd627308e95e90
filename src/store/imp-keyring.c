#include "imp-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "imp-error.h"

/* A session bus that answers at all does so at once; a person who is asked to unlock the keyring
 * needs time to type. */
#define PROBE_SECONDS 3
#define PERSON_SECONDS 90

static const SecretSchema SCHEMA = { "io.github.imprimatur.Register",
                                     SECRET_SCHEMA_NONE,
                                     { { "register", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } } };

typedef enum
{
  PROBE,
  STORE,
  LOOKUP,
  CLEAR
} Verb;

/* A call that runs in a thread of its own, as the bus and the service may never answer. Shared by
 * that thread and the caller; whoever is last frees it. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex mutex;
  GCond changed;
  GCancellable *cancellable; /* owned */
  Verb verb;
  char *register_path; /* owned */
  char *text;          /* owned, locked by libsecret or libsodium; in for STORE, out for LOOKUP */
  GError *error;       /* owned */
  gboolean done;
  gboolean result;
} Call;

static void
call_unref (Call *call)
{
  if (!g_atomic_ref_count_dec (&call->ref_count))
    return;
  g_mutex_clear (&call->mutex);
  g_cond_clear (&call->changed);
  g_object_unref (call->cancellable);
  g_free (call->register_path);
  if (call->verb == STORE)
    imp_secret_free_text (call->text);
  else
    secret_password_free (call->text);
  g_clear_error (&call->error);
  g_free (call);
}

static gboolean
bus_names_include (GDBusConnection *bus, const char *method, const char *name, GCancellable *cancel)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, NULL,
      G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, PROBE_SECONDS * 1000, cancel, NULL);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(^a&s)", &names);
  return g_strv_contains (names, name);
}

static gboolean
probe (GCancellable *cancel)
{
  g_autoptr (GDBusConnection) bus = NULL;

  /* Without an address GIO would start a bus of its own, with no service on it. */
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    {
      g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

      if (!g_file_test (socket, G_FILE_TEST_EXISTS))
        return FALSE;
    }
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancel, NULL);
  if (bus == NULL)
    return FALSE;
  /* A bus that goes away must not end the program in the middle of an export. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  return bus_names_include (bus, "ListNames", "org.freedesktop.secrets", cancel)
         || bus_names_include (bus, "ListActivatableNames", "org.freedesktop.secrets", cancel);
}

static gpointer
run (gpointer data)
{
  Call *call = data;
  gboolean result = FALSE;
  char *text = NULL;
  GError *error = NULL;

  switch (call->verb)
    {
    case PROBE:
      result = probe (call->cancellable);
      break;
    case STORE:
      result = secret_password_store_sync (
          &SCHEMA, SECRET_COLLECTION_DEFAULT, _ ("Imprimatur register key"), call->text,
          call->cancellable, &error, "register", call->register_path, NULL);
      break;
    case LOOKUP:
      text = secret_password_lookup_nonpageable_sync (&SCHEMA, call->cancellable, &error,
                                                      "register", call->register_path, NULL);
      result = text != NULL;
      break;
    case CLEAR:
      result = secret_password_clear_sync (&SCHEMA, call->cancellable, &error, "register",
                                           call->register_path, NULL);
      break;
    }
  g_mutex_lock (&call->mutex);
  call->done = TRUE;
  call->result = result;
  call->error = error;
  if (call->verb == LOOKUP)
    call->text = text;
  g_cond_signal (&call->changed);
  g_mutex_unlock (&call->mutex);
  call_unref (call);
  return NULL;
}

static Call *
call_new (Verb verb, const char *register_path, char *text)
{
  Call *call = g_new0 (Call, 1);

  g_atomic_ref_count_init (&call->ref_count);
  g_mutex_init (&call->mutex);
  g_cond_init (&call->changed);
  call->cancellable = g_cancellable_new ();
  call->verb = verb;
  call->register_path =
      register_path != NULL ? g_canonicalize_filename (register_path, NULL) : NULL;
  call->text = text;
  return call;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_unref)

/* Runs the call and waits for its end, but no longer than @seconds: after that it is cancelled
 * and left to itself. */
static gboolean
call_run (Call *call, int seconds, GError **error)
{
  gint64 until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  gboolean done = TRUE;
  gboolean result = FALSE;

  g_atomic_ref_count_inc (&call->ref_count);
  g_thread_unref (g_thread_new ("imp-keyring", run, call));
  g_mutex_lock (&call->mutex);
  while (!call->done && done)
    done = g_cond_wait_until (&call->changed, &call->mutex, until);
  done = call->done;
  result = call->done && call->result;
  if (!result && call->error != NULL && call->error->domain == G_DBUS_ERROR)
    /* A prompt that was closed, or a collection that is not there: its bus message helps nobody. */
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("The keyring was not unlocked: try again and unlock it, or choose a "
                            "passphrase for the register"));
  else if (!result && call->error != NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                 _ ("The keyring does not give the register's key (%s): unlock the keyring and try "
                    "again"),
                 call->error->message);
  else if (!done)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("The keyring does not answer: unlock it and try again, or log in "
                            "again"));
  g_mutex_unlock (&call->mutex);
  if (!done)
    g_cancellable_cancel (call->cancellable);
  return result;
}

static void
cancel_call (GCancellable *cancellable, gpointer data)
{
  Call *call = data;

  g_cancellable_cancel (call->cancellable);
}

/**
 * imp_keyring_is_available:
 * @cancellable: (nullable): to stop waiting
 *
 * Asks the session bus, for three seconds at most, whether a Secret Service runs or can be
 * started.
 *
 * Returns: whether there is one
 */
gboolean
imp_keyring_is_available (GCancellable *cancellable)
{
  g_autoptr (Call) call = call_new (PROBE, NULL, NULL);
  gulong handler = 0;
  gboolean available = FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_call), call, NULL);
  available = call_run (call, PROBE_SECONDS, NULL);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
  return available;
}

static gboolean
require_service (GError **error)
{
  if (imp_keyring_is_available (NULL))
    return TRUE;
  g_set_error_literal (
      error, IMP_ERROR, IMP_ERROR_LOCKED,
      _ ("This session has no keyring: log in to the desktop, or lock the register "
         "with a passphrase"));
  return FALSE;
}

/**
 * imp_keyring_store:
 * @register_path: the register's file: its absolute path names the item
 * @secret: the data key
 * @error: where to put the error
 *
 * Returns: %TRUE once the keyring has the key, or %FALSE with %IMP_ERROR_LOCKED
 */
gboolean
imp_keyring_store (const char *register_path, const ImpSecret *secret, GError **error)
{
  g_autoptr (Call) call = NULL;

  if (!require_service (error))
    return FALSE;
  call = call_new (STORE, register_path, imp_secret_to_text (secret, "", ""));
  return call_run (call, PERSON_SECONDS, error);
}

/**
 * imp_keyring_lookup:
 * @register_path: the register's file
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): its data key, or %NULL with %IMP_ERROR_LOCKED: no
 *   service, no answer in 90 seconds, or no key for this register
 */
ImpSecret *
imp_keyring_lookup (const char *register_path, GError **error)
{
  g_autoptr (Call) call = NULL;
  g_autoptr (GError) cause = NULL;
  ImpSecret *secret = NULL;

  if (!require_service (error))
    return NULL;
  call = call_new (LOOKUP, register_path, NULL);
  if (call_run (call, PERSON_SECONDS, &cause))
    secret = imp_secret_new_from_hex (call->text);
  if (secret == NULL && cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (secret == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("The keyring holds no key for the register at this place: if it was "
                            "moved, move it back"));
  return secret;
}

/**
 * imp_keyring_clear:
 * @register_path: the register's file
 *
 * Takes the key of a register that could not be made out of the keyring again.
 */
void
imp_keyring_clear (const char *register_path)
{
  g_autoptr (Call) call = call_new (CLEAR, register_path, NULL);

  call_run (call, PROBE_SECONDS, NULL);
}
