#include "imp-verify-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "imp-hash.h"

typedef struct
{
  const char *format;
  gsize offset;
  gsize length;
  const char *bytes;
} Signature;

/* DICOM first: its preamble may hold the header of a TIFF (PS3.10 7.1). */
static const Signature SIGNATURES[] = {
  { "dicom", 128, 4, "DICM" },
  { "png", 0, 8, "\x89PNG\r\n\x1a\n" },
  { "jpeg", 0, 3, "\xff\xd8\xff" },
  { "tiff", 0, 4, "II*\0" },
  { "tiff", 0, 4, "MM\0*" },
  { "tiff", 0, 4, "II+\0" },
  { "tiff", 0, 4, "MM\0+" },
  { "gif", 0, 4, "GIF8" },
  { "webp", 8, 4, "WEBP" },
  { "avif", 4, 8, "ftypavif" },
  { "heic", 4, 8, "ftypheic" },
  { "heic", 4, 8, "ftypheix" },
  { "heic", 4, 8, "ftypmif1" },
  { "heic", 4, 8, "ftypmsf1" },
  { "heic", 4, 8, "ftyphevc" },
  { "video", 4, 4, "ftyp" },
  { "jpeg2000", 0, 12, "\0\0\0\x0cjP  \r\n\x87\n" },
  { "jpeg2000", 0, 4, "\xff\x4f\xff\x51" },
  { "jxl", 0, 12, "\0\0\0\x0cJXL \r\n\x87\n" },
  { "jxl", 0, 2, "\xff\x0a" },
  { "pdf", 0, 5, "%PDF-" },
  { "zip", 0, 4, "PK\x03\x04" },
  { "bmp", 0, 2, "BM" },
};

/**
 * imp_verify_sniff:
 * @data: (array length=length): bytes
 * @length: how many
 *
 * Returns: (transfer none): what the bytes look like: "png", "jpeg", "dicom", …, or "unknown"
 */
const char *
imp_verify_sniff (const guint8 *data, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNATURES); i++)
    {
      const Signature *signature = &SIGNATURES[i];

      if (length >= signature->offset + signature->length
          && memcmp (data + signature->offset, signature->bytes, signature->length) == 0)
        return signature->format;
    }
  return "unknown";
}

/**
 * imp_verify_add_plain:
 * @walk: a walk
 * @start: the first byte
 * @length: how many
 *
 * Notes bytes that are not entropy-coded; runs that touch are joined, so that nothing can hide on
 * the border of two.
 */
void
imp_verify_add_plain (ImpWalk *walk, gsize start, gsize length)
{
  ImpByteRange range = { start, length };

  if (walk->plain->len > 0)
    {
      ImpByteRange *last = &g_array_index (walk->plain, ImpByteRange, walk->plain->len - 1);

      if (last->start + last->length == start)
        {
          last->length += length;
          return;
        }
    }
  if (length > 0)
    g_array_append_val (walk->plain, range);
}

/**
 * imp_verify_trailing:
 * @walk: a walk
 * @last: what ends a picture of this format: "IEND" or "EOI"
 * @position: the first byte after it
 *
 * Adds a finding where bytes follow the picture's end.
 */
void
imp_verify_trailing (ImpWalk *walk, const char *last, gsize position)
{
  gsize count = walk->length - position;
  const char *format = imp_verify_sniff (walk->data + position, count);
  gulong n = (gulong)count;
  char *what = NULL;

  if (count == 0)
    return;
  imp_verify_add_plain (walk, position, count);
  if (g_str_equal (format, "unknown"))
    what = g_strdup_printf (ngettext ("%lu byte follows the end of the picture; it can be the "
                                      "rest of anything.",
                                      "%lu bytes follow the end of the picture; they can hold "
                                      "anything, such as an earlier version of it.",
                                      n),
                            n);
  else
    what = g_strdup_printf (_ ("%lu bytes follow the end of the picture; they look like a further "
                               "file inside (%s)."),
                            n, format);
  imp_verify_add (walk->findings, g_strdup_printf (_ ("after %s"), last), what);
}

/**
 * imp_verify_walk_into:
 * @report: where findings, format and size are put
 * @file: the whole file
 * @plain: (element-type ImpByteRange): where the runs of bytes that are not pixel data are put
 *
 * Walks through @file. Uses no file, no thread and no process of its own: it also runs locked in.
 */
void
imp_verify_walk_into (ImpVerifyReport *report, GBytes *file, GArray *plain)
{
  ImpWalk walk = { .findings = report->findings, .plain = plain };

  walk.data = g_bytes_get_data (file, &walk.length);
  report->format = g_strdup (imp_verify_sniff (walk.data, walk.length));
  if (g_str_equal (report->format, "png"))
    imp_verify_walk_png (&walk);
  else if (g_str_equal (report->format, "jpeg"))
    imp_verify_walk_jpeg (&walk);
  else
    {
      imp_verify_add_plain (&walk, 0, walk.length);
      imp_verify_add (report->findings, g_strdup (_ ("file")),
                      walk.length == 0
                          ? g_strdup (_ ("The file is empty."))
                          : g_strdup_printf (_ ("This is not a flat PNG or JPEG picture but "
                                                "another kind of file (%s)."),
                                             report->format));
    }
  report->width = walk.width;
  report->height = walk.height;
  report->flat = report->findings->len == 0;
}

/**
 * imp_verify_walk:
 * @file: the whole file, anybody's
 *
 * Says what a picture file carries besides pixels (leaks.md rows 1 to 4). Allowed are, each with
 * right length and checksum: PNG IHDR (colour type 0 or 2, 8 bits, no interlace), IDAT, IEND;
 * JPEG SOI, an APP0 of 16 bytes without thumbnail, DQT, SOF0 or SOF2, DHT, DRI, SOS, EOI. All else
 * is a finding, and so is damage. The pixels are not compared with anything.
 *
 * Returns: (transfer full): the report
 */
ImpVerifyReport *
imp_verify_walk (GBytes *file)
{
  ImpVerifyReport *report = imp_verify_report_new ();
  g_autoptr (GArray) plain = g_array_new (FALSE, FALSE, sizeof (ImpByteRange));

  report->sha256 = imp_hash_bytes (file);
  imp_verify_walk_into (report, file, plain);
  return report;
}
