/* What captions, alternative texts and names of files must not say. The expected findings are read
 * off the guidance by hand; NHS numbers from its own worked example (943 476 5919). */
#include <string.h>

#include "gate-fixture.h"
#include "imp-error.h"
#include "imp-words.h"

/* What the file is said to carry. */
static const ImpGiveaway FILE_SAYS[] = {
  { (char *)"DICOM", (char *)"PatientName", (char *)"MUSTER^ERIKA JOSEFINE", TRUE },
  { (char *)"DICOM", (char *)"ReferringPhysicianName", (char *)"VORLAGE^KONRAD^^DR", TRUE },
  { (char *)"DICOM", (char *)"InstitutionName", (char *)"Elsewhere General Hospital", TRUE },
  { (char *)"DICOM", (char *)"StationName", (char *)"CTAWP7", TRUE },
  { (char *)"DICOM", (char *)"ManufacturerModelName", (char *)"Visionatron 9", FALSE },
  { (char *)"DICOM", (char *)"AccessionNumber", (char *)"A-55-1203", TRUE },
  { (char *)"DICOM", (char *)"StudyDate", (char *)"20230514", TRUE },
  { (char *)"DICOM", (char *)"StudyDescription", (char *)"CHEST PA", TRUE },
};

typedef struct
{
  const char *text;
  const char *rule; /* nullable: nothing may be found */
  const char *word; /* what is found first */
  gboolean firm;
} Case;

static const Case CASES[] = {
  /* Nothing. */
  { "", NULL, NULL, FALSE },
  { "Chest x-ray, PA view: right lower lobe consolidation with air bronchograms.", NULL, NULL,
    FALSE },
  { "A 54-year-old with 2 weeks of cough; power 4/5, BP 120/80, 12 mm nodule, T2 3D TSE.", NULL,
    NULL, FALSE },
  { "The lesion may march along the fascia; reading the film after a bath.", NULL, NULL, FALSE },
  { "See doi:10.1136/bcr-2019-231234 and figure 3.1.2 of the book, 2nd edition, 2019.", NULL, NULL,
    FALSE },
  { "89 years old, 95 % of cases, 120 kV, 100 mAs, L1 2nd fracture", NULL, NULL, FALSE },
  /* The person of the register: EXAMPLE, Person A; H204417; 12 March 1961. */
  { "Mrs Example with a fracture", "words:name", "Example", TRUE },
  { "EXAMPLE'S wrist", "words:name", "EXAMPLE", TRUE },
  { "wrist of exámple", "words:name", "exámple", TRUE },
  { "wrist of Exmaple", "words:name", "Exmaple", TRUE },
  { "wrist of Exampel after a fall", "words:name", "Exampel", TRUE },
  { "number h 204-417 seen", "words:number", "h 204-417", TRUE },
  { "patient E.P.A. came back", "words:name", "E.P.A", TRUE },
  { "born 12.03.1961", "words:date", "12.03.1961", TRUE },
  { "born 12 March 61", "words:date", "12 March 61", TRUE },
  { "born March 12th, 1961", "words:date", "March 12th, 1961", TRUE },
  { "born 03/12/1961", "words:date", "03/12/1961", TRUE }, /* the month first */
  /* What its file carries. */
  { "Erika was lucky", "words:name", "Erika", TRUE },
  { "referred by Dr Vorlage", "words:name", "Vorlage", TRUE },
  { "taken at elsewhere", "words:place", "elsewhere", TRUE },
  { "on CTAWP7", "words:device", "CTAWP7", TRUE },
  { "with a Visionatron", "words:device", "Visionatron", TRUE },
  { "a551203", "words:number", "a551203", TRUE },
  { "on 14/05/2023", "words:date", "14/05/2023", TRUE },
  { "scan_20230514", "words:date", NULL, TRUE },
  { "on 14th of May 2023", "words:date", "14th of May 2023", TRUE },
  /* Anybody's. */
  { "on 3 Feb 2021", "words:date", "3 Feb 2021", FALSE },
  { "on 2021-02-03", "words:date", "2021-02-03", FALSE },
  { "on 3.2.21", "words:date", "3.2.21", FALSE },
  { "fell in October", "words:date", "October", FALSE },
  { "seen in May", "words:date", "in May", FALSE },
  { "Sept 2020", "words:date", "Sept 2020", FALSE },
  { "a 94-year-old", "words:age", "94-year-old", TRUE },
  { "aged 101", "words:age", "aged 101", TRUE },
  { "92F with pain", "words:age", "92F", TRUE },
  { "ninety-three years old", "words:age", "ninety-three years", TRUE },
  { "a nonagenarian", "words:age", "nonagenarian", TRUE },
  { "in her nineties", "words:age", "her nineties", TRUE },
  { "came from Sheffield", "words:place", "Sheffield", FALSE },
  { "came from Reading", "words:place", "Reading", FALSE },
  { "at Newcastle upon Tyne", "words:place", "Newcastle", FALSE },
  { "at the Northern Example Infirmary", "words:name", "Example", TRUE },
  { "at Oldgate Infirmary", "words:place", "Oldgate Infirmary", FALSE },
  { "on ward 12b", "words:place", "ward 12b", FALSE },
  { "in SW1A 1AA", "words:place", "SW1A 1AA", TRUE },
  { "from Little Muckleford", "words:place", "Little Muckleford", TRUE }, /* the site's list */
  { "on a Siemens", "words:device", "Siemens", FALSE },
  { "NHS 943 476 5919", "words:number", "943 476 5919", TRUE },
  { "case 1234567", "words:number", "1234567", TRUE },
  { "ring 020 7946 0018", "words:contact", "020 7946 0018", TRUE },
  { "ring +44 (0)20 7946 0018", "words:contact", "+44 (0)20 7946 0018", TRUE },
  { "write to someone@example.org", "words:contact", "someone@example.org", TRUE },
  { "see https://example.org/x", "words:contact", "https://example.org/x", TRUE },
  { "see www.example.org", "words:contact", "www.example.org", TRUE },
  { "follow @radiographer", "words:contact", "@radiographer", TRUE },
};

static const ImpWordFinding *
find (GArray *found, const Case *expected)
{
  for (guint i = 0; i < found->len; i++)
    {
      const ImpWordFinding *one = &g_array_index (found, ImpWordFinding, i);
      gsize length = expected->word != NULL ? strlen (expected->word) : 0;

      if (g_str_equal (one->rule, expected->rule)
          && (expected->word == NULL
              || (one->end - one->start == length
                  && strncmp (expected->text + one->start, expected->word, length) == 0)))
        return one;
    }
  return NULL;
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  static const char *const PLACES[] = { " Little Muckleford ", "", "Upper Muckleford", NULL };
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  g_autoptr (GPtrArray) giveaways = g_ptr_array_new ();
  ImpWordsAsked asked = { people, giveaways, (char **)PLACES, FALSE };

  g_ptr_array_add (people, imp_register_get_person (imp_gate_get_register (fixture->gate),
                                                    fixture->person_id, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (FILE_SAYS); i++)
    g_ptr_array_add (giveaways, (gpointer)&FILE_SAYS[i]);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GArray) found = NULL;
      const ImpWordFinding *one = NULL;

      asked.is_file_name = strchr (CASES[i].text, '_') != NULL;
      found = imp_words_find (CASES[i].text, &asked);
      for (guint j = 0; j < found->len; j++)
        {
          const ImpWordFinding *each = &g_array_index (found, ImpWordFinding, j);

          g_test_message ("%s: %s \"%.*s\" %s", CASES[i].text, each->rule,
                          (int)(each->end - each->start), CASES[i].text + each->start, each->why);
        }
      if (CASES[i].rule == NULL)
        {
          g_assert_cmpuint (found->len, ==, 0);
          continue;
        }
      one = find (found, &CASES[i]);
      if (one == NULL)
        g_test_message ("%s: not found", CASES[i].text);
      g_assert_nonnull (one);
      g_assert_cmpint (one->firm, ==, CASES[i].firm);
    }
}

/* Whatever stands there, offsets stay within the text. */
static void
test_any_text (Fixture *fixture, gconstpointer data)
{
  static const char *const PIECES[] = { "12", "/",   ".", " ",     "March", "é", "\xcc\x81", "99",
                                        "y",  "@",   "0", "EPA",   "St",    "-", "\xff",     "2023",
                                        "ẞ",  "www", "E", "ward ", "10.",   "\n" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  ImpWordsAsked asked = { people, NULL, NULL, FALSE };

  g_ptr_array_add (people, imp_register_get_person (imp_gate_get_register (fixture->gate),
                                                    fixture->person_id, NULL));
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *valid = NULL;
      g_autoptr (GArray) found = NULL;
      gint32 n = g_rand_int_range (random, 0, 20);

      for (gint32 j = 0; j < n; j++)
        g_string_append (text, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
      valid = g_utf8_make_valid (text->str, -1);
      found = imp_words_find (text->str, &asked);
      for (guint j = 0; j < found->len; j++)
        {
          const ImpWordFinding *one = &g_array_index (found, ImpWordFinding, j);

          g_assert_cmpuint (one->start, <, one->end);
          g_assert_cmpuint (one->end, <=, strlen (valid));
          g_assert_true (
              g_utf8_validate (valid + one->start, (gssize)(one->end - one->start), NULL));
        }
    }
}

static ImpRehearsal *
rehearse (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpRehearsal *rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);

  g_assert_no_error (error);
  return rehearsal;
}

/* Article row 5: the words are judged with the picture, and what refuses says which word. */
static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *permission = add_permission (fixture, "teaching-closed");

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_words (fixture->request, "A wrist, seen in Sheffield");
  assert_refused (fixture, "words:place");
  imp_request_set_words (fixture->request, "A wrist");
  imp_request_set_alt (fixture->request, "An x-ray of a 94-year-old");
  assert_refused (fixture, "words:age");
  imp_request_set_alt (fixture->request, NULL);
  {
    g_autoptr (ImpRehearsal) good = rehearse (fixture);

    g_assert_true (good->allowed);
  }

  /* With her permission a town may be meant, with a reason in words; her name never. */
  imp_request_set_person (fixture->request, fixture->person_id);
  answer_all (fixture, fixture->request, "consent", "teaching-file");
  imp_request_set_words (fixture->request, "A wrist, seen in Sheffield");
  imp_request_set_answer (fixture->request, "confirmation-reason", NULL);
  {
    g_autoptr (ImpRehearsal) asks = rehearse (fixture);

    g_assert_false (asks->allowed);
    g_assert_true (refused_by (asks->reasons, "words:place"));
    g_assert_true (g_strv_contains ((const char *const *)asks->needed, "confirmation-reason"));
  }
  imp_request_set_answer (fixture->request, "confirmation-reason", "the local spa is the point");
  {
    g_autoptr (ImpRehearsal) excused = rehearse (fixture);

    g_assert_true (excused->allowed);
  }
  imp_request_set_words (fixture->request, "The wrist of Mrs Example");
  assert_refused (fixture, "words:name");
}

/* What a script is told ends in logs: the place of the word, not the word. */
static void
test_script_sees_no_word (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRehearsal) rehearsal = NULL;

  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_person (fixture->request, fixture->person_id);
  imp_request_set_words (fixture->request, "The wrist of Mrs Example");
  rehearsal = rehearse (fixture);
  for (guint i = 0; i < rehearsal->reasons->len; i++)
    {
      const ImpReason *reason = g_ptr_array_index (rehearsal->reasons, i);

      g_assert_null (strstr (reason->reason, "Example"));
      if (g_str_equal (reason->rule, "words:name"))
        g_assert_nonnull (strstr (reason->reason, "characters 18 to 24"));
    }
  g_assert_true (refused_by (rehearsal->reasons, "words:name"));
}

/* The site's own places, and a name of the file. */
static void
test_site_and_file_name (Fixture *fixture, gconstpointer data)
{
  static const char *const NAMES[] = { "wrist Muckleford.png", "a 94-year-old.png",
                                       "x_2021-02-03.png", "sheffield.png" };
  g_autoptr (GError) setting_error = NULL;

  g_assert_true (imp_register_set_setting (imp_gate_get_register (fixture->gate), "place-names",
                                           "Muckleford; Upper Slaughterhouse", &setting_error));
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_words (fixture->request, "A wrist from Upper slaughterhouse");
  assert_refused (fixture, "words:place");
  imp_request_set_words (fixture->request, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = in_folder (fixture, NAMES[i]);
      g_autoptr (GFile) target = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpReceipt) receipt = NULL;

      imp_request_set_target (fixture->request, target);
      receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
      g_assert_null (receipt);
      g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT);
      g_assert_false (g_file_query_exists (target, NULL));
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/article/row-05/words-found", test_find },
    { "/article/row-05/any-text", test_any_text },
    { "/article/row-05/words-refuse", test_refuses },
    { "/article/row-05/script-sees-no-word", test_script_sees_no_word },
    { "/article/row-26/place-names", test_site_and_file_name },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  return g_test_run ();
}
