#include "imp-curation-record.h"

G_DEFINE_BOXED_TYPE (ImpCurationRecord, imp_curation_record, imp_curation_record_copy,
                     imp_curation_record_free)

/**
 * imp_curation_record_new:
 *
 * Returns: (transfer full): a session without anything
 */
ImpCurationRecord *
imp_curation_record_new (void)
{
  return g_new0 (ImpCurationRecord, 1);
}

/**
 * imp_curation_record_copy:
 * @record: a session
 *
 * Returns: (transfer full): a copy
 */
ImpCurationRecord *
imp_curation_record_copy (const ImpCurationRecord *record)
{
  ImpCurationRecord *copy = g_memdup2 (record, sizeof *record);

  copy->id = g_strdup (record->id);
  copy->title = g_strdup (record->title);
  copy->destination = g_strdup (record->destination);
  copy->created = g_strdup (record->created);
  copy->created_by = g_strdup (record->created_by);
  return copy;
}

/**
 * imp_curation_record_free:
 * @record: (transfer full) (nullable): a session
 */
void
imp_curation_record_free (ImpCurationRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->id);
  g_free (record->title);
  g_free (record->destination);
  g_free (record->created);
  g_free (record->created_by);
  g_free (record);
}

/**
 * imp_curation_record_count:
 * @record: a session
 *
 * Returns: how many pictures are in it
 */
guint
imp_curation_record_count (const ImpCurationRecord *record)
{
  guint count = 0;

  for (guint i = 0; i < IMP_CURATION_N_STATES; i++)
    count += record->counts[i];
  return count;
}

/**
 * imp_curation_patient_free:
 * @patient: (transfer full) (nullable): a patient of a session
 */
void
imp_curation_patient_free (ImpCurationPatient *patient)
{
  if (patient == NULL)
    return;
  g_free (patient->number);
  g_free (patient->person_id);
  g_free (patient);
}

/**
 * imp_curation_answer_free:
 * @answer: (transfer full) (nullable): an answer
 */
void
imp_curation_answer_free (ImpCurationAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->key);
  g_free (answer->value);
  g_free (answer);
}
