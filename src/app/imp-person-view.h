/* One person of the register: what may be used for what, and what to do about it. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_PERSON_VIEW (imp_person_view_get_type ())
G_DECLARE_FINAL_TYPE (ImpPersonView, imp_person_view, IMP, PERSON_VIEW, GtkWidget)

/* Signals: "changed" after anything was recorded or withdrawn; "show-copies" with the person's id,
 * to see what of theirs is out there. */
GtkWidget *imp_person_view_new (void);
void imp_person_view_set_gate (ImpPersonView *self, ImpGate *gate); /* nullable: locked */
void imp_person_view_drop (ImpPersonView *self);
void imp_person_view_show (ImpPersonView *self, const char *person_id);
void imp_person_view_withdraw (ImpPersonView *self, const char *person_id);
void imp_person_view_leave (ImpPersonView *self);
void imp_person_view_refresh (ImpPersonView *self);
void imp_person_view_add (ImpPersonView *self, const char *number);
const char *imp_person_view_get_person_id (ImpPersonView *self);
gboolean imp_person_view_has_form (ImpPersonView *self);
gboolean imp_person_view_has_words (ImpPersonView *self);

G_END_DECLS
