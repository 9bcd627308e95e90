/* How many places a person is asked about: blocks, not fragments. */

#include "imp-suggest.h"

static ImpSuggestion *
add (GPtrArray *suggestions, int x, int y, int width, int height, ImpWhy why)
{
  const ImpRect rect = { x, y, width, height };
  ImpSuggestion *suggestion = imp_suggestion_new (0, &rect);

  imp_suggestion_add_reason (suggestion, why, NULL);
  g_ptr_array_add (suggestions, suggestion);
  return suggestion;
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)imp_suggestion_free);
}

static void
assert_rect (GPtrArray *suggestions, guint n, int x, int y, int width, int height)
{
  const ImpRect *rect = &((const ImpSuggestion *)g_ptr_array_index (suggestions, n))->rect;

  g_assert_cmpint (rect->x, ==, x);
  g_assert_cmpint (rect->y, ==, y);
  g_assert_cmpint (rect->width, ==, width);
  g_assert_cmpint (rect->height, ==, height);
}

/* Four lines below one another, and a piece of one seen once more. */
static void
test_block (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  for (int line = 0; line < 4; line++)
    add (seen, 10, 10 + 24 * line, 120 - 10 * line, 16, IMP_WHY_TEXT);
  add (seen, 14, 36, 30, 12, IMP_WHY_DATE);
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 1);
  assert_rect (seen, 0, 10, 10, 120, 88);
  g_assert_true (imp_suggestion_has_reason (g_ptr_array_index (seen, 0), IMP_WHY_TEXT));
  g_assert_true (imp_suggestion_has_reason (g_ptr_array_index (seen, 0), IMP_WHY_DATE));
}

/* One that was read upwards and stands in a column is as near as one that lies. */
static void
test_upright (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  add (seen, 10, 10, 16, 120, IMP_WHY_TEXT);
  add (seen, 34, 10, 16, 100, IMP_WHY_UNREAD);
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 1);
  assert_rect (seen, 0, 10, 10, 40, 120);
}

static void
test_apart (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  add (seen, 10, 10, 120, 16, IMP_WHY_TEXT);
  add (seen, 10, 60, 120, 16, IMP_WHY_TEXT);  /* two lines are missing between them */
  add (seen, 170, 10, 120, 16, IMP_WHY_TEXT); /* another column */
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 3);
}

/* A line along the top and one down the side meet in a corner: not the whole picture. */
static void
test_corner (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  add (seen, 0, 0, 600, 16, IMP_WHY_TEXT);
  add (seen, 0, 10, 16, 400, IMP_WHY_TEXT);
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 2);
}

/* Nothing that says more than "writing" disappears in its neighbour. */
static void
test_alone (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  add (seen, 10, 10, 120, 16, IMP_WHY_TEXT);
  add (seen, 10, 30, 120, 16, IMP_WHY_HEADER)->firm = TRUE;
  add (seen, 10, 50, 120, 16, IMP_WHY_TEXT)->keep = IMP_KEEP_MEASUREMENT;
  add (seen, 10, 70, 120, 120, IMP_WHY_CODE);
  add (seen, 10, 10, 120, 16, IMP_WHY_TEXT)->frame = 1;
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 5);
  assert_rect (seen, 1, 10, 30, 120, 16);
}

/* A piece of what matches asks nothing of its own; what reaches out of it does. */
static void
test_in_match (void)
{
  g_autoptr (GPtrArray) seen = new_list ();

  add (seen, 34, 23, 26, 31, IMP_WHY_UNREAD);
  add (seen, 28, 20, 166, 38, IMP_WHY_HEADER)->firm = TRUE;
  add (seen, 180, 23, 26, 31, IMP_WHY_UNREAD);
  imp_suggest_join (seen);
  g_assert_cmpuint (seen->len, ==, 2);
  assert_rect (seen, 0, 28, 20, 166, 38);
  assert_rect (seen, 1, 180, 23, 26, 31);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screen/join/block", test_block);
  g_test_add_func ("/screen/join/upright", test_upright);
  g_test_add_func ("/screen/join/apart", test_apart);
  g_test_add_func ("/screen/join/corner", test_corner);
  g_test_add_func ("/screen/join/alone", test_alone);
  g_test_add_func ("/leaks/row-28/in-a-match", test_in_match);
  return g_test_run ();
}
