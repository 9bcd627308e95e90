/* kill -9 at any moment of a session: what was told to be stored is there, whole, and at most one
 * gesture more (issue: teaching-file curation, point 6). The program is its own victim: started
 * with a folder, a session and a number it makes gestures until it is killed. */
#include <stdio.h>
#include <stdlib.h>

#include "curate-fixture.h"

#define ROUNDS 200
#define N_ITEMS 3
#define LONGEST_LIFE_US 60000

/* ---- who is killed ---- */

/* Gesture n covers picture n % N_ITEMS with two boxes, both at n. */
static void
make_gesture (CurateFixture *fixture, int n)
{
  const ImpCurationBox boxes[] = { { IMP_CURATION_ALL_FRAMES, n, 0, 10, 10 }, { 1, n, 20, 5, 5 } };
  g_autoptr (ImpCurationItem) item =
      imp_curation_item_copy (imp_curation_get_item (fixture->curation, (guint)n % N_ITEMS));
  GAsyncResult *result = NULL;

  g_array_set_size (item->boxes, 0);
  g_array_append_vals (item->boxes, boxes, G_N_ELEMENTS (boxes));
  imp_curation_edit_async (fixture->curation, item, curate_done, &result);
  curate_must (fixture, &result);
}

static int
work_until_killed (char **argv)
{
  CurateFixture fixture = { .folder = argv[1], .id = argv[2] };

  fixture.gate = curate_open_gate (&fixture, FALSE);
  curate_open (&fixture);
  for (int n = atoi (argv[3]);; n++)
    {
      make_gesture (&fixture, n);
      printf ("%d\n", n);
      fflush (stdout);
    }
  return 0;
}

/* ---- who looks ---- */

/* Kills a child at any moment, or once it has told of a few gestures. Returns the last that it told
 * of, or @last. */
static int
kill_one (CurateFixture *fixture, const char *program, int last, int n_awaited)
{
  g_autofree char *first = g_strdup_printf ("%d", last + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                                    fixture->folder, fixture->id, first, NULL);
  g_autoptr (GDataInputStream) told = NULL;
  char *line = NULL;

  g_assert_no_error (error);
  told = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (; n_awaited > 0 && (line = g_data_input_stream_read_line (told, NULL, NULL, NULL)) != NULL;
       n_awaited--)
    {
      last = atoi (line);
      g_free (line);
    }
  g_usleep ((gulong)g_random_int_range (0, LONGEST_LIFE_US));
  g_subprocess_force_exit (child);
  while ((line = g_data_input_stream_read_line (told, NULL, NULL, NULL)) != NULL)
    {
      last = atoi (line);
      g_free (line);
    }
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  return last;
}

/* The last gesture that is there. Each is there whole, and so are those before it. */
static int
find_last (CurateFixture *fixture)
{
  int last = -1;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      const GArray *boxes = imp_curation_get_item (fixture->curation, i)->boxes;

      if (boxes->len == 0)
        continue;
      g_assert_cmpuint (boxes->len, ==, 2);
      g_assert_cmpint (g_array_index (boxes, ImpCurationBox, 0).x, ==,
                       g_array_index (boxes, ImpCurationBox, 1).x);
      last = MAX (last, g_array_index (boxes, ImpCurationBox, 0).x);
    }
  for (int n = MAX (last - N_ITEMS + 1, 0); n <= last; n++)
    g_assert_cmpint (
        g_array_index (imp_curation_get_item (fixture->curation, (guint)n % N_ITEMS)->boxes,
                       ImpCurationBox, 0)
            .x,
        ==, n);
  return last;
}

static void
test_kill (CurateFixture *fixture, gconstpointer program)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_curation_item_free);
  int last = -1;
  int n_alive = 0;

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.dcm", i);

      g_ptr_array_add (items, curate_make_item (fixture, "H204417", name));
    }
  curate_add (fixture, items);
  for (int i = 0; i < ROUNDS; i++)
    {
      const int told = kill_one (fixture, program, last, i % 2 ? g_random_int_range (1, 4) : 0);
      int there = -1;

      n_alive += told > last;
      curate_open (fixture);
      there = find_last (fixture);
      g_assert_cmpint (there, >=, told);
      g_assert_cmpint (there, <=, told + 1);
      last = there;
    }
  g_test_message ("%d gestures in %d rounds, %d of which got to make one", last + 1, ROUNDS,
                  n_alive);
  g_assert_cmpint (n_alive, >=, ROUNDS / 2);
}

int
main (int argc, char **argv)
{
  if (argc == 4)
    return work_until_killed (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/reliability/kill-curation", CurateFixture, argv[0], curate_set_up, test_kill,
              curate_tear_down);
  return g_test_run ();
}
