/* One decoded frame before windowing, and its rendering.
 *
 * Owns: stored pixels of a grey frame (16-bit indices with the modality value of each), or the
 * finished sRGB pixels of a colour frame.  Immutable and reference counted.
 * May include: core.  Must never: know of files. */
#pragma once

#include "imp-raster.h"

G_BEGIN_DECLS

/**
 * ImpVoiFunction:
 *
 * DICOM VOI LUT Function (0028,1056), PS3.3 C.11.2.1.2 and C.11.2.1.3.
 */
typedef enum
{
  IMP_VOI_LINEAR,
  IMP_VOI_LINEAR_EXACT,
  IMP_VOI_SIGMOID,
} ImpVoiFunction;

/**
 * ImpWindow:
 *
 * A VOI window in modality values: Window Center (0028,1050) and Window Width (0028,1051).
 */
typedef struct
{
  double centre;
  double width;
  ImpVoiFunction function;
} ImpWindow;

#define IMP_TYPE_FRAME (imp_frame_get_type ())

typedef struct _ImpFrame ImpFrame;

double imp_window_get_level (const ImpWindow *window, double value);

GType imp_frame_get_type (void);
ImpFrame *imp_frame_new_grey (int width, int height, GBytes *indices, GBytes *values,
                              GBytes *default_levels, gboolean inverse, GError **error);
ImpFrame *imp_frame_new_finished (ImpRaster *raster);
ImpFrame *imp_frame_ref (ImpFrame *frame);
void imp_frame_unref (ImpFrame *frame);

int imp_frame_get_width (const ImpFrame *frame);
int imp_frame_get_height (const ImpFrame *frame);
gboolean imp_frame_can_window (const ImpFrame *frame);
const guint16 *imp_frame_get_indices (const ImpFrame *frame);
guint imp_frame_get_n_values (const ImpFrame *frame);
double imp_frame_get_value (const ImpFrame *frame, guint16 index);
void imp_frame_fill_levels (const ImpFrame *frame, const ImpWindow *window, guint8 *levels);
ImpRaster *imp_frame_render (const ImpFrame *frame, const ImpWindow *window, GError **error);
ImpRaster *imp_frame_get_finished (const ImpFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFrame, imp_frame_unref)

G_END_DECLS
