/* One curation session as the register lists it, and whose pictures are in it: plain values. */
#pragma once

#include "imp-curation-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_CURATION_RECORD (imp_curation_record_get_type ())

/**
 * ImpCurationRecord:
 * @id: random
 * @title: what its maker calls it
 * @destination: what its pictures are for: "teaching-file"
 * @created: UTC
 * @created_by: (nullable): a user's id
 * @counts: how many pictures are in each #ImpCurationState
 */
typedef struct
{
  char *id;
  char *title;
  char *destination;
  char *created;
  char *created_by;
  guint counts[IMP_CURATION_N_STATES];
} ImpCurationRecord;

GType imp_curation_record_get_type (void);
ImpCurationRecord *imp_curation_record_new (void);
ImpCurationRecord *imp_curation_record_copy (const ImpCurationRecord *record);
void imp_curation_record_free (ImpCurationRecord *record);
guint imp_curation_record_count (const ImpCurationRecord *record);

/**
 * ImpCurationPatient:
 * @id: of its row
 * @number: (nullable): as the files have it
 * @person_id: (nullable): whom somebody named
 */
typedef struct
{
  gint64 id;
  char *number;
  char *person_id;
} ImpCurationPatient;

void imp_curation_patient_free (ImpCurationPatient *patient);

/**
 * ImpCurationAnswer:
 * @patient_id, @case_id, @item_id: of whom or what it speaks, one of them; all 0: of the session
 * @pixels: whether it speaks of what is to be seen: an edit takes it back
 * @key: the question's
 * @value: what was said
 */
typedef struct
{
  gint64 patient_id;
  gint64 case_id;
  gint64 item_id;
  gboolean pixels;
  char *key;
  char *value;
} ImpCurationAnswer;

/* How far one picture is, where nothing else is asked. */
typedef struct
{
  gint64 item_id;
  ImpCurationState state;
} ImpCurationMark;

void imp_curation_answer_free (ImpCurationAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCurationRecord, imp_curation_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCurationPatient, imp_curation_patient_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCurationAnswer, imp_curation_answer_free)

G_END_DECLS
