/* What a permission covers and a refusal speaks against. Private to policy. */
#pragma once

#include "imp-policy.h"

G_BEGIN_DECLS

char *imp_text_folded (const char *text);

G_END_DECLS
