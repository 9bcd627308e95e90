/* The dialog in which a picture is chosen, and the kinds of files that it offers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkFileChooserNative *imp_chooser_new (GtkWindow *parent);

G_END_DECLS
