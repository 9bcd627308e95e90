#include "imp-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-lock.h"

#define MAX_LENGTH 1024 /* bytes */

struct _ImpKeyFile
{
  ImpSecret *secret; /* owned; set where the file is a key */
  char *passphrase;  /* sodium_malloc; set where it is a passphrase */
};

/**
 * imp_key_file_free:
 * @file: (transfer full) (nullable): a key file's content
 */
void
imp_key_file_free (ImpKeyFile *file)
{
  if (file == NULL)
    return;
  imp_secret_free (file->secret);
  sodium_free (file->passphrase);
  g_free (file);
}

/**
 * imp_key_file_get_secret:
 * @file: a key file's content
 *
 * Returns: (transfer none) (nullable): the key, or %NULL where the file holds a passphrase
 */
const ImpSecret *
imp_key_file_get_secret (const ImpKeyFile *file)
{
  return file->secret;
}

/**
 * imp_key_file_get_passphrase:
 * @file: a key file's content
 *
 * Returns: (transfer none) (nullable): the passphrase, or %NULL where the file holds a key
 */
const char *
imp_key_file_get_passphrase (const ImpKeyFile *file)
{
  return file->passphrase;
}

/* Opens the file without following a link, and checks that it is the user's alone. */
static int
open_private (const char *path, GError **error)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0)
    {
      if (errno == ENOENT)
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                             _ ("There is no such key file: name the right one"));
      else if (errno == ELOOP)
        g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                             _ ("The key file is a link: name the file itself"));
      else
        imp_error_set_errno (error, IMP_ERROR_LOCKED, errno, _ ("The key file cannot be read"));
      return -1;
    }
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("What is named as the key file is not a file"));
  else if ((status.st_mode & 077) != 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LOCKED,
                         _ ("The key file can be read by others: make it yours alone with “chmod "
                            "600” on it, and try again"));
  else
    return fd;
  close (fd);
  return -1;
}

static ImpKeyFile *
parse (const char *data, gsize length, GError **error)
{
  g_autoptr (ImpKeyFile) file = g_new0 (ImpKeyFile, 1);
  gsize text_length = length;

  if (length == IMP_SECRET_LENGTH)
    {
      file->secret = imp_secret_new_from_bytes ((const guint8 *)data);
      return g_steal_pointer (&file);
    }
  while (text_length > 0 && (data[text_length - 1] == '\n' || data[text_length - 1] == '\r'))
    text_length--;
  file->passphrase = imp_secret_allocate (text_length + 1);
  memcpy (file->passphrase, data, text_length);
  file->passphrase[text_length] = '\0';
  file->secret = imp_secret_new_from_hex (file->passphrase);
  if (file->secret != NULL)
    {
      sodium_free (g_steal_pointer (&file->passphrase));
      return g_steal_pointer (&file);
    }
  if (strlen (file->passphrase) != text_length
      || !g_utf8_validate (file->passphrase, (gssize)text_length, NULL)
      || g_utf8_strlen (file->passphrase, -1) < IMP_LOCK_PASSPHRASE_MIN)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LOCKED,
                   _ ("The key file holds neither a key (64 hexadecimal characters, or 32 bytes) "
                      "nor a passphrase of %d characters or more"),
                   IMP_LOCK_PASSPHRASE_MIN);
      return NULL;
    }
  return g_steal_pointer (&file);
}

/**
 * imp_key_file_load:
 * @path: the file
 * @error: where to put the error
 *
 * Reads a key file: 64 hexadecimal characters or exactly 32 bytes are the data key; other text,
 * less its last line break, is a passphrase.
 *
 * Returns: (transfer full) (nullable): its content, or %NULL with %IMP_ERROR_LOCKED: it is
 *   missing, a link, not a file, readable by others, or neither a key nor a passphrase
 */
ImpKeyFile *
imp_key_file_load (const char *path, GError **error)
{
  char *data = NULL;
  gsize length = 0;
  ssize_t got = 1;
  ImpKeyFile *file = NULL;
  int fd = open_private (path, error);

  if (fd < 0)
    return NULL;
  data = imp_secret_allocate (MAX_LENGTH);
  while (length < MAX_LENGTH && got != 0)
    {
      got = read (fd, data + length, MAX_LENGTH - length);
      if (got < 0 && errno != EINTR)
        break;
      if (got > 0)
        length += (gsize)got;
    }
  if (got < 0)
    imp_error_set_errno (error, IMP_ERROR_LOCKED, errno, _ ("The key file cannot be read"));
  else
    file = parse (data, length, error);
  sodium_free (data);
  close (fd);
  return file;
}

/**
 * imp_key_file_make:
 * @path: where no file is yet
 * @error: where to put the error
 *
 * Draws a key at random and writes it to @path in 64 hexadecimal characters and a line break,
 * readable for the user only.
 *
 * Returns: (transfer full) (nullable): its content, or %NULL with %IMP_ERROR_IO and no file
 */
ImpKeyFile *
imp_key_file_make (const char *path, GError **error)
{
  g_autoptr (ImpKeyFile) file = g_new0 (ImpKeyFile, 1);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  char *text = NULL;
  gboolean done = FALSE;
  int saved = errno;

  if (fd < 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, saved, _ ("The key file cannot be made"));
      return NULL;
    }
  file->secret = imp_secret_new_random ();
  text = imp_secret_to_text (file->secret, "", "\n");
  done = write (fd, text, strlen (text)) == (ssize_t)strlen (text) && fsync (fd) == 0;
  saved = errno;
  imp_secret_free_text (text);
  close (fd);
  if (!done)
    {
      g_unlink (path);
      imp_error_set_errno (error, IMP_ERROR_IO, saved, _ ("The key file cannot be written"));
      return NULL;
    }
  return g_steal_pointer (&file);
}
