/* One parked case, with all that is needed to decide it. */
#pragma once

#include <gtk/gtk.h>

#include "imp-user-work.h"

G_BEGIN_DECLS

#define IMP_TYPE_PARKED_VIEW (imp_parked_view_get_type ())
G_DECLARE_FINAL_TYPE (ImpParkedView, imp_parked_view, IMP, PARKED_VIEW, GtkWidget)

/* Signal: "decided" (const char *sentence). */
GtkWidget *imp_parked_view_new (void);
void imp_parked_view_show (ImpParkedView *self, ImpGate *gate, const ImpParkedRoll *roll,
                           const ImpParkedCase *parked);
char *imp_parked_view_name_user (const ImpParkedRoll *roll, const char *id);
const char *imp_parked_view_name_state (const char *state);

G_END_DECLS
