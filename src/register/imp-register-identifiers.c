/* Numbers of other kinds, which a site defines, and other names. */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-names.h"
#include "imp-register-private.h"
#include "imp-register-text.h"

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
not_found (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND, message);
  return FALSE;
}

/* ---- kinds of numbers ---- */

static void
add_scheme_to_list (ImpRow *row, gpointer user_data)
{
  ImpScheme *scheme = imp_scheme_new ();

  scheme->name = g_strdup (imp_row_text (row, 0));
  scheme->title = g_strdup (imp_row_text (row, 1));
  scheme->pattern = g_strdup (imp_row_text (row, 2));
  scheme->check_rule = g_strdup (imp_row_text (row, 3));
  g_ptr_array_add (user_data, scheme);
}

/**
 * imp_register_list_schemes:
 * @self: a register
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpScheme) (nullable): the site's kinds of numbers by
 *   name, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_schemes (ImpRegister *self, GError **error)
{
  g_autoptr (GPtrArray) schemes = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_scheme_free);

  if (!imp_register_query (self, error,
                           "SELECT name, title, pattern, check_rule FROM identifier_scheme "
                           "ORDER BY name",
                           NULL, add_scheme_to_list, schemes))
    return NULL;
  return g_steal_pointer (&schemes);
}

static gboolean
is_in_use (ImpRegister *self, const char *scheme, gboolean *used, GError **error)
{
  g_autofree char *found = NULL;

  if (!imp_register_query (self, error,
                           "SELECT scheme FROM person_identifier WHERE scheme = ? LIMIT 1",
                           g_variant_new ("(s)", scheme), imp_register_take_text, &found))
    return FALSE;
  *used = found != NULL;
  return TRUE;
}

static gboolean
set_scheme (ImpRegister *self, const ImpScheme *scheme, GError **error)
{
  gboolean used = FALSE;
  gint64 changes = 0;

  if (!is_in_use (self, scheme->name, &used, error))
    return FALSE;
  if (used
      && !imp_store_run (self->store, error,
                         "UPDATE identifier_scheme SET title = ?2 WHERE name = ?1 "
                         "AND pattern IS ?3 AND check_rule IS ?4",
                         g_variant_new ("(ssmsms)", scheme->name, scheme->title, scheme->pattern,
                                        scheme->check_rule),
                         &changes))
    return FALSE;
  if (used)
    return changes == 1
           || refuse (error, _ ("There are numbers of this kind already, so its form stays: give "
                                "the new form another name"));
  return imp_store_run (
      self->store, error,
      "INSERT INTO identifier_scheme (name, title, pattern, check_rule) "
      "VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET title = "
      "excluded.title, pattern = excluded.pattern, check_rule = "
      "excluded.check_rule",
      g_variant_new ("(ssmsms)", scheme->name, scheme->title, scheme->pattern, scheme->check_rule),
      NULL);
}

/**
 * imp_register_set_scheme:
 * @self: a register
 * @scheme: a kind of number
 * @error: where to put the error
 *
 * Adds a kind of number, or changes one. Its form stays as soon as somebody has such a number.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_scheme (ImpRegister *self, const ImpScheme *scheme, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_scheme_is_valid (scheme, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = set_scheme (self, scheme, error);
  return imp_register_end (self, joined, done, error);
}

static gboolean
remove_scheme (ImpRegister *self, const char *name, GError **error)
{
  gboolean used = FALSE;
  gint64 changes = 0;

  if (!is_in_use (self, name, &used, error))
    return FALSE;
  if (used)
    return refuse (error, _ ("There are numbers of this kind, so it stays: take them away first"));
  return imp_store_run (self->store, error, "DELETE FROM identifier_scheme WHERE name = ?",
                        g_variant_new ("(s)", name), &changes)
         && (changes == 1
             || not_found (error, _ ("There is no such kind of number: list them to see which "
                                     "there are")));
}

/**
 * imp_register_remove_scheme:
 * @self: a register
 * @name: a kind of number that nobody has
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (in use), %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_remove_scheme (ImpRegister *self, const char *name, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_check_text (&name, 1, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = remove_scheme (self, name, error);
  return imp_register_end (self, joined, done, error);
}

/* ---- numbers ---- */

static char *
fold_by_scheme (ImpRegister *self, const char *name, const char *value, GError **error)
{
  g_autoptr (GPtrArray) schemes = imp_register_list_schemes (self, error);

  if (schemes == NULL)
    return NULL;
  for (guint i = 0; i < schemes->len; i++)
    {
      const ImpScheme *scheme = g_ptr_array_index (schemes, i);

      if (strcmp (scheme->name, name) == 0)
        return imp_scheme_fold (scheme, value, error);
    }
  not_found (error, _ ("There is no such kind of number: list them to see which there are"));
  return NULL;
}

static gboolean
add_identifier (ImpRegister *self, const char *person_id, const char *scheme, const char *value,
                GError **error)
{
  g_autoptr (ImpPerson) person = imp_register_get_person (self, person_id, error);
  g_autofree char *folded = person != NULL ? fold_by_scheme (self, scheme, value, error) : NULL;
  g_autofree char *trimmed = g_strstrip (g_strdup (value));
  g_autofree char *now = imp_clock_now ();
  g_autofree char *owner = NULL;

  if (folded == NULL
      || !imp_register_query (self, error,
                              "SELECT person_id FROM person_identifier WHERE scheme = ? AND "
                              "value_folded = ?",
                              g_variant_new ("(ss)", scheme, folded), imp_register_take_text,
                              &owner))
    return FALSE;
  if (owner != NULL)
    return refuse (error, _ ("This number is in the register already: find the person by it"));
  return imp_store_run (self->store, error,
                        "INSERT INTO person_identifier (scheme, value_folded, person_id, value, "
                        "created) VALUES (?, ?, ?, ?, ?)",
                        g_variant_new ("(sssss)", scheme, folded, person_id, trimmed, now), NULL);
}

/**
 * imp_register_add_identifier:
 * @self: a register
 * @person_id: a person's id
 * @scheme: the kind of number, as imp_register_list_schemes() has it
 * @value: the number
 * @error: where to put the error
 *
 * Records another number of a person. imp_register_find_by_number() finds the person by it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (not of this form, wrong check digit, taken),
 *   %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_add_identifier (ImpRegister *self, const char *person_id, const char *scheme,
                             const char *value, GError **error)
{
  const char *const texts[] = { person_id, scheme, value };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = add_identifier (self, person_id, scheme, value, error);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_remove_identifier:
 * @self: a register
 * @person_id: a person's id
 * @scheme: the kind of number
 * @value: the number
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_remove_identifier (ImpRegister *self, const char *person_id, const char *scheme,
                                const char *value, GError **error)
{
  const char *const texts[] = { person_id, scheme, value };
  g_autofree char *folded = NULL;
  gint64 changes = 0;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  folded = imp_register_text_fold_number (value);
  return imp_store_run (self->store, error,
                        "DELETE FROM person_identifier WHERE person_id = ? AND scheme = ? AND "
                        "value_folded = ?",
                        g_variant_new ("(ssms)", person_id, scheme, folded), &changes)
         && (changes == 1
             || not_found (error, _ ("This person has no such number: look at the record again")));
}

static void
add_identifier_to_list (ImpRow *row, gpointer user_data)
{
  ImpIdentifier *identifier = imp_identifier_new ();

  identifier->scheme = g_strdup (imp_row_text (row, 0));
  identifier->value = g_strdup (imp_row_text (row, 1));
  g_ptr_array_add (user_data, identifier);
}

/**
 * imp_register_list_identifiers:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpIdentifier) (nullable): the person's other
 * numbers, or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_identifiers (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_identifier_free);

  if (imp_id_is_valid (person_id)
      && !imp_register_query (self, error,
                              "SELECT scheme, value FROM person_identifier WHERE person_id = ? "
                              "ORDER BY scheme, value",
                              g_variant_new ("(s)", person_id), add_identifier_to_list, list))
    return NULL;
  return g_steal_pointer (&list);
}

/* ---- names ---- */

static gboolean
add_alias (ImpRegister *self, const char *person_id, const ImpAlias *alias, GError **error)
{
  g_autoptr (ImpPerson) person = imp_register_get_person (self, person_id, error);
  g_autofree char *folded = imp_register_text_fold_name (alias->name);
  g_autofree char *now = imp_clock_now ();
  g_autofree char *found = NULL;

  if (person == NULL
      || !imp_register_query (
          self, error, "SELECT id FROM person_alias WHERE person_id = ? AND name_folded = ?",
          g_variant_new ("(ss)", person_id, folded), imp_register_take_text, &found))
    return FALSE;
  if (*folded == '\0')
    return refuse (error, _ ("There is no name: give it"));
  if (found != NULL)
    return refuse (error, _ ("The person is known by this name already: nothing more to do"));
  return imp_store_run (
      self->store, error,
      "INSERT INTO person_alias (id, person_id, name, name_folded, kind, "
      "created) VALUES (?, ?, ?, ?, ?, ?)",
      g_variant_new ("(ssssss)", alias->id, person_id, alias->name, folded, alias->kind, now),
      NULL);
}

/**
 * imp_register_add_alias:
 * @self: a register
 * @person_id: a person's id
 * @alias: name and kind; its id is made here
 * @error: where to put the error
 *
 * Records another name of a person, by which imp_register_find() finds them, too.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_add_alias (ImpRegister *self, const char *person_id, ImpAlias *alias, GError **error)
{
  const char *const texts[] = { person_id, alias->name, alias->kind };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (alias->name == NULL)
    return refuse (error, _ ("There is no name: give it"));
  if (alias->kind == NULL || !g_strv_contains (imp_alias_kinds (), alias->kind))
    return refuse (error, _ ("Another name is also-known-as, former, preferred or misspelt: say "
                             "which"));
  g_strstrip (alias->name);
  g_free (alias->id);
  alias->id = imp_id_new ();
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = add_alias (self, person_id, alias, error);
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_remove_alias:
 * @self: a register
 * @person_id: a person's id
 * @alias_id: the id of a name of this person
 * @error: where to put the error
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_remove_alias (ImpRegister *self, const char *person_id, const char *alias_id,
                           GError **error)
{
  gint64 changes = 0;

  if (imp_id_is_valid (alias_id) && imp_id_is_valid (person_id)
      && !imp_store_run (self->store, error,
                         "DELETE FROM person_alias WHERE person_id = ? AND id = ?",
                         g_variant_new ("(ss)", person_id, alias_id), &changes))
    return FALSE;
  return changes == 1
         || not_found (error, _ ("This person has no such name: look at the record again"));
}

static void
add_alias_to_list (ImpRow *row, gpointer user_data)
{
  ImpAlias *alias = imp_alias_new ();

  alias->id = g_strdup (imp_row_text (row, 0));
  alias->name = g_strdup (imp_row_text (row, 1));
  alias->kind = g_strdup (imp_row_text (row, 2));
  g_ptr_array_add (user_data, alias);
}

/**
 * imp_register_list_aliases:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpAlias) (nullable): the person's other names, or
 *   %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_aliases (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_alias_free);

  if (imp_id_is_valid (person_id)
      && !imp_register_query (self, error,
                              "SELECT id, name, kind FROM person_alias WHERE person_id = ? "
                              "ORDER BY name_folded",
                              g_variant_new ("(s)", person_id), add_alias_to_list, list))
    return NULL;
  return g_steal_pointer (&list);
}
