/* One person of the register: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_PERSON (imp_person_get_type ())

typedef struct
{
  char *id;              /* random (imp_id_new()); the only thing that exports are linked to */
  char *hospital_number; /* nullable */
  char *nhs_number;      /* nullable, check digit verified */
  char *name;            /* nullable */
  char *born;            /* nullable, YYYY-MM-DD */
  char *died;            /* nullable, YYYY-MM-DD, or "unknown" where only the fact is known */
  gboolean objects;      /* has said no: blocks both routes */
  gboolean lacks_capacity;
  gboolean known_to_audience;
  char *note;    /* nullable */
  char *created; /* UTC */
} ImpPerson;

GType imp_person_get_type (void);
ImpPerson *imp_person_new (void);
ImpPerson *imp_person_copy (const ImpPerson *person);
void imp_person_free (ImpPerson *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPerson, imp_person_free)

G_END_DECLS
