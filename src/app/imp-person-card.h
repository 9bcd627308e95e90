/* A person as found: enough to tell whether it is the right one. */
#pragma once

#include <gtk/gtk.h>

#include "imp-person.h"

G_BEGIN_DECLS

GtkWidget *imp_person_card_new (const ImpPerson *person);
char *imp_person_card_summary (const ImpPerson *person);

G_END_DECLS
