/* What a row of the ledger is hashed over: pure functions.
 *
 * Owns: the canonical serialisation, the keyed digests, canonical JSON.
 * May include: core.  Must never: touch the store. */
#pragma once

#include <json-glib/json-glib.h>

#include "imp-ledger.h"

G_BEGIN_DECLS

#define IMP_LEDGER_FIRST "0000000000000000000000000000000000000000000000000000000000000000"

char *imp_ledger_chain_hash (const ImpLedgerRow *row);
char *imp_ledger_chain_digest (const guint8 *key, const char *row_id, const char *name,
                               const char *text);
JsonObject *imp_ledger_chain_parse (const char *body, GError **error);
char *imp_ledger_chain_to_text (JsonObject *body);
const char *imp_ledger_chain_get_digest (JsonObject *body, const char *name);

G_END_DECLS
