/* The gate's own parts, shared by its files only. */
#pragma once

#include "gate.h"
#include "imp-accounts.h"
#include "imp-case.h"
#include "imp-ledger.h"
#include "imp-policy.h"
#include "imp-request-private.h"
#include "imp-store.h"

G_BEGIN_DECLS

struct _ImpGate
{
  GObject parent_instance;

  /* Owned references */
  ImpStore *store;
  ImpRegister *people; /* for the gate itself */
  ImpRegister *desk;   /* for front ends: asks who reads */
  ImpAccounts *accounts;
  ImpLedger *ledger;
  GStrv recovered;

  GMutex pack_lock;
  ImpPack *pack;      /* under pack_lock: one of packs */
  GPtrArray *packs;   /* under pack_lock: all that were in force since it was opened */
  char *pack_choice;  /* under pack_lock: nullable, the site's choice as the register has it */
  char *pack_problem; /* under pack_lock: nullable, why that cannot be read */

  GMutex user_lock;
  ImpUser *user;     /* under user_lock, nullable: who is signed in */
  ImpSigner *signer; /* under user_lock, nullable: their key */

  GMutex issued_lock;
  GHashTable *issued; /* under issued_lock: kind and SHA-256 of every record made here */
};

gboolean _imp_gate_make_key (ImpGateKey key, const char *secret, ImpKey *store_key, GError **error);
ImpPack *_imp_gate_load_pack (const char *pack_id, GError **error);
ImpPack *_imp_gate_find_pack (ImpGate *self, const char *name, GError **error);
ImpPack *_imp_gate_ref_pack (ImpGate *self);
gboolean _imp_gate_refresh_pack (ImpGate *self, GError **error);
char *_imp_gate_get_pack_problem (ImpGate *self);
gboolean _imp_gate_keep_pack (ImpGate *self, ImpPack *pack, GError **error);
void _imp_gate_issue (ImpGate *self, const char *kind, GBytes *bytes);
gboolean _imp_gate_has_issued (ImpGate *self, const char *kind, GBytes *bytes);
gboolean _imp_gate_publish (ImpGate *self, const char *kind, const char *subject,
                            const char *person, GBytes *bytes, GFile *target,
                            GCancellable *cancellable, GError **error);
GBytes *_imp_gate_read_evidence (GFile *file, GCancellable *cancellable, GError **error);
gboolean _imp_gate_recover (ImpGate *self, GError **error);

G_END_DECLS
