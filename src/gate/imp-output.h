/* The bytes of one release, proven, and what they show. Private to the gate. */
#pragma once

#include "imp-case.h"
#include "imp-verify.h"

G_BEGIN_DECLS

/**
 * ImpOutput:
 * @flat: the pixels that leave
 * @bytes: the file that holds them
 * @report: the proof of @bytes
 */
typedef struct
{
  ImpFlatImage *flat;
  GBytes *bytes;
  ImpVerifyReport *report;
} ImpOutput;

ImpOutput *imp_output_new (const ImpCase *the_case, GCancellable *cancellable, GError **error);
gboolean imp_output_look (ImpCase *the_case, const ImpFlatImage *flat, GCancellable *cancellable,
                          GError **error);
ImpRaster *imp_output_get_shown (const ImpOutput *self);
void imp_output_free (ImpOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpOutput, imp_output_free)

G_END_DECLS
