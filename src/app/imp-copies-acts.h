/* What can be done about one picture that left: each asks what it must know, and has the gate
 * record it. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-copy.h"

G_BEGIN_DECLS

/* said: what to tell; error: (nullable): why it was not done. Not called when it is cancelled. */
typedef void (*ImpCopiesActFunc) (const char *said, const GError *error, gpointer object);

/* What a dialog asked when the register was locked over it, and what stood in it. */
typedef struct
{
  ImpCopy *copy;
  char *action;
  GStrv texts;
} ImpCopiesLeft;

/* action: "copies.place" "copies.chase" "copies.removed" "copies.cannot" "copies.drop"
 * "copies.letter" "copies.receipt" "copies.case-file" */
void imp_copies_acts_start (GtkWidget *parent, ImpGate *gate, const ImpCopy *copy,
                            const char *action, ImpCopiesActFunc func, gpointer object);
gboolean imp_copies_acts_is_open (GtkWidget *parent);
ImpCopiesLeft *imp_copies_acts_leave (GtkWidget *parent); /* transfer full, nullable */
void imp_copies_acts_go_on (GtkWidget *parent, ImpGate *gate, const ImpCopiesLeft *left,
                            ImpCopiesActFunc func, gpointer object);
void imp_copies_left_free (ImpCopiesLeft *left);

G_END_DECLS
