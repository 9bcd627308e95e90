/* The lock that a child of the helper puts on itself before it reads the first byte of input.
 *
 * Owns: limits and the list of allowed system calls.  May include: GLib.
 * Must never: be loosened for one format. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SANDBOX_MEMORY (G_GUINT64_CONSTANT (3) << 30) /* bytes, besides twice the input */
#define IMP_SANDBOX_OUTPUT (G_GUINT64_CONSTANT (2) << 30) /* bytes of one memfd */
#define IMP_SANDBOX_CPU 120                               /* seconds, of one file with its frames */

gboolean imp_sandbox_enter (guint64 input_size);

G_END_DECLS
