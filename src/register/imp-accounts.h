/* Who may use the register, as two people signed it.
 *
 * Owns: the tables of users, their roles and records, wrong PINs, and parked cases.
 * May include: store core.  Must never: know the ledger, or keep a PIN. */
#pragma once

#include "imp-parked-case.h"
#include "imp-user-record.h"

G_BEGIN_DECLS

typedef struct _ImpStore ImpStore; /* front ends include the gate's headers, never the store's */

#define IMP_TYPE_ACCOUNTS (imp_accounts_get_type ())
G_DECLARE_FINAL_TYPE (ImpAccounts, imp_accounts, IMP, ACCOUNTS, GObject)

ImpAccounts *imp_accounts_new (ImpStore *store);

/* Everybody, also who was removed, in the order in which they came (ImpUser); checked from the
 * first record on. records: (out, optional): the ImpUserRecord that vouch for them. */
GPtrArray *imp_accounts_load (ImpAccounts *self, GPtrArray **records, GError **error);
gboolean imp_accounts_any (ImpAccounts *self, gboolean *any, GError **error);
const ImpUser *imp_accounts_find (GPtrArray *users, const char *name_or_id); /* active */
char *imp_accounts_get_locked_key (ImpAccounts *self, const char *user_id, GError **error);
gboolean imp_accounts_append (ImpAccounts *self, const ImpUserRecord *record,
                              const char *locked_key, GError **error);
gboolean imp_accounts_set_locked_key (ImpAccounts *self, const char *user_id,
                                      const char *locked_key, GError **error);
gboolean imp_accounts_note (ImpAccounts *self, const char *user_id, const char *kind,
                            GError **error);

/* Back-off. A try is counted before the PIN is looked at, so that ending the program gains
 * nothing. */
gboolean imp_accounts_begin_try (ImpAccounts *self, const char *who, GError **error);
gboolean imp_accounts_clear_tries (ImpAccounts *self, const char *who, GError **error);

/* Cases that wait for a second person (ImpParkedCase). What they say is not trusted: the decision
 * that counts is the signed one in the ledger. */
gboolean imp_accounts_park (ImpAccounts *self, ImpParkedCase *parked, GError **error);
GPtrArray *imp_accounts_list_cases (ImpAccounts *self, const char *state, GError **error);
ImpParkedCase *imp_accounts_get_case (ImpAccounts *self, const char *id, GError **error);
gboolean imp_accounts_close_case (ImpAccounts *self, const char *id, const char *state,
                                  const char *user_id, const char *words, GError **error);

G_END_DECLS
