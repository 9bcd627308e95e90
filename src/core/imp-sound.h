/* What words have in common that sound alike, however they are spelt. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *imp_sound_of (const char *word);

G_END_DECLS
