#include "imp-register.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-register-private.h"

G_DEFINE_FINAL_TYPE (ImpRegister, imp_register, G_TYPE_OBJECT)

static void
imp_register_finalize (GObject *object)
{
  ImpRegister *self = IMP_REGISTER (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (imp_register_parent_class)->finalize (object);
}

static void
imp_register_class_init (ImpRegisterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_register_finalize;
}

static void
imp_register_init (ImpRegister *self)
{
}

/* ---- shared with the other parts ---- */

/**
 * imp_register_check_text:
 * @texts: (array length=n_texts): texts, each nullable
 * @n_texts: how many
 * @error: where to put the error
 *
 * Returns: %TRUE where all are UTF-8, else %FALSE with %IMP_ERROR_USAGE
 */
gboolean
imp_register_check_text (const char *const *texts, gsize n_texts, GError **error)
{
  for (gsize i = 0; i < n_texts; i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                             _ ("What was typed is not UTF-8 text: type it again"));
        return FALSE;
      }
  return TRUE;
}

/**
 * imp_register_begin:
 * @self: a register
 * @joined: (out): whether the calling thread has a transaction open already, which is joined
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with the errors of imp_store_begin()
 */
gboolean
imp_register_begin (ImpRegister *self, gboolean *joined, GError **error)
{
  *joined = imp_store_is_in_transaction (self->store);
  return *joined || imp_store_begin (self->store, error);
}

/**
 * imp_register_end:
 * @self: a register
 * @joined: as imp_register_begin() said
 * @done: whether all went well in between
 * @error: where to put the error, which is set already where @done is %FALSE
 *
 * Commits or undoes what imp_register_begin() began. A joined transaction is left to its owner.
 *
 * Returns: @done, but %FALSE with the error of imp_store_commit() where that fails
 */
gboolean
imp_register_end (ImpRegister *self, gboolean joined, gboolean done, GError **error)
{
  if (joined)
    return done;
  if (done)
    return imp_store_commit (self->store, error);
  imp_store_rollback (self->store);
  return FALSE;
}

/**
 * imp_register_take_text:
 * @row: a row
 * @user_data: (type utf8): a char pointer's place, %NULL so far
 *
 * Keeps the first column of the first row: a callback of imp_store_query().
 */
void
imp_register_take_text (ImpRow *row, gpointer user_data)
{
  char **text = user_data;

  if (*text == NULL)
    *text = g_strdup (imp_row_text (row, 0));
}

/* ---- the register ---- */

/**
 * imp_register_new:
 * @store: an open store
 *
 * Returns: (transfer full): the register in @store
 */
ImpRegister *
imp_register_new (ImpStore *store)
{
  ImpRegister *self = g_object_new (IMP_TYPE_REGISTER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * imp_register_new_for_desk:
 * @store: an open store
 *
 * Returns: (transfer full): the register in @store as front ends have it: where there are users, it
 *   says nothing of people before somebody has signed in. Settings and policies can be read.
 */
ImpRegister *
imp_register_new_for_desk (ImpStore *store)
{
  ImpRegister *self = imp_register_new (store);

  self->for_desk = TRUE;
  return self;
}

static void
take_flag (ImpRow *row, gpointer user_data)
{
  gboolean *flag = user_data;

  *flag = imp_row_integer (row, 0) != 0;
}

/**
 * imp_register_check_reader:
 * @self: a register
 * @error: where to put the error
 *
 * Returns: whether people's records may be read now: there are no users, or one who was not removed
 *   is signed in; else %IMP_ERROR_REFUSED or an error of the register
 */
gboolean
imp_register_check_reader (ImpRegister *self, GError **error)
{
  gboolean may = FALSE;

  if (!imp_store_query (self->store, error,
                        "SELECT NOT EXISTS (SELECT 1 FROM user) OR EXISTS "
                        "(SELECT 1 FROM user WHERE id = imp_actor() AND active)",
                        NULL, take_flag, &may))
    return FALSE;
  if (!may)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_REFUSED,
                         _ ("This register has users, and nobody is signed in: sign in with your "
                            "name and PIN"));
  return may;
}

/**
 * imp_register_query:
 * @self: a register
 * @error: where to put the error
 * @sql: as imp_store_query()
 * @parameters: (nullable): likewise
 * @func: likewise
 * @user_data: for @func
 *
 * imp_store_query() of what is about people: a front end's register asks first who reads.
 *
 * Returns: as imp_store_query() and imp_register_check_reader()
 */
gboolean
imp_register_query (ImpRegister *self, GError **error, const char *sql, GVariant *parameters,
                    ImpRowFunc func, gpointer user_data)
{
  g_autoptr (GVariant) kept = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  return (!self->for_desk || imp_register_check_reader (self, error))
         && imp_store_query (self->store, error, sql, /* reader: asked just now */
                             kept, func, user_data);
}

/**
 * imp_register_get_read_only_reason:
 * @self: a register
 *
 * Returns: (transfer none) (nullable): why nothing can be recorded, a sentence for the user
 */
const char *
imp_register_get_read_only_reason (ImpRegister *self)
{
  return imp_store_get_read_only_reason (self->store);
}

/**
 * imp_register_is_encrypted:
 * @self: a register
 *
 * Returns: whether its file is encrypted
 */
gboolean
imp_register_is_encrypted (ImpRegister *self)
{
  return imp_store_is_encrypted (self->store);
}

/**
 * imp_register_get_path:
 * @self: a register
 *
 * Returns: (transfer none): the path of its file
 */
const char *
imp_register_get_path (ImpRegister *self)
{
  return imp_store_get_path (self->store);
}

/* ---- settings ---- */

static gboolean
check_key (const char *key, GError **error)
{
  if (key != NULL && *key != '\0'
      && strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen (key))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "The name of a setting is made of small letters, digits and hyphens");
  return FALSE;
}

/* A number of years that cannot be read would let nothing be listed as due. */
static gboolean
check_value (const char *key, const char *value, GError **error)
{
  if (value == NULL || !g_str_has_prefix (key, "retention-")
      || g_ascii_string_to_unsigned (value, 10, 1, 150, NULL, NULL))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               _ ("“%s” is a number of years from 1 to 150: correct it"), key);
  return FALSE;
}

/**
 * imp_register_get_setting:
 * @self: a register
 * @key: "local-policy-reference", "policy-pack", …
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the site's choice, or %NULL: without @error set there is
 *   none, else it is %IMP_ERROR_USAGE, %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
char *
imp_register_get_setting (ImpRegister *self, const char *key, GError **error)
{
  char *value = NULL;

  if (!check_key (key, error))
    return NULL;
  if (imp_store_query (self->store, error, "SELECT value FROM setting WHERE key = ?",
                       g_variant_new ("(s)", key), imp_register_take_text, &value))
    return value;
  g_free (value);
  return NULL;
}

/**
 * imp_register_set_setting:
 * @self: a register
 * @key: as imp_register_get_setting()
 * @value: (nullable): the site's choice, or %NULL for none
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_setting (ImpRegister *self, const char *key, const char *value, GError **error)
{
  if (!check_key (key, error) || !imp_register_check_text (&value, 1, error)
      || !check_value (key, value, error))
    return FALSE;
  if (g_str_equal (key, "policy-review-by") && value != NULL && !imp_clock_date_is_valid (value))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("The day by which the policy is looked at again is a date: "
                              "YYYY-MM-DD"));
      return FALSE;
    }
  if (value == NULL)
    return imp_store_run (self->store, error, "DELETE FROM setting WHERE key = ?",
                          g_variant_new ("(s)", key), NULL);
  return imp_store_run (self->store, error,
                        "INSERT INTO setting (key, value) VALUES (?, ?) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value, "
                        "changed = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
                        g_variant_new ("(ss)", key, value), NULL);
}
