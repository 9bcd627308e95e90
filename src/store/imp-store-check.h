/* Looking for damage in the register's file.
 *
 * Owns: the checks of the library, and how long they may take.
 * May include: core.  Must never: change anything. */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

/* How long the look at the start may take: a small register is seen whole in it. */
#define IMP_STORE_CHECK_AT_START_MS 200

gboolean imp_store_check_database (sqlite3 *database, guint budget_ms, gboolean *finished,
                                   GError **error);

G_END_DECLS
