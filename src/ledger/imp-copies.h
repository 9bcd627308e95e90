/* Live copies: what of the ledger's exports is out there, where, and what is asked back.
 *
 * Owns: the tables copy and takedown, and the texts that belong to them.
 * May include: store, core.  Must never: decide whether a picture may leave, or decode one. */
#pragma once

#include "imp-copy.h"
#include "imp-ledger.h"

G_BEGIN_DECLS

/* The text of an intent by which its picture is known again, in Base64. */
#define IMP_COPIES_IMAGE_HASH "image-hash"

typedef void (*ImpCopiesHashFunc) (const char *export_id, const char *hash, gpointer user_data);

GPtrArray *imp_copies_list (ImpLedger *ledger, const ImpCopyFilter *filter, GError **error);
ImpCopy *imp_copies_get (ImpLedger *ledger, const char *export_id, GError **error);
gboolean imp_copies_count_out (ImpLedger *ledger, const char *person_id, gint64 *n_out,
                               GError **error);
gboolean imp_copies_scan_hashes (ImpLedger *ledger, ImpCopiesHashFunc func, gpointer user_data,
                                 GError **error);

gboolean imp_copies_set_place (ImpLedger *ledger, const char *export_id, const char *name,
                               const char *const *urls, const char *const *dois, gboolean replace,
                               GError **error);
gboolean imp_copies_chase (ImpLedger *ledger, const char *export_id, const char *day,
                           const char *how, GError **error);
gboolean imp_copies_settle (ImpLedger *ledger, const char *export_id, ImpCopyState state,
                            const char *note, GError **error);
gboolean imp_copies_erase_person (ImpLedger *ledger, const char *person_id, GError **error);

G_END_DECLS
