/* The warm process: initialised once, it makes one locked-down child for each input. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*ImpZygoteChild) (int input, guint64 size, int session);

int imp_zygote_run (int control, ImpZygoteChild child);

G_END_DECLS
