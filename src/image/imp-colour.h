/* Colours as a file means them, turned into sRGB (no ICC profile ever leaves).
 *
 * Owns: ICC transforms by lcms2, and CMYK without a profile.
 * May include: core.  Must never: embed or keep a profile. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IMP_COLOUR_GREY,          /* 1 byte a pixel */
  IMP_COLOUR_RGB,           /* 3 */
  IMP_COLOUR_CMYK,          /* 4, 255 is full ink */
  IMP_COLOUR_CMYK_INVERTED, /* 4, 0 is full ink (Adobe) */
} ImpColourModel;

typedef struct _ImpColour ImpColour;

ImpColour *imp_colour_new (ImpColourModel model, gconstpointer icc, gsize length,
                           gboolean *icc_refused);
ImpColour *imp_colour_new_for (ImpColourModel model, gconstpointer icc, gsize length,
                               gsize n_pixels, gboolean *icc_refused);
ImpColour *imp_colour_new_from_gamma (ImpColourModel model, double gamma, const double *xy);
void imp_colour_free (ImpColour *colour);
int imp_colour_get_channels (const ImpColour *colour);
gboolean imp_colour_is_identity (const ImpColour *colour);
void imp_colour_convert (const ImpColour *colour, const guint8 *in, guint8 *out, gsize n_pixels);
void imp_colour_convert_deep (ImpColour *colour, const guint16 *in, guint8 *out, gsize n_pixels);
char *imp_colour_describe_icc (gconstpointer icc, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpColour, imp_colour_free)

G_END_DECLS
