/* The export wizard: a Back/Next side pane of the Desk (policy.md 3), never modal. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-picture.h"
#include "imp-wizard-session.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_STATUS_LOCKED,      /* nothing confirmed, or something refuses */
  IMP_STATUS_IN_PROGRESS, /* n of m answered */
  IMP_STATUS_SEALED,      /* may be exported, for the destination named in the text */
} ImpStatus;

typedef enum
{
  IMP_WIZARD_LOCKED,
  IMP_WIZARD_ABSENT,     /* no register was made yet */
  IMP_WIZARD_SIGNED_OUT, /* it has users, and none of them is here */
} ImpWizardClosed;

#define IMP_TYPE_WIZARD (imp_wizard_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizard, imp_wizard, IMP, WIZARD, GtkWidget)

/* Signals: "status-changed" (ImpStatus status, const char *words, const char *text): the
 * window's pill shows the words, and says all of it in the text.
 * "record-consent" (const char *person_id): the window shows the register page for it, if the
 * wizard does not record it in place.
 * "person-changed": what imp_wizard_get_person() says may be another one.
 * "released" (const char *export_id): the picture has left.
 * "notice" (const char *sentence) for a toast. */
GtkWidget *imp_wizard_new (void);
void imp_wizard_set_gate (ImpWizard *self, ImpGate *gate);            /* nullable: none to ask */
void imp_wizard_set_closed (ImpWizard *self, ImpWizardClosed closed); /* why there is none */
void imp_wizard_set_picture (ImpWizard *self, ImpPicture *picture);   /* nullable: empty state */
const ImpPerson *imp_wizard_get_person (ImpWizard *self);             /* nullable */
ImpWizardSession *imp_wizard_get_session (ImpWizard *self);           /* transfer none */
void imp_wizard_show_question (ImpWizard *self, const char *key);
gboolean imp_wizard_is_busy (ImpWizard *self);
gboolean
imp_wizard_has_answers (ImpWizard *self); /* opening another file asks before losing them */

G_END_DECLS
