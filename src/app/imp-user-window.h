/* One change of users, with everybody it takes: what is changed, the new PIN, the second person. */
#pragma once

#include <adwaita.h>

#include "imp-user-work.h"

G_BEGIN_DECLS

#define IMP_TYPE_USER_WINDOW (imp_user_window_get_type ())
G_DECLARE_FINAL_TYPE (ImpUserWindow, imp_user_window, IMP, USER_WINDOW, AdwWindow)

/* Signal: "changed" once it is done. */
GtkWidget *imp_user_window_new (ImpGate *gate, const ImpUserRoll *roll, ImpUserAct act,
                                const ImpUser *user);

G_END_DECLS
