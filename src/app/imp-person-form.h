/* Who someone is: to register a person on the spot, or to correct what is known. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_FORM (imp_person_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonForm, imp_person_form, IMP, PERSON_FORM, GtkWidget)

/* Signals: "saved" (ImpPerson) once it is written; "cancelled". */
GtkWidget *imp_person_form_new (void);
void imp_person_form_edit (ImpPersonForm *self, ImpRegister *source, const ImpPerson *person);
void imp_person_form_start (ImpPersonForm *self, ImpRegister *source, const char *number);
void imp_person_form_set_source (ImpPersonForm *self, ImpRegister *source); /* nullable */

G_END_DECLS
