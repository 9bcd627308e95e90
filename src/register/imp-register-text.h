/* How numbers, names and dates are compared: pure functions over text.
 *
 * Owns: folding, the NHS number's check digit, the ways of writing a date.
 * May include: core.  Must never: touch the store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *imp_register_text_fold_number (const char *number);
char *imp_register_text_fold_name (const char *name);
char *imp_register_text_nhs_number (const char *number);
char *imp_register_text_date (const char *text);
char *imp_register_text_digits (const char *text);

G_END_DECLS
