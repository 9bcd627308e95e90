/* People, objections, permissions, evidence, site settings.
 *
 * Owns: those tables and the life-cycle of a permission (policy.md 2.3), enforced here and by
 * triggers.  May include: store, core.  Must never: include ledger, or decide whether a picture
 * may leave. */
#pragma once

#include "imp-history.h"
#include "imp-permission.h"
#include "imp-person.h"

G_BEGIN_DECLS

typedef struct _ImpStore ImpStore; /* front ends include this header, never the store's */

#define IMP_TYPE_REGISTER (imp_register_get_type ())
G_DECLARE_FINAL_TYPE (ImpRegister, imp_register, IMP, REGISTER, GObject)

ImpRegister *imp_register_new (ImpStore *store);
ImpRegister *imp_register_new_for_desk (ImpStore *store); /* asks who reads */
/* Whether anybody may read of people now: the one place that says so. */
gboolean imp_register_check_reader (ImpRegister *self, GError **error);
const char *imp_register_get_read_only_reason (ImpRegister *self); /* nullable */
gboolean imp_register_is_encrypted (ImpRegister *self);
const char *imp_register_get_path (ImpRegister *self);

/* People. The id of a new person is made here and stored in person->id. A hospital number that is
 * already registered is refused (USAGE). An update leaves the objection alone. */
gboolean imp_register_add_person (ImpRegister *self, ImpPerson *person, GError **error);
gboolean imp_register_update_person (ImpRegister *self, const ImpPerson *person, GError **error);
ImpPerson *imp_register_get_person (ImpRegister *self, const char *id,
                                    GError **error); /* NOT_FOUND */
/* Whoever has this number, of any kind. */
GPtrArray *imp_register_list_by_number (ImpRegister *self, const char *number, GError **error);
/* Exact number of any kind, surrounding white space ignored; NULL without error: nobody. */
ImpPerson *imp_register_find_by_number (ImpRegister *self, const char *number, GError **error);
/* All people, page by page. */
GPtrArray *imp_register_list_person_ids (ImpRegister *self, const char *after, guint limit,
                                         GError **error);
gboolean imp_register_set_objection (ImpRegister *self, const char *person_id, gboolean objects,
                                     const char *note, GError **error);

/* Permissions: one row each. New ones are ACTIVE (given), REFUSED, OFFERED or a DRAFT, as
 * permission->state says. */
gboolean imp_register_add_permission (ImpRegister *self, ImpPermission *permission, GError **error);
ImpPermission *imp_register_get_permission (ImpRegister *self, const char *id, GError **error);
GPtrArray *imp_register_list_permissions (ImpRegister *self, const char *person_id, GError **error);
/* A draft's terms, an offer's answer; later what proves it, where it was not said. */
gboolean imp_register_amend_permission (ImpRegister *self, const ImpPermission *permission,
                                        GError **error);
GArray *imp_register_list_steps (ImpRegister *self, ImpPermissionState state, GError **error);
gboolean imp_register_step (ImpRegister *self, const char *permission_id, ImpPermissionState state,
                            const ImpPermissionStep *step, GError **error);
gboolean imp_register_renew (ImpRegister *self, const char *permission_id, const char *review,
                             const char *reason, GError **error);
/* Always works on any granted state; final; needs no reason. */
gboolean imp_register_withdraw (ImpRegister *self, const char *permission_id, const char *by,
                                const char *channel, GError **error);
gboolean imp_register_set_permission_state (ImpRegister *self, const char *permission_id,
                                            ImpPermissionState state, GError **error);

/* What happened to a person or permission, oldest first (ImpHistory). */
GPtrArray *imp_register_list_history (ImpRegister *self, const char *subject_id, GError **error);

/* Site settings: "local-policy-reference", "policy-pack". */
char *imp_register_get_setting (ImpRegister *self, const char *key, GError **error); /* nullable */
gboolean imp_register_set_setting (ImpRegister *self, const char *key, const char *value,
                                   GError **error);

/* Policy packs, byte for byte; the register does not read them. None is ever changed or removed. */
gboolean imp_register_keep_pack (ImpRegister *self, const char *hash, const char *id,
                                 const char *version, GBytes *json, GError **error);
GBytes *imp_register_get_pack (ImpRegister *self, const char *hash, GError **error); /* nullable */
GVariant *imp_register_list_packs (ImpRegister *self, const char *id, GError **error); /* a(ssss) */

G_END_DECLS
