#include "imp-png-chunks.h"

#include <string.h>
#include <zlib.h>

#include "imp-photo.h"

#define MAX_INFLATED (4u << 20)
#define MAX_PAGES 10000

static guint32
get_u32 (const guint8 *at)
{
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static GByteArray *
inflate_some (const guint8 *data, gsize length)
{
  GByteArray *out = g_byte_array_new ();
  z_stream stream = { 0 };
  guint8 buffer[4096];
  int status = Z_OK;

  if (length > G_MAXUINT || inflateInit (&stream) != Z_OK)
    return out;
  stream.next_in = (guint8 *)data;
  stream.avail_in = (uInt)length;
  while (status == Z_OK && out->len < MAX_INFLATED)
    {
      stream.next_out = buffer;
      stream.avail_out = sizeof buffer;
      status = inflate (&stream, Z_NO_FLUSH);
      g_byte_array_append (out, buffer, (guint)(sizeof buffer - stream.avail_out));
      if (stream.avail_in == 0 && stream.avail_out != 0)
        break;
    }
  inflateEnd (&stream);
  return out;
}

/* ImageMagick's and exiftool's habit: a metadata block as hexadecimal text. */
static void
note_raw_profile (ImpNotes *notes, const char *keyword, const char *text, gsize length,
                  int *orientation)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *end = length > 0 ? text + length : text; /* no text at all is NULL */
  int newlines = 0;
  int high = -1;

  for (; text < end && newlines < 3; text++) /* empty line, name, length */
    if (*text == '\n')
      newlines++;
  for (; text < end; text++)
    {
      int digit = g_ascii_xdigit_value (*text);

      if (digit < 0)
        continue;
      if (high >= 0)
        {
          guint8 byte = (guint8)(high << 4 | digit);

          g_byte_array_append (bytes, &byte, 1);
          high = -1;
        }
      else
        high = digit;
    }
  if (bytes->len > 6 && memcmp (bytes->data, "Exif\0", 5) == 0)
    *orientation = imp_exif_note (notes, "PNG text ", bytes->data + 6, bytes->len - 6);
  else if (strstr (keyword, "xmp") != NULL
           || (bytes->len > 29 && memcmp (bytes->data, "http://ns.adobe.com/xap", 23) == 0))
    imp_photo_note_xmp (notes, "PNG text XMP", bytes->data, bytes->len);
  else if (strstr (keyword, "iptc") != NULL || strstr (keyword, "8bim") != NULL)
    imp_photo_note_photoshop (notes, "PNG text IPTC", bytes->data, bytes->len);
}

/* Keywords of the standard (PNG 1.2, 4.2.3) and of common programs. Another is the file's own text,
 * which may name somebody as well as any value. */
static gboolean
is_known_keyword (const char *keyword)
{
  static const char *const known[] = { "Title",
                                       "Author",
                                       "Description",
                                       "Copyright",
                                       "Creation Time",
                                       "Software",
                                       "Disclaimer",
                                       "Warning",
                                       "Source",
                                       "Comment",
                                       "XML:com.adobe.xmp",
                                       "date:create",
                                       "date:modify",
                                       "date:timestamp",
                                       "Raw profile type exif",
                                       "Raw profile type APP1",
                                       "Raw profile type iptc",
                                       "Raw profile type 8bim",
                                       "Raw profile type xmp",
                                       "Raw profile type icc",
                                       NULL };

  return g_strv_contains (known, keyword);
}

static void
note_text (ImpNotes *notes, const char *type, const char *keyword, const guint8 *text, gsize length,
           int *orientation)
{
  gboolean known = is_known_keyword (keyword);
  g_autofree char *where =
      g_strdup_printf ("PNG %s%s%s", type, known ? " " : "", known ? keyword : "");

  if (!known)
    imp_notes_add_bytes (notes, where, "text", keyword, strlen (keyword), TRUE);

  if (g_str_has_prefix (keyword, "Raw profile type"))
    {
      imp_notes_add_size (notes, where, "metadata", length);
      note_raw_profile (notes, keyword, (const char *)text, length, orientation);
    }
  else if (strcmp (keyword, "XML:com.adobe.xmp") == 0)
    imp_photo_note_xmp (notes, where, text, length);
  else
    imp_notes_add_bytes (notes, where, "text", text, length, TRUE);
}

/* tEXt, zTXt and iTXt: PNG 1.2, 4.2.3. */
static void
read_text (ImpNotes *notes, const char *type, const guint8 *data, gsize length, int *orientation)
{
  const guint8 *end = data + length;
  const guint8 *text = memchr (data, 0, length);
  gboolean packed = strcmp (type, "zTXt") == 0;

  if (text == NULL)
    return;
  text++;
  if (packed && text < end)
    text++;
  else if (strcmp (type, "iTXt") == 0)
    {
      packed = text < end && *text == 1;
      text += 2;
      for (int i = 0; i < 2 && text < end; i++)
        {
          text = memchr (text, 0, (gsize)(end - text));
          text = text != NULL ? text + 1 : end;
        }
    }
  if (text >= end)
    return;
  if (packed)
    {
      g_autoptr (GByteArray) inflated = inflate_some (text, (gsize)(end - text));

      note_text (notes, type, (const char *)data, inflated->data, inflated->len, orientation);
    }
  else
    note_text (notes, type, (const char *)data, text, (gsize)(end - text), orientation);
}

static void
read_time (ImpNotes *notes, const guint8 *data, gsize length)
{
  g_autofree char *value = NULL;

  if (length != 7)
    return;
  value = g_strdup_printf ("%04u-%02u-%02u %02u:%02u:%02u", (guint)data[0] << 8 | data[1], data[2],
                           data[3], data[4], data[5], data[6]);
  imp_notes_add (notes, "PNG tIME", "date", value, TRUE);
}

static gboolean
is_plain (const char *type)
{
  static const char *const plain[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA",
                                       "sBIT", "sRGB", "bKGD", "hIST", "pHYs", "sPLT", "fcTL",
                                       "fdAT", "iCCP", "cICP", "mDCV", "cLLI", NULL };

  return g_strv_contains (plain, type);
}

static void
read_chunk (ImpPngChunks *chunks, ImpNotes *notes, const char *type, const guint8 *data,
            gsize length)
{
  g_autofree char *where = g_strdup_printf ("PNG %s", type);

  if (strcmp (type, "IHDR") == 0 && length == 13)
    {
      chunks->width = get_u32 (data);
      chunks->height = get_u32 (data + 4);
    }
  else if (g_str_has_suffix (type, "Xt") || strcmp (type, "tEXt") == 0)
    read_text (notes, type, data, length, &chunks->orientation);
  else if (strcmp (type, "eXIf") == 0)
    chunks->orientation = imp_exif_note (notes, "PNG ", data, length);
  else if (strcmp (type, "tIME") == 0)
    read_time (notes, data, length);
  else if (strcmp (type, "cICP") == 0 && length == 4)
    {
      chunks->has_cicp = TRUE;
      chunks->primaries = data[0];
      chunks->transfer = data[1];
    }
  else if (strcmp (type, "acTL") == 0 && length == 8)
    notes->n_pages = CLAMP (get_u32 (data), 1, MAX_PAGES);
  else if (strcmp (type, "caBX") == 0)
    imp_notes_add_size (notes, "PNG caBX (C2PA)", "metadata", length);
  else if (!is_plain (type))
    imp_notes_add_size (notes, where, "private", length);
}

static gboolean
is_type (const guint8 *type)
{
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isalpha (type[i]))
      return FALSE;
  return TRUE;
}

/**
 * imp_png_chunks_read:
 * @chunks: (out): what decoding needs
 * @notes: where to note what the file gives away
 * @data: a whole PNG file
 * @length: its bytes
 * @error: where to put the error
 *
 * Walks every chunk up to IEND, checks each length and CRC, and counts what follows.
 *
 * Returns: whether all chunks are whole; else %IMP_ERROR_DAMAGED
 */
gboolean
imp_png_chunks_read (ImpPngChunks *chunks, ImpNotes *notes, const guint8 *data, gsize length,
                     GError **error)
{
  gsize at = 8;
  gboolean ended = FALSE;

  chunks->orientation = 1;
  while (!ended && length - at >= 12)
    {
      guint32 size = get_u32 (data + at);
      char type[5] = "";

      if (size > length - at - 12 || !is_type (data + at + 4)
          || crc32 (0, data + at + 4, size + 4) != get_u32 (data + at + 8 + size))
        break;
      memcpy (type, data + at + 4, 4);
      if (at == 8 && strcmp (type, "IHDR") != 0)
        break;
      read_chunk (chunks, notes, type, data + at + 8, size);
      ended = strcmp (type, "IEND") == 0;
      at += 12 + (gsize)size;
    }
  if (!ended)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The PNG file is damaged or incomplete: fetch it again from its source"), NULL);
      return FALSE;
    }
  if (at < length)
    imp_notes_add_size (notes, "after IEND", "trailing-bytes", length - at);
  if (notes->n_pages > 1)
    {
      g_autofree char *count = g_strdup_printf ("%u", notes->n_pages);

      imp_notes_warn (
          notes, N_ ("The file is an animation of %s pictures: only the first is shown"), count);
    }
  return TRUE;
}
