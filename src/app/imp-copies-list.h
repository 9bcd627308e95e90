/* What left, and what became of it: where it went, who was asked to take it down, and papers. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpCopiesKind:
 * @IMP_COPIES_OF_PERSON: what was published of one person, newest first
 * @IMP_COPIES_TO_TAKE_DOWN: of everybody, what is withdrawn and still out there, longest
 *   untouched first
 * @IMP_COPIES_WITHOUT_PLACE: of everybody, those of which nobody has said where they went
 */
typedef enum
{
  IMP_COPIES_OF_PERSON,
  IMP_COPIES_TO_TAKE_DOWN,
  IMP_COPIES_WITHOUT_PLACE,
} ImpCopiesKind;

#define IMP_TYPE_COPIES_LIST (imp_copies_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpCopiesList, imp_copies_list, IMP, COPIES_LIST, GtkWidget)

/* Signals: "changed" after something was recorded; "person-chosen" with a person's id. */
GtkWidget *imp_copies_list_new (ImpCopiesKind kind);
void imp_copies_list_show (ImpCopiesList *self, ImpGate *gate, const char *person_id);
void imp_copies_list_set_gate (ImpCopiesList *self, ImpGate *gate); /* nullable: locked */
const char *imp_copies_list_get_person_id (ImpCopiesList *self);    /* nullable */
gboolean imp_copies_list_asks (ImpCopiesList *self);
void imp_copies_list_refresh (ImpCopiesList *self);

G_END_DECLS
