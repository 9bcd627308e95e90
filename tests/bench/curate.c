/* A folder of 10,000 files: how long its list takes, and whether the main loop stays free
 * meanwhile; how long the first screenful of small pictures takes, beside decoding those files
 * alone; how much memory all of it takes. Usage: curate FOLDER. */
#include <stdio.h>
#include <sys/resource.h>

#include "imp-source-list.h"
#include "imp-thumbnailer.h"

#define SCREEN 40u
#define ROUNDS 5

static double
ms_since (gint64 begin)
{
  return (double)(g_get_monotonic_time () - begin) / 1000;
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!imp_source_list_load_finish (IMP_SOURCE_LIST (object), result, &error))
    g_error ("%s", error->message);
  g_main_loop_quit (data);
}

typedef struct
{
  gint64 begin;
  gint64 last;
  double first;   /* milliseconds to the first item */
  double longest; /* that the thread that shows was not free */
} Beat;

static void
on_items (GListModel *items, guint at, guint removed, guint added, gpointer data)
{
  Beat *beat = data;

  if (beat->first < 0)
    beat->first = ms_since (beat->begin);
}

static gboolean
on_beat (gpointer data)
{
  Beat *beat = data;
  gint64 now = g_get_monotonic_time ();

  beat->longest = MAX (beat->longest, (double)(now - beat->last) / 1000 - 5);
  beat->last = now;
  return G_SOURCE_CONTINUE;
}

static ImpSourceList *
list_folder (const char *path)
{
  ImpSourceList *list = imp_source_list_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Beat beat = { .begin = g_get_monotonic_time (), .first = -1 };
  guint source = g_timeout_add_full (G_PRIORITY_HIGH, 5, on_beat, &beat, NULL);
  guint n = 0;
  double all = 0;

  beat.last = beat.begin;
  g_ptr_array_add (files, g_file_new_for_path (path));
  g_signal_connect (imp_source_list_get_items (list), "items-changed", G_CALLBACK (on_items),
                    &beat);
  imp_source_list_load_async (list, files, NULL, on_loaded, loop);
  g_main_loop_run (loop);
  g_source_remove (source);
  all = ms_since (beat.begin);
  n = g_list_model_get_n_items (imp_source_list_get_items (list));
  printf ("list of %u files: %.0f ms, %.2f ms each; first item after %.0f ms; "
          "the main loop was never busy for more than %.0f ms\n",
          n, all, all / n, beat.first, beat.longest);
  return list;
}

static gboolean
have_all (ImpThumbnailer *thumbnailer, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (imp_thumbnailer_get (thumbnailer, items->pdata[i]) == NULL)
      return FALSE;
  return TRUE;
}

static double
time_thumbnails (GPtrArray *items)
{
  g_autoptr (ImpThumbnailer) thumbnailer = imp_thumbnailer_new (160, 32 << 20);
  gint64 begin = g_get_monotonic_time ();

  imp_thumbnailer_show (thumbnailer, items);
  while (!have_all (thumbnailer, items))
    g_main_context_iteration (NULL, TRUE);
  return ms_since (begin);
}

/* One after the other, as a desk would. */
static double
time_decoding (GPtrArray *items)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpSource) source = imp_source_item_open_sync (items->pdata[i], NULL, &error);
      g_autoptr (ImpFrame) frame =
          source != NULL ? imp_source_load_frame_sync (source, 0, 0, NULL, &error) : NULL;

      if (frame == NULL)
        g_error ("%s", error->message);
    }
  return ms_since (begin);
}

int
main (int argc, char **argv)
{
  g_autoptr (ImpSourceList) list = argc == 2 ? list_folder (argv[1]) : NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  double thumbnails = G_MAXDOUBLE;
  double decoding = G_MAXDOUBLE;
  struct rusage use = { 0 };

  if (list == NULL)
    return 2;
  for (guint i = 0; i < SCREEN; i++)
    g_ptr_array_add (items, g_list_model_get_item (imp_source_list_get_items (list), i * 11));
  for (guint i = 0; i < ROUNDS; i++)
    {
      thumbnails = MIN (thumbnails, time_thumbnails (items));
      decoding = MIN (decoding, time_decoding (items));
    }
  getrusage (RUSAGE_SELF, &use);
  printf ("first screenful (%u): %.0f ms; decoding those files alone: %.0f ms; ratio %.2f "
          "(asked: at most 2)\n",
          SCREEN, thumbnails, decoding, thumbnails / decoding);
  printf ("memory: %ld MB (asked: under 500)\n", use.ru_maxrss / 1024);
  return 0;
}
