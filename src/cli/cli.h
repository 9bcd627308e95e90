/* imprimatur-cli: the same gate without a window. Its contract stands in docs/cli.md.
 *
 * Owns: reading the command line, and writing answers to standard output.
 * May include: image decode redact register screen curate gate core.
 * Must never: include encode, verify, policy, ledger, store, or write a file. */
#pragma once

#include <json-glib/json-glib.h>

#include "gate-accounts.h"
#include "gate.h"
#include "imp-copy.h"
#include "imp-source-list.h"
#include "imp-teaching.h"

G_BEGIN_DECLS

#define IMP_CLI_ALL_FRAMES G_MININT
#define IMP_CLI_NO_VOI_LUT G_MININT
#define IMP_CLI_SOME G_MAXUINT /* positional arguments: one or more */

/**
 * ImpCliView:
 *
 * Which picture of a file is meant, and how it is shown. The upper part is what the command line
 * says, the lower one what that means for the file.
 */
typedef struct
{
  int page;         /* from 1 */
  gboolean films;   /* whether the verb takes all frames where none is said */
  int frame;        /* from 1, or %IMP_CLI_ALL_FRAMES */
  char *said_frame; /* owned, nullable: a number, or "all" */
  char *overlays;   /* owned, nullable */
  char *window;     /* owned, nullable */
  int voi_lut;      /* from 1, or %IMP_CLI_NO_VOI_LUT */

  guint planes;
  gboolean has_chosen;
  ImpWindow chosen;
} ImpCliView;

/**
 * ImpCli:
 *
 * One call: the options that every verb takes, and what it prints.
 */
typedef struct
{
  gboolean json;
  gboolean reveal;
  char *register_path;       /* nullable: the default */
  char *key_file;            /* nullable */
  char *user;                /* nullable: who signs in */
  char *pin_file;            /* nullable: else the terminal is asked */
  gboolean by_nobody;        /* the verb does without anybody signed in */
  JsonBuilder *out;          /* the answer, written by the verb */
  GString *text;             /* the same for a person */
  GCancellable *cancellable; /* cancelled by a signal */
  ImpCliView *view;          /* nullable: for a verb that shows a picture */
  gboolean input_taken;      /* standard input gave a value already */
  const char *stands;        /* nullable: what is done, whatever becomes of the rest */
} ImpCli;

typedef gboolean (*ImpCliVerb) (ImpCli *cli, char **arguments, GError **error);

/* Parses a verb's options (with the common ones); what is left in arguments is positional. */
gboolean imp_cli_parse (ImpCli *cli, const GOptionEntry *entries, const char *usage,
                        char ***arguments, guint n_positional, GError **error);
gboolean imp_cli_parse_limit (ImpCli *cli, char ***arguments, guint *limit, GError **error);
char *imp_cli_ask_passphrase (ImpCli *cli, const char *prompt, GError **error);
gboolean imp_cli_sign_in (ImpCli *cli, ImpGate *gate, GError **error);
ImpSecond *imp_cli_read_pin (ImpCli *cli, const char *name, const char *prompt, const char *file,
                             GError **error);
char *imp_cli_name_user (GPtrArray *users, const char *id);
ImpGate *imp_cli_open_gate (ImpCli *cli, GError **error);
const char *imp_cli_register_path (ImpCli *cli);
const char *imp_cli_key_file (ImpCli *cli);
char *imp_cli_find_person (ImpGate *gate, const char *text, GError **error);
char *imp_cli_resolve_person (ImpCli *cli, ImpGate *gate, const char *value, GError **error);

void imp_cli_view_clear (ImpCliView *view);
ImpSource *imp_cli_open (ImpCli *cli, const char *path, ImpCliView *view, GError **error);
ImpFrame *imp_cli_load (ImpCli *cli, ImpSource *source, guint number, ImpCliView *view,
                        GError **error);

GCancellable *imp_cli_watch_signals (void);
gboolean imp_cli_check_stopped (ImpCli *cli, GError **error);

char *imp_cli_read_text (ImpCli *cli, const char *from, GError **error);
char *imp_cli_read_whole (ImpCli *cli, const char *from, GError **error);
char *imp_cli_read_value (ImpCli *cli, const char *value, GError **error);
gboolean imp_cli_is_name (const char *text);
JsonObject *imp_cli_parse_object (const char *text, GError **error);
JsonObject *imp_cli_read_fields (ImpCli *cli, const char *from, const char *const *texts,
                                 const char *const *flags, GError **error);
const char *imp_cli_get_text (JsonObject *object, const char *name);
gboolean imp_cli_get_flag (JsonObject *object, const char *name);
gboolean imp_cli_set_answers (ImpCli *cli, ImpGate *gate, ImpRequest *request, ImpFrame *frame,
                              const ImpWindow *window, const char *file, char **lines,
                              GPtrArray **reasons, GError **error);

void imp_cli_add_string (ImpCli *cli, const char *name, const char *value);
void imp_cli_add_secret (ImpCli *cli, const char *name, const char *value);
void imp_cli_add_int (ImpCli *cli, const char *name, gint64 value);
void imp_cli_add_boolean (ImpCli *cli, const char *name, gboolean value);
const char *imp_cli_mask (ImpCli *cli, const char *value);
const char *imp_cli_mask_code (ImpCli *cli, const char *value, const char *const *words);
const char *imp_cli_mask_modality (ImpCli *cli, const char *value);
const char *imp_cli_shown (ImpCli *cli, const char *value);
void imp_cli_add_reasons (ImpCli *cli, GPtrArray *reasons);
void imp_cli_line (ImpCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean imp_cli_import (ImpCli *cli, char **arguments, const char *format, GError **error);

gboolean imp_cli_inspect (ImpCli *cli, char **arguments, GError **error);
GPtrArray *imp_cli_suggest (ImpCli *cli, ImpSource *source, ImpFrame *frame, guint number,
                            const ImpWindow *window, const ImpPerson *person, GError **error);
gboolean imp_cli_screen (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_session_sources (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_questions (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_release (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_verify (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_init (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_set (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_csv_template (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_export_csv (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_import_csv (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_fhir (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_form_consent (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_form_withdrawal (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_bundle (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_receipt_pdf (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_export_case_file (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_export_takedown_letter (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_copy (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_fhir_import (ImpCli *cli, char **arguments, GError **error);
void imp_cli_add_person_members (ImpCli *cli, const ImpPerson *person);
void imp_cli_add_permission (ImpCli *cli, const ImpPermission *permission);
ImpGate *imp_cli_open_to_record (ImpCli *cli, GError **error);
gboolean imp_cli_person_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_update (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_alias (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_identifier (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_capacity (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_scheme (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_queue_coming_of_age (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_step (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_evidence_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_evidence_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_evidence_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_evidence_export (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_find (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_file_refusal (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_object (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_withdraw (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_enrol (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_change (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_remove (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_reset_pin (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_user_change_pin (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_case_park (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_case_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_case_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_case_decide (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_case_take_back (ImpCli *cli, char **arguments, GError **error);
void imp_cli_add_case (ImpCli *cli, const ImpParkedCase *parked, GPtrArray *users);
gboolean imp_cli_guidance_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_guidance_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_guidance_export (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_guidance_remove (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_policy_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_policy_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_policy_check (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_policy_use (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_policy_what_if (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_ledger_verify (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_ledger_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_backup (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_restore (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_check (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_change_passphrase (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_recovery_key (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_clock (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_register_accept_clock (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_end_exemption (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_erase (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_person_unblock (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_confirm (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_permission_unconfirmed (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_retention_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_retention_purge (ImpCli *cli, char **arguments, GError **error);
void imp_cli_add_copy_members (ImpCli *cli, const ImpCopy *copy);
gboolean imp_cli_view (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_look_ups_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_copies_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_copies_where (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_chase (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_done (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_cannot (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_drop (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_takedown_letter (ImpCli *cli, char **arguments, GError **error);
ImpSourceList *imp_cli_load_sources (ImpCli *cli, char **paths, GError **error);
gboolean imp_cli_session_new (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_session_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_session_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_session_release (ImpCli *cli, char **arguments, GError **error);
void imp_cli_add_teaching_set (ImpCli *cli, const ImpTeachingSet *set);
gboolean imp_cli_teaching_new (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_edit (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_add (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_take_out (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_search (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_show (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_export (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_teaching_codes (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_template_list (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_template_export (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_template_import (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_template_remove (ImpCli *cli, char **arguments, GError **error);
gboolean imp_cli_ledger_find_image (ImpCli *cli, char **arguments, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpCliView, imp_cli_view_clear)

G_END_DECLS
