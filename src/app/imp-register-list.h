/* The middle of the register page: who was found, or what a saved view has, page by page. */
#pragma once

#include <gtk/gtk.h>

#include "imp-views.h"

G_BEGIN_DECLS

#define IMP_TYPE_REGISTER_LIST (imp_register_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpRegisterList, imp_register_list, IMP, REGISTER_LIST, GtkWidget)

/* Signals: "opened" when a row was chosen; "withdraw" and "published" with a person's id;
 * "listed" when the rows have come, and whether something else was asked for (gboolean). */
void imp_register_list_set_gate (ImpRegisterList *self, ImpGate *gate); /* nullable: locked */
void imp_register_list_search (ImpRegisterList *self, const char *text);
void imp_register_list_show_view (ImpRegisterList *self, ImpSavedView view, const char *title);
void imp_register_list_check_ledger (ImpRegisterList *self, const char *title);
void imp_register_list_refresh (ImpRegisterList *self);
void imp_register_list_select (ImpRegisterList *self, const char *person_id);
gboolean imp_register_list_focus (ImpRegisterList *self);
const char *imp_register_list_get_person_id (ImpRegisterList *self, gboolean *of_copy);
gboolean imp_register_list_has (ImpRegisterList *self, const char *person_id);
gint64 imp_register_list_get_search (ImpRegisterList *self);

G_END_DECLS
