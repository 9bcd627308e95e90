#include "imp-properties.h"

#include <string.h>

#define MAX_VALUE 64u

/* PS3.3, by the attribute that each comes from; values are numbers and codes, never free text. */
static const char *const keys[] = {
  "bits_allocated",       /* (0028,0100) */
  "bits_stored",          /* (0028,0101) */
  "high_bit",             /* (0028,0102) */
  "pixel_representation", /* (0028,0103): "unsigned" "signed" */
  "samples_per_pixel",    /* (0028,0002) */
  "planar_configuration", /* (0028,0006): "interleaved" "planes" */
  "pixel_padding",        /* (0028,0120): stored values, "-2000" or "-2000 -1990" */
  "rescale_slope",        /* (0028,1053), of the first frame */
  "rescale_intercept",    /* (0028,1052) */
  "modality_lut",         /* (0028,3000): "applied" "ignored" */
  "presentation_lut",     /* (2050,0010), (2050,0020): "identity" "inverse" "table" */
  "lossy",                /* (0028,2110): "00" "01" */
  "palette_bits",         /* (0028,1101): bits of an entry */
  "icc_profile",          /* (0028,2000): "applied" "refused" */
  "frame_time",           /* (0018,1063): milliseconds */
  "shutter",              /* (0018,1600): its shapes in lower case; never applied */
  "icon",                 /* (0088,0200): how many; never shown */
  "curves",               /* 50xx: how many groups; never shown */
  "private_elements",     /* how many; never shown */
  "presentation_states",  /* how many the file refers to; never applied */
  "dose_screen",          /* "yes" where the object says that it is one */
};

/* A value is a few words of letters, digits and signs that need no quoting anywhere. */
static gboolean
is_code (const char *value)
{
  gsize length = strlen (value);

  return length >= 1 && length <= MAX_VALUE
         && strspn (value, "abcdefghijklmnopqrstuvwxyz0123456789+-._ ") == length;
}

/**
 * imp_properties_check:
 * @properties: an a{ss} from the helper
 *
 * Returns: whether every key is one of those that are known, each once, and every value a number or
 *   a code
 */
gboolean
imp_properties_check (GVariant *properties)
{
  guint seen = 0;
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;

  G_STATIC_ASSERT (G_N_ELEMENTS (keys) <= 8 * sizeof seen);
  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      gsize at = 0;

      while (at < G_N_ELEMENTS (keys) && strcmp (keys[at], key) != 0)
        at++;
      if (at == G_N_ELEMENTS (keys) || (seen & 1u << at) != 0 || !is_code (value))
        return FALSE;
      seen |= 1u << at;
    }
  return TRUE;
}
