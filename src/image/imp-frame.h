/* One decoded frame before windowing, and its rendering.
 *
 * Owns: stored pixels of a grey frame (16-bit indices with the modality value of each), or the
 * finished sRGB pixels of a colour frame.  Immutable and reference counted.
 * May include: core.  Must never: know of files. */
#pragma once

#include "imp-geometry.h"
#include "imp-raster.h"

G_BEGIN_DECLS

/**
 * ImpVoiFunction:
 *
 * DICOM VOI LUT Function (0028,1056), PS3.3 C.11.2.1.2 and C.11.2.1.3; %IMP_VOI_TABLE is an item of
 * the VOI LUT Sequence (0028,3010) instead.
 */
typedef enum
{
  IMP_VOI_LINEAR,
  IMP_VOI_LINEAR_EXACT,
  IMP_VOI_SIGMOID,
  IMP_VOI_TABLE,
} ImpVoiFunction;

/**
 * ImpWindow:
 *
 * A VOI window in modality values: Window Center (0028,1050) and Window Width (0028,1051); or,
 * where
 * @function is %IMP_VOI_TABLE, the VOI LUT number @table of the file, from 0.
 */
typedef struct
{
  double centre;
  double width;
  ImpVoiFunction function;
  guint table;
} ImpWindow;

/**
 * ImpGreyPixels:
 * @width: columns
 * @height: rows
 * @indices: @height × @width native-endian guint16, rows top to bottom: for each pixel which of
 *   @values it has
 * @values: 1 to 65536 doubles, ascending index by index or descending: the modality value of
 *   each index, after Rescale Slope (0028,1053) and Intercept (0028,1052) or the Modality LUT
 * @tables: one or more tables of one guint8 for each value, one after the other: its grey level in
 *   the file's default presentation (first VOI window, else VOI LUT, else the frame's minimum to
 *   maximum), then in each VOI LUT of the file; @inverse is applied in all
 * @padding: one guint8 for each value, 1 where it stands for no picture: Pixel Padding Value
 *   (0028,0120)
 * @presentation: (nullable): %IMP_FRAME_PRESENTATION guint8: the grey level for an output of the
 *   VOI transformation of 0 to 1, in steps of 1 / (%IMP_FRAME_PRESENTATION - 1): Presentation LUT
 *   Sequence (2050,0010), applied in all of @tables
 * @inverse: whether the lowest value is shown white: MONOCHROME1, or Presentation LUT Shape
 *   (2050,0020) INVERSE
 * @ranged: whether the default presentation is the frame's minimum to maximum, as the file offers
 *   neither window nor VOI LUT: what is covered must then not steer the contrast
 */
typedef struct
{
  int width;
  int height;
  GBytes *indices;
  GBytes *values;
  GBytes *tables;
  GBytes *padding;
  GBytes *presentation;
  gboolean inverse;
  gboolean ranged;
} ImpGreyPixels;

#define IMP_TYPE_FRAME (imp_frame_get_type ())

typedef struct _ImpFrame ImpFrame;

#define IMP_FRAME_PRESENTATION 4096

double imp_window_get_level (const ImpWindow *window, double value);
guint8 imp_frame_finish_level (double level, const guint8 *presentation, gboolean inverse);

GType imp_frame_get_type (void);
ImpFrame *imp_frame_new_grey (const ImpGreyPixels *pixels, GError **error);
ImpFrame *imp_frame_new_finished (ImpRaster *raster);
ImpFrame *imp_frame_new_with_overlays (ImpFrame *plain, guint planes, GBytes *mask, GError **error);
ImpFrame *imp_frame_ref (ImpFrame *frame);
void imp_frame_unref (ImpFrame *frame);
void imp_frame_set_origin (ImpFrame *frame, guint source, guint number);
gboolean imp_frame_comes_from (const ImpFrame *frame, guint source, guint number);

int imp_frame_get_width (const ImpFrame *frame);
int imp_frame_get_height (const ImpFrame *frame);
gboolean imp_frame_can_window (const ImpFrame *frame);
const guint16 *imp_frame_get_indices (const ImpFrame *frame);
guint imp_frame_get_n_values (const ImpFrame *frame);
guint imp_frame_get_n_tables (const ImpFrame *frame);
gboolean imp_frame_is_ranged (const ImpFrame *frame);
double imp_frame_get_value (const ImpFrame *frame, guint16 index);
gboolean imp_frame_is_padding (const ImpFrame *frame, guint16 index);
gboolean imp_frame_measure_range (const ImpFrame *frame, const ImpRect *covered, gsize n_covered,
                                  const ImpRect *kept, ImpWindow *window);
const ImpWindow *imp_frame_choose_window (const ImpFrame *frame, const ImpWindow *chosen,
                                          const ImpRect *covered, gsize n_covered,
                                          const ImpRect *kept, ImpWindow *measured);
guint imp_frame_get_planes (const ImpFrame *frame);
const guint8 *imp_frame_get_mask (const ImpFrame *frame);
void imp_frame_fill_levels (const ImpFrame *frame, const ImpWindow *window, guint8 *levels);
ImpRaster *imp_frame_render (const ImpFrame *frame, const ImpWindow *window, GError **error);
ImpRaster *imp_frame_get_finished (const ImpFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFrame, imp_frame_unref)

G_END_DECLS
