#include "imp-helper.h"

#include "imp-warm.h"

#define DECODER "imprimatur-decoder", .folder = "decoder", .variable = "IMPRIMATUR_DECODER"

static ImpWarm warm[] = {
  [IMP_HELPER_QUICK] = { DECODER, .suffix = "", .control = -1 },
  [IMP_HELPER_FULL] = { DECODER, .suffix = "-full", .control = -1 },
  [IMP_HELPER_ARCHIVE] = { DECODER, .suffix = "-archive", .control = -1 },
  [IMP_HELPER_FORM] = { DECODER, .suffix = "-form", .control = -1 },
};

/**
 * imp_helper_start:
 *
 * Starts the quick helper if it does not run, without waiting until it is warm. A failure shows
 * when a file is opened.
 */
void
imp_helper_start (void)
{
  imp_warm_start (&warm[IMP_HELPER_QUICK]);
}

/**
 * imp_helper_fork:
 * @kind: which helper to ask
 * @input: a memfd with a file, which may still be growing to @size; it stays the caller's
 * @size: bytes of the whole file
 * @session: the child's end of a session; it stays the caller's
 * @error: where to put the error
 *
 * Has the warm process make a locked-down child; starts it first where it is not running, or again
 * where it has died.
 *
 * Returns: a pidfd of the child, or -1 with %IMP_ERROR_IO
 */
int
imp_helper_fork (ImpHelperKind kind, int input, guint64 size, int session, GError **error)
{
  return imp_warm_fork (&warm[kind], input, size, session, error);
}
