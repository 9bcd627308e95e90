/* The policy packs: which is in force, a site's own, and what another would have said. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PACKS_PAGE (imp_packs_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpPacksPage, imp_packs_page, IMP, PACKS_PAGE, AdwPreferencesPage)

/* Signal: "changed" after anything of the register was. */
GtkWidget *imp_packs_page_new (ImpGate *gate);

G_END_DECLS
