/* The screener through its client: the real helper under its real lock, on pictures of every kind,
 * and what becomes of a picture when the helper does not answer. */
#include <stdio.h>
#include <string.h>
#include <signal.h>

#include "drawing.h"
#include "imp-error.h"
#include "imp-screener.h"
#include "processes.h"

#define MEMORY 400 /* MiB that one child may have */

static ImpRaster *
make_raster (const Drawing *drawing)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new (drawing->pixels, (gsize)drawing->width * (gsize)drawing->height);

  return imp_raster_new (drawing->width, drawing->height, 1, bytes, NULL);
}

static GPtrArray *
look (const Drawing *drawing)
{
  g_autoptr (ImpRaster) raster = make_raster (drawing);
  g_autoptr (GError) error = NULL;
  GPtrArray *spots = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, &error);

  g_assert_no_error (error);
  return spots;
}

static const ImpSpot *
find_spot (const GPtrArray *spots, const ImpRect *rect)
{
  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSpot *spot = spots->pdata[i];

      if (spot->rect.x <= rect->x && spot->rect.y <= rect->y
          && spot->rect.x + spot->rect.width >= rect->x + rect->width
          && spot->rect.y + spot->rect.height >= rect->y + rect->height)
        return spot;
    }
  return NULL;
}

static void
test_reads (void)
{
  for (int turn = 0; turn < 360; turn += 90)
    {
      g_autoptr (Drawing) drawing = drawing_new (500, 500, 30);
      ImpRect rect = drawing_write (drawing, 60, 70, "EXAMPLE H204417", 20, turn, 240);
      g_autoptr (GPtrArray) spots = look (drawing);
      const ImpSpot *spot = find_spot (spots, &rect);

      g_assert_nonnull (spot);
      g_assert_cmpint (spot->kind, ==, IMP_SPOT_TEXT);
      g_assert_cmpstr (spot->text, ==, "EXAMPLE H204417");
      g_assert_cmpuint (spot->confidence, >, 60);
      g_assert_cmpint (spot->turn, ==, turn);
    }
}

/* Strokes like letters that no reader knows: told all the same. */
static void
test_unread_is_told (void)
{
  g_autoptr (Drawing) drawing = drawing_new (500, 200, 0);
  ImpRect rect = drawing_write (drawing, 60, 70, "ЩЖФЫЭ ДЮЯ", 24, 0, 255);
  g_autoptr (GPtrArray) spots = look (drawing);

  g_assert_nonnull (find_spot (spots, &rect));
}

static void
test_colour (void)
{
  g_autoptr (Drawing) drawing = drawing_new (400, 200, 0);
  ImpRect rect = drawing_write (drawing, 60, 70, "EXAMPLE", 20, 0, 255);
  gsize n = 400 * 200;
  guint8 *pixels = g_malloc0 (3 * n);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 3 * n);
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GPtrArray) spots = NULL;

  for (gsize i = 0; i < n; i++) /* yellow on blue */
    {
      pixels[3 * i] = drawing->pixels[i];
      pixels[3 * i + 1] = drawing->pixels[i];
      pixels[3 * i + 2] = (guint8)(255 - drawing->pixels[i]);
    }
  raster = imp_raster_new (400, 200, 3, bytes, NULL);
  spots = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, NULL);
  g_assert_nonnull (spots);
  g_assert_nonnull (find_spot (spots, &rect));
  g_assert_cmpstr (find_spot (spots, &rect)->text, ==, "EXAMPLE");
}

static void
test_nothing (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 3, 2 }, { 16, 16 }, { 640, 480 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Drawing) drawing = drawing_new (sizes[i][0], sizes[i][1], 77);
      g_autoptr (GPtrArray) spots = look (drawing);

      g_assert_cmpuint (spots->len, ==, 0);
    }
}

static void
test_noise (void)
{
  g_autoptr (Drawing) drawing = drawing_new (640, 480, 128);
  g_autoptr (GPtrArray) spots = NULL;

  drawing_grain (drawing, 3, 120);
  spots = look (drawing);
  g_assert_cmpuint (spots->len, <, 20);
}

static void
test_page (void)
{
  g_autoptr (Drawing) drawing = drawing_new (1000, 1400, 255);
  g_autoptr (GPtrArray) spots = NULL;
  ImpRect rects[60] = { 0 };
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rects); i++)
    rects[i] = drawing_write (drawing, 20, 20 + 22 * (int)i,
                              "Example Person A, born 14/03/1948, H204417, ward 7", 12, 0, 0);
  spots = look (drawing);
  for (guint i = 0; i < G_N_ELEMENTS (rects); i++)
    found += find_spot (spots, &rects[i]) != NULL;
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (rects));
}

typedef struct
{
  GPid zygote;
  gint stop;
  guint64 most; /* kB */
} Watch;

static gpointer
watch_memory (gpointer data)
{
  Watch *watch = data;

  do
    {
      g_autoptr (GArray) children = process_list_children (watch->zygote);

      for (guint i = 0; i < children->len; i++)
        {
          guint64 now = process_get_number (g_array_index (children, GPid, i), "status", "VmHWM:");

          if (now != G_MAXUINT64)
            watch->most = MAX (watch->most, now);
        }
      g_usleep (2000);
    }
  while (!g_atomic_int_get (&watch->stop));
  return NULL;
}

/* A hundred million pixels, with a name in the last corner. */
static void
test_huge (void)
{
  g_autoptr (Drawing) drawing = drawing_new (10000, 10000, 90);
  ImpRect rect = { 0 };
  Watch watch = { 0 };
  GThread *thread = NULL;
  g_autoptr (GPtrArray) spots = NULL;

  rect = drawing_write (drawing, 9500, 9900, "EXAMPLE PERSON", 30, 0, 240);
  g_clear_pointer (&spots, g_ptr_array_unref);
  {
    g_autoptr (Drawing) small = drawing_new (16, 16, 1);

    spots = look (small); /* now it is warm */
    g_clear_pointer (&spots, g_ptr_array_unref);
  }
  watch.zygote = process_find_zygote ();
  thread = g_thread_new ("watch", watch_memory, &watch);
  spots = look (drawing);
  g_atomic_int_set (&watch.stop, 1);
  g_thread_join (thread);
  g_assert_nonnull (find_spot (spots, &rect));
  g_test_message ("at most %" G_GUINT64_FORMAT " MiB", watch.most / 1024);
  g_assert_cmpuint (watch.most, >, 0);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (watch.most, <, MEMORY * 1024);
#endif
}

/* Two pictures of the same pixels are one; another picture is not. */
static void
test_looks_once (void)
{
  g_autoptr (Drawing) drawing = drawing_new (300, 100, 0);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GPtrArray) three = NULL;

  drawing_write (drawing, 10, 30, "EXAMPLE", 20, 0, 255);
  one = look (drawing);
  g_assert_cmpuint (one->len, >, 0);
  imp_screener_set_time_limit (1); /* too little for a look */
  two = look (drawing);
  g_assert_cmpuint (two->len, ==, one->len);
  imp_screener_forget ();
  raster = make_raster (drawing);
  three = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, &error);
  imp_screener_set_time_limit (0);
  g_assert_null (three);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED);
}

/* The same bytes, as a picture of another shape: nobody has looked at that one. */
static void
test_looks_at_another_shape (void)
{
  g_autoptr (Drawing) drawing = drawing_new (300, 100, 0);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRaster) raster = make_raster (drawing);
  g_autoptr (GBytes) pixels = g_bytes_new (imp_raster_get_pixels (raster), 300 * 100);
  g_autoptr (ImpRaster) turned = imp_raster_new (100, 300, 1, pixels, &error);

  g_assert_no_error (error);
  one = look (drawing);
  imp_screener_set_time_limit (1); /* too little for a look */
  other = imp_screener_look_sync (turned, IMP_SCREENER_ALL, NULL, &error);
  imp_screener_set_time_limit (0);
  g_assert_null (other);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED);
}

static gpointer
end_children (gpointer data)
{
  Watch *watch = data;

  while (!g_atomic_int_get (&watch->stop))
    {
      g_autoptr (GArray) children = process_list_children (watch->zygote);

      for (guint i = 0; i < children->len; i++)
        kill (g_array_index (children, GPid, i), SIGABRT); /* which no sanitizer takes for a find */
      g_usleep (500);
    }
  return NULL;
}

/* Its child ends in the middle of a picture: that is not "nothing found". */
static void
test_crash (void)
{
  g_autoptr (Drawing) drawing = drawing_new (1500, 1500, 60);
  g_autoptr (GPtrArray) warm = NULL;
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GPtrArray) spots = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { 0 };
  GThread *thread = NULL;

  {
    g_autoptr (Drawing) small = drawing_new (20, 16, 1);

    warm = look (small);
  }
  drawing_grain (drawing, 9, 50);
  raster = make_raster (drawing);
  watch.zygote = process_find_zygote ();
  thread = g_thread_new ("end", end_children, &watch);
  spots = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, &error);
  g_atomic_int_set (&watch.stop, 1);
  g_thread_join (thread);
  g_assert_null (spots);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED);
}

/* While it looks, a child is locked down, alone and holds its one picture and its socket; what it
 * was started from holds no picture; and afterwards no child is left. */
static gpointer
watch_lock (gpointer data)
{
  Watch *watch = data;

  while (!g_atomic_int_get (&watch->stop) && watch->most == 0)
    {
      g_autoptr (GArray) children = process_list_children (watch->zygote);
      GPid child = children->len > 0 ? g_array_index (children, GPid, 0) : 0;

      if (child != 0 && process_get_number (child, "status", "Seccomp:") == 2)
        {
          g_assert_cmpuint (process_get_number (child, "status", "NoNewPrivs:"), ==, 1);
          g_assert_cmpuint (process_get_number (child, "status", "Threads:"), ==, 1);
          g_assert_cmpuint (process_get_number (child, "limits", "Max core file size"), ==, 0);
          g_assert_cmpuint (process_get_number (child, "limits", "Max open files"), ==, 16);
          watch->most = 1;
        }
      g_usleep (200);
    }
  return NULL;
}

static void
test_locked (void)
{
  g_autoptr (Drawing) drawing = drawing_new (2000, 2000, 60);
  g_autoptr (GPtrArray) spots = NULL;
  g_autofree char *maps = NULL;
  g_autoptr (GArray) left = NULL;
  Watch watch = { 0 };
  GThread *thread = NULL;
  gint64 until = 0;

  imp_screener_forget ();
  {
    g_autoptr (Drawing) small = drawing_new (20, 17, 1);

    spots = look (small);
    g_clear_pointer (&spots, g_ptr_array_unref);
  }
  drawing_grain (drawing, 11, 30);
  watch.zygote = process_find_zygote ();
  thread = g_thread_new ("watch", watch_lock, &watch);
  spots = look (drawing);
  g_atomic_int_set (&watch.stop, 1);
  g_thread_join (thread);
  g_assert_cmpuint (watch.most, ==, 1);
  maps = process_read (watch.zygote, "maps");
  g_assert_null (strstr (maps, "memfd:"));
  until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  do
    {
      g_clear_pointer (&left, g_array_unref);
      left = process_list_children (watch.zygote);
    }
  while (left->len > 0 && g_get_monotonic_time () < until);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) spots = imp_screener_look_finish (result, data);

  g_assert_null (spots);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (Drawing) drawing = drawing_new (4000, 4000, 60);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ImpRaster) raster = NULL;
  g_autoptr (GError) error = NULL;

  drawing_grain (drawing, 5, 40);
  raster = make_raster (drawing);
  imp_screener_look_async (raster, IMP_SCREENER_ALL, cancellable, on_looked, &error);
  g_timeout_add (20, cancel, cancellable);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
}

/* The codes of the fixture were made by other programs: what they say is in their names' place. */
static void
test_codes (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SCREENER_FIXTURES"), data, NULL);
  g_autofree char *text = NULL;
  g_autoptr (Drawing) drawing = drawing_new (700, 500, 128);
  g_autoptr (GPtrArray) spots = NULL;
  gsize length = 0;
  guint width = 0;
  guint height = 0;
  const char *pixels = NULL;
  const ImpSpot *spot = NULL;
  ImpRect rect = { 150, 120, 0, 0 };

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpint (sscanf (text, "P5 %u %u 255", &width, &height), ==, 2);
  pixels = text + length - width * height;
  for (guint y = 0; y < height; y++)
    memcpy (drawing->pixels + (120 + y) * 700 + 150, pixels + y * width, width);
  spots = look (drawing);
  for (guint i = 0; i < spots->len && spot == NULL; i++)
    if (((const ImpSpot *)spots->pdata[i])->kind == IMP_SPOT_CODE)
      spot = spots->pdata[i];
  g_assert_nonnull (spot);
  g_assert_cmpstr (spot->text, ==, "H204417");
  rect.width = (int)width;
  rect.height = (int)height;
  /* The code without its quiet zone: at least the middle four fifths of it. */
  g_assert_cmpint (spot->rect.x, <=, rect.x + rect.width / 5);
  g_assert_cmpint (spot->rect.y, <=, rect.y + rect.height / 5);
  g_assert_cmpint (spot->rect.x + spot->rect.width, >=, rect.x + rect.width * 4 / 5);
  g_assert_cmpint (spot->rect.y + spot->rect.height, >=, rect.y + rect.height * 4 / 5);
}

/* A program that is none: nobody knows what is in the picture. Run last: it stays so. */
static void
test_no_program (void)
{
  g_autoptr (Drawing) drawing = drawing_new (30, 30, 5);
  g_autoptr (ImpRaster) raster = make_raster (drawing);
  g_autoptr (GPtrArray) spots = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("IMPRIMATUR_SCREENER", "/bin/false", TRUE);
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  spots = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, &error);
  g_assert_null (spots);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/screener/helper/reads", test_reads);
  g_test_add_func ("/screener/helper/unread-is-told", test_unread_is_told);
  g_test_add_func ("/screener/helper/colour", test_colour);
  g_test_add_func ("/screener/helper/nothing", test_nothing);
  g_test_add_func ("/screener/helper/noise", test_noise);
  g_test_add_func ("/screener/helper/page", test_page);
  g_test_add_func ("/screener/helper/huge", test_huge);
  g_test_add_func ("/screener/helper/looks-once", test_looks_once);
  g_test_add_func ("/screener/helper/looks-at-another-shape", test_looks_at_another_shape);
  g_test_add_func ("/screener/helper/crash", test_crash);
  g_test_add_func ("/screener/helper/locked", test_locked);
  g_test_add_func ("/screener/helper/cancel", test_cancel);
  g_test_add_data_func ("/screener/helper/codes/qr", "qr.pgm", test_codes);
  g_test_add_data_func ("/screener/helper/codes/code-39", "code39.pgm", test_codes);
  g_test_add_data_func ("/screener/helper/codes/code-128", "code128.pgm", test_codes);
  g_test_add_data_func ("/screener/helper/codes/datamatrix", "datamatrix.pgm", test_codes);
  g_test_add_func ("/screener/helper/no-program", test_no_program);
  return g_test_run ();
}
