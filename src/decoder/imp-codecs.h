/* Which decoders a helper has: the quick one leaves out those that take long to load.
 *
 * Owns: the one switch between both programs.  May include: core.  Must never: look at a file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean imp_codecs_are_all_here (void);

G_END_DECLS
