#include "imp-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (imp - error - quark, imp_error)

/**
 * imp_error_exit_status:
 * @error: (nullable): what went wrong
 *
 * Gives the exit status that `imprimatur-cli` promises for @error: 0 for none, 1 usage,
 * 2 cannot be opened or is not supported, 3 refused, 4 register, 5 not flat, 6 target or I/O.
 * An error of another domain is an I/O error, but for a cancelled one, which is the same 6.
 *
 * Returns: the exit status
 */
int
imp_error_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain != IMP_ERROR)
    return error->domain == G_OPTION_ERROR ? 1 : 6;
  switch ((ImpError)error->code)
    {
    case IMP_ERROR_USAGE:
    case IMP_ERROR_NOT_FOUND:
      return 1;
    case IMP_ERROR_UNREADABLE:
    case IMP_ERROR_UNSUPPORTED:
    case IMP_ERROR_DAMAGED:
    case IMP_ERROR_NOT_SCREENED:
      return 2;
    case IMP_ERROR_REFUSED:
      return 3;
    case IMP_ERROR_LOCKED:
    case IMP_ERROR_WRONG_KEY:
    case IMP_ERROR_NEWER:
    case IMP_ERROR_REGISTER_DAMAGED:
    case IMP_ERROR_READ_ONLY:
      return 4;
    case IMP_ERROR_NOT_FLAT:
      return 5;
    case IMP_ERROR_TARGET:
    case IMP_ERROR_IO:
    case IMP_ERROR_CANCELLED:
      break;
    }
  return 6;
}

/**
 * imp_error_set_errno:
 * @error: (nullable): where to put the error
 * @code: what the user can do
 * @saved_errno: the errno of the failed call
 * @what: what was tried, as the start of a sentence ("The folder cannot be written")
 *
 * Sets @error to "@what: the system's reason".
 */
void
imp_error_set_errno (GError **error, ImpError code, int saved_errno, const char *what)
{
  g_set_error (error, IMP_ERROR, code, "%s: %s", what, g_strerror (saved_errno));
}
