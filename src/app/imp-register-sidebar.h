/* What can be looked through in the register: everybody, the saved views with how much is in each,
 * and the ledger. */
#pragma once

#include <gtk/gtk.h>

#include "imp-views.h"

G_BEGIN_DECLS

/**
 * ImpSidebarKind:
 * @IMP_SIDEBAR_PEOPLE: everybody, or whoever is searched for
 * @IMP_SIDEBAR_VIEW: a saved view
 * @IMP_SIDEBAR_LEDGER: whether the chain of the ledger holds
 */
typedef enum
{
  IMP_SIDEBAR_PEOPLE,
  IMP_SIDEBAR_VIEW,
  IMP_SIDEBAR_LEDGER,
} ImpSidebarKind;

#define IMP_TYPE_REGISTER_SIDEBAR (imp_register_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (ImpRegisterSidebar, imp_register_sidebar, IMP, REGISTER_SIDEBAR, GtkWidget)

/* Signals: "chosen" when another entry was chosen; "entered" when Return goes on to what it has. */
void imp_register_sidebar_set_gate (ImpRegisterSidebar *self, ImpGate *gate); /* nullable */
void imp_register_sidebar_count (ImpRegisterSidebar *self);
void imp_register_sidebar_choose (ImpRegisterSidebar *self, guint number);
void imp_register_sidebar_focus (ImpRegisterSidebar *self);
ImpSidebarKind imp_register_sidebar_get_kind (ImpRegisterSidebar *self, ImpSavedView *view);
const char *imp_register_sidebar_get_title (ImpRegisterSidebar *self);

G_END_DECLS
