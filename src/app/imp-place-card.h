/* One place that the finished picture still shows: what was seen there, and what to do about it.
 *
 * Owns: its words and buttons.  May include: ImpWizardSession, screen.
 * Must never: show what was read before somebody asks for it, or decide whether it may stay. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_PLACE_CARD (imp_place_card_get_type ())
G_DECLARE_FINAL_TYPE (ImpPlaceCard, imp_place_card, IMP, PLACE_CARD, GtkWidget)

/* Signal: "decided": just before the picture is covered there, or the place acknowledged. */
GtkWidget *imp_place_card_new (ImpWizardSession *session, const ImpReason *reason, guint number,
                               guint n_places);

G_END_DECLS
