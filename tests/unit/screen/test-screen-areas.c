/* What can be known of a picture without looking at it: scanners, ultrasound regions, overlays. */

#include <string.h>

#include "imp-device-rules.h"
#include "imp-error.h"
#include "imp-suggest.h"
#include "imp-ultrasound.h"

/* Facts of an ultrasound file of 100 by 60, with these regions and of this scanner. */
static ImpFacts *
make_facts (const char *kind, const char *regions, const char *giveaways)
{
  g_autofree char *text = g_strdup_printf (
      "{'format': <'dicom'>, 'width': <100>, 'height': <60>, 'frames': <uint32 1>, "
      "'pages': <uint32 1>, 'page': <uint32 0>, 'overlays': <uint32 1>, "
      "'overlay-planes': <[(uint32 0x6002, false, @ms nothing)]>, 'tables': <@ams []>, "
      "'shape': <(1, 1)>, 'orientation': <1>, 'grid': <(0, 0)>, 'windows': <@a(ddims) []>, "
      "'properties': <@a{ss} {}>, 'warnings': <@as []>, 'image-kind': <'%s'>, 'modality': <'US'>, "
      "'ultrasound-regions': <@a(uuuuu) %s>, 'giveaways': <@a(ssmsb) %s>}",
      kind, regions, giveaways);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
  ImpFacts *facts = NULL;

  g_assert_no_error (error);
  facts = imp_facts_new_from_variant (variant, &error);
  g_assert_no_error (error);
  return facts;
}

/* How many of the suggestions with a reason cover a pixel. */
static guint
count_over (GPtrArray *suggestions, ImpWhy why, int x, int y)
{
  guint n = 0;

  for (guint i = 0; i < suggestions->len; i++)
    {
      const ImpSuggestion *each = g_ptr_array_index (suggestions, i);

      if (imp_suggestion_has_reason (each, why) && x >= each->rect.x && y >= each->rect.y
          && x < each->rect.x + each->rect.width && y < each->rect.y + each->rect.height)
        n++;
    }
  return n;
}

static gboolean
is_in (int x, int y, int x0, int y0, int x1, int y1)
{
  return x >= x0 && x < x1 && y >= y0 && y < y1;
}

/* Every pixel outside the union of formats 1 to 4 is covered once, and none within. */
static void
test_outside (void)
{
  g_autoptr (ImpFacts) facts = make_facts (
      "ultrasound",
      "[(1, 10, 12, 60, 50), (3, 40, 30, 90, 55), (5, 0, 0, 100, 60), (0, 95, 0, 100, 5)]", "[]");
  g_autoptr (GPtrArray) suggestions = imp_suggest_areas (facts, NULL, 7);

  for (int y = 0; y < 60; y++)
    for (int x = 0; x < 100; x++)
      {
        gboolean inside = is_in (x, y, 10, 12, 60, 50) || is_in (x, y, 40, 30, 90, 55);

        g_assert_cmpuint (count_over (suggestions, IMP_WHY_OUTSIDE, x, y), ==, inside ? 0 : 1);
        g_assert_cmpuint (count_over (suggestions, IMP_WHY_STRIP, x, y), ==, y < 6 ? 1 : 0);
      }
  g_assert_cmpuint (((ImpSuggestion *)g_ptr_array_index (suggestions, 0))->frame, ==, 7);
}

/* Regions that hold no picture say nothing of where it is; the strip stays. */
static void
test_no_regions (void)
{
  g_autoptr (ImpFacts) graphics = make_facts ("ultrasound", "[(5, 10, 12, 60, 50)]", "[]");
  g_autoptr (ImpFacts) other = make_facts ("ct", "[]", "[]");
  g_autoptr (ImpFacts) whole = make_facts ("ultrasound", "[(1, 0, 0, 100, 60)]", "[]");
  g_autoptr (GPtrArray) suggestions = imp_suggest_areas (graphics, NULL, 0);
  g_autoptr (GPtrArray) none = imp_suggest_areas (other, NULL, 0);
  g_autoptr (GPtrArray) strip = imp_suggest_areas (whole, NULL, 0);

  g_assert_cmpuint (suggestions->len, ==, 1);
  g_assert_cmpuint (count_over (suggestions, IMP_WHY_STRIP, 99, 5), ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (strip->len, ==, 1);
  g_assert_cmpuint (count_over (strip, IMP_WHY_STRIP, 0, 0), ==, 1);
}

/* An overlay that is drawn is suggested where it is; one that is hidden is not. */
static void
test_overlay (void)
{
  g_autoptr (ImpFacts) facts = make_facts ("ct", "[]", "[]");
  g_autofree guint8 *pixels = g_malloc0 (100 * 60);
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, 100 * 60);
  g_autoptr (GBytes) mask = NULL;
  g_autoptr (ImpRaster) raster = imp_raster_new (100, 60, 1, bytes, NULL);
  g_autoptr (ImpFrame) plain = imp_frame_new_finished (raster);
  g_autoptr (ImpFrame) drawn = NULL;
  g_autoptr (GPtrArray) hidden = imp_suggest_areas (facts, plain, 0);
  g_autoptr (GPtrArray) suggestions = NULL;
  const ImpSuggestion *first = NULL;

  pixels[100 * 20 + 30] = pixels[100 * 25 + 10] = 1;
  mask = g_bytes_new (pixels, 100 * 60);
  drawn = imp_frame_new_with_overlays (plain, 2, mask, NULL);
  suggestions = imp_suggest_areas (facts, drawn, 0);
  g_assert_cmpuint (hidden->len, ==, 0);
  g_assert_cmpuint (suggestions->len, ==, 1);
  first = g_ptr_array_index (suggestions, 0);
  g_assert_true (imp_rect_equal (&first->rect, &(ImpRect){ 10, 20, 21, 6 }));
  g_assert_true (imp_suggestion_has_reason (first, IMP_WHY_OVERLAY));
}

/* Each rule that the program brings is found by its own example, and by no other scanner's. */
static void
test_rules (void)
{
  ImpDeviceRules *rules = imp_device_rules_get ();
  ImpDevice other = {
    .modality = "US", .manufacturer = "Example", .model = "One", .rows = 768, .columns = 1024
  };

  g_assert_cmpuint (imp_device_rules_get_n (rules), >=, 9);
  for (guint i = 0; i < imp_device_rules_get_n (rules); i++)
    {
      const ImpDeviceRule *rule = imp_device_rules_get_nth (rules, i);
      ImpDevice device = { 0 };

      imp_device_rules_get_example (rules, i, &device);
      g_assert_true (imp_device_rules_find (rules, &device) == rule);
      device.manufacturer = "Example";
      g_assert_true (imp_device_rules_find (rules, &device) != rule);
      imp_device_rules_get_example (rules, i, &device);
      device.columns++;
      g_assert_true (imp_device_rules_find (rules, &device) != rule);
    }
  g_assert_null (imp_device_rules_find (rules, &other));
}

/* Headers as these scanners write them, and the heights that their strips are reported to have. */
static void
test_known_scanners (void)
{
  static const struct
  {
    ImpDevice device;
    ImpRect first;
  } CASES[] = {
    { { "US", "GE Healthcare", "LOGIQE9", "EXAMPLE1", NULL, "R5", 720, 960 }, { 0, 0, 960, 70 } },
    { { "US", "Philips Medical Systems", "iU22", NULL, NULL, NULL, 768, 1024 },
      { 0, 0, 1024, 75 } },
    { { "US", "PHILIPS", "IU 22", NULL, NULL, NULL, 600, 800 }, { 0, 0, 800, 59 } },
    { { "US", "SIEMENS", "ACUSON S2000", NULL, NULL, NULL, 768, 1024 }, { 0, 0, 1024, 60 } },
    { { "CT", "GE MEDICAL SYSTEMS", "Discovery", NULL, "Dose Report", NULL, 512, 512 },
      { 0, 0, 512, 110 } },
    { { "XA", "Ziehm Imaging", "Vision", NULL, NULL, NULL, 1024, 1024 }, { 0, 0, 197, 149 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const ImpDeviceRule *rule = imp_device_rules_find (imp_device_rules_get (), &CASES[i].device);

      g_assert_nonnull (rule);
      g_assert_true (imp_rect_equal (&g_array_index (rule->boxes, ImpRect, 0), &CASES[i].first));
    }
}

/* A scanner of the file is found, and its strip replaces the one of those that nobody knows. */
static void
test_scanner_of_file (void)
{
  g_autoptr (ImpFacts) facts =
      make_facts ("ultrasound", "[]",
                  "[('DICOM (0008,0070)', 'Manufacturer', 'Philips', false), "
                  "('DICOM (0008,1090)', 'ManufacturerModelName', 'iU22', false), "
                  "('DICOM (0008,1010)', 'StationName', 'EXAMPLE1', true), "
                  "('DICOM (0008,103e)', 'SeriesDescription', 'Dose Report', true), "
                  "('DICOM (0018,1020)', 'SoftwareVersions', 'R5', false)]");
  ImpDevice device = imp_device_of_facts (facts);
  g_autoptr (GPtrArray) suggestions = imp_suggest_areas (facts, NULL, 0);

  g_assert_cmpstr (device.manufacturer, ==, "Philips");
  g_assert_cmpstr (device.model, ==, "iU22");
  g_assert_cmpstr (device.station, ==, "EXAMPLE1");
  g_assert_cmpstr (device.series, ==, "Dose Report");
  g_assert_cmpstr (device.software, ==, "R5");
  g_assert_cmpstr (device.modality, ==, "US");
  g_assert_cmpint (device.rows, ==, 60);
  g_assert_cmpint (device.columns, ==, 100);
  /* Not of 768 or 600 rows: no rule is for it. */
  g_assert_cmpuint (count_over (suggestions, IMP_WHY_STRIP, 50, 0), ==, 1);
  device.rows = 768;
  device.columns = 1024;
  g_assert_cmpstr (imp_device_rules_find (imp_device_rules_get (), &device)->id, ==,
                   "philips-iu22-768");
}

#define RULE(match, box, provenance, example)                                                      \
  "{\"format\": 1, \"rules\": [\n{\"id\": \"one\", \"match\": {" match "}, \"boxes\": [{" box      \
  "}], \"provenance\": \"" provenance "\", \"example\": {" example "}}]}"
#define MATCH "\"manufacturer\": \"Example\", \"model\": \"One\""
#define BOX "\"x\": 0, \"y\": 0, \"width\": 10, \"height\": 5"
#define FROM "measured on a made-up screen"
#define EXAMPLE                                                                                    \
  "\"manufacturer\": \"Example Ltd\", \"model\": \"One X\", \"rows\": 60, \"columns\": 100"

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *says; /* where the mistake is */
  } CASES[] = {
    { "{\"format\": 1,\n \"rules\": [\n{\"id\": }]}", ":3:" },
    { RULE ("\"manfacturer\": \"Example\"", BOX, FROM, EXAMPLE), "manfacturer" },
    { RULE ("\"manufacturer\": \"Exmaple\"", BOX, FROM, EXAMPLE), "match" },
    { RULE ("\"modality\": \"PET/CT\"", BOX, FROM, EXAMPLE), "modality" },
    { RULE ("\"manufacturer\": \"-\"", BOX, FROM, EXAMPLE), "manufacturer" },
    { RULE ("\"rows\": 786", BOX, FROM, EXAMPLE), "match" },
    { RULE ("\"rows\": \"60\"", BOX, FROM, EXAMPLE), "rows" },
    { RULE ("", BOX, FROM, EXAMPLE), "match" },
    { RULE (MATCH, "\"x\": 0, \"y\": 0, \"width\": 101, \"height\": 5", FROM, EXAMPLE), "boxes" },
    { RULE (MATCH, "\"x\": 0, \"y\": 0, \"w\": 10, \"height\": 5", FROM, EXAMPLE), "\"w\"" },
    { RULE (MATCH, "\"y\": 0, \"width\": 10, \"height\": 5", FROM, EXAMPLE), "boxes" },
    { RULE (MATCH, "\"x\": -1, \"y\": 0, \"width\": 10, \"height\": 5", FROM, EXAMPLE), "\"x\"" },
    { RULE (MATCH, BOX, "", EXAMPLE), "provenance" },
    { RULE (MATCH, BOX, "somewhere", EXAMPLE), "provenance" },
    { RULE (MATCH, BOX, FROM, "\"manufacturer\": \"Example\", \"model\": \"One\""), "example" },
    { "{\"format\": 2, \"rules\": []}", "format" },
    { "{\"format\": 1, \"rules\": [{}]}", "id" },
    { "[]", "rules" },
  };
  const char *good = RULE (MATCH, BOX, FROM, EXAMPLE);
  g_autoptr (GBytes) bytes = g_bytes_new_static (good, strlen (good));
  g_autoptr (GError) none = NULL;
  g_autoptr (ImpDeviceRules) rules = imp_device_rules_new (bytes, &none);

  g_assert_no_error (none);
  g_assert_cmpuint (imp_device_rules_get_n (rules), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) wrong = g_bytes_new_static (CASES[i].text, strlen (CASES[i].text));
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpDeviceRules) refused = imp_device_rules_new (wrong, &error);

      g_assert_null (refused);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
      if (strstr (error->message, CASES[i].says) == NULL)
        g_error ("%s: %s", CASES[i].says, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/areas/outside-ultrasound-regions", test_outside);
  g_test_add_func ("/screen/areas/top-strip", test_no_regions);
  g_test_add_func ("/screen/areas/overlay", test_overlay);
  g_test_add_func ("/screen/areas/rules-match-their-examples", test_rules);
  g_test_add_func ("/screen/areas/known-scanners", test_known_scanners);
  g_test_add_func ("/screen/areas/scanner-of-the-file", test_scanner_of_file);
  g_test_add_func ("/screen/areas/rules-with-mistakes", test_mistakes);
  return g_test_run ();
}
