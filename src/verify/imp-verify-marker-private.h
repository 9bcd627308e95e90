/* The markers of a JPEG (ITU-T T.81, table B.1) and what a segment behind one says. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  SOF0 = 0xc0,
  SOF2 = 0xc2,
  DHT = 0xc4,
  DAC = 0xcc,
  RST0 = 0xd0,
  RST7 = 0xd7,
  SOI = 0xd8,
  EOI = 0xd9,
  SOS = 0xda,
  DQT = 0xdb,
  DNL = 0xdc,
  DRI = 0xdd,
  APP0 = 0xe0,
  APP15 = 0xef,
  COM = 0xfe,
};

char *imp_jpeg_marker_name (guint8 marker);
char *imp_jpeg_marker_describe (guint8 marker, const guint8 *body, gsize length);

G_END_DECLS
