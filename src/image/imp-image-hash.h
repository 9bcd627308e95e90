/* What a picture is known again by after others have re-encoded, shrunk and trimmed it.
 *
 * Owns: the codes of one picture and their text.  Immutable and reference counted.
 * May include: core.  Must never: know a file, or be able to show the picture again. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

#define IMP_TYPE_IMAGE_HASH (imp_image_hash_get_type ())

typedef struct _ImpImageHash ImpImageHash;

GType imp_image_hash_get_type (void);
ImpImageHash *imp_image_hash_new (const ImpRaster *raster);
ImpImageHash *imp_image_hash_new_from_text (const char *text);
ImpImageHash *imp_image_hash_ref (ImpImageHash *hash);
void imp_image_hash_unref (ImpImageHash *hash);
char *imp_image_hash_to_text (const ImpImageHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImageHash, imp_image_hash_unref)

G_END_DECLS
