/* A key that is printed and typed in again: 52 characters and a checksum of 4.
 *
 * Owns: that way of writing it.
 * May include: core.  Must never: keep it. */
#pragma once

#include "imp-secret.h"

G_BEGIN_DECLS

char *imp_recovery_to_text (const ImpSecret *key);
ImpSecret *imp_recovery_from_text (const char *text);

G_END_DECLS
