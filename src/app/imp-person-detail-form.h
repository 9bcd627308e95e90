/* One more thing that is known of a person: a name, a number, an assessment of capacity; or a kind
 * of number that the site has. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_DETAIL_FORM (imp_person_detail_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonDetailForm, imp_person_detail_form, IMP, PERSON_DETAIL_FORM,
                      GtkWidget)

#define IMP_DETAIL_ALIAS "alias"
#define IMP_DETAIL_NUMBER "number"
#define IMP_DETAIL_ASSESSMENT "assessment"
#define IMP_DETAIL_SCHEME "scheme"

/* Signals: "saved" after it was recorded, "cancelled". */
GtkWidget *imp_person_detail_form_new (void);
void imp_person_detail_form_start (ImpPersonDetailForm *self, ImpGate *gate,
                                   const ImpPerson *person, GPtrArray *schemes, const char *what);
void imp_person_detail_form_set_gate (ImpPersonDetailForm *self,
                                      ImpGate *gate); /* nullable: locked */

G_END_DECLS
