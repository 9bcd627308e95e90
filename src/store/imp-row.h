/* A statement's parameters and rows.
 *
 * Owns: the way a GVariant tuple becomes parameters.
 * May include: core.  Must never: cross into another module (imp-store.h has what those use). */
#pragma once

#include <sqlite3.h>

#include "imp-store.h"

G_BEGIN_DECLS

struct _ImpRow
{
  sqlite3_stmt *statement; /* borrowed */
};

gboolean imp_row_bind (sqlite3_stmt *statement, GVariant *parameters, GError **error);

G_END_DECLS
