/* The words that a case may have for its modality and body part.
 *
 * Owns: two short lists, of DICOM's own.  Must never: take a word that is not in them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ImpTeachingCode:
 * @code: as the register and scripts have it
 * @name: what it means, in English; imp_teaching_code_get_name() for the user
 */
typedef struct
{
  const char *code;
  const char *name;
} ImpTeachingCode;

const ImpTeachingCode *imp_teaching_modalities (gsize *n_codes);
const ImpTeachingCode *imp_teaching_body_parts (gsize *n_codes);
gboolean imp_teaching_is_modality (const char *code);
gboolean imp_teaching_is_body_part (const char *code);
const char *imp_teaching_code_get_name (const char *code); /* nullable */

G_END_DECLS
