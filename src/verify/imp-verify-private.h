/* What the parts of the proof share: findings, and the ranges of bytes a walk saw. */
#pragma once

#include "imp-verify.h"

G_BEGIN_DECLS

/**
 * ImpByteRange:
 *
 * A run of bytes of the file that is not entropy-coded pixel data: identifiers are looked for
 * there.
 */
typedef struct
{
  gsize start;
  gsize length;
} ImpByteRange;

/**
 * ImpWalk:
 *
 * One walk through one file.
 */
typedef struct
{
  const guint8 *data; /* borrowed: the whole file */
  gsize length;
  int width;
  int height;
  GPtrArray *findings; /* borrowed, of ImpFinding */
  GArray *plain;       /* borrowed, of ImpByteRange, ascending */
} ImpWalk;

void imp_verify_add (GPtrArray *findings, char *where, char *what);
void imp_verify_add_plain (ImpWalk *walk, gsize start, gsize length);

const char *imp_verify_sniff (const guint8 *data, gsize length);
void imp_verify_walk_into (ImpVerifyReport *report, GBytes *file, GArray *plain);
void imp_verify_walk_png (ImpWalk *walk);
void imp_verify_walk_jpeg (ImpWalk *walk);
void imp_verify_trailing (ImpWalk *walk, const char *last, gsize position);

ImpVerifyReport *imp_verify_report_new (void);

G_END_DECLS
