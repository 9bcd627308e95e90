/* Which questions a wizard asks for a route and a destination, and on which of its pages. */
#pragma once

#include "gate.h"

G_BEGIN_DECLS

GPtrArray *imp_wizard_questions_new (ImpGate *gate, const char *route, const char *destination,
                                     GError **error);
const ImpQuestion *imp_wizard_questions_find (GPtrArray *questions, const char *key);

G_END_DECLS
