/* Look-ups: who is found, why, in which order, and that somebody looked. */
#include <string.h>

#include "imp-error.h"
#include "imp-register-keeping.h"
#include "imp-register-look-ups.h"
#include "imp-register-names.h"
#include "imp-sound.h"
#include "record-fixture.h"

static void
add_alias (ImpRegister *reg, const char *person_id, const char *name)
{
  g_autoptr (ImpAlias) alias = imp_alias_new ();
  g_autoptr (GError) error = NULL;

  alias->name = g_strdup (name);
  alias->kind = g_strdup ("former");
  g_assert_true (imp_register_add_alias (reg, person_id, alias, &error));
  g_assert_no_error (error);
}

/* @expected: "H1 name; H2 sounds-alike". */
static void
check_found (ImpRegister *reg, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = imp_register_find (reg, text, 20, &error);
  g_autoptr (GString) all = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const ImpFound *one = g_ptr_array_index (found, i);

      g_string_append_printf (all, "%s%s %s", i > 0 ? "; " : "", one->person->hospital_number,
                              imp_match_to_text (one->match));
    }
  if (strcmp (all->str, expected) != 0)
    g_test_message ("looked for “%s”", text);
  g_assert_cmpstr (all->str, ==, expected);
}

/* ---- sounds ---- */

/* Names that books on family history give as one name spelt in two ways, and pairs that are not. */
static const struct
{
  const char *first;
  const char *second;
  gboolean alike;
} PAIRS[] = {
  { "smith", "smyth", TRUE },
  { "catherine", "kathryn", TRUE },
  { "stephen", "steven", TRUE },
  { "geoffrey", "jeffrey", TRUE },
  { "wright", "right", TRUE },
  { "macdonald", "mcdonald", TRUE },
  { "philip", "filip", TRUE },
  { "knight", "night", TRUE },
  { "johnson", "jonson", TRUE },
  { "meyer", "maier", TRUE },
  { "thompson", "thomson", TRUE },
  { "clark", "clarke", TRUE },
  { "nicholson", "nicolson", FALSE },
  { "smith", "jones", FALSE },
  { "brown", "green", FALSE },
  { "martin", "morton", TRUE },
  { "li", "wu", FALSE },
  { "reid", "reade", TRUE },
  { "schmidt", "schmitt", TRUE },
  { "allan", "alleyn", TRUE },
};

static void
test_sounds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    {
      g_autofree char *first = imp_sound_of (PAIRS[i].first);
      g_autofree char *second = imp_sound_of (PAIRS[i].second);

      if ((strcmp (first, second) == 0) != PAIRS[i].alike)
        g_test_message ("%s is %s, %s is %s", PAIRS[i].first, first, PAIRS[i].second, second);
      g_assert_true ((strcmp (first, second) == 0) == PAIRS[i].alike);
    }
}

/* Whatever the letters: the key is text. */
static void
test_sounds_are_text (void)
{
  static const char *const WORDS[] = { "", "й", "иванов", "李", "ცც", "\xe1\x80\x80", "'", "42" };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autofree char *sound = imp_sound_of (WORDS[i]);

      g_assert_true (g_utf8_validate (sound, -1, NULL));
    }
}

/* ---- names ---- */

static void
test_misspelt (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H1", "SAMPLETON^CATHERINE", "1961-05-03");
  g_autofree char *b = record_add_person (reg, "H2", "Thompson, Stephen", "1970-12-01");
  g_autofree char *c = record_add_person (reg, "H3", "Thomas, Philippa", "1970-12-01");
  g_autofree char *d = record_add_person (reg, "H4", "Brown, Amy", "2011-02-28");

  check_found (reg, "catherine sampleton", "H1 name");
  check_found (reg, "sampleton cath", "H1 name-part");
  check_found (reg, "kathryn sampleton", "H1 sounds-alike");
  check_found (reg, "sampelton", "H1 sounds-alike");
  check_found (reg, "samplten", "H1 sounds-alike");      /* a letter left out, and a vowel */
  check_found (reg, "sanpelton", "H1 similar-spelling"); /* two wrong */
  check_found (reg, "sampletonn kathrine", "H1 sounds-alike");
  check_found (reg, "tomson steven", "H2 sounds-alike");
  check_found (reg, "thomson steven", "H2 sounds-alike");
  check_found (reg, "bworn", "H4 sounds-alike");
  check_found (reg, "brwon amt", "H4 similar-spelling");
  check_found (reg, "thompson catherine", ""); /* both words have to be hers */
  check_found (reg, "thom", "H3 name-part; H2 name-part");
  check_found (reg, "am", "H4 name-part");
  check_found (reg, "xy", "");
  check_found (reg, "mple", "H1 name-part");
}

static void
test_best_first (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H1", "Jonson, Ann", NULL);
  g_autofree char *b = record_add_person (reg, "H2", "Johnson, Ann", NULL);
  g_autofree char *c = record_add_person (reg, "H3", "Johnsons, Ann", NULL);
  g_autofree char *d = record_add_person (reg, "H4", "Other, Johnson", NULL);
  g_autofree char *e = record_add_person (reg, "H5", "Johnsan, Zoe", NULL);
  g_autofree char *f = record_add_person (reg, "JOHNSON", "Nobody, Else", NULL);

  check_found (reg, "Johnson",
               "JOHNSON number; H2 name; H3 name-part; H4 name; H5 sounds-alike; H1 sounds-alike");
  check_found (reg, "johnson ann", "H2 name; H3 name-part; H1 sounds-alike");
}

static void
test_other_names (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H1", "EXAMPLE^ANNA", "1961-05-03");
  g_autofree char *b = record_add_person (reg, "H2", "SAMPLETON^BELLA", "1961-05-03");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) aliases = NULL;
  g_autoptr (GError) error = NULL;

  add_alias (reg, a, "Wetherby, Anna");
  found = imp_register_find (reg, "weatherby anna", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((ImpFound *)found->pdata[0])->person->id, ==, a);
  g_assert_cmpint (((ImpFound *)found->pdata[0])->match, ==, IMP_MATCH_SOUND);
  g_assert_cmpstr (((ImpFound *)found->pdata[0])->alias, ==, "Wetherby, Anna");
  /* One word of the name, one of the other name. */
  check_found (reg, "example wetherby", "H1 name");
  check_found (reg, "wetherby 3 May 1961", "H1 name");
  check_found (reg, "sanpleton 03/05/1961", "H2 similar-spelling");
  check_found (reg, "1961-05-03", "H1 born; H2 born");
  check_found (reg, "wetherby 1961-05-04", "");
  aliases = imp_register_list_aliases (reg, a, &error);
  g_assert_true (imp_register_remove_alias (reg, a, ((ImpAlias *)aliases->pdata[0])->id, &error));
  check_found (reg, "wetherby", "");
}

/* ---- the index follows ---- */

static void
check_no_words (StoreFixture *fixture, const char *like)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT count(*) FROM name_word WHERE word LIKE '%s') + "
      "(SELECT count(*) FROM name_piece WHERE word_id NOT IN (SELECT id FROM name_word)) + "
      "(SELECT count(*) FROM person_word WHERE person_id NOT IN (SELECT id FROM person) "
      "OR word_id NOT IN (SELECT id FROM name_word)) + "
      "(SELECT count(*) FROM name_word WHERE uses <> "
      "(SELECT count(*) FROM person_word WHERE word_id = name_word.id))",
      like);

  g_assert_cmpint (store_fixture_integer (fixture->store, sql), ==, 0);
}

static void
test_index_follows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H1", "EXAMPLE^ANNA ANNA", NULL);
  g_autofree char *b =
      record_add_person (reg, "H2", "QUOTE\"D\\NAME^\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd", NULL);
  g_autoptr (ImpPerson) person = imp_register_get_person (reg, a, NULL);
  g_autoptr (GError) error = NULL;

  check_no_words (fixture, "%sampleton%");
  check_found (reg, "quote\"d\\name", "H2 name");
  check_found (reg, "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd", "H2 name");
  record_replace (&person->name, "SAMPLETON^ANNA");
  g_assert_true (imp_register_update_person (reg, person, &error));
  check_found (reg, "example", "");
  check_found (reg, "sampelton", "H1 sounds-alike");
  check_no_words (fixture, "%example%");
  add_alias (reg, a, "Wetherby");
  record_check_sql_refused (fixture->store, "UPDATE name_word SET word = 'x'");
  g_assert_true (imp_register_erase_person (reg, a, IMP_ERASURE_ASKED_FOR, &error));
  g_assert_no_error (error);
  check_found (reg, "sampleton", "");
  check_found (reg, "weatherby", "");
  check_no_words (fixture, "%sampleton%");
  check_no_words (fixture, "%wetherby%");
  check_no_words (fixture, "%anna%");
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM tombstone"), ==, 1);
}

/* ---- the record of look-ups ---- */

static void
check_refused (StoreFixture *fixture)
{
  record_check_sql_refused (fixture->store, "UPDATE look_up SET login = 'x'");
  record_check_sql_refused (fixture->store, "DELETE FROM look_up");
  record_check_sql_refused (fixture->store, "UPDATE look_up_text SET digest = printf('%064d', 1)");
}

static void
test_recorded (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", NULL);
  g_autofree char *b = record_add_person (reg, "H204418", "EXAMPLE^PERSON B", NULL);
  static const char *const KINDS[] = { "opened", "view", "recent", "born", "number", "name" };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) about = NULL;
  g_autoptr (GError) error = NULL;
  gint64 search = 0;

  found = imp_register_look_up (reg, "Exmaple", 10, &search, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  g_clear_pointer (&found, g_ptr_array_unref);
  imp_person_free (imp_register_look_up_number (reg, "h 204-417", &error));
  g_ptr_array_unref (imp_register_look_up (reg, "3 May 1961", 10, NULL, &error));
  g_ptr_array_unref (imp_register_look_up (reg, " ", 10, NULL, &error));
  g_assert_true (imp_register_note_view (reg, "expiring", 4, &error));
  g_assert_true (imp_register_note_opened (reg, a, search, &error));
  g_assert_no_error (error);
  all = imp_register_list_look_ups (reg, NULL, 0, 10, &error);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (KINDS));
  for (guint i = 0; i < all->len; i++)
    {
      const ImpLookUp *look_up = all->pdata[i];

      g_assert_cmpstr (look_up->kind, ==, KINDS[i]);
      g_assert_cmpstr (look_up->login, ==, g_get_user_name ());
      g_assert_null (look_up->user_id);
      g_assert_cmpstr (look_up->person_id, ==, i == 0 ? a : NULL);
    }
  g_assert_cmpint (((ImpLookUp *)all->pdata[5])->n_found, ==, 2);
  g_assert_cmpstr (((ImpLookUp *)all->pdata[1])->view, ==, "expiring");
  about = imp_register_list_look_ups (reg, a, 0, 10, &error);
  g_assert_cmpuint (about->len, ==, 1);
  g_clear_pointer (&about, g_ptr_array_unref);
  about = imp_register_list_look_ups (reg, NULL, ((ImpLookUp *)all->pdata[3])->seq, 10, &error);
  g_assert_cmpuint (about->len, ==, 2);
  check_refused (fixture);
}

/* What was typed is nowhere; erasure takes the digests along, and leaves that somebody looked. */
static void
test_record_and_erasure (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *a = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", NULL);
  g_autofree char *b = record_add_person (reg, "H204418", "EXAMPLE^PERSON B", NULL);
  g_autoptr (GPtrArray) about = NULL;
  g_autoptr (GError) error = NULL;
  gint64 search = 0;

  imp_person_free (imp_register_look_up_number (reg, "h204417", &error)); /* her number */
  imp_person_free (imp_register_look_up_number (reg, "h204418", &error));
  g_ptr_array_unref (imp_register_look_up (reg, "person a example", 10, &search, &error));
  g_ptr_array_unref (imp_register_look_up (reg, "Example^Person A", 10, NULL, &error));
  g_assert_true (imp_register_note_opened (reg, a, search, &error));
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM look_up_text"), ==,
                   4);
  g_assert_cmpint (store_fixture_integer (
                       fixture->store, "SELECT count(*) FROM look_up JOIN look_up_text USING (seq) "
                                       "WHERE digest LIKE '%204417%' OR kind LIKE '%example%' "
                                       "OR coalesce (view, '') <> ''"),
                   ==, 0);
  g_assert_true (imp_register_erase_person (reg, a, IMP_ERASURE_ASKED_FOR, &error));
  g_assert_no_error (error);
  /* The other person's number alone. */
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM look_up_text"), ==,
                   1);
  about = imp_register_list_look_ups (reg, a, 0, 10, &error);
  g_assert_cmpuint (about->len, ==, 1);
}

static void
test_bad_text (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *longest = g_strnfill (100000, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (imp_register_find (reg, "\xff", 10, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  check_found (reg, longest, "");
  check_found (reg, "a b c d e f g h i j k l m n o p", "");
  check_found (reg, "\" OR 1=1 --", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding/sounds", test_sounds);
  g_test_add_func ("/finding/sounds-are-text", test_sounds_are_text);
  store_fixture_add ("/finding/misspelt", test_misspelt);
  store_fixture_add ("/finding/best-first", test_best_first);
  store_fixture_add ("/finding/other-names", test_other_names);
  store_fixture_add ("/finding/index-follows", test_index_follows);
  store_fixture_add ("/security/5-3/look-ups-recorded", test_recorded);
  store_fixture_add ("/security/5-5/look-ups-erased", test_record_and_erasure);
  store_fixture_add ("/finding/bad-text", test_bad_text);
  return g_test_run ();
}
