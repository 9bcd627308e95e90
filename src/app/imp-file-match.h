/* What the file says of the patient, line by line beside a person of the register: masked until
 * asked for, and whether it is the same said in the open. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"
#include "imp-register-work.h"

G_BEGIN_DECLS

#define IMP_TYPE_FILE_MATCH (imp_file_match_get_type ())
G_DECLARE_FINAL_TYPE (ImpFileMatch, imp_file_match, IMP, FILE_MATCH, GtkWidget)

GtkWidget *imp_file_match_new (void);
void imp_file_match_show (ImpFileMatch *self, ImpRegister *source, ImpPicture *picture,
                          const ImpPerson *person);

G_END_DECLS
