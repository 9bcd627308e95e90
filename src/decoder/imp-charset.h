/* DICOM character sets to UTF-8, with every converter opened ahead of the lock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void imp_charset_initialise (void);
GString *imp_charset_convert (const char *charset, const char *bytes, gsize length);
char *imp_charset_to_utf8 (const char *charset, const char *bytes, gsize length);

G_END_DECLS
