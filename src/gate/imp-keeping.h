/* The register as something to keep: backup and restore.
 *
 * Owns: these verbs of the gate; front ends include this header beside gate.h.
 * Must never: let a file out but through the one door. */
#pragma once

#include "gate.h"
#include "imp-register-keeping.h"
#include "imp-second.h"

G_BEGIN_DECLS

/* FILE, and beside it its side file (“.key”) and the journal of withdrawals (“.withdrawals”). None
 * of them may exist. Blocks: it copies and checks all of the register. */
gboolean imp_gate_backup_sync (ImpGate *self, GFile *target, GCancellable *cancellable,
                               GError **error);
void imp_gate_backup_async (ImpGate *self, GFile *target, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_gate_backup_finish (ImpGate *self, GAsyncResult *result, GError **error);

/* When the last backup left, UTC; NULL in at where none ever did. */
gboolean imp_gate_get_last_backup_sync (ImpGate *self, char **at, GError **error);

/* Puts the backup in the register's place and opens it; what was there is put aside. journal:
 * (nullable) the newest journal of withdrawals, where the register is restored on another computer.
 * imp_gate_get_recovered() says what was applied or suspended. */
ImpGate *imp_gate_restore_sync (const char *backup, ImpGateKey key, const char *secret,
                                const char *register_path, const char *journal, GError **error);
void imp_gate_restore_async (const char *backup, ImpGateKey key, const char *secret,
                             const char *register_path, const char *journal,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
ImpGate *imp_gate_restore_finish (GAsyncResult *result, GError **error);

/* All of the file, the chain of the ledger, and its texts; blocks for as long as that takes. */
gboolean imp_gate_check_sync (ImpGate *self, gint64 *n_rows, GError **error);

/* ---- the clock ---- */

/* newest: (out) NULL where the clock is not behind what the register knows of. */
gboolean imp_gate_check_clock_sync (ImpGate *self, char **now, char **newest, GError **error);
char *imp_gate_describe_clock (const char *now, const char *newest);
/* second: (nullable) where the register has no users. */
/* since: (out) NULL where the clock did not leap ahead, or two people said that it is right. */
gboolean imp_gate_check_leap_sync (ImpGate *self, char **since, char **until, GError **error);
char *imp_gate_describe_leap (const char *since, const char *until);
gboolean imp_gate_accept_clock_sync (ImpGate *self, const ImpSecond *second, guint *n_ended,
                                     GError **error);

/* ---- who gets in ---- */

/* The idle lock: the register's key and that of who is signed in are wiped, and every call answers
 * LOCKED until it is unlocked. FALSE while this thread is in the middle of a change. */
gboolean imp_gate_lock (ImpGate *self);
gboolean imp_gate_is_locked (ImpGate *self);
gboolean imp_gate_unlock_sync (ImpGate *self, ImpGateKey key, const char *secret, GError **error);
void imp_gate_unlock_async (ImpGate *self, ImpGateKey key, const char *secret,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean imp_gate_unlock_finish (ImpGate *self, GAsyncResult *result, GError **error);

/* current: (nullable) what opens it now, where a passphrase does. Blocks for two seconds. */
gboolean imp_gate_change_passphrase_sync (ImpGate *self, const char *current, const char *fresh,
                                          GError **error);
/* Shown once, to be printed; imp_gate_free_recovery_key(). Typed instead of the passphrase, or put
 * in a key file, it opens the register. */
char *imp_gate_make_recovery_key_sync (ImpGate *self, GError **error);
void imp_gate_free_recovery_key (char *text);

/* ---- how a person's record goes ---- */

/* second: (nullable) another keeper or an approver, where the record is kept for a reason of the
 * law, which ends with it. n_copies: (out, optional) pictures that can still be seen, which are
 * being asked back. */
gboolean imp_gate_erase_person_sync (ImpGate *self, const char *person_id, const ImpSecond *second,
                                     guint *n_copies, GError **error);
/* The record is kept although its person asked: for one of imp_register_exemptions(). */
gboolean imp_gate_keep_person_sync (ImpGate *self, const char *person_id, const char *exemption,
                                    GError **error);
GPtrArray *imp_gate_list_due_sync (ImpGate *self, guint limit, GError **error); /* ImpRetention */
gboolean imp_gate_end_exemption_sync (ImpGate *self, const char *person_id, const ImpSecond *second,
                                      GError **error);
/* All of them or none; each must be due and without pictures that can still be seen. */
gboolean imp_gate_purge_sync (ImpGate *self, const char *const *person_ids, const ImpSecond *second,
                              GError **error);
/* The person has agreed again: exports of the number are judged by the rules once more. */
gboolean imp_gate_lift_tombstone_sync (ImpGate *self, const char *number, const ImpSecond *second,
                                       GError **error);
/* A permission that was suspended as the journal of withdrawals was lost. */
gboolean imp_gate_confirm_permission_sync (ImpGate *self, const char *permission_id,
                                           GError **error);

G_END_DECLS
