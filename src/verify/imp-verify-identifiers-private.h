/* The search for identifiers of the source in the bytes of a finished file, and in its name. */
#pragma once

#include "imp-verify-private.h"

G_BEGIN_DECLS

void imp_verify_identifiers (GPtrArray *findings, const guint8 *data, const GArray *plain,
                             const char *const *identifiers, const char *file_name);

G_END_DECLS
