/* All cleared pictures of a session, through the gate: judged first, then released one by one.
 *
 * Owns: the batch: what became of each picture, pausing and stopping. May include: decode, gate,
 * register.  Must never: hold more pictures at once than there are processors, write a file. */
#pragma once

#include "imp-curation.h"
#include "imp-request.h"
#include "imp-teaching.h"

G_BEGIN_DECLS

/**
 * ImpSetOutcome:
 * @IMP_SET_WAITING: nobody has judged it
 * @IMP_SET_ALLOWED: it would leave
 * @IMP_SET_REFUSED: the gate says no, for the reasons
 * @IMP_SET_FAILED: it could not be judged or written, for the problem
 * @IMP_SET_EXPORTED: it left
 */
typedef enum
{
  IMP_SET_WAITING,
  IMP_SET_ALLOWED,
  IMP_SET_REFUSED,
  IMP_SET_FAILED,
  IMP_SET_EXPORTED,
} ImpSetOutcome;

#define IMP_TYPE_SET_RELEASE (imp_set_release_get_type ())
G_DECLARE_FINAL_TYPE (ImpSetRelease, imp_set_release, IMP, SET_RELEASE, GObject)

/* Signal: "entry-changed" (guint index), on the thread that made it. */
ImpSetRelease *imp_set_release_new (ImpCuration *curation, ImpOrigin origin, GError **error);
guint imp_set_release_get_n_entries (ImpSetRelease *self);
ImpSetOutcome imp_set_release_get_outcome (ImpSetRelease *self, guint index);
guint imp_set_release_count (ImpSetRelease *self, ImpSetOutcome outcome);
gint64 imp_set_release_get_item (ImpSetRelease *self, guint index);
const char *imp_set_release_get_route (ImpSetRelease *self, guint index);
char *imp_set_release_dup_problem (ImpSetRelease *self, guint index);      /* nullable */
GPtrArray *imp_set_release_ref_reasons (ImpSetRelease *self, guint index); /* ImpReason */
char *imp_set_release_dup_name (ImpSetRelease *self, guint index);      /* nullable: of its file */
char *imp_set_release_dup_export_id (ImpSetRelease *self, guint index); /* nullable */

/* Judges every picture; nothing is written. */
gboolean imp_set_release_rehearse_sync (ImpSetRelease *self, GCancellable *cancellable,
                                        GError **error);
void imp_set_release_rehearse_async (ImpSetRelease *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* Releases what would leave, into a folder that is there. What was begun is finished. */
gboolean imp_set_release_run_sync (ImpSetRelease *self, GFile *folder, GCancellable *cancellable,
                                   GError **error);
void imp_set_release_run_async (ImpSetRelease *self, GFile *folder, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
const ImpTeachingSet *imp_set_release_get_set (ImpSetRelease *self); /* nullable */
gboolean imp_set_release_finish (ImpSetRelease *self, GAsyncResult *result, GError **error);
void imp_set_release_set_paused (ImpSetRelease *self, gboolean paused); /* after those begun */

G_END_DECLS
