/* How a picture is shown is part of what is approved, kept and said: frame, overlays, grey levels,
 * the shape of pixels. On files that tests/fixtures/decode_make.py writes. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "gate-fixture.h"
#include "imp-error.h"

/* overlays.dcm has planes 6000 and 6004, both drawn at rows 10 to 19, every other column from 5. */
#define PLANE_6000 1u
#define PLANE_6004 4u
#define DRAWN_X 7
#define DRAWN_Y 12

static void
open_fixture (Fixture *fixture, const char *name, guint planes)
{
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), name, NULL);

  open_source (fixture, path, planes);
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_answer (fixture->request, "image-kind", "x-ray");
}

static ImpRehearsal *
rehearse (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpRehearsal *rehearsal = imp_gate_rehearse_sync (fixture->gate, fixture->request, NULL, &error);

  g_assert_no_error (error);
  return rehearsal;
}

static ImpReceipt *
release (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ImpReceipt *receipt = NULL;

  acknowledge_all (fixture);
  receipt = imp_gate_release_sync (fixture->gate, fixture->request, NULL, NULL, &error);
  g_assert_no_error (error);
  return receipt;
}

static guint8
preview_at (const ImpRehearsal *rehearsal, int x, int y)
{
  return imp_raster_get_pixels (
      rehearsal->preview)[(gsize)y * imp_raster_get_stride (rehearsal->preview) + (gsize)x];
}

/* The same request with another frame of the same file. */
static void
change_frame (Fixture *fixture, guint number, guint planes, ImpOrigin origin, const char *digest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame =
      imp_source_load_frame_sync (fixture->source, number, planes, NULL, &error);

  g_assert_no_error (error);
  g_clear_object (&fixture->request);
  fixture->request = imp_request_new (fixture->source, number, frame, origin);
  imp_request_set_target (fixture->request, fixture->target);
  imp_request_set_person (fixture->request, "");
  answer_all (fixture, fixture->request, "anonymised", "teaching-file");
  imp_request_set_answer (fixture->request, "image-kind", "x-ray");
  imp_request_set_approved_digest (fixture->request, digest);
}

/* How many of what is said to stay behind are overlays. */
static guint
count_overlays (char **removed)
{
  guint n = 0;

  for (gsize i = 0; removed[i] != NULL; i++)
    n += g_str_has_prefix (removed[i], "overlay");
  return n;
}

static void
test_overlays_accounted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRehearsal) unanswered = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  open_fixture (fixture, "overlays.dcm", 0);
  imp_request_set_answer (fixture->request, "overlays-accounted", NULL);
  unanswered = rehearse (fixture);
  g_assert_false (unanswered->allowed);
  g_assert_true (g_strv_contains ((const char *const *)unanswered->needed, "overlays-accounted"));
  assert_refused (fixture, "question:overlays-accounted");
  imp_request_set_answer (fixture->request, "overlays-accounted", "no");
  assert_refused (fixture, "floor:overlays-accounted");
  imp_request_set_answer (fixture->request, "overlays-accounted", "yes");
  receipt = release (fixture);
  g_assert_cmpstrv (receipt->overlays_drawn, ((const char *[]){ NULL }));
  g_assert_cmpstrv (receipt->overlays_hidden, ((const char *[]){ "6000", "6004", NULL }));
  g_assert_true (g_strv_contains ((const char *const *)receipt->rules, "note:overlays-hidden"));
  g_assert_nonnull (strstr (receipt->json, "\"overlays_hidden\""));
  g_assert_true (g_strv_contains ((const char *const *)receipt->removed, "overlay 6000"));
  g_assert_true (g_strv_contains ((const char *const *)receipt->removed, "overlay 6004"));
  g_assert_cmpuint (count_overlays (receipt->removed), ==, 2);
}

/* A file without planes asks nothing. */
static void
test_no_overlays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRehearsal) rehearsal = NULL;

  open_fixture (fixture, "window.dcm", 0);
  imp_request_set_answer (fixture->request, "overlays-accounted", NULL);
  rehearsal = rehearse (fixture);
  g_assert_true (rehearsal->allowed);
  g_assert_cmpuint (rehearsal->n_answered, ==, rehearsal->n_questions);
}

/* Hidden, drawn in white, and covered like everything else. */
static void
test_overlay_drawn (Fixture *fixture, gconstpointer data)
{
  ImpRect box = { 0, 8, 64, 14 };
  g_autoptr (ImpRehearsal) hidden = NULL;
  g_autoptr (ImpRehearsal) drawn = NULL;
  g_autoptr (ImpRehearsal) covered = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  open_fixture (fixture, "overlays.dcm", 0);
  hidden = rehearse (fixture);
  g_assert_cmpuint (preview_at (hidden, DRAWN_X, DRAWN_Y), <, 255);
  open_fixture (fixture, "overlays.dcm", PLANE_6004);
  drawn = rehearse (fixture);
  g_assert_cmpuint (preview_at (drawn, DRAWN_X, DRAWN_Y), ==, 255);
  g_assert_cmpuint (preview_at (drawn, DRAWN_X + 1, DRAWN_Y), ==,
                    preview_at (hidden, DRAWN_X + 1, DRAWN_Y));
  g_assert_cmpstr (drawn->digest, !=, hidden->digest);
  imp_request_set_boxes (fixture->request, &box, 1);
  covered = rehearse (fixture);
  for (int x = 0; x < 64; x++)
    g_assert_cmpuint (preview_at (covered, x, DRAWN_Y), ==, 0);
  receipt = release (fixture);
  g_assert_cmpstrv (receipt->overlays_drawn, ((const char *[]){ "6004", NULL }));
  g_assert_cmpstrv (receipt->overlays_hidden, ((const char *[]){ "6000", NULL }));
  g_assert_true (g_strv_contains ((const char *const *)receipt->rules, "note:overlays-drawn"));
  g_assert_true (g_strv_contains ((const char *const *)receipt->removed, "overlay 6000"));
  g_assert_cmpuint (count_overlays (receipt->removed), ==, 1);
}

/* What is drawn is not left behind. */
static void
test_all_overlays_drawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpReceipt) receipt = NULL;

  open_fixture (fixture, "overlays.dcm", PLANE_6000 | PLANE_6004);
  receipt = release (fixture);
  g_assert_cmpstrv (receipt->overlays_hidden, ((const char *[]){ NULL }));
  g_assert_cmpuint (count_overlays (receipt->removed), ==, 0);
}

/* Two planes that look the same are two requests, as one may have been looked at and not the
 * other. */
static void
test_overlays_toggled (Fixture *fixture, gconstpointer data)
{
  static const guint PLANES[] = { 0, PLANE_6000, PLANE_6004, PLANE_6000 | PLANE_6004 };
  g_autofree char *digest = NULL;

  open_fixture (fixture, "overlays.dcm", PLANE_6000);
  change_frame (fixture, 0, PLANE_6000, IMP_ORIGIN_APP, NULL);
  acknowledge_all (fixture);
  {
    g_autoptr (ImpRehearsal) rehearsal = rehearse (fixture);

    g_assert_true (rehearsal->allowed);
    digest = g_strdup (rehearsal->digest);
  }
  for (guint i = 0; i < G_N_ELEMENTS (PLANES); i++)
    if (PLANES[i] != PLANE_6000)
      {
        change_frame (fixture, 0, PLANES[i], IMP_ORIGIN_APP, digest);
        assert_refused (fixture, "floor:changed");
      }
  change_frame (fixture, 0, PLANE_6000, IMP_ORIGIN_APP, digest);
  {
    g_autoptr (ImpReceipt) receipt = release (fixture);

    g_assert_cmpstr (receipt->digest, ==, digest);
  }
}

/* Row 17: what was approved of one frame says nothing of another, and a frame that was not shown
 * does not leave. */
static void
test_each_frame (Fixture *fixture, gconstpointer data)
{
  g_autofree char *digest = NULL;

  open_fixture (fixture, "frames.dcm", 0);
  change_frame (fixture, 0, 0, IMP_ORIGIN_APP, NULL);
  {
    g_autoptr (ImpRehearsal) rehearsal = rehearse (fixture);

    g_assert_true (rehearsal->allowed);
    digest = g_strdup (rehearsal->digest);
  }
  change_frame (fixture, 1, 0, IMP_ORIGIN_APP, digest);
  assert_refused (fixture, "floor:changed");
  imp_request_set_looked_at (fixture->request, FALSE);
  assert_refused (fixture, "floor:looked-at");
  change_frame (fixture, 0, 0, IMP_ORIGIN_APP, digest);
  {
    g_autoptr (ImpReceipt) receipt = release (fixture);

    g_assert_cmpuint (receipt->frame, ==, 1);
    g_assert_cmpuint (receipt->page, ==, 1);
  }
}

static int
seen_share_of (const ImpReceipt *receipt)
{
  g_autoptr (JsonNode) root = json_from_string (receipt->json, NULL);
  JsonObject *object = json_node_get_object (root);

  return json_object_get_null_member (object, "seen_share")
             ? -1
             : (int)json_object_get_int_member (object, "seen_share");
}

/* Row 17: at the desk a frame of which a part was never on screen at full size does not leave,
 * whatever was answered; how much it was does not matter, so that looking on takes back no
 * approval. */
static void
test_all_was_seen (Fixture *fixture, gconstpointer data)
{
  static const int SHARES[] = { -1, 0, 62, 99 };
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;

  open_fixture (fixture, "frames.dcm", 0);
  change_frame (fixture, 0, 0, IMP_ORIGIN_APP, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (SHARES); i++)
    {
      imp_request_set_seen_share (fixture->request, SHARES[i]);
      assert_refused (fixture, "floor:seen");
      if (SHARES[i] >= 0)
        {
          g_autoptr (ImpRehearsal) rehearsal = rehearse (fixture);

          if (part != NULL)
            g_assert_cmpstr (rehearsal->digest, ==, part);
          g_free (part);
          part = g_strdup (rehearsal->digest);
        }
    }
  imp_request_set_seen_share (fixture->request, 100);
  {
    g_autoptr (ImpRehearsal) rehearsal = rehearse (fixture);

    g_assert_true (rehearsal->allowed);
    g_assert_cmpstr (rehearsal->digest, !=, part);
    all = g_strdup (rehearsal->digest);
  }
  imp_request_set_approved_digest (fixture->request, all);
  {
    g_autoptr (ImpReceipt) receipt = release (fixture);

    g_assert_cmpint (receipt->seen_share, ==, 100);
    g_assert_cmpint (seen_share_of (receipt), ==, 100);
  }
}

/* A script has no screen: its word is all there is, and the receipt says so. */
static void
test_script_saw_nothing (Fixture *fixture, gconstpointer data)
{
  open_fixture (fixture, "frames.dcm", 0);
  change_frame (fixture, 0, 0, IMP_ORIGIN_SCRIPT, NULL);
  imp_request_set_seen_share (fixture->request, 100); /* what it cannot know does not count */
  {
    g_autoptr (ImpReceipt) receipt = release (fixture);

    g_assert_cmpint (receipt->seen_share, ==, -1);
    g_assert_cmpint (seen_share_of (receipt), ==, -1);
  }
}

/* A frame that the file cannot have, from whoever asks. */
static void
test_not_of_this_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpFrame) drawn = NULL;
  g_autoptr (GBytes) mask = NULL;
  g_autoptr (ImpRaster) small = NULL;
  g_autoptr (GBytes) one = g_bytes_new_static ("x", 1);
  g_autoptr (ImpFrame) other = NULL;
  const struct
  {
    guint number;
    ImpFrame **frame;
    ImpError code;
  } CASES[] = { { 3, &frame, IMP_ERROR_USAGE },
                { 0, &drawn, IMP_ERROR_DAMAGED },
                { 0, &other, IMP_ERROR_DAMAGED } };

  open_fixture (fixture, "frames.dcm", 0);
  frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);
  g_assert_no_error (error);
  mask = g_bytes_new_take (g_malloc0 (64 * 48), 64 * 48);
  drawn = imp_frame_new_with_overlays (frame, PLANE_6000, mask, &error);
  small = imp_raster_new (1, 1, 1, one, &error);
  other = imp_frame_new_finished (small);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpRequest) request =
          imp_request_new (fixture->source, CASES[i].number, *CASES[i].frame, IMP_ORIGIN_SCRIPT);
      g_autoptr (ImpRehearsal) rehearsal =
          imp_gate_rehearse_sync (fixture->gate, request, NULL, &error);

      g_assert_null (rehearsal);
      g_assert_error (error, IMP_ERROR, (int)CASES[i].code);
      g_clear_error (&error);
    }
}

static void
expect_foreign (Fixture *fixture, ImpSource *source, guint number, ImpFrame *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpRequest) request = imp_request_new (source, number, frame, IMP_ORIGIN_SCRIPT);
  g_autoptr (ImpRehearsal) rehearsal =
      imp_gate_rehearse_sync (fixture->gate, request, NULL, &error);

  g_assert_null (rehearsal);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* A frame of the right size, but of another frame, page or file, or drawn on by who knows whom:
 * digest and receipt would name what was not shown. */
static void
test_foreign_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("DECODE_FIXTURES"), "frames.dcm", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpSource) other = NULL;
  g_autoptr (ImpFrame) first = NULL;
  g_autoptr (ImpFrame) second = NULL;
  g_autoptr (ImpFrame) others = NULL;
  g_autoptr (ImpFrame) drawn = NULL;
  g_autoptr (ImpFrame) by_hand = NULL;
  g_autoptr (GBytes) mask = NULL;

  open_fixture (fixture, "frames.dcm", 0);
  other = imp_source_open_sync (file, NULL, &error);
  first = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);
  second = imp_source_load_frame_sync (fixture->source, 1, 0, NULL, &error);
  others = imp_source_load_frame_sync (other, 0, 0, NULL, &error);
  g_assert_no_error (error);
  expect_foreign (fixture, fixture->source, 0, second);
  expect_foreign (fixture, fixture->source, 1, first);
  expect_foreign (fixture, fixture->source, 0, others);
  expect_foreign (fixture, other, 0, first);

  open_fixture (fixture, "overlays.dcm", PLANE_6000);
  drawn = imp_source_load_frame_sync (fixture->source, 0, PLANE_6000, NULL, &error);
  mask = g_bytes_new_take (g_malloc0 (64 * 48), 64 * 48);
  by_hand = imp_frame_new_with_overlays (drawn, PLANE_6000, mask, &error);
  g_assert_no_error (error);
  g_assert_true (imp_source_owns_frame (fixture->source, 0, drawn));
  expect_foreign (fixture, fixture->source, 0, by_hand);
}

/* Pages are pictures of their own, even where their sizes agree. */
static void
test_foreign_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) page = NULL;
  g_autoptr (ImpFrame) frame = NULL;

  open_fixture (fixture, "pages-codec.tiff", 0);
  page = imp_source_open_page_sync (fixture->source, 1, NULL, &error);
  g_assert_no_error (error);
  frame = imp_source_load_frame_sync (page, 0, 0, NULL, &error);
  g_assert_no_error (error);
  expect_foreign (fixture, fixture->source, 0, frame);
}

/* shape-aspect.dcm: pixels 3 wide and 4 high, 64 × 48 of them. */
static void
test_square_pixels (Fixture *fixture, gconstpointer data)
{
  ImpRect box = { 10, 12, 20, 9 };
  g_autoptr (ImpRehearsal) rehearsal = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;

  open_fixture (fixture, "shape-aspect.dcm", 0);
  imp_request_set_boxes (fixture->request, &box, 1);
  rehearsal = rehearse (fixture);
  g_assert_true (rehearsal->allowed);
  g_assert_cmpint (imp_raster_get_width (rehearsal->preview), ==, 64);
  g_assert_cmpint (imp_raster_get_height (rehearsal->preview), ==, 64);
  /* Row y comes from (y + ½) 3/4 - ½: row 17 from 12.6, row 26 from 19.4, row 27 from 20.1. */
  for (int y = 17; y <= 26; y++)
    for (int x = 10; x < 30; x++)
      g_assert_cmpuint (preview_at (rehearsal, x, y), ==, 0);
  g_assert_cmpuint (preview_at (rehearsal, 30, 20), >, 0);
  g_assert_cmpuint (preview_at (rehearsal, 20, 29), >, 0);
  receipt = release (fixture);
  g_assert_cmpint (receipt->width, ==, 64);
  g_assert_cmpint (receipt->height, ==, 64);
  g_assert_true (imp_rect_equal (&g_array_index (receipt->boxes_as_filled, ImpRect, 0), &box));
}

/* Without a window: what the file's default shows where nothing is covered, and what is left of it
 * where the extremes are. The fixture is a ramp from corner to corner. */
static void
test_ranged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) as_file = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (ImpRehearsal) whole = NULL;
  g_autoptr (ImpRehearsal) part = NULL;
  g_autoptr (ImpReceipt) receipt = NULL;
  ImpRect box = { 0, 0, 64, 24 };
  guint8 low = 255;
  guint8 high = 0;

  open_fixture (fixture, "window-none.dcm", 0);
  frame = imp_source_load_frame_sync (fixture->source, 0, 0, NULL, &error);
  g_assert_true (imp_frame_is_ranged (frame));
  as_file = imp_frame_render (frame, NULL, &error);
  hash = imp_raster_hash (as_file);
  whole = rehearse (fixture);
  g_assert_cmpstr (whole->rendering_sha256, ==, hash);
  imp_request_set_boxes (fixture->request, &box, 1);
  part = rehearse (fixture);
  for (int y = 24; y < 48; y++)
    for (int x = 0; x < 64; x++)
      {
        low = MIN (low, preview_at (part, x, y));
        high = MAX (high, preview_at (part, x, y));
      }
  g_assert_cmpuint (low, ==, 0);
  g_assert_cmpuint (high, ==, 255);
  g_assert_cmpuint (preview_at (whole, 0, 24), >, 50); /* much of the ramp lies above */
  receipt = release (fixture);
  g_assert_true (g_str_has_prefix (receipt->voi, "range "));
}

static void
test_window_said (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    ImpWindow window;
    const char *said;
  } CASES[] = { { { 40, 350.5, IMP_VOI_LINEAR, 0 }, "window 40,350.5 linear" },
                { { -12, 99, IMP_VOI_LINEAR_EXACT, 0 }, "window -12,99 linear-exact" },
                { { 0, 3, IMP_VOI_SIGMOID, 0 }, "window 0,3 sigmoid" },
                { { 0, 0, IMP_VOI_TABLE, 1 }, "voi-lut 2" } };
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  open_fixture (fixture, "voi-luts.dcm", 0);
  {
    g_autoptr (ImpReceipt) receipt = release (fixture);

    g_assert_cmpstr (receipt->voi, ==, "default");
    g_assert_null (receipt->margin_codec);
    g_assert_nonnull (strstr (receipt->json, "\"assurance\" : \"proof\""));
    g_hash_table_add (digests, g_strdup (receipt->digest));
  }
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (ImpReceipt) receipt = NULL;

      g_assert_true (g_file_delete (fixture->target, NULL, NULL));
      imp_request_set_window (fixture->request, &CASES[i].window);
      receipt = release (fixture);
      g_assert_cmpstr (receipt->voi, ==, CASES[i].said);
      g_assert_true (g_hash_table_add (digests, g_strdup (receipt->digest)));
    }
}

/* rgb-near.dcm is near-lossless JPEG-LS, which has no block grid. */
static void
test_margin (Fixture *fixture, gconstpointer data)
{
  ImpRect box = { 30, 20, 4, 4 };
  const ImpRect *filled = NULL;
  g_autoptr (ImpReceipt) plain = NULL;
  g_autoptr (ImpReceipt) covered = NULL;

  open_fixture (fixture, "rgb-near.dcm", 0);
  plain = release (fixture);
  g_assert_nonnull (strstr (plain->json, "\"assurance\" : \"proof\""));
  g_assert_true (g_file_delete (fixture->target, NULL, NULL));
  imp_request_set_boxes (fixture->request, &box, 1);
  covered = release (fixture);
  filled = &g_array_index (covered->boxes_as_filled, ImpRect, 0);
  g_assert_cmpstr (covered->margin_codec, ==, "jpeg-ls");
  g_assert_cmpint (covered->margin, >, 0);
  g_assert_cmpint (filled->x, ==, MAX (30 - covered->margin, 0));
  g_assert_nonnull (strstr (covered->json, "\"assurance\" : \"margin\""));
  g_assert_nonnull (strstr (covered->proof, "jpeg-ls"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/leaks/row-19/overlays-accounted", test_overlays_accounted },
    { "/leaks/row-19/no-overlays", test_no_overlays },
    { "/leaks/row-19/overlay-drawn", test_overlay_drawn },
    { "/leaks/row-19/all-overlays-drawn", test_all_overlays_drawn },
    { "/leaks/row-27/overlays-toggled", test_overlays_toggled },
    { "/dicom/row-17/each-frame", test_each_frame },
    { "/dicom/row-17/all-was-seen", test_all_was_seen },
    { "/dicom/row-17/script-saw-nothing", test_script_saw_nothing },
    { "/gate/not-of-this-file", test_not_of_this_file },
    { "/gate/foreign-frame", test_foreign_frame },
    { "/gate/foreign-page", test_foreign_page },
    { "/dicom/row-20/square-pixels", test_square_pixels },
    { "/gate/ranged", test_ranged },
    { "/gate/window-said", test_window_said },
    { "/gate/margin", test_margin },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  return g_test_run ();
}
