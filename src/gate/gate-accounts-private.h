/* What the gate's accounts share. */
#pragma once

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-accounts.h"

G_BEGIN_DECLS

/* What the ledger's rows about users share. */
#define IMP_USERS_EXPORT_ID "users"

char *_imp_gate_get_member (const char *body, const char *name);
GPtrArray *_imp_gate_load_users (ImpGate *self, GPtrArray **records, GError **error);
gboolean _imp_gate_check_second_user (ImpGate *self, GError **error);
char *_imp_gate_check_second (ImpGate *self, const ImpSecond *second, GError **error);
ImpUser *_imp_gate_identify (ImpGate *self, const ImpSecond *who, ImpSigner **signer,
                             GError **error);
ImpSigner *_imp_gate_ref_signer (ImpGate *self, ImpUser **user, GError **error);

G_END_DECLS
