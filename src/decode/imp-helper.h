/* The warm decoder processes, the quick one and the full one.
 *
 * Owns: which of them is asked.  May include: core, helper.
 * Must never: hand them more than a file's bytes and a socket. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void imp_helper_start (void);
int imp_helper_fork (gboolean full, int input, guint64 size, int session, GError **error);

G_END_DECLS
