/* Evidence inside the register: kept as it came, never changed, gone with its person only. */
#include "imp-register-evidence.h"

#include <string.h>

#include "imp-error.h"
#include "imp-strokes.h"
#include "record-fixture.h"

#define PDF "%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
/* sha256sum of the text above. */
#define PDF_SHA256 "b2155ede734746d761ab1ac543ba092106a0187671b65d37e3b43fb266c7c50c"

static ImpAttachment *
make_attachment (const char *permission_id, const char *kind)
{
  ImpAttachment *attachment = imp_attachment_new ();

  attachment->permission_id = g_strdup (permission_id);
  attachment->kind = g_strdup (kind);
  attachment->title = g_strdup ("form of January");
  return attachment;
}

static gboolean
try_add (ImpRegister *reg, const char *permission_id, const char *kind, const void *data,
         gsize length)
{
  g_autoptr (ImpAttachment) attachment = make_attachment (permission_id, kind);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  gboolean done = imp_register_add_evidence (reg, attachment, bytes, &error);

  if (!done)
    g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  return done;
}

static void
test_round_trip (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  ImpPermission *permission = record_make_permission (person_id);
  g_autoptr (GBytes) bytes = g_bytes_new_static (PDF, strlen (PDF));
  g_autoptr (ImpAttachment) attachment = NULL;
  g_autoptr (ImpPermission) found = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&permission->evidence, g_free);
  id = record_add_permission (reg, permission);
  attachment = make_attachment (id, "signed-paper");
  g_assert_true (imp_register_add_evidence (reg, attachment, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (attachment->media_type, ==, "application/pdf");
  g_assert_cmpstr (attachment->sha256, ==, PDF_SHA256);
  list = imp_register_list_evidence (reg, id, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ImpAttachment *)list->pdata[0])->title, ==, "form of January");
  g_assert_cmpint (((ImpAttachment *)list->pdata[0])->size, ==, strlen (PDF));
  back = imp_register_read_evidence (reg, attachment->id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, bytes));
  /* The permission had none; it has some now. */
  found = imp_register_get_permission (reg, id, NULL);
  g_assert_cmpstr (found->evidence, ==, "signed-paper");
  g_assert_false (try_add (reg, id, "signed-paper", PDF, strlen (PDF)));
  g_assert_cmpint (store_fixture_integer (fixture->store, "SELECT count(*) FROM event WHERE kind "
                                                          "= 'evidence-added'"),
                   ==, 1);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = record_add_permission (reg, record_make_permission (person_id));
  g_autofree char *large = g_malloc0 (IMP_REGISTER_MAX_EVIDENCE + 1);
  const char *const strokes = "imprimatur-strokes 1 10 10\n1,1 2,2\n";

  memcpy (large, "\xff\xd8\xff", 3);
  g_assert_false (try_add (reg, id, "signed-paper", large, IMP_REGISTER_MAX_EVIDENCE + 1));
  g_assert_true (try_add (reg, id, "signed-paper", large, IMP_REGISTER_MAX_EVIDENCE));
  g_assert_false (try_add (reg, id, "signed-paper", "", 0));
  g_assert_false (try_add (reg, id, "signed-paper", "GIF89a", 6));
  g_assert_false (try_add (reg, id, "signed-paper", "<svg/>", 6));
  g_assert_false (try_add (reg, id, "signed-paper", "%PDF-1.4\n1 0 obj", 16)); /* cut off */
  g_assert_false (try_add (reg, id, "hearsay", PDF, strlen (PDF)));
  g_assert_false (try_add (reg, id, NULL, PDF, strlen (PDF)));
  g_assert_false (try_add (reg, id, "letter", strokes, strlen (strokes)));
  g_assert_true (try_add (reg, id, "on-screen-signature", strokes, strlen (strokes)));
  g_assert_true (imp_register_withdraw (reg, id, NULL, NULL, NULL));
  g_assert_false (try_add (reg, id, "signed-paper", PDF, strlen (PDF)));
}

static gboolean
run (ImpStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean done = imp_store_run (store, &error, sql, NULL, NULL);

  if (!done)
    g_test_message ("%s: %s", sql, error->message);
  return done;
}

static void
test_stays (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = record_add_permission (reg, record_make_permission (person_id));
  g_autoptr (GError) error = NULL;

  g_assert_true (try_add (reg, id, "signed-paper", PDF, strlen (PDF)));
  record_check_sql_refused (fixture->store, "UPDATE attachment SET title = 'x'");
  record_check_sql_refused (fixture->store, "UPDATE attachment_bytes SET bytes = x'00'");
  record_check_sql_refused (fixture->store, "DELETE FROM attachment_bytes");
  record_check_sql_refused (fixture->store, "DELETE FROM attachment");
  record_check_sql_refused (fixture->store, "INSERT OR REPLACE INTO attachment_bytes SELECT * FROM "
                                            "attachment_bytes");
  g_assert_true (imp_store_begin (fixture->store, &error));
  g_assert_true (run (fixture->store, "INSERT INTO erasing SELECT id FROM person"));
  g_assert_true (run (fixture->store, "DELETE FROM attachment_bytes"));
  g_assert_true (run (fixture->store, "DELETE FROM attachment"));
  g_assert_true (run (fixture->store, "DELETE FROM permission"));
  g_assert_true (run (fixture->store, "DELETE FROM erasing"));
  g_assert_true (imp_store_commit (fixture->store, &error));
}

/* Bytes that are not those that came are not given back as evidence. */
static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ImpRegister) reg = imp_register_new (fixture->store);
  g_autofree char *person_id = record_add_person (reg, "H204417", NULL, NULL);
  g_autofree char *id = record_add_permission (reg, record_make_permission (person_id));
  g_autofree char *attachment_id = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (try_add (reg, id, "signed-paper", PDF, strlen (PDF)));
  attachment_id = store_fixture_text (fixture->store, "SELECT id FROM attachment");
  g_clear_object (&reg);
  store_fixture_close (fixture);
  store_fixture_run_raw (fixture, "DROP TRIGGER attachment_bytes_not_changed; UPDATE "
                                  "attachment_bytes SET bytes = zeroblob (length (bytes))");
  store_fixture_open (fixture);
  reg = imp_register_new (fixture->store);
  g_assert_null (imp_register_read_evidence (reg, attachment_id, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED);
  g_clear_error (&error);
  g_assert_null (imp_register_read_evidence (reg, "none", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_NOT_FOUND);
}

/* ---- signatures ---- */

static void
test_strokes (void)
{
  g_autoptr (ImpStrokes) strokes = imp_strokes_new (400, 120);
  g_autoptr (ImpStrokes) back = NULL;
  g_autoptr (ImpStrokes) copy = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *svg = NULL;
  g_autoptr (GError) error = NULL;
  guint n_points = 0;

  g_assert_false (imp_strokes_add (strokes, 1, 1)); /* the pen is up */
  imp_strokes_begin (strokes);
  g_assert_true (imp_strokes_add (strokes, 1, 2));
  g_assert_true (imp_strokes_add (strokes, 500, -3));
  imp_strokes_begin (strokes);
  g_assert_true (imp_strokes_add (strokes, 7, 7));
  bytes = imp_strokes_to_bytes (strokes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "imprimatur-strokes 1 400 120\n1,2 400,0\n7,7\n", 43);
  back = imp_strokes_from_bytes (bytes, &error);
  g_assert_no_error (error);
  copy = imp_strokes_copy (back);
  g_assert_cmpint (imp_strokes_get_width (copy), ==, 400);
  g_assert_cmpint (imp_strokes_get_height (copy), ==, 120);
  g_assert_cmpuint (imp_strokes_get_n_lines (copy), ==, 2);
  g_assert_cmpint (imp_strokes_get_line (copy, 0, &n_points)[1].x, ==, 400);
  g_assert_cmpuint (n_points, ==, 2);
  svg = imp_strokes_to_svg (copy);
  g_assert_nonnull (strstr (svg, "d=\"M1 2L400 0\""));
  g_assert_nonnull (strstr (svg, "d=\"M7 7L7 7\""));
}

static void
test_bad_strokes (void)
{
  static const char *const BAD[] = {
    "",
    "imprimatur-strokes 1 10 10\n",
    "imprimatur-strokes 2 10 10\n1,1\n",
    "imprimatur-strokes 1 0 10\n1,1\n",
    "imprimatur-strokes 1 10 99999\n1,1\n",
    "imprimatur-strokes 1 10 10\n1,1",
    "imprimatur-strokes 1 10 10\n11,1\n",
    "imprimatur-strokes 1 10 10\n-1,1\n",
    "imprimatur-strokes 1 10 10\n1;1\n",
    "imprimatur-strokes 1 10 10\n1,1 \n",
    "imprimatur-strokes 1 10 10\n\n",
    "imprimatur-strokes 1 10 10\n99999999999999999999,1\n",
  };
  g_autoptr (GString) many = g_string_new ("imprimatur-strokes 1 10 10\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (BAD[i], strlen (BAD[i]));

      g_test_message ("%s", BAD[i]);
      g_assert_null (imp_strokes_from_bytes (bytes, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_DAMAGED);
      g_clear_error (&error);
    }
  for (guint i = 0; i <= IMP_STROKES_MAX_POINTS; i++)
    g_string_append (many, "1,1\n");
  g_autoptr (GBytes) bytes = g_bytes_new (many->str, many->len);
  g_assert_null (imp_strokes_from_bytes (bytes, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add ("/record/evidence/round-trip", test_round_trip);
  store_fixture_add ("/record/evidence/refused", test_refused);
  store_fixture_add ("/record/evidence/stays", test_stays);
  store_fixture_add ("/record/evidence/damaged", test_damaged);
  g_test_add_func ("/record/strokes/round-trip", test_strokes);
  g_test_add_func ("/record/strokes/bad", test_bad_strokes);
  return g_test_run ();
}
