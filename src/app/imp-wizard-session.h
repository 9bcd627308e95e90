/* What has been said so far about one picture and one use: the model behind the wizard's pages.
 *
 * Owns: the answers, where each came from, and the latest rehearsal. It asks the gate; it never
 * decides. */
#pragma once

#include <gdk/gdk.h>

#include "gate.h"
#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_WIZARD_SESSION (imp_wizard_session_get_type ())
G_DECLARE_FINAL_TYPE (ImpWizardSession, imp_wizard_session, IMP, WIZARD_SESSION, GObject)

/* Signals: "changed" after anything was said; "rehearsed" when the gate has answered; "reset" when
 * all that was said is forgotten; "register-changed" when the register is to be read anew. */
ImpWizardSession *imp_wizard_session_new (void);
gboolean imp_wizard_session_set_gate (ImpWizardSession *self, ImpGate *gate);
ImpGate *imp_wizard_session_get_gate (ImpWizardSession *self);
void imp_wizard_session_set_picture (ImpWizardSession *self, ImpPicture *picture);
ImpPicture *imp_wizard_session_get_picture (ImpWizardSession *self);
void imp_wizard_session_reset (ImpWizardSession *self);

void imp_wizard_session_set_person (ImpWizardSession *self, const ImpPerson *person);
void imp_wizard_session_set_person_unknown (ImpWizardSession *self);
void imp_wizard_session_clear_person (ImpWizardSession *self);
const char *imp_wizard_session_get_person_id (ImpWizardSession *self);
const ImpPerson *imp_wizard_session_get_person (ImpWizardSession *self);
void imp_wizard_session_set_destination (ImpWizardSession *self, const char *destination);
const char *imp_wizard_session_get_destination (ImpWizardSession *self);
void imp_wizard_session_set_route (ImpWizardSession *self, const char *route);
const char *imp_wizard_session_get_route (ImpWizardSession *self);
void imp_wizard_session_set_permission (ImpWizardSession *self, const char *permission_id);
const char *imp_wizard_session_get_permission (ImpWizardSession *self);
void imp_wizard_session_set_caption (ImpWizardSession *self, const char *caption);
const char *imp_wizard_session_get_caption (ImpWizardSession *self);
void imp_wizard_session_set_jpeg (ImpWizardSession *self, gboolean jpeg);
gboolean imp_wizard_session_get_jpeg (ImpWizardSession *self);
void imp_wizard_session_set_approved (ImpWizardSession *self, const char *digest);
const char *imp_wizard_session_get_approved (ImpWizardSession *self);

void imp_wizard_session_answer (ImpWizardSession *self, const char *key, const char *value);
const char *imp_wizard_session_get_answer (ImpWizardSession *self, const char *key);
const char *imp_wizard_session_get_answer_source (ImpWizardSession *self, const char *key);
void imp_wizard_session_recall (ImpWizardSession *self, const char *key, const char *value,
                                const char *note);
const char *imp_wizard_session_get_answer_note (ImpWizardSession *self, const char *key);
GPtrArray *imp_wizard_session_get_questions (ImpWizardSession *self);
char *imp_wizard_session_explain_wait (ImpWizardSession *self, const ImpQuestion *question);
void imp_wizard_session_acknowledge (ImpWizardSession *self, const ImpRect *region);
gboolean imp_wizard_session_has_answers (ImpWizardSession *self);

GPtrArray *imp_wizard_session_list_questions (ImpWizardSession *self, const char *page);
gboolean imp_wizard_session_is_answered (ImpWizardSession *self, const ImpQuestion *question);
const ImpQuestion *imp_wizard_session_get_question (ImpWizardSession *self, const char *key);

void imp_wizard_session_reload (ImpWizardSession *self);
void imp_wizard_session_touch (ImpWizardSession *self);
ImpRequest *imp_wizard_session_make_request (ImpWizardSession *self);
const ImpRehearsal *imp_wizard_session_get_rehearsal (ImpWizardSession *self);
GdkTexture *imp_wizard_session_get_preview (ImpWizardSession *self);
const GError *imp_wizard_session_get_error (ImpWizardSession *self);
gboolean imp_wizard_session_is_busy (ImpWizardSession *self);
char *imp_wizard_session_name_seat (ImpGate *gate); /* nullable: locked */

G_END_DECLS
