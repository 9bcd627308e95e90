/* A picture that left, with what people call its person and its permission. */
#pragma once

#include "gate.h"
#include "imp-copy.h"

G_BEGIN_DECLS

/**
 * ImpSeenCopy:
 * @copy: what left
 * @person: (nullable): whose picture it is, in words; %NULL where that is known already
 * @erased: whether that person's record is no longer there
 * @permission: (nullable): the permission that it rests on, in words; %NULL where there is none
 */
typedef struct
{
  ImpCopy *copy;
  char *person;
  gboolean erased;
  char *permission;
} ImpSeenCopy;

ImpSeenCopy *imp_seen_copy_new (ImpGate *gate, const ImpCopy *copy, gboolean with_person);
void imp_seen_copy_free (ImpSeenCopy *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSeenCopy, imp_seen_copy_free)

G_END_DECLS
