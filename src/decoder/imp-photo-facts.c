#include <string.h>

#include "imp-colour.h"
#include "imp-photo.h"

/* XMP properties that say who, where or when. */
static const struct
{
  const char *name;
  const char *kind;
} properties[] = {
  { "dc:creator", "person" },
  { "dc:rights", "person" },
  { "dc:title", "text" },
  { "dc:description", "text" },
  { "dc:subject", "text" },
  { "photoshop:AuthorsPosition", "person" },
  { "photoshop:CaptionWriter", "person" },
  { "photoshop:City", "text" },
  { "photoshop:Country", "text" },
  { "photoshop:DateCreated", "date" },
  { "photoshop:Headline", "text" },
  { "photoshop:Credit", "person" },
  { "photoshop:Instructions", "text" },
  { "photoshop:Source", "text" },
  { "xmp:CreateDate", "date" },
  { "xmp:ModifyDate", "date" },
  { "exif:DateTimeOriginal", "date" },
  { "exif:GPSLatitude", "gps" },
  { "exif:GPSLongitude", "gps" },
  { "exif:UserComment", "text" },
  { "aux:SerialNumber", "device" },
  { "aux:OwnerName", "person" },
  { "aux:LensSerialNumber", "device" },
  { "exifEX:BodySerialNumber", "device" },
  { "xmpMM:DocumentID", "metadata" },
  { "xmpMM:InstanceID", "metadata" },
  { "xmpMM:OriginalDocumentID", "metadata" },
  { "Iptc4xmpCore:Location", "text" },
};

/* Text between tags: all that a person would read in an element, whatever its rdf wrapping. */
static char *
strip_tags (const char *from, const char *to)
{
  GString *text = g_string_new (NULL);
  gboolean inside = FALSE;

  for (; from < to && text->len < IMP_NOTES_MAX_VALUE; from++)
    {
      if (*from == '<')
        inside = TRUE;
      else if (*from == '>')
        {
          inside = FALSE;
          g_string_append_c (text, ' ');
        }
      else if (!inside && !(g_ascii_isspace (*from) && g_str_has_suffix (text->str, " ")))
        g_string_append_c (text, g_ascii_isspace (*from) ? ' ' : *from);
    }
  return g_strstrip (g_string_free (text, FALSE));
}

static void
note_property (ImpNotes *notes, const char *where, const char *xmp, const char *end, gsize i)
{
  const char *name = properties[i].name;
  gsize length = strlen (name);
  const char *at = xmp;

  for (int found = 0; found < 16; found++)
    {
      g_autofree char *value = NULL;

      at = memmem (at, (gsize)(end - at), name, length);
      if (at == NULL)
        return;
      at += length;
      if (at < end && *at == '=' && at + 1 < end && (at[1] == '"' || at[1] == '\''))
        {
          const char *close = memchr (at + 2, at[1], (gsize)(end - at - 2));

          value = close != NULL ? strip_tags (at + 2, close) : NULL;
        }
      else if (at < end && (*at == '>' || *at == ' ') && at - length > xmp
               && at[-(gssize)length - 1] == '<')
        {
          g_autofree char *closing = g_strdup_printf ("</%s>", name);
          const char *close = memmem (at, (gsize)(end - at), closing, strlen (closing));
          const char *open = memchr (at, '>', (gsize)(end - at));

          value =
              close != NULL && open != NULL && open < close ? strip_tags (open + 1, close) : NULL;
        }
      if (value != NULL && *value != '\0')
        imp_notes_add (notes, where, properties[i].kind, value, TRUE);
    }
}

/**
 * imp_photo_note_xmp:
 * @notes: where to note it
 * @where: "XMP", "extended XMP", "PNG iTXt XMP"…
 * @xmp: the packet
 * @length: its bytes
 *
 * Notes that there is an XMP packet, and those of its values that name people, places and dates.
 * The packet is searched, not parsed: nothing depends on its being well formed.
 */
void
imp_photo_note_xmp (ImpNotes *notes, const char *where, const guint8 *xmp, gsize length)
{
  imp_notes_add_size (notes, where, "metadata", length);
  if (length == 0)
    return; /* and @xmp may be NULL */
  length = MIN (length, (gsize)4 << 20);
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    note_property (notes, where, (const char *)xmp, (const char *)xmp + length, i);
}

/**
 * imp_photo_note_iptc:
 * @notes: where to note it
 * @where: "IPTC"
 * @iptc: IPTC-IIM data sets
 * @length: their bytes
 *
 * Notes every text of the application record (IPTC-IIM 4.2, record 2).
 */
void
imp_photo_note_iptc (ImpNotes *notes, const char *where, const guint8 *iptc, gsize length)
{
  gsize at = 0;

  imp_notes_add_size (notes, where, "metadata", length);
  while (at + 5 <= length && iptc[at] == 0x1c)
    {
      guint8 record = iptc[at + 1];
      guint8 data_set = iptc[at + 2];
      gsize size = (gsize)iptc[at + 3] << 8 | iptc[at + 4];

      at += 5;
      if (size > length - at || (size & 0x8000) != 0)
        return;
      if (record == 2 && data_set != 0)
        {
          g_autofree char *each = g_strdup_printf ("%s 2:%u", where, data_set);
          gboolean person = data_set == 80 || data_set == 85 || data_set == 110 || data_set == 115
                            || data_set == 116 || data_set == 118 || data_set == 122;
          gboolean date = data_set == 55 || data_set == 60 || data_set == 62 || data_set == 63;

          imp_notes_add_bytes (notes, each,
                               person ? "person"
                               : date ? "date"
                                      : "text",
                               iptc + at, size, TRUE);
        }
      at += size;
    }
}

/**
 * imp_photo_note_photoshop:
 * @notes: where to note it
 * @where: "JPEG APP13" or "TIFF Photoshop"
 * @blocks: image resource blocks ("8BIM")
 * @length: their bytes
 *
 * Notes the resources that hold IPTC, a thumbnail, EXIF or XMP.
 */
void
imp_photo_note_photoshop (ImpNotes *notes, const char *where, const guint8 *blocks, gsize length)
{
  gsize at = 0;

  imp_notes_add_size (notes, where, "metadata", length);
  while (at + 12 <= length && memcmp (blocks + at, "8BIM", 4) == 0)
    {
      guint id = (guint)blocks[at + 4] << 8 | blocks[at + 5];
      gsize name = ((gsize)blocks[at + 6] + 2) & ~(gsize)1;
      gsize size = 0;

      at += 6 + name;
      if (at + 4 > length)
        return;
      size = (gsize)blocks[at] << 24 | (gsize)blocks[at + 1] << 16 | (gsize)blocks[at + 2] << 8
             | blocks[at + 3];
      at += 4;
      if (size > length - at)
        return;
      if (id == 0x0404)
        imp_photo_note_iptc (notes, "IPTC", blocks + at, size);
      else if (id == 0x0409 || id == 0x040c)
        imp_notes_add_size (notes, "Photoshop thumbnail", "thumbnail", size);
      else if (id == 0x0422)
        imp_exif_note (notes, "Photoshop ", blocks + at, size);
      else if (id == 0x0424)
        imp_photo_note_xmp (notes, "Photoshop XMP", blocks + at, size);
      at += (size + 1) & ~(gsize)1;
    }
}

/**
 * imp_photo_note_icc:
 * @notes: where to note it
 * @where: "ICC profile"
 * @icc: a profile
 * @length: its bytes
 */
void
imp_photo_note_icc (ImpNotes *notes, const char *where, gconstpointer icc, gsize length)
{
  g_autofree char *description = imp_colour_describe_icc (icc, length);

  imp_notes_add (notes, where, "icc", description, FALSE);
}
