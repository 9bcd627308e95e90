#include "imp-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imp-notes.h"

static void
fail_memory (GError **error)
{
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("The picture is too large for the memory that one file may use: save a smaller one "
                "where it comes from, and open that"),
            NULL);
}

/**
 * imp_memory_new:
 * @size: bytes, 1 or more
 * @error: where to put the error
 *
 * Makes a memfd of @size zero bytes and maps it for writing.
 *
 * Returns: (transfer full) (nullable): the memory, or %NULL with %IMP_ERROR_UNSUPPORTED where there
 *   is not enough of it
 */
ImpMemory *
imp_memory_new (gsize size, GError **error)
{
  g_autoptr (ImpMemory) memory = g_new0 (ImpMemory, 1);
  gpointer data = MAP_FAILED;

  memory->fd = memfd_create ("imprimatur", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory->fd >= 0 && ftruncate (memory->fd, (off_t)size) == 0)
    data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, memory->fd, 0);
  if (data == MAP_FAILED)
    {
      fail_memory (error);
      return NULL;
    }
  memory->data = data;
  memory->size = size;
  return g_steal_pointer (&memory);
}

/**
 * imp_memory_new_empty:
 * @error: where to put the error
 *
 * Makes a memfd to which bytes are appended in order: cheaper than a mapping, whose every page is
 * zeroed and mapped first.
 *
 * Returns: (transfer full) (nullable): the memory, or %NULL with %IMP_ERROR_UNSUPPORTED
 */
ImpMemory *
imp_memory_new_empty (GError **error)
{
  g_autoptr (ImpMemory) memory = g_new0 (ImpMemory, 1);

  memory->fd = memfd_create ("imprimatur", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory->fd >= 0)
    return g_steal_pointer (&memory);
  fail_memory (error);
  return NULL;
}

/**
 * imp_memory_append:
 * @memory: what imp_memory_new_empty() made
 * @data: bytes
 * @size: how many
 * @error: where to put the error
 *
 * Returns: whether there was room, else %IMP_ERROR_UNSUPPORTED
 */
gboolean
imp_memory_append (ImpMemory *memory, gconstpointer data, gsize size, GError **error)
{
  const guint8 *from = data;

  while (size > 0)
    {
      gssize written = write (memory->fd, from, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          fail_memory (error);
          return FALSE;
        }
      from += written;
      size -= (gsize)written;
      memory->size += (gsize)written;
    }
  return TRUE;
}

/**
 * imp_memory_seal:
 * @memory: memory that is complete
 *
 * Unmaps @memory and seals it: from now on nobody can change it.
 *
 * Returns: its descriptor, owned by @memory, or -1
 */
int
imp_memory_seal (ImpMemory *memory)
{
  if (memory->data != NULL)
    munmap (memory->data, memory->size);
  memory->data = NULL;
  if (fcntl (memory->fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
      != 0)
    return -1;
  return memory->fd;
}

/**
 * imp_memory_free:
 * @memory: (transfer full) (nullable): memory
 */
void
imp_memory_free (ImpMemory *memory)
{
  if (memory == NULL)
    return;
  if (memory->data != NULL)
    munmap (memory->data, memory->size);
  if (memory->fd >= 0)
    close (memory->fd);
  g_free (memory);
}
