/* Plain words for what users may do, and for what goes wrong when they sign in. */
#pragma once

#include "imp-user.h"

G_BEGIN_DECLS

const char *imp_role_words_name (guint role);
const char *imp_role_words_explain (guint role);
const char *imp_role_words_authority (const char *authority);
char *imp_role_words_describe (const ImpUser *user);

G_END_DECLS
