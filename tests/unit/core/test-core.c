#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "imp-clock.h"
#include "imp-error.h"
#include "imp-hash.h"
#include "imp-id.h"
#include "imp-question.h"
#include "imp-reason.h"

/* The table that the command line promises. */
static void
test_exit_statuses (void)
{
  static const struct
  {
    ImpError code;
    int status;
  } TABLE[] = {
    { IMP_ERROR_USAGE, 1 },      { IMP_ERROR_NOT_FOUND, 1 },
    { IMP_ERROR_UNREADABLE, 2 }, { IMP_ERROR_UNSUPPORTED, 2 },
    { IMP_ERROR_DAMAGED, 2 },    { IMP_ERROR_REFUSED, 3 },
    { IMP_ERROR_LOCKED, 4 },     { IMP_ERROR_WRONG_KEY, 4 },
    { IMP_ERROR_NEWER, 4 },      { IMP_ERROR_REGISTER_DAMAGED, 4 },
    { IMP_ERROR_READ_ONLY, 4 },  { IMP_ERROR_NOT_FLAT, 5 },
    { IMP_ERROR_TARGET, 6 },     { IMP_ERROR_IO, 6 },
    { IMP_ERROR_CANCELLED, 6 },  { IMP_ERROR_NOT_SCREENED, 2 },
  };

  g_assert_cmpint (imp_error_exit_status (NULL), ==, 0);
  g_assert_cmpuint (G_N_ELEMENTS (TABLE), ==, IMP_ERROR_NOT_SCREENED + 1);
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (IMP_ERROR, TABLE[i].code, "x");

      g_assert_cmpint (imp_error_exit_status (error), ==, TABLE[i].status);
    }
}

static void
test_exit_statuses_of_other_domains (void)
{
  g_autoptr (GError) option = g_error_new_literal (G_OPTION_ERROR, 0, "x");
  g_autoptr (GError) io = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  g_assert_cmpint (imp_error_exit_status (option), ==, 1);
  g_assert_cmpint (imp_error_exit_status (io), ==, 6);
}

static void
test_errno (void)
{
  g_autoptr (GError) error = NULL;

  imp_error_set_errno (&error, IMP_ERROR_IO, ENOSPC, "The folder cannot be written");
  g_assert_error (error, IMP_ERROR, IMP_ERROR_IO);
  g_assert_true (g_str_has_prefix (error->message, "The folder cannot be written: "));
  g_assert_nonnull (strstr (error->message, g_strerror (ENOSPC)));
}

static void
test_dates (void)
{
  static const char *const RIGHT[] = { "2026-11-22", "2024-02-29", "2000-02-29", "1900-01-01" };
  static const char *const WRONG[] = { "",           "2023-02-29",  "1900-02-29",  "2026-13-01",
                                       "2026-00-10", "2026-04-31",  "2026-4-3",    "26-04-03",
                                       "2026/04/03", "2026-04-03 ", " 2026-04-03", "2026-04-03T00",
                                       "20260403",   "today",       "2026- 4- 3",  "2026-+4-+3",
                                       "-026-04-03", "0000-04-03",  "2026-04-0x" };

  for (guint i = 0; i < G_N_ELEMENTS (RIGHT); i++)
    g_assert_true (imp_clock_date_is_valid (RIGHT[i]));
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_test_message ("\"%s\"", WRONG[i]);
      g_assert_false (imp_clock_date_is_valid (WRONG[i]));
    }
  g_assert_false (imp_clock_date_is_valid (NULL));
}

static void
test_ages (void)
{
  static const struct
  {
    const char *born;
    const char *day;
    int age;
  } CASES[] = {
    { "2008-02-29", "2026-02-28", 17 }, /* not yet 18 on the day before 1 March (UK law) */
    { "2008-02-29", "2026-03-01", 18 }, { "2008-02-29", "2024-02-29", 16 },
    { "2010-11-22", "2026-11-22", 16 }, { "2010-11-23", "2026-11-22", 15 },
    { "2010-12-01", "2026-11-22", 15 }, { "2026-11-22", "2026-11-22", 0 },
    { "2026-11-23", "2026-11-22", -1 }, { "1926-11-22", "2026-11-22", 100 },
    { "2023-02-29", "2026-11-22", -1 }, { "2010-11-22", "", -1 },
    { NULL, "2026-11-22", -1 },         { "2010-11-22", NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_assert_cmpint (imp_clock_age_at (CASES[i].born, CASES[i].day), ==, CASES[i].age);
}

static void
test_now (void)
{
  g_autofree char *now = imp_clock_now ();
  g_autofree char *later = imp_clock_now ();
  g_autofree char *today = imp_clock_today ();
  g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (now, NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_now_utc ();

  g_assert_true (
      g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", now, 0, 0));
  g_assert_nonnull (parsed);
  g_assert_cmpint (ABS (g_date_time_difference (utc, parsed)), <, 60 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (strcmp (now, later), <=, 0);
  g_assert_true (imp_clock_date_is_valid (today));
}

/* The examples of FIPS 180-2, appendix B. */
static void
test_hash (void)
{
  static const char ABC[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  static const char LONG[] = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
  static const char EMPTY[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autofree char *abc = imp_hash_data ("abc", 3);
  g_autofree char *empty = imp_hash_data (NULL, 0);
  g_autoptr (GBytes) bytes =
      g_bytes_new_static ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
  g_autofree char *of_bytes = imp_hash_bytes (bytes);
  g_autofree char *hex = imp_hash_hex ("\x00\xff\x1a", 3);

  g_assert_cmpstr (abc, ==, ABC);
  g_assert_cmpstr (empty, ==, EMPTY);
  g_assert_cmpstr (of_bytes, ==, LONG);
  g_assert_cmpstr (hex, ==, "00ff1a");
  g_assert_true (imp_hash_is_valid (ABC));
  g_assert_false (imp_hash_is_valid (NULL));
  g_assert_false (imp_hash_is_valid (ABC + 1));
  g_assert_false (
      imp_hash_is_valid ("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
}

/* A million letters, the last example of FIPS 180-2, appendix B.3: more than one piece. */
static void
test_hash_of_a_file (void)
{
  static const char MILLION[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
  g_autofree char *name = NULL;
  g_autofree char *text = g_strnfill (1000000, 'a');
  int fd = g_file_open_tmp (NULL, &name, NULL);
  g_autofree char *hash = NULL;
  g_autofree char *short_of = NULL;
  g_autofree char *stopped = NULL;
  const gint stop = 1;

  g_assert_cmpint (write (fd, text, 1000000), ==, 1000000);
  hash = imp_hash_descriptor (fd, 1000000, NULL);
  short_of = imp_hash_descriptor (fd, 1000001, NULL);
  stopped = imp_hash_descriptor (fd, 1000000, &stop);
  g_assert_cmpstr (hash, ==, MILLION);
  g_assert_null (short_of);
  g_assert_null (stopped);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 1000000);
  close (fd);
  g_unlink (name);
}

static void
test_ids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 20000; i++)
    {
      char *id = imp_id_new ();

      g_assert_true (imp_id_is_valid (id));
      g_assert_true (g_hash_table_add (seen, id));
    }
  g_assert_false (imp_id_is_valid (NULL));
  g_assert_false (imp_id_is_valid (""));
  g_assert_false (imp_id_is_valid ("0123456789abcdefghij")); /* i is not in the alphabet */
  g_assert_false (imp_id_is_valid ("0123456789abcdefghjk0"));
  g_assert_false (imp_id_is_valid ("../../../../../etc/p"));
}

/* Row 21: nothing but chance is in the name. */
static void
test_neutral_names (void)
{
  g_autofree char *first = imp_id_neutral_file_name ("png");
  g_autofree char *second = imp_id_neutral_file_name ("png");

  g_assert_true (g_regex_match_simple ("^img-[0-9a-hjkmnp-tv-z]{10}\\.png$", first, 0, 0));
  g_assert_cmpstr (first, !=, second);
}

static void
test_question_copy (void)
{
  char *allowed[] = { (char *)"yes", (char *)"no", NULL };
  char *rows[] = { (char *)"row-5", NULL };
  ImpQuestion question = {
    .key = (char *)"key",
    .text = (char *)"text",
    .help = NULL,
    .type = (char *)"choice",
    .scope = (char *)"pixels",
    .allowed = allowed,
    .clears = (char *)"yes",
    .min_length = 7,
    .required = TRUE,
    .needed_when = (char *)"now",
    .page = (char *)"cover",
    .rows = rows,
  };
  g_autoptr (ImpQuestion) copy = imp_question_copy (&question);

  g_assert_cmpstr (copy->key, ==, "key");
  g_assert_cmpstr (copy->text, ==, "text");
  g_assert_null (copy->help);
  g_assert_cmpstr (copy->type, ==, "choice");
  g_assert_cmpstr (copy->scope, ==, "pixels");
  g_assert_true (g_strv_equal ((const char *const *)copy->allowed, (const char *const *)allowed));
  g_assert_cmpstr (copy->clears, ==, "yes");
  g_assert_cmpint (copy->min_length, ==, 7);
  g_assert_true (copy->required);
  g_assert_cmpstr (copy->needed_when, ==, "now");
  g_assert_cmpstr (copy->page, ==, "cover");
  g_assert_true (g_strv_equal ((const char *const *)copy->rows, (const char *const *)rows));
  g_assert_true (copy->allowed != allowed && copy->key != question.key);
  imp_question_free (NULL);
}

static void
test_reason (void)
{
  g_autoptr (ImpReason) reason =
      imp_reason_new ("row-15", IMP_OUTCOME_SECOND_PERSON, "Because.", "local", "Ask.");
  g_autoptr (ImpReason) copy = imp_reason_copy (reason);

  g_assert_cmpstr (copy->rule, ==, "row-15");
  g_assert_cmpint (copy->outcome, ==, IMP_OUTCOME_SECOND_PERSON);
  g_assert_cmpstr (copy->reason, ==, "Because.");
  g_assert_cmpstr (copy->source, ==, "local");
  g_assert_cmpstr (copy->lift, ==, "Ask.");
  imp_reason_free (NULL);

  /* Rising, so that the strictest of several is the greatest. */
  g_assert_cmpint (IMP_OUTCOME_ALLOW, <, IMP_OUTCOME_CONFIRM);
  g_assert_cmpint (IMP_OUTCOME_CONFIRM, <, IMP_OUTCOME_SECOND_PERSON);
  g_assert_cmpint (IMP_OUTCOME_SECOND_PERSON, <, IMP_OUTCOME_REFUSE);
  g_assert_cmpstr (imp_outcome_to_text (IMP_OUTCOME_ALLOW), ==, "allow");
  g_assert_cmpstr (imp_outcome_to_text (IMP_OUTCOME_CONFIRM), ==, "confirm");
  g_assert_cmpstr (imp_outcome_to_text (IMP_OUTCOME_SECOND_PERSON), ==, "second-person");
  g_assert_cmpstr (imp_outcome_to_text (IMP_OUTCOME_REFUSE), ==, "refuse");
  g_assert_cmpstr (imp_outcome_to_text ((ImpOutcome)99), ==, "refuse"); /* never the milder */
}

static void
test_day_of (void)
{
  g_autofree char *now = imp_clock_now ();
  g_autofree char *before = imp_clock_today ();
  g_autofree char *day = imp_clock_day_of (now);
  g_autofree char *after = imp_clock_today ();
  g_autofree char *itself = imp_clock_day_of ("2024-02-29");

  g_assert_true (g_str_equal (day, before) || g_str_equal (day, after));
  g_assert_cmpstr (itself, ==, "2024-02-29");
  g_assert_null (imp_clock_day_of (NULL));
  g_assert_null (imp_clock_day_of ("2023-02-29"));
  g_assert_null (imp_clock_day_of ("yesterday"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/error/exit-statuses", test_exit_statuses);
  g_test_add_func ("/core/error/other-domains", test_exit_statuses_of_other_domains);
  g_test_add_func ("/core/error/errno", test_errno);
  g_test_add_func ("/core/clock/dates", test_dates);
  g_test_add_func ("/core/clock/ages", test_ages);
  g_test_add_func ("/core/clock/now", test_now);
  g_test_add_func ("/core/clock/day-of", test_day_of);
  g_test_add_func ("/core/hash", test_hash);
  g_test_add_func ("/core/hash-of-a-file", test_hash_of_a_file);
  g_test_add_func ("/core/id/unique", test_ids);
  g_test_add_func ("/leaks/row-21/neutral-names", test_neutral_names);
  g_test_add_func ("/core/question/copy", test_question_copy);
  g_test_add_func ("/core/reason", test_reason);
  return g_test_run ();
}
