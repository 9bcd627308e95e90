#include "imp-register.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-id.h"
#include "imp-register-private.h"
#include "imp-register-text.h"

/**
 * imp_register_make_person:
 * @row: a row of %IMP_REGISTER_PERSON_COLUMNS
 *
 * Returns: (transfer full): the person
 */
ImpPerson *
imp_register_make_person (ImpRow *row)
{
  ImpPerson *person = imp_person_new ();

  person->id = g_strdup (imp_row_text (row, 0));
  person->hospital_number = g_strdup (imp_row_text (row, 1));
  person->nhs_number = g_strdup (imp_row_text (row, 2));
  person->name = g_strdup (imp_row_text (row, 3));
  person->born = g_strdup (imp_row_text (row, 4));
  person->died = g_strdup (imp_row_text (row, 5));
  person->objects = imp_row_integer (row, 6) != 0;
  person->lacks_capacity = imp_row_integer (row, 7) != 0;
  person->known_to_audience = imp_row_integer (row, 8) != 0;
  person->note = g_strdup (imp_row_text (row, 9));
  person->created = g_strdup (imp_row_text (row, 10));
  return person;
}

static void
take_person (ImpRow *row, gpointer user_data)
{
  ImpPerson **person = user_data;

  if (*person == NULL)
    *person = imp_register_make_person (row);
}

static void
add_person_to_list (ImpRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, imp_register_make_person (row));
}

/* Trims; "" is nothing. */
static void
tidy (char **text)
{
  if (*text != NULL && *g_strstrip (*text) == '\0')
    g_clear_pointer (text, g_free);
}

static gboolean
check_dates (const ImpPerson *person, GError **error)
{
  g_autofree char *today = imp_clock_today ();
  gboolean has_day = person->died != NULL && strcmp (person->died, "unknown") != 0;

  if ((person->born != NULL && !imp_clock_date_is_valid (person->born))
      || (has_day && !imp_clock_date_is_valid (person->died)))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("A date of birth or death is not a day of the calendar: write it as "
                              "1961-05-03"));
      return FALSE;
    }
  if ((person->born != NULL && strcmp (person->born, today) > 0)
      || (has_day && strcmp (person->died, today) > 0)
      || (has_day && person->born != NULL && strcmp (person->died, person->born) < 0))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("A date of birth or death lies in the future, or death before birth: "
                              "correct it"));
      return FALSE;
    }
  return TRUE;
}

/* Checks what a person is to be recorded with, and gives it in the form in which it is kept. */
static ImpPerson *
check_person (const ImpPerson *person, GError **error)
{
  const char *const texts[] = { person->hospital_number,
                                person->nhs_number,
                                person->name,
                                person->born,
                                person->died,
                                person->note };
  g_autoptr (ImpPerson) kept = NULL;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return NULL;
  kept = imp_person_copy (person);
  tidy (&kept->hospital_number);
  tidy (&kept->nhs_number);
  tidy (&kept->name);
  tidy (&kept->born);
  tidy (&kept->died);
  tidy (&kept->note);
  if (kept->hospital_number == NULL && kept->nhs_number == NULL && kept->name == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("Give a hospital number, an NHS number or a name"));
      return NULL;
    }
  if (kept->nhs_number != NULL)
    {
      char *number = imp_register_text_nhs_number (kept->nhs_number);

      if (number == NULL)
        {
          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                               _ ("This is not an NHS number, as its check digit is wrong: compare "
                                  "it with where it comes from"));
          return NULL;
        }
      g_free (kept->nhs_number);
      kept->nhs_number = number;
    }
  if (!check_dates (kept, error))
    return NULL;
  return g_steal_pointer (&kept);
}

/* Somebody else with one of these numbers. */
static gboolean
check_numbers_are_free (ImpRegister *self, const ImpPerson *person, const char *folded,
                        GError **error)
{
  g_autofree char *id = NULL;

  if (!imp_register_query (
          self, error, "SELECT id FROM person WHERE number_folded = ?1 AND id <> ?2",
          g_variant_new ("(mss)", folded, person->id), imp_register_take_text, &id))
    return FALSE;
  if (id != NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _ ("This hospital number is in the register already: find the person "
                              "by it"));
      return FALSE;
    }
  if (!imp_register_query (self, error, "SELECT id FROM person WHERE nhs_number = ?1 AND id <> ?2",
                           g_variant_new ("(mss)", person->nhs_number, person->id),
                           imp_register_take_text, &id))
    return FALSE;
  if (id == NULL)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("This NHS number is in the register already: find the person by it"));
  return FALSE;
}

static gboolean
insert_person (ImpRegister *self, const ImpPerson *person, GError **error)
{
  g_autofree char *number = imp_register_text_fold_number (person->hospital_number);
  g_autofree char *name = imp_register_text_fold_name (person->name);

  return check_numbers_are_free (self, person, number, error)
         && imp_store_run (
             self->store, error,
             "INSERT INTO person (id, hospital_number, number_folded, nhs_number, name, "
             "name_folded, born, died, objects, lacks_capacity, known_to_audience, note, created) "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             g_variant_new ("(smsmsmsmssmsmsbbbmss)", person->id, person->hospital_number, number,
                            person->nhs_number, person->name, name, person->born, person->died,
                            person->objects, person->lacks_capacity, person->known_to_audience,
                            person->note, person->created),
             NULL);
}

/**
 * imp_register_add_person:
 * @self: a register
 * @person: what is known; on success its id and created are set, and its texts are as they are kept
 * @error: where to put the error
 *
 * Records a new person, in the caller's transaction if there is one.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE (no number and no name, a number that is taken,
 *   a wrong check digit or date), %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_add_person (ImpRegister *self, ImpPerson *person, GError **error)
{
  g_autoptr (ImpPerson) kept = check_person (person, error);
  ImpPerson given;
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (kept == NULL)
    return FALSE;
  g_free (kept->id);
  kept->id = imp_id_new ();
  g_free (kept->created);
  kept->created = imp_clock_now ();
  if (!imp_register_begin (self, &joined, error))
    return FALSE;
  done = insert_person (self, kept, error);
  if (!imp_register_end (self, joined, done, error))
    return FALSE;
  given = *person;
  *person = *kept;
  *kept = given;
  return TRUE;
}

/**
 * imp_register_update_person:
 * @self: a register
 * @person: all that is known now, with the id of a person of the register
 * @error: where to put the error
 *
 * Replaces what is recorded of a person, but for the objection, which only
 * imp_register_set_objection() changes: an older copy must not lift it.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND or the errors of
 *   imp_register_add_person()
 */
gboolean
imp_register_update_person (ImpRegister *self, const ImpPerson *person, GError **error)
{
  g_autoptr (ImpPerson) kept = check_person (person, error);
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;
  gint64 changes = 0;
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (kept == NULL || !imp_register_begin (self, &joined, error))
    return FALSE;
  number = imp_register_text_fold_number (kept->hospital_number);
  name = imp_register_text_fold_name (kept->name);
  done = kept->id != NULL && check_numbers_are_free (self, kept, number, error)
         && imp_store_run (self->store, error,
                           "UPDATE person SET hospital_number = ?2, number_folded = ?3, "
                           "nhs_number = ?4, name = ?5, name_folded = ?6, born = ?7, died = ?8, "
                           "lacks_capacity = ?9, known_to_audience = ?10, note = ?11 "
                           "WHERE id = ?1",
                           g_variant_new ("(smsmsmsmssmsmsbbms)", kept->id, kept->hospital_number,
                                          number, kept->nhs_number, kept->name, name, kept->born,
                                          kept->died, kept->lacks_capacity, kept->known_to_audience,
                                          kept->note),
                           &changes);
  if ((done || kept->id == NULL) && changes == 0)
    {
      done = FALSE;
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("This person is not in the register: search again"));
    }
  return imp_register_end (self, joined, done, error);
}

/**
 * imp_register_get_person:
 * @self: a register
 * @id: an id
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the person, or %NULL with %IMP_ERROR_NOT_FOUND,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
ImpPerson *
imp_register_get_person (ImpRegister *self, const char *id, GError **error)
{
  ImpPerson *person = NULL;

  if (imp_id_is_valid (id)
      && !imp_register_query (self, error,
                              "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person WHERE id = ?",
                              g_variant_new ("(s)", id), take_person, &person))
    {
      imp_person_free (person);
      return NULL;
    }
  if (person == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                         _ ("This person is not in the register: search again"));
  return person;
}

/**
 * imp_register_list_by_number:
 * @self: a register
 * @number: a hospital or NHS number, or one of another kind
 * @error: where to put the error
 *
 * Finds whoever has exactly this number; case, white space and punctuation are ignored. One
 * person's hospital number may be another's number elsewhere: one who objects comes first, then one
 * whose hospital number it is.
 *
 * Returns: (transfer container) (element-type ImpPerson) (nullable): who has it, or %NULL with
 *   %IMP_ERROR_USAGE (not UTF-8), %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_by_number (ImpRegister *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  g_autofree char *folded = NULL;
  g_autofree char *digits = NULL;

  if (!imp_register_check_text (&number, 1, error))
    return NULL;
  folded = imp_register_text_fold_number (number);
  if (folded == NULL)
    return g_steal_pointer (&people);
  digits = imp_register_text_digits (folded);
  if (!imp_register_query (
          self, error,
          "SELECT " IMP_REGISTER_PERSON_COLUMNS " FROM person WHERE id IN ("
          "SELECT id FROM person WHERE number_folded = ?1 "
          "UNION SELECT id FROM person WHERE nhs_number = ?2 "
          "UNION SELECT person_id FROM person_identifier WHERE value_folded = ?1) "
          "ORDER BY objects DESC, number_folded IS ?1 DESC, nhs_number IS ?2 DESC, created",
          g_variant_new ("(sms)", folded, digits), add_person_to_list, people))
    return NULL;
  return g_steal_pointer (&people);
}

/**
 * imp_register_find_by_number:
 * @self: a register
 * @number: a hospital or NHS number, or one of another kind
 * @error: where to put the error
 *
 * The one of imp_register_list_by_number(): where there are two, what is meant for one must not go
 * to the other.
 *
 * Returns: (transfer full) (nullable): the person, or %NULL: without @error set there is nobody,
 *   else it is %IMP_ERROR_USAGE (two people have it; not UTF-8), %IMP_ERROR_REGISTER_DAMAGED or
 *   %IMP_ERROR_IO
 */
ImpPerson *
imp_register_find_by_number (ImpRegister *self, const char *number, GError **error)
{
  g_autoptr (GPtrArray) people = imp_register_list_by_number (self, number, error);

  if (people == NULL || people->len == 0)
    return NULL;
  if (people->len == 1)
    return imp_person_copy (g_ptr_array_index (people, 0));
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _ ("Two people have this number: find the person by name, and give the id "
                          "instead"));
  return NULL;
}

/* ---- objection ---- */

static gboolean
set_objection (ImpRegister *self, const char *person_id, gboolean objects, const char *note,
               GError **error)
{
  gint64 changes = 0;

  if (imp_id_is_valid (person_id)
      && !imp_store_run (self->store, error, "UPDATE person SET objects = ?2 WHERE id = ?1",
                         g_variant_new ("(sb)", person_id, objects), &changes))
    return FALSE;
  if (changes == 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                           _ ("This person is not in the register: search again"));
      return FALSE;
    }
  if (note == NULL || *note == '\0')
    return TRUE;
  return imp_store_run (self->store, error,
                        "INSERT INTO event (subject, subject_id, kind, new) "
                        "VALUES ('person', ?, 'objection-note', ?)",
                        g_variant_new ("(ss)", person_id, objects ? "1" : "0"), NULL)
         && imp_store_run (self->store, error,
                           "INSERT INTO event_text (seq, text) VALUES "
                           "((SELECT max(seq) FROM event WHERE subject_id = ?), ?)",
                           g_variant_new ("(ss)", person_id, note), NULL);
}

/**
 * imp_register_set_objection:
 * @self: a register
 * @person_id: a person's id
 * @objects: whether the person says no to every use
 * @note: (nullable): words to go with it
 * @error: where to put the error
 *
 * Records an objection, which needs no permission to exist (the article's row 29), or lifts one.
 * Both go to the history, with the note.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_NOT_FOUND, %IMP_ERROR_USAGE (not UTF-8),
 *   %IMP_ERROR_READ_ONLY or %IMP_ERROR_IO
 */
gboolean
imp_register_set_objection (ImpRegister *self, const char *person_id, gboolean objects,
                            const char *note, GError **error)
{
  const char *const texts[] = { person_id, note };
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error)
      || !imp_register_begin (self, &joined, error))
    return FALSE;
  done = set_objection (self, person_id, objects, note, error);
  return imp_register_end (self, joined, done, error);
}
