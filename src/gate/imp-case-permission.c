/* What the register's permissions say of one use: which carries it, and whether a "no" stands. */
#include "imp-case-permission.h"

#include <string.h>

#include "gate-private.h"
#include "imp-clock.h"

/**
 * imp_case_fill_permission:
 * @record: a person and what they said
 * @permission: one of their permissions
 * @today: "YYYY-MM-DD"
 * @facts: what is known; what @permission says is written into it
 */
void
imp_case_fill_permission (const ImpCaseRecord *record, const ImpPermission *permission,
                          const char *today, ImpPolicyFacts *facts)
{
  const ImpPerson *person = record != NULL ? record->person : NULL;

  facts->has_permission = TRUE;
  facts->permission_state =
      imp_permission_state_to_text (imp_permission_state_on (permission, today));
  facts->permission_level = permission->level;
  facts->permission_scope = permission->scope;
  facts->permission_elsewhere = !imp_permission_is_for (permission, facts->destination);
  facts->permission_is_persons = person != NULL && g_str_equal (permission->person_id, person->id);
  facts->permission_started =
      (permission->valid_from == NULL || strcmp (permission->valid_from, today) <= 0)
      && (permission->given == NULL || strcmp (permission->given, today) <= 0);
  facts->permission_has_evidence = permission->evidence != NULL && *permission->evidence != '\0';
  facts->permission_identifiable = permission->identifiable;
  facts->permission_given_by = permission->given_by;
  facts->permission_capacity = permission->capacity;
  facts->permission_giver_note = permission->giver_note;
  facts->person_age_when_given =
      person != NULL ? imp_clock_age_at (person->born, permission->given) : -1;
  facts->permission_given_in_life =
      person == NULL || person->died == NULL
      || (imp_clock_date_is_valid (person->died) && permission->given != NULL
          && strcmp (permission->given, person->died) <= 0);
}

/* Whether a picture could rest on @permission: a yes that the floor itself would reject takes no
 * "no" back either. */
static gboolean
carries (const ImpCase *self, const ImpCaseRecord *record, const ImpPermission *permission,
         const char *today, const ImpPolicyFacts *facts)
{
  ImpPolicyFacts tried = *facts;

  if (record->clock_is_behind)
    return FALSE;
  imp_case_fill_permission (record, permission, today, &tried);
  return imp_policy_permission_carries (self->pack, &tried);
}

/* Whether a row says no to this use. */
static gboolean
says_no (const ImpCase *self, const ImpPermission *permission, const ImpPermission *rests_on,
         const ImpPolicyFacts *facts)
{
  if (permission->state != IMP_PERMISSION_REFUSED && permission->state != IMP_PERMISSION_WITHDRAWN)
    return FALSE;
  if (rests_on == NULL)
    return imp_pack_refusal_covers (self->pack, permission->level, facts->destination);
  return imp_pack_refusal_stops (self->pack, permission->level, permission->scope, rests_on->level,
                                 facts->destination, facts->destination_name);
}

/* When the register learned of it. */
static const char *
moment_of (const ImpPermission *permission)
{
  return permission->withdrawn != NULL  ? permission->withdrawn
         : permission->answered != NULL ? permission->answered
                                        : permission->created;
}

static gboolean
was_recorded_later (const ImpCaseRecord *record, const ImpPermission *yes, const ImpPermission *no)
{
  const gint64 *first = g_hash_table_lookup (record->order, no->id);
  const gint64 *second = g_hash_table_lookup (record->order, yes->id);

  return first != NULL && second != NULL && *second > *first;
}

/* A yes that was recorded before a no cannot be of a later moment than the record of that no,
 * unless the clock was wrong at one of them. */
static gboolean
is_dated_after (const ImpPermission *yes, const ImpPermission *no)
{
  g_autofree char *day = imp_clock_day_of (moment_of (no));

  return day == NULL || strcmp (yes->given, day) > 0
         || g_strcmp0 (moment_of (yes), moment_of (no)) > 0;
}

/* The local day of a no. One that was said while the clock was behind was said on the day of what
 * the register knew of then, at the earliest. */
static char *
day_of_no (const ImpCaseRecord *record, const ImpPermission *no)
{
  g_autofree char *day = imp_clock_day_of (no->withdrawn != NULL ? no->withdrawn : no->given);
  g_autofree char *known = imp_clock_day_of (g_hash_table_lookup (record->behind, no->id));

  return day != NULL && g_strcmp0 (known, day) > 0 ? g_steal_pointer (&known)
                                                   : g_steal_pointer (&day);
}

/* Whether a yes came later than a no: by the local day on which the person said it; on the same
 * day, by the moment of the record. What is typed in late is not said late, and what cannot be told
 * is not later. Where the days cannot be right, the order of the records counts: of a no that was
 * recorded after the yes; and of one of a day that has not come, which only a yes takes back that
 * was recorded on the day on which it was given. */
static gboolean
came_later (const ImpCaseRecord *record, const ImpPermission *yes, const ImpPermission *no,
            const char *today)
{
  g_autofree char *day = day_of_no (record, no);
  g_autofree char *day_of_record = imp_clock_day_of (moment_of (yes));
  int by_day = 0;

  if (day == NULL || !imp_clock_date_is_valid (yes->given))
    return FALSE;
  if (!was_recorded_later (record, yes, no) && is_dated_after (yes, no))
    return FALSE;
  if (strcmp (day, today) > 0)
    return was_recorded_later (record, yes, no) && g_strcmp0 (yes->given, day_of_record) == 0;
  by_day = strcmp (yes->given, day);
  return by_day > 0 || (by_day == 0 && g_strcmp0 (moment_of (yes), moment_of (no)) > 0);
}

/* A no is taken back by the person, else by nobody but who said it: a relative's yes goes over no
 * refusal of the person's own. */
static gboolean
takes_back (const ImpCaseRecord *record, const ImpPermission *yes, const ImpPermission *no,
            const char *today)
{
  static const char *const THEMSELVES[] = { "patient", "competent-under-16", NULL };

  return came_later (record, yes, no, today) && yes->given_by != NULL
         && (g_strv_contains (THEMSELVES, yes->given_by)
             || g_strcmp0 (yes->given_by, no->given_by) == 0);
}

static gboolean
is_taken_back (const ImpCase *self, const ImpCaseRecord *record, const ImpPermission *no,
               const char *today, const ImpPolicyFacts *facts)
{
  for (guint i = 0; i < record->permissions->len; i++)
    {
      const ImpPermission *yes = g_ptr_array_index (record->permissions, i);

      if (takes_back (record, yes, no, today) && carries (self, record, yes, today, facts))
        return TRUE;
    }
  return FALSE;
}

/**
 * imp_case_no_stands:
 * @self: a case
 * @record: a person and what they said
 * @rests_on: (nullable): the permission that the picture would rest on
 * @today: "YYYY-MM-DD"
 * @facts: what is known of the use and the person
 *
 * A "no", refused or withdrawn, stands until the person says a newer yes on which a picture could
 * rest. A picture that rests on a permission rests on no older one than the "no" to the same use.
 *
 * Returns: whether a "no" of this person speaks of this use, and stands
 */
gboolean
imp_case_no_stands (const ImpCase *self, const ImpCaseRecord *record, const ImpPermission *rests_on,
                    const char *today, const ImpPolicyFacts *facts)
{
  if (rests_on != NULL && !carries (self, record, rests_on, today, facts))
    rests_on = NULL;
  for (guint i = 0; i < record->permissions->len; i++)
    {
      const ImpPermission *no = g_ptr_array_index (record->permissions, i);

      if (says_no (self, no, rests_on, facts)
          && !(rests_on != NULL ? takes_back (record, rests_on, no, today)
                                : is_taken_back (self, record, no, today, facts)))
        return TRUE;
    }
  return FALSE;
}
