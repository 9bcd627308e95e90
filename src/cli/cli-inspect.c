#include "cli.h"
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
add_facts (ImpCli *cli, ImpSource *source)
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
  imp_cli_add_int (cli, "overlays", imp_facts_get_n_overlays (facts));
  imp_cli_add_string (cli, "burned_in_annotation",
                      imp_cli_mask_code (cli, imp_facts_get_burned_in (facts), YES_NO));
  imp_cli_add_string (cli, "modality",
                      imp_cli_mask_code (cli, imp_facts_get_modality (facts), MODALITIES));
  imp_cli_add_string (cli, "image_kind", imp_facts_get_image_kind (facts));
  imp_cli_add_string (cli, "source_sha256", imp_source_get_sha256 (source));
  imp_cli_line (cli, "%s, %s, %d × %d pixels, %u frames, %u pages, %u overlays (hidden)",
                imp_facts_get_format (facts), photometric, imp_facts_get_width (facts),
                imp_facts_get_height (facts), imp_facts_get_n_frames (facts),
                imp_facts_get_n_pages (facts), imp_facts_get_n_overlays (facts));
  add_properties (cli, facts);
  add_giveaways (cli, facts);
  add_warnings (cli, facts);
}

static gboolean
add_renderings (ImpCli *cli, ImpSource *source, GError **error)
{
  guint n_frames = imp_facts_get_n_frames (imp_source_get_facts (source));

  json_builder_set_member_name (cli->out, "rendering_sha256");
  json_builder_begin_array (cli->out);
  for (guint i = 0; i < n_frames; i++)
    {
      g_autoptr (ImpFrame) frame =
          imp_source_load_frame_sync (source, i, 0, cli->cancellable, error);
      g_autoptr (ImpRaster) rendering =
          frame != NULL ? imp_frame_render (frame, NULL, error) : NULL;
      g_autofree char *hash = rendering != NULL ? imp_raster_hash (rendering) : NULL;

      if (hash == NULL)
        return FALSE;
      json_builder_add_string_value (cli->out, hash);
      imp_cli_line (cli, "Frame %u: rendering %s", i + 1, hash);
    }
  json_builder_end_array (cli->out);
  return TRUE;
}

/**
 * imp_cli_inspect:
 * @cli: the call
 * @arguments: what followed the verb
 * @error: where to put the error
 *
 * Says what one file is, what it gives away, and the hash of each frame's default rendering.
 * Nothing is answered where any frame cannot be shown.
 *
 * Returns: whether it did
 */
gboolean
imp_cli_inspect (ImpCli *cli, char **arguments, GError **error)
{
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpSource) source = NULL;

  if (!imp_cli_parse (cli, NULL, "FILE", &left, 1, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (left[1]);
  source = imp_source_open_sync (file, cli->cancellable, error);
  if (source == NULL)
    return FALSE;
  json_builder_begin_object (cli->out);
  add_facts (cli, source);
  if (!add_renderings (cli, source, error))
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
