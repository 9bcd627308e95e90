/* Evidence kept inside the register.
 *
 * Owns: the attachments, their kinds and limits.
 * May include: store, core.  Must never: parse what is attached, or write it anywhere else. */
#pragma once

#include "imp-attachment.h"
#include "imp-register.h"

G_BEGIN_DECLS

#define IMP_REGISTER_MAX_EVIDENCE (16 * 1024 * 1024) /* bytes */

const char *imp_register_sniff_evidence (GBytes *bytes, GError **error);
gboolean imp_register_add_evidence (ImpRegister *self, ImpAttachment *attachment, GBytes *bytes,
                                    GError **error);
GPtrArray *imp_register_list_evidence (ImpRegister *self, const char *permission_id,
                                       GError **error);
ImpAttachment *imp_register_get_evidence (ImpRegister *self, const char *id, GError **error);
GBytes *imp_register_read_evidence (ImpRegister *self, const char *id, GError **error);

G_END_DECLS
