/* A scan to be kept as evidence: chosen from a folder, or dropped here. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define IMP_TYPE_SCAN_ROW (imp_scan_row_get_type ())
G_DECLARE_FINAL_TYPE (ImpScanRow, imp_scan_row, IMP, SCAN_ROW, AdwActionRow)

/* Signal: "changed" when a file was chosen or left out. */
GtkWidget *imp_scan_row_new (void);
GFile *imp_scan_row_get_file (ImpScanRow *self); /* transfer none, nullable */
void imp_scan_row_set_file (ImpScanRow *self, GFile *file);

G_END_DECLS
