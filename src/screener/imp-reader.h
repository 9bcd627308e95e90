/* Reads a line of writing that was found.
 *
 * Owns: Tesseract, and what a line must look like for it.
 * May include: imp-detect.  Must never: decide where writing is. */
#pragma once

#include "imp-detect.h"

G_BEGIN_DECLS

/**
 * ImpLineText:
 * @text: (nullable): what was read, in UTF-8
 * @confidence: 0 to 100
 * @turn: by how many degrees clockwise the writing is turned
 */
typedef struct
{
  char *text;
  guint confidence;
  int turn;
} ImpLineText;

gboolean imp_reader_start (void);
void imp_reader_read (const ImpPlane *plane, const ImpCandidate *candidate, gboolean both_ways,
                      gint64 deadline, ImpLineText *reading);
void imp_line_text_clear (ImpLineText *reading);

G_END_DECLS
