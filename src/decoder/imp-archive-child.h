/* The life of one locked-down child that unpacks: one archive, its entries one by one.
 *
 * Owns: walking an archive.  May include: core, decode (wire), helper.
 * Must never: look into an entry, or believe what the archive says of its length. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void imp_archive_child_initialise (void);
G_NORETURN void imp_archive_child_run (int input, guint64 length, int session);

G_END_DECLS
