#include <string.h>

#include "imp-mcu.h"
#include "imp-photo.h"
#include "imp-tiff.h"

#define MAX_PAGES 10000

static const struct
{
  guint32 tag;
  const char *name;
  const char *kind;
  gboolean identifies;
} texts[] = {
  { TIFFTAG_DOCUMENTNAME, "TIFF DocumentName", "text", TRUE },
  { TIFFTAG_IMAGEDESCRIPTION, "TIFF ImageDescription", "text", TRUE },
  { TIFFTAG_MAKE, "TIFF Make", "device", FALSE },
  { TIFFTAG_MODEL, "TIFF Model", "device", FALSE },
  { TIFFTAG_PAGENAME, "TIFF PageName", "text", TRUE },
  { TIFFTAG_SOFTWARE, "TIFF Software", "device", FALSE },
  { TIFFTAG_DATETIME, "TIFF DateTime", "date", TRUE },
  { TIFFTAG_ARTIST, "TIFF Artist", "person", TRUE },
  { TIFFTAG_HOSTCOMPUTER, "TIFF HostComputer", "device", TRUE },
  { TIFFTAG_COPYRIGHT, "TIFF Copyright", "person", TRUE },
};

static void
note_blocks (TIFF *tiff, ImpNotes *notes)
{
  guint32 length = 0;
  gpointer block = NULL;

  if (TIFFGetField (tiff, TIFFTAG_XMLPACKET, &length, &block) == 1 && block != NULL)
    imp_photo_note_xmp (notes, "XMP", block, length);
  if (TIFFGetField (tiff, TIFFTAG_PHOTOSHOP, &length, &block) == 1 && block != NULL)
    imp_photo_note_photoshop (notes, "TIFF Photoshop", block, length);
  if (TIFFGetField (tiff, TIFFTAG_RICHTIFFIPTC, &length, &block) == 1 && block != NULL)
    {
      const TIFFField *field = TIFFFieldWithTag (tiff, TIFFTAG_RICHTIFFIPTC);
      gsize unit = field != NULL && TIFFFieldDataType (field) == TIFF_LONG ? 4 : 1;

      imp_photo_note_iptc (notes, "IPTC", block, (gsize)length * unit);
    }
}

static void
note_directories (TIFF *tiff, const guint8 *data, gsize length, ImpNotes *notes)
{
  guint16 n_children = 0;
  toff_t *children = NULL;
  toff_t offset = 0;
  guint pages = TIFFNumberOfDirectories (tiff);

  notes->n_pages = CLAMP (pages, 1, MAX_PAGES);
  TIFFSetDirectory (tiff, 0);
  if (TIFFGetField (tiff, TIFFTAG_SUBIFD, &n_children, &children) == 1 && n_children > 0)
    imp_notes_add (notes, "TIFF SubIFDs", "thumbnail", NULL, FALSE);
  /* The file as a whole is the block that libexif reads. */
  if (TIFFGetField (tiff, TIFFTAG_EXIFIFD, &offset) == 1
      || TIFFGetField (tiff, TIFFTAG_GPSIFD, &offset) == 1)
    imp_exif_note (notes, "TIFF ", data, length);
  if (notes->n_pages > 1)
    {
      g_autofree char *count = g_strdup_printf ("%u", notes->n_pages);

      imp_notes_warn (notes, N_ ("The file has %s pages: only the first is shown"), count);
    }
}

static gboolean
is_lossless (guint16 compression)
{
  switch (compression)
    {
    case COMPRESSION_NONE:
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
    case COMPRESSION_CCITTRLEW:
    case COMPRESSION_LZW:
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
    case COMPRESSION_PACKBITS:
    case COMPRESSION_LZMA:
    case COMPRESSION_ZSTD:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Each strip or tile is a JPEG stream of its own: the block grid holds over the whole picture only
 * where they begin on its lines. */
static void
note_grid (TIFF *tiff, ImpNotes *notes)
{
  guint16 compression = COMPRESSION_NONE;
  guint16 photometric = 0;
  guint16 horizontal = 1;
  guint16 vertical = 1;
  guint32 width = 0;
  guint32 height = 0;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (is_lossless (compression))
    return;
  notes->codec = "unknown";
  if (compression != COMPRESSION_JPEG)
    return;
  if (photometric == PHOTOMETRIC_YCBCR)
    TIFFGetFieldDefaulted (tiff, TIFFTAG_YCBCRSUBSAMPLING, &horizontal, &vertical);
  horizontal = (guint16)(horizontal * 8);
  vertical = (guint16)(vertical * 8);
  if (TIFFIsTiled (tiff))
    {
      TIFFGetField (tiff, TIFFTAG_TILEWIDTH, &width);
      TIFFGetField (tiff, TIFFTAG_TILELENGTH, &height);
    }
  else
    TIFFGetFieldDefaulted (tiff, TIFFTAG_ROWSPERSTRIP, &height);
  if (horizontal == 0 || horizontal > 32 || vertical == 0 || vertical > 32
      || width % horizontal != 0 || (height % vertical != 0 && TIFFNumberOfStrips (tiff) != 1))
    return;
  notes->grid = (ImpGrid){ horizontal, vertical };
  notes->codec = NULL;
}

/**
 * imp_tiff_is_finished:
 * @tiff: a file at its first directory
 * @data: the whole file
 * @length: its bytes
 *
 * Sees whether the JPEG streams of the picture leave nothing to be guessed: libtiff has its decoder
 * smooth over block edges what a progressive stream leaves out, and cannot be told not to.
 *
 * Returns: whether each strip or tile is finished; %TRUE where they are not JPEG
 */
gboolean
imp_tiff_is_finished (TIFF *tiff, const guint8 *data, gsize length)
{
  guint16 compression = COMPRESSION_NONE;
  guint32 n = TIFFIsTiled (tiff) ? TIFFNumberOfTiles (tiff) : TIFFNumberOfStrips (tiff);

  TIFFGetFieldDefaulted (tiff, TIFFTAG_COMPRESSION, &compression);
  if (compression != COMPRESSION_JPEG)
    return TRUE;
  for (guint32 i = 0; i < n; i++)
    {
      guint64 offset = TIFFGetStrileOffset (tiff, i);
      guint64 size = TIFFGetStrileByteCount (tiff, i);

      if (offset > length || size > length - offset
          || !imp_mcu_is_finished (data + offset, (gsize)size))
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_tiff_note_facts:
 * @tiff: a file at its first directory
 * @data: the whole file
 * @length: its bytes
 * @notes: where to note what it gives away, how many pages it has, and its block grid
 */
void
imp_tiff_note_facts (TIFF *tiff, const guint8 *data, gsize length, ImpNotes *notes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *value = NULL;

      if (TIFFGetField (tiff, texts[i].tag, &value) == 1 && value != NULL)
        imp_notes_add_bytes (notes, texts[i].name, texts[i].kind, value, strlen (value),
                             texts[i].identifies);
    }
  note_blocks (tiff, notes);
  note_grid (tiff, notes);
  note_directories (tiff, data, length, notes);
}
