/* The decision: plain facts in, a verdict with cited reasons out.
 *
 * Owns: policy packs (data, parsed from bytes it is given) and the pure function over them.
 * May include: core.  Must never: do I/O, hold handles, read a clock. */
#pragma once

#include <glib-object.h>

#include "imp-pack.h"
#include "imp-reason.h"

G_BEGIN_DECLS

typedef struct
{
  ImpOutcome outcome;
  gboolean allowed;   /* ALLOW, CONFIRM with every confirmation given, or a second person agreed */
  GPtrArray *reasons; /* ImpReason*: what refuses, or is still asked for; empty when allowed */
  GPtrArray *rules;   /* char*: every row that matched, sorted: for the receipt */
  char *authority;    /* nullable: which the second person needs: "guardian" */
  GPtrArray *needed;  /* char*: keys of conditional questions that must now be answered */
} ImpVerdict;

void imp_verdict_free (ImpVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpVerdict, imp_verdict_free)

/* The facts. Everything not set is unknown, and unknown never allows. */
typedef struct
{
  const char *route; /* "consent" "anonymised" */
  const char *destination;
  GHashTable *answers;            /* char* key -> char* value */
  gboolean person_known;          /* a person of the register is named (or found by PatientID) */
  gboolean person_objects;        /* she or the file's PatientID's owner */
  gboolean refusal_covers;        /* a refused or withdrawn permission covers this destination */
  gboolean person_conflict;       /* the file's PatientID belongs to another registered person */
  gboolean number_differs;        /* the file has a PatientID that is not the person's number */
  const char *dicom_consent_flag; /* nullable: "NO" "WITHDRAWN" "NARROWER" "YES" */
  gboolean file_refusal_lifted;   /* a second person lifted what that says, for this release */
  gboolean has_second_user;       /* the register has anybody who could agree */
  gboolean second_agreed;         /* a second person did, to exactly this release */
  const char *second_authority;   /* nullable: in whose name */
  gboolean has_permission;        /* one was named or found; the rest speaks of it */
  const char *permission_state;   /* as on today */
  const char *permission_level;
  const char *permission_scope;   /* nullable */
  gboolean permission_elsewhere;  /* it is limited to another destination */
  gboolean permission_is_persons; /* it belongs to the person named */
  gboolean permission_started;    /* today >= valid_from */
  gboolean permission_has_evidence;
  gboolean permission_identifiable;
  const char *permission_given_by;
  const char *permission_capacity;
  const char *permission_giver_note; /* nullable */
  gboolean permission_given_in_life; /* given before death, or not dead */
  int person_age;                    /* years today; -1 unknown */
  int person_age_when_given;         /* -1 unknown */
  const char *record_deceased;       /* from the record when known: "yes" "no", NULL unknown */
  const char *record_lacks_capacity;
  const char *record_known_to_audience;
  const char *image_kind_from_file; /* nullable */
  guint n_overlays;                 /* overlay planes of the file */
  guint n_overlays_drawn;           /* those that are drawn into the picture */
  gboolean looked_at_frame;         /* the front end saw this frame shown, or a script answered */
  gboolean part_unseen;             /* at the desk, not all of it was on screen at full size */
  const char *destination_name;     /* nullable: the named work, platform, study */
} ImpPolicyFacts;

/* Is the permission of the facts in force, begun, with evidence, by who could give it, for this
 * use? */
gboolean imp_policy_permission_carries (ImpPack *pack, const ImpPolicyFacts *facts);
ImpVerdict *imp_policy_evaluate (ImpPack *pack, const ImpPolicyFacts *facts);

G_END_DECLS
