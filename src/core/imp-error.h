/* The one error domain of the program.
 *
 * Owns: the codes, which say what the user can do next, and their exit statuses.
 * May include: GLib only.  Must never: name an identifier of a patient in a message. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IMP_ERROR (imp_error_quark ())

/**
 * ImpError:
 * @IMP_ERROR_USAGE: the call is wrong: correct it and call again
 * @IMP_ERROR_NOT_FOUND: what was named does not exist: name something else
 * @IMP_ERROR_UNREADABLE: the file cannot be opened: check its name and who may read it
 * @IMP_ERROR_UNSUPPORTED: this kind of file cannot be shown truthfully: convert it elsewhere
 * @IMP_ERROR_DAMAGED: the file is truncated or hostile: fetch it again from its source
 * @IMP_ERROR_REFUSED: the gate says no: lift the rules it names
 * @IMP_ERROR_LOCKED: the register needs its key: unlock it
 * @IMP_ERROR_WRONG_KEY: the key does not fit this register: give the right one
 * @IMP_ERROR_NEWER: a newer program wrote this register: update this one
 * @IMP_ERROR_REGISTER_DAMAGED: the register is damaged: restore a backup
 * @IMP_ERROR_READ_ONLY: the register can be read but not written: see its reason
 * @IMP_ERROR_NOT_FLAT: the picture carries more than pixels, or its proof failed
 * @IMP_ERROR_TARGET: the target exists, is the source, or may not be written: choose another
 * @IMP_ERROR_IO: the machine failed to read or write (disk full, …): make room, try again
 * @IMP_ERROR_CANCELLED: the user stopped it
 * @IMP_ERROR_NOT_SCREENED: nobody knows what the picture shows: look at it, or try again
 */
typedef enum
{
  IMP_ERROR_USAGE,
  IMP_ERROR_NOT_FOUND,
  IMP_ERROR_UNREADABLE,
  IMP_ERROR_UNSUPPORTED,
  IMP_ERROR_DAMAGED,
  IMP_ERROR_REFUSED,
  IMP_ERROR_LOCKED,
  IMP_ERROR_WRONG_KEY,
  IMP_ERROR_NEWER,
  IMP_ERROR_REGISTER_DAMAGED,
  IMP_ERROR_READ_ONLY,
  IMP_ERROR_NOT_FLAT,
  IMP_ERROR_TARGET,
  IMP_ERROR_IO,
  IMP_ERROR_CANCELLED,
  IMP_ERROR_NOT_SCREENED,
} ImpError;

GQuark imp_error_quark (void);

int imp_error_exit_status (const GError *error);

void imp_error_set_errno (GError **error, ImpError code, int saved_errno, const char *what);

G_END_DECLS
