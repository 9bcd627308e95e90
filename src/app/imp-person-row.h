/* One person in the list of those found. */
#pragma once

#include <gtk/gtk.h>

#include "imp-found.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_ROW (imp_person_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonRow, imp_person_row, IMP, PERSON_ROW, GtkListBoxRow)

GtkWidget *imp_person_row_new (const ImpFound *found);
const char *imp_person_row_get_id (ImpPersonRow *self);

G_END_DECLS
