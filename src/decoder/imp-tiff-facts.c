#include <math.h>
#include <string.h>

#include "imp-facts.h"
#include "imp-mcu.h"
#include "imp-photo.h"
#include "imp-tiff.h"

#define MAX_CHILDREN 1000

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

/**
 * imp_tiff_is_finished:
 * @tiff: a file at the page that is shown
 * @data: the whole file
 * @length: its bytes
 *
 * Sees whether the JPEG streams of the picture leave nothing to be guessed: libtiff has its decoder
 * make up what no scan sends.
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

/* The smallest whole numbers in the proportion @across : @down; to a thousandth, unless both are
 * whole. */
static ImpPixelShape
find_shape (double across, double down)
{
  if (across == floor (across) && down == floor (down) && MAX (across, down) < 1e6)
    {
      int a = (int)across;
      int b = (int)down;

      while (b != 0)
        {
          int rest = a % b;

          a = b;
          b = rest;
        }
      return (ImpPixelShape){ (int)across / a, (int)down / a };
    }
  for (int height = 1; height <= 1000; height++)
    {
      double width = round (across / down * height);

      if (width >= 1 && fabs (width / height / (across / down) - 1) < 0.001)
        return (ImpPixelShape){ (int)width, height };
    }
  return (ImpPixelShape){ 1, 1 };
}

/**
 * imp_tiff_note_shape:
 * @tiff: a file at the page that is shown
 * @orientation: of that page
 * @notes: where to note the shape of its pixels
 *
 * A fax has 204 × 98 pixels to the inch (TIFF 6.0, XResolution and YResolution): twice as many
 * across as down, so that each is twice as high as wide. What differs by less than 1 in 100 is
 * rounding, and more than 16 : 1 a mistake.
 */
void
imp_tiff_note_shape (TIFF *tiff, int orientation, ImpNotes *notes)
{
  float across = 0;
  float down = 0;
  double proportion = 1;

  if (TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &across) != 1
      || TIFFGetField (tiff, TIFFTAG_YRESOLUTION, &down) != 1 || !isfinite (across)
      || !isfinite (down) || across <= 0 || down <= 0)
    return;
  proportion = (double)down / (double)across;
  if (fabs (proportion - 1) < 0.01)
    return;
  if (proportion > IMP_FACTS_MAX_SHAPE || proportion < 1.0 / IMP_FACTS_MAX_SHAPE)
    {
      imp_notes_warn (notes,
                      N_ ("The file says that its pixels are more than 16 times as long one way as "
                          "the other: they are shown square"),
                      NULL);
      return;
    }
  notes->shape = orientation >= 5 ? find_shape (across, down) : find_shape (down, across);
  imp_notes_warn (notes,
                  N_ ("The picture's pixels are not square: it is shown and exported with square "
                      "pixels"),
                  NULL);
}

/**
 * imp_tiff_note_grid:
 * @tiff: a file at the page that is shown
 * @notes: where to note its block grid, or that it is lossy without one
 *
 * Each strip or tile is a JPEG stream of its own: the block grid holds over the whole picture only
 * where they begin on its lines. Without JPEG a block is the pixels that share one colour
 * (TIFF 6.0, section 21).
 */
void
imp_tiff_note_grid (TIFF *tiff, ImpNotes *notes)
{
  guint16 compression = COMPRESSION_NONE;
  guint16 photometric = 0;
  guint16 horizontal = 1;
  guint16 vertical = 1;
  guint16 unit = 1;
  guint32 width = 0;
  guint32 height = 0;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (photometric == PHOTOMETRIC_YCBCR)
    TIFFGetFieldDefaulted (tiff, TIFFTAG_YCBCRSUBSAMPLING, &horizontal, &vertical);
  if (is_lossless (compression) && horizontal == 1 && vertical == 1)
    return;
  notes->codec = "unknown";
  if (compression != COMPRESSION_JPEG && !is_lossless (compression))
    return;
  unit = compression == COMPRESSION_JPEG ? 8 : 1;
  horizontal = (guint16)(horizontal * unit);
  vertical = (guint16)(vertical * unit);
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

/* A directory that is not the page shown: of a reduced picture its size is told, like a
 * thumbnail's.
 */
static void
note_reduced (TIFF *tiff, const char *where, ImpNotes *notes)
{
  guint32 width = 0;
  guint32 height = 0;
  g_autofree char *size = NULL;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  size = g_strdup_printf ("%u × %u", width, height);
  imp_notes_add (notes, where, "thumbnail", size, FALSE);
}

/* A walk through all directories of a file. */
typedef struct
{
  TIFF *tiff;         /* borrowed */
  const guint8 *data; /* borrowed: the whole file */
  gsize length;
  ImpNotes *notes;  /* borrowed */
  GArray *children; /* owned: the offsets of SubIFDs still to be looked at */
  guint8 *exif;     /* owned, nullable: the file as libexif takes it, once a page has EXIF */
} Walk;

static void
clear_walk (Walk *walk)
{
  g_array_unref (walk->children);
  g_free (walk->exif);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, clear_walk)

/* What the directory at hand gives away; the offsets of its SubIFDs are appended. */
static void
note_directory (Walk *walk, guint64 at)
{
  TIFF *tiff = walk->tiff;
  ImpNotes *notes = walk->notes;
  guint16 n_children = 0;
  toff_t *offsets = NULL;
  toff_t offset = 0;
  guint32 icc_length = 0;
  gpointer icc = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *value = NULL;

      if (TIFFGetField (tiff, texts[i].tag, &value) == 1 && value != NULL)
        imp_notes_add_bytes (notes, texts[i].name, texts[i].kind, value, strlen (value),
                             texts[i].identifies);
    }
  note_blocks (tiff, notes);
  if (TIFFGetField (tiff, TIFFTAG_ICCPROFILE, &icc_length, &icc) == 1 && icc != NULL)
    imp_photo_note_icc (notes, "ICC profile", icc, icc_length);
  if (TIFFGetField (tiff, TIFFTAG_SUBIFD, &n_children, &offsets) == 1)
    g_array_append_vals (walk->children, offsets, n_children);
  if (TIFFGetField (tiff, TIFFTAG_EXIFIFD, &offset) == 1
      || TIFFGetField (tiff, TIFFTAG_GPSIFD, &offset) == 1)
    {
      if (walk->exif == NULL)
        walk->exif = imp_exif_frame (walk->data, walk->length);
      imp_exif_note_tiff (notes, walk->exif, walk->length, at);
    }
}

/* SubIFDs hold smaller copies of their page, or the raw picture of which it is one. */
static void
note_children (Walk *walk)
{
  ImpNotes *notes = walk->notes;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < walk->children->len; i++)
    {
      guint64 at = g_array_index (walk->children, guint64, i);

      if (i == MAX_CHILDREN)
        {
          notes->incomplete = TRUE;
          return;
        }
      if (!g_hash_table_add (seen, g_memdup2 (&at, sizeof at)))
        continue;
      if (TIFFSetSubDirectory (walk->tiff, at) == 0)
        {
          imp_notes_add (notes, "TIFF SubIFD", "private", NULL, FALSE);
          continue;
        }
      note_reduced (walk->tiff, "TIFF SubIFD", notes);
      note_directory (walk, at);
    }
}

/**
 * imp_tiff_note_facts:
 * @tiff: a file, at any directory; afterwards it is at another
 * @data: the whole file
 * @length: its bytes
 * @pages: (element-type guint64): where its directories stand
 * @notes: where to note what all of them give away: the page shown carries no secret of the others,
 *   but who opens one has the file with all of them at hand
 *
 * Returns: whether every page's directory can be read
 */
gboolean
imp_tiff_note_facts (TIFF *tiff, const guint8 *data, gsize length, GArray *pages, ImpNotes *notes)
{
  g_auto (Walk) walk = { .tiff = tiff,
                         .data = data,
                         .length = length,
                         .notes = notes,
                         .children = g_array_new (FALSE, FALSE, sizeof (guint64)) };

  for (guint i = 0; i < pages->len; i++)
    {
      guint64 at = g_array_index (pages, guint64, i);
      guint32 kind = 0;

      if (TIFFSetSubDirectory (tiff, at) == 0)
        return FALSE;
      note_directory (&walk, at);
      TIFFGetField (tiff, TIFFTAG_SUBFILETYPE, &kind);
      if ((kind & FILETYPE_REDUCEDIMAGE) != 0)
        {
          g_autofree char *where = g_strdup_printf ("TIFF page %u", i + 1);

          note_reduced (tiff, where, notes);
        }
    }
  note_children (&walk);
  return TRUE;
}
