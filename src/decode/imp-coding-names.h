/* How a picture is packed, in words that people use.
 *
 * Owns: the names of transfer syntaxes and lossy codings.  May include: core.
 * Must never: be what anything is decided by. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *imp_transfer_syntax_name (const char *uid);
const char *imp_codec_name (const char *codec);

G_END_DECLS
