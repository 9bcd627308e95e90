/* One user of the register: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_USER (imp_user_get_type ())

/**
 * ImpRole:
 *
 * What a user may do (policy.md 5.9); one may have several.
 */
typedef enum
{
  IMP_ROLE_OPERATOR = 1 << 0, /* prepares pictures and asks for their release */
  IMP_ROLE_KEEPER = 1 << 1,   /* keeps the register: permissions, settings, users */
  IMP_ROLE_APPROVER = 1 << 2, /* decides as a second person */
  IMP_ROLE_AUDITOR = 1 << 3,  /* reads history and ledger */
} ImpRole;

/**
 * ImpUser:
 * @id: random; what history and ledger name
 * @name: what is typed to sign in
 * @roles: #ImpRole flags
 * @authority: (nullable): of an approver: "consultant", "ig-lead" or "guardian"
 * @active: %FALSE once removed
 * @key: the public signing key
 * @created: UTC
 */
typedef struct
{
  char *id;
  char *name;
  guint roles;
  char *authority;
  gboolean active;
  char *key;
  char *created;
} ImpUser;

GType imp_user_get_type (void);
ImpUser *imp_user_new (void);
ImpUser *imp_user_copy (const ImpUser *user);
void imp_user_free (ImpUser *user);

char *imp_user_roles_to_text (guint roles); /* "approver,keeper" */
gboolean imp_user_roles_from_text (const char *text, guint *roles, GError **error);
gboolean imp_user_authority_is_known (const char *authority);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpUser, imp_user_free)

G_END_DECLS
