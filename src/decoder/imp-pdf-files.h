/* The files that poppler asks for while it draws a page: fonts, which it got before the lock.
 *
 * Owns: the fonts that stand in for those that a PDF does not bring.
 * May include: GLib, fontconfig, FreeType.  Must never: open a file after imp_pdf_files_close(). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void imp_pdf_files_load (void);
void imp_pdf_files_close (void);

G_END_DECLS
