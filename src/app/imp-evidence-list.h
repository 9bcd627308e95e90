/* What proves a permission, kept inside the register: look at it, save a copy, add to it. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_EVIDENCE_LIST (imp_evidence_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpEvidenceList, imp_evidence_list, IMP, EVIDENCE_LIST, GtkWidget)

/* Signal: "changed" after evidence was added. */
GtkWidget *imp_evidence_list_new (void);
void imp_evidence_list_show (ImpEvidenceList *self, ImpGate *gate, const ImpPermission *permission,
                             GPtrArray *evidence, gboolean writable);
void imp_evidence_list_forget (ImpEvidenceList *self);
void imp_evidence_list_hide (ImpEvidenceList *self);
gboolean imp_evidence_list_has_form (ImpEvidenceList *self);
void imp_evidence_list_save_copy (ImpEvidenceList *self, const char *id, GFile *target);

G_END_DECLS
