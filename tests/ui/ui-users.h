/* A register with users, for tests of the desk: made once, and copied. */
#pragma once

#include "gate-accounts.h"

G_BEGIN_DECLS

#define UI_KEEPER "Kay Keeper"
#define UI_OPERATOR "Olga Operator"
#define UI_APPROVER "Ari Approver"
#define UI_GUARDIAN "Gus Guardian"

typedef enum
{
  UI_USERS_TWO,  /* keeper and operator */
  UI_USERS_FOUR, /* and two approvers: one without an authority, one the Guardian */
} UiUsers;

const char *ui_users_pin (const char *name);
ImpGate *ui_users_gate_new (UiUsers which, char **folder);
void ui_users_copy (UiUsers which, const char *folder);
void ui_users_sign_in (ImpGate *gate, const char *name);
void ui_users_forget (void); /* what was made to be copied */

G_END_DECLS
