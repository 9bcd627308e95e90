/* What has to be in the journal of withdrawals before a transaction is over.
 *
 * Owns: the order of the two (journal first), and what is done where register and journal differ.
 * May include: core.  Must never: know what an entry means: journal_due, journal_replay and
 * journal_loss of the schema do. */
#pragma once

#include <sqlite3.h>

#include "imp-secret.h"

G_BEGIN_DECLS

typedef struct _ImpOutbox ImpOutbox;

ImpOutbox *imp_outbox_new (const char *register_path, const ImpSecret *secret);
void imp_outbox_free (ImpOutbox *self);

gboolean imp_outbox_settle (ImpOutbox *self, sqlite3 *database, GError **error);
gboolean imp_outbox_flush (ImpOutbox *self, sqlite3 *database, GError **error);
void imp_outbox_end (ImpOutbox *self, sqlite3 *database, gboolean done);
const char *imp_outbox_get_note (const ImpOutbox *self);
gint64 imp_outbox_get_n_suspended (const ImpOutbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpOutbox, imp_outbox_free)

G_END_DECLS
