/* Whom the file itself names: offered, masked, never taken, as files carry wrong numbers. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_FILE_PERSON (imp_file_person_get_type ())
G_DECLARE_FINAL_TYPE (ImpFilePerson, imp_file_person, IMP, FILE_PERSON, GtkWidget)

/* Signals: "show-person" (ImpPerson): the person of the file's number is to be shown;
 * "register" (const char *number): nobody has it, and the person at the desk wants to. */
GtkWidget *imp_file_person_new (void);
void imp_file_person_look (ImpFilePerson *self, ImpRegister *source, const char *number);

G_END_DECLS
