/* Releases that wait for a second person: a list, and the case that is chosen, to be decided. */
#pragma once

#include <gtk/gtk.h>

#include "gate-accounts.h"
#include "imp-source.h"

G_BEGIN_DECLS

#define IMP_TYPE_PARKED_LIST (imp_parked_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpParkedList, imp_parked_list, IMP, PARKED_LIST, GtkWidget)

/* Signal: "decided" after a case was decided or taken back. */
GtkWidget *imp_parked_list_new (void);
void imp_parked_list_set_gate (ImpParkedList *self, ImpGate *gate);     /* nullable: locked */
void imp_parked_list_set_source (ImpParkedList *self, ImpSource *open); /* nullable: nothing */
gboolean imp_parked_list_focus (ImpParkedList *self);

G_END_DECLS
