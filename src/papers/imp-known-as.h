/* Other numbers and other names of a person, as one cell of a table has them. */
#pragma once

#include "imp-alias.h"
#include "imp-identifier.h"

G_BEGIN_DECLS

char *imp_known_as_numbers_to_text (GPtrArray *numbers);
char *imp_known_as_names_to_text (GPtrArray *names);
GPtrArray *imp_known_as_numbers_from_text (const char *text);
GPtrArray *imp_known_as_names_from_text (const char *text);

G_END_DECLS
