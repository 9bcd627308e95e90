#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "cli.h"
#include "imp-config.h"
#include "imp-error.h"

typedef struct
{
  const char *noun; /* nullable: a verb of one word */
  const char *verb;
  const char *usage;
  ImpCliVerb run;
} Verb;

static const Verb VERBS[] = {
  { NULL, "inspect",
    "FILE [--page N] [--frame N] [--overlays all|none|6000,6002] [--window CENTRE,WIDTH | "
    "--voi-lut N]",
    imp_cli_inspect },
  { NULL, "screen",
    "FILE [--page N] [--frame N|all] [--overlays all|none|6000,6002] [--window CENTRE,WIDTH | "
    "--voi-lut N] [--person ID]",
    imp_cli_screen },
  { "session", "sources", "FILE|FOLDER|DICOMDIR|ZIP…", imp_cli_session_sources },
  { NULL, "questions", "--destination D --route consent|anonymised", imp_cli_questions },
  { NULL, "release",
    "FILE --output OUT --destination D --route R --person ID|unknown [--page N] [--frame N] "
    "[--overlays all|none|6000,6002] [--window CENTRE,WIDTH | --voi-lut N] [--box X,Y,W,H]… "
    "[--accept-suggestions] [--acknowledge X,Y,W,H]… [--acknowledged-in SHA] [--crop X,Y,W,H] "
    "[--permission ID] [--caption TEXT] [--alt TEXT] "
    "[--answer KEY=VALUE]… [--answers FILE] [--receipt FILE]",
    imp_cli_release },
  { NULL, "verify", "FILE", imp_cli_verify },
  { "register", "init", "", imp_cli_register_init },
  { "register", "set",
    "local-policy-reference|policy-pack|policy-review-by|organisation|contact|place-names|"
    "retention-years|retention-child-age|idle-lock-minutes VALUE",
    imp_cli_register_set },
  { "register", "csv-template", "--output FILE", imp_cli_register_csv_template },
  { "register", "export-csv", "--output FILE", imp_cli_register_export_csv },
  { "register", "import-csv", "FILE [--dry-run]", imp_cli_register_import_csv },
  { "register", "backup", "FILE", imp_cli_register_backup },
  { "register", "restore", "BACKUP [--withdrawals FILE]", imp_cli_register_restore },
  { "register", "enrol", "", imp_cli_register_enrol },
  { "register", "check", "", imp_cli_register_check },
  { "register", "change-passphrase", "[--current-file FILE] [--new-file FILE]",
    imp_cli_register_change_passphrase },
  { "register", "recovery-key", "", imp_cli_register_recovery_key },
  { "register", "clock", "", imp_cli_register_clock },
  { "register", "accept-clock", "[--second NAME [--second-pin-file FILE]]",
    imp_cli_register_accept_clock },
  { "person", "erase", "PERSON [--exempt REASON | --second NAME [--second-pin-file FILE]]",
    imp_cli_person_erase },
  { "person", "end-exemption", "PERSON --second NAME [--second-pin-file FILE]",
    imp_cli_person_end_exemption },
  { "person", "unblock", "NUMBER|-|@FILE --second NAME [--second-pin-file FILE]",
    imp_cli_person_unblock },
  { "permission", "unconfirmed", "[--limit N]", imp_cli_permission_unconfirmed },
  { "permission", "confirm", "ID", imp_cli_permission_confirm },
  { "retention", "list", "[--limit N]", imp_cli_retention_list },
  { "retention", "purge", "PERSON --second NAME [--second-pin-file FILE]",
    imp_cli_retention_purge },
  { "person", "add",
    "[--number N] [--nhs N] [--name NAME] [--born DATE] [--died DATE] [--from FILE|-]",
    imp_cli_person_add },
  { "person", "find", "TEXT|-|@FILE", imp_cli_person_find },
  { "person", "object", "PERSON [--lift] [--note TEXT]", imp_cli_person_object },
  { "person", "file-refusal", "PERSON FILE", imp_cli_person_file_refusal },
  { "person", "show", "PERSON", imp_cli_person_show },
  { "person", "update", "PERSON --from FILE|-", imp_cli_person_update },
  { "person", "alias", "add PERSON NAME [--kind K] | remove PERSON ID", imp_cli_person_alias },
  { "person", "identifier", "add|remove PERSON SCHEME NUMBER", imp_cli_person_identifier },
  { "person", "capacity",
    "PERSON --outcome has|lacks|fluctuating --decision TEXT --assessor WHO --assessed DATE "
    "[--ask-again DATE]",
    imp_cli_person_capacity },
  { "scheme", "set", "NAME --title TEXT [--pattern P] [--check-digit RULE]", imp_cli_scheme },
  { "scheme", "remove", "NAME", imp_cli_scheme },
  { "scheme", "list", "", imp_cli_scheme },
  { "evidence", "add", "PERMISSION FILE [--kind K] [--title TEXT]", imp_cli_evidence_add },
  { "evidence", "list", "PERMISSION", imp_cli_evidence_list },
  { "evidence", "show", "ID", imp_cli_evidence_show },
  { "evidence", "export", "ID FILE", imp_cli_evidence_export },
  { "guidance", "add", "FILE --title TEXT", imp_cli_guidance_add },
  { "guidance", "list", "", imp_cli_guidance_list },
  { "guidance", "export", "ID FILE", imp_cli_guidance_export },
  { "guidance", "remove", "ID", imp_cli_guidance_remove },
  { "queue", "coming-of-age", "[--since DATE] [--days N]", imp_cli_queue_coming_of_age },
  { "permission", "add",
    "--person ID --level L [--scope S] [--evidence E] [--identifiable] [--given-by G] "
    "[--given DATE] [--valid-from DATE] [--expires DATE] [--review DATE] [--refused] "
    "[--from FILE|-]",
    imp_cli_permission_add },
  { "permission", "withdraw", "ID [--by WHO] [--channel HOW] [--partly]",
    imp_cli_permission_withdraw },
  { "permission", "offer", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "activate", "ID [--given DATE] [--review DATE] [--reason TEXT]",
    imp_cli_permission_step },
  { "permission", "refuse", "ID [--given DATE] [--reason TEXT]", imp_cli_permission_step },
  { "permission", "review", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "suspend", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "expire", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "supersede", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "mistake", "ID [--reason TEXT]", imp_cli_permission_step },
  { "permission", "renew", "ID [--review DATE] [--reason TEXT]", imp_cli_permission_step },
  { "permission", "show", "ID", imp_cli_permission_show },
  { "permission", "list", "--person ID", imp_cli_permission_list },
  { "permission", "fhir", "ID|--person ID --output FILE", imp_cli_permission_fhir },
  { "person", "copy", "PERSON --output FILE", imp_cli_person_copy },
  { "person", "bundle", "PERSON --output FILE", imp_cli_person_bundle },
  { "receipt", "pdf", "EXPORT --output FILE", imp_cli_receipt_pdf },
  { "export", "case-file", "EXPORT --output FILE", imp_cli_export_case_file },
  { "export", "takedown-letter", "EXPORT --output FILE", imp_cli_export_takedown_letter },
  { "form", "consent", "--output FILE [--person ID]", imp_cli_form_consent },
  { "form", "withdrawal", "--output FILE [--person ID]", imp_cli_form_withdrawal },
  { "fhir", "import", "FILE [--dry-run]", imp_cli_fhir_import },
  { "user", "add",
    "--name NAME --roles operator,keeper,approver,auditor [--authority A] [--new-pin-file FILE] "
    "[--second NAME [--second-pin-file FILE]]",
    imp_cli_user_add },
  { "user", "list", "", imp_cli_user_list },
  { "user", "change",
    "USER [--name NAME] [--roles R] [--authority A|none] --second NAME [--second-pin-file FILE]",
    imp_cli_user_change },
  { "user", "remove", "USER --second NAME [--second-pin-file FILE]", imp_cli_user_remove },
  { "user", "reset-pin", "USER [--new-pin-file FILE] [--second NAME [--second-pin-file FILE]]",
    imp_cli_user_reset_pin },
  { "user", "change-pin", "--user NAME [--new-pin-file FILE]", imp_cli_user_change_pin },
  { "case", "park", "FILE --reason TEXT|-|@FILE, and the options of release", imp_cli_case_park },
  { "case", "list", "[--state waiting|approved|declined|taken-back]", imp_cli_case_list },
  { "case", "show", "ID", imp_cli_case_show },
  { "case", "decide", "ID --approve|--decline [--lift-file-refusal] [--words TEXT|-|@FILE]",
    imp_cli_case_decide },
  { "case", "take-back", "ID", imp_cli_case_take_back },
  { "session", "new", "FILE|FOLDER|DICOMDIR|ZIP… --title TEXT|-|@FILE", imp_cli_session_new },
  { "session", "list", "", imp_cli_session_list },
  { "session", "show", "ID", imp_cli_session_show },
  { "session", "release", "ID --output FOLDER | --rehearse", imp_cli_session_release },
  { "teaching", "new", "[--from FILE|-] [--session ID]", imp_cli_teaching_new },
  { "teaching", "edit", "NUMBER [--from FILE|-] [--session ID]", imp_cli_teaching_edit },
  { "teaching", "add", "NUMBER --session ID --image N [--caption TEXT] [--alt TEXT]",
    imp_cli_teaching_add },
  { "teaching", "take-out", "NUMBER --session ID --image N", imp_cli_teaching_take_out },
  { "teaching", "list", "[--retired]", imp_cli_teaching_list },
  { "teaching", "search", "TEXT|-|@FILE", imp_cli_teaching_search },
  { "teaching", "show", "NUMBER", imp_cli_teaching_show },
  { "teaching", "export", "SESSION --output FOLDER", imp_cli_teaching_export },
  { "teaching", "codes", "", imp_cli_teaching_codes },
  { "template", "list", "", imp_cli_template_list },
  { "template", "export", "FILE", imp_cli_template_export },
  { "template", "import", "FILE", imp_cli_template_import },
  { "template", "remove", "ID", imp_cli_template_remove },
  { "policy", "list", "", imp_cli_policy_list },
  { "policy", "show", "[--pack ID|HASH]", imp_cli_policy_show },
  { "policy", "check", "FILE", imp_cli_policy_check },
  { "policy", "use", "FILE|ID|HASH", imp_cli_policy_use },
  { "policy", "what-if", "FILE|ID|HASH", imp_cli_policy_what_if },
  { "ledger", "verify", "[--head HASH] [--receipts FOLDER]", imp_cli_ledger_verify },
  { "ledger", "show", "[--limit N]", imp_cli_ledger_show },
  { "ledger", "find-image", "FILE", imp_cli_ledger_find_image },
  { NULL, "view",
    "expiring|withdrawn|coming-of-age|waiting|missing-evidence|unplaced|published|consented "
    "[--from DATE] [--to DATE] [--person ID] [--permission ID] [--after TOKEN] [--limit N]",
    imp_cli_view },
  { "look-ups", "list", "[--person ID] [--before N] [--limit N]", imp_cli_look_ups_list },
  { "copies", "list", "[--person ID] [--permission ID] [--out] [--unplaced] [--limit N]",
    imp_cli_copies_list },
  { "copies", "where", "EXPORT [--name NAME] [--url URL]… [--doi DOI]… [--replace]",
    imp_cli_copies_where },
  { "takedown", "list", "[--limit N]", imp_cli_takedown_list },
  { "takedown", "chase", "EXPORT [--day DATE] [--how TEXT]", imp_cli_takedown_chase },
  { "takedown", "done", "EXPORT [--note TEXT]", imp_cli_takedown_done },
  { "takedown", "cannot", "EXPORT --note TEXT", imp_cli_takedown_cannot },
  { "takedown", "drop", "EXPORT --note TEXT", imp_cli_takedown_drop },
  { "takedown", "letter", "EXPORT", imp_cli_takedown_letter },
};

static void
print_help (FILE *where)
{
  fputs ("Usage: imprimatur-cli VERB …  [--json] [--reveal] [--register FILE] [--key-file FILE]\n"
         "       [--user NAME [--pin-file FILE]]\n\n"
         "A clinical image leaves only flat, without metadata, and with permission.\n\n",
         where);
  for (guint i = 0; i < G_N_ELEMENTS (VERBS); i++)
    fprintf (where, "  %s%s%s %s\n", VERBS[i].noun != NULL ? VERBS[i].noun : "",
             VERBS[i].noun != NULL ? " " : "", VERBS[i].verb, VERBS[i].usage);
  fputs ("\nA value may be \"-\" (standard input) or \"@FILE\" where it identifies a person.\n"
         "Values that identify are masked unless --reveal is given.\n"
         "Exit status: 0 done, 1 usage, 2 cannot be opened, 3 refused, 4 register, 5 not flat, "
         "6 target or I/O.\n",
         where);
}

static const Verb *
find_verb (char **argv, int argc, int *used)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERBS); i++)
    {
      const Verb *verb = &VERBS[i];

      if (verb->noun == NULL && argc >= 2 && g_str_equal (argv[1], verb->verb))
        {
          *used = 2;
          return verb;
        }
      if (verb->noun != NULL && argc >= 3 && g_str_equal (argv[1], verb->noun)
          && g_str_equal (argv[2], verb->verb))
        {
          *used = 3;
          return verb;
        }
    }
  return NULL;
}

/* Whether all of the answer was printed; errno says what was in the way. */
static gboolean
print_answer (const ImpCli *cli)
{
  errno = 0;
  if (cli->json)
    {
      g_autoptr (JsonNode) root = json_builder_get_root (cli->out);
      g_autofree char *text = root != NULL ? json_to_string (root, TRUE) : NULL;

      if (text != NULL)
        puts (text);
    }
  else
    fputs (cli->text->str, stdout);
  return fflush (stdout) == 0 && ferror (stdout) == 0;
}

/* A signal makes this and that fail; what the caller is told is that it was stopped. */
static void
tell_stopped (ImpCli *cli, GError **error)
{
  if (cli->stands != NULL || imp_error_exit_status (*error) == 3
      || !g_cancellable_is_cancelled (cli->cancellable))
    return;
  g_clear_error (error);
  imp_cli_check_stopped (cli, error);
}

static void
print_error (const ImpCli *cli, const Verb *verb, const GError *error)
{
  fprintf (stderr, "imprimatur-cli: %s%s%s\n", cli->stands != NULL ? cli->stands : "",
           cli->stands != NULL ? ", but: " : "", error->message);
  if (error->domain == IMP_ERROR && error->code == IMP_ERROR_USAGE)
    fprintf (stderr, "Usage: imprimatur-cli %s%s%s %s\n", verb->noun != NULL ? verb->noun : "",
             verb->noun != NULL ? " " : "", verb->verb, verb->usage);
}

static int
run (const Verb *verb, char **arguments, GCancellable *cancellable)
{
  ImpCli cli = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean done = FALSE;

  cli.out = out;
  cli.text = text;
  cli.cancellable = cancellable;
  done = verb->run (&cli, arguments, &error);
  if (!done)
    tell_stopped (&cli, &error);
  if (!print_answer (&cli) && error == NULL)
    imp_error_set_errno (&error, IMP_ERROR_IO, errno, "The answer cannot be printed");
  g_free (cli.register_path);
  g_free (cli.key_file);
  g_free (cli.user);
  g_free (cli.pin_file);
  if (error == NULL)
    return 0;
  print_error (&cli, verb, error);
  return imp_error_exit_status (error);
}

int
main (int argc, char **argv)
{
  const struct rlimit no_core = { 0, 0 };
  const Verb *verb = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  g_auto (GStrv) arguments = NULL;
  int used = 0;

  /* What passes through memory identifies patients: no core file, no debugger of another user. */
  if (setrlimit (RLIMIT_CORE, &no_core) != 0 || prctl (PR_SET_DUMPABLE, 0) != 0)
    {
      fputs ("imprimatur-cli: Core dumps cannot be switched off, so nothing is read\n", stderr);
      return 6;
    }
  setlocale (LC_ALL, "");

  if (argc >= 2 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help")))
    {
      print_help (stdout);
      return 0;
    }
  if (argc >= 2 && g_str_equal (argv[1], "--version"))
    {
      puts ("imprimatur-cli " IMP_VERSION);
      return 0;
    }
  verb = find_verb (argv, argc, &used);
  if (verb == NULL)
    {
      print_help (stderr);
      return 1;
    }
  cancellable = imp_cli_watch_signals ();
  arguments = g_strdupv (argv + used - 1);
  return run (verb, arguments, cancellable);
}
