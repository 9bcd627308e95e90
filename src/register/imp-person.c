#include "imp-person.h"

G_DEFINE_BOXED_TYPE (ImpPerson, imp_person, imp_person_copy, imp_person_free)

/**
 * imp_person_new:
 *
 * Returns: (transfer full): a person of whom nothing is known
 */
ImpPerson *
imp_person_new (void)
{
  return g_new0 (ImpPerson, 1);
}

/**
 * imp_person_copy:
 * @person: a person
 *
 * Returns: (transfer full): a copy
 */
ImpPerson *
imp_person_copy (const ImpPerson *person)
{
  ImpPerson *copy = imp_person_new ();

  copy->id = g_strdup (person->id);
  copy->hospital_number = g_strdup (person->hospital_number);
  copy->nhs_number = g_strdup (person->nhs_number);
  copy->name = g_strdup (person->name);
  copy->born = g_strdup (person->born);
  copy->died = g_strdup (person->died);
  copy->objects = person->objects;
  copy->lacks_capacity = person->lacks_capacity;
  copy->known_to_audience = person->known_to_audience;
  copy->note = g_strdup (person->note);
  copy->created = g_strdup (person->created);
  return copy;
}

/**
 * imp_person_free:
 * @person: (transfer full) (nullable): a person
 */
void
imp_person_free (ImpPerson *person)
{
  if (person == NULL)
    return;
  g_free (person->id);
  g_free (person->hospital_number);
  g_free (person->nhs_number);
  g_free (person->name);
  g_free (person->born);
  g_free (person->died);
  g_free (person->note);
  g_free (person->created);
  g_free (person);
}
