/* What a file says of consent, held against a use. */
#pragma once

#include "imp-facts.h"

G_BEGIN_DECLS

gboolean imp_file_consent_reaches (const ImpFacts *facts, const char *destination);
gboolean imp_file_consent_refuses (const ImpFacts *facts);

G_END_DECLS
