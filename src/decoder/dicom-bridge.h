/* The one place where DCMTK is spoken to: pure C on this side, every exception caught on the other.
 *
 * Owns: parsing a DICOM file, its facts, and getting at the stored or colour pixels of one frame.
 * May include: core, image.  Must never: draw overlays unasked, or
 * shutters or icons. */
#pragma once

#include "imp-grey.h"
#include "imp-notes.h"

G_BEGIN_DECLS

typedef struct _ImpDicom ImpDicom;

void imp_dicom_initialise (void);
gboolean imp_dicom_is_jpeg_xl (const guint8 *data, gsize length);
ImpDicom *imp_dicom_open (const guint8 *data, gsize length, ImpNotes *notes, GError **error);
void imp_dicom_free (ImpDicom *dicom);
gboolean imp_dicom_is_grey (const ImpDicom *dicom);
gboolean imp_dicom_get_grey (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error);
gboolean imp_dicom_get_colour (ImpDicom *dicom, guint frame, guint8 *rgb, gsize size,
                               GError **error);
void imp_dicom_apply_profile (const ImpDicom *dicom, guint8 *rgb, gsize n_pixels);
gboolean imp_dicom_draw_overlays (ImpDicom *dicom, guint frame, guint planes, guint8 *mask,
                                  GError **error);

G_END_DECLS
