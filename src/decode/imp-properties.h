/* Technical properties of a picture, as the helper tells them: a fixed set of keys, short codes.
 *
 * Owns: which keys there are.  May include: GLib.  Must never: let free text of a file pass. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean imp_properties_check (GVariant *properties);

G_END_DECLS
