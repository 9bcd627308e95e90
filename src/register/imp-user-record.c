#include "imp-user-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-hash.h"

static const char FORM[] = "imprimatur user record 1\n";

/**
 * imp_user_record_new:
 *
 * Returns: (transfer full): a record without anything
 */
ImpUserRecord *
imp_user_record_new (void)
{
  return g_new0 (ImpUserRecord, 1);
}

/**
 * imp_user_record_free:
 * @record: (transfer full) (nullable): a record
 */
void
imp_user_record_free (ImpUserRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->at);
  g_free (record->act);
  imp_user_free (record->user);
  g_free (record->by_id);
  g_free (record->by_signature);
  g_free (record->second_id);
  g_free (record->second_signature);
  g_free (record->previous);
  g_free (record);
}

/* "5:hello," or "-,": no two lists of fields give the same text. */
static void
append_field (GString *text, const char *field)
{
  if (field == NULL)
    g_string_append (text, "-,");
  else
    g_string_append_printf (text, "%" G_GSIZE_FORMAT ":%s,", strlen (field), field);
}

/**
 * imp_user_record_to_text:
 * @record: a record; its signatures are not looked at
 *
 * Returns: (transfer full): what is signed: all of the change, and the signature of the one before
 */
char *
imp_user_record_to_text (const ImpUserRecord *record)
{
  const ImpUser *user = record->user;
  g_autofree char *roles = imp_user_roles_to_text (user->roles);
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, record->seq);
  g_autoptr (GString) text = g_string_new (FORM);

  append_field (text, seq);
  append_field (text, record->previous);
  append_field (text, record->at);
  append_field (text, record->act);
  append_field (text, user->id);
  append_field (text, user->name);
  append_field (text, roles);
  append_field (text, user->authority);
  append_field (text, user->active ? "active" : "removed");
  append_field (text, user->key);
  append_field (text, record->by_id);
  append_field (text, record->second_id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * imp_user_record_hash:
 * @record: a signed record
 *
 * Returns: (transfer full): what the ledger keeps of it: SHA-256 over its text and signatures
 */
char *
imp_user_record_hash (const ImpUserRecord *record)
{
  g_autofree char *text = imp_user_record_to_text (record);
  g_autoptr (GString) whole = g_string_new (text);

  append_field (whole, record->by_signature);
  append_field (whole, record->second_signature);
  return imp_hash_data (whole->str, whole->len);
}

/* ---- what makes a change valid ---- */

typedef struct
{
  guint n_active;
  guint n_keepers;
} Count;

static Count
count_users (GHashTable *users, const ImpUser *instead)
{
  Count count = { 0 };
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, users);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const ImpUser *user = value;

      if (instead != NULL && g_strcmp0 (user->id, instead->id) == 0)
        continue;
      count.n_active += user->active ? 1 : 0;
      count.n_keepers += user->active && (user->roles & IMP_ROLE_KEEPER) != 0 ? 1 : 0;
    }
  if (instead != NULL)
    {
      count.n_active += instead->active ? 1 : 0;
      count.n_keepers += instead->active && (instead->roles & IMP_ROLE_KEEPER) != 0 ? 1 : 0;
    }
  return count;
}

static const ImpUser *
find_active (GHashTable *users, const char *id)
{
  const ImpUser *user = id != NULL ? g_hash_table_lookup (users, id) : NULL;

  return user != NULL && user->active ? user : NULL;
}

/* The rules in words stand in docs/accounts.md. Returns the key that must have signed for the one
 * who made the change, or NULL. */
static const char *
find_maker_key (const ImpUserRecord *record, GHashTable *users, guint n_active)
{
  const ImpUser *by = find_active (users, record->by_id);
  gboolean own = g_strcmp0 (record->by_id, record->user->id) == 0;

  if (n_active == 0)
    return g_str_equal (record->act, "add") && own && g_hash_table_size (users) == 0
               ? record->user->key
               : NULL;
  if (by == NULL)
    return NULL;
  if (n_active == 1 && g_str_equal (record->act, "reset-pin"))
    return own ? record->user->key : NULL;
  if ((by->roles & IMP_ROLE_KEEPER) == 0 || (own && g_str_equal (record->act, "reset-pin")))
    return NULL;
  return by->key;
}

/* The same of the second person. none: (out): that nobody must have. */
static const char *
find_second_key (const ImpUserRecord *record, GHashTable *users, guint n_active, gboolean *none)
{
  const ImpUser *second = find_active (users, record->second_id);
  gboolean subject = g_strcmp0 (record->second_id, record->user->id) == 0;
  gboolean reset = g_str_equal (record->act, "reset-pin");

  *none = n_active == 0 || (n_active == 1 && reset);
  if (*none)
    return NULL;
  if (n_active == 1)
    return subject && g_str_equal (record->act, "add") ? record->user->key : NULL;
  if (reset && n_active == 2)
    return subject ? record->user->key : NULL;
  if (second == NULL || g_strcmp0 (record->second_id, record->by_id) == 0 || (reset && subject))
    return NULL;
  return second->key;
}

static gboolean
is_signed (const ImpUserRecord *record, GHashTable *users, guint n_active)
{
  g_autofree char *text = imp_user_record_to_text (record);
  gboolean none = FALSE;
  const char *maker = find_maker_key (record, users, n_active);
  const char *second = find_second_key (record, users, n_active, &none);

  if (maker == NULL || !imp_signer_verify (maker, text, record->by_signature))
    return FALSE;
  if (none)
    return record->second_id == NULL && record->second_signature == NULL;
  return second != NULL && imp_signer_verify (second, text, record->second_signature);
}

/* Whether the user afterwards is one that this act can make of the user before. */
static gboolean
is_such_an_act (const ImpUserRecord *record, const ImpUser *before)
{
  const ImpUser *after = record->user;
  gboolean same_key = before != NULL && g_strcmp0 (before->key, after->key) == 0;
  gboolean same_rest = before != NULL && g_strcmp0 (before->name, after->name) == 0
                       && before->roles == after->roles
                       && g_strcmp0 (before->authority, after->authority) == 0;

  if (g_str_equal (record->act, "add"))
    return before == NULL && after->active;
  if (before == NULL || !before->active)
    return FALSE;
  if (g_str_equal (record->act, "change"))
    return after->active && same_key;
  if (g_str_equal (record->act, "remove"))
    return !after->active && same_key && same_rest;
  return g_str_equal (record->act, "reset-pin") && after->active && !same_key && same_rest;
}

/**
 * imp_user_record_apply:
 * @record: a signed record
 * @users: (element-type utf8 ImpUser): everybody as after the records before; changed
 * @error: where to put the error
 *
 * Checks that those have signed @record who may: a user as the first alone, the second with the
 * first, every other change a keeper and another user; and that what is left can go on.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED and @users as before
 */
gboolean
imp_user_record_apply (const ImpUserRecord *record, GHashTable *users, GError **error)
{
  const ImpUser *before = g_hash_table_lookup (users, record->user->id);
  Count now = count_users (users, NULL);
  Count then = count_users (users, record->user);

  if (record->seq < 1 || record->user->roles == 0
      || !imp_user_authority_is_known (record->user->authority) || !is_such_an_act (record, before)
      || then.n_keepers == 0 || then.n_active < MIN (now.n_active, 2)
      || !is_signed (record, users, now.n_active))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED,
                   _ ("Change %ld of the users was not signed by those who may make it: the "
                      "register was changed from outside, so nobody can sign in. Restore a backup"),
                   (long)record->seq);
      return FALSE;
    }
  g_hash_table_replace (users, g_strdup (record->user->id), imp_user_copy (record->user));
  return TRUE;
}
