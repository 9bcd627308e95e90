#include "imp-margin.h"

/* Pixels, for each lossy coding by the name that the helper gives it. They are measured: the rule
 * and the figures stand in docs/margins.md, and the master test holds this table against that page.
 */
static const struct
{
  const char *codec;
  int margin;
} margins[] = {
  { "jpeg-ls", 48 },   /* near-lossless */
  { "jpeg-2000", 80 }, /* HTJ2K too */
  { "jpeg-xl", 80 },   /* all of it */
  { "webp", 48 },      /* VP8, and its lossless form */
  { "heic", 48 },      /* HEIF with HEVC inside */
  { "avif", 80 },      /* HEIF with AV1 inside */
};

/* What has no row: a picture that was lossy once, in a way that is not known. */
#define OTHERWISE 80
#define UNKNOWN "unknown"

static int
find_margin (const char *codec)
{
  for (gsize i = 0; i < G_N_ELEMENTS (margins); i++)
    if (g_str_equal (codec, margins[i].codec))
      return margins[i].margin;
  return 0;
}

/**
 * imp_margin_of_codec:
 * @codec: (nullable): a lossy coding without a block grid
 *
 * Returns: by how many pixels a box is widened on each side; 0 for %NULL
 */
int
imp_margin_of_codec (const char *codec)
{
  int margin = codec != NULL ? find_margin (codec) : 0;

  return codec == NULL || margin > 0 ? margin : OTHERWISE;
}

/**
 * imp_margin_knows_codec:
 * @codec: what is said to be a lossy coding without a block grid
 *
 * Returns: whether it is one of the names that receipts and ledgers may hold
 */
gboolean
imp_margin_knows_codec (const char *codec)
{
  return find_margin (codec) > 0 || g_str_equal (codec, UNKNOWN);
}
