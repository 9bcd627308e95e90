/* Tables and FHIR: what comes in, after a look at all of it, and what goes out. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_IMPORT_PAGE (imp_import_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpImportPage, imp_import_page, IMP, IMPORT_PAGE, AdwPreferencesPage)

/* Signal: "changed" after anything of the register was. */
GtkWidget *imp_import_page_new (ImpGate *gate);

G_END_DECLS
