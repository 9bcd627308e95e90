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

/**
 * ImpCopyHash: by what the picture of one copy is known again
 */
typedef struct
{
  char *export_id;
  char *hash;
} ImpCopyHash;

void imp_copy_hash_free (ImpCopyHash *hash);

GPtrArray *imp_copies_list (ImpLedger *ledger, const ImpCopyFilter *filter, GError **error);
ImpCopy *imp_copies_get (ImpLedger *ledger, const char *export_id, GError **error);
gboolean imp_copies_count (ImpLedger *ledger, gint64 *n_copies, GError **error);
GPtrArray *imp_copies_list_hashes (ImpLedger *ledger, gint64 *after, guint limit, GError **error);

gboolean imp_copies_set_place (ImpLedger *ledger, const char *export_id, const char *name,
                               const char *const *urls, const char *const *dois, gboolean replace,
                               GError **error);
gboolean imp_copies_chase (ImpLedger *ledger, const char *export_id, const char *day,
                           const char *how, GError **error);
gboolean imp_copies_settle (ImpLedger *ledger, const char *export_id, ImpCopyState state,
                            const char *note, GError **error);
gboolean imp_copies_drop_task (ImpLedger *ledger, const char *export_id, const char *note,
                               GError **error);

G_END_DECLS
