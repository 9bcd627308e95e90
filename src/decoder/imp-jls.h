/* What a JPEG-LS stream (ITU-T T.87) says of itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int columns;
  int rows;
  int components;
  int lossless; /* every scan says so, and every component is in one */
} ImpJls;

gboolean imp_jls_scan (const guint8 *data, gsize length, ImpJls *jls);

G_END_DECLS
