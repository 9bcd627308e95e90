/* Who, and their PIN: of who signs in, or of the second person at the same desk.
 *
 * Owns: the entry of the PIN, whose memory GTK locks and wipes.
 * Must never: show the PIN, or keep it once it was taken. */
#pragma once

#include <gtk/gtk.h>

#include "imp-second.h"

G_BEGIN_DECLS

#define IMP_TYPE_SECOND_ROW (imp_second_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpSecondRow, imp_second_row, IMP, SECOND_ROW, GtkWidget)

/* Signal: "activated": Return was pressed in the PIN. */
GtkWidget *imp_second_row_new (const char *who_title, const char *pin_title);
void imp_second_row_set_users (ImpSecondRow *self, GPtrArray *users, guint roles,
                               const char *not_id);
void imp_second_row_choose (ImpSecondRow *self, const char *id);
guint imp_second_row_get_n_users (ImpSecondRow *self);
ImpSecond *imp_second_row_take (ImpSecondRow *self, const char **missing);
void imp_second_row_clear (ImpSecondRow *self);
void imp_second_row_mark (ImpSecondRow *self);

G_END_DECLS
