#include "imp-input.h"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NAP 200000L          /* nanoseconds between two looks */
#define PATIENCE 300000u     /* looks in a row that find nothing new: a minute */
#define WORTH_IT (64u << 10) /* bytes: fewer are not worth a system call */

/* Of the one file that this process reads; nothing where the readers run on memory of another kind,
 * as in tests. */
static struct
{
  int fd;
  const guint8 *data;
  gsize length;
  gsize ready; /* bytes that have come: they stay as they are */
} input = { -1, NULL, 0, 0 };

/**
 * imp_input_map:
 * @fd: a memfd with the file, or as much of it as has come: it grows to @length
 * @length: bytes of the whole file
 *
 * Maps the file. Bytes that have not come yet must not be touched: that ends the process, so that
 * nothing made up is ever read.
 *
 * Returns: (transfer none) (nullable): the mapping, which stays until the process ends; %NULL where
 * it failed
 */
const guint8 *
imp_input_map (int fd, gsize length)
{
  gpointer data = length > 0 ? mmap (NULL, length, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;

  if (data == MAP_FAILED)
    return NULL;
  input.fd = fd;
  input.data = data;
  input.length = length;
  input.ready = 0;
  return data;
}

static gboolean
is_inside (const guint8 *at)
{
  return input.data != NULL && at >= input.data && at <= input.data + input.length;
}

/* A futex that nobody wakes: of all ways to sleep, the sandbox knows this one. */
static void
nap (void)
{
  static guint32 nobody = 0;
  const struct timespec time = { 0, NAP };

  syscall (SYS_futex, &nobody, FUTEX_WAIT_PRIVATE, 0, &time, NULL, 0);
}

/**
 * imp_input_wait:
 * @end: the end of what is to be read
 *
 * Waits until the file has come up to @end. It begins with more than nothing, so where nothing is
 * there it was emptied: the copy failed.
 *
 * Returns: whether it has; %FALSE where it stopped arriving. Always %TRUE of other memory
 */
gboolean
imp_input_wait (const guint8 *end)
{
  guint waited = 0;

  if (!is_inside (end))
    return TRUE;
  while ((gsize)(end - input.data) > input.ready)
    {
      off_t size = lseek (input.fd, 0, SEEK_END);

      if (size <= 0 || (gsize)size < input.ready || waited > PATIENCE)
        return FALSE;
      waited = (gsize)size > input.ready ? 0 : waited + 1;
      input.ready = MIN ((gsize)size, input.length);
      if ((gsize)(end - input.data) > input.ready)
        nap ();
    }
  return TRUE;
}

/**
 * imp_input_forget:
 * @from: what was read and is not needed soon
 * @size: how many bytes
 *
 * Gives the pages of a long file back, which would otherwise all count as this process's memory in
 * the end. They come again when they are read again. Other memory is left alone.
 */
void
imp_input_forget (const guint8 *from, gsize size)
{
  gsize page = (gsize)sysconf (_SC_PAGESIZE);
  gsize begin = 0;
  gsize end = 0;

  if (size < WORTH_IT || !is_inside (from) || !is_inside (from + size))
    return;
  begin = ((gsize)(from - input.data) + page - 1) / page * page;
  end = ((gsize)(from - input.data) + size) / page * page;
  if (end > begin)
    madvise ((gpointer)(input.data + begin), end - begin, MADV_DONTNEED);
}
