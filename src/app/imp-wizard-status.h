/* The status pill's words: whether this picture may leave, in the gate's opinion. */
#pragma once

#include "imp-wizard-session.h"
#include "imp-wizard.h"

G_BEGIN_DECLS

ImpStatus imp_wizard_status (ImpWizardSession *session, char **words, char **text);
gboolean imp_wizard_status_is_open_question (const ImpReason *reason);
gboolean imp_wizard_status_lifts_file (const ImpReason *reason);
gboolean imp_wizard_status_wants_second (const ImpReason *reason);
GPtrArray *imp_wizard_status_list_refusals (ImpWizardSession *session);

G_END_DECLS
