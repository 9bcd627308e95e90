/* What of a frame was on screen at full size, without a screen: areas counted by hand. */
#include "imp-seen.h"
#include "imp-view.h"

#define WIDTH 100
#define HEIGHT 80

static const ImpRect WHOLE = { 0, 0, WIDTH, HEIGHT };
static const ImpSeenAim ALL = { { 0, 0, WIDTH, HEIGHT }, NULL, 0 };

static gboolean
look (ImpSeen *seen, guint frame, int x, int y, int width, int height)
{
  const ImpRect shown = { x, y, width, height };

  return imp_seen_add (seen, frame, &shown, 1, NULL, 0);
}

static void
assert_rect (const GArray *rects, guint position, int x, int y, int width, int height)
{
  const ImpRect expected = { x, y, width, height };

  g_assert_cmpuint (position, <, rects->len);
  g_assert_true (imp_rect_equal (&g_array_index (rects, ImpRect, position), &expected));
}

/* Overlapping looks count once, and what lies beyond the frame not at all. */
static void
test_share (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);

  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 0);
  g_assert_true (look (seen, 0, 0, 0, 50, 40));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 25);
  g_assert_false (look (seen, 0, 10, 10, 20, 20));
  g_assert_true (look (seen, 0, 25, 0, 50, 40));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 37); /* 3000 of 8000 */
  g_assert_true (look (seen, 0, -50, 40, 1000, 1000));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 87); /* 7000 of 8000 */
  g_assert_false (look (seen, 0, 500, 500, 10, 10));
}

/* All is all: one pixel that nobody saw is not rounded away. */
static void
test_last_pixel (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);
  g_autoptr (GArray) unseen = NULL;

  look (seen, 0, 0, 0, WIDTH, HEIGHT - 1);
  look (seen, 0, 0, HEIGHT - 1, WIDTH - 1, 1);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 99);
  unseen = imp_seen_list_unseen (seen, 0, &ALL);
  g_assert_cmpuint (unseen->len, ==, 1);
  assert_rect (unseen, 0, WIDTH - 1, HEIGHT - 1, 1, 1);
  look (seen, 0, WIDTH - 1, HEIGHT - 1, 1, 1);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 100);
}

/* Each frame for itself. */
static void
test_frames (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);

  look (seen, 7, 0, 0, WIDTH, HEIGHT);
  g_assert_cmpuint (imp_seen_get_share (seen, 7, &ALL), ==, 100);
  g_assert_cmpuint (imp_seen_get_share (seen, 6, &ALL), ==, 0);
  imp_seen_clear (seen);
  g_assert_cmpuint (imp_seen_get_share (seen, 7, &ALL), ==, 0);
}

/* Under a box there was nothing to see: when it is taken away, that has not been looked at. */
static void
test_covered (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);
  g_autoptr (GArray) unseen = NULL;
  const ImpRect box = { 10, 10, 20, 10 };
  const ImpSeenAim covered = { WHOLE, &box, 1 };

  imp_seen_add (seen, 0, &WHOLE, 1, &box, 1);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &covered), ==, 100);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 97); /* 7800 of 8000 */
  unseen = imp_seen_list_unseen (seen, 0, &ALL);
  g_assert_cmpuint (unseen->len, ==, 1);
  assert_rect (unseen, 0, 10, 10, 20, 10);
  /* A box that is drawn over what was seen changes nothing, nor does its going. */
  look (seen, 0, 10, 10, 20, 10);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &covered), ==, 100);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 100);
}

/* What is cut away does not leave, so nobody has to look at it; where nothing leaves, all of it was
 * seen. */
static void
test_crop (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);
  const ImpSeenAim cropped = { { 0, 0, 50, 40 }, NULL, 0 };
  const ImpSeenAim nothing = { WHOLE, &WHOLE, 1 };

  look (seen, 0, 0, 0, 50, 20);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &cropped), ==, 50);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 12);
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &nothing), ==, 100);
}

/* From the top down, from left to right. */
static void
test_order (void)
{
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);
  g_autoptr (GArray) unseen = NULL;

  look (seen, 0, 20, 10, 30, 20);
  unseen = imp_seen_list_unseen (seen, 0, &ALL);
  g_assert_cmpuint (unseen->len, ==, 4);
  assert_rect (unseen, 0, 0, 0, 100, 10);
  assert_rect (unseen, 1, 0, 10, 20, 20);
  assert_rect (unseen, 2, 50, 10, 50, 20);
  assert_rect (unseen, 3, 0, 30, 100, 50);
}

/* Another contrast shows other things; a touch more or less of it does not, measured from where the
 * looking began. */
static void
test_contrast (void)
{
  const ImpWindow lung = { -600, 1500, IMP_VOI_LINEAR, 0 };
  const ImpWindow touched = { -500, 1450, IMP_VOI_LINEAR, 0 };
  const ImpWindow twice = { -400, 1450, IMP_VOI_LINEAR, 0 };
  const ImpWindow bone = { 300, 1500, IMP_VOI_LINEAR, 0 };
  const ImpWindow table[2] = { { 0, 0, IMP_VOI_TABLE, 0 }, { 0, 0, IMP_VOI_TABLE, 1 } };
  g_autoptr (ImpSeen) seen = imp_seen_new (WIDTH, HEIGHT);

  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_true (imp_seen_set_window (seen, 0, &lung));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 0);
  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_false (imp_seen_set_window (seen, 0, &touched));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 100);
  g_assert_true (imp_seen_set_window (seen, 0, &twice));
  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_true (imp_seen_set_window (seen, 0, &bone));
  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_true (imp_seen_set_window (seen, 0, &table[0]));
  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_false (imp_seen_set_window (seen, 0, &table[0]));
  g_assert_true (imp_seen_set_window (seen, 0, &table[1]));
  look (seen, 0, 0, 0, WIDTH, HEIGHT);
  g_assert_true (imp_seen_set_window (seen, 0, NULL));
  g_assert_cmpuint (imp_seen_get_share (seen, 0, &ALL), ==, 0);
}

/* What just fits at full size is shown at full size, so that it need not be gone through. */
static void
test_just_fits (void)
{
  ImpView view = { .zoom = 1 };

  imp_view_fit (&view, 640, 480, 650, 490);
  g_assert_cmpfloat (view.zoom, ==, 1);
  g_assert_cmpfloat (view.x, ==, 5);
  g_assert_cmpfloat (view.y, ==, 5);
  imp_view_fit (&view, 660, 480, 650, 490);
  g_assert_cmpfloat (view.zoom, <, 1);
  view.shape = (ImpPixelShape){ 2, 1 };
  imp_view_fit (&view, 640, 480, 650, 490);
  g_assert_cmpfloat (view.zoom, <, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seen/share", test_share);
  g_test_add_func ("/seen/last-pixel", test_last_pixel);
  g_test_add_func ("/seen/frames", test_frames);
  g_test_add_func ("/seen/covered", test_covered);
  g_test_add_func ("/seen/crop", test_crop);
  g_test_add_func ("/seen/order", test_order);
  g_test_add_func ("/seen/contrast", test_contrast);
  g_test_add_func ("/seen/just-fits", test_just_fits);
  return g_test_run ();
}
