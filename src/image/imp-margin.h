/* How far a lossy source without a block grid smears what is covered (leaks.md 4a).
 *
 * Owns: the table of margins by codec.  May include: core.  Must never: call a margin a proof. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int imp_margin_of_codec (const char *codec);
gboolean imp_margin_knows_codec (const char *codec);

G_END_DECLS
