/* A new PIN, typed twice, as nobody sees it.
 *
 * Owns: both entries, whose memory GTK locks and wipes. */
#pragma once

#include <gtk/gtk.h>

#include "imp-second.h"

G_BEGIN_DECLS

#define IMP_TYPE_NEW_PIN (imp_new_pin_get_type ())
G_DECLARE_FINAL_TYPE (ImpNewPin, imp_new_pin, IMP, NEW_PIN, GtkWidget)

GtkWidget *imp_new_pin_new (const char *title);
ImpSecond *imp_new_pin_take (ImpNewPin *self, const char *name, const char **missing);
void imp_new_pin_clear (ImpNewPin *self);

G_END_DECLS
