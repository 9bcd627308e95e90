/* Stored grey pixels, as a DICOM file describes them, turned into indices, values and levels. */
#pragma once

#include "imp-frame.h"
#include "imp-memory.h"
#include "imp-wire.h"

G_BEGIN_DECLS

/* A look-up table of the Modality, VOI or Presentation LUT Sequence (PS3.3 C.11.1.1, C.11.2.1.1,
 * C.11.6). */
typedef struct
{
  guint16 *entries; /* owned, nullable */
  guint n_entries;
  gint32 first; /* the value that the first entry stands for */
  int bits;
} ImpLut;

/* Reads @size bytes of the pixel data from byte @offset on. */
typedef gboolean (*ImpReadPixels) (gpointer data, gsize offset, guint8 *out, gsize size);

typedef struct
{
  guint8 *bytes;       /* owned, nullable: little-endian samples of the whole frame, or else: */
  ImpReadPixels read;  /* gets little-endian samples of all frames */
  gpointer read_data;  /* borrowed */
  gsize offset;        /* where the frame begins */
  gsize bit_offset;    /* 1-bit frames need not begin at a byte */
  int width;           /* (0028,0011) */
  int height;          /* (0028,0010) */
  int bits_allocated;  /* (0028,0100): 1, 8, 16 or 32 */
  int bits_stored;     /* (0028,0101) */
  int high_bit;        /* (0028,0102) */
  gboolean is_signed;  /* (0028,0103) */
  gboolean inverse;    /* MONOCHROME1, or Presentation LUT Shape INVERSE, without a LUT */
  double slope;        /* (0028,1053) */
  double intercept;    /* (0028,1052) */
  ImpLut modality_lut; /* instead of slope and intercept */
  gboolean has_window;
  ImpWindow window;
  GArray *voi_luts; /* owned, nullable: ImpLut, the first is shown where there is no window */
  ImpLut presentation_lut; /* after window or VOI LUT */
  gboolean has_padding;    /* (0028,0120), (0028,0121): stored values */
  gint64 padding_low;
  gint64 padding_high;
} ImpGrey;

ImpMemory *imp_grey_render (const ImpGrey *grey, ImpWireReply *reply, GError **error);
void imp_grey_clear (ImpGrey *grey);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpGrey, imp_grey_clear)

G_END_DECLS
