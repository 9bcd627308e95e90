/* Tells when nobody has touched keyboard or pointer for a while.
 *
 * Owns: when the program's windows last had input.
 * Must never: lock anything itself. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TYPE_IDLE_LOCK (imp_idle_lock_get_type ())
G_DECLARE_FINAL_TYPE (ImpIdleLock, imp_idle_lock, IMP, IDLE_LOCK, GObject)

/* Signal: "idle" once the limit is reached, and again after each further limit. */
ImpIdleLock *imp_idle_lock_new (void);
void imp_idle_lock_start (ImpIdleLock *self, guint seconds);
void imp_idle_lock_stop (ImpIdleLock *self);

G_END_DECLS
