/* One picture of a session as a request to the gate.
 *
 * Owns: opening the file, and that it is the one that was worked on.  May include: decode, gate.
 * Must never: keep the picture. */
#pragma once

#include "imp-curation-record.h"
#include "imp-request.h"

G_BEGIN_DECLS

char *imp_set_describe_voi (const ImpWindow *window);
gboolean imp_set_parse_voi (const char *text, ImpWindow *window);
char *imp_set_describe (const ImpCurationItem *item, GPtrArray *patients, GPtrArray *answers);
ImpRequest *imp_set_request_new (const ImpCurationItem *item, ImpOrigin origin,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
