#include "files.h"

#include <string.h>

#include <zlib.h>

GBytes *
file_replace (GBytes *file, gsize at, gsize remove, gconstpointer data, gsize length)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  GByteArray *result = g_byte_array_new ();

  g_assert_cmpuint (at + remove, <=, size);
  g_byte_array_append (result, bytes, (guint)at);
  g_byte_array_append (result, data, (guint)length);
  g_byte_array_append (result, bytes + at + remove, (guint)(size - at - remove));
  return g_byte_array_free_to_bytes (result);
}

GBytes *
file_insert (GBytes *file, gsize at, gconstpointer data, gsize length)
{
  return file_replace (file, at, 0, data, length);
}

static GByteArray *
make_chunk (const char *type, gconstpointer data, gsize length)
{
  GByteArray *chunk = g_byte_array_new ();
  guint32 number = GUINT32_TO_BE ((guint32)length);

  g_byte_array_append (chunk, (guint8 *)&number, 4);
  g_byte_array_append (chunk, (const guint8 *)type, 4);
  g_byte_array_append (chunk, data, (guint)length);
  number = GUINT32_TO_BE ((guint32)crc32 (0, chunk->data + 4, (uInt)length + 4));
  g_byte_array_append (chunk, (guint8 *)&number, 4);
  return chunk;
}

GBytes *
file_insert_chunk (GBytes *file, gsize at, const char *type, gconstpointer data, gsize length)
{
  g_autoptr (GByteArray) chunk = make_chunk (type, data, length);

  return file_insert (file, at, chunk->data, chunk->len);
}

GBytes *
file_insert_segment (GBytes *file, gsize at, guint8 marker, gconstpointer data, gsize length)
{
  g_autoptr (GByteArray) segment = g_byte_array_new ();
  guint8 head[] = { 0xff, marker, (guint8)((length + 2) >> 8), (guint8)(length + 2) };

  g_byte_array_append (segment, head, 4);
  g_byte_array_append (segment, data, (guint)length);
  return file_insert (file, at, segment->data, segment->len);
}

/* A PNG of IHDR, one IDAT and IEND. kind: depth, colour type, compression, filter, interlace. */
GBytes *
file_make_png (guint32 width, guint32 height, const guint8 kind[5], const guint8 *idat,
               gsize length)
{
  guint8 header[13];
  guint32 sides[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) first = NULL;
  g_autoptr (GByteArray) data = make_chunk ("IDAT", idat, length);
  g_autoptr (GByteArray) end = make_chunk ("IEND", "", 0);

  memcpy (header, sides, 8);
  memcpy (header + 8, kind, 5);
  first = make_chunk ("IHDR", header, 13);
  g_byte_array_append (file, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  g_byte_array_append (file, first->data, first->len);
  g_byte_array_append (file, data->data, data->len);
  g_byte_array_append (file, end->data, end->len);
  return g_byte_array_free_to_bytes (file);
}

/* The offset of the first occurrence, or -1. */
gssize
file_find (GBytes *file, gconstpointer what, gsize length)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  const guint8 *found = memmem (bytes, size, what, length);

  return found != NULL ? found - bytes : -1;
}

void
report_print (const ImpVerifyReport *report)
{
  for (guint i = 0; i < report->findings->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (report->findings, i);

      g_test_message ("%s: %s", finding->where, finding->what);
    }
}

gboolean
report_has (const ImpVerifyReport *report, const char *where, const char *what)
{
  for (guint i = 0; i < report->findings->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (report->findings, i);

      if (g_pattern_match_simple (where, finding->where)
          && g_pattern_match_simple (what, finding->what))
        return TRUE;
    }
  return FALSE;
}

void
report_assert_only (const ImpVerifyReport *report, const char *where, const char *what)
{
  report_print (report);
  g_assert_false (report->flat);
  g_assert_cmpuint (report->findings->len, ==, 1);
  g_assert_true (report_has (report, where, what));
}
