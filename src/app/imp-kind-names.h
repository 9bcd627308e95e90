/* Plain words for what a file gives away. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *imp_kind_name (const char *kind);

G_END_DECLS
