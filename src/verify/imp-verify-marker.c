#include "imp-verify-marker-private.h"

#include <string.h>

#include <glib/gi18n.h>

typedef struct
{
  guint8 marker;
  guint8 length;
  const char *bytes;
  const char *what;
} Known;

static const Known KNOWN[] = {
  { APP0, 5, "JFXX",
    N_ ("A small copy of the picture (JFXX thumbnail), which may show what is "
        "covered now.") },
  { APP0 + 1, 5, "Exif",
    N_ ("EXIF data: camera, time, and possibly the place and a small copy of "
        "the uncovered picture.") },
  { APP0 + 1, 28, "http://ns.adobe.com/xap/1.0/",
    N_ ("XMP data: who made the picture, how, and "
        "where.") },
  { APP0 + 1, 34, "http://ns.adobe.com/xmp/extension/",
    N_ ("More XMP data, which can hold whole "
        "pictures.") },
  { APP0 + 2, 11, "ICC_PROFILE",
    N_ ("A colour profile (ICC), which can name a device, a person "
        "or a date.") },
  { APP0 + 2, 4, "MPF", N_ ("A list of further pictures in this file (MPF).") },
  { APP0 + 2, 4, "FPXR", N_ ("FlashPix data.") },
  { APP0 + 11, 2, "JP",
    N_ ("C2PA or other JUMBF data: a signed history of the picture, which may "
        "name people and hold earlier versions.") },
  { APP0 + 12, 5, "Ducky", N_ ("Settings of a program, which can hold a comment.") },
  { APP0 + 13, 13, "Photoshop 3.0", N_ ("IPTC or Photoshop data: captions, names, places.") },
  { APP0 + 14, 5, "Adobe", N_ ("A mark of the program that wrote the picture (Adobe).") },
};

/**
 * imp_jpeg_marker_name:
 * @marker: the second byte of a marker
 *
 * Returns: (transfer full): what T.81 table B.1 calls it, or its bytes where it has no name there
 */
char *
imp_jpeg_marker_name (guint8 marker)
{
  static const struct
  {
    guint8 marker;
    const char *name;
  } NAMES[] = { { DHT, "DHT" }, { DAC, "DAC" }, { SOI, "SOI" }, { EOI, "EOI" }, { SOS, "SOS" },
                { DQT, "DQT" }, { DNL, "DNL" }, { DRI, "DRI" }, { COM, "COM" } };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (NAMES[i].marker == marker)
      return g_strdup (NAMES[i].name);
  if (marker >= RST0 && marker <= RST7)
    return g_strdup_printf ("RST%d", marker - RST0);
  if (marker >= APP0 && marker <= APP15)
    return g_strdup_printf ("APP%d", marker - APP0);
  if (marker >= 0xc0 && marker <= 0xcf)
    return g_strdup_printf ("SOF%d", marker - 0xc0);
  return g_strdup_printf ("0xFF%02X", marker);
}

/**
 * imp_jpeg_marker_describe:
 * @marker: the second byte of a marker
 * @body: (array length=length): what stands in its segment
 * @length: how many bytes
 *
 * Returns: (transfer full): a sentence about a segment that a flat picture does not need
 */
char *
imp_jpeg_marker_describe (guint8 marker, const guint8 *body, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (KNOWN[i].marker == marker && length >= KNOWN[i].length
        && memcmp (body, KNOWN[i].bytes, KNOWN[i].length) == 0)
      return g_strdup (_ (KNOWN[i].what));
  if (marker == COM)
    return g_strdup_printf (ngettext ("A comment of %lu byte.", "A comment of %lu bytes.", length),
                            (gulong)length);
  return g_strdup_printf (ngettext ("Data of an unknown kind (%lu byte), which a program put there "
                                    "for its own use.",
                                    "Data of an unknown kind (%lu bytes), which a program put "
                                    "there for its own use.",
                                    length),
                          (gulong)length);
}
