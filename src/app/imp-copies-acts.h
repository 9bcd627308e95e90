/* What can be done about one picture that left: each asks what it must know, and has the gate
 * record it. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-copy.h"

G_BEGIN_DECLS

/* said: what to tell; error: (nullable): why it was not done. Not called when it is cancelled. */
typedef void (*ImpCopiesActFunc) (const char *said, const GError *error, gpointer object);

/* action: "copies.place" "copies.chase" "copies.removed" "copies.cannot" "copies.drop"
 * "copies.letter" "copies.receipt" "copies.case-file" */
void imp_copies_acts_start (GtkWidget *parent, ImpGate *gate, const ImpCopy *copy,
                            const char *action, ImpCopiesActFunc func, gpointer object);

G_END_DECLS
