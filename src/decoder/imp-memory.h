/* A block of memory that can be handed over as a sealed memfd, without a copy. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int fd;
  guint8 *data;
  gsize size;
} ImpMemory;

ImpMemory *imp_memory_new (gsize size, GError **error);
ImpMemory *imp_memory_new_empty (GError **error);
gboolean imp_memory_append (ImpMemory *memory, gconstpointer data, gsize size, GError **error);
int imp_memory_seal (ImpMemory *memory);
void imp_memory_free (ImpMemory *memory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpMemory, imp_memory_free)

G_END_DECLS
