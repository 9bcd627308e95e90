/* The warm decoder process, one for the whole program.
 *
 * Owns: finding, starting and restarting it.  May include: core.
 * Must never: hand it more than a file's bytes and a socket. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void imp_helper_start (void);
int imp_helper_fork (gboolean full, int input, guint64 size, int session, GError **error);

G_END_DECLS
