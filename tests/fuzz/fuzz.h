/* What every fuzz target is made of: bytes in, and nothing but an orderly return.
 *
 * A target is one file with LLVMFuzzerTestOneInput(), linked to libFuzzer where the tree is
 * configured with -Dfuzz=true, and to replay.c in every other tree. */
#pragma once

#include <stdint.h>
#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Of a target whose input is refused at its door unless all of it fits: how many inputs were let
 * in. replay.c insists on one. */
extern int fuzz_accepted __attribute__ ((weak));

/* What must hold whatever the bytes; in every build, and as a crash that libFuzzer keeps. */
#define FUZZ_HOLDS(what)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(what))                                                                                   \
      g_error ("%s: does not hold: %s", __func__, #what);                                          \
  }                                                                                                \
  G_STMT_END

/* The input of a target that needs numbers: taken from its front, zeros once it is used up. */
typedef struct
{
  const guint8 *data;
  gsize left;
} FuzzBytes;

static inline void
fuzz_take (FuzzBytes *bytes, gpointer out, gsize size)
{
  gsize n = MIN (size, bytes->left);

  memset (out, 0, size);
  if (n > 0)
    memcpy (out, bytes->data, n);
  bytes->data += n;
  bytes->left -= n;
}

static inline guint
fuzz_take_8 (FuzzBytes *bytes)
{
  guint8 value = 0;

  fuzz_take (bytes, &value, sizeof value);
  return value;
}

static inline guint
fuzz_take_16 (FuzzBytes *bytes)
{
  guint16 value = 0;

  fuzz_take (bytes, &value, sizeof value);
  return GUINT16_FROM_LE (value);
}

static inline double
fuzz_take_double (FuzzBytes *bytes)
{
  double value = 0;

  fuzz_take (bytes, &value, sizeof value);
  return value;
}

/* Exactly as many bytes as there are, so that a step beyond them is seen. */
static inline guint8 *
fuzz_dup (const guint8 *data, gsize size)
{
  guint8 *copy = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (copy, data, size);
  return copy;
}

G_END_DECLS
