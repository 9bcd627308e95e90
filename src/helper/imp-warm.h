/* A warm helper process, one of a kind for the whole program.
 *
 * Owns: finding, starting and restarting it.  May include: core.
 * Must never: hand it more than its input's bytes and a socket. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ImpWarm:
 * @program: its file's name
 * @suffix: what its file's name ends with; "" for most
 * @folder: where the build tree has it, below src
 * @variable: the environment variable that names another one, without @suffix
 * @setting: (nullable): a variable of its environment that must be set before it starts
 * @value: (nullable): to this
 */
typedef struct
{
  const char *program;
  const char *suffix;
  const char *folder;
  const char *variable;
  const char *setting;
  const char *value;
  GMutex lock;
  int control; /* guarded by lock: the socket to the warm process, -1 where none runs */
} ImpWarm;

void imp_warm_start (ImpWarm *warm);
int imp_warm_fork (ImpWarm *warm, int input, guint64 size, int session, GError **error);

G_END_DECLS
