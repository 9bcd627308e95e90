#include "imp-flat-image.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "imp-error.h"

#define ROWS_PER_LOOK 64 /* rows between two looks at the cancellable */

/* libjpeg reports errors by jumping: the manager comes first, so that its address is ours too. */
typedef struct
{
  struct jpeg_error_mgr manager;
  jmp_buf jump;
} Trap;

static void
on_error (j_common_ptr common)
{
  Trap *trap = (Trap *)common->err;

  longjmp (trap->jump, 1);
}

static void
on_message (j_common_ptr common)
{
}

/* 4:4:4, so that no colour of a covered or uncovered pixel spreads further than its own block;
 * baseline; tables computed from the picture alone. */
static void
configure (j_compress_ptr jpeg, const ImpRaster *raster, int quality)
{
  jpeg->image_width = (JDIMENSION)imp_raster_get_width (raster);
  jpeg->image_height = (JDIMENSION)imp_raster_get_height (raster);
  jpeg->input_components = imp_raster_get_channels (raster);
  jpeg->in_color_space = jpeg->input_components == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults (jpeg);
  jpeg_set_colorspace (jpeg, jpeg->input_components == 3 ? JCS_YCbCr : JCS_GRAYSCALE);
  jpeg_set_quality (jpeg, quality, TRUE);
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->optimize_coding = TRUE;
  jpeg->write_JFIF_header = TRUE;
  jpeg->write_Adobe_marker = FALSE;
  for (int i = 0; i < jpeg->num_components; i++)
    {
      jpeg->comp_info[i].h_samp_factor = 1;
      jpeg->comp_info[i].v_samp_factor = 1;
    }
}

static gboolean
compress (j_compress_ptr jpeg, Trap *trap, const ImpRaster *raster, int quality,
          unsigned char **buffer, unsigned long *length, GCancellable *cancellable)
{
  const guint8 *pixels = imp_raster_get_pixels (raster);
  gsize stride = imp_raster_get_stride (raster);

  if (setjmp (trap->jump) != 0)
    return FALSE;
  jpeg_create_compress (jpeg);
  jpeg_mem_dest (jpeg, buffer, length);
  configure (jpeg, raster, quality);
  jpeg_start_compress (jpeg, TRUE);
  while (jpeg->next_scanline < jpeg->image_height)
    {
      JSAMPROW row = (JSAMPROW)(pixels + (gsize)jpeg->next_scanline * stride);

      if (jpeg->next_scanline % ROWS_PER_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      jpeg_write_scanlines (jpeg, &row, 1);
    }
  jpeg_finish_compress (jpeg);
  return TRUE;
}

/**
 * imp_encode_jpeg:
 * @flat: what to write
 * @quality: 1 to 100, as libjpeg counts it
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Writes a baseline JPEG: RGB as YCbCr 4:4:4, grey as grey, with a JFIF APP0 of 16 bytes and no
 * other marker that could carry anything (leaks.md row 2). The same pixels give the same bytes.
 *
 * Returns: (transfer full) (nullable): the file's bytes, or %NULL with %IMP_ERROR_USAGE where a
 *   side is longer than JPEG can hold or @quality is not one, %IMP_ERROR_IO where memory ran out,
 *   %IMP_ERROR_CANCELLED
 */
GBytes *
imp_encode_jpeg (const ImpFlatImage *flat, int quality, GCancellable *cancellable, GError **error)
{
  struct jpeg_compress_struct jpeg = { 0 };
  Trap trap = { 0 };
  unsigned char *buffer = NULL;
  unsigned long length = 0;
  ImpRaster *raster = imp_flat_image_get_raster (flat);
  gboolean done = FALSE;

  if (MAX (imp_raster_get_width (raster), imp_raster_get_height (raster)) > JPEG_MAX_DIMENSION
      || quality < 1 || quality > 100)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "A JPEG has at most %ld pixels on a side and a quality of 1 to 100: "
                   "choose PNG, or another quality",
                   (long)JPEG_MAX_DIMENSION);
      return NULL;
    }
  jpeg.err = jpeg_std_error (&trap.manager);
  trap.manager.error_exit = on_error;
  trap.manager.output_message = on_message;
  done = compress (&jpeg, &trap, raster, quality, &buffer, &length, cancellable);
  if (!done && jpeg.dest != NULL)
    jpeg.dest->term_destination (&jpeg); /* only now does libjpeg say where its buffer went */
  jpeg_destroy_compress (&jpeg);
  if (done)
    return g_bytes_new_with_free_func (buffer, length, free, buffer);

  free (buffer);
  if (g_cancellable_is_cancelled (cancellable))
    g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, "Writing the picture was stopped");
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                 "The picture could not be written as JPEG, most likely for want of memory: "
                 "close other programs and try again");
  return NULL;
}
