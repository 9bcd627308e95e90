/* DICOM's run-length coding (PS3.5 annex G): whether a frame is there to its last pixel.
 *
 * Owns: the walk over its segments.  May include: GLib.  Must never: decode, which is DCMTK's part.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_RLE_HEADER 64 /* bytes: how many segments, and where they begin */

gboolean imp_rle_begins (const guint8 *data, gsize length);
gboolean imp_rle_is_whole (const guint8 *data, gsize length, guint n_segments, gsize n_pixels);

G_END_DECLS
