/* Who is at the desk: name and PIN, once the register is unlocked and has users. */
#pragma once

#include <gtk/gtk.h>

#include "imp-user-work.h"

G_BEGIN_DECLS

#define IMP_TYPE_SIGN_IN_PAGE (imp_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpSignInPage, imp_sign_in_page, IMP, SIGN_IN_PAGE, GtkWidget)

/* Signal: "signed-in". */
GtkWidget *imp_sign_in_page_new (void);
void imp_sign_in_page_start (ImpSignInPage *self, ImpGate *gate, const ImpUserRoll *roll,
                             const char *last_id, const char *why);

G_END_DECLS
