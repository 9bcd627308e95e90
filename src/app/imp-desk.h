/* The Desk: one picture, a page of its file at a time, from opening to its export.
 *
 * Owns: the way in (dialog, drop, paste), the designed pages, the workbench.
 * May include: decode, image, redact and the widgets of this folder.
 * Must never: lose boxes or answers unasked, or leave a trace of what was opened. */
#pragma once

#include <adwaita.h>

#include "imp-curation.h"
#include "imp-picture.h"
#include "imp-workbench.h"

G_BEGIN_DECLS

#define IMP_TYPE_DESK (imp_desk_get_type ())
G_DECLARE_FINAL_TYPE (ImpDesk, imp_desk, IMP, DESK, GtkWidget)

/* Signal: "notice" (const char *sentence) for a toast.
 * Property: has-picture (boolean): the workbench is shown, with a picture on it. */
GtkWidget *imp_desk_new (void);
void imp_desk_open_file (ImpDesk *self, GFile *file);
void imp_desk_work_on (ImpDesk *self, ImpCuration *curation, guint index);
void imp_desk_set_gate (ImpDesk *self, ImpGate *gate); /* nullable: no session is shown */
void imp_desk_choose_file (ImpDesk *self);
void imp_desk_paste (ImpDesk *self);
ImpPicture *imp_desk_get_picture (ImpDesk *self);     /* transfer none, nullable */
ImpWorkbench *imp_desk_get_workbench (ImpDesk *self); /* transfer none */
gboolean imp_desk_has_work (ImpDesk *self); /* boxes, a crop or answers that closing would lose */
void imp_desk_confirm_loss (ImpDesk *self, const char *heading, const char *lose_label,
                            GAsyncReadyCallback callback, gpointer user_data);
void imp_desk_confirm_page (ImpDesk *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_desk_confirm_loss_finish (ImpDesk *self, GAsyncResult *result);

G_END_DECLS
