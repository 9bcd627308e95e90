/* What a text looks like, which days stand in it, and what is kept. */

#include "imp-day.h"
#include "imp-likeness.h"
#include "imp-reading.h"

static void
test_days (void)
{
  static const struct
  {
    const char *text;
    guint32 day;
  } CASES[] = {
    { "20240131", 20240131 },
    { "2024-01-31", 20240131 },
    { "2024.01.31", 20240131 },
    { "31.01.2024", 20240131 },
    { "31/1/24", 20240131 },
    { "1/31/2024", 20240131 },
    { "31-JAN-2024", 20240131 },
    { "31JAN24", 20240131 },
    { "31 Jan '24", 20240131 },
    { "Jan 31, 2024", 20240131 },
    { "January 31 2024", 20240131 },
    { "2024 Jan 31", 20240131 },
    { "31st January 2024", 20240131 },
    { "31012024", 20240131 },
    { "24-01-31", 20240131 },
    { "DOB:04/07/1961", 19610704 },
    { "*04.07.61", 19610704 },
    { "04. Juli 1961", 19610704 },
    { "4 juil. 1961", 19610704 },
    { "12. M\303\244rz 1980", 19800312 },
    { "12 ottobre 1980", 19801012 },
    { "O4/O7/l96l", 19610704 }, /* letters read for digits */
    { "04/07/I961", 19610704 },
    { "04 07 1961", 19610704 },
    { "born 1961:07:04 late", 19610704 },
    { "04_07_1961", 19610704 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GArray) days = imp_day_find (CASES[i].text);
      gboolean there = FALSE;

      for (guint j = 0; j < days->len; j++)
        there = there || imp_day_means (&g_array_index (days, ImpDay, j), CASES[i].day);
      if (!there)
        g_error ("no day: %s", CASES[i].text);
    }
}

static void
test_no_days (void)
{
  static const char *const CASES[] = { "12.3 mm",      "120 kV",     "1024x768",  "31.31.2024",
                                       "1.5 x 2.5 cm", "99/99/99",   "MI 0.9",    "3.5 MHz",
                                       "256/128",      "W 400 L 40", "2.3.4.5.6", "30 4 1",
                                       "0.9 1.2",      "32/13",      "1:24" };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GArray) days = imp_day_find (CASES[i]);

      if (days->len > 0)
        g_error ("a day: %s", CASES[i]);
    }
  g_assert_cmpuint (imp_day_of_header ("20240131"), ==, 20240131);
  g_assert_cmpuint (imp_day_of_header ("2024:01:31 10:11:12"), ==, 20240131);
  g_assert_cmpuint (imp_day_of_header ("20241331"), ==, 0);
  g_assert_cmpuint (imp_day_of_header ("H204417"), ==, 0);
}

static void
test_likeness (void)
{
  static const struct
  {
    const char *text;
    gboolean date;
    gboolean number;
    gboolean name;
  } CASES[] = {
    { "31/01/2024", TRUE, FALSE, FALSE },
    { "14:32:07", TRUE, FALSE, FALSE },
    { "2:32 PM", TRUE, FALSE, FALSE },
    { "045Y", TRUE, FALSE, FALSE },
    { "F/45", TRUE, FALSE, FALSE },
    { "H204417", FALSE, TRUE, FALSE },
    { "943 476 5919", FALSE, TRUE, FALSE },
    { "MRN 12", FALSE, TRUE, FALSE },
    { "#0012345", FALSE, TRUE, FALSE },
    { "A1234", FALSE, TRUE, FALSE },
    { "EXAMPLE^PERSON", FALSE, FALSE, TRUE },
    { "Example, Person", FALSE, FALSE, TRUE },
    { "EXAMPLE PERSON A", FALSE, FALSE, TRUE },
    { "Dr Sample", FALSE, FALSE, TRUE },
    { "Name: Sample", FALSE, FALSE, TRUE },
    { "12.3 mm", FALSE, FALSE, FALSE },
    { "1234.56", FALSE, FALSE, FALSE },
    { "LEFT KIDNEY", FALSE, FALSE, FALSE },
    { "14:32", FALSE, FALSE, FALSE },
    { "RT LAT", FALSE, FALSE, FALSE },
    { "120 kV", FALSE, FALSE, FALSE },
    { "", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    if (imp_likeness_is_date (CASES[i].text) != CASES[i].date
        || imp_likeness_is_number (CASES[i].text) != CASES[i].number
        || imp_likeness_is_name (CASES[i].text) != CASES[i].name)
      g_error ("%s: %d %d %d", CASES[i].text, imp_likeness_is_date (CASES[i].text),
               imp_likeness_is_number (CASES[i].text), imp_likeness_is_name (CASES[i].text));
}

static void
test_keep (void)
{
  static const struct
  {
    const char *text;
    ImpKeep keep;
  } CASES[] = {
    { "L", IMP_KEEP_LATERALITY },
    { "RIGHT", IMP_KEEP_LATERALITY },
    { "(R)", IMP_KEEP_LATERALITY },
    { "LT LAT", IMP_KEEP_LATERALITY },
    { "AP", IMP_KEEP_VIEW },
    { "A4C", IMP_KEEP_VIEW },
    { "4CH", IMP_KEEP_VIEW },
    { "AXIAL", IMP_KEEP_VIEW },
    { "PLAX", IMP_KEEP_VIEW },
    { "12.3 mm", IMP_KEEP_MEASUREMENT },
    { "12.3mm x 4mm", IMP_KEEP_MEASUREMENT },
    { "45 cm/s", IMP_KEEP_MEASUREMENT },
    { "5", IMP_KEEP_SCALE },
    { "0 50 100", IMP_KEEP_SCALE },
    { "-1.5", IMP_KEEP_SCALE },
    { "120 kV", IMP_KEEP_TECHNIQUE },
    { "kV 120 mA 250", IMP_KEEP_TECHNIQUE },
    { "MI 0.9", IMP_KEEP_TECHNIQUE },
    { "MI0.9 TIS0.4", IMP_KEEP_TECHNIQUE },
    { "TIS:0.4", IMP_KEEP_TECHNIQUE },
    { "FR 32Hz", IMP_KEEP_TECHNIQUE },
    { "W:400 C:40", IMP_KEEP_TECHNIQUE },
    { "3.5 MHz", IMP_KEEP_TECHNIQUE },
    { "30 fps", IMP_KEEP_TECHNIQUE },
    { "EXAMPLE", IMP_KEEP_NO },
    { "L EXAMPLE", IMP_KEEP_NO },
    { "12.3 mm EXAMPLE", IMP_KEEP_NO },
    { "31.01.24", IMP_KEEP_NO },
    { "31 01 2024", IMP_KEEP_NO },
    { "204417", IMP_KEEP_NO },
    { "2044", IMP_KEEP_NO }, /* too long for a scale, and no unit */
    { "H204417 mm", IMP_KEEP_NO },
    { "14:32:07", IMP_KEEP_NO },
    { "45Y", IMP_KEEP_NO },
    { "ID 12", IMP_KEEP_NO },
    { "Kidney", IMP_KEEP_NO },
    { "H20", IMP_KEEP_NO }, /* a letter of a view, and a number */
    { "P 12", IMP_KEEP_NO },
    { "", IMP_KEEP_NO },
    { "::", IMP_KEEP_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    if (imp_likeness_find_keep (CASES[i].text) != CASES[i].keep)
      g_error ("%s: %s", CASES[i].text, imp_keep_to_text (imp_likeness_find_keep (CASES[i].text)));
}

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    ImpReadingFold how;
    const char *folded;
  } CASES[] = {
    { "M\303\274ller", IMP_READING_BASE, "muller" },
    { "M\303\274ller", IMP_READING_SPELT, "mueller" },
    { "\303\230RSTED \303\205", IMP_READING_BASE, "orsteda" },
    { "\303\230RSTED \303\205", IMP_READING_SPELT, "oerstedaa" },
    { "O'Brien-Smith", IMP_READING_BASE, "obriensmith" },
    { "Wa\305\202\304\231sa", IMP_READING_BASE, "walesa" },
    { "\320\230\320\262\320\260\320\275\320\276\320\262", IMP_READING_BASE, "ivanov" },
    { "\320\240\320\225\320\241\320\242", IMP_READING_SHAPE, "pect" },
    { "\316\221\316\235\316\235\316\221", IMP_READING_BASE, "anna" },
    { "\347\216\213\345\260\217\346\235\261", IMP_READING_BASE, "" },
    { "Nguy\341\273\205n V\304\203n", IMP_READING_BASE, "nguyenvan" },
    { "\357\274\241\357\274\242\357\274\221", IMP_READING_BASE, "ab1" }, /* full width */
    { "\xff\xfe", IMP_READING_BASE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *folded = imp_reading_fold (CASES[i].text, -1, CASES[i].how);

      g_assert_cmpstr (folded, ==, CASES[i].folded);
    }
  g_assert_cmpuint (imp_reading_compare ("h204417", 7, "h2o44l7", 7, 9), ==, 2);
  g_assert_cmpuint (imp_reading_compare ("martin", 6, "rnartin", 7, 9), ==, 1);
  g_assert_cmpuint (imp_reading_compare ("example", 7, "exzmple", 7, 9), ==, 3);
  g_assert_cmpuint (imp_reading_compare ("example", 7, "exmple", 6, 9), ==, 3);
  g_assert_cmpuint (imp_reading_compare ("example", 7, "person", 6, 3), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/text/days", test_days);
  g_test_add_func ("/screen/text/no-days", test_no_days);
  g_test_add_func ("/screen/text/likeness", test_likeness);
  g_test_add_func ("/screen/text/keep-list", test_keep);
  g_test_add_func ("/screen/text/fold", test_fold);
  return g_test_run ();
}
