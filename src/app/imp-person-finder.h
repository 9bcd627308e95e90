/* Find one person by hospital number, and let the person at the desk confirm who was found. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_FINDER (imp_person_finder_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonFinder, imp_person_finder, IMP, PERSON_FINDER, GtkWidget)

/* Signals: "candidate-changed" when somebody was found, or no longer is; "confirmed" (ImpPerson);
 * "register" (const char *number, nullable) when a new person is to be registered. */
GtkWidget *imp_person_finder_new (void);
void imp_person_finder_start (ImpPersonFinder *self, ImpRegister *source, ImpPicture *picture);
void imp_person_finder_look_again (ImpPersonFinder *self, ImpRegister *source, ImpPicture *picture);
const ImpPerson *imp_person_finder_get_candidate (ImpPersonFinder *self);
void imp_person_finder_ask (ImpPersonFinder *self);

G_END_DECLS
