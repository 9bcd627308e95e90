#include "heif-guard.h"

static heif_error
out_of_memory ()
{
  return { heif_error_Memory_allocation_error, heif_suberror_Unspecified, "" };
}

/**
 * heif_guard_read:
 * @context: a context
 * @data: a whole file; it must stay until @context is freed
 * @length: its bytes
 *
 * Returns: libheif's answer; heif_error_Memory_allocation_error where it threw
 */
heif_error
heif_guard_read (heif_context *context, const void *data, size_t length)
{
  try
    {
      return heif_context_read_from_memory_without_copy (context, data, length, nullptr);
    }
  catch (...)
    {
      return out_of_memory ();
    }
}

/**
 * heif_guard_decode:
 * @handle: a picture
 * @image: (out): its pixels as interleaved RGB
 * @chroma: of which kind
 * @options: libheif's
 *
 * Returns: libheif's answer; heif_error_Memory_allocation_error where it threw
 */
heif_error
heif_guard_decode (const heif_image_handle *handle, heif_image **image, heif_chroma chroma,
                   const heif_decoding_options *options)
{
  try
    {
      return heif_decode_image (handle, image, heif_colorspace_RGB, chroma, options);
    }
  catch (...)
    {
      return out_of_memory ();
    }
}
