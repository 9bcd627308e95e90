#include <string.h>

#include "imp-redaction.h"

#define WIDTH 640
#define HEIGHT 480

static guint n_changed;
static guint n_notified;

static void
on_changed (ImpRedaction *self, gpointer data)
{
  n_changed++;
}

static void
on_notify (ImpRedaction *self, GParamSpec *pspec, gpointer data)
{
  n_notified++;
}

static ImpRedaction *
redaction_new (void)
{
  ImpRedaction *self = imp_redaction_new (WIDTH, HEIGHT);

  n_changed = 0;
  n_notified = 0;
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (self, "notify", G_CALLBACK (on_notify), NULL);
  return self;
}

static gboolean
can (ImpRedaction *self, const char *property)
{
  gboolean value = FALSE;

  g_object_get (self, property, &value, NULL);
  return value;
}

static void
assert_rect (ImpRect is, int x, int y, int width, int height)
{
  g_assert_cmpint (is.x, ==, x);
  g_assert_cmpint (is.y, ==, y);
  g_assert_cmpint (is.width, ==, width);
  g_assert_cmpint (is.height, ==, height);
}

/* All that can be seen of the list, as text. */
static char *
describe (ImpRedaction *self)
{
  GString *text = g_string_new (NULL);
  ImpRect rect = { 0 };
  guint id = 0;

  for (guint i = 0; imp_redaction_get_nth (self, i, &id, &rect); i++)
    g_string_append_printf (text, "%u:%d,%d,%d,%d ", id, rect.x, rect.y, rect.width, rect.height);
  g_string_append_printf (text, "crop %d ", imp_redaction_get_crop (self, &rect));
  g_string_append_printf (text, "%d,%d,%d,%d", rect.x, rect.y, rect.width, rect.height);
  return g_string_free (text, FALSE);
}

static void
test_edit (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint first = imp_redaction_add (self, &(ImpRect){ 10, 20, 30, 40 });
  guint second = imp_redaction_add (self, &(ImpRect){ 600, -10, 100, 30 });
  g_autoptr (GArray) boxes = NULL;
  ImpRect rect = { 0 };
  guint id = 0;

  g_assert_cmpuint (first, !=, 0);
  g_assert_cmpuint (second, !=, 0);
  g_assert_cmpuint (first, !=, second);
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 2);
  g_assert_true (imp_redaction_get (self, second, &rect));
  assert_rect (rect, 600, 0, 40, 20);
  g_assert_true (imp_redaction_get_nth (self, 0, &id, &rect));
  g_assert_cmpuint (id, ==, first);
  assert_rect (rect, 10, 20, 30, 40);
  g_assert_false (imp_redaction_get_nth (self, 2, &id, &rect));
  g_assert_false (imp_redaction_get (self, 99, &rect));

  g_assert_true (imp_redaction_set (self, first, &(ImpRect){ -5, 470, 20, 20 }));
  boxes = imp_redaction_get_boxes (self);
  g_assert_cmpuint (boxes->len, ==, 2);
  assert_rect (g_array_index (boxes, ImpRect, 0), 0, 470, 15, 10);
  assert_rect (g_array_index (boxes, ImpRect, 1), 600, 0, 40, 20);

  g_assert_true (imp_redaction_remove (self, first));
  g_assert_false (imp_redaction_remove (self, first));
  g_assert_false (imp_redaction_set (self, first, &(ImpRect){ 0, 0, 5, 5 }));
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 1);
  g_assert_cmpuint (n_changed, ==, 4);
}

static void
test_refused_edits_change_nothing (void)
{
  static const ImpRect OUTSIDE[] = { { WIDTH, 0, 5, 5 }, { 0, HEIGHT, 5, 5 }, { -5, 0, 5, 5 },
                                     { 3, 3, 0, 9 },     { 3, 3, 9, -9 },     { -9, -9, 5, 5 } };
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint id = imp_redaction_add (self, &(ImpRect){ 10, 20, 30, 40 });
  g_autofree char *before = describe (self);
  g_autofree char *after = NULL;

  n_changed = n_notified = 0;
  for (guint i = 0; i < G_N_ELEMENTS (OUTSIDE); i++)
    {
      g_assert_cmpuint (imp_redaction_add (self, &OUTSIDE[i]), ==, 0);
      g_assert_false (imp_redaction_set (self, id, &OUTSIDE[i]));
      imp_redaction_set_crop (self, &OUTSIDE[i]);
    }
  g_assert_true (imp_redaction_set (self, id, &(ImpRect){ 10, 20, 30, 40 }));
  imp_redaction_set_crop (self, NULL);
  after = describe (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_true (imp_redaction_undo (self));
  g_assert_false (imp_redaction_undo (self));
}

static void
test_crop (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  ImpRect crop = { 0 };

  g_assert_false (imp_redaction_get_crop (self, &crop));
  assert_rect (crop, 0, 0, WIDTH, HEIGHT);
  imp_redaction_set_crop (self, &(ImpRect){ 100, 50, 2000, 100 });
  g_assert_true (imp_redaction_get_crop (self, &crop));
  assert_rect (crop, 100, 50, 540, 100);
  imp_redaction_set_crop (self, NULL);
  g_assert_false (imp_redaction_get_crop (self, NULL));
  imp_redaction_undo (self);
  g_assert_true (imp_redaction_get_crop (self, NULL));
  imp_redaction_set_crop (self, &(ImpRect){ 0, 0, WIDTH, HEIGHT });
  g_assert_false (imp_redaction_get_crop (self, NULL));
}

static void
test_ids_are_not_reused (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (int i = 0; i < 100; i++)
    {
      guint id = imp_redaction_add (self, &(ImpRect){ i, i, 9, 9 });

      g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (id)));
      if (i % 3 == 0)
        imp_redaction_undo (self);
      else if (i % 3 == 1)
        imp_redaction_remove (self, id);
      else if (i % 10 == 9)
        imp_redaction_clear (self);
    }
}

static void
test_undone_box_keeps_its_id (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint first = imp_redaction_add (self, &(ImpRect){ 1, 1, 9, 9 });
  guint second = imp_redaction_add (self, &(ImpRect){ 2, 2, 9, 9 });
  guint id = 0;

  imp_redaction_remove (self, first);
  imp_redaction_undo (self);
  g_assert_true (imp_redaction_get_nth (self, 0, &id, NULL));
  g_assert_cmpuint (id, ==, first);
  imp_redaction_clear (self);
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 0);
  imp_redaction_undo (self);
  g_assert_true (imp_redaction_get_nth (self, 1, &id, NULL));
  g_assert_cmpuint (id, ==, second);
}

static void
test_properties (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint n_boxes = 99;

  g_assert_false (can (self, "can-undo"));
  g_assert_false (can (self, "can-redo"));
  imp_redaction_add (self, &(ImpRect){ 1, 1, 9, 9 });
  g_assert_cmpuint (n_notified, ==, 2); /* n-boxes, can-undo */
  g_object_get (self, "n-boxes", &n_boxes, NULL);
  g_assert_cmpuint (n_boxes, ==, 1);
  g_assert_true (can (self, "can-undo"));
  imp_redaction_undo (self);
  g_assert_cmpuint (n_notified, ==, 5); /* all three */
  g_assert_false (can (self, "can-undo"));
  g_assert_true (can (self, "can-redo"));
  imp_redaction_redo (self);
  g_assert_cmpuint (n_notified, ==, 8);
  imp_redaction_undo (self);
  imp_redaction_add (self, &(ImpRect){ 2, 2, 9, 9 }); /* a new edit ends redo */
  g_assert_false (can (self, "can-redo"));
  g_assert_false (imp_redaction_redo (self));
}

/* A drag of a hundred moves is one step. */
static void
test_steps_merge (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint id = imp_redaction_add (self, &(ImpRect){ 1, 1, 9, 9 });
  g_autofree char *before = describe (self);
  g_autofree char *moved = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  imp_redaction_begin_step (self);
  for (int i = 2; i < 102; i++)
    g_assert_true (imp_redaction_set (self, id, &(ImpRect){ i, i, 9, 9 }));
  imp_redaction_end_step (self);
  moved = describe (self);
  g_assert_cmpuint (n_changed, ==, 101);
  g_assert_true (imp_redaction_undo (self));
  undone = describe (self);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (imp_redaction_redo (self));
  redone = describe (self);
  g_assert_cmpstr (redone, ==, moved);

  /* After the step has ended, each move is a step again. */
  imp_redaction_set (self, id, &(ImpRect){ 5, 5, 9, 9 });
  imp_redaction_set (self, id, &(ImpRect){ 6, 6, 9, 9 });
  imp_redaction_undo (self);
  g_clear_pointer (&redone, g_free);
  redone = describe (self);
  g_assert_nonnull (strstr (redone, ":5,5,9,9"));
}

static void
test_odd_steps (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  guint id = imp_redaction_add (self, &(ImpRect){ 1, 1, 9, 9 });

  imp_redaction_undo (self);
  imp_redaction_redo (self);
  imp_redaction_end_step (self);   /* without a beginning */
  imp_redaction_begin_step (self); /* empty */
  imp_redaction_end_step (self);
  imp_redaction_begin_step (self); /* there and back again */
  imp_redaction_set (self, id, &(ImpRect){ 50, 50, 9, 9 });
  imp_redaction_set (self, id, &(ImpRect){ 1, 1, 9, 9 });
  imp_redaction_end_step (self);
  imp_redaction_undo (self);
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 0);
  imp_redaction_redo (self);

  imp_redaction_begin_step (self); /* undone while open */
  imp_redaction_set (self, id, &(ImpRect){ 50, 50, 9, 9 });
  g_assert_true (imp_redaction_undo (self));
  imp_redaction_set (self, id, &(ImpRect){ 60, 60, 9, 9 });
  imp_redaction_end_step (self);
  imp_redaction_undo (self);
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 1);
  imp_redaction_undo (self);
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 0);
  g_assert_false (imp_redaction_undo (self));
}

static ImpRect
random_rect (GRand *random)
{
  return (ImpRect){ g_rand_int_range (random, -50, WIDTH + 50),
                    g_rand_int_range (random, -50, HEIGHT + 50), g_rand_int_range (random, -5, 300),
                    g_rand_int_range (random, -5, 300) };
}

static void
random_edit (ImpRedaction *self, GRand *random)
{
  ImpRect rect = random_rect (random);
  guint n = imp_redaction_get_n_boxes (self);
  guint id = 0;

  if (n > 0)
    imp_redaction_get_nth (self, (guint)g_rand_int_range (random, 0, (gint32)n), &id, NULL);
  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      imp_redaction_remove (self, id);
      break;
    case 1:
      imp_redaction_set_crop (self, g_rand_boolean (random) ? &rect : NULL);
      break;
    case 2:
      if (g_rand_int_range (random, 0, 10) == 0)
        imp_redaction_clear (self);
      break;
    case 3:
    case 4:
    case 5:
      imp_redaction_set (self, id, &rect);
      break;
    default:
      imp_redaction_add (self, &rect);
    }
}

/* A thousand random edits, some in steps, undone to the start and done again to the end; each
 * state on the way back is the one that was on the way out. */
static void
test_random_edits (void)
{
  g_autoptr (ImpRedaction) self = redaction_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  g_ptr_array_add (states, describe (self));
  for (int i = 0; i < 1000; i++)
    {
      int length = g_rand_int_range (random, 0, 4) == 0 ? g_rand_int_range (random, 1, 9) : 1;
      g_autofree char *state = NULL;

      if (length > 1)
        imp_redaction_begin_step (self);
      for (int k = 0; k < length; k++)
        random_edit (self, random);
      if (length > 1)
        imp_redaction_end_step (self);
      state = describe (self);
      if (!g_str_equal (state, g_ptr_array_index (states, states->len - 1)))
        g_ptr_array_add (states, g_steal_pointer (&state));
    }
  g_assert_cmpuint (states->len, >, 500);
  for (n = states->len - 1; n > 0; n--)
    {
      g_autofree char *state = NULL;

      g_assert_true (imp_redaction_undo (self));
      state = describe (self);
      g_assert_cmpstr (state, ==, g_ptr_array_index (states, n - 1));
    }
  g_assert_false (imp_redaction_undo (self));
  for (n = 1; n < states->len; n++)
    {
      g_autofree char *state = NULL;

      g_assert_true (imp_redaction_redo (self));
      state = describe (self);
      g_assert_cmpstr (state, ==, g_ptr_array_index (states, n));
    }
  g_assert_false (imp_redaction_redo (self));
}

/* What was left as it is comes and goes with undo like a box, in one step with others if wanted. */
static void
test_set_aside (void)
{
  g_autoptr (ImpRedaction) self = imp_redaction_new (100, 100);
  const ImpRect box = { 1, 2, 3, 4 };

  g_assert_false (imp_redaction_is_set_aside (self, 7));
  imp_redaction_set_aside (self, 7, TRUE);
  imp_redaction_set_aside (self, 7, TRUE);
  g_assert_true (imp_redaction_is_set_aside (self, 7));
  g_assert_false (imp_redaction_is_set_aside (self, 8));
  imp_redaction_begin_step (self);
  imp_redaction_set_aside (self, 7, FALSE);
  imp_redaction_add (self, &box);
  imp_redaction_set_aside (self, 8, TRUE);
  imp_redaction_end_step (self);
  g_assert_true (imp_redaction_undo (self));
  g_assert_true (imp_redaction_is_set_aside (self, 7));
  g_assert_false (imp_redaction_is_set_aside (self, 8));
  g_assert_cmpuint (imp_redaction_get_n_boxes (self), ==, 0);
  g_assert_true (imp_redaction_redo (self));
  g_assert_false (imp_redaction_is_set_aside (self, 7));
  g_assert_true (imp_redaction_is_set_aside (self, 8));
  g_assert_true (imp_redaction_undo (self));
  g_assert_true (imp_redaction_undo (self));
  g_assert_false (imp_redaction_is_set_aside (self, 7));
  g_assert_false (imp_redaction_undo (self));
  /* A step that leads back to where it began leaves nothing to undo. */
  imp_redaction_begin_step (self);
  imp_redaction_set_aside (self, 9, TRUE);
  imp_redaction_set_aside (self, 9, FALSE);
  imp_redaction_end_step (self);
  g_assert_false (imp_redaction_undo (self));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/edit", test_edit);
  g_test_add_func ("/redact/refused-edits-change-nothing", test_refused_edits_change_nothing);
  g_test_add_func ("/redact/crop", test_crop);
  g_test_add_func ("/redact/ids-are-not-reused", test_ids_are_not_reused);
  g_test_add_func ("/redact/undone-box-keeps-its-id", test_undone_box_keeps_its_id);
  g_test_add_func ("/redact/set-aside", test_set_aside);
  g_test_add_func ("/redact/properties", test_properties);
  g_test_add_func ("/redact/steps-merge", test_steps_merge);
  g_test_add_func ("/redact/odd-steps", test_odd_steps);
  g_test_add_func ("/redact/random-edits", test_random_edits);
  return g_test_run ();
}
