/* A picture that somebody found, made ready to be compared with many hashes.
 *
 * Owns: its codes at every size and place that a hash may lie at.  Immutable and reference counted.
 * May include: core.  Must never: know a file. */
#pragma once

#include "imp-image-hash.h"

G_BEGIN_DECLS

#define IMP_TYPE_IMAGE_PROBE (imp_image_probe_get_type ())

typedef struct _ImpImageProbe ImpImageProbe;

/* At most so much of what is compared may differ in one picture (docs/trace.md has the figures). */
#define IMP_IMAGE_PROBE_SAME 0.21

GType imp_image_probe_get_type (void);
ImpImageProbe *imp_image_probe_new (const ImpRaster *raster);
ImpImageProbe *imp_image_probe_ref (ImpImageProbe *probe);
void imp_image_probe_unref (ImpImageProbe *probe);
double imp_image_probe_compare (const ImpImageProbe *probe, const ImpImageHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImageProbe, imp_image_probe_unref)

G_END_DECLS
