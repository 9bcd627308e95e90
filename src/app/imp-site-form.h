/* The site's own choices: which policy pack, and which local policy stands behind it. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_SITE_FORM (imp_site_form_get_type ())
G_DECLARE_FINAL_TYPE (ImpSiteForm, imp_site_form, IMP, SITE_FORM, GtkWidget)

GtkWidget *imp_site_form_new (void);
void imp_site_form_show (ImpSiteForm *self, const char *pack_id, const char *reference);
char *imp_site_form_get_reference (ImpSiteForm *self);

void imp_site_form_load_async (ImpGate *gate, GAsyncReadyCallback callback, gpointer user_data);
char *imp_site_form_load_finish (GAsyncResult *result, GError **error);
void imp_site_form_save_async (ImpSiteForm *self, ImpGate *gate, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean imp_site_form_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
