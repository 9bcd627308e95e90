/* A person's signing key, which their PIN unlocks.
 *
 * Owns: Ed25519 key pairs in locked memory, their locked form, signatures in hexadecimal.
 * May include: core.  Must never: keep a PIN, or hold an unlocked key anywhere else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SIGNER_PIN_MIN 6 /* characters */

typedef struct _ImpSigner ImpSigner;

ImpSigner *imp_signer_new_random (void);
ImpSigner *imp_signer_copy (const ImpSigner *signer);
void imp_signer_free (ImpSigner *signer);

const char *imp_signer_get_key (const ImpSigner *signer); /* the public one: 64 hex characters */
char *imp_signer_sign (const ImpSigner *signer, const char *text);
gboolean imp_signer_verify (const char *key, const char *text, const char *signature);

gboolean imp_signer_check_pin (const char *pin, GError **error);
char *imp_signer_lock (const ImpSigner *signer, const char *pin, const char *owner, GError **error);
ImpSigner *imp_signer_unlock (const char *locked, const char *pin, const char *owner,
                              GError **error);

char *imp_signer_keep_words (const char *words);
void imp_signer_free_words (char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSigner, imp_signer_free)

G_END_DECLS
