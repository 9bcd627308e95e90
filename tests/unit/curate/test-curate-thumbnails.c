/* Small pictures: what they show, which is made first, and how many are kept. */
#include <glib/gstdio.h>
#include <string.h>

#include "imp-error.h"
#include "imp-source-list.h"
#include "imp-thumbnail.h"
#include "imp-thumbnailer.h"

static gboolean
has_come (ImpThumbnailer *thumbnailer, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (imp_thumbnailer_get (thumbnailer, items->pdata[i]) == NULL
        && imp_thumbnailer_get_problem (thumbnailer, items->pdata[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  imp_source_list_load_finish (IMP_SOURCE_LIST (object), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (data);
}

static GPtrArray *
load (const char *name)
{
  g_autofree char *path = g_path_is_absolute (name)
                              ? g_strdup (name)
                              : g_build_filename (g_getenv ("CURATE_FIXTURES"), name, NULL);
  g_autoptr (ImpSourceList) list = imp_source_list_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = imp_source_list_get_items (list);

  g_ptr_array_add (files, g_file_new_for_path (path));
  imp_source_list_load_async (list, files, NULL, on_loaded, loop);
  g_main_loop_run (loop);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (items, g_list_model_get_item (model, i));
  return items;
}

static void
wait_for (ImpThumbnailer *thumbnailer, GPtrArray *items)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (!has_come (thumbnailer, items))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* The mean of four pixels at a time, by hand. */
static void
test_reduce (void)
{
  static const guint8 pixels[] = { 0, 4,  100, 104, 10,  20,  30, 40, //
                                   8, 12, 108, 112, 255, 255, 0,  1 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = imp_raster_new (8, 2, 1, bytes, &error);
  g_autoptr (ImpFrame) frame = imp_frame_new_finished (raster);
  const ImpPixelShape square = { 1, 1 };
  const ImpPixelShape high = { 1, 2 };
  g_autoptr (ImpRaster) small = imp_thumbnail_reduce (frame, &square, 4, &error);
  g_autoptr (ImpRaster) tall = imp_thumbnail_reduce (frame, &high, 8, &error);
  g_autoptr (ImpRaster) same = imp_thumbnail_reduce (frame, &square, 100, &error);

  g_assert_no_error (error);
  g_assert_cmpint (imp_raster_get_width (small), ==, 4);
  g_assert_cmpint (imp_raster_get_height (small), ==, 1);
  g_assert_cmpint (imp_raster_get_pixels (small)[0], ==, 6);
  g_assert_cmpint (imp_raster_get_pixels (small)[1], ==, 106);
  g_assert_cmpint (imp_raster_get_pixels (small)[2], ==, 135);
  g_assert_cmpint (imp_raster_get_pixels (small)[3], ==, 18);
  g_assert_cmpint (imp_raster_get_width (tall), ==, 8);
  g_assert_cmpint (imp_raster_get_height (tall), ==, 4);
  g_assert_cmpint (imp_raster_get_width (same), ==, 8);
  g_assert_cmpmem (imp_raster_get_pixels (same), sizeof pixels, pixels, sizeof pixels);
}

/* A photograph that its coding makes small looks as one that was decoded whole and then reduced. */
static void
test_scaled_coding (void)
{
  g_autoptr (GPtrArray) items = load ("photos");

  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpRaster) small = imp_thumbnail_make_sync (items->pdata[i], 64, NULL, &error);
      g_autoptr (ImpSource) source = imp_source_item_open_sync (items->pdata[i], NULL, &error);
      g_autoptr (ImpFrame) frame = imp_source_load_frame_sync (source, 0, 0, NULL, &error);
      const ImpPixelShape square = { 1, 1 };
      g_autoptr (ImpRaster) whole = imp_thumbnail_reduce (frame, &square, 64, &error);
      gsize n = 0;
      guint64 off = 0;

      g_assert_no_error (error);
      g_assert_cmpint (imp_raster_get_width (small), ==, imp_raster_get_width (whole));
      g_assert_cmpint (imp_raster_get_height (small), ==, imp_raster_get_height (whole));
      g_assert_cmpint (MAX (imp_raster_get_width (small), imp_raster_get_height (small)), ==, 64);
      n = imp_raster_get_stride (small) * (gsize)imp_raster_get_height (small);
      for (gsize at = 0; at < n; at++)
        off += (guint64)ABS (imp_raster_get_pixels (small)[at] - imp_raster_get_pixels (whole)[at]);
      g_assert_cmpuint (off / n, <=, 4); /* a shift of a fraction of a pixel */
    }
}

typedef struct
{
  GPtrArray *order; /* of ImpSourceItem */
} Order;

static void
on_ready (ImpThumbnailer *thumbnailer, ImpSourceItem *item, gpointer data)
{
  g_ptr_array_add (((Order *)data)->order, item);
}

static void
test_all (void)
{
  g_autoptr (GPtrArray) items = load ("people");
  g_autoptr (ImpThumbnailer) thumbnailer = imp_thumbnailer_new (64, 1 << 20);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  Order noted = { order };
  gsize size = 0;

  g_signal_connect (thumbnailer, "ready", G_CALLBACK (on_ready), &noted);
  imp_thumbnailer_show (thumbnailer, items);
  wait_for (thumbnailer, items);
  g_assert_cmpuint (order->len, ==, items->len);
  for (guint i = 0; i < items->len; i++)
    {
      gboolean listed = imp_source_item_get_listing (items->pdata[i]) != NULL;
      ImpRaster *raster = imp_thumbnailer_get (thumbnailer, items->pdata[i]);

      g_assert_true ((raster != NULL) == listed);
      g_assert_true ((imp_thumbnailer_get_problem (thumbnailer, items->pdata[i]) == NULL)
                     == listed);
      size += raster != NULL
                  ? imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster)
                  : 0;
    }
  g_assert_cmpuint (imp_thumbnailer_get_size (thumbnailer), >=, size);
  imp_thumbnailer_show (thumbnailer, items); /* nothing is made twice */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (order->len, ==, items->len);
}

/* What is asked for last is all that is made, but for what was under way. */
static void
test_what_is_on_screen (void)
{
  g_autoptr (GPtrArray) items = load ("people");
  g_autoptr (ImpThumbnailer) thumbnailer = imp_thumbnailer_new (64, 1 << 20);
  g_autoptr (GPtrArray) last = g_ptr_array_new ();
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  Order noted = { order };

  g_signal_connect (thumbnailer, "ready", G_CALLBACK (on_ready), &noted);
  imp_thumbnailer_show (thumbnailer, items);
  g_ptr_array_add (last, items->pdata[5]);
  imp_thumbnailer_show (thumbnailer, last);
  wait_for (thumbnailer, last);
  g_assert_cmpuint (order->len, <=, 1 + g_get_num_processors ());
  g_ptr_array_set_size (last, 0);
  g_ptr_array_add (last, items->pdata[0]);
  imp_thumbnailer_show (thumbnailer, last);
  wait_for (thumbnailer, last);
}

/* No more is kept than was said, but for what is on screen. */
static void
test_bounded (void)
{
  g_autoptr (GPtrArray) items = load ("people");
  g_autoptr (ImpThumbnailer) thumbnailer = imp_thumbnailer_new (64, 100);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  for (guint i = 0; i < 4; i++)
    {
      g_ptr_array_set_size (one, 0);
      g_ptr_array_add (one, items->pdata[i]);
      imp_thumbnailer_show (thumbnailer, one);
      wait_for (thumbnailer, one);
      g_assert_cmpuint (imp_thumbnailer_get_size (thumbnailer), <=, 100);
    }
  g_assert_null (imp_thumbnailer_get (thumbnailer, items->pdata[0]));
  g_assert_nonnull (imp_thumbnailer_get (thumbnailer, items->pdata[2])); /* 8 × 6 pixels each */
  g_assert_nonnull (imp_thumbnailer_get (thumbnailer, items->pdata[3]));
}

static void
test_dropped (void)
{
  g_autoptr (GPtrArray) items = load ("people");

  for (guint i = 0; i < 20; i++)
    {
      ImpThumbnailer *thumbnailer = imp_thumbnailer_new (64, 1 << 20);

      imp_thumbnailer_show (thumbnailer, items);
      g_usleep (i * 500);
      g_object_unref (thumbnailer);
    }
}

/* The drive is pulled between the list and the pictures: each is named with what is wrong, and they
 * come when the drive is back. */
static void
test_pulled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("imprimatur-drive-XXXXXX", NULL);
  g_autofree char *away = g_strconcat (folder, ".away", NULL);
  g_autofree char *copied = g_build_filename (folder, "photo.jpg", NULL);
  g_autoptr (GPtrArray) photos = load ("photos");
  g_autofree char *bytes = NULL;
  g_autofree char *found = NULL;
  gsize length = 0;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ImpThumbnailer) thumbnailer = imp_thumbnailer_new (64, 1 << 20);
  g_autoptr (ImpThumbnailer) again = imp_thumbnailer_new (64, 1 << 20);

  found = g_file_get_path (imp_source_item_get_file (photos->pdata[0]));
  g_assert_true (g_file_get_contents (found, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copied, bytes, (gssize)length, NULL));
  items = load (folder);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_null (imp_source_item_get_problem (items->pdata[0]));
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  imp_thumbnailer_show (thumbnailer, items);
  wait_for (thumbnailer, items);
  g_assert_null (imp_thumbnailer_get (thumbnailer, items->pdata[0]));
  g_assert_nonnull (imp_thumbnailer_get_problem (thumbnailer, items->pdata[0]));
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  imp_thumbnailer_show (again, items);
  wait_for (again, items);
  g_assert_nonnull (imp_thumbnailer_get (again, items->pdata[0]));
  g_assert_cmpint (g_remove (copied), ==, 0);
  g_assert_cmpint (g_remove (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curate/thumbnails/reduce", test_reduce);
  g_test_add_func ("/curate/thumbnails/scaled-coding", test_scaled_coding);
  g_test_add_func ("/curate/thumbnails/all", test_all);
  g_test_add_func ("/curate/thumbnails/what-is-on-screen", test_what_is_on_screen);
  g_test_add_func ("/curate/thumbnails/bounded", test_bounded);
  g_test_add_func ("/curate/thumbnails/dropped", test_dropped);
  g_test_add_func ("/curate/thumbnails/pulled", test_pulled);
  return g_test_run ();
}
