/* A second person at the same desk: says what it is about, and takes name and PIN. */
#pragma once

#include <gtk/gtk.h>

#include "imp-second.h"

G_BEGIN_DECLS

/* second: (transfer full) */
typedef void (*ImpKeepingSecondFunc) (ImpSecond *second, gpointer object);

void imp_keeping_second_ask (GtkWidget *parent, const char *heading, const char *body,
                             const char *verb, ImpKeepingSecondFunc func, gpointer object);

G_END_DECLS
