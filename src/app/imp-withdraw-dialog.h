/* Withdrawing, and saying no to everything: always possible, no reason asked. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpWithdrawn:
 * @ids: (array zero-terminated=1): the permissions that were withdrawn, or the one person who says
 *   no or has lifted that
 * @by: (nullable): who said so
 * @channel: (nullable): how it was said
 * @partly: a part still stands, and is to be recorded
 * @is_objection: it is about a person's no
 * @objects: the no is said, not lifted
 *
 * What was written.
 */
typedef struct
{
  GStrv ids;
  char *by;
  char *channel;
  gboolean partly;
  gboolean is_objection;
  gboolean objects;
} ImpWithdrawn;

/* Called once it is written, with the object that the dialog was given. */
typedef void (*ImpWithdrawFunc) (GObject *object, const ImpWithdrawn *withdrawn);

void imp_withdraw_dialog_open (GtkWidget *parent, ImpGate *gate, const ImpPerson *person,
                               GPtrArray *permissions, ImpWithdrawFunc func);
void imp_withdraw_dialog_open_objection (GtkWidget *parent, ImpGate *gate, const ImpPerson *person,
                                         ImpWithdrawFunc func);
void imp_withdraw_dialog_set_gate (GtkWidget *parent, ImpGate *gate); /* nullable: locked */
gboolean imp_withdraw_dialog_is_open (GtkWidget *parent);
void imp_withdraw_dialog_drop (GtkWidget *parent);

G_END_DECLS
