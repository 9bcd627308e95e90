#include "imp-margin.h"

/* Pixels, for each lossy coding by the name that the helper gives it. */
static const struct
{
  const char *codec;
  int margin;
} margins[] = {
  { "jpeg-ls", 32 }, /* near-lossless */
};

/* Of a picture that was lossy once, in a way that is not known. */
#define OTHERWISE 32

/**
 * imp_margin_of_codec:
 * @codec: (nullable): a lossy coding without a block grid
 *
 * Returns: by how many pixels a box is widened on each side; 0 for %NULL
 */
int
imp_margin_of_codec (const char *codec)
{
  if (codec == NULL)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (margins); i++)
    if (g_str_equal (codec, margins[i].codec))
      return margins[i].margin;
  return OTHERWISE;
}
