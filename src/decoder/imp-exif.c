#include <libexif/exif-data.h>
#include <libexif/exif-utils.h>
#include <math.h>
#include <string.h>

#include "imp-photo.h"

#define MAX_BLOCK (16u << 20)

static const guint8 header[6] = { 'E', 'x', 'i', 'f', 0, 0 };

/* EXIF 2.32 tags that say who, where, when or with which device. */
static const struct
{
  guint16 tag;
  const char *kind;
  gboolean identifies;
} interesting[] = {
  { 0x010e, "text", TRUE },    /* ImageDescription */
  { 0x010f, "device", FALSE }, /* Make */
  { 0x0110, "device", FALSE }, /* Model */
  { 0x0131, "device", FALSE }, /* Software */
  { 0x0132, "date", TRUE },    /* DateTime */
  { 0x013b, "person", TRUE },  /* Artist */
  { 0x013c, "device", TRUE },  /* HostComputer */
  { 0x8298, "person", TRUE },  /* Copyright */
  { 0x9003, "date", TRUE },    /* DateTimeOriginal */
  { 0x9004, "date", TRUE },    /* DateTimeDigitized */
  { 0x9010, "date", FALSE },   /* OffsetTime */
  { 0x9286, "text", TRUE },    /* UserComment */
  { 0x9c9b, "text", TRUE },    /* XPTitle */
  { 0x9c9c, "text", TRUE },    /* XPComment */
  { 0x9c9d, "person", TRUE },  /* XPAuthor */
  { 0x9c9e, "text", TRUE },    /* XPKeywords */
  { 0x9c9f, "text", TRUE },    /* XPSubject */
  { 0xa420, "device", TRUE },  /* ImageUniqueID */
  { 0xa430, "person", TRUE },  /* CameraOwnerName */
  { 0xa431, "device", TRUE },  /* BodySerialNumber */
  { 0xa433, "device", FALSE }, /* LensMake */
  { 0xa434, "device", FALSE }, /* LensModel */
  { 0xa435, "device", TRUE },  /* LensSerialNumber */
};

typedef struct
{
  ImpNotes *notes;
  const char *prefix;
  ExifByteOrder order;
  int ifd;
  double latitude;
  double longitude;
  char latitude_side;
  char longitude_side;
} Walk;

static char *
entry_text (const ExifEntry *entry)
{
  const char *data = (const char *)entry->data;

  if (data == NULL || entry->size == 0)
    return NULL;
  if (entry->tag >= 0x9c9b && entry->tag <= 0x9c9f)
    return g_utf16_to_utf8 ((const gunichar2 *)data, entry->size / 2, NULL, NULL, NULL);
  if (entry->tag == 0x9286 && entry->size > 8) /* 8 bytes say its character set */
    {
      if (memcmp (data, "UNICODE", 7) == 0)
        {
          g_autofree gunichar2 *wide = g_new0 (gunichar2, entry->size / 2);
          gsize n = (entry->size - 8) / 2;

          for (gsize i = 0; i < n; i++)
            wide[i] = exif_get_short (entry->data + 8 + 2 * i,
                                      exif_data_get_byte_order (entry->parent->parent));
          return g_utf16_to_utf8 (wide, (glong)n, NULL, NULL, NULL);
        }
      return imp_text_clean (data + 8, strnlen (data + 8, entry->size - 8));
    }
  if (entry->format != EXIF_FORMAT_ASCII && entry->format != EXIF_FORMAT_BYTE
      && entry->format != EXIF_FORMAT_UNDEFINED)
    return NULL;
  return imp_text_clean (data, strnlen (data, entry->size));
}

static double
degrees (const ExifEntry *entry, ExifByteOrder order)
{
  double value = 0;
  double unit = 1;

  if (entry->format != EXIF_FORMAT_RATIONAL || entry->components < 1
      || entry->size < entry->components * 8)
    return NAN;
  for (gulong i = 0; i < MIN (entry->components, 3); i++, unit *= 60)
    {
      ExifRational part = exif_get_rational (entry->data + 8 * i, order);

      if (part.denominator != 0)
        value += part.numerator / (double)part.denominator / unit;
    }
  return value;
}

static void
note_gps_entry (Walk *walk, const ExifEntry *entry)
{
  g_autofree char *where = g_strdup_printf ("%sEXIF GPS", walk->prefix);

  if (entry->data == NULL)
    return;
  switch ((int)entry->tag)
    {
    case 1:
      walk->latitude_side = entry->size > 0 ? (char)entry->data[0] : 0;
      break;
    case 2:
      walk->latitude = degrees (entry, walk->order);
      break;
    case 3:
      walk->longitude_side = entry->size > 0 ? (char)entry->data[0] : 0;
      break;
    case 4:
      walk->longitude = degrees (entry, walk->order);
      break;
    case 0x1b: /* GPSProcessingMethod */
    case 0x1c: /* GPSAreaInformation */
    case 0x1d: /* GPSDateStamp */
      {
        gsize skip = entry->tag != 0x1d ? MIN (entry->size, 8) : 0; /* 8 bytes say a charset */
        const char *text = (const char *)entry->data + skip;
        g_autofree char *value = imp_text_clean (text, strnlen (text, entry->size - skip));

        imp_notes_add (walk->notes, where, entry->tag == 0x1d ? "date" : "gps", value, TRUE);
        break;
      }
    default:
      break;
    }
}

static void
note_entry (ExifEntry *entry, void *data)
{
  Walk *walk = data;
  const char *name = exif_tag_get_name_in_ifd (entry->tag, walk->ifd);
  g_autofree char *where =
      g_strdup_printf ("%sEXIF %s", walk->prefix, name != NULL ? name : "unknown tag");

  if (walk->ifd == EXIF_IFD_GPS)
    {
      note_gps_entry (walk, entry);
      return;
    }
  if (walk->ifd == EXIF_IFD_1)
    return;
  if (entry->tag == EXIF_TAG_MAKER_NOTE)
    {
      imp_notes_add_size (walk->notes, where, "private", entry->size);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (interesting); i++)
    if (interesting[i].tag == (guint16)entry->tag)
      {
        g_autofree char *value = entry_text (entry);

        imp_notes_add (walk->notes, where, interesting[i].kind, value, interesting[i].identifies);
      }
}

static void
note_content (ExifContent *content, void *data)
{
  Walk *walk = data;

  walk->ifd = exif_content_get_ifd (content);
  exif_content_foreach_entry (content, note_entry, walk);
}

static void
note_maker_note (Walk *walk, ExifData *exif)
{
  ExifMnoteData *note = exif_data_get_mnote_data (exif);
  guint n = note != NULL ? MIN (exif_mnote_data_count (note), 500) : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *name = exif_mnote_data_get_name (note, i);
      g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;
      char value[256] = "";

      if (lower == NULL || (strstr (lower, "serial") == NULL && strstr (lower, "owner") == NULL))
        continue;
      if (exif_mnote_data_get_value (note, i, value, sizeof value) != NULL)
        imp_notes_add (walk->notes, "EXIF MakerNote", "device", value, TRUE);
    }
}

static void
note_position (Walk *walk)
{
  g_autofree char *where = g_strdup_printf ("%sEXIF GPS", walk->prefix);
  g_autofree char *value = NULL;
  char latitude[G_ASCII_DTOSTR_BUF_SIZE];
  char longitude[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (walk->latitude) || !isfinite (walk->longitude))
    return;
  g_ascii_formatd (latitude, sizeof latitude, "%.6f",
                   walk->latitude_side == 'S' ? -walk->latitude : walk->latitude);
  g_ascii_formatd (longitude, sizeof longitude, "%.6f",
                   walk->longitude_side == 'W' ? -walk->longitude : walk->longitude);
  value = g_strdup_printf ("%s, %s", latitude, longitude);
  imp_notes_add (walk->notes, where, "gps", value, TRUE);
}

static int
find_orientation (ExifData *exif, ExifByteOrder order)
{
  ExifEntry *entry = exif_content_get_entry (exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  int orientation = 1;

  if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
    orientation = exif_get_short (entry->data, order);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/* @framed: the header, and @length bytes of a block after it.
 * @directory: where the first directory stands, where that is not what the block says; else 0. */
static int
read_block (ImpNotes *notes, const char *prefix, guint8 *framed, gsize length, guint32 directory)
{
  guint8 *tiff = framed + sizeof header;
  ExifData *exif = NULL;
  int orientation = 1;
  Walk walk = { .notes = notes, .prefix = prefix, .latitude = NAN, .longitude = NAN };

  if (directory != 0)
    exif_set_long (tiff + 4, tiff[0] == 'I' ? EXIF_BYTE_ORDER_INTEL : EXIF_BYTE_ORDER_MOTOROLA,
                   directory);
  exif = exif_data_new ();
  exif_data_unset_option (exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (exif, framed, (guint)(length + sizeof header));
  walk.order = exif_data_get_byte_order (exif);
  orientation = find_orientation (exif, walk.order);
  exif_data_foreach_content (exif, note_content, &walk);
  note_position (&walk);
  note_maker_note (&walk, exif);
  if (exif->data != NULL && exif->size > 0 && directory == 0) /* a TIFF's next one is a page */
    {
      g_autofree char *thumbnail = g_strdup_printf ("%sEXIF thumbnail", prefix);

      imp_notes_add_size (notes, thumbnail, "thumbnail", exif->size);
    }
  exif_data_unref (exif);
  return orientation;
}

/**
 * imp_exif_frame:
 * @tiff: a block, from its TIFF header
 * @length: its bytes
 *
 * Returns: (transfer full) (nullable): a copy as libexif takes it, or %NULL for want of memory
 */
guint8 *
imp_exif_frame (const guint8 *tiff, gsize length)
{
  guint8 *framed = g_try_malloc (length + sizeof header);

  if (framed == NULL)
    return NULL;
  memcpy (framed, header, sizeof header);
  memcpy (framed + sizeof header, tiff, length);
  return framed;
}

/**
 * imp_exif_note:
 * @notes: where to note what the block gives away
 * @prefix: "" or where the block stands, with a space after it
 * @tiff: an EXIF block, from its TIFF header
 * @length: its bytes
 *
 * Returns: the orientation it asks for, 1 to 8
 */
int
imp_exif_note (ImpNotes *notes, const char *prefix, const guint8 *tiff, gsize length)
{
  g_autofree char *where = g_strdup_printf ("%sEXIF", prefix);
  g_autofree guint8 *framed = NULL;

  if (length < 8)
    return 1;
  imp_notes_add_size (notes, where, "metadata", length);
  if (length > MAX_BLOCK)
    {
      notes->incomplete = TRUE; /* nobody's EXIF is as large: a file that hides something */
      return 1;
    }
  framed = imp_exif_frame (tiff, length);
  if (framed == NULL)
    {
      notes->incomplete = TRUE;
      return 1;
    }
  return read_block (notes, prefix, framed, length, 0);
}

/**
 * imp_exif_note_tiff:
 * @notes: where to note what a page gives away
 * @framed: (inout) (nullable): a whole TIFF file, from imp_exif_frame(): one for all pages
 * @length: bytes of the file
 * @directory: where the page's directory stands
 *
 * The file as a whole is the block that libexif reads: not so a BigTIFF, which is then refused.
 */
void
imp_exif_note_tiff (ImpNotes *notes, guint8 *framed, gsize length, guint64 directory)
{
  imp_notes_add (notes, "TIFF EXIF", "metadata", NULL, FALSE);
  if (framed == NULL || length > G_MAXINT32 || directory > G_MAXUINT32
      || framed[sizeof header + 2] + framed[sizeof header + 3] != 42)
    notes->incomplete = TRUE;
  else
    read_block (notes, "TIFF ", framed, length, (guint32)directory);
}
