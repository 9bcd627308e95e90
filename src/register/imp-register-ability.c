/* Who is able to decide: assessments of capacity, and children who come of age. */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-fold.h"
#include "imp-id.h"
#include "imp-register-names.h"
#include "imp-register-private.h"

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
check_assessment (const ImpAssessment *assessment, GError **error)
{
  const char *const texts[] = { assessment->outcome, assessment->decision, assessment->assessor,
                                assessment->assessed, assessment->ask_again };
  g_autofree char *today = imp_clock_today ();

  if (!imp_register_check_text (texts, G_N_ELEMENTS (texts), error))
    return FALSE;
  if (assessment->outcome == NULL
      || !g_strv_contains (imp_assessment_outcomes (), assessment->outcome))
    return refuse (error, _ ("Say what was found: has, lacks or fluctuating"));
  if (is_blank (assessment->decision))
    return refuse (error, _ ("Capacity is about one decision: say which one was assessed"));
  if (is_blank (assessment->assessor))
    return refuse (error, _ ("Say who assessed it"));
  if (!imp_clock_date_is_valid (assessment->assessed) || strcmp (assessment->assessed, today) > 0)
    return refuse (error, _ ("Say on which day it was assessed, as 2026-11-22, not in the future"));
  if (assessment->ask_again != NULL
      && (!imp_clock_date_is_valid (assessment->ask_again)
          || strcmp (assessment->ask_again, assessment->assessed) < 0))
    return refuse (error, _ ("The day to ask again is written as 2026-11-22, and comes after the "
                             "assessment"));
  if (strcmp (assessment->outcome, "fluctuating") == 0 && assessment->ask_again == NULL)
    return refuse (error, _ ("Where capacity fluctuates the person is asked again: give the day by "
                             "which that happens"));
  return TRUE;
}

static gboolean
insert_assessment (ImpRegister *self, const ImpAssessment *assessment, GError **error)
{
  g_autoptr (ImpPerson) person = imp_register_get_person (self, assessment->person_id, error);
  g_autofree char *now = imp_clock_now ();

  return person != NULL
         && imp_store_run (
             self->store, error,
             "INSERT INTO capacity_assessment (id, person_id, outcome, decision, assessor, "
             "assessed, ask_again, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
             g_variant_new ("(ssssssmss)", assessment->id, assessment->person_id,
                            assessment->outcome, assessment->decision, assessment->assessor,
                            assessment->assessed, assessment->ask_again, now),
             NULL);
}

/**
 * imp_register_add_assessment:
 * @self: a register
 * @assessment: what was found; its id is made here
 * @error: where to put the error
 *
 * Records what somebody found of a person's capacity to decide. The newest of a decision by its
 * day says whether the person lacks capacity for it, which the gate reads; older ones stay.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_READ_ONLY or
 *   %IMP_ERROR_IO
 */
gboolean
imp_register_add_assessment (ImpRegister *self, ImpAssessment *assessment, GError **error)
{
  gboolean joined = FALSE;
  gboolean done = FALSE;

  if (!check_assessment (assessment, error) || !imp_register_begin (self, &joined, error))
    return FALSE;
  g_free (assessment->id);
  assessment->id = imp_id_new ();
  done = insert_assessment (self, assessment, error);
  return imp_register_end (self, joined, done, error);
}

static void
add_assessment_to_list (ImpRow *row, gpointer user_data)
{
  ImpAssessment *assessment = imp_assessment_new ();

  assessment->id = g_strdup (imp_row_text (row, 0));
  assessment->person_id = g_strdup (imp_row_text (row, 1));
  assessment->outcome = g_strdup (imp_row_text (row, 2));
  assessment->decision = g_strdup (imp_row_text (row, 3));
  assessment->assessor = g_strdup (imp_row_text (row, 4));
  assessment->assessed = g_strdup (imp_row_text (row, 5));
  assessment->ask_again = g_strdup (imp_row_text (row, 6));
  g_ptr_array_add (user_data, assessment);
}

/**
 * imp_register_list_assessments:
 * @self: a register
 * @person_id: a person's id
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpAssessment) (nullable): all of them, newest first,
 *   or %NULL with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_assessments (ImpRegister *self, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_assessment_free);

  if (imp_id_is_valid (person_id)
      && !imp_register_query (
          self, error,
          "SELECT id, person_id, outcome, decision, assessor, assessed, ask_again "
          "FROM capacity_assessment WHERE person_id = ? "
          "ORDER BY assessed DESC, created DESC",
          g_variant_new ("(s)", person_id), add_assessment_to_list, list))
    return NULL;
  return g_steal_pointer (&list);
}

static gboolean
is_newest_of_its_decision (GPtrArray *assessments, guint at)
{
  const ImpAssessment *assessment = g_ptr_array_index (assessments, at);

  for (guint i = 0; i < at; i++)
    if (imp_fold_is_same (((const ImpAssessment *)g_ptr_array_index (assessments, i))->decision,
                          assessment->decision))
      return FALSE;
  return TRUE;
}

/**
 * imp_register_tell_capacity:
 * @self: a register
 * @person: a person
 * @day: "YYYY-MM-DD"
 * @lacks: (out) (nullable) (transfer none): "yes" where they lack capacity for any decision,
 *   "not-sure" where it fluctuates and the day to ask again has passed, else %NULL
 * @error: where to put the error
 *
 * Tells what the register knows against a person's deciding for themselves (policy.md 2.2). Of each
 * decision the newest assessment counts: to be able to make another one says nothing.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_tell_capacity (ImpRegister *self, const ImpPerson *person, const char *day,
                            const char **lacks, GError **error)
{
  g_autoptr (GPtrArray) assessments = imp_register_list_assessments (self, person->id, error);

  *lacks = person->lacks_capacity ? "yes" : NULL;
  for (guint i = 0; assessments != NULL && i < assessments->len; i++)
    {
      const ImpAssessment *assessment = g_ptr_array_index (assessments, i);

      if (!is_newest_of_its_decision (assessments, i))
        continue;
      if (strcmp (assessment->outcome, "lacks") == 0)
        *lacks = "yes";
      else if (strcmp (assessment->outcome, "fluctuating") == 0 && *lacks == NULL
               && g_strcmp0 (assessment->ask_again, day) < 0)
        *lacks = "not-sure";
    }
  return assessments != NULL;
}

/* ---- coming of age ---- */

typedef struct
{
  GPtrArray *list; /* ImpComing */
  int age;
  const char *from;
  const char *to;
} Window;

static void
add_coming_to_list (ImpRow *row, gpointer user_data)
{
  Window *window = user_data;
  g_autofree char *birthday = imp_clock_birthday (imp_row_text (row, 3), window->age);
  ImpComing *coming = NULL;

  if (birthday == NULL || strcmp (birthday, window->from) < 0 || strcmp (birthday, window->to) > 0)
    return;
  coming = imp_coming_new ();
  coming->person_id = g_strdup (imp_row_text (row, 0));
  coming->hospital_number = g_strdup (imp_row_text (row, 1));
  coming->name = g_strdup (imp_row_text (row, 2));
  coming->born = g_strdup (imp_row_text (row, 3));
  coming->permission_id = g_strdup (imp_row_text (row, 4));
  coming->level = g_strdup (imp_row_text (row, 5));
  coming->identifiable = imp_row_integer (row, 6) != 0;
  coming->age = window->age;
  coming->birthday = g_steal_pointer (&birthday);
  g_ptr_array_add (window->list, coming);
}

static int
compare_birthdays (gconstpointer a, gconstpointer b)
{
  const ImpComing *first = *(ImpComing *const *)a;
  const ImpComing *second = *(ImpComing *const *)b;
  int by_day = strcmp (first->birthday, second->birthday);

  return by_day != 0 ? by_day : strcmp (first->person_id, second->person_id);
}

/**
 * imp_register_list_coming_of_age:
 * @self: a register
 * @from: first day, "YYYY-MM-DD"
 * @to: last day, included
 * @error: where to put the error
 *
 * Lists whoever reaches 16 or 18 on one of these days while a permission given by parental
 * responsibility stands: from 16 on they decide themselves, and the parents' permission carries no
 * picture that shows who it is (policy.md 2.4, row 28). Somebody born on 29 February reaches an age
 * on 1 March where the year has no such day. Those who have died are left out.
 *
 * Returns: (transfer container) (element-type ImpComing) (nullable): one entry for each permission,
 *   by birthday, or %NULL with %IMP_ERROR_USAGE (a date), %IMP_ERROR_REGISTER_DAMAGED or
 *   %IMP_ERROR_IO
 */
GPtrArray *
imp_register_list_coming_of_age (ImpRegister *self, const char *from, const char *to,
                                 GError **error)
{
  static const int AGES[] = { 16, 18 };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_coming_free);

  if (!imp_clock_date_is_valid (from) || !imp_clock_date_is_valid (to) || strcmp (from, to) > 0)
    {
      refuse (error, _ ("Give the first and the last day as 2026-11-22, the first one first"));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (AGES); i++)
    {
      Window window = { list, AGES[i], from, to };
      g_autofree char *years = g_strdup_printf ("-%d years", AGES[i]);

      /* A day more at both ends, for 29 February; the birthday itself is compared afterwards. CROSS
       * and + keep the planner from reading all permissions in force. */
      if (!imp_register_query (
              self, error,
              "SELECT person.id, hospital_number, name, born, permission.id, level, identifiable "
              "FROM person CROSS JOIN permission ON permission.person_id = person.id "
              "WHERE born BETWEEN date(?1, ?3, '-1 day') AND date(?2, ?3, '+1 day') "
              "AND given_by = 'parental-responsibility' "
              "AND +state IN ('active', 'review-due', 'suspended') AND died IS NULL",
              g_variant_new ("(sss)", from, to, years), add_coming_to_list, &window))
        return NULL;
    }
  g_ptr_array_sort (list, compare_birthdays);
  return g_steal_pointer (&list);
}
