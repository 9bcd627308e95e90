/* A register as big as a large department's, made of people who do not exist: the same every time.
 */
#pragma once

#include "imp-store.h"

G_BEGIN_DECLS

gboolean made_register_fill (ImpStore *store, guint n_people, GError **error);
gboolean made_register_park (ImpStore *store, guint n_cases, GError **error);

G_END_DECLS
