#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-screener.h"

G_DEFINE_FINAL_TYPE (ImpGate, imp_gate, G_TYPE_OBJECT)

static void
imp_gate_finalize (GObject *object)
{
  ImpGate *self = IMP_GATE (object);

  g_clear_object (&self->ledger);
  g_clear_object (&self->accounts);
  g_clear_object (&self->people);
  g_clear_object (&self->desk);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->packs);
  g_free (self->pack_choice);
  g_free (self->pack_problem);
  g_strfreev (self->recovered);
  g_clear_pointer (&self->user, imp_user_free);
  g_clear_pointer (&self->signer, imp_signer_free);
  g_mutex_clear (&self->user_lock);
  g_mutex_clear (&self->pack_lock);
  g_mutex_clear (&self->issued_lock);
  g_hash_table_unref (self->issued);
  imp_screener_forget (); /* what was read in pictures is not kept beside a closed register */
  G_OBJECT_CLASS (imp_gate_parent_class)->finalize (object);
}

static void
imp_gate_class_init (ImpGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_gate_finalize;
}

static void
imp_gate_init (ImpGate *self)
{
  g_mutex_init (&self->user_lock);
  g_mutex_init (&self->pack_lock);
  self->packs = g_ptr_array_new_with_free_func (g_object_unref);
  g_mutex_init (&self->issued_lock);
  self->issued = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Of "[register] path=…" in one folder's site.conf, from which a relative path counts. */
static char *
read_site_path (const char *folder)
{
  g_autofree char *file = g_build_filename (folder, "imprimatur", "site.conf", NULL);
  g_autofree char *base = g_path_get_dirname (file);
  g_autoptr (GKeyFile) values = g_key_file_new ();
  g_autofree char *path = NULL;

  if (g_key_file_load_from_file (values, file, G_KEY_FILE_NONE, NULL))
    path = g_key_file_get_string (values, "register", "path", NULL);
  return path != NULL && *path != '\0' ? g_canonicalize_filename (path, base) : NULL;
}

/**
 * imp_gate_default_register_path:
 *
 * Finds the register where nobody names one: a department's, which "[register] path=…" in
 * imprimatur/site.conf of the user's or the system's configuration folders names, else the user's
 * own.
 *
 * Returns: (transfer full): its path; without a department "imprimatur/register.db" under the
 * user's data folder
 */
char *
imp_gate_default_register_path (void)
{
  const char *const *folders = g_get_system_config_dirs ();
  char *path = read_site_path (g_get_user_config_dir ());

  for (guint i = 0; path == NULL && folders[i] != NULL; i++)
    path = read_site_path (folders[i]);
  if (path != NULL)
    return path;
  return g_build_filename (g_get_user_data_dir (), "imprimatur", "register.db", NULL);
}

/**
 * imp_gate_probe_register:
 * @path: where a register is or will be
 *
 * Tells how the register is locked, without opening it.
 *
 * Returns: its state
 */
ImpGateRegisterState
imp_gate_probe_register (const char *path)
{
  switch (imp_store_probe (path))
    {
    case IMP_STORE_BY_KEYRING:
      return IMP_GATE_REGISTER_BY_KEYRING;
    case IMP_STORE_BY_PASSPHRASE:
      return IMP_GATE_REGISTER_BY_PASSPHRASE;
    case IMP_STORE_BY_FILE:
      return IMP_GATE_REGISTER_BY_FILE;
    case IMP_STORE_ABSENT:
    default:
      return IMP_GATE_REGISTER_ABSENT;
    }
}

/**
 * imp_gate_keyring_is_available:
 *
 * Returns: whether a Secret Service answers; waits a bounded time, so call it in a worker
 */
gboolean
imp_gate_keyring_is_available (void)
{
  return imp_store_keyring_is_available (NULL);
}

static char *
issue_name (const char *kind, GBytes *bytes)
{
  g_autofree char *hash = imp_hash_bytes (bytes);

  return g_strconcat (kind, ":", hash, NULL);
}

/**
 * _imp_gate_issue:
 * @self: a gate
 * @kind: "receipt", or a kind of imp_gate_make_paper_sync()
 * @bytes: a record that it has just made
 */
void
_imp_gate_issue (ImpGate *self, const char *kind, GBytes *bytes)
{
  g_autofree char *name = issue_name (kind, bytes);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->issued_lock);

  g_hash_table_add (self->issued, g_steal_pointer (&name));
}

/**
 * _imp_gate_has_issued:
 * @self: a gate
 * @kind: what kind of record
 * @bytes: what is said to be one
 *
 * Returns: whether @bytes are, byte for byte, a record of that kind that this gate made
 */
gboolean
_imp_gate_has_issued (ImpGate *self, const char *kind, GBytes *bytes)
{
  g_autofree char *name = issue_name (kind, bytes);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->issued_lock);

  return g_hash_table_contains (self->issued, name);
}

/**
 * _imp_gate_make_key:
 * @key: how a register is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @store_key: (out caller-allocates): the same for the store; it borrows @secret
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE
 */
gboolean
_imp_gate_make_key (ImpGateKey key, const char *secret, ImpKey *store_key, GError **error)
{
  switch (key)
    {
    case IMP_GATE_KEY_KEYRING:
      store_key->kind = IMP_KEY_KEYRING;
      return TRUE;
    case IMP_GATE_KEY_PASSPHRASE:
      store_key->kind = IMP_KEY_PASSPHRASE;
      store_key->passphrase = secret;
      return TRUE;
    case IMP_GATE_KEY_FILE:
      store_key->kind = IMP_KEY_FILE;
      store_key->key_file = secret;
      return TRUE;
    default:
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("The register has no such kind of key"));
      return FALSE;
    }
}

/**
 * imp_gate_open_sync:
 * @register_path: the register
 * @key: how it is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @create: whether to make it
 * @error: where to put the error
 *
 * Opens (or makes) the register and settles every export that was cut short.
 *
 * Returns: (transfer full) (nullable): the gate, or %NULL with %IMP_ERROR_LOCKED,
 *   %IMP_ERROR_WRONG_KEY, %IMP_ERROR_REGISTER_DAMAGED, %IMP_ERROR_NOT_FOUND or %IMP_ERROR_IO. A
 *   register of a newer program opens read-only (imp_register_get_read_only_reason())
 */
ImpGate *
imp_gate_open_sync (const char *register_path, ImpGateKey key, const char *secret, gboolean create,
                    GError **error)
{
  ImpKey store_key = { 0 };
  g_autoptr (ImpGate) self = g_object_new (IMP_TYPE_GATE, NULL);

  if (!_imp_gate_make_key (key, secret, &store_key, error))
    return NULL;
  self->store = create ? imp_store_create (register_path, &store_key, error)
                       : imp_store_open (register_path, &store_key, error);
  if (self->store == NULL)
    return NULL;
  self->people = imp_register_new (self->store);
  self->desk = imp_register_new_for_desk (self->store);
  self->accounts = imp_accounts_new (self->store);
  self->ledger = imp_ledger_new (self->store);
  if (!_imp_gate_refresh_pack (self, error) || !_imp_gate_recover (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  char *register_path;
  ImpGateKey key;
  char *secret;
  gboolean create;
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->register_path);
  if (opening->secret != NULL)
    explicit_bzero (opening->secret, strlen (opening->secret));
  g_free (opening->secret);
  g_free (opening);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Opening *opening = data;
  g_autoptr (GError) error = NULL;
  ImpGate *gate = imp_gate_open_sync (opening->register_path, opening->key, opening->secret,
                                      opening->create, &error);

  if (gate == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, gate, g_object_unref);
}

/**
 * imp_gate_open_async:
 * @register_path: the register
 * @key: how it is unlocked
 * @secret: (nullable): the passphrase, or the key file's path
 * @create: whether to make it
 * @cancellable: (nullable): to stop waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * imp_gate_open_sync() in a worker thread.
 */
void
imp_gate_open_async (const char *register_path, ImpGateKey key, const char *secret, gboolean create,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->register_path = g_strdup (register_path);
  opening->key = key;
  opening->secret = g_strdup (secret);
  opening->create = create;
  g_task_set_source_tag (task, imp_gate_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * imp_gate_open_finish:
 * @result: what the callback got
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): as imp_gate_open_sync()
 */
ImpGate *
imp_gate_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * imp_gate_get_register:
 * @self: a gate
 *
 * Returns: (transfer none): the consent register behind it. Where there are users it answers
 *   %IMP_ERROR_REFUSED to every question about people until one has signed in
 *   (imp_gate_sign_in_sync()).
 */
ImpRegister *
imp_gate_get_register (ImpGate *self)
{
  return self->desk;
}

/**
 * imp_gate_get_recovered:
 * @self: a gate
 *
 * Returns: (transfer none): sentences on exports that had been cut short, and on a journal of
 *   withdrawals that did not agree with the register, for the user to read
 */
const char *const *
imp_gate_get_recovered (ImpGate *self)
{
  return (const char *const *)self->recovered;
}

/**
 * imp_gate_get_journal_note:
 * @self: a gate
 *
 * Returns: (transfer none) (nullable): where register and journal of withdrawals did not agree when
 *   it was opened, what was done: one of imp_gate_get_recovered()
 */
const char *
imp_gate_get_journal_note (ImpGate *self)
{
  return imp_store_get_journal_note (self->store, NULL);
}
