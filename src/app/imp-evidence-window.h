/* A scan that is kept as evidence, shown in the program: whole, or at full size. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-attachment.h"

G_BEGIN_DECLS

GtkWindow *imp_evidence_window_open (GtkWidget *parent, ImpGate *gate,
                                     const ImpAttachment *attachment); /* transfer none */

G_END_DECLS
