/* What the parts of the ledger share. */
#pragma once

#include "imp-ledger.h"

G_BEGIN_DECLS

#define LEDGER_COLUMNS "seq, id, export_id, at, kind, body, previous, hash"

struct _ImpLedger
{
  GObject parent_instance;

  ImpStore *store; /* owned */
};

ImpLedgerRow *imp_ledger_row_from_row (ImpRow *row);
gboolean imp_ledger_text_fits (ImpLedger *self, const char *row_id, const char *key,
                               const char *text, const char *body_json);

G_END_DECLS
