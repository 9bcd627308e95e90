/* HEVC for libheif, by libde265 on the calling thread alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean imp_heif_hevc_register (void);

G_END_DECLS
