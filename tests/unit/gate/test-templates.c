/* What is remembered of scanners, out and in (issue: teaching-file curation, point 3). */
#include <string.h>

#include "gate-fixture.h"
#include "imp-error.h"
#include "imp-register-templates.h"
#include "imp-templates.h"

static void
remember (Fixture *fixture, const char *model, const char *station, int x)
{
  g_autoptr (ImpScannerTemplate) scanner = imp_scanner_template_new ();
  const ImpTemplateBox box = { x, 0, 200, 40 };
  g_autoptr (GError) error = NULL;

  scanner->name = g_strdup ("the one of EXAMPLE^PERSON A");
  scanner->manufacturer = g_strdup ("Example Devices");
  scanner->model = g_strdup (model);
  scanner->station = g_strdup (station);
  scanner->rows = 480;
  scanner->columns = 640;
  g_array_append_val (scanner->boxes, box);
  imp_register_save_template (fixture->gate->people, scanner, &error);
  g_assert_no_error (error);
}

static GFile *
file_of (Fixture *fixture, const char *name)
{
  g_autofree char *path = in_folder (fixture, name);

  return g_file_new_for_path (path);
}

static void
test_out_and_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = file_of (fixture, "templates.json");
  g_autoptr (GPtrArray) templates = NULL;
  g_autofree char *text = NULL;
  guint n_taken = 0;

  remember (fixture, "Sono 3", "ROOM7", 3);
  remember (fixture, "Sono 3", "ROOM8", 9);
  remember (fixture, "Sono 4", "", 5);
  g_assert_true (imp_gate_export_templates_sync (fixture->gate, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, &error));
  g_assert_nonnull (strstr (text, "Sono 3"));
  g_assert_null (strstr (text, "ROOM"));
  g_assert_null (strstr (text, "EXAMPLE"));
  /* Nothing is written over. */
  g_assert_false (imp_gate_export_templates_sync (fixture->gate, file, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TARGET);
  g_clear_error (&error);

  templates = imp_register_list_templates (fixture->gate->people, &error);
  for (guint i = 0; i < templates->len; i++)
    g_assert_true (imp_register_remove_template (
        fixture->gate->people, ((ImpScannerTemplate *)templates->pdata[i])->id, NULL));
  g_assert_true (imp_gate_import_templates_sync (fixture->gate, file, NULL, &n_taken, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_taken, ==, 2);
  g_ptr_array_unref (templates);
  templates = imp_register_list_templates (fixture->gate->people, &error);
  g_assert_cmpuint (templates->len, ==, 2);
  g_assert_cmpuint (((ImpScannerTemplate *)templates->pdata[0])->boxes->len, ==, 2);
  g_assert_true (imp_scanner_template_fits (templates->pdata[0], "Example Devices", "Sono 3",
                                            "any room", 480, 640));
  g_assert_false (imp_scanner_template_fits (templates->pdata[0], "Example Devices", "Sono 3",
                                             "any room", 481, 640));
}

#define HEAD "{\"format\":\"imprimatur-scanner-templates\",\"version\":1,\"templates\":["
#define MODEL "\"manufacturer\":\"M\",\"model\":\"O\",\"rows\":48,\"columns\":64,"

/* Hostile or just something else: nothing is taken in. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const BAD[] = {
    "",
    "not JSON",
    "{\"format\":7,\"version\":\"1\",\"templates\":[]}",
    "{\"format\":\"imprimatur-scanner-templates\",\"version\":[1],\"templates\":[]}",
    "[]",
    "{\"format\":\"another\",\"version\":1,\"templates\":[]}",
    "{\"format\":\"imprimatur-scanner-templates\",\"version\":2,\"templates\":[]}",
    HEAD "{}]}",
    HEAD "{" MODEL "\"boxes\":[]},{" MODEL "\"boxes\":[[0,0,65,10]]}]}",
    HEAD "{" MODEL "\"boxes\":[[0,-1,6,10]]}]}",
    HEAD "{" MODEL "\"boxes\":[[0,0,6,4294967297]]}]}",
    HEAD "{" MODEL "\"boxes\":[[0,0,6]]}]}",
    HEAD "{" MODEL "\"boxes\":[[0,0,6,\"7\"]]}]}",
    HEAD "{" MODEL "\"boxes\":[],\"station\":\"ROOM7\"}]}",
    HEAD "[[[[[[[[[[[[]]]]]]]]]]]]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = file_of (fixture, "bad.json");
      g_autofree char *path = in_folder (fixture, "bad.json");
      g_autoptr (GPtrArray) templates = NULL;
      guint n_taken = 9;

      g_assert_true (g_file_set_contents (path, BAD[i], -1, NULL));
      g_assert_false (imp_gate_import_templates_sync (fixture->gate, file, NULL, &n_taken, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
      g_assert_cmpuint (n_taken, ==, 0);
      templates = imp_register_list_templates (fixture->gate->people, NULL);
      g_assert_cmpuint (templates->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/templates/out-and-in", test_out_and_in);
  ADD ("/templates/refused", test_refused);
  return g_test_run ();
}
