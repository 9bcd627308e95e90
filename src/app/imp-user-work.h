/* Users and parked cases, read from a worker thread, so that the window never waits for the file.
 *
 * Results come back on the thread that asked. */
#pragma once

#include <gio/gio.h>

#include "gate-accounts.h"
#include "imp-source.h"

G_BEGIN_DECLS

/**
 * ImpUserRoll:
 * @any: whether a user was ever made
 * @users: of ImpUser, also who was removed
 * @me: (nullable): who is signed in, as of now
 * @refusal: (nullable): why who is signed in may not change users
 * @idle_minutes: without input, until the register locks itself
 */
typedef struct
{
  gboolean any;
  GPtrArray *users;
  ImpUser *me;
  char *refusal;
  guint idle_minutes;
} ImpUserRoll;

void imp_user_roll_free (ImpUserRoll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpUserRoll, imp_user_roll_free)

guint imp_user_roll_count (const ImpUserRoll *roll, guint roles);
const ImpUser *imp_user_roll_find (const ImpUserRoll *roll, const char *id);

void imp_user_work_load_async (ImpGate *gate, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
ImpUserRoll *imp_user_work_load_finish (GAsyncResult *result, GError **error);
void imp_user_work_set_idle_async (ImpGate *gate, guint minutes, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean imp_user_work_set_idle_finish (GAsyncResult *result, GError **error);

/**
 * ImpParkedRoll:
 * @cases: of ImpParkedCase, which who is signed in may see, oldest first
 * @users: of ImpUser, everybody
 * @people: of person ids: ImpPerson, whom the cases are about
 * @reasons: of rules ("row-8"): in words, as the pack in force has it
 * @questions: of keys: ImpQuestion, as the wizard asks them
 * @open_sha256: (nullable): of the file that is open on the desk
 */
typedef struct
{
  GPtrArray *cases;
  GPtrArray *users;
  GHashTable *people;
  GHashTable *reasons;
  GHashTable *questions;
  char *open_sha256;
} ImpParkedRoll;

void imp_parked_roll_free (ImpParkedRoll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpParkedRoll, imp_parked_roll_free)

void imp_user_work_list_cases_async (ImpGate *gate, gboolean decided, ImpSource *open,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
ImpParkedRoll *imp_user_work_list_cases_finish (GAsyncResult *result, GError **error);

G_END_DECLS
