/* The warm process: initialised once, it makes one locked-down child for each file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int imp_zygote_run (int control);

G_END_DECLS
