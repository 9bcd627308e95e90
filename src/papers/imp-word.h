/* What stands in records as a code, and what a reader is told instead.
 *
 * Owns: looking it up.  May include: GLib.  Must never: know a vocabulary. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id;
  const char *text; /* N_() */
} ImpWord;

const char *imp_word_look_up (const ImpWord *words, gsize n_words, const char *id);
char *imp_word_spell_out (const ImpWord *words, gsize n_words, const char *id);

G_END_DECLS
