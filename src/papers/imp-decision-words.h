/* Plain words for what was asked, answered and decided about a picture.
 *
 * Owns: nothing.  May include: core, the register's types.  Must never: decide. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *imp_decision_words_route (const char *route);
char *imp_decision_words_answer (const char *answer);
char *imp_decision_words_rule (const char *rule);
char *imp_decision_words_voi (const char *voi);
char *imp_decision_words_basis (const char *basis);
char *imp_decision_words_origin (const char *origin);
const char *imp_decision_words_assurance (const char *assurance);

G_END_DECLS
