/* Who may use the register, and for what: a page for a preferences window. */
#pragma once

#include <adwaita.h>

#include "gate-accounts.h"

G_BEGIN_DECLS

#define IMP_TYPE_USERS_PAGE (imp_users_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpUsersPage, imp_users_page, IMP, USERS_PAGE, AdwPreferencesPage)

/* Signal: "changed" after users were made or changed: who is signed in may be another now. */
GtkWidget *imp_users_page_new (void);
void imp_users_page_set_gate (ImpUsersPage *self, ImpGate *gate); /* nullable: locked */

G_END_DECLS
