/* One export as the ledger has it, for papers. Private to the gate. */
#pragma once

#include <json-glib/json-glib.h>

#include "imp-copy.h"
#include "imp-form.h"
#include "imp-history.h"
#include "imp-ledger-chain.h"
#include "imp-paper-private.h"

G_BEGIN_DECLS

/**
 * ImpPaperExport:
 * @rows: (element-type ImpLedgerRow): all rows of the export, oldest first
 * @intent: the one that says what was decided; of @rows
 * @finish: (nullable): the one that says it is done; of @rows
 * @body: the intent's
 * @texts: an a{ss}: the intent's words, as far as they were not erased
 */
typedef struct
{
  GPtrArray *rows;
  const ImpLedgerRow *intent;
  const ImpLedgerRow *finish;
  JsonObject *body;
  GVariant *texts;
} ImpPaperExport;

ImpPaperExport *_imp_paper_export_new (ImpGate *gate, const char *export_id, GError **error);
void _imp_paper_export_free (ImpPaperExport *self);
const char *_imp_paper_member (JsonObject *body, const char *name);
void _imp_paper_add_member (ImpSheet *sheet, const char *label, JsonObject *body, const char *name);
void _imp_paper_add_export (ImpGate *gate, ImpSheet *sheet, const ImpPaperExport *export);
guint _imp_paper_add_answers (ImpGate *gate, ImpSheet *sheet, JsonObject *body, GVariant *texts,
                              const char *prefix);
char *_imp_paper_row_name (const char *kind);
char *_imp_paper_record_name (const char *record);
char *_imp_paper_text_name (const char *key);
char *_imp_paper_case_state (const char *state);
char *_imp_paper_event_words (const ImpHistory *event);
gboolean _imp_paper_add_told (ImpGate *gate, ImpSheet *sheet, const char *person_id,
                              GError **error);
char *_imp_paper_user_name (ImpGate *gate, const char *user_id, GError **error);
gboolean _imp_paper_add_person (ImpGate *gate, ImpSheet *sheet, const ImpPerson *person,
                                GError **error);
gboolean _imp_paper_add_permission (ImpGate *gate, ImpSheet *sheet, const ImpPermission *permission,
                                    GError **error);
gboolean _imp_paper_add_history (ImpGate *gate, ImpSheet *sheet, const char *subject_id,
                                 GError **error);
void _imp_paper_add_copy (ImpSheet *sheet, const ImpCopy *copy);

#define IMP_PAPER_ANSWER "answer:" /* before the key of a question, in the texts of a row */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPaperExport, _imp_paper_export_free)

G_END_DECLS
