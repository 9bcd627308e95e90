/* One change of a user as it was signed.
 *
 * Owns: the text that is signed, and what makes a change valid after those before it.
 * May include: store core.  Must never: touch the store's file. */
#pragma once

#include "imp-signer.h"
#include "imp-user.h"

G_BEGIN_DECLS

/**
 * ImpUserRecord:
 * @seq: from 1
 * @at: UTC
 * @act: "add", "change", "remove" or "reset-pin"
 * @user: the user as afterwards; its created is not looked at
 * @by_id: who made the change
 * @by_signature: (nullable): theirs
 * @second_id: (nullable): the second person
 * @second_signature: (nullable): theirs
 * @previous: (nullable): @by_signature of the record before
 */
typedef struct
{
  gint64 seq;
  char *at;
  char *act;
  ImpUser *user;
  char *by_id;
  char *by_signature;
  char *second_id;
  char *second_signature;
  char *previous;
} ImpUserRecord;

ImpUserRecord *imp_user_record_new (void);
void imp_user_record_free (ImpUserRecord *record);
char *imp_user_record_to_text (const ImpUserRecord *record);
char *imp_user_record_hash (const ImpUserRecord *record);
gboolean imp_user_record_apply (const ImpUserRecord *record, GHashTable *users, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpUserRecord, imp_user_record_free)

G_END_DECLS
