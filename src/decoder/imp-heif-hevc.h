/* HEVC for libheif, by libde265 on the calling thread alone. */
#pragma once

#include "imp-cicp.h"

G_BEGIN_DECLS

gboolean imp_heif_hevc_register (void);
void imp_heif_hevc_forget (void);
gboolean imp_heif_hevc_recall (ImpCicp *said);

G_END_DECLS
