#include "imp-register.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-private.h"

#define PERMISSION_COLUMNS                                                                         \
  "id, person_id, level, scope, identifiable, given_by, giver_note, capacity, evidence, "          \
  "evidence_reference, wording_version, given, valid_from, expires, review, state, withdrawn, "    \
  "withdrawn_by, withdrawn_channel, created"

static const char *const CAPACITIES[] = {
  "presumed", "assessed-competent", "lacks", "fluctuating", NULL,
};

/* A permission at these levels is for one named thing (policy.md 2.4). */
static const char *const NAMED_LEVELS[] = {
  "publication-named", "social-media", "research-study", "research-area", NULL,
};

/* ---- reading ---- */

static ImpPermission *
permission_from_row (ImpRow *row)
{
  ImpPermission *permission = imp_permission_new ();
  ImpPermissionState state = IMP_PERMISSION_ENTERED_IN_ERROR;

  permission->id = g_strdup (imp_row_text (row, 0));
  permission->person_id = g_strdup (imp_row_text (row, 1));
  permission->level = g_strdup (imp_row_text (row, 2));
  permission->scope = g_strdup (imp_row_text (row, 3));
  permission->identifiable = imp_row_integer (row, 4) != 0;
  permission->given_by = g_strdup (imp_row_text (row, 5));
  permission->giver_note = g_strdup (imp_row_text (row, 6));
  permission->capacity = g_strdup (imp_row_text (row, 7));
  permission->evidence = g_strdup (imp_row_text (row, 8));
  permission->evidence_reference = g_strdup (imp_row_text (row, 9));
  permission->wording_version = g_strdup (imp_row_text (row, 10));
  permission->given = g_strdup (imp_row_text (row, 11));
  permission->valid_from = g_strdup (imp_row_text (row, 12));
  permission->expires = g_strdup (imp_row_text (row, 13));
  permission->review = g_strdup (imp_row_text (row, 14));
  /* A state of a later schema grants nothing here. */
  imp_permission_state_from_text (imp_row_text (row, 15), &state);
  permission->state = state;
  permission->withdrawn = g_strdup (imp_row_text (row, 16));
  permission->withdrawn_by = g_strdup (imp_row_text (row, 17));
  permission->withdrawn_channel = g_strdup (imp_row_text (row, 18));
  permission->created = g_strdup (imp_row_text (row, 19));
  return permission;
}

static void
take_permission (ImpRow *row, gpointer user_data)
{
  ImpPermission **permission = user_data;

  if (*permission == NULL)
    *permission = permission_from_row (row);
}

static void
add_permission_to_list (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, permission_from_row (row));
}

static void
take_integer (ImpRow *row, gpointer user_data)
{
  gint64 *value = user_data;

  *value = imp_row_integer (row, 0);
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
  ImpPermission *permission = NULL;

  if (imp_id_is_valid (id)
      && !imp_store_query (self->store, error,
                           "SELECT " PERMISSION_COLUMNS " FROM permission WHERE id = ?",
                           g_variant_new ("(s)", id), take_permission, &permission))
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

  if (imp_id_is_valid (person_id)
      && !imp_store_query (self->store, error,
                           "SELECT " PERMISSION_COLUMNS " FROM permission WHERE person_id = ? "
                           "ORDER BY created DESC, rowid DESC",
                           g_variant_new ("(s)", person_id), add_permission_to_list, permissions))
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
is_one_of (const char *const *words, const char *word)
{
  return word != NULL && g_strv_contains (words, word);
}

static gboolean
check_words (const ImpPermission *permission, GError **error)
{
  const char *const texts[] = { permission->person_id,      permission->level,
                                permission->scope,          permission->given_by,
                                permission->capacity,       permission->evidence,
                                permission->giver_note,     permission->evidence_reference,
                                permission->wording_version };
  gboolean has_scope =
      permission->scope != NULL && permission->scope[strspn (permission->scope, " \t\r\n")] != '\0';

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (!is_one_of (imp_permission_levels (), permission->level))
    return refuse (error, _ ("Say what the permission is for: one of the levels"));
  if (!is_one_of (imp_permission_givers (), permission->given_by))
    return refuse (error, _ ("Say who gave the permission"));
  if (!is_one_of (CAPACITIES, permission->capacity))
    return refuse (error, _ ("Say whether the person could decide: presumed, assessed-competent, "
                             "lacks or fluctuating"));
  if (permission->evidence != NULL
      && !is_one_of (imp_permission_evidences (), permission->evidence))
    return refuse (error, _ ("There is no such kind of evidence"));
  if (permission->state != IMP_PERMISSION_DRAFT && permission->state != IMP_PERMISSION_OFFERED
      && permission->state != IMP_PERMISSION_ACTIVE && permission->state != IMP_PERMISSION_REFUSED)
    return refuse (error, _ ("A permission begins as given, refused, offered or a draft"));
  if (permission->state == IMP_PERMISSION_ACTIVE && strcmp (permission->given_by, "none") == 0)
    return refuse (error, _ ("A permission that nobody gave is none: say who gave it"));
  if (permission->state != IMP_PERMISSION_REFUSED && !has_scope
      && is_one_of (NAMED_LEVELS, permission->level))
    return refuse (error, _ ("At this level a permission is for one named work, platform, study or "
                             "area: name it"));
  return TRUE;
}

static gboolean
is_date_or_null (const char *date)
{
  return date == NULL || imp_clock_date_is_valid (date);
}

/* NULL is in any order. */
static gboolean
is_in_order (const char *earlier, const char *later)
{
  return earlier == NULL || later == NULL || strcmp (earlier, later) <= 0;
}

static gboolean
check_days (const ImpPermission *permission, GError **error)
{
  const char *from = permission->valid_from != NULL ? permission->valid_from : permission->given;
  g_autofree char *today = imp_clock_today ();

  if (!imp_clock_date_is_valid (permission->given))
    return refuse (error, _ ("Say on which day the permission was given or asked for, as "
                             "2026-11-22"));
  if (!is_date_or_null (permission->valid_from) || !is_date_or_null (permission->expires)
      || !is_date_or_null (permission->review))
    return refuse (error, _ ("A date of the permission is not a day of the calendar: write it as "
                             "2026-11-22"));
  if (!is_in_order (permission->given, today))
    return refuse (error, _ ("The permission cannot have been given in the future: correct the "
                             "date"));
  if (!is_in_order (permission->given, from) || !is_in_order (from, permission->expires)
      || !is_in_order (from, permission->review)
      || !is_in_order (permission->review, permission->expires))
    return refuse (error, _ ("The dates are not in order: given, valid from, review, expires"));
  return TRUE;
}

static gboolean
check_person_exists (ImpRegister *self, const char *person_id, GError **error)
{
  gint64 n_people = 0;

  if (imp_id_is_valid (person_id)
      && !imp_store_query (self->store, error, "SELECT count(*) FROM person WHERE id = ?",
                           g_variant_new ("(s)", person_id), take_integer, &n_people))
    return FALSE;
  if (n_people == 1)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                       _ ("This person is not in the register: search again"));
  return FALSE;
}

static gboolean
insert_permission (ImpRegister *self, const ImpPermission *permission, const char *id,
                   const char *created, GError **error)
{
  return check_person_exists (self, permission->person_id, error)
         && imp_store_run (
             self->store, error,
             "INSERT INTO permission (" PERMISSION_COLUMNS ") VALUES "
             "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
             g_variant_new ("(sssmsbsmssmsmsmssmsmsmsss)", id, permission->person_id,
                            permission->level, permission->scope, permission->identifiable,
                            permission->given_by, permission->giver_note, permission->capacity,
                            permission->evidence, permission->evidence_reference,
                            permission->wording_version, permission->given, permission->valid_from,
                            permission->expires, permission->review,
                            imp_permission_state_to_text (permission->state), created),
             NULL);
}

/**
 * imp_register_add_permission:
 * @self: a register
 * @permission: what was given, refused or asked for (policy.md 2.2), state included; on success its
 *   id and created are set
 * @error: where to put the error
 *
 * Records a permission, in the caller's transaction if there is one. One without evidence is
 * recorded, yet covers nothing until it has some.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (the sentence says what is missing or wrong),
 *   %IMP_ERROR_NOT_FOUND (the person), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_add_permission (ImpRegister *self, ImpPermission *permission, GError **error)
{
  g_autofree char *id = imp_id_new ();
  g_autofree char *created = imp_clock_now ();
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!check_words (permission, error) || !check_days (permission, error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = insert_permission (self, permission, id, created, error);
  if (!imp_register_end (self, joined, done, error))
    return FALSE;
  g_free (permission->id);
  permission->id = g_steal_pointer (&id);
  g_free (permission->created);
  permission->created = g_steal_pointer (&created);
  g_clear_pointer (&permission->withdrawn, g_free);
  g_clear_pointer (&permission->withdrawn_by, g_free);
  g_clear_pointer (&permission->withdrawn_channel, g_free);
  return TRUE;
}

/* ---- life-cycle ---- */

/* Asks the life-cycle in the database, so that the user gets a sentence; the triggers stand behind
 * it. */
static gboolean
check_step (ImpRegister *self, const char *id, ImpPermissionState state, GError **error)
{
  g_autoptr (ImpPermission) permission = imp_register_get_permission (self, id, error);
  gint64 n_steps = 0;

  if (permission == NULL
      || !imp_store_query (self->store, error,
                           "SELECT count(*) FROM permission_step WHERE before = ? AND after = ?",
                           g_variant_new ("(ss)", imp_permission_state_to_text (permission->state),
                                          imp_permission_state_to_text (state)),
                           take_integer, &n_steps))
    return FALSE;
  if (n_steps == 1)
    return TRUE;
  if (permission->state == IMP_PERMISSION_WITHDRAWN)
    return refuse (error, _ ("This permission is withdrawn, and stays so: record a new one if the "
                             "person agrees again"));
  if (permission->state == IMP_PERMISSION_ENTERED_IN_ERROR)
    return refuse (error, _ ("This permission was entered in error, and stays so: record a new "
                             "one"));
  if (state == IMP_PERMISSION_WITHDRAWN)
    return refuse (error, _ ("This permission is not in force, so there is nothing to withdraw: "
                             "record the objection of the person instead"));
  g_set_error (
      error, IMP_ERROR, IMP_ERROR_USAGE, _ ("A permission that is “%s” cannot become “%s”"),
      imp_permission_state_to_text (permission->state), imp_permission_state_to_text (state));
  return FALSE;
}

/**
 * imp_register_withdraw:
 * @self: a register
 * @permission_id: a permission's id
 * @by: (nullable): who withdraws it
 * @channel: (nullable): how that was said: "telephone", "letter", …
 * @error: where to put the error
 *
 * Withdraws a permission for good; no reason is asked for (policy.md 2.3).
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (never granted, or
 *   withdrawn already), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_withdraw (ImpRegister *self, const char *permission_id, const char *by,
                       const char *channel, GError **error)
{
  const char *const texts[] = { by, channel };
  g_autofree char *now = imp_clock_now ();
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = check_step (self, permission_id, IMP_PERMISSION_WITHDRAWN, error)
         && imp_store_run (self->store, error,
                           "UPDATE permission SET state = 'withdrawn', withdrawn = ?2, "
                           "withdrawn_by = ?3, withdrawn_channel = ?4 WHERE id = ?1",
                           g_variant_new ("(ssmsms)", permission_id, now, by, channel), NULL);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_set_permission_state:
 * @self: a register
 * @permission_id: a permission's id
 * @state: the state it goes to
 * @error: where to put the error
 *
 * Takes a permission one step along its life-cycle (policy.md 2.3). To withdraw it this way leaves
 * open who withdrew it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (there is no such step),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_permission_state (ImpRegister *self, const char *permission_id,
                                   ImpPermissionState state, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (imp_permission_state_to_text (state) == NULL)
    return refuse (error, "There is no such state of a permission");
  if (state == IMP_PERMISSION_WITHDRAWN)
    return imp_register_withdraw (self, permission_id, NULL, NULL, error);
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = check_step (self, permission_id, state, error)
         && imp_store_run (
             self->store, error, "UPDATE permission SET state = ?2 WHERE id = ?1",
             g_variant_new ("(ss)", permission_id, imp_permission_state_to_text (state)), NULL);
  return imp_register_end (self, joined, done, error);
}
