/* A day: typed as people write it, or picked from a calendar. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IMP_TYPE_DATE_ROW (imp_date_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpDateRow, imp_date_row, IMP, DATE_ROW, AdwEntryRow)

void imp_date_row_set_date (ImpDateRow *self, const char *date);
gboolean imp_date_row_get_date (ImpDateRow *self, char **date);

G_END_DECLS
