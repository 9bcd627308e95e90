/* What is known of a person is found in what was read, and in nothing else. */

#include <string.h>

#include "imp-known.h"
#include "imp-reading.h"

/* One value of a header, a text, and what must come of it: "" for nothing, "firm" or "soft". */
typedef struct
{
  const char *kind;
  const char *value;
  const char *text;
  const char *outcome;
} Case;

static const char *
look (const char *kind, const char *value, gboolean identifies, const char *text)
{
  const ImpGiveaway giveaway = { (char *)"DICOM (0000,0000)", (char *)kind, (char *)value,
                                 identifies };
  g_autoptr (ImpKnown) known = imp_known_new ();
  g_autoptr (GArray) found = NULL;
  const char *outcome = "";

  imp_known_add_giveaway (known, &giveaway);
  found = imp_known_find (known, text);
  for (guint i = 0; i < found->len; i++)
    {
      const ImpKnownMatch *match = &g_array_index (found, ImpKnownMatch, i);

      g_assert_cmpstr (match->detail, ==, kind);
      g_assert_cmpint (match->why, ==, IMP_WHY_HEADER);
      g_assert_cmpuint (match->end, <=, strlen (text));
      g_assert_cmpuint (match->start, <, match->end);
      if (match->firm || *outcome == '\0')
        outcome = match->firm ? "firm" : "soft";
    }
  return outcome;
}

static void
check (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      const char *outcome = look (cases[i].kind, cases[i].value, TRUE, cases[i].text);

      if (!g_str_equal (outcome, cases[i].outcome))
        g_error ("%s \"%s\" in \"%s\": \"%s\"", cases[i].kind, cases[i].value, cases[i].text,
                 outcome);
    }
}

static void
test_names (void)
{
  static const Case CASES[] = {
    { "PatientName", "EXAMPLE^PERSON A", "EXAMPLE^PERSON A", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "Person A. Example", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "Example, P", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "example", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "EXAMPIE PERS0N", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "EXAMPLEPERSON", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "EXAM PLE", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "P.A.E.", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "E P A", "firm" },
    { "PatientName", "EXAMPLE^PERSON A", "EP", "" },
    { "PatientName", "EXAMPLE^PERSON A", "E P", "" },
    { "PatientName", "EXAMPLE^PERSON A", "A", "" },
    { "PatientName", "EXAMPLE^PERSON A", "LIVER", "" },
    { "PatientName", "Martin^Anna", "rnartin", "firm" }, /* rn for m */
    { "PatientName", "Martin^Anna", "MARGIN", "" },      /* a word of pictures */
    { "PatientName", "M\303\274ller^J\303\266rg", "MUELLER JOERG", "firm" },
    { "PatientName", "M\303\274ller^J\303\266rg", "Muller", "firm" },
    { "PatientName", "MUELLER^JOERG", "M\303\274ller", "firm" },
    { "PatientName", "Dvo\305\231\303\241k^Anton\303\255n", "DVORAK", "firm" },
    { "PatientName", "\303\230stergaard^S\303\270ren", "OSTERGAARD", "firm" },
    { "PatientName", "O'Brien^Mary-Jane", "OBRIEN MARY JANE", "firm" },
    { "PatientName", "O'Brien^Mary-Jane", "O BRIEN", "firm" },
    { "PatientName", "Wang^XiaoDong=\347\216\213^\345\260\217\346\235\261", "Wang Xiao Dong",
      "firm" },
    { "PatientName", "Wang^XiaoDong=\347\216\213^\345\260\217\346\235\261",
      "\347\216\213\345\260\217\346\235\261", "firm" },
    { "PatientName",
      "Hong^Gildong=\346\264\252^\345\220\211\346\264\236=\355\231\215^\352\270\270\353\217\231",
      "HONG GILDONG", "firm" },
    { "PatientName", "Yamada^Tarou=\345\261\261\347\224\260^\345\244\252\351\203\216",
      "TAROU YAMADA", "firm" },
    { "PatientName", "\320\233\321\216\320\272c\320\265\320\274\320\261\321\203\321\200\320\263",
      "Lyukcemburg", "firm" }, /* ISO_IR 144, romanised */
    { "PatientName", "\320\240\320\225\320\241\320\242\320\236\320\222", "PECTOB",
      "firm" }, /* its shapes */
    { "PatientName", "\316\224\316\271\316\277\316\275\317\205\317\203\316\271\316\277\317\202",
      "DIONYSIOS", "firm" }, /* ISO_IR 126 */
    { "PatientName", "LI^NA", "LI NA", "firm" },
    { "PatientName", "LI^NA", "LI", "" },
    { "PatientName", "LI^NA", "NA 12", "" },
    { "PatientName", "LEE^KIM", "LEE", "firm" },
    { "PatientName", "LEE^KIM", "Mr LEE", "firm" },
    { "PatientName", "LEE^KIM", "LEE 12 mm", "" },
    { "PatientName", "LONG^ANNA", "LONG AXIS", "soft" },
    { "PatientName", "LONG^ANNA", "LONG ANNA", "firm" },
    { "PatientName", "LONG^ANNA", "LONG", "firm" },
    { "PatientName", "Head^Peter", "HEAD PHASE", "soft" },
    { "PatientName", "van der Example^Dr", "VAN DER", "" },
    { "ReferringPhysicianName", "DOE^JANE", "Dr Doe", "firm" },
    { "ReferringPhysicianName", "DOE^JANE", "Ref: Jane", "firm" },
    { "OperatorsName", "SAMPLE^OPERATOR", "Op SAMPLE", "firm" },
    { "OperatorsName", "Operator", "OPERATOR", "firm" },
    { "person", "Person A Example", "EXAMPLE", "firm" },
    { "private", "EXAMPLE^PERSON", "EXAMPLE", "firm" },
  };

  check (CASES, G_N_ELEMENTS (CASES));
}

static void
test_numbers (void)
{
  static const Case CASES[] = {
    { "PatientID", "H204417", "H204417", "firm" },
    { "PatientID", "H204417", "ID:H204417", "firm" },
    { "PatientID", "H204417", "H2O44l7", "firm" },
    { "PatientID", "H204417", "H 204 417", "firm" },
    { "PatientID", "H204417", "H-204-417/2", "firm" },
    { "PatientID", "H204417", "H204418", "" },
    { "PatientID", "H204417", "204417 mm", "" },
    { "PatientID", "943 476 5919", "9434765919", "firm" },
    { "PatientID", "943 476 5919", "943-476-S919", "firm" },
    { "PatientID", "943 476 5919", "934 476 1919", "" },
    { "PatientID", "000123456", "123456", "firm" },
    { "PatientID", "123456", "91234567", "" }, /* within another number */
    { "PatientID", "123456", "X123456Y", "firm" },
    { "PatientID", "1234", "1234", "firm" },
    { "PatientID", "1234", "ID 1234", "firm" },
    { "PatientID", "1234", "W 1234 L 40", "" },
    { "PatientID", "A123", "A123 AXIAL", "firm" },
    { "PatientID", "7", "7", "" },
    { "PatientID", "7", "ID: 7", "firm" },
    { "PatientID", "7", "7 mm", "" },
    { "PatientID", "12", "12", "" },
    { "AccessionNumber", "ACC-77001", "ACC77001", "firm" },
    { "AccessionNumber", "77001", "77OO1", "" }, /* five digits leave no room for two slips */
    { "AccessionNumber", "77001", "7700l", "" },
    { "DeviceSerialNumber", "SN-55432", "SN 55432", "firm" },
    { "StudyID", "S10-2024", "S10-2024", "firm" },
    { "StudyInstanceUID", "1.2.826.0.1.3680043.8.498.2", "1.2.826.0.1.3680043.8.498.2", "firm" },
    { "StudyInstanceUID", "1.2.826.0.1.3680043.8.498.2", "1.2 mm", "" },
    { "text", "left hand of H204417", "H204417", "firm" },
    { "ImageComments", "seen on 31.01.2024 after fall", "31/01/24", "firm" },
  };

  check (CASES, G_N_ELEMENTS (CASES));
}

static void
test_days (void)
{
  static const Case CASES[] = {
    { "PatientBirthDate", "19610704", "04.07.1961", "firm" },
    { "PatientBirthDate", "19610704", "DOB 07/04/61", "firm" },
    { "PatientBirthDate", "19610704", "4 Jul 1961", "firm" },
    { "PatientBirthDate", "19610704", "O4.O7.l96l", "firm" },
    { "PatientBirthDate", "19610704", "19610704", "firm" },
    { "PatientBirthDate", "19610704", "05.07.1961", "" },
    { "PatientBirthDate", "19610704", "1961", "" },
    { "StudyDate", "20240131", "31JAN24", "firm" },
    { "date", "2024:01:31 10:11:12", "31/01/2024", "firm" },
    { "AcquisitionDateTime", "20240131101112", "31/01/2024 10:11", "firm" },
    { "StudyTime", "143207.123", "14:32:07", "firm" },
    { "StudyTime", "143207.123", "2:32:07 PM", "firm" },
    { "StudyTime", "143207.123", "14:32", "soft" },
    { "StudyTime", "143207.123", "14:33:07", "" },
    { "StudyTime", "143207.123", "14 32", "" },
  };

  check (CASES, G_N_ELEMENTS (CASES));
  g_assert_cmpstr (look ("PatientAge", "045Y", FALSE, "F 45Y"), ==, "soft");
  g_assert_cmpstr (look ("PatientAge", "045Y", FALSE, "45 yrs"), ==, "soft");
  g_assert_cmpstr (look ("PatientAge", "045Y", FALSE, "46 yrs"), ==, "");
  g_assert_cmpstr (look ("PatientAge", "045Y", FALSE, "45 mm"), ==, "");
  g_assert_cmpstr (look ("PatientAge", "094Y", FALSE, "94Y"), ==, "firm");
}

static void
test_places (void)
{
  static const Case CASES[] = {
    { "InstitutionName", "St Example's Hospital", "ST EXAMPLES HOSPITAL", "firm" },
    { "InstitutionName", "St Example's Hospital", "St. Examp1e's Hospita1", "firm" },
    { "InstitutionName", "St Example's Hospital", "Example", "firm" },
    { "InstitutionName", "St Example's Hospital", "HOSPITAL", "" },
    { "InstitutionName", "St Example's Hospital", "St", "" },
    { "InstitutionName", "EXH", "EXH", "" }, /* three letters are many things */
    { "InstitutionAddress", "1 Sample Road, Exampleton", "EXAMPLETON", "firm" },
    { "StationName", "ROOM 4", "ROOM 4", "firm" },
    { "StationName", "US1", "US1", "" },
    { "SeriesDescription", "Left hand after fall", "LEFT HAND AFTER FALL", "soft" },
    { "SeriesDescription", "Left hand after fall", "LEFT", "" },
    { "SeriesDescription", "LIVER", "LIVER", "soft" },
    { "Manufacturer", "Example Imaging", "Example Imaging", "soft" },
  };

  check (CASES, G_N_ELEMENTS (CASES));
  g_assert_cmpstr (look ("Manufacturer", "Example Imaging", FALSE, "Example Imaging"), ==, "");
}

static void
test_person (void)
{
  g_autoptr (ImpKnown) known = imp_known_new ();
  g_autoptr (GArray) found = NULL;

  imp_known_add_name (known, IMP_WHY_PERSON, "name", "Person A Example");
  imp_known_add_number (known, IMP_WHY_PERSON, "number", "H204417");
  imp_known_add_day (known, IMP_WHY_PERSON, "born", "1961-07-04");
  imp_known_add_day (known, IMP_WHY_PERSON, "born", NULL);
  imp_known_add_name (known, IMP_WHY_PERSON, "name", NULL);
  found = imp_known_find (known, "EXAMPLE PERSON H204417 04/07/61 LIVER");
  g_assert_cmpuint (found->len, ==, 3);
  for (guint i = 0; i < found->len; i++)
    {
      const ImpKnownMatch *match = &g_array_index (found, ImpKnownMatch, i);

      g_assert_cmpint (match->why, ==, IMP_WHY_PERSON);
      g_assert_true (match->firm);
      g_assert_cmpuint (match->end, <=, strlen ("EXAMPLE PERSON H204417 04/07/61"));
    }
}

/* Names of many languages, from the shortest to the longest, some of them words. */
static const char *const NAMES[] = {
  "Li^Na",          "Ng^Wai",         "Ho^An",          "Lee^Kim",          "Cox^Amy",
  "Ray^Eva",        "Roy^Ian",        "Day^May",        "Long^Anna",        "Head^Rose",
  "Hand^Mark",      "Wood^Jack",      "King^Paul",      "Hall^Jean",        "Park^Jin",
  "Khan^Amir",      "Cole^Dawn",      "Ward^Grace",     "Moore^Helen",      "Young^Peter",
  "Smith^John",     "Jones^David",    "Brown^James",    "Green^Linda",      "Patel^Priya",
  "Singh^Harpreet", "Martin^Laura",   "Porter^Simon",   "Walker^Sarah",     "Turner^Robert",
  "Weber^Klaus",    "Fischer^Sabine", "Schmidt^Hans",   "Nguyen^Van",       "Garcia^Maria",
  "Rossi^Marco",    "Dubois^Claire",  "Silva^Joao",     "Kowalska^Zofia",   "Novak^Petra",
  "Jensen^Lars",    "Virtanen^Aino",  "Yilmaz^Mehmet",  "Haddad^Layla",     "Okafor^Chidi",
  "Tanaka^Yuki",    "Suzuki^Hanako",  "Watanabe^Kenji", "Petrova^Svetlana", "Papadopoulos^Giorgos",
};

static gboolean
is_part_of (const char *name, const char *word)
{
  g_auto (GStrv) parts = g_strsplit_set (name, "^ ", -1);
  g_autofree char *folded = imp_reading_fold (word, -1, IMP_READING_BASE);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = imp_reading_fold (parts[i], -1, IMP_READING_BASE);

      if (g_str_has_prefix (folded, part)) /* "Roses", "Marking" */
        return TRUE;
    }
  return FALSE;
}

/* Every word of the manuals. */
static GPtrArray *
list_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (g_getenv ("SCREEN_DOCS"), 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("SCREEN_DOCS"), name, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;

      if (!g_str_has_suffix (name, ".md") || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      parts = g_regex_split_simple ("[^A-Za-z]+", text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
      for (guint i = 0; parts[i] != NULL; i++)
        if (strlen (parts[i]) >= 2 && !g_hash_table_contains (seen, parts[i]))
          {
            g_ptr_array_add (words, g_strdup (parts[i]));
            g_hash_table_add (seen, g_ptr_array_index (words, words->len - 1));
          }
    }
  return words;
}

/* Of fifty names and the words of the manuals, each by itself as on a picture, fewer than one
 * pair in a thousand is taken for the other. */
static void
test_chance (void)
{
  g_autoptr (GPtrArray) words = list_words ();
  guint n_pairs = 0;
  guint n_taken = 0;

  g_assert_cmpuint (words->len, >=, 1500);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (ImpKnown) known = imp_known_new ();

      imp_known_add_name (known, IMP_WHY_HEADER, "PatientName", NAMES[i]);
      for (guint j = 0; j < words->len; j++)
        {
          const char *word = g_ptr_array_index (words, j);
          g_autoptr (GArray) found = NULL;

          if (is_part_of (NAMES[i], word))
            continue;
          found = imp_known_find (known, word);
          n_pairs++;
          n_taken += found->len > 0;
          if (found->len > 0)
            g_test_message ("%s: %s", NAMES[i], word);
        }
    }
  g_test_message ("%u of %u pairs taken for each other", n_taken, n_pairs);
  g_assert_cmpuint (n_taken * 1000, <, n_pairs);
}

/* Numbers of four to ten digits against what scales and settings show: none is taken. */
static void
test_chance_of_numbers (void)
{
  guint n_taken = 0;
  guint n = 0;

  for (guint number = 1003; number < 1000000000; number = number * 3 + 17)
    {
      g_autofree char *value = g_strdup_printf ("%u", number);

      for (guint setting = 0; setting < 2000; setting += 7)
        {
          g_autofree char *text = g_strdup_printf ("W %u L %u.%u %u mm", setting, setting % 90,
                                                   setting % 10, setting / 3);

          n++;
          n_taken += *look ("PatientID", value, TRUE, text) != '\0';
        }
    }
  g_test_message ("%u of %u taken", n_taken, n);
  g_assert_cmpuint (n_taken * 1000, <, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/known/names", test_names);
  g_test_add_func ("/screen/known/numbers", test_numbers);
  g_test_add_func ("/screen/known/days-times-ages", test_days);
  g_test_add_func ("/screen/known/places-and-descriptions", test_places);
  g_test_add_func ("/screen/known/person-of-the-register", test_person);
  g_test_add_func ("/screen/known/chance/words", test_chance);
  g_test_add_func ("/screen/known/chance/numbers", test_chance_of_numbers);
  return g_test_run ();
}
