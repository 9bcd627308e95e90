/* One permission: what may be used for what, until when. One row each, as each is withdrawn alone
 * (policy.md 2.1, 2.2). */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{ /* policy.md 2.3 */
  IMP_PERMISSION_DRAFT,
  IMP_PERMISSION_OFFERED,
  IMP_PERMISSION_ACTIVE,
  IMP_PERMISSION_REVIEW_DUE,
  IMP_PERMISSION_SUSPENDED,
  IMP_PERMISSION_REFUSED,
  IMP_PERMISSION_EXPIRED,
  IMP_PERMISSION_WITHDRAWN,
  IMP_PERMISSION_SUPERSEDED,
  IMP_PERMISSION_ENTERED_IN_ERROR,
} ImpPermissionState;

/**
 * ImpPermissionStep:
 * @given: (nullable): to active or refused, from an offer: the day of the answer, or today
 * @review: (nullable): to active: the next day of review
 * @by: (nullable): to withdrawn: who said so
 * @channel: (nullable): to withdrawn: how it was said
 * @partly: to withdrawn: a part still stands; record it as a permission that replaces this one
 * @reason: (nullable): free text beside the history, which may be erased
 *
 * What goes with a step along the life-cycle.
 */
typedef struct
{
  const char *given;
  const char *review;
  const char *by;
  const char *channel;
  gboolean partly;
  const char *reason;
} ImpPermissionStep;

#define IMP_TYPE_PERMISSION (imp_permission_get_type ())

typedef struct
{
  char *id;
  char *person_id;
  char *level;              /* record-only teaching-closed publication-named publication-open-web
                               social-media research-study research-area */
  char *scope;              /* nullable: the named work, platform, study or area */
  char *destination;        /* nullable: this place only: internal-meeting teaching-file publication
                               research social-media-closed social-media-open */
  char *destination_url;    /* nullable */
  char *controller;         /* nullable: who is responsible for what is shown there */
  gboolean identifiable;    /* identifiable-allowed */
  char *given_by;           /* patient competent-under-16 parental-responsibility attorney-or-deputy
                               personal-representative relative none */
  char *giver_name;         /* nullable */
  char *giver_relationship; /* nullable: "mother" */
  char *giver_check;        /* nullable: how that was checked */
  char *giver_note;         /* nullable: relationship, how checked, in one */
  char *capacity;           /* presumed assessed-competent lacks fluctuating */
  char *capacity_decision;  /* nullable: which decision was assessed */
  char *capacity_assessor;  /* nullable */
  char *capacity_assessed;  /* nullable, YYYY-MM-DD */
  char *evidence;           /* nullable: signed-paper on-screen-signature verbal-with-witness letter
                               journal-form; a permission without evidence covers nothing (row 3) */
  char *evidence_reference; /* nullable: where it is filed */
  char *witness_name;       /* nullable */
  char *witness_role;       /* nullable */
  char *wording_version;    /* nullable: information sheet */
  char *language;           /* nullable: in which it was explained */
  char *interpreter;        /* nullable */
  char *image_version;      /* nullable: which version of the picture was seen */
  char *basis;              /* nullable: common-law-consent gdpr-explicit-consent both other */
  char *basis_note;         /* nullable */
  char *given;              /* YYYY-MM-DD */
  char *valid_from;         /* nullable, YYYY-MM-DD */
  char *expires;            /* nullable, YYYY-MM-DD, last day included */
  char *review;             /* nullable, YYYY-MM-DD */
  ImpPermissionState state;
  char *withdrawn;           /* nullable, UTC */
  char *withdrawn_by;        /* nullable */
  char *withdrawn_channel;   /* nullable */
  gboolean withdrawn_partly; /* a part still stands, in a permission that replaces this one */
  char *replaces;            /* nullable: the id of the permission that this one follows */
  char *created;             /* UTC */
  char *answered;            /* nullable, UTC: when the answer to an offer was recorded */
} ImpPermission;

GType imp_permission_get_type (void);
ImpPermission *imp_permission_new (void);
ImpPermission *imp_permission_copy (const ImpPermission *permission);
void imp_permission_free (ImpPermission *permission);

const char *imp_permission_state_to_text (ImpPermissionState state); /* "active", "review-due", … */
gboolean imp_permission_state_from_text (const char *text, ImpPermissionState *state);
/* The state on a day: an ACTIVE one past `expires` is EXPIRED, past `review` REVIEW_DUE, or
 * SUSPENDED where capacity fluctuates. */
ImpPermissionState imp_permission_state_on (const ImpPermission *permission, const char *day);
const char *const *imp_permission_levels (void); /* NULL-terminated vocabularies of 2.2 */
const char *const *imp_permission_givers (void);
const char *const *imp_permission_evidences (void);
const char *const *imp_permission_capacities (void);
const char *const *imp_permission_destinations (void);
const char *const *imp_permission_bases (void);
gboolean imp_permission_is_for (const ImpPermission *permission, const char *destination);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPermission, imp_permission_free)

G_END_DECLS
