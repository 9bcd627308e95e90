/* A field to sign in with a pen, a finger or the mouse. */
#pragma once

#include <gtk/gtk.h>

#include "imp-strokes.h"

G_BEGIN_DECLS

#define IMP_TYPE_SIGNATURE_PAD (imp_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (ImpSignaturePad, imp_signature_pad, IMP, SIGNATURE_PAD, GtkWidget)

/* Signal: "changed" after a line was drawn, and when it was cleared. */
GtkWidget *imp_signature_pad_new (void);
GtkWidget *imp_signature_pad_new_shown (GBytes *bytes, GError **error);
void imp_signature_pad_clear (ImpSignaturePad *self);
GBytes *imp_signature_pad_get_bytes (ImpSignaturePad *self); /* transfer full, nullable */

G_END_DECLS
