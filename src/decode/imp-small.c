#include "imp-small.h"

#include "imp-facts.h"
#include "imp-helper.h"
#include "imp-session.h"

static ImpFrame *
ask (ImpHelperKind kind, int fd, guint64 size, guint side, ImpPixelShape *shape,
     gboolean *needs_full, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpSession) session = imp_session_new (kind, fd, size, cancellable, error);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (ImpFacts) facts = NULL;

  *needs_full = FALSE;
  if (session == NULL)
    return NULL;
  answer = imp_session_ask (session, IMP_WIRE_OPEN, 0, cancellable, error);
  *needs_full = kind == IMP_HELPER_QUICK && imp_session_needs_full (session);
  facts = answer != NULL ? imp_facts_new_from_variant (answer, error) : NULL;
  if (facts == NULL)
    return NULL;
  *shape = imp_facts_get_shape (facts);
  return imp_session_load_small (session, side, cancellable, error);
}

/**
 * imp_small_read_sync:
 * @fd: a plain file, opened for reading only, or sealed memory
 * @size: its bytes, 1 or more
 * @side: how long the longer side must be at least, unless the picture's own is shorter
 * @shape: (out): of its pixels
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Has a locked-down child decode the first frame where the file lies, without a copy or a hash: it
 * is only looked at. Blocks.
 *
 * Returns: (transfer full) (nullable): the frame, or %NULL with the errors of
 *   imp_source_open_sync()
 */
ImpFrame *
imp_small_read_sync (int fd, guint64 size, guint side, ImpPixelShape *shape,
                     GCancellable *cancellable, GError **error)
{
  gboolean needs_full = FALSE;
  g_autoptr (GError) local = NULL;
  ImpFrame *frame = ask (IMP_HELPER_QUICK, fd, size, side, shape, &needs_full, cancellable, &local);

  if (frame == NULL && needs_full)
    {
      g_clear_error (&local);
      frame = ask (IMP_HELPER_FULL, fd, size, side, shape, &needs_full, cancellable, &local);
    }
  if (frame == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return frame;
}
