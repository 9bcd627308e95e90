/* What was seen becomes suggestions: why, and what is kept. */

#include <string.h>

#include "imp-suggest.h"

typedef struct
{
  ImpRect rect;
  const char *text; /* NULL: not read */
  guint confidence;
  const char *reasons; /* their words */
  const char *keep;    /* NULL: not kept */
  gboolean firm;
} Case;

static ImpKnown *
make_known (void)
{
  static const ImpGiveaway GIVEAWAYS[] = {
    { (char *)"DICOM (0010,0010)", (char *)"PatientName", (char *)"EXAMPLE^PERSON A", TRUE },
    { (char *)"DICOM (0010,0020)", (char *)"PatientID", (char *)"H204417", TRUE },
    { (char *)"DICOM (0010,0030)", (char *)"PatientBirthDate", (char *)"19610704", TRUE },
    { (char *)"DICOM (0008,103e)", (char *)"SeriesDescription", (char *)"AXIAL", TRUE },
  };
  ImpKnown *known = imp_known_new ();

  for (guint i = 0; i < G_N_ELEMENTS (GIVEAWAYS); i++)
    imp_known_add_giveaway (known, &GIVEAWAYS[i]);
  imp_known_add_name (known, IMP_WHY_PERSON, "name", "Sample Other");
  imp_known_add_number (known, IMP_WHY_PERSON, "number", "551208");
  return known;
}

static char *
write_reasons (const ImpSuggestion *suggestion)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < suggestion->reasons->len; i++)
    {
      const ImpSuggestionReason *reason = g_ptr_array_index (suggestion->reasons, i);

      g_string_append_printf (words, "%s%s", i > 0 ? " " : "", imp_why_to_text (reason->why));
      if (reason->detail != NULL)
        g_string_append_printf (words, ":%s", reason->detail);
    }
  return g_string_free (words, FALSE);
}

static void
check (const Case *cases, gsize n)
{
  g_autoptr (ImpKnown) known = make_known ();
  g_autoptr (GPtrArray) spots = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_spot_free);
  g_autoptr (GPtrArray) suggestions = NULL;

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (
        spots, imp_spot_new (IMP_SPOT_TEXT, &cases[i].rect, cases[i].text, cases[i].confidence, 0));
  suggestions = imp_suggest_spots (spots, known, 3);
  g_assert_cmpuint (suggestions->len, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const ImpSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      g_autofree char *reasons = write_reasons (suggestion);

      g_assert_cmpstr (reasons, ==, cases[i].reasons);
      g_assert_cmpstr (imp_keep_to_text (suggestion->keep), ==, cases[i].keep);
      g_assert_cmpint (suggestion->firm, ==, cases[i].firm);
      g_assert_true (imp_rect_equal (&suggestion->rect, &cases[i].rect));
      g_assert_cmpuint (suggestion->frame, ==, 3);
    }
}

/* Each by itself, far from the others. */
static void
test_single (void)
{
  static const Case CASES[] = {
    { { 0, 0, 80, 10 }, "EXAMPLE^PERSON", 90, "header-value:PatientName name", NULL, TRUE },
    { { 0, 40, 80, 10 }, "ID H2O44I7", 90, "header-value:PatientID number", NULL, TRUE },
    { { 0, 80, 80, 10 }, "04/07/1961", 90, "header-value:PatientBirthDate date", NULL, TRUE },
    { { 0, 120, 80, 10 }, "05/07/1961", 90, "date", NULL, FALSE },
    { { 0, 160, 80, 10 }, "X998877", 90, "number", NULL, FALSE },
    { { 0, 200, 80, 10 }, "Dr Somebody", 90, "name", NULL, FALSE },
    { { 0, 240, 80, 10 }, "AXIAL", 90, "header-value:SeriesDescription", NULL, FALSE },
    { { 0, 280, 80, 10 }, "CORONAL", 90, "text", "view-name", FALSE },
    { { 0, 320, 80, 10 }, "CORONAL", 20, "text", NULL, FALSE }, /* too badly read */
    { { 0, 360, 80, 10 }, "12.3 mm", 90, "text", "measurement", FALSE },
    { { 0, 400, 80, 10 }, "Kidney", 90, "text", NULL, FALSE },
    { { 0, 440, 80, 10 }, NULL, 0, "unread-text", NULL, FALSE },
    { { 0, 480, 80, 10 }, "  ", 10, "unread-text", NULL, FALSE },
    { { 0, 520, 80, 10 }, "Other, Sample", 90, "person:name name", NULL, TRUE },
    { { 0, 560, 80, 10 }, "\xff\xfe", 90, "text", NULL, FALSE },
  };

  check (CASES, G_N_ELEMENTS (CASES));
}

/* Read in pieces that stand side by side: each piece has the reason, and no neighbour of them. */
static void
test_pieces (void)
{
  static const Case CASES[] = {
    { { 0, 0, 30, 10 }, "H20", 90, "header-value:PatientID", NULL, TRUE },
    { { 34, 1, 40, 10 }, "4417", 90, "header-value:PatientID", NULL, TRUE },
    { { 200, 0, 40, 10 }, "12 mm", 90, "text", "measurement", FALSE },
    { { 0, 40, 14, 10 }, "A", 90, "header-value:PatientName", NULL, TRUE },
    { { 18, 40, 60, 10 }, "EXAMPLE", 90, "header-value:PatientName", NULL, TRUE },
    { { 82, 40, 20, 10 }, "Liver", 90, "text", NULL, FALSE },
    { { 0, 80, 30, 10 }, "04", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 34, 80, 30, 10 }, "JUL", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 68, 80, 30, 10 }, "1961", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 0, 120, 30, 10 }, "H20", 90, "text", NULL, FALSE }, /* the rest is far below */
    { { 34, 160, 40, 10 }, "4417", 90, "text", NULL, FALSE },
  };

  check (CASES, G_N_ELEMENTS (CASES));
}

/* A day or a number whose pieces would each be one of a scale. */
static void
test_apart (void)
{
  static const Case ROW[] = {
    { { 10, 10, 40, 26 }, "04", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 120, 11, 40, 26 }, "07", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 230, 10, 40, 26 }, "61", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 600, 10, 40, 26 }, "20", 90, "text", "scale", FALSE },
  };
  static const Case COLUMN[] = {
    { { 10, 50, 60, 26 }, "07", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 10, 10, 60, 26 }, "04", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 10, 90, 60, 26 }, "61", 90, "header-value:PatientBirthDate", NULL, TRUE },
    { { 300, 90, 90, 26 }, "551 208", 90, "person:number", NULL, TRUE },
    { { 10, 200, 60, 26 }, "551", 90, "person:number", NULL, TRUE },
    { { 10, 240, 60, 26 }, "208", 90, "person:number", NULL, TRUE },
  };
  static const Case SCALE[] = {
    { { 10, 10, 40, 20 }, "0", 90, "text", "scale", FALSE },
    { { 10, 40, 40, 20 }, "5", 90, "text", "scale", FALSE },
    { { 10, 70, 40, 20 }, "10", 90, "text", "scale", FALSE },
    { { 10, 100, 40, 20 }, "15", 90, "text", "scale", FALSE },
  };

  check (ROW, G_N_ELEMENTS (ROW));
  check (COLUMN, G_N_ELEMENTS (COLUMN));
  check (SCALE, G_N_ELEMENTS (SCALE));
}

/* Pieces of turned text stand together as it is read. */
static void
test_turned (void)
{
  static const struct
  {
    int turn;
    ImpRect first;
    ImpRect second;
  } CASES[] = {
    { 90, { 10, 10, 20, 60 }, { 10, 80, 20, 80 } },
    { 180, { 100, 10, 60, 20 }, { 10, 10, 80, 20 } },
    { 270, { 10, 100, 20, 60 }, { 10, 10, 20, 80 } },
  };
  g_autoptr (ImpKnown) known = make_known ();

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) spots = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_spot_free);
      g_autoptr (GPtrArray) suggestions = NULL;

      g_ptr_array_add (spots,
                       imp_spot_new (IMP_SPOT_TEXT, &CASES[i].first, "H20", 90, CASES[i].turn));
      g_ptr_array_add (spots,
                       imp_spot_new (IMP_SPOT_TEXT, &CASES[i].second, "4417", 90, CASES[i].turn));
      suggestions = imp_suggest_spots (spots, known, 0);
      for (guint j = 0; j < 2; j++)
        g_assert_true (((const ImpSuggestion *)g_ptr_array_index (suggestions, j))->firm);
    }
}

/* Codes and faces are suggested whatever they say; what a code says is held against the header. */
static void
test_others (void)
{
  g_autoptr (ImpKnown) known = make_known ();
  g_autoptr (GPtrArray) spots = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_spot_free);
  g_autoptr (GPtrArray) suggestions = NULL;
  const ImpRect rect = { 0, 0, 40, 40 };
  g_autofree char *first = NULL;
  const ImpSuggestion *code = NULL;

  g_ptr_array_add (spots, imp_spot_new (IMP_SPOT_CODE, &rect, "H204417", 100, 0));
  g_ptr_array_add (spots, imp_spot_new (IMP_SPOT_CODE, &rect, "120 kV", 100, 0));
  g_ptr_array_add (spots, imp_spot_new (IMP_SPOT_FACE, &rect, NULL, 0, 0));
  g_ptr_array_add (spots, imp_spot_new (IMP_SPOT_TEXT, &rect, "H204417", 100, 90));
  suggestions = imp_suggest_spots (spots, known, 0);
  code = g_ptr_array_index (suggestions, 0);
  first = write_reasons (code);
  g_assert_cmpstr (first, ==, "header-value:PatientID code");
  g_assert_true (code->firm);
  code = g_ptr_array_index (suggestions, 1);
  g_assert_true (imp_suggestion_has_reason (code, IMP_WHY_CODE));
  g_assert_cmpint (code->keep, ==, IMP_KEEP_NO);
  g_assert_true (imp_suggestion_has_reason (g_ptr_array_index (suggestions, 2), IMP_WHY_FACE));
  g_assert_true (((ImpSuggestion *)g_ptr_array_index (suggestions, 3))->firm);
}

/* Faces are looked for in photographs: not where grey or a scanner says that it is none. */
static void
test_looks (void)
{
  static const struct
  {
    const char *format;
    const char *photometric;
    const char *kind; /* NULL: not said */
    gboolean faces;
  } FILES[] = {
    { "jpeg", "YCbCr", NULL, TRUE },
    { "png", "grey", NULL, TRUE }, /* a photograph in grey, or an X-ray: it does not say */
    { "dicom", "RGB", NULL, TRUE },
    { "dicom", "YBR_FULL_422", "photograph", TRUE },
    { "dicom", "PALETTE COLOR", NULL, TRUE },
    { "dicom", "RGB", "ct", TRUE }, /* a head in three dimensions */
    { "dicom", "RGB", "scope", TRUE },
    { "dicom", "MONOCHROME1", "x-ray", FALSE },
    { "dicom", "MONOCHROME2", "mr", FALSE },
    { "dicom", "MONOCHROME2", "photograph", FALSE },
    { "dicom", "YBR_FULL", "ultrasound", FALSE },
    { "dicom", "RGB", "slide", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autofree char *kind = FILES[i].kind != NULL
                                  ? g_strdup_printf ("'image-kind': <'%s'>, ", FILES[i].kind)
                                  : g_strdup ("");
      g_autofree char *text = g_strdup_printf (
          "{'format': <'%s'>, 'photometric': <'%s'>, %s'width': <100>, 'height': <60>, "
          "'frames': <uint32 1>, 'pages': <uint32 1>, 'page': <uint32 0>, 'overlays': <uint32 0>, "
          "'overlay-planes': <@a(ubms) []>, 'tables': <@ams []>, 'shape': <(1, 1)>, "
          "'orientation': <1>, 'grid': <(0, 0)>, 'windows': <@a(ddims) []>, "
          "'properties': <@a{ss} {}>, 'warnings': <@as []>, "
          "'ultrasound-regions': <@a(uuuuu) []>, 'giveaways': <@a(ssmsb) []>}",
          FILES[i].format, FILES[i].photometric, kind);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) variant =
          g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);
      g_autoptr (ImpFacts) facts = NULL;
      ImpScreenerLooks looks = 0;

      g_assert_no_error (error);
      facts = imp_facts_new_from_variant (variant, &error);
      g_assert_no_error (error);
      looks = imp_suggest_choose_looks (facts);
      g_assert_cmpint (looks & IMP_SCREENER_ALL, ==, IMP_SCREENER_ALL);
      g_assert_cmpint ((looks & IMP_SCREENER_FACES) != 0, ==, FILES[i].faces);
    }
}

/* The letter beside a name belongs to it, whatever else it may stand for; alone it is a view or a
 * side, and so is one beside other words. */
static void
test_initials (void)
{
  static const Case CASES[] = {
    { { 20, 20, 200, 20 }, "PATIENT WITNESS", 90, "name", NULL, FALSE },
    { { 230, 20, 14, 20 }, "A", 90, "text", NULL, FALSE },
    { { 300, 200, 14, 20 }, "L", 90, "text", NULL, FALSE },
    { { 322, 200, 200, 20 }, "PATIENT WITNESS", 90, "name", NULL, FALSE },
    { { 20, 400, 14, 20 }, "A", 90, "text", "view-name", FALSE },
    { { 20, 500, 14, 20 }, "L", 90, "text", "laterality", FALSE },
    { { 42, 500, 40, 20 }, "LAT", 90, "text", "view-name", FALSE },
  };

  check (CASES, G_N_ELEMENTS (CASES));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/suggest/one-by-one", test_single);
  g_test_add_func ("/screen/suggest/read-in-pieces", test_pieces);
  g_test_add_func ("/screen/suggest/read-apart", test_apart);
  g_test_add_func ("/screen/suggest/read-turned", test_turned);
  g_test_add_func ("/screen/suggest/codes-faces-turned", test_others);
  g_test_add_func ("/screen/suggest/initials", test_initials);
  g_test_add_func ("/screen/suggest/looks", test_looks);
  return g_test_run ();
}
