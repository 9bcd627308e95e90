/* What the helper saw and what is suggested, as values. */

#include "imp-spot.h"
#include "imp-suggestion.h"

static const ImpRect RECT = { 10, 20, 30, 40 };

static const ImpSuggestionReason *
get_reason (const ImpSuggestion *suggestion, guint n)
{
  return g_ptr_array_index (suggestion->reasons, n);
}

static void
test_order (void)
{
  g_autoptr (ImpSuggestion) suggestion = imp_suggestion_new (3, &RECT);

  imp_suggestion_add_reason (suggestion, IMP_WHY_STRIP, NULL);
  imp_suggestion_add_reason (suggestion, IMP_WHY_HEADER, "PatientName");
  imp_suggestion_add_reason (suggestion, IMP_WHY_HEADER, "PatientID");
  imp_suggestion_add_reason (suggestion, IMP_WHY_HEADER, "PatientName");
  imp_suggestion_add_reason (suggestion, IMP_WHY_STRIP, NULL);
  g_assert_cmpuint (suggestion->reasons->len, ==, 3);
  g_assert_cmpint (get_reason (suggestion, 0)->why, ==, IMP_WHY_HEADER);
  g_assert_cmpstr (get_reason (suggestion, 0)->detail, ==, "PatientName");
  g_assert_cmpstr (get_reason (suggestion, 1)->detail, ==, "PatientID");
  g_assert_cmpint (get_reason (suggestion, 2)->why, ==, IMP_WHY_STRIP);
  g_assert_true (imp_suggestion_has_reason (suggestion, IMP_WHY_HEADER));
  g_assert_false (imp_suggestion_has_reason (suggestion, IMP_WHY_DATE));
}

static void
test_copy (void)
{
  g_autoptr (ImpSuggestion) suggestion = imp_suggestion_new (3, &RECT);
  g_autoptr (ImpSuggestion) copy = NULL;
  g_autoptr (ImpSpot) spot = imp_spot_new (IMP_SPOT_TEXT, &RECT, "12.3 mm", 170, 90);
  g_autoptr (ImpSpot) again = imp_spot_copy (spot);
  g_autoptr (ImpSpot) unread = imp_spot_new (IMP_SPOT_TEXT, &RECT, NULL, 80, 0);

  suggestion->text = g_strdup ("12.3 mm");
  suggestion->confidence = 80;
  suggestion->keep = IMP_KEEP_MEASUREMENT;
  suggestion->firm = TRUE;
  imp_suggestion_add_reason (suggestion, IMP_WHY_TEXT, NULL);
  copy = imp_suggestion_copy (suggestion);
  g_assert_cmpuint (copy->frame, ==, 3);
  g_assert_true (imp_rect_equal (&copy->rect, &RECT));
  g_assert_cmpstr (copy->text, ==, "12.3 mm");
  g_assert_cmpuint (copy->confidence, ==, 80);
  g_assert_cmpint (copy->keep, ==, IMP_KEEP_MEASUREMENT);
  g_assert_true (copy->firm);
  g_assert_cmpuint (copy->reasons->len, ==, 1);
  g_assert_cmpstr (again->text, ==, "12.3 mm");
  g_assert_cmpuint (again->confidence, ==, 100);
  g_assert_cmpint (again->turn, ==, 90);
  g_assert_cmpuint (unread->confidence, ==, 0);
}

/* Command line and receipts say these words: a gap or a double would be a wrong one. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int why = IMP_WHY_HEADER; why <= IMP_WHY_DECLARED; why++)
    g_assert_true (g_hash_table_add (seen, (gpointer)imp_why_to_text ((ImpWhy)why)));
  for (int keep = IMP_KEEP_LATERALITY; keep <= IMP_KEEP_TECHNIQUE; keep++)
    g_assert_true (g_hash_table_add (seen, (gpointer)imp_keep_to_text ((ImpKeep)keep)));
  g_assert_null (imp_keep_to_text (IMP_KEEP_NO));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/suggestion/reasons-in-order", test_order);
  g_test_add_func ("/screen/suggestion/copy", test_copy);
  g_test_add_func ("/screen/suggestion/words", test_words);
  return g_test_run ();
}
