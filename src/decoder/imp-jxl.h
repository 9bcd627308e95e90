/* JPEG XL (ISO/IEC 18181), through libjxl.
 *
 * Owns: what a codestream's header says, and its samples.  May include: core.
 * Must never: hand over a part of a picture, or know DICOM. */
#pragma once

#include "imp-samples.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 width;
  gint64 height;
  guint channels; /* 1 or 3, extra channels not counted */
  guint extra;    /* transparency, spot colours and their like */
  int precision;  /* bits of a sample; 0 for floating point */
  int orientation;
  gboolean animated;
  gboolean
      converts;   /* its colours went through XYB and its own space is a profile: sRGB comes out */
  guint transfer; /* of that space, by H.273; 0 where a profile says it */
  gboolean profiled; /* the numbers that come out are not sRGB's */
} ImpJxl;

gboolean imp_jxl_is (const guint8 *data, gsize length);
gboolean imp_jxl_scan (ImpReadPart read, gpointer data, gsize length, ImpJxl *jxl);
guint8 *imp_jxl_read_profile (ImpReadPart read, gpointer data, gsize length, gsize *size);
ImpSamples *imp_jxl_decode (const guint8 *data, gsize length, const ImpJxl *jxl, GError **error);

G_END_DECLS
