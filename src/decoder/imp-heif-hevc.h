/* HEVC for libheif, by libde265 on the calling thread alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Code points of H.273. */
typedef struct
{
  guint primaries;
  guint transfer;
} ImpHeifSaid;

gboolean imp_heif_hevc_register (void);
void imp_heif_hevc_forget (void);
gboolean imp_heif_hevc_recall (ImpHeifSaid *said);

G_END_DECLS
