#include "imp-accounts.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-accounts-private.h"
#include "imp-error.h"
#include "imp-register-text.h"

G_DEFINE_FINAL_TYPE (ImpAccounts, imp_accounts, G_TYPE_OBJECT)

static void
imp_accounts_finalize (GObject *object)
{
  ImpAccounts *self = IMP_ACCOUNTS (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (imp_accounts_parent_class)->finalize (object);
}

static void
imp_accounts_class_init (ImpAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_accounts_finalize;
}

static void
imp_accounts_init (ImpAccounts *self)
{
}

/**
 * imp_accounts_new:
 * @store: an open store
 *
 * Returns: (transfer full): the accounts in @store
 */
ImpAccounts *
imp_accounts_new (ImpStore *store)
{
  ImpAccounts *self = g_object_new (IMP_TYPE_ACCOUNTS, NULL);

  self->store = g_object_ref (store);
  return self;
}

/* ---- loading ---- */

static void
add_record (ImpRow *row, gpointer user_data)
{
  GPtrArray *records = user_data;
  ImpUserRecord *record = imp_user_record_new ();

  record->seq = imp_row_integer (row, 0);
  record->at = g_strdup (imp_row_text (row, 1));
  record->act = g_strdup (imp_row_text (row, 2));
  record->user = imp_user_new ();
  record->user->id = g_strdup (imp_row_text (row, 3));
  record->user->name = g_strdup (imp_row_text (row, 4));
  imp_user_roles_from_text (imp_row_text (row, 5), &record->user->roles, NULL);
  record->user->authority = g_strdup (imp_row_text (row, 6));
  record->user->active = imp_row_integer (row, 7) != 0;
  record->user->key = g_strdup (imp_row_text (row, 8));
  record->by_id = g_strdup (imp_row_text (row, 9));
  record->by_signature = g_strdup (imp_row_text (row, 10));
  record->second_id = g_strdup (imp_row_text (row, 11));
  record->second_signature = g_strdup (imp_row_text (row, 12));
  if (records->len > 0)
    record->previous =
        g_strdup (((ImpUserRecord *)g_ptr_array_index (records, records->len - 1))->by_signature);
  g_ptr_array_add (records, record);
}

static GPtrArray *
load_records (ImpAccounts *self, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_user_record_free);

  if (!imp_store_query (self->store, error,
                        "SELECT seq, at, act, user_id, name, roles, authority, active, key, by_id, "
                        "by_signature, second_id, second_signature FROM user_record ORDER BY seq",
                        NULL, add_record, records))
    return NULL;
  return g_steal_pointer (&records);
}

static void
add_user (ImpRow *row, gpointer user_data)
{
  ImpUser *user = imp_user_new ();

  user->id = g_strdup (imp_row_text (row, 0));
  user->name = g_strdup (imp_row_text (row, 1));
  user->authority = g_strdup (imp_row_text (row, 2));
  user->active = imp_row_integer (row, 3) != 0;
  user->key = g_strdup (imp_row_text (row, 4));
  user->created = g_strdup (imp_row_text (row, 5));
  imp_user_roles_from_text (imp_row_text (row, 6), &user->roles, NULL);
  g_ptr_array_add (user_data, user);
}

static GPtrArray *
load_table (ImpAccounts *self, GError **error)
{
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_user_free);

  if (!imp_store_query (self->store, error,
                        "SELECT id, name, authority, active, key, created, "
                        "(SELECT group_concat(role) FROM user_role WHERE user_id = id) "
                        "FROM user ORDER BY created, id",
                        NULL, add_user, users))
    return NULL;
  return g_steal_pointer (&users);
}

static gboolean
is_same (const ImpUser *user, const ImpUser *signed_user)
{
  return signed_user != NULL && g_strcmp0 (user->name, signed_user->name) == 0
         && user->roles == signed_user->roles && user->active == signed_user->active
         && g_strcmp0 (user->authority, signed_user->authority) == 0
         && g_strcmp0 (user->key, signed_user->key) == 0;
}

static gboolean
check_table (GPtrArray *users, GHashTable *signed_users, GError **error)
{
  gboolean fits = users->len == g_hash_table_size (signed_users);

  for (guint i = 0; i < users->len && fits; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      fits = is_same (user, g_hash_table_lookup (signed_users, user->id));
    }
  if (!fits)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                         _ ("The users are not as they were signed: the register was changed from "
                            "outside, so nobody can sign in. Restore a backup"));
  return fits;
}

static gboolean
check_records (GPtrArray *records, GHashTable *users, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      const ImpUserRecord *record = g_ptr_array_index (records, i);

      if (record->seq != (gint64)i + 1)
        {
          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                               _ ("Changes of the users are missing: the register was changed from "
                                  "outside, so nobody can sign in. Restore a backup"));
          return FALSE;
        }
      if (!imp_user_record_apply (record, users, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_accounts_load:
 * @self: the accounts
 * @records: (out) (optional) (transfer full) (element-type ImpUserRecord): the changes that made
 *   them, oldest first
 * @error: where to put the error
 *
 * Reads everybody, and checks every signature from the first user on, and that the table says what
 * was signed.
 *
 * Returns: (transfer full) (element-type ImpUser) (nullable): everybody, also who was removed, in
 *   the order in which they came; %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_accounts_load (ImpAccounts *self, GPtrArray **records, GError **error)
{
  g_autoptr (GPtrArray) found = load_records (self, error);
  g_autoptr (GPtrArray) users = found != NULL ? load_table (self, error) : NULL;
  g_autoptr (GHashTable) signed_users =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)imp_user_free);

  if (users == NULL || !check_records (found, signed_users, error)
      || !check_table (users, signed_users, error))
    return NULL;
  if (records != NULL)
    *records = g_steal_pointer (&found);
  return g_steal_pointer (&users);
}

static void
take_integer (ImpRow *row, gpointer user_data)
{
  gint64 *value = user_data;

  *value = imp_row_integer (row, 0);
}

static void
take_text (ImpRow *row, gpointer user_data)
{
  char **text = user_data;

  g_free (*text);
  *text = g_strdup (imp_row_text (row, 0));
}

/**
 * imp_accounts_any:
 * @self: the accounts
 * @any: (out): whether a user was ever made
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_accounts_any (ImpAccounts *self, gboolean *any, GError **error)
{
  gint64 found = 0;

  if (!imp_store_query (self->store, error,
                        "SELECT EXISTS (SELECT 1 FROM user_record) OR EXISTS (SELECT 1 FROM user)",
                        NULL, take_integer, &found))
    return FALSE;
  *any = found != 0;
  return TRUE;
}

/**
 * imp_accounts_find:
 * @users: (element-type ImpUser): from imp_accounts_load()
 * @name_or_id: (nullable): a name, capitals and accents ignored, or an id
 *
 * Returns: (transfer none) (nullable): the user, who was not removed
 */
const ImpUser *
imp_accounts_find (GPtrArray *users, const char *name_or_id)
{
  g_autofree char *folded =
      name_or_id != NULL ? imp_register_text_fold_name (name_or_id) : g_strdup ("");

  for (guint i = 0; i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);
      g_autofree char *name = imp_register_text_fold_name (user->name);

      if (user->active
          && (g_strcmp0 (user->id, name_or_id) == 0
              || (*folded != '\0' && g_str_equal (name, folded))))
        return user;
    }
  return NULL;
}

/**
 * imp_accounts_get_locked_key:
 * @self: the accounts
 * @user_id: a user
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): what the user's PIN unlocks; %NULL without an error where
 *   there is none
 */
char *
imp_accounts_get_locked_key (ImpAccounts *self, const char *user_id, GError **error)
{
  char *locked = NULL;

  if (imp_store_query (self->store, error, "SELECT locked_key FROM user WHERE id = ?",
                       g_variant_new ("(s)", user_id), take_text, &locked))
    return locked;
  g_free (locked);
  return NULL;
}
