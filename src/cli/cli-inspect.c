#include "cli.h"
#include "imp-coding-names.h"
#include "imp-error.h"
#include "imp-source.h"

static void
add_giveaways (ImpCli *cli, ImpFacts *facts)
{
  GPtrArray *giveaways = imp_facts_get_giveaways (facts);

  json_builder_set_member_name (cli->out, "gives_away");
  json_builder_begin_array (cli->out);
  imp_cli_line (cli, "Gives away:%s", giveaways->len == 0 ? " nothing that was found" : "");
  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "where", giveaway->where);
      imp_cli_add_string (cli, "kind", giveaway->kind);
      imp_cli_add_secret (cli, "value", giveaway->value);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "  %s  %s  %s", giveaway->where, giveaway->kind,
                    giveaway->value != NULL ? imp_cli_mask (cli, giveaway->value) : "(present)");
    }
  json_builder_end_array (cli->out);
}

static void
add_warnings (ImpCli *cli, ImpFacts *facts)
{
  char **warnings = imp_facts_get_warnings (facts);

  json_builder_set_member_name (cli->out, "warnings");
  json_builder_begin_array (cli->out);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    {
      json_builder_add_string_value (cli->out, warnings[i]);
      imp_cli_line (cli, "Note: %s", warnings[i]);
    }
  json_builder_end_array (cli->out);
}

/* Numbers and codes alone: nothing in them is masked. */
static void
add_properties (ImpCli *cli, ImpFacts *facts)
{
  GVariantIter iter;
  const char *key = NULL;
  const char *value = NULL;

  json_builder_set_member_name (cli->out, "properties");
  json_builder_begin_object (cli->out);
  g_variant_iter_init (&iter, imp_facts_get_properties (facts));
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      imp_cli_add_string (cli, key, value);
      imp_cli_line (cli, "  %s: %s", key, value);
    }
  json_builder_end_object (cli->out);
}

/* PS3.3 C.7.6.3.1.2, and the decoder's own words for other formats. */
static const char *const PHOTOMETRICS[] = { "MONOCHROME1",
                                            "MONOCHROME2",
                                            "PALETTE COLOR",
                                            "RGB",
                                            "HSV",
                                            "ARGB",
                                            "CMYK",
                                            "YBR_FULL",
                                            "YBR_FULL_422",
                                            "YBR_PARTIAL_422",
                                            "YBR_PARTIAL_420",
                                            "YBR_ICT",
                                            "YBR_RCT",
                                            "XYB",
                                            "grey",
                                            "grey with alpha",
                                            "RGB with alpha",
                                            "palette",
                                            "mask",
                                            "grey (white is zero)",
                                            "YCbCr",
                                            "YCCK",
                                            "CIELab",
                                            "unknown",
                                            NULL };

/* PS3.3 C.7.3.1.1.1, retired ones too. */
static const char *const MODALITIES[] = {
  "ANN",      "AR",         "AS",      "ASMT",     "AU",     "BDUS",  "BI",       "BMD",
  "CD",       "CF",         "CFM",     "CP",       "CR",     "CS",    "CT",       "CTPROTOCOL",
  "DD",       "DF",         "DG",      "DM",       "DMS",    "DOC",   "DS",       "DX",
  "EC",       "ECG",        "EEG",     "EMG",      "EOG",    "EPS",   "ES",       "FA",
  "FID",      "FS",         "GM",      "HC",       "HD",     "IO",    "IOL",      "IVOCT",
  "IVUS",     "KER",        "KO",      "LEN",      "LP",     "LS",    "M3D",      "MA",
  "MG",       "MR",         "MS",      "NM",       "OAM",    "OCT",   "OP",       "OPM",
  "OPR",      "OPT",        "OPTBSV",  "OPTENF",   "OPV",    "OSS",   "OT",       "PA",
  "PLAN",     "POS",        "PR",      "PT",       "PX",     "REG",   "RESP",     "RF",
  "RG",       "RTDOSE",     "RTIMAGE", "RTINTENT", "RTPLAN", "RTRAD", "RTRECORD", "RTSEGANN",
  "RTSTRUCT", "RWV",        "SEG",     "SM",       "SMR",    "SR",    "SRF",      "ST",
  "STAIN",    "TEXTUREMAP", "TG",      "US",       "VA",     "VF",    "XA",       "XAPROTOCOL",
  "XC",       NULL
};

/* PS3.3 C.7.6.1: Burned In Annotation. */
static const char *const YES_NO[] = { "YES", "NO", NULL };

static void
add_pair (ImpCli *cli, const char *name, int width, int height)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_begin_array (cli->out);
  json_builder_add_int_value (cli->out, width);
  json_builder_add_int_value (cli->out, height);
  json_builder_end_array (cli->out);
}

static void
add_double (ImpCli *cli, const char *name, double value)
{
  json_builder_set_member_name (cli->out, name);
  json_builder_add_double_value (cli->out, value);
}

static void
add_windows (ImpCli *cli, ImpFacts *facts)
{
  static const char *const FUNCTIONS[] = { "linear", "linear-exact", "sigmoid" };
  GPtrArray *windows = imp_facts_get_windows (facts);
  GPtrArray *tables = imp_facts_get_tables (facts);

  json_builder_set_member_name (cli->out, "windows");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < windows->len; i++)
    {
      const ImpNamedWindow *named = g_ptr_array_index (windows, i);
      const ImpWindow *window = &named->window;

      json_builder_begin_object (cli->out);
      add_double (cli, "centre", window->centre);
      add_double (cli, "width", window->width);
      imp_cli_add_string (cli, "function",
                          window->function < G_N_ELEMENTS (FUNCTIONS) ? FUNCTIONS[window->function]
                                                                      : NULL);
      imp_cli_add_secret (cli, "explanation", named->explanation);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "Window: centre %g, width %g  %s", window->centre, window->width,
                    imp_cli_shown (cli, named->explanation));
    }
  json_builder_end_array (cli->out);
  json_builder_set_member_name (cli->out, "voi_luts");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *explanation = g_ptr_array_index (tables, i);

      json_builder_begin_object (cli->out);
      imp_cli_add_secret (cli, "explanation", explanation);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "VOI LUT %u  %s", i + 1, imp_cli_shown (cli, explanation));
    }
  json_builder_end_array (cli->out);
}

static void
add_overlays (ImpCli *cli, ImpFacts *facts, guint planes)
{
  GPtrArray *overlays = imp_facts_get_overlays (facts);

  json_builder_set_member_name (cli->out, "overlay_planes");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < overlays->len; i++)
    {
      const ImpOverlay *overlay = g_ptr_array_index (overlays, i);
      gboolean drawn = (planes & imp_overlay_get_plane (overlay)) != 0;
      g_autofree char *group = g_strdup_printf ("%04X", overlay->group);

      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "group", group);
      imp_cli_add_boolean (cli, "embedded", overlay->embedded);
      imp_cli_add_secret (cli, "label", overlay->label);
      imp_cli_add_boolean (cli, "drawn", drawn);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "Overlay %s, %s%s  %s", group, drawn ? "drawn" : "hidden",
                    overlay->embedded ? ", in bits of the pixels" : "",
                    imp_cli_shown (cli, overlay->label));
    }
  json_builder_end_array (cli->out);
}

/* How far what is covered may have been smeared by compression, and what a pixel looks like. */
static void
add_cover (ImpCli *cli, ImpFacts *facts)
{
  const ImpPixelShape shape = imp_facts_get_shape (facts);
  const ImpCover cover = imp_facts_get_cover (facts);
  const char *codec = imp_facts_get_codec (facts);

  add_pair (cli, "pixel_shape", shape.width, shape.height);
  imp_cli_add_int (cli, "orientation", imp_facts_get_orientation (facts));
  add_pair (cli, "grid", cover.grid.width, cover.grid.height);
  imp_cli_add_string (cli, "codec", codec);
  imp_cli_add_int (cli, "margin", cover.margin);
  if (shape.width != shape.height)
    imp_cli_line (cli, "Pixels are %d wide and %d high: they are made square", shape.width,
                  shape.height);
  if (cover.grid.width > 0)
    imp_cli_line (cli, "Boxes grow to blocks of %d × %d pixels", cover.grid.width,
                  cover.grid.height);
  if (codec != NULL)
    {
      const char *name = imp_codec_name (codec);

      imp_cli_line (cli, "Boxes grow by a margin of %d pixels (%s)", cover.margin,
                    name != NULL ? name : "lossy once, in a way not known");
    }
}

/* What a DICOM file says of consent, item by item, and the worst of it. */
static void
add_consents (ImpCli *cli, const ImpFacts *facts)
{
  const char *worst = imp_facts_get_consent_flag (facts);
  const char *kind = imp_facts_get_distribution (facts);
  GVariantIter iter;
  const char *flag = NULL;
  const char *distribution = NULL;
  const char *protocol = NULL;

  imp_cli_add_string (cli, "consent_flag", worst);
  imp_cli_add_string (cli, "consent_distribution", kind);
  json_builder_set_member_name (cli->out, "consents");
  json_builder_begin_array (cli->out);
  g_variant_iter_init (&iter, imp_facts_get_consents (facts));
  while (g_variant_iter_next (&iter, "(&s&s&s)", &flag, &distribution, &protocol))
    {
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "flag", *flag != '\0' ? flag : NULL);
      imp_cli_add_string (cli, "distribution", *distribution != '\0' ? distribution : NULL);
      imp_cli_add_secret (cli, "protocol", *protocol != '\0' ? protocol : NULL);
      json_builder_end_object (cli->out);
    }
  json_builder_end_array (cli->out);
  if (worst != NULL || kind != NULL)
    imp_cli_line (cli, "The file says of consent to distribution: %s%s%s",
                  worst != NULL ? worst : "nothing clear", kind != NULL ? ", for " : "",
                  kind != NULL ? kind : "");
}

static void
add_facts (ImpCli *cli, ImpSource *source, guint planes)
{
  ImpFacts *facts = imp_source_get_facts (source);
  const char *photometric =
      imp_cli_mask_code (cli, imp_facts_get_photometric (facts), PHOTOMETRICS);

  imp_cli_add_string (cli, "format", imp_facts_get_format (facts));
  imp_cli_add_string (cli, "transfer_syntax", imp_facts_get_transfer_syntax (facts));
  imp_cli_add_string (cli, "photometric", photometric);
  imp_cli_add_int (cli, "width", imp_facts_get_width (facts));
  imp_cli_add_int (cli, "height", imp_facts_get_height (facts));
  imp_cli_add_int (cli, "frames", imp_facts_get_n_frames (facts));
  imp_cli_add_int (cli, "pages", imp_facts_get_n_pages (facts));
  imp_cli_add_int (cli, "page", imp_facts_get_page (facts) + 1);
  imp_cli_add_int (cli, "overlays", imp_facts_get_n_overlays (facts));
  imp_cli_add_string (cli, "burned_in_annotation",
                      imp_cli_mask_code (cli, imp_facts_get_burned_in (facts), YES_NO));
  imp_cli_add_string (cli, "modality", imp_cli_mask_modality (cli, imp_facts_get_modality (facts)));
  imp_cli_add_string (cli, "image_kind", imp_facts_get_image_kind (facts));
  imp_cli_add_string (cli, "source_sha256", imp_source_get_sha256 (source));
  imp_cli_line (cli, "%s, %s, %d × %d pixels, %u frames, page %u of %u, %u overlays",
                imp_facts_get_format (facts), photometric, imp_facts_get_width (facts),
                imp_facts_get_height (facts), imp_facts_get_n_frames (facts),
                imp_facts_get_page (facts) + 1, imp_facts_get_n_pages (facts),
                imp_facts_get_n_overlays (facts));
  if (imp_facts_get_transfer_syntax (facts) != NULL)
    imp_cli_line (cli, "Packed as: %s",
                  imp_transfer_syntax_name (imp_facts_get_transfer_syntax (facts)));
  add_consents (cli, facts);
  add_cover (cli, facts);
  add_windows (cli, facts);
  add_overlays (cli, facts, planes);
  add_properties (cli, facts);
  add_giveaways (cli, facts);
  add_warnings (cli, facts);
}

/* Each frame is decoded, shown and let go again: a long film takes time, not memory. */
static gboolean
add_renderings (ImpCli *cli, ImpSource *source, ImpCliView *view, GError **error)
{
  gboolean all = view->frame == IMP_CLI_ALL_FRAMES;
  guint first = all ? 0 : (guint)view->frame - 1;
  guint end = all ? imp_facts_get_n_frames (imp_source_get_facts (source)) : first + 1;
  gboolean ranged = FALSE;

  json_builder_set_member_name (cli->out, "rendering_sha256");
  json_builder_begin_array (cli->out);
  for (guint i = first; i < end; i++)
    {
      g_autoptr (ImpFrame) frame = imp_cli_load (cli, source, i, view, error);
      g_autoptr (ImpRaster) rendering =
          frame != NULL ? imp_frame_render (frame, view->has_chosen ? &view->chosen : NULL, error)
                        : NULL;
      g_autofree char *hash = rendering != NULL ? imp_raster_hash (rendering) : NULL;

      if (hash == NULL)
        return FALSE;
      ranged = ranged || imp_frame_is_ranged (frame);
      json_builder_add_string_value (cli->out, hash);
      imp_cli_line (cli, "Frame %u: rendering %s", i + 1, hash);
    }
  json_builder_end_array (cli->out);
  imp_cli_add_boolean (cli, "ranged", ranged);
  return TRUE;
}

/**
 * imp_cli_mask_modality:
 * @cli: the call
 * @value: (nullable): what a file has as its modality
 *
 * Returns: (transfer none) (nullable): as imp_cli_mask_code()
 */
const char *
imp_cli_mask_modality (ImpCli *cli, const char *value)
{
  return imp_cli_mask_code (cli, value, MODALITIES);
}

/**
 * imp_cli_inspect:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says what one file is, what it gives away, and the hash of each frame as it is shown. Nothing is
 * answered where any frame that is meant cannot be shown.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_inspect (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_auto (ImpCliView) view = {
    .page = 1, .films = TRUE, .frame = IMP_CLI_ALL_FRAMES, .voi_lut = IMP_CLI_NO_VOI_LUT
  };
  g_autoptr (ImpSource) source = NULL;

  cli->view = &view;
  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  source = imp_cli_open (cli, left[1], &view, error);
  if (source == NULL || !imp_source_check_whole (source, error))
    return FALSE;
  json_builder_begin_object (cli->out);
  add_facts (cli, source, view.planes);
  if (!add_renderings (cli, source, &view, error))
    {
      json_builder_reset (cli->out);
      g_string_truncate (cli->text, 0);
      return FALSE;
    }
  json_builder_end_object (cli->out);
  return TRUE;
}

/**
 * imp_cli_verify:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says whether anybody's file is a flat, metadata-free PNG or JPEG, and what it carries if not.
 *
 * Returns: whether it is; else %IMP_ERROR_NOT_FLAT, or the error of reading it
 */
gboolean
imp_cli_verify (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GVariant) report = NULL;
  g_autoptr (GVariant) findings = NULL;
  gboolean flat = FALSE;
  const char *format = "unknown";
  int width = 0;
  int height = 0;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  report = imp_gate_verify_file_sync (file, cli->cancellable, error);
  if (report == NULL)
    return FALSE;
  g_variant_lookup (report, "flat", "b", &flat);
  g_variant_lookup (report, "format", "&s", &format);
  g_variant_lookup (report, "width", "i", &width);
  g_variant_lookup (report, "height", "i", &height);
  findings = g_variant_lookup_value (report, "findings", G_VARIANT_TYPE ("a(ss)"));

  json_builder_begin_object (cli->out);
  imp_cli_add_boolean (cli, "flat", flat);
  imp_cli_add_string (cli, "format", format);
  imp_cli_add_int (cli, "width", width);
  imp_cli_add_int (cli, "height", height);
  json_builder_set_member_name (cli->out, "findings");
  json_builder_begin_array (cli->out);
  for (gsize i = 0; findings != NULL && i < g_variant_n_children (findings); i++)
    {
      const char *where = NULL;
      const char *what = NULL;

      g_variant_get_child (findings, i, "(&s&s)", &where, &what);
      json_builder_begin_object (cli->out);
      imp_cli_add_string (cli, "where", where);
      imp_cli_add_string (cli, "what", what);
      json_builder_end_object (cli->out);
      imp_cli_line (cli, "%s: %s", where, what);
    }
  json_builder_end_array (cli->out);
  json_builder_end_object (cli->out);
  if (flat)
    {
      imp_cli_line (cli, "Flat: pixels only.");
      return TRUE;
    }
  g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT, "The file carries more than flat pixels");
  return FALSE;
}
