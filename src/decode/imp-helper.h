/* The warm decoder processes: the quick one, the full one, and those for forms and
 * archives.
 *
 * Owns: which of them is asked.  May include: core, helper.
 * Must never: hand them more than a file's bytes and a socket. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  IMP_HELPER_QUICK,   /* what most files need */
  IMP_HELPER_FULL,    /* every decoder of pictures; it takes longer to start */
  IMP_HELPER_ARCHIVE, /* unpacks archives, and reads nothing of what is in them */
  IMP_HELPER_FORM,    /* pages of PDF, which are shown and are never a picture that may leave */
} ImpHelperKind;

void imp_helper_start (void);
int imp_helper_fork (ImpHelperKind kind, int input, guint64 size, int session, GError **error);

G_END_DECLS
