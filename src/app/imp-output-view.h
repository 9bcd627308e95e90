/* What leaves, and what stays behind: the true output, and the file's gifts by kind. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_OUTPUT_VIEW (imp_output_view_get_type ())
G_DECLARE_FINAL_TYPE (ImpOutputView, imp_output_view, IMP, OUTPUT_VIEW, GtkWidget)

GtkWidget *imp_output_view_new (void);
void imp_output_view_refresh (ImpOutputView *self, ImpWizardSession *session);

G_END_DECLS
