/* The life of one locked-down child: one picture, what was seen in it, the end. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_SCREENING_MEMORY (G_GUINT64_CONSTANT (640) << 20) /* bytes, besides the input */
#define IMP_SCREENING_CPU 600                                 /* seconds, of one picture */

void imp_screening_run (int input, guint64 size, int session);

G_END_DECLS
