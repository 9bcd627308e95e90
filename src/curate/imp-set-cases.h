/* The cases that a batch's pictures are in: names, words, and what holds a case back.
 *
 * Owns: what a file is called.  May include: register, gate.  Must never: hold pixels. */
#pragma once

#include "imp-curation-item.h"
#include "imp-teaching.h"

G_BEGIN_DECLS

typedef struct _ImpSetCases ImpSetCases;

ImpSetCases *imp_set_cases_new (ImpGate *gate, GError **error);
void imp_set_cases_free (ImpSetCases *cases);

/* "TF-0001-1.png", or after the picture's row: the same whenever it is tried again. */
char *imp_set_cases_make_name (const ImpSetCases *cases, const ImpCurationItem *item);
/* Whether place and words of a picture, which is now as said, are still what they were. */
gboolean imp_set_cases_is_current (const ImpSetCases *cases, ImpGate *gate,
                                   const ImpCurationItem *item, const ImpCurationItem *now);
void imp_set_cases_add_words (const ImpSetCases *cases, const ImpCurationItem *item,
                              ImpRequest *request);
/* Adds an ImpReason for each that holds the case back. */
gboolean imp_set_cases_judge (const ImpSetCases *cases, ImpGate *gate, const ImpCurationItem *item,
                              ImpRequest *request, ImpOrigin origin, GPtrArray *reasons,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSetCases, imp_set_cases_free)

G_END_DECLS
