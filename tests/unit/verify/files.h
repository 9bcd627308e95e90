/* Files with something wrong in them, for the tests of verify. */
#pragma once

#include "imp-verify.h"

G_BEGIN_DECLS

GBytes *file_insert (GBytes *file, gsize at, gconstpointer data, gsize length);
GBytes *file_replace (GBytes *file, gsize at, gsize remove, gconstpointer data, gsize length);
GBytes *file_insert_chunk (GBytes *file, gsize at, const char *type, gconstpointer data,
                           gsize length);
GBytes *file_insert_segment (GBytes *file, gsize at, guint8 marker, gconstpointer data,
                             gsize length);
GBytes *file_make_png (guint32 width, guint32 height, const guint8 kind[5], const guint8 *idat,
                       gsize length);
gssize file_find (GBytes *file, gconstpointer what, gsize length);
void report_print (const ImpVerifyReport *report);
gboolean report_has (const ImpVerifyReport *report, const char *where, const char *what);
void report_assert_only (const ImpVerifyReport *report, const char *where, const char *what);

#define AFTER_IHDR 33 /* signature and the whole IHDR chunk */
#define AFTER_APP0 20 /* SOI and a JFIF APP0 */

G_END_DECLS
