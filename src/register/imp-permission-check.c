/* What a permission must say before it is recorded, in sentences; the database says the same. */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-permission-private.h"

/* A permission at these levels is for one named thing (policy.md 2.4). */
static const char *const NAMED_LEVELS[] = {
  "publication-named", "social-media", "research-study", "research-area", NULL,
};

/* They decide for somebody else. */
static const char *const FOR_ANOTHER[] = {
  "parental-responsibility", "attorney-or-deputy", "personal-representative", "relative", NULL,
};

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
check_word (const char *word, const char *const *words, const char *problem, GError **error)
{
  g_autofree char *all = NULL;

  if (word == NULL || g_strv_contains (words, word))
    return TRUE;
  all = g_strjoinv (", ", (char **)words);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("%s: choose one of %s"), problem, all);
  return FALSE;
}

static gboolean
check_words (const ImpPermission *permission, GError **error)
{
  if (!is_one_of (imp_permission_levels (), permission->level))
    return refuse (error, _ ("Say what the permission is for: one of the levels"));
  if (!is_one_of (imp_permission_givers (), permission->given_by))
    return refuse (error, _ ("Say who gave the permission"));
  if (!is_one_of (imp_permission_capacities (), permission->capacity))
    return refuse (error, _ ("Say whether the person could decide: presumed, assessed-competent, "
                             "lacks or fluctuating"));
  if (permission->state != IMP_PERMISSION_REFUSED && permission->scope == NULL
      && is_one_of (NAMED_LEVELS, permission->level))
    return refuse (error, _ ("At this level a permission is for one named work, platform, study or "
                             "area: name it"));
  return check_word (permission->evidence, imp_permission_evidences (),
                     _ ("There is no such kind of evidence"), error)
         && check_word (permission->destination, imp_permission_destinations (),
                        _ ("There is no such destination"), error)
         && check_word (permission->basis, imp_permission_bases (), _ ("There is no such basis"),
                        error);
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

/* today: NULL where the clock is behind what the register knows: it can turn no "no" away. */
static gboolean
check_days (const ImpPermission *permission, const char *today, GError **error)
{
  const char *from = permission->valid_from != NULL ? permission->valid_from : permission->given;

  if (!imp_clock_date_is_valid (permission->given))
    return refuse (error, _ ("Say on which day the permission was given or asked for, as "
                             "2026-11-22"));
  if (!is_date_or_null (permission->valid_from) || !is_date_or_null (permission->expires)
      || !is_date_or_null (permission->review) || !is_date_or_null (permission->capacity_assessed))
    return refuse (error, _ ("A date of the permission is not a day of the calendar: write it as "
                             "2026-11-22"));
  /* A clock that was set back makes the offer's assessment look later than today; a no to it is
   * taken all the same. */
  if (!is_in_order (permission->given, today)
      || (permission->state != IMP_PERMISSION_REFUSED
          && !is_in_order (permission->capacity_assessed, today)))
    return refuse (error, _ ("The permission cannot have been given, nor capacity assessed, in the "
                             "future: correct the date"));
  if (!is_in_order (permission->given, from) || !is_in_order (from, permission->expires)
      || !is_in_order (from, permission->review)
      || !is_in_order (permission->review, permission->expires))
    return refuse (error, _ ("The dates are not in order: given, valid from, review, expires"));
  return TRUE;
}

/**
 * imp_permission_check:
 * @permission: a tidy permission
 * @clock_is_behind: whether the computer's clock is behind what the register knows of: then a "no"
 *   may be of a day that this clock has not seen
 * @error: where to put the error
 *
 * Checks words and dates, and, where it is in force, that it is whole.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, whose sentence says what to do
 */
gboolean
imp_permission_check (const ImpPermission *permission, gboolean clock_is_behind, GError **error)
{
  g_autofree char *today = imp_clock_today ();
  gboolean any_day = clock_is_behind && permission->state == IMP_PERMISSION_REFUSED;

  return check_words (permission, error) && check_days (permission, any_day ? NULL : today, error)
         && (permission->state != IMP_PERMISSION_ACTIVE
             || imp_permission_check_whole (permission, error));
}

/**
 * imp_permission_check_whole:
 * @permission: a permission that comes into force
 * @error: where to put the error
 *
 * A permission in force says who gave it, by what right, and how that is known (policy.md 2.2).
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE, whose sentence says what is missing
 */
gboolean
imp_permission_check_whole (const ImpPermission *permission, GError **error)
{
  const char *giver = permission->given_by;

  if (strcmp (giver, "none") == 0)
    return refuse (error, _ ("A permission that nobody gave is none: say who gave it"));
  if (strcmp (giver, "competent-under-16") == 0
      && strcmp (permission->capacity, "assessed-competent") != 0)
    return refuse (error, _ ("A child under 16 decides only where somebody assessed that they can: "
                             "record the capacity as assessed-competent"));
  if (strcmp (permission->capacity, "lacks") == 0
      && (permission->capacity_decision == NULL || permission->capacity_assessor == NULL
          || permission->capacity_assessed == NULL))
    return refuse (error, _ ("Lacking capacity is about one decision: say which decision was "
                             "assessed, by whom and on which day"));
  if (strcmp (permission->capacity, "fluctuating") == 0 && permission->review == NULL)
    return refuse (error, _ ("Where capacity fluctuates the person is asked again: give the day of "
                             "review by which that happens"));
  if (is_one_of (FOR_ANOTHER, giver) && permission->giver_note == NULL
      && (permission->giver_relationship == NULL || permission->giver_check == NULL))
    return refuse (error, _ ("Whoever decides for somebody else has a relationship to them: say "
                             "which, and how it was checked"));
  if (g_strcmp0 (permission->evidence, "verbal-with-witness") == 0
      && (permission->witness_name == NULL || permission->witness_role == NULL))
    return refuse (error, _ ("Spoken consent needs a witness: give the name and the role"));
  return TRUE;
}
