/* What a decoder of codestreams hands over: the samples of one picture, as its stream holds them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int width;
  int height;
  int channels;
  int precision; /* bits of a sample: 1 to 16 */
  gboolean is_signed;
  gboolean converted; /* made sRGB by the decoder: not the numbers that were coded */
  guint8
      *bytes; /* owned: interleaved, 8 bits each up to a precision of 8, else 16, little-endian */
} ImpSamples;

/* Reads @size bytes from byte @offset of one codestream on. */
typedef gboolean (*ImpReadPart) (gpointer data, gsize offset, guint8 *out, gsize size);

ImpSamples *imp_samples_new (int width, int height, int channels, int precision, gboolean is_signed,
                             GError **error);
void imp_samples_free (ImpSamples *samples);
gboolean imp_samples_fit (ImpSamples *samples, int bits, gboolean is_signed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSamples, imp_samples_free)

G_END_DECLS
