#include "imp-standing.h"

#include <glib/gi18n.h>

#include "gate-private.h"
#include "imp-case-permission.h"
#include "imp-clock.h"
#include "imp-register-keeping.h"

/**
 * imp_standing_free:
 * @standing: (transfer full) (nullable): how somebody stands
 */
void
imp_standing_free (ImpStanding *standing)
{
  if (standing == NULL)
    return;
  g_free (standing->person_id);
  g_free (standing->permission_id);
  g_free (standing->expires);
  g_free (standing->reason);
  g_free (standing);
}

/**
 * imp_standing_kind_to_text:
 * @kind: how somebody stands
 *
 * Returns: (transfer none): the word for it that scripts get
 */
const char *
imp_standing_kind_to_text (ImpStandingKind kind)
{
  static const char *const WORDS[] = { "permitted", "anonymised", "unclear", "refused" };

  return WORDS[kind];
}

/* All who may be meant: whom somebody named comes first. */
static GPtrArray *
list_people (ImpGate *self, const char *number, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  g_autoptr (GPtrArray) owners = NULL;

  if (person_id != NULL)
    {
      ImpPerson *named = imp_register_get_person (self->people, person_id, error);

      if (named == NULL)
        return NULL;
      g_ptr_array_add (people, named);
    }
  if (number == NULL)
    return g_steal_pointer (&people);
  owners = imp_register_list_by_number (self->people, number, error);
  if (owners == NULL)
    return NULL;
  for (guint i = 0; i < owners->len; i++)
    {
      const ImpPerson *owner = g_ptr_array_index (owners, i);

      if (g_strcmp0 (owner->id, person_id) != 0)
        g_ptr_array_add (people, imp_person_copy (owner));
    }
  return g_steal_pointer (&people);
}

static gboolean
is_buried (ImpGate *self, const char *number, GPtrArray *people, gboolean *buried, GError **error)
{
  *buried = FALSE;
  if (number != NULL && !imp_register_is_buried (self->people, number, buried, error))
    return FALSE;
  for (guint i = 0; !*buried && i < people->len; i++)
    if (!imp_register_is_person_buried (
            self->people, ((const ImpPerson *)g_ptr_array_index (people, i))->id, buried, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
list_records (ImpGate *self, GPtrArray *people, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_case_record_free);
  g_autofree char *now = NULL;
  g_autofree char *newest = NULL;

  if (!imp_register_check_clock (self->people, &now, &newest, error))
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      ImpCaseRecord *record =
          imp_case_record_new (self, g_ptr_array_index (people, i), newest != NULL, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

static void
settle (ImpStanding *standing, ImpStandingKind kind, const char *reason)
{
  standing->kind = kind;
  g_free (standing->reason);
  standing->reason = g_strdup (reason);
}

/* The facts of a use of which no more is known than whose picture it is and where it goes. */
static void
fill_facts (const ImpPerson *person, const char *today, const char *destination,
            GHashTable *answers, ImpPolicyFacts *facts)
{
  *facts = (ImpPolicyFacts){ 0 };
  facts->route = "consent";
  facts->destination = destination;
  facts->answers = answers;
  facts->person_known = TRUE;
  facts->person_age = imp_clock_age_at (person->born, today);
  facts->person_age_when_given = -1;
  facts->record_deceased = person->died != NULL ? "yes" : NULL;
  facts->record_known_to_audience = person->known_to_audience ? "yes" : NULL;
}

/* The permission that a picture could rest on, and against which no "no" stands. */
static const ImpPermission *
find_permission (const ImpCase *look, const ImpCaseRecord *record, const char *today,
                 const ImpPolicyFacts *facts)
{
  for (guint i = 0; !record->clock_is_behind && i < record->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (record->permissions, i);
      ImpPolicyFacts tried = *facts;

      imp_case_fill_permission (record, permission, today, &tried);
      if (imp_policy_permission_carries (look->pack, &tried)
          && !imp_case_no_stands (look, record, permission, today, facts))
        return permission;
    }
  return NULL;
}

static void
judge (ImpGate *self, GPtrArray *records, gboolean is_named, const char *destination,
       ImpStanding *standing)
{
  g_autoptr (ImpPack) pack = _imp_gate_ref_pack (self);
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *today = imp_clock_today ();
  const ImpCase look = { .pack = pack };
  const ImpPermission *permission = NULL;
  gboolean refused = FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const ImpCaseRecord *record = g_ptr_array_index (records, i);
      const gboolean meant = i == 0 && (is_named || records->len == 1);
      ImpPolicyFacts facts = { 0 };

      fill_facts (record->person, today, destination, answers, &facts);
      if (record->person->objects)
        {
          settle (standing, IMP_STANDING_REFUSED, _ ("The person objects to any use: do not use."));
          return;
        }
      if (meant)
        permission = find_permission (&look, record, today, &facts);
      if (!(meant && permission != NULL) && imp_case_no_stands (&look, record, NULL, today, &facts))
        refused = TRUE;
    }
  if (refused)
    settle (standing, IMP_STANDING_REFUSED,
            _ ("The person refused this use, or withdrew what they had allowed: do not use."));
  else if (permission != NULL)
    {
      settle (standing, IMP_STANDING_PERMITTED, _ ("A permission for this use is in force."));
      standing->permission_id = g_strdup (permission->id);
      standing->expires = g_strdup (permission->expires);
    }
  else if (!is_named && records->len > 1)
    settle (standing, IMP_STANDING_UNCLEAR,
            _ ("More than one person has this number: say whose pictures these are."));
  else
    settle (standing, IMP_STANDING_ANONYMISED,
            _ ("No permission for this use: only what nobody would recognise."));
}

/**
 * imp_gate_find_standing_sync:
 * @self: the gate
 * @number: (nullable): a patient's number, as a file has it
 * @person_id: (nullable): whom somebody named
 * @destination: where pictures would go
 * @error: where to put the error
 *
 * Tells how the register stands to a use of somebody's pictures now, by everybody who has the
 * number, so that no work is put into what will be refused. What leaves is judged anew with the
 * picture.
 *
 * Returns: (transfer full) (nullable): how they stand, or %NULL with %IMP_ERROR_REFUSED (nobody is
 *   signed in), %IMP_ERROR_NOT_FOUND (no such person) or an error of the register
 */
ImpStanding *
imp_gate_find_standing_sync (ImpGate *self, const char *number, const char *person_id,
                             const char *destination, GError **error)
{
  g_autoptr (ImpStanding) standing = g_new0 (ImpStanding, 1);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gboolean buried = FALSE;

  if (!imp_register_check_reader (self->desk, error) || !_imp_gate_refresh_pack (self, error))
    return NULL;
  people = list_people (self, number, person_id, error);
  if (people == NULL || !is_buried (self, number, people, &buried, error))
    return NULL;
  if (person_id != NULL || people->len == 1)
    standing->person_id = g_strdup (((const ImpPerson *)g_ptr_array_index (people, 0))->id);
  if (buried)
    {
      settle (standing, IMP_STANDING_REFUSED,
              _ ("A person with this number was erased from the register, or has said no: do not "
                 "use."));
      return g_steal_pointer (&standing);
    }
  records = list_records (self, people, error);
  if (records == NULL)
    return NULL;
  judge (self, records, person_id != NULL, destination, standing);
  return g_steal_pointer (&standing);
}
