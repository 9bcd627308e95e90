/* Cases of the teaching file: numbers, lists of words, pictures in order, finding, erasure (issue:
 * teaching-file curation, point 4). */
#include <gio/gio.h>

#include "imp-error.h"
#include "imp-register-curation.h"
#include "imp-register-keeping.h"
#include "imp-register-names.h"
#include "imp-register-teaching.h"
#include "imp-teaching-codes.h"
#include "record-fixture.h"

static ImpTeachingCase *
make_case (const char *title)
{
  ImpTeachingCase *teaching = imp_teaching_case_new ();

  teaching->texts[IMP_TEACHING_TITLE] = g_strdup (title);
  return teaching;
}

static void
save (ImpRegister *reg, ImpTeachingCase *teaching)
{
  g_autoptr (GError) error = NULL;

  imp_register_save_teaching_case (reg, teaching, &error);
  g_assert_no_error (error);
}

static void
set_text (ImpTeachingCase *teaching, ImpTeachingText text, const char *value)
{
  g_free (teaching->texts[text]);
  teaching->texts[text] = g_strdup (value);
}

static void
test_number (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpTeachingCase) one = make_case (" A coin in the oesophagus ");
  g_autoptr (ImpTeachingCase) two = make_case ("A fracture");
  g_autoptr (ImpTeachingCase) three = make_case ("Another");
  g_autoptr (ImpTeachingCase) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  save (reg, one);
  save (reg, two);
  g_assert_cmpstr (one->number, ==, "TF-0001");
  g_assert_cmpstr (two->number, ==, "TF-0002");
  imp_register_remove_teaching_case (reg, two->id, &error);
  g_assert_no_error (error);
  /* A number is never given to another. */
  save (reg, three);
  g_assert_cmpstr (three->number, ==, "TF-0003");
  g_assert_true (imp_register_parse_case_number ("tf-0001", &id, &error));
  g_assert_cmpint (id, ==, one->id);
  again = imp_register_get_teaching_case (reg, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->texts[IMP_TEACHING_TITLE], ==, "A coin in the oesophagus");
  for (const char *const *bad = (const char *const[]){ "1", "TF-", "TF-0", "TF-1x", "TF--1", NULL };
       *bad != NULL; bad++)
    {
      g_assert_false (imp_register_parse_case_number (*bad, &id, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_clear_error (&error);
    }
  g_assert_null (imp_register_get_teaching_case (reg, two->id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

static void
refuse (ImpRegister *reg, ImpTeachingCase *teaching)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (imp_register_save_teaching_case (reg, teaching, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

static void
test_words_of_lists (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpTeachingCase) teaching = make_case ("  ");

  refuse (reg, teaching);
  set_text (teaching, IMP_TEACHING_TITLE, "A coin");
  teaching->modality = g_strdup ("X-ray");
  refuse (reg, teaching);
  g_free (teaching->modality);
  teaching->modality = g_strdup ("DX");
  teaching->body_part = g_strdup ("chest");
  refuse (reg, teaching);
  g_free (teaching->body_part);
  teaching->body_part = g_strdup ("CHEST");
  save (reg, teaching);
  g_assert_true (imp_teaching_is_modality ("MR"));
  g_assert_false (imp_teaching_is_modality ("CHEST"));
  g_assert_cmpstr (imp_teaching_code_get_name ("TSPINE"), ==, "Thoracic spine");
  g_assert_null (imp_teaching_code_get_name ("TAIL"));
}

static guint
count (ImpRegister *reg, const char *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = imp_register_list_teaching_cases (reg, search, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
test_found (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autoptr (ImpTeachingCase) coin = make_case ("A coin in the oesophagus");
  g_autoptr (ImpTeachingCase) wrist = make_case ("Wrist");

  set_text (coin, IMP_TEACHING_TAGS, "swallowed, Ménière");
  set_text (wrist, IMP_TEACHING_DIAGNOSIS, "Colles fracture");
  save (reg, coin);
  save (reg, wrist);
  g_assert_cmpuint (count (reg, NULL), ==, 2);
  g_assert_cmpuint (count (reg, "OESOPH"), ==, 1);
  g_assert_cmpuint (count (reg, "meniere coi"), ==, 1);
  g_assert_cmpuint (count (reg, "colles coin"), ==, 0);
  g_assert_cmpuint (count (reg, " "), ==, 0);
  /* The index has a language of its own: what is typed is words. */
  g_assert_cmpuint (count (reg, "coin OR colles"), ==, 0);
  g_assert_cmpuint (count (reg, "\"title: * NEAR( ^ -"), ==, 0);
  set_text (wrist, IMP_TEACHING_DIAGNOSIS, "Smith fracture");
  save (reg, wrist);
  g_assert_cmpuint (count (reg, "colles"), ==, 0);
  g_assert_cmpuint (count (reg, "smith"), ==, 1);
}

static GPtrArray *
add_pictures (ImpRegister *reg, char **session)
{
  static const char *const NUMBERS[] = { "H204417", "H204417", "H300001" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  GPtrArray *listed = NULL;

  *session = imp_register_add_curation (reg, "Films", "teaching-file", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    {
      ImpCurationItem *item = imp_curation_item_new ();

      item->number = g_strdup (NUMBERS[i]);
      item->path = g_strdup_printf ("/films/%u.dcm", i);
      item->n_frames = 1;
      g_ptr_array_add (items, item);
    }
  imp_register_add_curation_items (reg, *session, "/films", items, &error);
  g_assert_no_error (error);
  listed = imp_register_list_curation_items (reg, *session, &error);
  g_assert_no_error (error);
  return listed;
}

static gint64
id_of (GPtrArray *items, guint index)
{
  return ((const ImpCurationItem *)g_ptr_array_index (items, index))->id;
}

static void
assert_images (ImpRegister *reg, gint64 case_id, const gint64 *ids, guint n_ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpTeachingCase) teaching = imp_register_get_teaching_case (reg, case_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (teaching->images->len, ==, n_ids);
  for (guint i = 0; i < n_ids; i++)
    g_assert_cmpint (((ImpTeachingImage *)teaching->images->pdata[i])->item_id, ==, ids[i]);
}

static void
test_pictures (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *session = NULL;
  g_autoptr (GPtrArray) items = add_pictures (reg, &session);
  g_autoptr (ImpTeachingCase) one = make_case ("One");
  g_autoptr (ImpTeachingCase) two = make_case ("Two");
  g_autoptr (ImpTeachingCase) kept = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 forth[] = { id_of (items, 0), id_of (items, 1), id_of (items, 2) };
  const gint64 back[] = { id_of (items, 2), id_of (items, 0) };

  save (reg, one);
  save (reg, two);
  imp_register_set_teaching_images (reg, one->id, forth, 3, &error);
  g_assert_no_error (error);
  assert_images (reg, one->id, forth, 3);
  imp_register_describe_teaching_image (reg, forth[2], "A coin", "A round shadow", &error);
  g_assert_no_error (error);
  imp_register_set_teaching_images (reg, one->id, back, 2, &error);
  g_assert_no_error (error);
  assert_images (reg, one->id, back, 2);
  kept = imp_register_get_teaching_case (reg, one->id, &error);
  g_assert_cmpstr (((ImpTeachingImage *)kept->images->pdata[0])->caption, ==, "A coin");
  g_assert_cmpstr (((ImpTeachingImage *)kept->images->pdata[0])->alt, ==, "A round shadow");
  /* One that is in a case is in no other: all of it or nothing. */
  g_assert_false (imp_register_set_teaching_images (reg, two->id, forth, 3, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_clear_error (&error);
  assert_images (reg, two->id, NULL, 0);
  g_assert_false (imp_register_describe_teaching_image (reg, forth[1], "", "", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* Words that change after it was cleared: somebody looks again. */
static void
test_words_unclear (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *session = NULL;
  g_autoptr (GPtrArray) items = add_pictures (reg, &session);
  g_autoptr (ImpTeachingCase) one = make_case ("One");
  g_autoptr (GArray) marks = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 id = id_of (items, 0);

  save (reg, one);
  imp_register_set_teaching_images (reg, one->id, &id, 1, &error);
  imp_register_set_curation_state (reg, id, IMP_CURATION_CLEARED, NULL, &error);
  imp_register_describe_teaching_image (reg, id, "", "", &error);
  g_assert_no_error (error);
  marks = imp_register_list_curation_marks (reg, session, &error);
  g_assert_cmpint (g_array_index (marks, ImpCurationMark, 0).state, ==, IMP_CURATION_CLEARED);
  g_clear_pointer (&marks, g_array_unref);
  imp_register_describe_teaching_image (reg, id, "A coin", "", &error);
  g_assert_no_error (error);
  marks = imp_register_list_curation_marks (reg, session, &error);
  g_assert_cmpint (g_array_index (marks, ImpCurationMark, 0).state, ==, IMP_CURATION_LOOKED_AT);
}

/* policy.md 5.4: the case goes that no picture of anybody else is in; its number never comes back.
 */
static void
test_erased (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person = record_add_person (reg, "H204417", "EXAMPLE^PERSON A", "1957-11-22");
  g_autofree char *session = NULL;
  g_autoptr (GPtrArray) items = add_pictures (reg, &session);
  g_autoptr (ImpTeachingCase) alone = make_case ("Alone");
  g_autoptr (ImpTeachingCase) mixed = make_case ("Mixed");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) people = NULL;
  const gint64 first = id_of (items, 0);
  const gint64 both[] = { id_of (items, 1), id_of (items, 2) };

  save (reg, alone);
  save (reg, mixed);
  imp_register_set_teaching_images (reg, alone->id, &first, 1, &error);
  imp_register_set_teaching_images (reg, mixed->id, both, 2, &error);
  g_assert_no_error (error);
  people = imp_register_list_teaching_people (reg, mixed->id, &error);
  g_assert_cmpuint (g_strv_length (people), ==, 1);
  g_assert_cmpstr (people[0], ==, person);
  imp_register_erase_person (reg, person, IMP_ERASURE_ASKED_FOR, &error);
  g_assert_no_error (error);
  g_assert_null (imp_register_get_teaching_case (reg, alone->id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
  assert_images (reg, mixed->id, both + 1, 1);
  g_assert_cmpuint (count (reg, "alone"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/teaching/number", test_number);
  store_fixture_add ("/teaching/words-of-lists", test_words_of_lists);
  store_fixture_add ("/teaching/found", test_found);
  store_fixture_add ("/teaching/pictures", test_pictures);
  store_fixture_add ("/teaching/words-unclear", test_words_unclear);
  store_fixture_add ("/teaching/erased", test_erased);
  return g_test_run ();
}
