#include "imp-raster.h"

#include "imp-error.h"
#include "imp-hash.h"

struct _ImpRaster
{
  gatomicrefcount ref_count;
  int width;
  int height;
  int channels;
  GBytes *pixels; /* owned; height × width × channels */
  char *hash;     /* owned, nullable: set once, atomically */
};

G_DEFINE_BOXED_TYPE (ImpRaster, imp_raster, imp_raster_ref, imp_raster_unref)

/**
 * imp_raster_new:
 * @width: columns, 1 or more
 * @height: rows, 1 or more
 * @channels: 1 (grey) or 3 (sRGB)
 * @pixels: @height × @width × @channels bytes, rows top to bottom without padding
 * @error: where to put the error
 *
 * Makes a raster that shares @pixels.
 *
 * Returns: (transfer full) (nullable): the raster, or %NULL with %IMP_ERROR_DAMAGED where
 *   @pixels has not exactly the length that its dimensions ask for
 */
ImpRaster *
imp_raster_new (int width, int height, int channels, GBytes *pixels, GError **error)
{
  ImpRaster *raster = NULL;

  if (width < 1 || height < 1 || (channels != 1 && channels != 3)
      || g_bytes_get_size (pixels) != (gsize)width * (gsize)height * (gsize)channels)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   "The picture's pixels do not fit its size of %d × %d", width, height);
      return NULL;
    }
  raster = g_new0 (ImpRaster, 1);
  g_atomic_ref_count_init (&raster->ref_count);
  raster->width = width;
  raster->height = height;
  raster->channels = channels;
  raster->pixels = g_bytes_ref (pixels);
  return raster;
}

/**
 * imp_raster_ref:
 * @raster: a raster
 *
 * Returns: (transfer full): @raster
 */
ImpRaster *
imp_raster_ref (ImpRaster *raster)
{
  g_atomic_ref_count_inc (&raster->ref_count);
  return raster;
}

/**
 * imp_raster_unref:
 * @raster: (transfer full): a raster
 */
void
imp_raster_unref (ImpRaster *raster)
{
  if (!g_atomic_ref_count_dec (&raster->ref_count))
    return;
  g_bytes_unref (raster->pixels);
  g_free (raster->hash);
  g_free (raster);
}

/**
 * imp_raster_get_width:
 * @raster: a raster
 *
 * Returns: columns
 */
int
imp_raster_get_width (const ImpRaster *raster)
{
  return raster->width;
}

/**
 * imp_raster_get_height:
 * @raster: a raster
 *
 * Returns: rows
 */
int
imp_raster_get_height (const ImpRaster *raster)
{
  return raster->height;
}

/**
 * imp_raster_get_channels:
 * @raster: a raster
 *
 * Returns: 1 for grey, 3 for sRGB
 */
int
imp_raster_get_channels (const ImpRaster *raster)
{
  return raster->channels;
}

/**
 * imp_raster_get_stride:
 * @raster: a raster
 *
 * Returns: bytes from one row to the next; rows have no padding
 */
gsize
imp_raster_get_stride (const ImpRaster *raster)
{
  return (gsize)raster->width * (gsize)raster->channels;
}

/**
 * imp_raster_get_pixels:
 * @raster: a raster
 *
 * Returns: (transfer none): the first pixel of the top row
 */
const guint8 *
imp_raster_get_pixels (const ImpRaster *raster)
{
  return g_bytes_get_data (raster->pixels, NULL);
}

/**
 * imp_raster_get_bytes:
 * @raster: a raster
 *
 * Returns: (transfer none): all its pixels, rows top to bottom
 */
GBytes *
imp_raster_get_bytes (const ImpRaster *raster)
{
  return raster->pixels;
}

/**
 * imp_raster_hash:
 * @raster: a raster
 *
 * Gives what `imprimatur-cli inspect` calls rendering_sha256; worked out once for each raster.
 *
 * Returns: (transfer full): the SHA-256 over the pixels, rows top to bottom
 */
char *
imp_raster_hash (ImpRaster *raster)
{
  char *known = g_atomic_pointer_get (&raster->hash);
  g_autofree char *hash = NULL;

  if (known != NULL)
    return g_strdup (known);
  hash = imp_hash_bytes (raster->pixels);
  if (g_atomic_pointer_compare_and_exchange (&raster->hash, NULL, hash))
    return g_strdup (g_steal_pointer (&hash));
  return g_steal_pointer (&hash);
}
