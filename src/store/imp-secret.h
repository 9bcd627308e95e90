/* A key of 32 bytes in memory that is locked, guarded and wiped.
 *
 * Owns: the bytes of the register's data key while the program runs.
 * May include: core.  Must never: leave its memory, but into the cipher. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SECRET_LENGTH 32

typedef struct _ImpSecret ImpSecret;

gpointer imp_secret_allocate (gsize length);
ImpSecret *imp_secret_new_random (void);
ImpSecret *imp_secret_new_from_bytes (const guint8 *bytes);
ImpSecret *imp_secret_new_from_hex (const char *hex);
void imp_secret_free (ImpSecret *secret);

const guint8 *imp_secret_get_bytes (const ImpSecret *secret);
char *imp_secret_to_text (const ImpSecret *secret, const char *before, const char *after);
void imp_secret_free_text (char *text);
guint8 *imp_secret_derive_digest_key (const ImpSecret *secret);
void imp_secret_wipe_digest_key (guint8 *digest_key);
void imp_secret_copy_digest_key (guint8 *digest_key, const guint8 *from);
void imp_secret_free_digest_key (guint8 *digest_key);
char *imp_secret_digest_number (const guint8 *digest_key, const char *folded);
char *imp_secret_make_check (const ImpSecret *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSecret, imp_secret_free)

G_END_DECLS
