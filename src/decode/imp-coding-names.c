#include "imp-coding-names.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *key;
  const char *name;
} Name;

/* PS3.6 annex A. */
static const Name TRANSFER_SYNTAXES[] = {
  { "1.2.840.10008.1.2", N_ ("Uncompressed, implicit") },
  { "1.2.840.10008.1.2.1", N_ ("Uncompressed") },
  { "1.2.840.10008.1.2.1.99", N_ ("Deflated") },
  { "1.2.840.10008.1.2.2", N_ ("Uncompressed, big endian") },
  { "1.2.840.10008.1.2.4.50", N_ ("JPEG, lossy") },
  { "1.2.840.10008.1.2.4.51", N_ ("JPEG, lossy, 12 bit") },
  { "1.2.840.10008.1.2.4.53", N_ ("JPEG, lossy, spectral selection") },
  { "1.2.840.10008.1.2.4.55", N_ ("JPEG, lossy, progressive") },
  { "1.2.840.10008.1.2.4.57", N_ ("JPEG, lossless") },
  { "1.2.840.10008.1.2.4.70", N_ ("JPEG, lossless") },
  { "1.2.840.10008.1.2.4.80", N_ ("JPEG-LS, lossless") },
  { "1.2.840.10008.1.2.4.81", N_ ("JPEG-LS, near-lossless") },
  { "1.2.840.10008.1.2.4.90", N_ ("JPEG 2000, lossless") },
  { "1.2.840.10008.1.2.4.91", N_ ("JPEG 2000") },
  { "1.2.840.10008.1.2.4.110", N_ ("JPEG XL, lossless") },
  { "1.2.840.10008.1.2.4.111", N_ ("JPEG XL, made from a JPEG") },
  { "1.2.840.10008.1.2.4.112", N_ ("JPEG XL") },
  { "1.2.840.10008.1.2.4.201", N_ ("High-throughput JPEG 2000, lossless") },
  { "1.2.840.10008.1.2.4.202", N_ ("High-throughput JPEG 2000, lossless, by resolution") },
  { "1.2.840.10008.1.2.4.203", N_ ("High-throughput JPEG 2000") },
  { "1.2.840.10008.1.2.5", N_ ("Run length encoded") },
};

/* What imp_facts_get_codec() can say; "unknown" has no name. */
static const Name CODECS[] = {
  { "jpeg-ls", N_ ("JPEG-LS") }, { "jpeg-2000", N_ ("JPEG 2000") }, { "jpeg-xl", N_ ("JPEG XL") },
  { "webp", N_ ("WebP") },       { "heic", N_ ("HEIC") },           { "avif", N_ ("AVIF") },
};

static const char *
look_up (const Name *names, gsize n_names, const char *key)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i].key, key) == 0)
      return _ (names[i].name);
  return key;
}

/**
 * imp_transfer_syntax_name:
 * @uid: a DICOM transfer syntax
 *
 * Returns: (transfer none): how the pixels are packed, in words; @uid itself where it is unknown
 */
const char *
imp_transfer_syntax_name (const char *uid)
{
  return look_up (TRANSFER_SYNTAXES, G_N_ELEMENTS (TRANSFER_SYNTAXES), uid);
}

/**
 * imp_codec_name:
 * @codec: a lossy coding without a block grid, as imp_facts_get_codec() says it
 *
 * Returns: (transfer none) (nullable): its name; %NULL where it is not known which one it was
 */
const char *
imp_codec_name (const char *codec)
{
  return g_str_equal (codec, "unknown") ? NULL : look_up (CODECS, G_N_ELEMENTS (CODECS), codec);
}
