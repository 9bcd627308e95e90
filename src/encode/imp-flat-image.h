/* A picture that may be encoded: flattened pixels and nothing else.
 *
 * Owns: flattening (fill, then crop, then square pixels) and the PNG and JPEG writers.
 * May include: core, image, redact (types).  Must never: know a path; it returns bytes. */
#pragma once

#include <gio/gio.h>

#include "imp-geometry.h"
#include "imp-raster.h"

G_BEGIN_DECLS

#define IMP_TYPE_FLAT_IMAGE (imp_flat_image_get_type ())
typedef struct _ImpFlatImage ImpFlatImage; /* private to flatten.c */

typedef enum
{
  IMP_FORMAT_PNG,
  IMP_FORMAT_JPEG
} ImpFormat;

GType imp_flat_image_get_type (void);
/* boxes: already snapped (imp_geometry_snap()), in full-frame display coordinates; filled with
 * opaque black by integer overwrite before the crop (nullable) copies out what is kept, and before
 * pixels of another shape (nullable: square) are made square. */
ImpFlatImage *imp_flat_image_new (const ImpRaster *rendering, const ImpRect *boxes, gsize n_boxes,
                                  const ImpRect *crop, const ImpPixelShape *shape, GError **error);
ImpFlatImage *imp_flat_image_ref (ImpFlatImage *flat);
void imp_flat_image_unref (ImpFlatImage *flat);
ImpRaster *
imp_flat_image_get_raster (const ImpFlatImage *flat); /* transfer none: for the preview */

GBytes *imp_encode_png (const ImpFlatImage *flat, GCancellable *cancellable, GError **error);
GBytes *imp_encode_jpeg (const ImpFlatImage *flat, int quality, GCancellable *cancellable,
                         GError **error); /* 4:4:4, 16-byte JFIF APP0, no other marker */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFlatImage, imp_flat_image_unref)

G_END_DECLS
