/* The journal of withdrawals: every "no" that the register took, outside the register's file.
 *
 * Owns: `<register>.withdrawals` (0600): records of one length, each encrypted and authenticated on
 * its own and bound to its place.
 * May include: core.  Must never: hold anything of a person but random ids and keyed digests. */
#pragma once

#include "imp-secret.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;     /* of the register's row; not in the file */
  char *at;      /* UTC */
  char *kind;    /* a word */
  char *subject; /* a random id */
  char *detail;  /* random ids and words; may be empty */
  char *digests; /* keyed digests, one space between; may be empty */
} ImpJournalEntry;

void imp_journal_entry_free (ImpJournalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpJournalEntry, imp_journal_entry_free)

typedef struct _ImpJournal ImpJournal;

char *imp_journal_path (const char *register_path);
ImpJournal *imp_journal_create (const char *path, const ImpSecret *secret, GError **error);
ImpJournal *imp_journal_open (const char *path, const ImpSecret *secret, GError **error);
void imp_journal_free (ImpJournal *self);

const char *imp_journal_get_id (const ImpJournal *self);
gint64 imp_journal_get_length (const ImpJournal *self);
ImpJournalEntry *imp_journal_read (ImpJournal *self, gint64 seq, GError **error);
gboolean imp_journal_append (ImpJournal *self, GPtrArray *entries, GError **error);
gboolean imp_journal_cut (ImpJournal *self, gint64 length);
gboolean imp_journal_use (ImpJournal *self, gboolean alone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpJournal, imp_journal_free)

G_END_DECLS
