/* Numbers as the bytes of a file hold them. */
#pragma once

#include <glib.h>

/* @size bytes, 1 to 4, the lowest first. */
static inline guint32
imp_bytes_get_little (const guint8 *at, gsize size)
{
  guint32 value = 0;

  for (gsize i = size; i > 0; i--)
    value = value << 8 | at[i - 1];
  return value;
}
