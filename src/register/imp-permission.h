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

#define IMP_TYPE_PERMISSION (imp_permission_get_type ())

typedef struct
{
  char *id;
  char *person_id;
  char *level;              /* record-only teaching-closed publication-named publication-open-web
                               social-media research-study research-area */
  char *scope;              /* nullable: the named work, platform, study or area */
  gboolean identifiable;    /* identifiable-allowed */
  char *given_by;           /* patient competent-under-16 parental-responsibility attorney-or-deputy
                               personal-representative relative none */
  char *giver_note;         /* nullable: relationship, how checked */
  char *capacity;           /* presumed assessed-competent lacks fluctuating */
  char *evidence;           /* nullable: signed-paper on-screen-signature verbal-with-witness letter
                               journal-form; a permission without evidence covers nothing (row 3) */
  char *evidence_reference; /* nullable: where it is filed, who witnessed */
  char *wording_version;    /* nullable: information sheet */
  char *given;              /* YYYY-MM-DD */
  char *valid_from;         /* nullable, YYYY-MM-DD */
  char *expires;            /* nullable, YYYY-MM-DD, last day included */
  char *review;             /* nullable, YYYY-MM-DD */
  ImpPermissionState state;
  char *withdrawn;         /* nullable, UTC */
  char *withdrawn_by;      /* nullable */
  char *withdrawn_channel; /* nullable */
  char *created;           /* UTC */
} ImpPermission;

GType imp_permission_get_type (void);
ImpPermission *imp_permission_new (void);
ImpPermission *imp_permission_copy (const ImpPermission *permission);
void imp_permission_free (ImpPermission *permission);

const char *imp_permission_state_to_text (ImpPermissionState state); /* "active", "review-due", … */
gboolean imp_permission_state_from_text (const char *text, ImpPermissionState *state);
/* The state on a day: an ACTIVE one past `expires` is EXPIRED, past `review` REVIEW_DUE. */
ImpPermissionState imp_permission_state_on (const ImpPermission *permission, const char *day);
const char *const *imp_permission_levels (void); /* NULL-terminated vocabularies of 2.2 */
const char *const *imp_permission_givers (void);
const char *const *imp_permission_evidences (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPermission, imp_permission_free)

G_END_DECLS
