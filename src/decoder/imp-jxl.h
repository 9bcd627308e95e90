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
  gboolean xyb; /* its colours went through XYB: what comes out was calculated */
} ImpJxl;

gboolean imp_jxl_is (const guint8 *data, gsize length);
gboolean imp_jxl_scan (ImpReadPart read, gpointer data, gsize length, ImpJxl *jxl);
ImpSamples *imp_jxl_decode (const guint8 *data, gsize length, const ImpJxl *jxl, GError **error);

G_END_DECLS
