/* The site's own guidance, kept inside the register as it came: PDF only, never parsed here. */
#pragma once

#include "imp-register.h"

G_BEGIN_DECLS

char *imp_register_add_guidance (ImpRegister *self, const char *title, GBytes *pdf, GError **error);
/* a(sssxs), by title: id, title, SHA-256, size, when it was added (UTC) */
GVariant *imp_register_list_guidance (ImpRegister *self, GError **error);
GBytes *imp_register_read_guidance (ImpRegister *self, const char *id, GError **error);
gboolean imp_register_remove_guidance (ImpRegister *self, const char *id, GError **error);

G_END_DECLS
