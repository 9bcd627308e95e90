/* What a file name must not say. Private to the gate. */
#pragma once

#include "imp-person.h"

G_BEGIN_DECLS

gboolean imp_name_tells (const char *name, const char *source_name, GPtrArray *people);

G_END_DECLS
