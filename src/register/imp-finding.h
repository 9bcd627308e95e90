/* Finding people: by any number, by date of birth, by name however it is spelt.
 *
 * Owns: the index of names (name_word, name_piece, person_word), which triggers fill.
 * May include: store, core.  Must never: read more of the register than a look-up shows. */
#pragma once

#include "imp-found.h"
#include "imp-register.h"

G_BEGIN_DECLS

GPtrArray *imp_register_find (ImpRegister *self, const char *text, guint limit, GError **error);

G_END_DECLS
