/* The proof: what a picture file really contains.
 *
 * Owns: the allow-list walker, its own small decoding (libpng, libjpeg), the comparison.
 * May include: core, image (types).  Must never: include encode (a shared helper would share the
 * bug), or trust a file's name. */
#pragma once

#include <gio/gio.h>

#include "imp-geometry.h"
#include "imp-raster.h"

G_BEGIN_DECLS

typedef struct
{
  char *where; /* "PNG chunk tEXt at 33", "JPEG APP1 at 2", "after IEND", "pixels", "identifier" */
  char *what;  /* a sentence without identifiers */
} ImpFinding;

typedef struct
{
  gboolean flat; /* no findings */
  char *format;  /* "png", "jpeg", or what it looks like ("dicom", "tiff", "unknown") */
  int width;
  int height;
  char *sha256;
  double psnr; /* of the pixels outside boxes; INFINITY when equal; NAN when not compared */
  int worst_x, worst_y; /* the 8x8 block with the largest mean square error, and that PSNR */
  double worst_psnr;
  ImpRaster *decoded;  /* nullable: what a JPEG shows; of a PNG every pixel is proven */
  GPtrArray *findings; /* ImpFinding* */
} ImpVerifyReport;

/* Walk only: allowed are PNG IHDR (colour type 0 or 2, 8 bit, no interlace) IDAT IEND, and JPEG
 * SOI, 16-byte JFIF APP0 without thumbnail, DQT, SOF0 (or SOF2), DHT, SOS, DRI, EOI; each CRC and
 * length right; nothing after IEND or EOI. Never fails: damage is a finding. */
ImpVerifyReport *imp_verify_walk (GBytes *file);

/* Walk, decode again, compare. rendering: the full frame before any box; boxes: as filled, full
 * frame coordinates; crop: nullable. PNG: each boxed pixel is 0 and every other equals rendering.
 * JPEG: boxed pixels one 8-px block inside the edge within 3 of 0; outside boxes PSNR >= 35 dB.
 * shape: (nullable) of a pixel; the file must be of square ones, made of what is left by linear
 * interpolation along the longer side.
 * identifiers: (nullable) strings of which none of 4 or more characters may occur, in UTF-8,
 * Latin-1 or UTF-16, ignoring case, in a byte outside entropy-coded data, nor in file_name. */
ImpVerifyReport *imp_verify_file (GBytes *file, const ImpRaster *rendering, const ImpRect *boxes,
                                  gsize n_boxes, const ImpRect *crop, const ImpPixelShape *shape,
                                  const char *const *identifiers, const char *file_name,
                                  GCancellable *cancellable, GError **error);
void imp_verify_report_free (ImpVerifyReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpVerifyReport, imp_verify_report_free)

G_END_DECLS
