/* JPEG 2000 and High-Throughput JPEG 2000 (ITU-T T.800, T.814), through OpenJPEG.
 *
 * Owns: what a codestream's markers say, and its samples.  May include: core.
 * Must never: hand over a part of a picture, or know DICOM. */
#pragma once

#include "imp-samples.h"

G_BEGIN_DECLS

typedef struct
{
  gsize start; /* bytes: the codestream in its file format, where it has one */
  gsize length;
  gint64 width; /* of the image area on the reference grid */
  gint64 height;
  guint components;
  int precision; /* of the first component */
  gboolean is_signed;
  gboolean differing; /* components of another precision or sign */
  guint across;       /* pixels that share a sample of some component: 1 where none do */
  guint down;
  gboolean askew;        /* blocks of so many pixels do not begin at the picture's edge */
  gboolean coded;        /* a COD segment was read */
  gboolean transformed;  /* a colour transformation is undone: RGB comes out (T.800 annex G) */
  gboolean mixed;        /* it is in some tiles, and not in others */
  gboolean irreversible; /* a component of a tile uses the 9/7 wavelet */
  gboolean palette;      /* a JP2 palette, or channels in another order */
  gboolean complete;     /* every tile is there, and the end */
} ImpJ2k;

gboolean imp_j2k_is (const guint8 *data, gsize length);
gboolean imp_j2k_scan (ImpReadPart read, gpointer data, gsize length, ImpJ2k *j2k);
ImpSamples *imp_j2k_decode (const guint8 *data, const ImpJ2k *j2k, GError **error);

G_END_DECLS
