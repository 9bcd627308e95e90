/* The saved views of policy.md 4: what a department looks through every week.
 *
 * Owns: the questions that go across register and ledger, each answered by an index.
 * May include: register ledger store core.  Must never: change anything but the record of look-ups.
 */
#pragma once

#include "gate.h"
#include "imp-view-row.h"

G_BEGIN_DECLS

/**
 * ImpSavedView:
 * @IMP_VIEW_EXPIRING: permissions that expire from one day to another: this month
 * @IMP_VIEW_WITHDRAWN: pictures that are out there, though somebody said no: since a day
 * @IMP_VIEW_COMING_OF_AGE: who reaches 16 or 18 from one day to another
 * @IMP_VIEW_WAITING: cases that wait for a second person
 * @IMP_VIEW_MISSING_EVIDENCE: permissions in force with nothing to show for them
 * @IMP_VIEW_UNPLACED: pictures made for publication or social media, of which nobody said where
 * @IMP_VIEW_PUBLISHED: pictures that left: of one permission or person, or of everybody
 * @IMP_VIEW_CONSENTED: permissions that were given from one day to another: these 30 days
 */
typedef enum
{
  IMP_VIEW_EXPIRING,
  IMP_VIEW_WITHDRAWN,
  IMP_VIEW_COMING_OF_AGE,
  IMP_VIEW_WAITING,
  IMP_VIEW_MISSING_EVIDENCE,
  IMP_VIEW_UNPLACED,
  IMP_VIEW_PUBLISHED,
  IMP_VIEW_CONSENTED,
  IMP_N_VIEWS,
} ImpSavedView;

/**
 * ImpViewQuery:
 * @view: which
 * @from: (nullable): the first day; %NULL for what the view is about by itself
 * @to: (nullable): the last day
 * @person_id: (nullable): %IMP_VIEW_PUBLISHED of this person alone
 * @permission_id: (nullable): %IMP_VIEW_PUBLISHED under this permission alone
 * @after: (nullable): the @after of the last row of the page before
 * @limit: how many rows at most
 */
typedef struct
{
  ImpSavedView view;
  const char *from;
  const char *to;
  const char *person_id;
  const char *permission_id;
  const char *after;
  guint limit;
} ImpViewQuery;

const char *imp_saved_view_to_text (ImpSavedView view);
gboolean imp_saved_view_from_text (const char *text, ImpSavedView *view);

GPtrArray *imp_gate_list_view_sync (ImpGate *self, const ImpViewQuery *query, GError **error);
void imp_gate_list_view_async (ImpGate *self, const ImpViewQuery *query, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *imp_gate_list_view_finish (ImpGate *self, GAsyncResult *result, GError **error);

gboolean imp_gate_count_view_sync (ImpGate *self, const ImpViewQuery *query, guint *n_rows,
                                   GError **error);
void imp_gate_count_view_async (ImpGate *self, const ImpViewQuery *query, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean imp_gate_count_view_finish (ImpGate *self, GAsyncResult *result, guint *n_rows,
                                     GError **error);

G_END_DECLS
