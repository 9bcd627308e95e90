#include "imp-memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imp-notes.h"

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
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The picture is too large for the memory that one file may use"), NULL);
      return NULL;
    }
  memory->data = data;
  memory->size = size;
  return g_steal_pointer (&memory);
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
