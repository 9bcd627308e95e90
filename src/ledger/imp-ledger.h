/* The record of decisions and exports: append-only and hash-chained.
 *
 * Owns: the ledger table, its chain, the erasable side table (free text, paths).
 * May include: store, core.  Must never: include register; store a raw identifier in a row. */
#pragma once

#include "imp-store.h"

G_BEGIN_DECLS

#define IMP_TYPE_LEDGER (imp_ledger_get_type ())
G_DECLARE_FINAL_TYPE (ImpLedger, imp_ledger, IMP, LEDGER, GObject)

typedef struct
{
  gint64 seq;
  char *id; /* random; intent and done rows of one export share `export_id` */
  char *export_id;
  char *at;       /* UTC */
  char *kind;     /* "intent" "done" "failed" "refused" "approval" "record" "recovered" "abandoned"
                     "user" "second" */
  char *body;     /* canonical JSON of plain facts, chained */
  char *previous; /* hash of the row before, 64 zeros for the first */
  char *hash;     /* SHA-256 over the canonical serialisation of all above */
} ImpLedgerRow;

void imp_ledger_row_free (ImpLedgerRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpLedgerRow, imp_ledger_row_free)

ImpLedger *imp_ledger_new (ImpStore *store);
/* Joins the caller's transaction if one is open on the store, else makes its own. texts: (nullable)
 * a{ss} of free text (reasons, target path, source name): kept in the erasable side table; the body
 * gets a keyed digest of each under "digests". Returns the new row. */
ImpLedgerRow *imp_ledger_append (ImpLedger *self, const char *kind, const char *export_id,
                                 const char *body_json, GVariant *texts, GError **error);
char *imp_ledger_get_head (ImpLedger *self, GError **error); /* hash of the last row */
/* Walks the chain. Broken: FALSE with REGISTER_DAMAGED naming the first broken row. head:
 * (nullable) a hash copied elsewhere (receipt): must be in the chain, else the ledger was cut or
 * rebuilt. */
gboolean imp_ledger_verify (ImpLedger *self, const char *head, gint64 *n_rows, GError **error);
/* Whether a row of this kind with this export_id exists (an approval's export_id is its digest). */
gboolean imp_ledger_has (ImpLedger *self, const char *kind, const char *export_id, gboolean *found,
                         GError **error);
/* Every row of this kind with this export_id, oldest first. */
GPtrArray *imp_ledger_list_of (ImpLedger *self, const char *kind, const char *export_id,
                               GError **error);
GPtrArray *imp_ledger_list (ImpLedger *self, guint limit, GError **error); /* newest first */
/* Intents of exports that were made, oldest first. */
GPtrArray *imp_ledger_list_exports (ImpLedger *self, gint64 after, guint limit, GError **error);
/* Intents without done, failed, recovered or abandoned, with their side texts. */
GPtrArray *imp_ledger_list_open_intents (ImpLedger *self, GError **error);
char *imp_ledger_get_text (ImpLedger *self, const char *row_id, const char *key,
                           GError **error); /* nullable */
GVariant *imp_ledger_list_texts (ImpLedger *self, const char *row_id, GError **error); /* a{ss} */
GPtrArray *imp_ledger_list_export (ImpLedger *self, const char *export_id, GError **error);
ImpLedgerRow *imp_ledger_get_last_record (ImpLedger *self, const char *record,
                                          GError **error); /* nullable */
GPtrArray *imp_ledger_list_about (ImpLedger *self, const char *person_id, GError **error);
gboolean imp_ledger_erase_texts (ImpLedger *self, const char *row_id, GError **error);

G_END_DECLS
