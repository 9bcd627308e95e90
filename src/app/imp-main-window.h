/* The main window: header bar, the places, the status pill, the gate once it is unlocked.
 *
 * Owns: which place is shown, whether another picture may take the desk.
 * May include: gate and the widgets of this folder.  Must never: title itself after a file. */
#pragma once

#include <adwaita.h>

#include "imp-application.h"
#include "imp-desk.h"

G_BEGIN_DECLS

#define IMP_TYPE_MAIN_WINDOW (imp_main_window_get_type ())
G_DECLARE_FINAL_TYPE (ImpMainWindow, imp_main_window, IMP, MAIN_WINDOW, AdwApplicationWindow)

GtkWidget *imp_main_window_new (ImpApplication *application); /* nullable */
void imp_main_window_open (ImpMainWindow *self, GFile *file);
ImpDesk *imp_main_window_get_desk (ImpMainWindow *self); /* transfer none */
ImpGate *imp_main_window_get_gate (ImpMainWindow *self); /* transfer none, nullable: locked */

G_END_DECLS
