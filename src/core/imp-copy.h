/* One picture that left, and where it is: plain values that the ledger keeps and front ends show.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpCopyState:
 * @IMP_COPY_LIVE: it is out there, as far as anybody knows
 * @IMP_COPY_ASKED: somebody was asked to take it down
 * @IMP_COPY_REMOVED: it is gone from where it was
 * @IMP_COPY_CANNOT_BE_REMOVED: it stays: printed, or nobody answers
 */
typedef enum
{
  IMP_COPY_LIVE,
  IMP_COPY_ASKED,
  IMP_COPY_REMOVED,
  IMP_COPY_CANNOT_BE_REMOVED,
} ImpCopyState;

/**
 * ImpCopy:
 * @export_id: of the export that made it: the ledger id of its receipt
 * @person_id: (nullable): whose picture it is, by random id; %NULL where nobody knows
 * @permission_id: (nullable): the permission that it rests on; %NULL where it left anonymised
 * @route: "consent" or "anonymised"
 * @destination: "teaching-file", …
 * @released: when it left, UTC
 * @sha256: (nullable): of its file; %NULL after erasure
 * @state: whether it is still out there
 * @name: (nullable): the journal, platform or course where it went
 * @urls: (array zero-terminated=1): web addresses where it is
 * @dois: (array zero-terminated=1): of what it was published in
 * @task_reason: (nullable): why it is to be taken down: "withdrawn", "refused", "objection",
 *   "entered-in-error", "erasure" or "other"; %NULL where no task is open
 * @task_opened: (nullable): when that task was opened, UTC
 * @chased: (nullable): the day on which somebody was last asked
 * @n_chased: how often
 */
typedef struct
{
  char *export_id;
  char *person_id;
  char *permission_id;
  char *route;
  char *destination;
  char *released;
  char *sha256;
  ImpCopyState state;
  char *name;
  GStrv urls;
  GStrv dois;
  char *task_reason;
  char *task_opened;
  char *chased;
  guint n_chased;
} ImpCopy;

/**
 * ImpCopyFilter:
 * @export_id: (nullable): of this export alone
 * @person_id: (nullable): of this person
 * @permission_id: (nullable): that rest on this permission
 * @sha256: (nullable): whose file was exactly this
 * @out_only: not those that were removed
 * @with_task: only those that are to be taken down; longest untouched first
 * @without_place: only those of which nobody said where they went
 * @limit: how many at most, 0 for all
 *
 * Which copies are meant: those of which all of this is true. Newest first, but for @with_task.
 */
typedef struct
{
  const char *export_id;
  const char *person_id;
  const char *permission_id;
  const char *sha256;
  gboolean out_only;
  gboolean with_task;
  gboolean without_place;
  guint limit;
} ImpCopyFilter;

#define IMP_TYPE_COPY (imp_copy_get_type ())

GType imp_copy_get_type (void);
ImpCopy *imp_copy_new (void);
ImpCopy *imp_copy_copy (const ImpCopy *copy);
void imp_copy_free (ImpCopy *copy);

const char *imp_copy_state_to_text (ImpCopyState state);
gboolean imp_copy_state_from_text (const char *text, ImpCopyState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCopy, imp_copy_free)

G_END_DECLS
