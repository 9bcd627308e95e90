/* What a second person decided about exactly one release, signed. Private to the gate.
 *
 * Owns: the text that is signed, and which decision of the ledger counts.
 * May include: register ledger store core.  Must never: take a decision from anywhere else. */
#pragma once

#include "gate-accounts-private.h"

G_BEGIN_DECLS

/**
 * ImpApproval:
 * @digest: of the release
 * @approve: yes or no
 * @lift: also lifts what the file itself says (row 2)
 * @approver: the approver's id
 * @authority: (nullable): of the approver, as now
 * @key: the approver's public key
 * @asker: (nullable): who had asked
 * @person: (nullable): whose picture it is: their erasure takes the words along; not signed
 * @case_id: (nullable): the parked case
 * @at: UTC
 * @words: (nullable): a keyed digest of what was said
 * @signature: over all of that
 * @row_id: (nullable): the ledger's row
 */
struct _ImpApproval
{
  char *digest;
  gboolean approve;
  gboolean lift;
  char *approver;
  char *authority;
  char *key;
  char *asker;
  char *person;
  char *case_id;
  char *at;
  char *words;
  char *signature;
  char *row_id;
};

ImpApproval *imp_approval_new (const char *digest, gboolean approve, gboolean lift);
void imp_approval_free (ImpApproval *approval);
gboolean imp_approval_find (ImpGate *gate, const char *digest, ImpApproval **approval,
                            GError **error);
gboolean imp_approval_sign (ImpApproval *approval, ImpGate *gate, const ImpUser *approver,
                            const ImpSigner *signer, const char *words, GError **error);
ImpCase *imp_approval_suppose (ImpApproval *approval, ImpGate *gate, ImpRequest *request,
                               GPtrArray **reasons, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpApproval, imp_approval_free)

G_END_DECLS
