/* The one door. Every picture and every record leaves through here or not at all.
 *
 * Owns: the verbs below, the canonical digest, gate-disk.c (the only writer of export files).
 * May include: encode verify screen policy register ledger store decode redact image core.
 * Must never: include GTK, take bytes of a picture or a verdict from a caller. */
#pragma once

#include "imp-pack-info.h"
#include "imp-question.h"
#include "imp-receipt-check.h"
#include "imp-reason.h"
#include "imp-register.h"
#include "imp-request.h"
#include "imp-what-if.h"

G_BEGIN_DECLS

#define IMP_TYPE_GATE (imp_gate_get_type ())
G_DECLARE_FINAL_TYPE (ImpGate, imp_gate, IMP, GATE, GObject)

/* ---- the register behind the gate ---- */

typedef enum
{
  IMP_GATE_KEY_KEYRING,
  IMP_GATE_KEY_PASSPHRASE,
  IMP_GATE_KEY_FILE,
} ImpGateKey;

typedef enum
{
  IMP_GATE_REGISTER_ABSENT,
  IMP_GATE_REGISTER_BY_KEYRING,
  IMP_GATE_REGISTER_BY_PASSPHRASE,
  IMP_GATE_REGISTER_BY_FILE,
} ImpGateRegisterState;

char *imp_gate_default_register_path (void); /* transfer full: under the user's data folder */
ImpGateRegisterState imp_gate_probe_register (const char *path);
gboolean imp_gate_keyring_is_available (void); /* bounded wait; call from a worker thread */

/* secret: the passphrase, or the key file's path; nullable for the keyring. Opening also settles
 * every export that was cut short (imp_gate_get_recovered()). */
ImpGate *imp_gate_open_sync (const char *register_path, ImpGateKey key, const char *secret,
                             gboolean create, GError **error);
void imp_gate_open_async (const char *register_path, ImpGateKey key, const char *secret,
                          gboolean create, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
ImpGate *imp_gate_open_finish (GAsyncResult *result, GError **error);

ImpRegister *imp_gate_get_register (ImpGate *self); /* transfer none */
const char *const *
imp_gate_get_recovered (ImpGate *self); /* sentences for the user; may be empty */
/* Those of them that are about the journal of withdrawals; nullable. */
const char *imp_gate_get_journal_note (ImpGate *self);

/* ---- policy, read only ---- */

const char *const *imp_gate_get_destinations (ImpGate *self);
const char *imp_gate_get_pack_title (ImpGate *self);
const char *imp_gate_get_pack_id (ImpGate *self);
char *imp_gate_get_review_due (ImpGate *self); /* nullable: the policy is past its review */
/* A pack by id ("uk-strict", "uk-standard"), or by the id or hash of one that the register keeps;
 * kept as the site's choice in the register. */
gboolean imp_gate_set_pack (ImpGate *self, const char *pack_id, GError **error);
/* A site's own pack: malformed or weaker than the floor, it is refused with line and reason. */
ImpPackInfo *imp_gate_check_pack (GBytes *json, GStrv *weaknesses, GError **error);
gboolean imp_gate_use_pack_sync (ImpGate *self, GBytes *json, GError **error);
GPtrArray *imp_gate_list_packs_sync (ImpGate *self, GError **error); /* ImpPackInfo */
/* rows: aa{sv}: row u, pack s, source s, basis b, routes as, destinations as, cases a(sss). */
ImpPackInfo *imp_gate_describe_pack_sync (ImpGate *self, const char *name, GVariant **rows,
                                          GError **error);
/* Past exports judged again by another pack: by name, or by its bytes. Changes nothing. */
GPtrArray *imp_gate_what_if_sync (ImpGate *self, const char *name, GBytes *json,
                                  GCancellable *cancellable, GError **error); /* ImpWhatIf */
void imp_gate_what_if_async (ImpGate *self, const char *name, GBytes *json,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *imp_gate_what_if_finish (ImpGate *self, GAsyncResult *result, GError **error);
/* Questions of a route and destination, in wizard order (ImpQuestion, container). Needs no
 * register: usable with self == NULL for the default pack. */
GPtrArray *imp_gate_questions (ImpGate *self, const char *route, const char *destination,
                               GError **error);
/* What is already known, with its source in words, or NULL: from the file (image-kind), the
 * register (child, deceased …), or the site (local-policy-reference). */
char *imp_gate_prefill (ImpGate *self, ImpRequest *request, const char *key, char **source);

/* ---- the verbs ---- */

/**
 * ImpRehearsal: what a release would do. Nothing is written.
 */
typedef struct
{
  gboolean allowed;
  GPtrArray *reasons;      /* ImpReason*: all that stands in the way */
  GStrv rules;             /* rows that matched */
  GStrv needed;            /* keys of questions that must (now) be answered and are not yet valid */
  char *digest;            /* canonical: approve exactly this */
  char *permission_id;     /* nullable: the permission that it would rest on */
  ImpRaster *preview;      /* the flattened pixels exactly as they would be written */
  GArray *boxes_as_filled; /* ImpRect, full frame */
  char *rendering_sha256;
  GPtrArray *left;         /* nullable: ImpSuggestion*, full frame: what the finished picture still
                              shows; NULL where it was not looked at, as it is refused anyway */
  char *output_sha256;     /* nullable: the output in which that was seen, to acknowledge it */
  gboolean needs_approval; /* publication and social media: imp_gate_approve() first */
  guint n_questions;       /* for the pill: n of m answered */
  guint n_answered;
} ImpRehearsal;

void imp_rehearsal_free (ImpRehearsal *rehearsal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpRehearsal, imp_rehearsal_free)

void imp_gate_rehearse_async (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
ImpRehearsal *imp_gate_rehearse_finish (ImpGate *self, GAsyncResult *result, GError **error);
ImpRehearsal *imp_gate_rehearse_sync (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                                      GError **error);

/* A person at the desk approves exactly the digest that she was shown. Refused for scripts, for
 * another digest than the request has now, and where the verdict would still refuse. */
gboolean imp_gate_approve_sync (ImpGate *self, ImpRequest *request, const char *digest,
                                GError **error);

/**
 * ImpReceipt: what was released and why it was allowed. No identifiers.
 */
typedef struct
{
  char *ledger_id; /* of the done row's export */
  char *sha256;    /* of the file on disk */
  char *digest;
  char *route;
  char *destination;
  char *basis; /* a sentence: "consent: teaching-closed, given …" or "nobody could be identified: …"
                */
  char *format; /* "png" "jpeg" */
  int width, height;
  guint page, frame;     /* of the source, from 1 */
  int seen_share;        /* of what leaves, on screen at full size, in percent; -1: by a script */
  char *voi;             /* "default", "window 40,400 linear", "voi-lut 2", "range 0,99 of …" */
  GStrv overlays_drawn;  /* "6000" */
  GStrv overlays_hidden; /* "6002" */
  GStrv rules;
  GArray *boxes_as_filled;   /* ImpRect, full frame */
  char *margin_codec;        /* nullable: covered by a margin for this codec, else by proof */
  int margin;                /* pixels; 0 with proof */
  gboolean lossless_claimed; /* what is covered is gone if the source's coding lost nothing, as it
                                says: a claim, not a proof */
  gboolean shades_shared;    /* what is covered may have moved other shades a little: no proof */
  char *pack;                /* id, version, hash */
  char *chain_head;          /* copy it elsewhere: the external anchor */
  char *at;
  char *origin; /* "app" or "answers given by a script, OS user <n>" */
  gboolean by_script;
  GArray *accepted; /* ImpRect: those of the boxes that screening suggested */
  GPtrArray *left;  /* ImpSuggestion*: what it still shows, each kept or acknowledged */
  char *second;     /* nullable: the ledger's row with the second person's signed decision */
  char *proof;      /* "equal" or "PSNR 41.2 dB, worst block 36.0 dB at 16,8" */
  GStrv removed;    /* kinds that stay behind; "overlay 6002" is a hidden plane */
  char *permanence; /* text that public exports print (article row 1); nullable */
  char *json;       /* all of it, the receipt as text */
} ImpReceipt;

void imp_receipt_free (ImpReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpReceipt, imp_receipt_free)

/* The only way for a picture. A refusal is IMP_ERROR_REFUSED; its reasons come back through
 * reasons (out, nullable, transfer full, ImpReason*). */
void imp_gate_release_async (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
ImpReceipt *imp_gate_release_finish (ImpGate *self, GAsyncResult *result, GPtrArray **reasons,
                                     GError **error);
ImpReceipt *imp_gate_release_sync (ImpGate *self, ImpRequest *request, GCancellable *cancellable,
                                   GPtrArray **reasons, GError **error);

/* Whether a record could be made there now, for who must know before a release. */
gboolean imp_gate_check_record_target (GFile *target, GError **error);

/* The only way for records, made by this gate: kind "receipt", or as imp-paper.h has them. */
void imp_gate_publish_record_async (ImpGate *self, const char *kind, GBytes *bytes, GFile *target,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean imp_gate_publish_record_finish (ImpGate *self, GAsyncResult *result, GError **error);
gboolean imp_gate_publish_record_sync (ImpGate *self, const char *kind, GBytes *bytes,
                                       GFile *target, GCancellable *cancellable, GError **error);

/* ---- read-only questions ---- */

/* a{sv}: flat b, format s, width i, height i, findings a(ss). Runs in the sandboxed helper. */
GVariant *imp_gate_verify_file_sync (GFile *file, GCancellable *cancellable, GError **error);
gboolean imp_gate_ledger_verify_sync (ImpGate *self, const char *head, gint64 *n_rows,
                                      char **head_now, GError **error);
/* Receipts that were saved, held against the ledger. */
GPtrArray *imp_gate_check_receipts_sync (ImpGate *self, GFile *folder, GCancellable *cancellable,
                                         GError **error); /* ImpReceiptCheck */
/* aa{sv}, newest first: seq x, id s, export_id s, at s, kind s, body s (JSON), hash s. */
GVariant *imp_gate_ledger_list_sync (ImpGate *self, guint limit, GError **error);

G_END_DECLS
