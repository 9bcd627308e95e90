#include "imp-helper.h"

#include "imp-warm.h"

#define DECODER "imprimatur-decoder", .folder = "decoder", .variable = "IMPRIMATUR_DECODER"

/* The quick one first. */
static ImpWarm warm[2] = {
  { DECODER, .suffix = "", .control = -1 },
  { DECODER, .suffix = "-full", .control = -1 },
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
  imp_warm_start (&warm[FALSE]);
}

/**
 * imp_helper_fork:
 * @full: whether to ask the full helper, which has every decoder and takes longer to start
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
imp_helper_fork (gboolean full, int input, guint64 size, int session, GError **error)
{
  return imp_warm_fork (&warm[full != FALSE], input, size, session, error);
}
