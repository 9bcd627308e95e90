/* What a column of a table is called, and what belongs into it.
 *
 * Owns: nothing.  May include: core, the register's types.  Must never: touch the register. */
#pragma once

#include "imp-entry.h"

G_BEGIN_DECLS

const char *imp_field_words_title (const char *name);
char *imp_field_words_place (const char *name);
char *imp_field_words_explain (const ImpField *field);

G_END_DECLS
