#include "imp-verify-compare-private.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>
#include <jpeglib.h>
#include <png.h>

#define MAX_CHUNK                                                                                  \
  (8 << 20) /* bytes: of chunks that are not pixels, of which none should be there */

/* Both libraries report errors by jumping: what is needed after a jump lives in a struct that was
 * made before setjmp() and is reached through a pointer. */

typedef struct
{
  GBytes *file;              /* borrowed */
  ImpCompare *compare;       /* borrowed */
  GPtrArray *findings;       /* borrowed, of ImpFinding */
  GCancellable *cancellable; /* borrowed, nullable */
  guint8 *band;              /* owned: the decoded rows of a band */
  gsize offset;              /* PNG: the next byte to read */
  png_structp png;
  png_infop info;
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr manager;
  jmp_buf jump;
} Decode;

static void
add_undecodable (GPtrArray *findings)
{
  imp_verify_add (findings, g_strdup (_ ("pixels")),
                  g_strdup (_ ("The pixels cannot be read back: the file is damaged.")));
}

static void
make_band (Decode *self)
{
  self->band =
      g_malloc ((gsize)self->compare->width
                * (gsize)imp_raster_get_channels (self->compare->rendering) * IMP_COMPARE_BAND);
}

static void
on_png_error (png_structp png, png_const_charp message)
{
  Decode *self = png_get_error_ptr (png);

  longjmp (self->jump, 1);
}

static void
on_png_warning (png_structp png, png_const_charp message)
{
}

static void
on_png_read (png_structp png, png_bytep out, size_t length)
{
  Decode *self = png_get_io_ptr (png);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (self->file, &size);

  if (length > size - self->offset)
    png_error (png, "end of file");
  memcpy (out, data + self->offset, length);
  self->offset += length;
}

static int
png_channels (const Decode *self)
{
  int colour = png_get_color_type (self->png, self->info);

  return colour == PNG_COLOR_TYPE_GRAY ? 1 : colour == PNG_COLOR_TYPE_RGB ? 3 : 0;
}

static gboolean
read_png (Decode *self)
{
  gsize row = 0;
  int height = 0;

  if (setjmp (self->jump) != 0)
    {
      add_undecodable (self->findings);
      return FALSE;
    }
  /* The walk has checked both checksums of every byte. */
  png_set_crc_action (self->png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
#ifdef PNG_IGNORE_ADLER32 /* Debian 13 builds libpng without it; it only saves time */
  png_set_option (self->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#endif
  png_set_user_limits (self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  /* Otherwise a chunk gets the memory that its length asks for, before it is missed. */
  png_set_chunk_malloc_max (self->png, MAX_CHUNK);
  png_set_read_fn (self->png, self, on_png_read);
  png_read_info (self->png, self->info);
  height = (int)png_get_image_height (self->png, self->info);
  row = png_get_rowbytes (self->png, self->info);
  if (!imp_compare_fits (self->compare, (int)png_get_image_width (self->png, self->info), height,
                         png_channels (self), self->findings)
      || png_get_bit_depth (self->png, self->info) != 8
      || png_get_interlace_type (self->png, self->info) != PNG_INTERLACE_NONE)
    return FALSE; /* the walk has findings for the last two */
  make_band (self);
  for (int y = 0; y < height; y += IMP_COMPARE_BAND)
    {
      int n_rows = MIN (IMP_COMPARE_BAND, height - y);

      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      for (int i = 0; i < n_rows; i++)
        png_read_row (self->png, self->band + (gsize)i * row, NULL);
      imp_compare_band (self->compare, y, n_rows, self->band);
    }
  return TRUE;
}

/**
 * imp_verify_decode_png:
 * @file: a PNG
 * @compare: a comparison that has begun; each band goes there
 * @findings: (element-type ImpFinding): where findings are added
 * @cancellable: (nullable): to stop it
 *
 * Returns: whether all pixels were compared; if not, a finding says why, or it was stopped, or the
 *   walk has a finding about the kind of pixels
 */
gboolean
imp_verify_decode_png (GBytes *file, ImpCompare *compare, GPtrArray *findings,
                       GCancellable *cancellable)
{
  g_autofree Decode *self = g_new0 (Decode, 1);
  gboolean done = FALSE;

  self->file = file;
  self->compare = compare;
  self->findings = findings;
  self->cancellable = cancellable;
  self->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, self, on_png_error, on_png_warning);
  if (self->png != NULL)
    self->info = png_create_info_struct (self->png);
  if (self->info != NULL)
    done = read_png (self);
  else
    add_undecodable (findings);
  png_destroy_read_struct (&self->png, &self->info, NULL);
  g_free (self->band);
  return done;
}

static void
on_jpeg_error (j_common_ptr common)
{
  Decode *self = common->client_data;

  longjmp (self->jump, 1);
}

static void
on_jpeg_message (j_common_ptr common)
{
}

static gboolean
read_jpeg (Decode *self)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (self->file, &size);
  gsize row = 0;

  if (setjmp (self->jump) != 0)
    {
      add_undecodable (self->findings);
      return FALSE;
    }
  jpeg_mem_src (jpeg, data, (unsigned long)size);
  jpeg_read_header (jpeg, TRUE);
  if (!imp_compare_fits (self->compare, (int)jpeg->image_width, (int)jpeg->image_height,
                         jpeg->num_components, self->findings))
    return FALSE;
  jpeg->out_color_space = jpeg->num_components == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->do_block_smoothing = FALSE;
  jpeg_start_decompress (jpeg);
  row = (gsize)jpeg->output_width * (gsize)jpeg->output_components;
  make_band (self);
  while (jpeg->output_scanline < jpeg->output_height)
    {
      int first = (int)jpeg->output_scanline;
      int n_rows = MIN (IMP_COMPARE_BAND, (int)jpeg->output_height - first);

      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      while ((int)jpeg->output_scanline < first + n_rows)
        {
          JSAMPROW into = self->band + (gsize)((int)jpeg->output_scanline - first) * row;

          jpeg_read_scanlines (jpeg, &into, 1);
        }
      imp_compare_band (self->compare, first, n_rows, self->band);
    }
  jpeg_finish_decompress (jpeg);
  if (self->manager.num_warnings > 0)
    add_undecodable (self->findings);
  return TRUE;
}

/**
 * imp_verify_decode_jpeg:
 * @file: a JPEG
 * @compare: a comparison that has begun; each band goes there
 * @findings: (element-type ImpFinding): where findings are added
 * @cancellable: (nullable): to stop it
 *
 * Returns: whether all pixels were compared; if not, a finding says why, or it was stopped
 */
gboolean
imp_verify_decode_jpeg (GBytes *file, ImpCompare *compare, GPtrArray *findings,
                        GCancellable *cancellable)
{
  g_autofree Decode *self = g_new0 (Decode, 1);
  gboolean done = FALSE;

  self->file = file;
  self->compare = compare;
  self->findings = findings;
  self->cancellable = cancellable;
  self->jpeg.err = jpeg_std_error (&self->manager);
  self->manager.error_exit = on_jpeg_error;
  self->manager.output_message = on_jpeg_message;
  self->jpeg.client_data = self;
  if (setjmp (self->jump) == 0)
    {
      jpeg_create_decompress (&self->jpeg);
      done = read_jpeg (self);
    }
  else
    add_undecodable (findings);
  jpeg_destroy_decompress (&self->jpeg);
  g_free (self->band);
  return done;
}
