#include "imp-plain-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-wire.h"

/**
 * imp_plain_file_open:
 * @file: a local file
 * @info: (out): what the system says of it
 * @error: where to put the error
 *
 * Opens a file for reading. Only a plain file is read: a FIFO would block, a device never ends.
 *
 * Returns: a descriptor, or -1 with %IMP_ERROR_UNREADABLE, %IMP_ERROR_UNSUPPORTED (not a plain
 *   file, not on this computer, or over 4 GiB) or %IMP_ERROR_DAMAGED (empty)
 */
int
imp_plain_file_open (GFile *file, struct stat *info, GError **error)
{
  const char *path = g_file_peek_path (file);
  int fd = -1;

  if (path == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                           _ ("Only files on this computer can be opened: copy it here first"));
      return -1;
    }
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, info) != 0)
    {
      int saved = errno;

      if (fd >= 0)
        close (fd);
      imp_error_set_errno (error, IMP_ERROR_UNREADABLE, saved, _ ("The file cannot be opened"));
      return -1;
    }
  if (!S_ISREG (info->st_mode))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                         S_ISDIR (info->st_mode)
                             ? _ ("This is a folder: open the pictures in it one by one")
                             : _ ("This is a device or a pipe, not a picture file: open a file"));
  else if (info->st_size == 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                         _ ("The file is empty: fetch it again from its source"));
  else if ((guint64)info->st_size > IMP_WIRE_MAX_INPUT)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                         _ ("The file is larger than 4 GiB, which is not read: save a smaller one "
                            "where it comes from, and open that"));
  else
    return fd;
  close (fd);
  return -1;
}
