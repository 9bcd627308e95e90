/* How long a person's record is kept, how it goes, and what stays so that nobody asks again.
 *
 * Owns: erasure, tombstones, retention, permissions that wait to be confirmed after a journal was
 * lost, and the newest moment by which a clock that was set back is known.
 * May include: store, core.  Must never: decide who may do it (the gate does). */
#pragma once

#include "imp-register.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_ERASURE_ASKED_FOR, /* the person asked: a tombstone stays for each number */
  IMP_ERASURE_RETENTION, /* kept long enough: a tombstone only where the person had said no */
} ImpErasure;

gboolean imp_register_erase_person (ImpRegister *self, const char *person_id, ImpErasure why,
                                    GError **error);
gboolean imp_register_forget (ImpRegister *self, GError **error); /* also on disk; blocks */
/* exemption: "legal-claims" "legal-obligation" "public-interest" "archiving" */
gboolean imp_register_note_exemption (ImpRegister *self, const char *person_id,
                                      const char *exemption, GError **error);
const char *const *imp_register_exemptions (void);
gboolean imp_register_is_exempt (ImpRegister *self, const char *person_id, gboolean *exempt,
                                 GError **error);
gboolean imp_register_get_exemption (ImpRegister *self, const char *person_id, char **exemption,
                                     GError **error);
gboolean imp_register_end_exemption (ImpRegister *self, const char *person_id, GError **error);
gboolean imp_register_is_perhaps_kept (ImpRegister *self, const char *person_id, gboolean *perhaps,
                                       GError **error);
gboolean imp_register_settle_perhaps_kept (ImpRegister *self, const char *person_id,
                                           GError **error);

gboolean imp_register_is_buried (ImpRegister *self, const char *number, gboolean *buried,
                                 GError **error);
gboolean imp_register_is_person_buried (ImpRegister *self, const char *person_id, gboolean *buried,
                                        GError **error);
gboolean imp_register_lift_tombstone (ImpRegister *self, const char *number, GError **error);

#define IMP_TYPE_RETENTION (imp_retention_get_type ())

/**
 * ImpRetention: whose record has been kept long enough.
 */
typedef struct
{
  char *person_id;
  char *last;     /* YYYY-MM-DD: when anything last happened, or was last in force */
  char *due;      /* YYYY-MM-DD: from when it may go */
  guint n_copies; /* pictures that can still be seen: it is kept until they are gone */
} ImpRetention;

GType imp_retention_get_type (void);
ImpRetention *imp_retention_copy (const ImpRetention *retention);
void imp_retention_free (ImpRetention *retention);

/* Settings "retention-years" (8) and "retention-child-age" (25). */
GPtrArray *imp_register_list_due (ImpRegister *self, const char *today, guint limit,
                                  GError **error); /* ImpRetention */
ImpRetention *imp_register_get_due (ImpRegister *self, const char *person_id, const char *today,
                                    GError **error); /* nullable without an error: not due */

GPtrArray *imp_register_list_unconfirmed (ImpRegister *self, guint limit,
                                          GError **error); /* ImpPermission */
gboolean imp_register_confirm_permission (ImpRegister *self, const char *permission_id,
                                          GError **error);

/* ---- the newest moment that the register knows of ---- */

/* newest: (out) NULL where the clock is not behind it by more than a small step. */
gboolean imp_register_check_clock (ImpRegister *self, char **now, char **newest, GError **error);
gboolean imp_register_accept_clock (ImpRegister *self, const char *now, guint *n_ended,
                                    GError **error);
/* since: (out) NULL where the clock has not leapt ahead, or two people said that it is right */
gboolean imp_register_check_leap (ImpRegister *self, char **since, char **until, GError **error);
gboolean imp_register_settle_leap (ImpRegister *self, const char *now, GError **error);
GHashTable *imp_register_list_order (ImpRegister *self, const char *person_id, GError **error);
GHashTable *imp_register_list_behind (ImpRegister *self, const char *person_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpRetention, imp_retention_free)

G_END_DECLS
