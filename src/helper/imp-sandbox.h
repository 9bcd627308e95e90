/* The lock that a child of a helper puts on itself before it reads the first byte of input.
 *
 * Owns: limits and the list of allowed system calls.  May include: GLib.
 * Must never: be loosened for one helper. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SANDBOX_OUTPUT (G_GUINT64_CONSTANT (2) << 30) /* bytes of one memfd */

gboolean imp_sandbox_enter (guint64 memory, guint cpu);

G_END_DECLS
