/* The pill in the header bar: may this picture leave? Icon, words and colour. */
#pragma once

#include <gtk/gtk.h>

#include "imp-wizard.h"

G_BEGIN_DECLS

#define IMP_TYPE_STATUS_PILL (imp_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (ImpStatusPill, imp_status_pill, IMP, STATUS_PILL, GtkWidget)

GtkWidget *imp_status_pill_new (void);
void imp_status_pill_set (ImpStatusPill *self, ImpStatus status, const char *words,
                          const char *text);

G_END_DECLS
