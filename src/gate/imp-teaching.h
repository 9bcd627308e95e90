/* The teaching file as it leaves: what its texts must not say, and the page, table and receipt that
 * go with its pictures.
 *
 * Owns: which of the pictures in a folder may be shown, judged anew.
 * May include: register, ledger, papers, core.  Must never: take a word for a page from a caller.
 */
#pragma once

#include "gate.h"
#include "imp-teaching-case.h"

G_BEGIN_DECLS

/* Adds an ImpReason for each text that tells who somebody is; request: (nullable) of one of the
 * pictures, for what its file says. */
gboolean imp_gate_judge_teaching_sync (ImpGate *self, const ImpTeachingCase *teaching,
                                       ImpRequest *request, ImpOrigin origin, GPtrArray *reasons,
                                       GError **error);

/**
 * ImpTeachingSet: what was written beside the pictures of a folder
 * @index: (nullable): the page's name; %NULL where there is no picture to show
 * @captions: (nullable): the table's
 * @receipt: (nullable): the receipt's
 * @n_pictures: how many they show
 * @retired: names of files in the folder that may be shown no longer: who has it deletes them
 */
typedef struct
{
  char *index;
  char *captions;
  char *receipt;
  guint n_pictures;
  GStrv retired;
} ImpTeachingSet;

void imp_teaching_set_free (ImpTeachingSet *set);

/* All that left with a session and lies in this folder as it left. Nothing is replaced: a folder
 * that has a page gets another one beside it. */
ImpTeachingSet *imp_gate_publish_teaching_sync (ImpGate *self, const char *session, GFile *folder,
                                                GCancellable *cancellable, GError **error);

/* The export of exactly this digest that lies in this file, where there is one. */
char *imp_gate_find_left_sync (ImpGate *self, const char *digest, GFile *file,
                               GCancellable *cancellable); /* nullable */

/* The ids of cases of which a picture is asked back: keys gint64. */
GHashTable *imp_gate_list_retired_cases_sync (ImpGate *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTeachingSet, imp_teaching_set_free)

G_END_DECLS
