/* libheif's calls that may throw: an exception must not pass through C. */
#pragma once

#include <libheif/heif.h>

#ifdef __cplusplus
extern "C"
{
#endif

  struct heif_error heif_guard_read (struct heif_context *context, const void *data, size_t length);
  struct heif_error heif_guard_decode (const struct heif_image_handle *handle,
                                       struct heif_image **image, enum heif_chroma chroma,
                                       const struct heif_decoding_options *options);

#ifdef __cplusplus
}
#endif
