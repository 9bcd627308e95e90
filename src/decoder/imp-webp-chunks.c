#include "imp-webp-chunks.h"

#include <string.h>

#include "imp-bytes.h"
#include "imp-photo.h"

#define MAX_PAGES 10000

typedef struct
{
  ImpWebpChunks *chunks;
  ImpNotes *notes;
  gboolean extended; /* begins with VP8X */
  guint n_frames;    /* of an animation */
  gboolean seen_exif;
} Walk;

static gboolean
is (const guint8 *chunk, const char *type)
{
  return memcmp (chunk, type, 4) == 0;
}

/* Takes one chunk of the picture itself; ALPH comes just before its VP8. */
static void
take_picture (ImpWebpChunks *chunks, const guint8 *chunk, gsize size, gboolean *closed)
{
  if (*closed)
    return;
  if (chunks->picture == NULL)
    chunks->picture = chunk;
  chunks->length = (gsize)(chunk - chunks->picture) + 8 + size;
  *closed = !is (chunk, "ALPH");
}

static void
note_unknown (Walk *walk, const guint8 *chunk, gsize size)
{
  gboolean plain = TRUE;
  g_autofree char *where = NULL;

  for (gsize i = 0; i < 4; i++)
    plain = plain && g_ascii_isprint (chunk[i]);
  where = plain ? g_strdup_printf ("WebP %.4s", (const char *)chunk) : g_strdup ("WebP chunk");
  imp_notes_add_size (walk->notes, where, "private", size);
}

static gboolean walk_frame (Walk *walk, const guint8 *data, gsize length);

static void
read_exif (Walk *walk, const guint8 *data, gsize size)
{
  gboolean framed = size > 6 && memcmp (data, "Exif\0", 6) == 0;
  int orientation =
      imp_exif_note (walk->notes, "", data + (framed ? 6 : 0), size - (framed ? 6 : 0));

  if (!walk->seen_exif)
    walk->chunks->orientation = orientation;
  walk->seen_exif = TRUE;
}

static gboolean
read_chunk (Walk *walk, const guint8 *chunk, gsize size, gboolean *closed)
{
  const guint8 *data = chunk + 8;

  if (is (chunk, "VP8X"))
    {
      if (size < 10 || walk->extended)
        return FALSE;
      walk->extended = TRUE;
      walk->chunks->width = imp_bytes_get_little (data + 4, 3) + 1;
      walk->chunks->height = imp_bytes_get_little (data + 7, 3) + 1;
    }
  else if (is (chunk, "ANMF"))
    {
      if (size < 16 || (walk->n_frames++ == 0 && !walk_frame (walk, data, size)))
        return FALSE;
      walk->chunks->animated = TRUE;
      *closed = TRUE;
    }
  else if (is (chunk, "ALPH") || is (chunk, "VP8 ") || is (chunk, "VP8L"))
    {
      if (*closed)
        note_unknown (walk, chunk, size); /* one picture more than is shown */
      take_picture (walk->chunks, chunk, size, closed);
    }
  else if (is (chunk, "EXIF"))
    read_exif (walk, data, size);
  else if (is (chunk, "XMP "))
    imp_photo_note_xmp (walk->notes, "XMP", data, size);
  else if (is (chunk, "ICCP") && walk->chunks->icc == NULL)
    {
      walk->chunks->icc = data;
      walk->chunks->icc_length = size;
      imp_photo_note_icc (walk->notes, "ICC profile", data, size);
    }
  else if (!is (chunk, "ANIM"))
    note_unknown (walk, chunk, size);
  return TRUE;
}

static gboolean
walk_chunks (Walk *walk, const guint8 *data, gsize length)
{
  gboolean closed = FALSE;
  gsize at = 0;

  while (at < length)
    {
      gsize size = length - at >= 8 ? imp_bytes_get_little (data + at + 4, 4) : 0;

      if (length - at < 8 || size > length - at - 8 || !read_chunk (walk, data + at, size, &closed))
        return FALSE;
      at += 8 + size;
      if (size % 2 == 1 && at < length)
        at++;
    }
  return closed;
}

/* An animation's first frame: where it stands, and the chunks of its picture. */
static gboolean
walk_frame (Walk *walk, const guint8 *data, gsize length)
{
  if (walk->chunks->picture != NULL)
    return FALSE;
  walk->chunks->x = 2 * imp_bytes_get_little (data, 3);
  walk->chunks->y = 2 * imp_bytes_get_little (data + 3, 3);
  return walk_chunks (walk, data + 16, length - 16);
}

/**
 * imp_webp_chunks_read:
 * @chunks: (out): what decoding needs; it borrows from @data
 * @notes: where to note what the file gives away
 * @data: a file that begins with RIFF and WEBP
 * @length: its bytes, 12 or more
 * @error: where to put the error
 *
 * Walks every chunk (the WebP container specification, RFC 9649, 2), and counts what follows.
 *
 * Returns: whether all chunks are whole and one of them is a picture; else %IMP_ERROR_DAMAGED
 */
gboolean
imp_webp_chunks_read (ImpWebpChunks *chunks, ImpNotes *notes, const guint8 *data, gsize length,
                      GError **error)
{
  Walk walk = { .chunks = chunks, .notes = notes };
  gsize end = 8 + (gsize)imp_bytes_get_little (data + 4, 4);

  chunks->orientation = 1;
  if (end > length || end < 12 || !walk_chunks (&walk, data + 12, end - 12)
      || chunks->picture == NULL)
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The WebP file is damaged or incomplete: fetch it again from its source"),
                NULL);
      return FALSE;
    }
  if (end < length)
    imp_notes_add_size (notes, "after RIFF", "trailing-bytes", length - end);
  if (walk.n_frames > 1)
    {
      g_autofree char *count = g_strdup_printf ("%u", walk.n_frames);

      notes->n_pages = MIN (walk.n_frames, MAX_PAGES);
      imp_notes_warn (
          notes, N_ ("The file is an animation of %s pictures: only the first is shown"), count);
    }
  return TRUE;
}
