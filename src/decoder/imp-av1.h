/* What an AV1 stream says of its colours, before it is decoded.
 *
 * Owns: the sequence header's colour description.  May include: imp-cicp.
 * Must never: decode a picture. */
#pragma once

#include "imp-cicp.h"

G_BEGIN_DECLS

gboolean imp_av1_read_colours (const guint8 *data, gsize length, ImpCicp *said);

G_END_DECLS
