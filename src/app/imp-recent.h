/* Keeps what was opened and saved out of the list of recent files (leaks.md row 23). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void imp_recent_forget (GFile *file);

G_END_DECLS
