/* Withdrawing, and saying no to everything: always possible, no reason asked. */
#pragma once

#include <gtk/gtk.h>

#include "imp-register.h"

G_BEGIN_DECLS

/* Called with whether it was written; error is nullable. */
typedef void (*ImpWithdrawFunc) (gboolean written, const GError *error, gpointer user_data);

void imp_withdraw_dialog_open (GtkWidget *parent, ImpRegister *source,
                               const ImpPermission *permission, ImpWithdrawFunc func,
                               GObject *object);
void imp_withdraw_dialog_open_objection (GtkWidget *parent, ImpRegister *source,
                                         const ImpPerson *person, ImpWithdrawFunc func,
                                         GObject *object);

G_END_DECLS
