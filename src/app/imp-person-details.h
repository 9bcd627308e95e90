/* What else is known of a person: other names and numbers, whether they can decide, when they come
 * of age (policy.md 2.2). */
#pragma once

#include <adwaita.h>

#include "imp-register-work.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_DETAILS (imp_person_details_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonDetails, imp_person_details, IMP, PERSON_DETAILS,
                      AdwPreferencesGroup)

/* Signals: "add" with what is to be added, one of imp-person-detail-form.h; "changed" after
 * something was taken away. */
GtkWidget *imp_person_details_new (void);
void imp_person_details_show (ImpPersonDetails *self, ImpGate *gate, const ImpDossier *dossier,
                              gboolean writable);

G_END_DECLS
