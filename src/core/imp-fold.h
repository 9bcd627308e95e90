/* Names of works, platforms, studies and areas: which of them are one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *imp_fold_name (const char *name);
gboolean imp_fold_is_same (const char *a, const char *b);

G_END_DECLS
