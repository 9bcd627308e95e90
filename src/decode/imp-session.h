/* One conversation with one locked-down child of the helper.
 *
 * Owns: the child's life, and the checks on everything it sends.
 * May include: core, image (types).  Must never: trust a length, a seal or a string unseen. */
#pragma once

#include <gio/gio.h>

#include "imp-frame.h"
#include "imp-helper.h"
#include "imp-wire.h"

G_BEGIN_DECLS

typedef struct _ImpSession ImpSession;

ImpSession *imp_session_new (ImpHelperKind kind, int input, guint64 size, GCancellable *cancellable,
                             GError **error);
void imp_session_free (ImpSession *session);
GVariant *imp_session_ask (ImpSession *session, ImpWireVerb verb, guint page,
                           GCancellable *cancellable, GError **error);
ImpFrame *imp_session_load_frame (ImpSession *session, guint frame, GCancellable *cancellable,
                                  GError **error);
ImpFrame *imp_session_load_small (ImpSession *session, guint side, GCancellable *cancellable,
                                  GError **error);
GBytes *imp_session_load_overlays (ImpSession *session, guint frame, guint planes,
                                   GCancellable *cancellable, GError **error);
int imp_session_take_entry (ImpSession *session, guint number, guint64 *size,
                            GCancellable *cancellable, GError **error);
gboolean imp_session_is_dead (const ImpSession *session);
gboolean imp_session_needs_full (const ImpSession *session);

void imp_session_set_time_limit (guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSession, imp_session_free)

G_END_DECLS
