/* The consent register: find a person, see what may be used for what, record, withdraw. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_REGISTER_PAGE (imp_register_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpRegisterPage, imp_register_page, IMP, REGISTER_PAGE, GtkWidget)

/* Signal: "changed" after anything was recorded or withdrawn (the wizard rehearses again). */
GtkWidget *imp_register_page_new (void);
void imp_register_page_set_gate (ImpRegisterPage *self, ImpGate *gate);     /* nullable: locked */
void imp_register_page_set_source (ImpRegisterPage *self, ImpSource *open); /* nullable: nothing */
gboolean imp_register_page_has_form (ImpRegisterPage *self);
void imp_register_page_choose_entry (ImpRegisterPage *self, guint number);
void imp_register_page_show_person (ImpRegisterPage *self, const char *person_id);
void imp_register_page_drop (ImpRegisterPage *self);
void imp_register_page_take_keyboard (ImpRegisterPage *self);

G_END_DECLS
