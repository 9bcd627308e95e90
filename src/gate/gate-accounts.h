/* Who is at the desk, and who decides beside them.
 *
 * Owns: signing in, rights, changes of users (docs/accounts.md has the rules).
 * May include: register ledger store core.  Must never: keep a PIN. */
#pragma once

#include "gate.h"
#include "imp-parked-case.h"
#include "imp-second.h"
#include "imp-user.h"

G_BEGIN_DECLS

/* ---- signing in ---- */

/**
 * ImpRight:
 * @IMP_RIGHT_RELEASE: to ask for a release (operator)
 * @IMP_RIGHT_RECORD: to record people, permissions and their evidence (operator, keeper)
 * @IMP_RIGHT_TRACE: to see what left and is asked back (operator, keeper, auditor)
 * @IMP_RIGHT_KEEP: to keep the register: settings, backups, retention, what is taken back (keeper)
 * @IMP_RIGHT_APPROVE: to decide as a second person (approver)
 * @IMP_RIGHT_AUDIT: to read history and ledger, and to look up by image (auditor, keeper)
 * @IMP_RIGHT_ADMINISTER: to make and change users, with a second person (keeper)
 */
typedef enum
{
  IMP_RIGHT_RELEASE,
  IMP_RIGHT_RECORD,
  IMP_RIGHT_TRACE,
  IMP_RIGHT_KEEP,
  IMP_RIGHT_APPROVE,
  IMP_RIGHT_AUDIT,
  IMP_RIGHT_ADMINISTER,
} ImpRight;

/* Whether who is signed in may do this now. Where no user was ever made everybody may do everything
 * but what needs a second person. */
gboolean imp_gate_check_right (ImpGate *self, ImpRight right, GError **error);
gboolean imp_gate_has_users (ImpGate *self, gboolean *has_users, GError **error);
GPtrArray *imp_gate_list_users (ImpGate *self, GError **error); /* ImpUser, also removed ones */
ImpUser *imp_gate_get_user (ImpGate *self); /* transfer full, nullable: who is signed in */

gboolean imp_gate_sign_in_sync (ImpGate *self, const ImpSecond *who, GError **error);
void imp_gate_sign_in_async (ImpGate *self, const ImpSecond *who, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_gate_sign_in_finish (ImpGate *self, GAsyncResult *result, GError **error);
void imp_gate_sign_out (ImpGate *self);

/* Puts the register's key into the keyring of who is logged in to this computer. */
gboolean imp_gate_enrol_sync (ImpGate *self, GError **error);

/* ---- users ---- */

typedef enum
{
  IMP_USER_ADD,
  IMP_USER_CHANGE,
  IMP_USER_REMOVE,
  IMP_USER_RESET_PIN,
} ImpUserAct;

/**
 * ImpUserChange:
 * @act: what is done
 * @user: (nullable): the name or id of whom it is done to; not for %IMP_USER_ADD
 * @name: (nullable): the new name
 * @roles: #ImpRole flags; 0 leaves them
 * @authority: (nullable): "consultant", "ig-lead", "guardian"; "" for none, %NULL leaves it
 */
typedef struct
{
  ImpUserAct act;
  const char *user;
  const char *name;
  guint roles;
  const char *authority;
} ImpUserChange;

/* second: another user, at the same desk; fresh: the new PIN of who is added or reset, typed by
 * that person. Which of them are needed is said in docs/accounts.md. */
ImpUser *imp_gate_change_user_sync (ImpGate *self, const ImpUserChange *change,
                                    const ImpSecond *second, const ImpSecond *fresh,
                                    GError **error);
void imp_gate_change_user_async (ImpGate *self, const ImpUserChange *change,
                                 const ImpSecond *second, const ImpSecond *fresh,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
ImpUser *imp_gate_change_user_finish (ImpGate *self, GAsyncResult *result, GError **error);
/* One's own PIN, which nobody else needs to be there for. */
gboolean imp_gate_change_pin_sync (ImpGate *self, const ImpSecond *me, const ImpSecond *fresh,
                                   GError **error);
void imp_gate_change_pin_async (ImpGate *self, const ImpSecond *me, const ImpSecond *fresh,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean imp_gate_change_pin_finish (ImpGate *self, GAsyncResult *result, GError **error);

/* ---- the second person ---- */

/**
 * ImpDecision:
 * @approve: yes or no
 * @lift: with a yes: also lifts what the file itself says about consent (row 2), which takes an
 *   approver with an authority
 * @words: (nullable): in which words
 */
typedef struct
{
  gboolean approve;
  gboolean lift;
  const char *words;
} ImpDecision;

/* At the same desk: second looks at what a rehearsal with this digest showed, and decides. The
 * release of exactly that passes afterwards; any change of picture or answers voids it. */
gboolean imp_gate_agree_sync (ImpGate *self, ImpRequest *request, const char *digest,
                              const ImpDecision *decision, const ImpSecond *second, GError **error);
void imp_gate_agree_async (ImpGate *self, ImpRequest *request, const char *digest,
                           const ImpDecision *decision, const ImpSecond *second,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean imp_gate_agree_finish (ImpGate *self, GAsyncResult *result, GError **error);

/* Later: what is asked for is parked, and who is signed in as an approver then decides it. */
ImpParkedCase *imp_gate_park_sync (ImpGate *self, ImpRequest *request, const char *reason,
                                   GPtrArray **reasons, GError **error);
void imp_gate_park_async (ImpGate *self, ImpRequest *request, const char *reason,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
ImpParkedCase *imp_gate_park_finish (ImpGate *self, GAsyncResult *result, GError **error);
GPtrArray *imp_gate_list_cases_sync (ImpGate *self, const char *state, GError **error);
ImpParkedCase *imp_gate_get_case_sync (ImpGate *self, const char *id, GError **error);
/* a{sv}: destination s, route s, caption s, alt s, file s, format s, answers a{ss}, n_boxes u,
 * n_overlays u, cropped b, page u, frame u. */
GVariant *imp_gate_describe_case (const ImpParkedCase *parked);
gboolean imp_gate_decide_case_sync (ImpGate *self, const char *id, const ImpDecision *decision,
                                    GError **error);
void imp_gate_decide_case_async (ImpGate *self, const char *id, const ImpDecision *decision,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean imp_gate_decide_case_finish (ImpGate *self, GAsyncResult *result, GError **error);
gboolean imp_gate_take_back_case_sync (ImpGate *self, const char *id, GError **error);
void imp_gate_take_back_case_async (ImpGate *self, const char *id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_gate_take_back_case_finish (ImpGate *self, GAsyncResult *result, GError **error);

G_END_DECLS
