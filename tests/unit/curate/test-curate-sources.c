/* Folders, files and discs as lists: what is in them, in which order, and what is said of the rest.
 * They are made by tests/fixtures/curate_make.py. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "imp-error.h"
#include "imp-source-list.h"

typedef struct
{
  GMainLoop *loop;
  gboolean done;
  GError *error;
  guint most_waiting; /* items that came before the end */
} Wait;

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->done = imp_source_list_load_finish (IMP_SOURCE_LIST (object), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
on_items (GListModel *items, guint at, guint removed, guint added, gpointer data)
{
  Wait *wait = data;

  wait->most_waiting = MAX (wait->most_waiting, g_list_model_get_n_items (items));
}

static ImpSourceList *
load_paths (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  ImpSourceList *list = imp_source_list_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, FALSE, NULL, 0 };

  imp_source_list_load_async (list, files, cancellable, on_loaded, &wait);
  g_main_loop_run (loop);
  g_assert_true (wait.done == (wait.error == NULL));
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return list;
}

static char *
fixture (const char *name)
{
  return g_path_is_absolute (name) ? g_strdup (name)
                                   : g_build_filename (g_getenv ("CURATE_FIXTURES"), name, NULL);
}

static ImpSourceList *
load (const char *name)
{
  g_autofree char *path = fixture (name);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  ImpSourceList *list = NULL;

  g_ptr_array_add (files, g_file_new_for_path (path));
  list = load_paths (files, NULL, &error);
  g_assert_no_error (error);
  return list;
}

static ImpSourceItem *
item_at (ImpSourceList *list, guint at)
{
  g_autoptr (ImpSourceItem) item = g_list_model_get_item (imp_source_list_get_items (list), at);

  g_assert_nonnull (item); /* the list keeps it */
  return item;
}

static ImpSourceItem *
find (ImpSourceList *list, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (imp_source_list_get_items (list)); i++)
    if (strcmp (imp_source_item_get_name (item_at (list, i)), name) == 0)
      return item_at (list, i);
  g_error ("the list lacks %s", name);
}

static void
check_names (ImpSourceList *list, const char *const *names)
{
  guint n = g_list_model_get_n_items (imp_source_list_get_items (list));

  for (guint i = 0; i < n && names[i] != NULL; i++)
    g_assert_cmpstr (imp_source_item_get_name (item_at (list, i)), ==, names[i]);
  g_assert_cmpuint (n, ==, g_strv_length ((char **)names));
  g_assert_cmpuint (imp_source_list_get_n_found (list), ==, n);
}

/* The order of a person who looks: image 2 before image 10, photographs behind, problems last. */
static void
test_folder (void)
{
  static const char *const names[] = { "a/01.dcm",   "a/02.dcm",
                                       "a/10.dcm",   "a/deep/under/series2.dcm",
                                       "a/film.dcm", "b.dcm",
                                       "photo.jpg",  "empty.dcm",
                                       "notes.txt",  NULL };
  g_autoptr (ImpSourceList) list = load ("people");
  ImpSourceItem *film = find (list, "a/film.dcm");
  ImpSourceItem *b = find (list, "b.dcm");

  check_names (list, names);
  g_assert_cmpuint (imp_source_list_get_n_hidden (list), ==, 2);
  g_assert_cmpuint (imp_source_item_get_listing (film)->n_frames, ==, 3);
  g_assert_cmpstr (imp_source_item_get_listing (b)->burned_in, ==, "YES");
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "empty.dcm")), "empty"));
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "notes.txt")), "picture"));
  g_assert_null (imp_source_item_get_problem (film));
  for (guint i = 0; i < 9; i++)
    g_assert_cmpuint (imp_source_item_get_notices (item_at (list, i)), ==, 0);
}

static void
test_groups (void)
{
  g_autoptr (ImpSourceList) list = load ("people");
  ImpSourceItem *one = find (list, "a/01.dcm");
  ImpSourceItem *two = find (list, "a/02.dcm");
  ImpSourceItem *series = find (list, "a/deep/under/series2.dcm");
  ImpSourceItem *film = find (list, "a/film.dcm");
  ImpSourceItem *b = find (list, "b.dcm");
  ImpSourceItem *photo = find (list, "photo.jpg");

  g_assert_cmpstr (imp_source_item_get_series_key (one), ==, imp_source_item_get_series_key (two));
  g_assert_cmpstr (imp_source_item_get_series_key (one), !=,
                   imp_source_item_get_series_key (series));
  g_assert_cmpstr (imp_source_item_get_study_key (one), ==, imp_source_item_get_study_key (series));
  g_assert_cmpstr (imp_source_item_get_study_key (one), !=, imp_source_item_get_study_key (film));
  g_assert_cmpstr (imp_source_item_get_patient_key (one), ==,
                   imp_source_item_get_patient_key (film));
  g_assert_cmpstr (imp_source_item_get_patient_key (one), !=, imp_source_item_get_patient_key (b));
  g_assert_cmpstr (imp_source_item_get_patient_key (photo), !=,
                   imp_source_item_get_patient_key (b));
  g_assert_null (imp_source_item_get_patient_key (find (list, "notes.txt")));
}

/* What was listed opens as the same picture. */
static void
test_opens (void)
{
  g_autoptr (ImpSourceList) list = load ("people");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source =
      imp_source_item_open_sync (find (list, "a/film.dcm"), NULL, &error);
  g_autofree char *hash = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (imp_facts_get_n_frames (imp_source_get_facts (source)), ==, 3);
  hash = imp_source_item_hash_sync (find (list, "a/film.dcm"), &error);
  g_assert_cmpstr (hash, ==, imp_source_get_sha256 (source));
}

/* Made here: a build folder should hold no pipe. */
static void
test_links (void)
{
  g_autofree char *folder = g_dir_make_tmp ("imp-curate-XXXXXX", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.dcm", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone.dcm", NULL);
  g_autofree char *shut = g_build_filename (folder, "shut", NULL);
  g_autoptr (ImpSourceList) list = NULL;
  gboolean root = geteuid () == 0;

  g_assert_cmpint (symlink (".", loop), ==, 0);
  g_assert_cmpint (symlink ("/nowhere", gone), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (mkdir (shut, 0), ==, 0);
  if (root)
    {
      g_assert_cmpint (chmod (folder, 0755), ==, 0);
      g_assert_cmpint (seteuid (65534), ==, 0); /* who may do everything is refused nothing */
    }
  list = load (folder);
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, 4);
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "loop")), "link"));
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "gone.dcm")), "link"));
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "pipe.dcm")), "pipe"));
  g_assert_nonnull (strstr (imp_source_item_get_problem (find (list, "shut")), "not allowed"));
  g_unlink (loop);
  g_unlink (gone);
  g_unlink (pipe);
  g_rmdir (shut);
  g_rmdir (folder);
}

/* As pydicom lays a disc out; the viewer that lies beside is not in the index. */
static void
test_disc (void)
{
  static const char *const names[] = { "PT000000/ST000000/SE000000/IM000001",
                                       "PT000000/ST000000/SE000000/IM000000",
                                       "PT000001/ST000000/SE000000/IM000000", NULL };
  g_autoptr (ImpSourceList) list = load ("disc/DICOMDIR");
  g_autoptr (ImpSourceList) folder = load ("disc");

  check_names (list, names);
  g_assert_cmpstr (imp_source_item_get_listing (item_at (list, 0))->image, ==,
                   "1.2.826.0.1.3680043.8.498.1.1.1");
  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (folder)), ==, 4);
}

/* An index may name anything: only what lies below it is opened, and through no link. */
static void
test_lying_disc (void)
{
  static const struct
  {
    const char *name;
    const char *words;
  } refused[] = {
    { "../outside.dcm", "outside of the disc" },
    { "IN/../../outside.dcm", "outside of the disc" },
    { "/etc/passwd", "outside of the disc" },
    { "GONE", "not there" },
    { "LINK", "link" },
    { "LOOP/outside.dcm", "link" },
  };
  g_autoptr (ImpSourceList) list = load ("liar/DICOMDIR");

  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      ImpSourceItem *item = find (list, refused[i].name);

      g_assert_null (imp_source_item_get_listing (item));
      g_assert_nonnull (strstr (imp_source_item_get_problem (item), refused[i].words));
    }
  g_assert_cmpstr (imp_source_item_get_listing (find (list, "IN/A1"))->patient_number, ==,
                   "H204417");
}

typedef struct
{
  const char *name;
  guint notices;
} Noticed;

static void
check_notices (const char *folder, const Noticed *noticed, gsize n)
{
  g_autoptr (ImpSourceList) list = load (folder);

  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (imp_source_item_get_notices (find (list, noticed[i].name)), ==,
                      noticed[i].notices);
}

static void
test_twins (void)
{
  static const Noticed twins[] = {
    { "one.dcm", IMP_SOURCE_SAME_FILE },      { "two.dcm", IMP_SOURCE_SAME_FILE },
    { "changed.dcm", IMP_SOURCE_SAME_IMAGE }, { "changed-otherwise.dcm", IMP_SOURCE_SAME_IMAGE },
    { "a.jpg", IMP_SOURCE_SAME_FILE },        { "b.jpg", IMP_SOURCE_SAME_FILE },
  };
  static const Noticed studies[] = {
    { "a.dcm", IMP_SOURCE_SAME_STUDY },
    { "b.dcm", IMP_SOURCE_SAME_STUDY },
    { "c.dcm", IMP_SOURCE_SAME_STUDY },
    { "d.dcm", IMP_SOURCE_SAME_STUDY },
  };
  static const Noticed numbers[] = {
    { "a.dcm", IMP_SOURCE_OTHER_NUMBER },
    { "b.dcm", IMP_SOURCE_OTHER_NUMBER },
    { "c.dcm", 0 },
  };
  g_autoptr (ImpSourceList) list = load ("studies");

  check_notices ("twins", twins, G_N_ELEMENTS (twins));
  check_notices ("studies", studies, G_N_ELEMENTS (studies));
  check_notices ("numbers", numbers, G_N_ELEMENTS (numbers));
  g_assert_cmpstr (imp_source_item_get_study_key (find (list, "a.dcm")), !=,
                   imp_source_item_get_study_key (find (list, "b.dcm")));
  g_assert_cmpstr (imp_source_item_get_study_key (find (list, "c.dcm")), !=,
                   imp_source_item_get_study_key (find (list, "d.dcm")));
  for (guint i = 0; i < IMP_SOURCE_N_NOTICES; i++)
    {
      g_assert_nonnull (imp_source_notice_to_text (1u << i));
      g_assert_nonnull (imp_source_notice_to_words (1u << i));
    }
}

/* What is said of each file of an archive; what is not said is listed. */
typedef struct
{
  const char *name;
  const char *words; /* nullable */
} Packed;

static void
check_archive (const char *name, const Packed *packed, gsize n)
{
  g_autoptr (ImpSourceList) list = load (name);

  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, n);
  g_assert_cmpuint (imp_source_list_get_n_found (list), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      ImpSourceItem *item = find (list, packed[i].name);
      const char *problem = imp_source_item_get_problem (item);

      if (packed[i].words == NULL)
        g_assert_cmpstr (problem, ==, NULL);
      else
        g_assert_nonnull (strstr (problem, packed[i].words));
      g_assert_true ((imp_source_item_get_listing (item) == NULL) == (problem != NULL));
    }
}

static void
test_archive (void)
{
  static const char *const names[] = { "PT000000/ST000000/SE000000/IM000001",
                                       "PT000000/ST000000/SE000000/IM000000",
                                       "PT000001/ST000000/SE000000/IM000000", "VIEWER.EXE", NULL };
  g_autoptr (ImpSourceList) list = load ("zips/disc.zip");
  g_autoptr (ImpSourceList) disc = load ("disc/DICOMDIR");
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_source_item_open_sync (item_at (list, 0), NULL, &error);
  g_autoptr (ImpSource) same = imp_source_item_open_sync (item_at (disc, 0), NULL, &error);
  g_autofree char *hash = imp_source_item_hash_sync (item_at (list, 0), &error);

  g_assert_no_error (error);
  check_names (list, names);
  g_assert_cmpstr (imp_source_item_get_entry (item_at (list, 0)), ==, names[0]);
  g_assert_cmpstr (imp_source_get_sha256 (source), ==, imp_source_get_sha256 (same));
  g_assert_cmpstr (hash, ==, imp_source_get_sha256 (same));
}

static void
test_hostile_archives (void)
{
  static const Packed stored[] = { { "a.dcm", NULL }, { "b.dcm", NULL } };
  static const Packed names[] = {
    { "../up.dcm", "out of the archive" },
    { "/root.dcm", "out of the archive" },
    { "in/../../up.dcm", "out of" },
    { "c:/x.dcm", "out of" },
    { "good.dcm", NULL },
    { "Ä/ü.dcm", NULL },
  };
  static const Packed nested[] = { { "inner.zip", "archive inside" }, { "b.dcm", NULL } };
  static const Packed huge[] = { { "bomb.dcm", "1 GiB" }, { "b.dcm", NULL } };
  static const Packed lying[] = { { "bomb.dcm", "damaged" }, { "b.dcm", NULL } };
  static const Packed cut[] = { { "cut.zip", "damaged" } };
  static const Packed broken[] = { { "a.dcm", "damaged" }, { "b.dcm", NULL } };
  static const Packed locked[] = { { "a.dcm", "password" }, { "b.dcm", NULL } };
  static const Packed link[] = { { "link.dcm", "link" }, { "b.dcm", NULL } };
  g_autoptr (ImpSourceList) twice = load ("zips/twice.zip");

  check_archive ("zips/stored.zip", stored, G_N_ELEMENTS (stored));
  check_archive ("zips/bad-names.zip", names, G_N_ELEMENTS (names));
  check_archive ("zips/nested.zip", nested, G_N_ELEMENTS (nested));
  check_archive ("zips/huge.zip", huge, G_N_ELEMENTS (huge));
  check_archive ("zips/lying.zip", lying, G_N_ELEMENTS (lying));
  check_archive ("zips/cut.zip", cut, G_N_ELEMENTS (cut));
  check_archive ("zips/broken.zip", broken, G_N_ELEMENTS (broken));
  check_archive ("zips/locked.zip", locked, G_N_ELEMENTS (locked));
  check_archive ("zips/link.zip", link, G_N_ELEMENTS (link));
  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (twice)), ==, 2);
  g_assert_nonnull (strstr (imp_source_item_get_problem (item_at (twice, 1)), "two files"));
}

/* In a folder an archive is one file, which is to be opened by itself. */
static void
test_archive_in_folder (void)
{
  g_autoptr (ImpSourceList) list = load ("zips");

  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), >, 5);
  for (guint i = 0; i < g_list_model_get_n_items (imp_source_list_get_items (list)); i++)
    g_assert_nonnull (
        strstr (imp_source_item_get_problem (item_at (list, i)), "open it by itself"));
}

static void
test_cancelled (void)
{
  g_autofree char *path = fixture ("people");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSourceList) list = NULL;

  g_ptr_array_add (files, g_file_new_for_path (path));
  g_cancellable_cancel (cancellable);
  list = load_paths (files, cancellable, &error);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, 0);
}

/* Several at once: a folder, a file and what is not there. */
static void
test_several (void)
{
  static const char *const sources[] = { "numbers", "people/b.dcm", "people/nothing.dcm" };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSourceList) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *path = fixture (sources[i]);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  list = load_paths (files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (imp_source_list_get_items (list)), ==, 5);
  g_assert_nonnull (
      strstr (imp_source_item_get_problem (find (list, "nothing.dcm")), "cannot be opened"));
}

/* A list that nobody waits for any more ends in peace. */
static void
test_dropped (void)
{
  ImpSourceList *list = NULL;
  g_autofree char *path = fixture ("people");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, FALSE, NULL, 0 };

  g_ptr_array_add (files, g_file_new_for_path (path));
  list = imp_source_list_new ();
  g_signal_connect (imp_source_list_get_items (list), "items-changed", G_CALLBACK (on_items),
                    &wait);
  imp_source_list_load_async (list, files, NULL, on_loaded, &wait);
  g_object_unref (list); /* the task holds it */
  g_main_loop_run (loop);
  g_assert_true (wait.done);
  g_assert_cmpuint (wait.most_waiting, ==, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curate/sources/folder", test_folder);
  g_test_add_func ("/curate/sources/groups", test_groups);
  g_test_add_func ("/curate/sources/opens", test_opens);
  g_test_add_func ("/curate/sources/links", test_links);
  g_test_add_func ("/curate/sources/disc", test_disc);
  g_test_add_func ("/curate/sources/lying-disc", test_lying_disc);
  g_test_add_func ("/curate/sources/twins", test_twins);
  g_test_add_func ("/curate/sources/archive", test_archive);
  g_test_add_func ("/curate/sources/hostile-archives", test_hostile_archives);
  g_test_add_func ("/curate/sources/archive-in-folder", test_archive_in_folder);
  g_test_add_func ("/curate/sources/cancelled", test_cancelled);
  g_test_add_func ("/curate/sources/several", test_several);
  g_test_add_func ("/curate/sources/dropped", test_dropped);
  return g_test_run ();
}
