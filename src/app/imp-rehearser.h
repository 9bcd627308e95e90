/* The gate asked again and again while things are said: after a pause, one question at a time. */
#pragma once

#include <gdk/gdk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_REHEARSER (imp_rehearser_get_type ())
G_DECLARE_FINAL_TYPE (ImpRehearser, imp_rehearser, IMP, REHEARSER, GObject)

/* Signal: "done" when the gate has answered what was asked last. */
ImpRehearser *imp_rehearser_new (void);
void imp_rehearser_ask (ImpRehearser *self, ImpGate *gate, ImpRequest *request, GPtrArray *keys,
                        gboolean rehearse);
void imp_rehearser_forget (ImpRehearser *self);
gboolean imp_rehearser_is_busy (ImpRehearser *self);
const ImpRehearsal *imp_rehearser_get_rehearsal (ImpRehearser *self);
GPtrArray *imp_rehearser_get_prefills (ImpRehearser *self);
GdkTexture *imp_rehearser_get_preview (ImpRehearser *self);
const GError *imp_rehearser_get_error (ImpRehearser *self);

G_END_DECLS
