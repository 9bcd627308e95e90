/* The site's own guidance: PDFs that are kept in the register for everybody who works with it. */
#pragma once

#include <adwaita.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_KEEPING_GUIDANCE (imp_keeping_guidance_get_type ())
G_DECLARE_FINAL_TYPE (ImpKeepingGuidance, imp_keeping_guidance, IMP, KEEPING_GUIDANCE,
                      AdwPreferencesGroup)

GtkWidget *imp_keeping_guidance_new (ImpGate *gate);

G_END_DECLS
