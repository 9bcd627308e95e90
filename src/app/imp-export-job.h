/* The export itself: choose a file, approve where that is asked, release through the gate. */
#pragma once

#include "imp-wizard-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_EXPORT_JOB (imp_export_job_get_type ())
G_DECLARE_FINAL_TYPE (ImpExportJob, imp_export_job, IMP, EXPORT_JOB, GObject)

/* Signals: "changed" (busy, error or reasons); "approved"; "released" when there is a receipt. */
ImpExportJob *imp_export_job_new (ImpWizardSession *session);
void imp_export_job_choose (ImpExportJob *self, GtkWidget *parent, gboolean approve);
void imp_export_job_release (ImpExportJob *self, GFile *target, gboolean approve);
void imp_export_job_approve (ImpExportJob *self);
void imp_export_job_cancel (ImpExportJob *self);
void imp_export_job_reset (ImpExportJob *self);
gboolean imp_export_job_is_busy (ImpExportJob *self);
const GError *imp_export_job_get_error (ImpExportJob *self);
GPtrArray *imp_export_job_get_reasons (ImpExportJob *self);
const ImpReceipt *imp_export_job_get_receipt (ImpExportJob *self);
GFile *imp_export_job_get_target (ImpExportJob *self);

G_END_DECLS
