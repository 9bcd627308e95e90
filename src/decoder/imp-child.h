/* The life of one locked-down child: one file, its facts, its frames. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

G_NORETURN void imp_child_run (int input, guint64 length, int session);

G_END_DECLS
