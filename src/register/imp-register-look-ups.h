/* Looking people up, and the record of it (policy.md 5.3, 5.8): who looked, when, for what kind of
 * thing, and whose record was opened. What was typed is kept as a keyed digest only.
 *
 * Owns: the tables look_up and look_up_text.  May include: store, core.
 * Must never: answer a look-up that could not be recorded, but where nothing can be recorded at
 * all. */
#pragma once

#include "imp-finding.h"
#include "imp-look-up.h"

G_BEGIN_DECLS

GPtrArray *imp_register_look_up (ImpRegister *self, const char *text, guint limit, gint64 *search,
                                 GError **error);
ImpPerson *imp_register_look_up_number (ImpRegister *self, const char *number, GError **error);
gboolean imp_register_note_view (ImpRegister *self, const char *view, guint n_found,
                                 GError **error);
gboolean imp_register_note_opened (ImpRegister *self, const char *person_id, gint64 search,
                                   GError **error);
GPtrArray *imp_register_list_look_ups (ImpRegister *self, const char *person_id, gint64 before,
                                       guint limit, GError **error);
gboolean imp_register_forget_look_ups (ImpRegister *self, const char *person_id, GError **error);

G_END_DECLS
