/* The register's place in the window: unlock, sign in, then the register itself.
 *
 * Owns: the open gate, who is signed in, the idle lock.
 * Must never: hand out the gate before somebody may work with it. */
#pragma once

#include <gtk/gtk.h>

#include "gate-accounts.h"
#include "imp-idle-lock.h"
#include "imp-register-page.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_REGISTER_ABSENT,     /* none was made yet */
  IMP_REGISTER_LOCKED,     /* or being opened */
  IMP_REGISTER_SIGNED_OUT, /* it has users, and none of them is here */
  IMP_REGISTER_OPEN,
} ImpRegisterState;

#define IMP_TYPE_REGISTER_PLACE (imp_register_place_get_type ())
G_DECLARE_FINAL_TYPE (ImpRegisterPlace, imp_register_place, IMP, REGISTER_PLACE, GtkWidget)

/* Signals: "state-changed", also when another user sits here; "opened" after a register was
 * unlocked; "idle": nobody has touched anything for as long as the site says. */
GtkWidget *imp_register_place_new (void);
void imp_register_place_start (ImpRegisterPlace *self);
ImpRegisterState imp_register_place_get_state (ImpRegisterPlace *self);
ImpGate *imp_register_place_get_gate (ImpRegisterPlace *self);
ImpGate *imp_register_place_get_unlocked (ImpRegisterPlace *self);
ImpUser *imp_register_place_get_user (ImpRegisterPlace *self);
ImpRegisterPage *imp_register_place_get_page (ImpRegisterPlace *self);
void imp_register_place_set_source (ImpRegisterPlace *self, ImpSource *open); /* nullable */
ImpIdleLock *imp_register_place_get_idle_lock (ImpRegisterPlace *self);
guint imp_register_place_get_idle_minutes (ImpRegisterPlace *self);
void imp_register_place_look_again (ImpRegisterPlace *self);
void imp_register_place_sign_out (ImpRegisterPlace *self);
void imp_register_place_take (ImpRegisterPlace *self, ImpGate *gate);
void imp_register_place_close (ImpRegisterPlace *self);
void imp_register_place_lock (ImpRegisterPlace *self, const char *why);

G_END_DECLS
