/* The one encrypted database file: opening, key, transactions, migrations.
 *
 * Owns: the SQLCipher connection and its key. Thread safe: calls and transactions are serialised.
 * May include: core.  Must never: know what a person or a permission is. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IMP_TYPE_STORE (imp_store_get_type ())
G_DECLARE_FINAL_TYPE (ImpStore, imp_store, IMP, STORE, GObject)

typedef enum
{
  IMP_KEY_KEYRING,    /* the Secret Service holds the random data key */
  IMP_KEY_PASSPHRASE, /* Argon2id over the passphrase unwraps it (side file, 0600) */
  IMP_KEY_FILE,       /* 64 hex characters or 32 bytes: the key; other text: a passphrase.
                         Refused (LOCKED) when group or others may read it. */
} ImpKeyKind;

typedef struct
{
  ImpKeyKind kind;
  const char *passphrase; /* PASSPHRASE */
  const char *key_file;   /* FILE */
} ImpKey;

/* How a register at path is locked, read without opening it: to know what to ask the user. */
typedef enum
{
  IMP_STORE_ABSENT,
  IMP_STORE_BY_KEYRING,
  IMP_STORE_BY_PASSPHRASE,
  IMP_STORE_BY_FILE
} ImpStoreLock;
ImpStoreLock imp_store_probe (const char *path);
gboolean imp_store_keyring_is_available (GCancellable *cancellable); /* never hangs: bounded wait */

ImpStore *imp_store_create (const char *path, const ImpKey *key, GError **error);
gboolean imp_store_keep_in_keyring (ImpStore *self, GError **error);
ImpStore *imp_store_open (const char *path, const ImpKey *key, GError **error);
const char *imp_store_get_path (ImpStore *self);
const char *
imp_store_get_read_only_reason (ImpStore *self); /* nullable: newer schema, failed migration… */
gboolean imp_store_is_encrypted (ImpStore *self);
const guint8 *
imp_store_get_digest_key (ImpStore *self); /* 32 bytes, for keyed digests; locked memory */
char *imp_store_make_digest (ImpStore *self, const char *form,
                             const char *text); /* keyed: 64 hex characters */

/* Who is signed in: what imp_actor() gives in SQL, so that history and ledger name the user. */
void imp_store_set_actor (ImpStore *self, const char *user_id); /* nullable: nobody */
char *imp_store_get_actor (ImpStore *self);                     /* transfer full, nullable */

char *imp_store_digest_number (ImpStore *self, const char *folded); /* of tombstones */
/* Nullable: what was done where the register and its journal of withdrawals did not agree. */
const char *imp_store_get_journal_note (ImpStore *self, gint64 *n_suspended);
/* The idle lock: the key is wiped, and every call answers LOCKED until it is unlocked. */
gboolean imp_store_lock (ImpStore *self);
gboolean imp_store_unlock (ImpStore *self, const ImpKey *key, GError **error);
gboolean imp_store_is_locked (ImpStore *self);

/* What opens it. current: (nullable) the passphrase, where one opens it now. */
gboolean imp_store_change_passphrase (ImpStore *self, const char *current, const char *fresh,
                                      GError **error);
char *imp_store_make_recovery_key (ImpStore *self, GError **error); /* imp_store_free_text() */
void imp_store_free_text (char *text);

/* All of the file, however long that takes. */
gboolean imp_store_check (ImpStore *self, GError **error);

/* Transactions are BEGIN IMMEDIATE and hold the store's lock; they do not nest. */
gboolean imp_store_begin (ImpStore *self, GError **error);
gboolean imp_store_commit (ImpStore *self, GError **error);
void imp_store_rollback (ImpStore *self);
gboolean imp_store_is_in_transaction (ImpStore *self); /* of the calling thread: to join it */

/* A statement: parameters are given as a GVariant tuple; each member is s, x, b (as 0/1), d, ay or
 * ms/mx/may (a nothing is NULL). Rows come back through the callback as column accessors. */
typedef struct _ImpRow ImpRow;
const char *imp_row_text (ImpRow *row, int column); /* nullable, valid during the callback */
gint64 imp_row_integer (ImpRow *row, int column);
gboolean imp_row_is_null (ImpRow *row, int column);
GBytes *imp_row_blob (ImpRow *row, int column); /* transfer full, nullable */
typedef void (*ImpRowFunc) (ImpRow *row, gpointer user_data);

gboolean imp_store_run (ImpStore *self, GError **error, const char *sql, GVariant *parameters,
                        gint64 *changes); /* parameters: nullable, floating is consumed */
gboolean imp_store_query (ImpStore *self, GError **error, const char *sql, GVariant *parameters,
                          ImpRowFunc func, gpointer user_data);

G_END_DECLS
