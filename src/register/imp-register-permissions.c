#include "imp-register.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-permission-private.h"
#include "imp-register-keeping.h"
#include "imp-register-private.h"

/* Presumed able to decide from this age on (GMC; Mental Capacity Act 2005, s. 2(5)). */
#define OWN_DECISION_AGE 16

/* ---- reading ---- */

static void
take_permission (ImpRow *row, gpointer user_data)
{
  ImpPermission **permission = user_data;

  if (*permission == NULL)
    *permission = imp_permission_from_row (row);
}

static void
add_permission_to_list (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, imp_permission_from_row (row));
}

/**
 * imp_register_get_permission:
 * @self: a register
 * @id: an id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the permission, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpPermission *
imp_register_get_permission (ImpRegister *self, const char *id, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT %s FROM permission WHERE id = ?", imp_permission_columns ());
  ImpPermission *permission = NULL;

  if (imp_id_is_valid (id)
      && !imp_register_query (self, error, sql, g_variant_new ("(s)", id), take_permission,
                              &permission))
    {
      imp_permission_free (permission);
      return NULL;
    }
  if (permission == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                         _ ("This permission is not in the register: look at the person's list "
                            "again"));
  return permission;
}

/**
 * imp_register_list_permissions:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpPermission) (nullable): all that were ever
 *   recorded, newest first, empty for an unknown person; or %NULL with
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_permissions (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) permissions =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_permission_free);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s FROM permission WHERE person_id = ? ORDER BY created DESC, rowid DESC",
      imp_permission_columns ());

  if (imp_id_is_valid (person_id)
      && !imp_register_query (self, error, sql, g_variant_new ("(s)", person_id),
                              add_permission_to_list, permissions))
    return NULL;
  return g_steal_pointer (&permissions);
}

/* ---- recording ---- */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
check_person_exists (ImpRegister *self, const char *person_id, GError **error)
{
  g_autofree char *id = NULL;

  if (person_id != NULL && imp_id_is_valid (person_id)
      && !imp_register_query (self, error, "SELECT id FROM person WHERE id = ?",
                              g_variant_new ("(s)", person_id), imp_register_take_text, &id))
    return FALSE;
  if (id != NULL)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This person is not in the register: search again"));
  return FALSE;
}

/**
 * imp_register_check_days_and_words:
 * @self: a register
 * @permission: a tidy permission
 * @error: where to put the error
 *
 * imp_permission_check() by this register's clock.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE or an error of the register
 */
gboolean
imp_register_check_days_and_words (ImpRegister *self, const ImpPermission *permission,
                                   GError **error)
{
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;

  return imp_register_check_clock (self, &now, &newest, error)
         && imp_permission_check (permission, newest != NULL, error);
}

/* The tidy copy of what is to be recorded. */
static ImpPermission *
check_permission (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) kept = NULL;

  if (!imp_permission_is_text (permission))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("What was typed is not UTF-8 text: type it again"));
      return NULL;
    }
  kept = imp_permission_copy (permission);
  imp_permission_tidy (kept);
  return imp_register_check_days_and_words (self, kept, error) ? g_steal_pointer (&kept) : NULL;
}

/* What the new permission follows was this person's, and stops with it where it was in force. */
static gboolean
check_replaced (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) replaced = NULL;
  g_autofree char *follower = NULL;

  if (permission->replaces == NULL)
    return TRUE;
  replaced = imp_register_get_permission (self, permission->replaces, error);
  if (replaced == NULL
      || !imp_register_query (self, error, "SELECT id FROM permission WHERE replaces = ?",
                              g_variant_new ("(s)", permission->replaces), imp_register_take_text,
                              &follower))
    return FALSE;
  if (!g_str_equal (replaced->person_id, permission->person_id))
    return refuse (error, _ ("A permission replaces one of the same person: name one of hers or "
                             "his"));
  if (follower != NULL)
    return refuse (error, _ ("That permission has been replaced already: name the one that "
                             "replaced it"));
  return TRUE;
}

/**
 * imp_register_check_giver:
 * @self: a register
 * @permission: a permission as it is to be recorded
 * @error: where to put the error
 *
 * A permission in force that a child under 16 gave needs somebody's assessment that they can decide
 * (policy.md 2.2), whatever the giver is called. Where no birthday is known the gate asks.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE or an error of the store
 */
gboolean
imp_register_check_giver (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autofree char *born = NULL;
  int age = -1;

  if (permission->state != IMP_PERMISSION_ACTIVE || g_strcmp0 (permission->given_by, "patient") != 0
      || g_strcmp0 (permission->capacity, "assessed-competent") == 0)
    return TRUE;
  if (!imp_register_query (self, error, "SELECT born FROM person WHERE id = ?",
                           g_variant_new ("(s)", permission->person_id), imp_register_take_text,
                           &born))
    return FALSE;
  age = imp_clock_age_at (born, permission->given);
  return age < 0 || age >= OWN_DECISION_AGE
         || refuse (error, _ ("This person was under 16 on that day, and decides only where "
                              "somebody assessed that they can: record the capacity as "
                              "assessed-competent, or who gave the permission for them"));
}

static gboolean
insert_permission (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autofree char *sql = imp_permission_insert_sql ();

  return check_person_exists (self, permission->person_id, error)
         && check_replaced (self, permission, error)
         && imp_register_check_giver (self, permission, error)
         && imp_store_run (self->store, error, sql, imp_permission_to_parameters (permission), NULL)
         && imp_register_supersede_replaced (self, permission, error);
}

/**
 * imp_register_add_permission:
 * @self: a register
 * @permission: what was given, refused or asked for (policy.md 2.2), state included; on success its
 *   id and created are set, and its texts are as they are kept
 * @error: where to put the error
 *
 * Records a permission, in the caller's transaction if there is one. One without evidence is
 * recorded, yet covers nothing until it has some. Where it replaces one in force, that one is
 * superseded as soon as this one is in force.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the sentence says what is missing or wrong),
 *   %IMP_ERROR_NOT_FOUND (the person), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_add_permission (ImpRegister *self, ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) kept = NULL;
  ImpPermission given;
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (permission->state != IMP_PERMISSION_DRAFT && permission->state != IMP_PERMISSION_OFFERED
      && permission->state != IMP_PERMISSION_ACTIVE && permission->state != IMP_PERMISSION_REFUSED)
    return refuse (error, _ ("A permission begins as given, refused, offered or a draft"));
  kept = check_permission (self, permission, error);
  if (kept == NULL)
    return FALSE;
  g_free (kept->id);
  kept->id = imp_id_new ();
  g_free (kept->created);
  kept->created = imp_clock_now ();
  g_clear_pointer (&kept->withdrawn, g_free);
  g_clear_pointer (&kept->withdrawn_by, g_free);
  g_clear_pointer (&kept->withdrawn_channel, g_free);
  kept->withdrawn_partly = FALSE;
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = insert_permission (self, kept, error);
  if (!imp_register_end (self, joined, done, error))
    return FALSE;
  given = *permission;
  *permission = *kept;
  *kept = given;
  return TRUE;
}

static gboolean
amend (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) before = imp_register_get_permission (self, permission->id, error);
  g_autofree char *sql = imp_permission_update_sql ();
  const char *column = NULL;

  if (before == NULL)
    return FALSE;
  if (before->state == IMP_PERMISSION_WITHDRAWN || before->state == IMP_PERMISSION_ENTERED_IN_ERROR)
    return refuse (error, _ ("A withdrawn or mistaken permission stays as it is: record a new "
                             "one"));
  if (before->state != permission->state)
    return refuse (error, _ ("An amendment does not change the state: use the step for it"));
  column = imp_permission_find_change (before, permission);
  if (column != NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("“%s” cannot be changed any more: what was consented to stays as it was, so "
                      "record a new permission that replaces this one"),
                   column);
      return FALSE;
    }
  return imp_store_run (self->store, error, sql, imp_permission_to_parameters (permission), NULL);
}

/**
 * imp_register_amend_permission:
 * @self: a register
 * @permission: one of the register, read and changed
 * @error: where to put the error
 *
 * Writes what may still change: all of a draft; who answered, when and for how long, of an offer;
 * of any other what proves it, where it was not said before, and the day of review.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_amend_permission (ImpRegister *self, const ImpPermission *permission, GError **error)
{
  g_autoptr (ImpPermission) kept = check_permission (self, permission, error);
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (kept == NULL || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = amend (self, kept, error);
  return imp_register_end (self, joined, done, error);
}
