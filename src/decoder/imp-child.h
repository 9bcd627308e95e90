/* The life of one locked-down child: one file, its facts, its frames. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_CHILD_MEMORY (G_GUINT64_CONSTANT (3) << 30) /* bytes, besides twice the input */
#define IMP_CHILD_CPU 120                               /* seconds, of one file with its frames */

G_NORETURN void imp_child_run (int input, guint64 length, int session);

G_END_DECLS
