/* What there is to know before a picture leaves, on one page. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

void imp_help_window_show (GtkWindow *parent, ImpGate *gate); /* nullable: locked */

G_END_DECLS
