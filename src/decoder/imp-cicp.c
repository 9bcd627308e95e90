#include "imp-cicp.h"

#include "imp-notes.h"

/* H.273, table 2: white, red, green and blue. 2 is "not said", as is every other. */
static const struct
{
  guint code;
  double xy[8];
} spaces[] = {
  { 1, { 0.3127, 0.3290, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060 } },  /* BT.709, sRGB */
  { 5, { 0.3127, 0.3290, 0.640, 0.330, 0.290, 0.600, 0.150, 0.060 } },  /* BT.601, 625 lines */
  { 6, { 0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070 } },  /* BT.601, 525 lines */
  { 7, { 0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070 } },  /* SMPTE 240M */
  { 9, { 0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046 } },  /* BT.2020 */
  { 11, { 0.3140, 0.3510, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060 } }, /* DCI P3 */
  { 12, { 0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060 } }, /* Display P3 */
};

/* Table 3. The curves of BT.709 and its kin are a camera's: pictures that carry their numbers are
 * meant to be shown as sRGB, which viewers do. */
static double
find_gamma (guint transfer)
{
  switch (transfer)
    {
    case 4:
      return 2.2;
    case 5:
      return 2.8;
    case 8:
      return 1;
    default:
      return 0; /* sRGB's curve */
    }
}

/**
 * imp_cicp_check:
 * @transfer: TransferCharacteristics
 * @error: where to put %IMP_ERROR_UNSUPPORTED
 *
 * PQ and HLG say light that no screen of this kind can show: any rendering would be one of many.
 *
 * Returns: whether it is neither
 */
gboolean
imp_cicp_check (guint transfer, GError **error)
{
  if (transfer != 16 && transfer != 18)
    return TRUE;
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("This picture is coded for HDR screens, and would not look as it should: save it "
                "as JPEG"),
            NULL);
  return FALSE;
}

/**
 * imp_cicp_make_colour:
 * @model: %IMP_COLOUR_GREY or %IMP_COLOUR_RGB
 * @primaries: ColourPrimaries
 * @transfer: TransferCharacteristics
 *
 * Returns: (transfer full): a conversion to sRGB; what is not said is sRGB
 */
ImpColour *
imp_cicp_make_colour (ImpColourModel model, guint primaries, guint transfer)
{
  const double *xy = spaces[0].xy;

  for (gsize i = 0; i < G_N_ELEMENTS (spaces); i++)
    if (spaces[i].code == primaries)
      xy = spaces[i].xy;
  return imp_colour_new_from_gamma (model, find_gamma (transfer), xy);
}
