/* What left: where it is, what is asked back, and whose picture somebody has found.
 *
 * Owns: the verbs below; the ledger's copies stand behind them (docs/trace.md).
 * May include: decode ledger store image core.  Must never: write a file. */
#pragma once

#include "gate.h"
#include "imp-copy.h"

G_BEGIN_DECLS

/* ---- what is out there ---- */

GPtrArray *imp_gate_list_copies_sync (ImpGate *self, const ImpCopyFilter *filter, GError **error);
void imp_gate_list_copies_async (ImpGate *self, const ImpCopyFilter *filter,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *imp_gate_list_copies_finish (ImpGate *self, GAsyncResult *result, GError **error);
ImpCopy *imp_gate_get_copy (ImpGate *self, const char *export_id, GError **error);
gboolean imp_gate_set_copy_place (ImpGate *self, const char *export_id, const char *name,
                                  const char *const *urls, const char *const *dois,
                                  gboolean replace, GError **error);

/* ---- what is asked back ---- */

gboolean imp_gate_chase_takedown (ImpGate *self, const char *export_id, const char *day,
                                  const char *how, GError **error);
gboolean imp_gate_settle_takedown (ImpGate *self, const char *export_id, ImpCopyState state,
                                   const char *note, GError **error);
gboolean imp_gate_drop_takedown (ImpGate *self, const char *export_id, const char *note,
                                 GError **error);
char *imp_gate_write_takedown_letter (ImpGate *self, const char *export_id, GError **error);

/* ---- a picture that was found ---- */

/**
 * ImpImageMatch:
 * @copy: what left
 * @exact: whether the file that was found is the very file that left
 * @difference: what part of their codes differs, 0 where @exact
 */
typedef struct
{
  ImpCopy *copy;
  gboolean exact;
  double difference;
} ImpImageMatch;

#define IMP_TYPE_IMAGE_MATCH (imp_image_match_get_type ())

GType imp_image_match_get_type (void);
ImpImageMatch *imp_image_match_copy (const ImpImageMatch *match);
void imp_image_match_free (ImpImageMatch *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImageMatch, imp_image_match_free)

/**
 * ImpFindProgress:
 * @n_compared: with how many copies the picture was compared so far
 * @n_all: of how many; 0 while the file is still read
 *
 * Written in the worker, and read anywhere with g_atomic_int_get().
 */
typedef struct
{
  int n_compared;
  int n_all;
} ImpFindProgress;

GPtrArray *imp_gate_find_image_sync (ImpGate *self, GFile *file, ImpFindProgress *progress,
                                     GCancellable *cancellable, GError **error);
void imp_gate_find_image_async (ImpGate *self, GFile *file, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *imp_gate_find_image_finish (ImpGate *self, GAsyncResult *result, GError **error);

G_END_DECLS
