/* What a file gives away: every planted value is found, by tag and kind, and nothing else is called
 * an identifier. The files and their values are made by tests/fixtures/decode_make.py. */
#include <string.h>

#include "imp-error.h"
#include "imp-facts.h"
#include "imp-source.h"

static ImpFacts *
open_facts (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);

  g_assert_no_error (error);
  return imp_facts_ref (imp_source_get_facts (source));
}

typedef struct
{
  const char *where;
  const char *kind;
  const char *value;
  gboolean identifies;
} Planted;

static gboolean
same (const ImpGiveaway *found, const Planted *wanted)
{
  return strcmp (found->where, wanted->where) == 0 && strcmp (found->kind, wanted->kind) == 0
         && g_strcmp0 (found->value, wanted->value) == 0 && found->identifies == wanted->identifies;
}

/* Each wanted one is there; each that identifies is wanted. */
static void
compare (ImpFacts *facts, const Planted *wanted, gsize n_wanted)
{
  GPtrArray *found = imp_facts_get_giveaways (facts);

  for (gsize i = 0; i < n_wanted; i++)
    {
      gboolean there = FALSE;

      for (guint j = 0; j < found->len && !there; j++)
        there = same (found->pdata[j], &wanted[i]);
      if (!there)
        g_error ("not found: %s %s %s", wanted[i].where, wanted[i].kind, wanted[i].value);
    }
  for (guint j = 0; j < found->len; j++)
    {
      const ImpGiveaway *each = found->pdata[j];
      gboolean expected = !each->identifies;

      for (gsize i = 0; i < n_wanted && !expected; i++)
        expected = same (each, &wanted[i]);
      if (!expected)
        g_error ("not planted: %s %s %s", each->where, each->kind, each->value);
    }
}

static void
test_dicom (void)
{
  static const Planted wanted[] = {
    { "DICOM (0002,0003)", "MediaStorageSOPInstanceUID", "1.2.826.0.1.3680043.8.498.1", TRUE },
    { "DICOM (0008,0018)", "SOPInstanceUID", "1.2.826.0.1.3680043.8.498.1", TRUE },
    { "DICOM (0008,0020)", "StudyDate", "20240131", TRUE },
    { "DICOM (0008,0050)", "AccessionNumber", "ACC-77001", TRUE },
    { "DICOM (0008,0060)", "Modality", "OT", FALSE },
    { "DICOM (0008,0070)", "Manufacturer", "Example Imaging", FALSE },
    { "DICOM (0008,0080)", "InstitutionName", "St Example's Hospital", TRUE },
    { "DICOM (0008,0090)", "ReferringPhysicianName", "DOE^JANE", TRUE },
    { "DICOM (0008,0090)", "ReferringPhysicianName", "JANE", TRUE },
    { "DICOM (0008,1010)", "StationName", "ROOM 4", TRUE },
    { "DICOM (0008,1030)", "StudyDescription", "Left hand after fall", TRUE },
    { "DICOM (0008,1070)", "OperatorsName", "SMITH^HIDDEN", TRUE },
    { "DICOM (0008,1070)", "OperatorsName", "SMITH", TRUE },
    { "DICOM (0008,1070)", "OperatorsName", "HIDDEN", TRUE },
    { "DICOM (0010,0010)", "PatientName", "Müller^Joséphine Q", TRUE },
    { "DICOM (0010,0010)", "PatientName", "Müller", TRUE },
    { "DICOM (0010,0010)", "PatientName", "Joséphine", TRUE },
    { "DICOM (0010,0020)", "PatientID", "H204417", TRUE },
    { "DICOM (0010,0030)", "PatientBirthDate", "19610704", TRUE },
    { "DICOM (0010,0040)", "PatientSex", "F", FALSE },
    { "DICOM (0018,1000)", "DeviceSerialNumber", "SN-55432", TRUE },
    { "DICOM (0020,000d)", "StudyInstanceUID", "1.2.826.0.1.3680043.8.498.2", TRUE },
    { "DICOM (0020,000e)", "SeriesInstanceUID", "1.2.826.0.1.3680043.8.498.3", TRUE },
    { "DICOM (0029,0010)", "private", "EXAMPLE PRIVATE", FALSE },
    { "DICOM (0029,1001)", "private", "private words", TRUE },
    { "DICOM (0029,1002)", "private", NULL, FALSE },
  };
  g_autoptr (ImpFacts) facts = open_facts ("facts.dcm");

  compare (facts, wanted, G_N_ELEMENTS (wanted));
  g_assert_cmpstr (imp_facts_get_patient_id (facts), ==, "H204417");
  g_assert_cmpstr (imp_facts_get_burned_in (facts), ==, "YES");
  g_assert_cmpstr (imp_facts_get_consent_flag (facts), ==, "WITHDRAWN");
}

static void
test_jpeg (void)
{
  static const Planted wanted[] = {
    { "EXIF Make", "device", "Example", FALSE },
    { "EXIF Model", "device", "Camera One", FALSE },
    { "EXIF Artist", "person", "Person A Example", TRUE },
    { "EXIF ImageDescription", "text", "left hand of H204417", TRUE },
    { "EXIF DateTimeOriginal", "date", "2024:01:31 10:11:12", TRUE },
    { "EXIF BodySerialNumber", "device", "SN-90210", TRUE },
    { "EXIF GPS", "gps", "51.500000, -0.125000", TRUE },
    { "XMP", "person", "Jane Doe", TRUE },
    { "IPTC 2:80", "person", "Jo Bloggs", TRUE },
    { "JPEG comment", "text", "a comment for H204417", TRUE },
    { "after EOI", "trailing-bytes", "15 bytes", FALSE },
  };
  g_autoptr (ImpFacts) facts = open_facts ("facts.jpg");
  GPtrArray *found = imp_facts_get_giveaways (facts);
  guint thumbnails = 0;

  compare (facts, wanted, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < found->len; i++)
    {
      const ImpGiveaway *each = found->pdata[i];

      thumbnails += strcmp (each->where, "EXIF thumbnail") == 0;
    }
  g_assert_cmpuint (thumbnails, ==, 1);
}

static void
test_png (void)
{
  static const Planted wanted[] = {
    { "PNG tEXt Author", "text", "Person A Example", TRUE },
    { "PNG zTXt Comment", "text", "seen by DOE", TRUE },
    { "PNG iTXt Title", "text", "H204417", TRUE },
    { "PNG tIME", "date", "2024-01-31 10:11:12", TRUE },
    { "PNG prVt", "private", "15 bytes", FALSE },
    { "after IEND", "trailing-bytes", "13 bytes", FALSE },
  };
  g_autoptr (ImpFacts) facts = open_facts ("facts.png");

  compare (facts, wanted, G_N_ELEMENTS (wanted));
}

/* PS3.3 C.12.1.1.2: names in half-width katakana (ISO_IR 13), as older Japanese machines write. */
static void
test_katakana (void)
{
  static const char NAME[] = "\xef\xbe\x94\xef\xbe\x8f\xef\xbe\x80\xef\xbe\x9e^"
                             "\xef\xbe\x80\xef\xbe\x9b\xef\xbd\xb3";
  g_autoptr (ImpFacts) facts = open_facts ("numbers-jis.dcm");
  GPtrArray *found = imp_facts_get_giveaways (facts);
  gboolean there = FALSE;

  for (guint i = 0; i < found->len && !there; i++)
    there = g_strcmp0 (((const ImpGiveaway *)found->pdata[i])->value, NAME) == 0;
  g_assert_true (there);
}

/* A person who objected must be found under any number that the file carries. */
static void
test_patient_numbers (void)
{
  static const char *const wanted[] = { "X1",    "H204417", "H-300", "H-301", "H-400",
                                        "H-401", "H-402",   "H-500", "H-600", NULL };
  static const char *const jis[] = { "\xef\xbd\xb1\xef\xbd\xb2", "H204417", NULL };
  g_autoptr (ImpFacts) facts = open_facts ("numbers.dcm");
  g_autoptr (ImpFacts) others = open_facts ("numbers-other-only.dcm");
  g_autoptr (ImpFacts) of_jis = open_facts ("numbers-jis.dcm");
  g_autoptr (ImpFacts) none = open_facts ("numbers-none.dcm");
  g_autoptr (ImpFacts) photo = open_facts ("facts.jpg");
  g_autofree char *last = g_strdup_printf ("H-%060d", 39);

  for (guint i = 0; i < G_N_ELEMENTS (wanted) - 1; i++)
    if (!g_strv_contains ((const char *const *)imp_facts_get_patient_ids (facts), wanted[i]))
      g_error ("not found: %s", wanted[i]);
  g_assert_cmpuint (g_strv_length (imp_facts_get_patient_ids (facts)), ==,
                    G_N_ELEMENTS (wanted) - 1);
  g_assert_cmpstr (imp_facts_get_patient_id (facts), ==, "X1");
  g_assert_cmpuint (g_strv_length (imp_facts_get_patient_ids (others)), ==, 40);
  g_assert_cmpstr (imp_facts_get_patient_ids (others)[39], ==, last);
  g_assert_true (g_strv_equal ((const char *const *)imp_facts_get_patient_ids (of_jis), jis));
  g_assert_cmpuint (g_strv_length (imp_facts_get_patient_ids (none)), ==, 0);
  g_assert_null (imp_facts_get_patient_id (none));
  g_assert_cmpuint (g_strv_length (imp_facts_get_patient_ids (photo)), ==, 0);
}

/* PS3.3 C.7.2.3.1.1 knows NO, WITHDRAWN and YES: whatever else somebody wrote is no consent. */
static void
test_consent (void)
{
  static const struct
  {
    const char *name;
    const char *flag;
  } cases[] = { { "no-flag", NULL },
                { "yes", "YES" },
                { "yes-padded", "YES" },
                { "lower", "NO" },
                { "padded", "WITHDRAWN" },
                { "other", "NO" },
                { "empty", NULL },
                { "two", "NO" },
                { "first", "WITHDRAWN" },
                { "top", "NO" },
                { "top-and-yes", "WITHDRAWN" },
                { "deep", "NO" },
                { "binary", "NO" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("consent-%s.dcm", cases[i].name);
      g_autoptr (ImpFacts) facts = open_facts (name);

      if (g_strcmp0 (imp_facts_get_consent_flag (facts), cases[i].flag) != 0)
        g_error ("%s: %s", name, imp_facts_get_consent_flag (facts));
    }
}

static gboolean
gives_away (ImpFacts *facts, const char *value)
{
  GPtrArray *found = imp_facts_get_giveaways (facts);

  for (guint i = 0; i < found->len; i++)
    {
      const ImpGiveaway *each = found->pdata[i];

      if (each->identifies && g_strcmp0 (each->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* However much a file tells, what identifies is kept: an export is searched for it. */
static void
test_identifiers_past_the_cap (void)
{
  g_autoptr (ImpFacts) technique = open_facts ("much-technique.dcm");
  g_autoptr (ImpFacts) identifying = open_facts ("much-identifying.dcm");

  g_assert_true (gives_away (technique, "EXAMPLE^PERSON A"));
  g_assert_true (gives_away (technique, "H204417"));
  g_assert_true (gives_away (identifying, "N5099"));
  g_assert_true (gives_away (identifying, "EXAMPLE^PERSON A"));
}

/* A progressive JPEG of block averages alone is no whole picture; a decoder that smooths over them
 * would also carry what is covered into the next block. */
static void
test_averages_alone (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), "dc-only.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, &error);

  g_assert_null (source);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
}

/* What a helper that was taken over might send. */
static void
expect_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
  g_autoptr (ImpFacts) facts = NULL;

  g_assert_no_error (error);
  facts = imp_facts_new_from_variant (variant, &error);
  g_assert_null (facts);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
}

/* An answer that is accepted, field by field; a hostile one differs in one of them. */
static const struct
{
  const char *key;
  const char *value;
} good[] = {
  { "format", "'png'" },
  { "width", "4" },
  { "height", "5" },
  { "frames", "uint32 1" },
  { "pages", "uint32 2" },
  { "page", "uint32 1" },
  { "overlays", "uint32 1" },
  { "overlay-planes", "[(uint32 0x6002, true, just 'ROI')]" },
  { "tables", "[just 'BONE', nothing]" },
  { "shape", "(1, 16)" },
  { "codec", "'jpeg-ls'" },
  { "orientation", "1" },
  { "grid", "(0, 0)" },
  { "windows", "@a(ddims) []" },
  { "ultrasound-regions", "[(uint32 1, uint32 1, uint32 1, uint32 4, uint32 5)]" },
  { "properties", "{'bits_stored': '12', 'rescale_intercept': '-1e+03'}" },
  { "giveaways", "@a(ssmsb) []" },
  { "warnings", "@as []" },
};

/* The good answer with one field replaced, or left out where @value is NULL. */
static char *
answer_with (const char *key, const char *value)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gboolean other = g_strcmp0 (good[i].key, key) == 0;

      if (other && value == NULL)
        continue;
      g_string_append_printf (text, "%s'%s': <%s>", text->len > 1 ? ", " : "", good[i].key,
                              other ? value : good[i].value);
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_hostile_answers (void)
{
  static const char *const hostile[][2] = {
    { "width", NULL },
    { "width", "'4'" },
    { "width", "-4" },
    { "width", "2000000000" },
    { "orientation", "9" },
    { "grid", "(-8, 8)" },
    { "windows", "[(1.0, -5.0, 0, @ms nothing)]" },
    { "windows", "[(1.0, 5.0, 3, @ms nothing)]" }, /* a table is no window */
    { "page", "uint32 2" },
    { "shape", "(0, 1)" },
    { "shape", "(1, 17)" },
    { "shape", "(300000000, 300000000)" }, /* 16 times as much is no int */
    { "shape", "(1000001, 1000001)" },
    { "codec", "'EXAMPLE^PERSON A'" },
    { "codec", "''" },
    { "overlays", "uint32 2" },
    { "overlay-planes", "[(uint32 0x6001, true, just 'ROI')]" },
    { "overlay-planes", "[(uint32 0x6020, true, just 'ROI')]" },
    { "tables", NULL },
    { "ultrasound-regions", NULL },
    { "ultrasound-regions", "[(1, 1, 1, 4, 5)]" },
    { "properties", NULL },
    { "properties", "{'patient': '12'}" },
    { "properties", "{'bits_stored': 'EXAMPLE'}" },
    { "properties", "{'bits_stored': ''}" },
    { "properties", "{'bits_stored': '1', 'bits_stored': '2'}" },
    { "format", NULL },
  };
  g_autofree char *text = answer_with (NULL, NULL);
  g_autoptr (GVariant) accepted = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  g_autoptr (ImpFacts) facts = imp_facts_new_from_variant (accepted, NULL);

  g_assert_cmpint (imp_facts_get_width (facts), ==, 4);
  g_assert_cmpuint (imp_facts_get_page (facts), ==, 1);
  g_assert_cmpint (imp_facts_get_shape (facts).height, ==, 16);
  g_assert_cmpstr (imp_facts_get_codec (facts), ==, "jpeg-ls");
  g_assert_cmpuint (imp_facts_get_tables (facts)->len, ==, 2);
  g_assert_cmpstr (imp_facts_get_tables (facts)->pdata[0], ==, "BONE");
  g_assert_null (imp_facts_get_tables (facts)->pdata[1]);
  g_assert_cmpuint (((const ImpOverlay *)imp_facts_get_overlays (facts)->pdata[0])->group, ==,
                    0x6002);
  g_assert_cmpuint (imp_facts_get_regions (facts)->len, ==, 1);
  expect_refused ("@a{sv} {}");
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *answer = answer_with (hostile[i][0], hostile[i][1]);

      expect_refused (answer);
    }
}

/* More regions than the helper tells of were not told by it. */
static void
test_too_many_regions (void)
{
  g_autoptr (GString) regions = g_string_new ("[");
  g_autofree char *answer = NULL;

  for (guint i = 0; i <= IMP_ULTRASOUND_MOST_REGIONS; i++)
    g_string_append_printf (regions, "%s(uint32 1, uint32 1, uint32 1, uint32 4, uint32 5)",
                            i > 0 ? ", " : "");
  g_string_append_c (regions, ']');
  answer = answer_with ("ultrasound-regions", regions->str);
  expect_refused (answer);
}

/* PS3.3 C.8.5.5 as scanners write it: cut to the frame of 64 by 48, the second corner outside, an
 * unknown format as none; without an empty one, one beyond the frame, and one without a corner. */
static void
test_regions (void)
{
  static const ImpUltrasoundRegion wanted[] = { { 1, { 4, 6, 36, 24 } },
                                                { 3, { 10, 30, 54, 18 } },
                                                { 0, { 0, 0, 2, 2 } } };
  g_autoptr (ImpFacts) facts = open_facts ("regions.dcm");
  g_autoptr (ImpFacts) none = open_facts ("facts.dcm");
  GArray *regions = imp_facts_get_regions (facts);

  g_assert_cmpuint (regions->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < regions->len; i++)
    {
      const ImpUltrasoundRegion *region = &g_array_index (regions, ImpUltrasoundRegion, i);

      g_assert_cmpuint (region->format, ==, wanted[i].format);
      g_assert_true (imp_rect_equal (&region->rect, &wanted[i].rect));
    }
  g_assert_cmpuint (imp_facts_get_regions (none)->len, ==, 0);
}

static ImpFacts *
take (const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = answer_with (key, value);
  g_autoptr (GVariant) answer = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
  ImpFacts *facts = imp_facts_new_from_variant (answer, &error);

  g_assert_no_error (error);
  return facts;
}

/* A second child, after the first one's death, that speaks of another picture. */
static void
test_changed_answers (void)
{
  static const char *const changed[][2] = {
    { "width", "5" },
    { "height", "4" },
    { "frames", "uint32 2" },
    { "pages", "uint32 3" },
    { "overlay-planes", "[(uint32 0x6004, true, just 'ROI')]" },
    { "orientation", "3" },
    { "grid", "(8, 8)" },
    { "grid", "(8, 16)" },
    { "shape", "(1, 15)" },
    { "shape", "(2, 16)" },
    { "codec", "'avif'" },
    { "codec", NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFacts) first = take (NULL, NULL);
  g_autoptr (ImpFacts) second = take ("warnings", "['other words']");

  g_assert_true (imp_facts_check_again (first, 1, NULL, &error));
  g_assert_true (imp_facts_check_again (second, 1, first, &error));
  g_assert_false (imp_facts_check_again (first, 0, NULL, &error)); /* it is page 1 */
  g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      g_autoptr (ImpFacts) other = take (changed[i][0], changed[i][1]);

      g_clear_error (&error);
      g_assert_false (imp_facts_check_again (other, 1, first, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
    }
}

/* PS3.3 C.9.2: repeating groups 6000 to 601E, even numbers alone. */
static void
test_overlay_planes (void)
{
  static const guint none[] = { 0, 0x5ffe, 0x5fff, 0x6001, 0x601d, 0x601f, 0x6020, 0xffffffff };

  g_assert_cmphex (imp_overlay_find_plane (0x6000), ==, 0x1);
  g_assert_cmphex (imp_overlay_find_plane (0x6002), ==, 0x2);
  g_assert_cmphex (imp_overlay_find_plane (0x601e), ==, 0x8000);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmphex (imp_overlay_find_plane (none[i]), ==, 0);
  g_assert_cmpuint (imp_overlay_count_planes (0), ==, 0);
  g_assert_cmpuint (imp_overlay_count_planes (0x8005), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/facts/dicom", test_dicom);
  g_test_add_func ("/decode/facts/jpeg", test_jpeg);
  g_test_add_func ("/decode/facts/png", test_png);
  g_test_add_func ("/decode/facts/katakana", test_katakana);
  g_test_add_func ("/decode/facts/patient-numbers", test_patient_numbers);
  g_test_add_func ("/decode/facts/consent-flag", test_consent);
  g_test_add_func ("/decode/facts/identifiers-past-the-cap", test_identifiers_past_the_cap);
  g_test_add_func ("/leaks/row-14/jpeg-dc-only", test_averages_alone);
  g_test_add_func ("/decode/facts/hostile-answers", test_hostile_answers);
  g_test_add_func ("/decode/facts/too-many-regions", test_too_many_regions);
  g_test_add_func ("/decode/facts/ultrasound-regions", test_regions);
  g_test_add_func ("/decode/facts/changed-answers", test_changed_answers);
  g_test_add_func ("/decode/facts/overlay-planes", test_overlay_planes);
  return g_test_run ();
}
