/* How a picture is packed is said in words: of every transfer syntax that the helper reads. Which
 * those are is read from its own list, a row of which has a family where it is read. */
#include <string.h>

#include "imp-coding-names.h"
#include "imp-margin.h"

static void
test_transfer_syntaxes (void)
{
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) row =
      g_regex_new ("\\{ \"(1\\.2\\.840\\.[0-9.]+)\", \"[^\"]+\", \"[a-z0-9-]+\" \\}", 0, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  guint n_read = 0;

  g_assert_no_error (error);
  g_file_get_contents (g_getenv ("DECODE_SYNTAXES"), &list, NULL, &error);
  g_assert_no_error (error);
  for (g_regex_match (row, list, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), n_read++)
    {
      g_autofree char *uid = g_match_info_fetch (match, 1);
      const char *name = imp_transfer_syntax_name (uid);

      g_test_message ("%s: %s", uid, name);
      g_assert_cmpstr (name, !=, uid);
      g_assert_null (strstr (name, "1.2.840"));
      g_hash_table_add (names, g_strdup (name));
    }
  /* PS3.6 annex A: 4 native, 6 JPEG, 2 JPEG-LS, 2 JPEG 2000, 3 HTJ2K, 3 JPEG XL, RLE. */
  g_assert_cmpuint (n_read, ==, 4 + 6 + 2 + 2 + 3 + 3 + 1);
  /* Two ways of lossless JPEG differ in nothing that anybody at the desk could use. */
  g_assert_cmpuint (g_hash_table_size (names), ==, n_read - 1);
  g_assert_cmpstr (imp_transfer_syntax_name ("1.2.840.10008.1.2.4.203"), ==,
                   "High-throughput JPEG 2000");
}

static void
test_codecs (void)
{
  static const char *const CODECS[] = { "jpeg-ls", "jpeg-2000", "jpeg-xl", "webp", "heic", "avif" };

  for (gsize i = 0; i < G_N_ELEMENTS (CODECS); i++)
    {
      g_assert_true (imp_margin_knows_codec (CODECS[i]));
      g_assert_cmpstr (imp_codec_name (CODECS[i]), !=, CODECS[i]);
    }
  g_assert_null (imp_codec_name ("unknown"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/transfer-syntaxes", test_transfer_syntaxes);
  g_test_add_func ("/names/codecs", test_codecs);
  return g_test_run ();
}
