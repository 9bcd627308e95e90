/* What is remembered of scanners.
 *
 * Owns: the tables scanner_template and scanner_template_box.  May include: store, core.
 * Must never: cover anything: what is remembered is suggested, and a person covers. */
#pragma once

#include "imp-register.h"
#include "imp-scanner-template.h"

G_BEGIN_DECLS

GPtrArray *imp_register_list_templates (ImpRegister *self, GError **error); /* ImpScannerTemplate */
/* scanner: which one is meant; its id, name and boxes say nothing. NULL without error: none. */
ImpScannerTemplate *imp_register_find_template (ImpRegister *self,
                                                const ImpScannerTemplate *scanner, GError **error);
/* Takes the place of what was remembered of the same scanner; gets its id. */
gboolean imp_register_save_template (ImpRegister *self, ImpScannerTemplate *scanner,
                                     GError **error);
gboolean imp_register_remove_template (ImpRegister *self, const char *id, GError **error);

G_END_DECLS
