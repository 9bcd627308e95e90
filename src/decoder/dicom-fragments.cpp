#include "dicom-private.h"

#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"

#include "imp-jls.h"
#include "imp-mcu.h"
#include "imp-rle.h"

static bool
fail_fragments (GError **error)
{
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The file ends before its picture does: fetch it again from its source"), nullptr);
  return false;
}

#define HEAD (4u << 10) /* enough for the segments before a frame header, as a rule */
#define TAIL 1024u      /* enough for the padding after EOI */

/* A part of a fragment, which is not read as a whole for this. */
static bool
read_part (ImpDicom *dicom, DcmPixelItem *item, Uint32 offset, Uint32 length, guint8 *out)
{
  return item->getPartialValue (out, offset, length, &dicom->cache).good ();
}

static bool
ends_with_eoi (const guint8 *bytes, gsize length)
{
  for (gsize i = length; i >= 2; i--)
    if (bytes[i - 2] == 0xff && bytes[i - 1] == 0xd9)
      return true;
  return false;
}

static bool
fail_size (GError **error)
{
  imp_fail (
      error, IMP_ERROR_DAMAGED,
      N_ ("The file is damaged, as its frames differ in size: fetch it again from its source"),
      nullptr);
  return false;
}

/* DCMTK puts whatever a stream holds where the header's rows and columns are, and says nothing: a
 * larger frame is refused here, a smaller one spread afterwards. */
static bool
note_size (ImpDicom *dicom, guint frame, const ImpMcu *mcu, GError **error)
{
  if (mcu->components != dicom->samples
      || (dicom->jpeg_precision != 0 && (mcu->precision > 8) != (dicom->jpeg_precision > 8)))
    {
      imp_fail (error, IMP_ERROR_DAMAGED,
                N_ ("The compressed picture has another size than its header says: fetch the file "
                    "again from its source"),
                nullptr);
      return false;
    }
  if (mcu->columns == dicom->width && mcu->rows == dicom->height)
    return true;
  if (mcu->columns < 1 || mcu->rows < 1 || mcu->columns > dicom->width || mcu->rows > dicom->height)
    return fail_size (error);
  if (dicom->short_frames.empty ())
    imp_notes_warn (dicom->notes,
                    N_ ("Some frames are smaller than the file says, as at the edge of a slide: "
                        "what is missing at their right and bottom is shown black"),
                    nullptr);
  dicom->short_frames.push_back ({ frame, mcu->columns, mcu->rows });
  return true;
}

/* The first bytes of a frame's stream, or all of it. */
static guint8 *
read_stream (ImpDicom *dicom, guint frame, gsize length)
{
  g_autofree guint8 *bytes = (guint8 *)g_try_malloc (length);

  if (bytes == nullptr || !imp_dicom_read_frame (dicom, frame, 0, bytes, length))
    return nullptr;
  return (guint8 *)g_steal_pointer (&bytes);
}

/* Nothing says which of both is right, and wrong colours still show every pixel. */
static void
note_colours (ImpDicom *dicom, const ImpMcu *mcu)
{
  bool rgb = strcmp (dicom->notes->photometric, "RGB") == 0;

  if (mcu->components != 3 || mcu->colours == IMP_MCU_UNSAID || (mcu->colours == IMP_MCU_RGB) == rgb
      || dicom->colours_doubted)
    return;
  dicom->colours_doubted = true;
  imp_notes_warn (dicom->notes,
                  N_ ("The header and the compressed picture call its colours differently (RGB and "
                      "YCbCr): they are shown as the header says, and may be wrong"),
                  nullptr);
}

/* Takes what a stream's frame header says, which may stand behind much else. Its own word counts,
 * not the Transfer Syntax UID's: DCMTK decodes a lossy stream that is called lossless. Its decoder
 * makes up what no scan sends, without a word: such a stream is refused. */
static bool
check_jpeg (ImpDicom *dicom, guint frame, gsize length, GError **error)
{
  gsize head = MIN (length, HEAD);
  g_autofree guint8 *bytes = read_stream (dicom, frame, head);
  ImpMcu mcu = {};
  bool found = bytes != nullptr && imp_mcu_scan (bytes, head, &mcu);
  bool finished = found && imp_mcu_is_finished (bytes, head);

  if (bytes != nullptr && head < length && !finished)
    {
      g_free (bytes);
      bytes = read_stream (dicom, frame, length);
      found = bytes != nullptr && imp_mcu_scan (bytes, length, &mcu);
      finished = found && imp_mcu_is_finished (bytes, length);
    }
  if (!found)
    return fail_fragments (error);
  if (!note_size (dicom, frame, &mcu, error))
    return false;
  note_colours (dicom, &mcu);
  if (dicom->jpeg_precision == 0)
    dicom->jpeg_precision = mcu.precision;
  if (!mcu.lossless)
    dicom->notes->grid = imp_mcu_combine (dicom->notes->grid, (ImpGrid){ mcu.width, mcu.height });
  if (finished)
    return true;
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The picture is a JPEG of which a part is missing: fetch it again from its source"),
            nullptr);
  return false;
}

/* As with JPEG, the stream's own word counts: a near-lossless one that is called lossless is lossy,
 * and so is one whose headers cannot be followed to its end. */
static bool
check_jpeg_ls (ImpDicom *dicom, guint frame, gsize length, GError **error)
{
  g_autofree guint8 *bytes = read_stream (dicom, frame, length);
  ImpJls jls = {};

  if (bytes == nullptr)
    return fail_fragments (error);
  if (!imp_jls_scan (bytes, length, &jls) || !jls.lossless)
    dicom->notes->codec = "jpeg-ls";
  return (jls.columns == dicom->width && jls.rows == dicom->height
          && jls.components == dicom->samples)
         || fail_size (error);
}

/* Each frame is one stream with its end, and nothing is left over: DCMTK decodes whichever stream
 * it comes upon, as far as it goes. */
static bool
check_jpegs (ImpDicom *dicom, GError **error)
{
  guint8 tail[TAIL];

  if (!imp_dicom_map_frames (dicom, error))
    return false;
  for (guint frame = 0; frame < dicom->n_frames; frame++)
    {
      gsize length = imp_dicom_measure_frame (dicom, frame);
      gsize n = MIN (length, TAIL);

      if (!imp_dicom_read_frame (dicom, frame, length - n, tail, n) || !ends_with_eoi (tail, n))
        return fail_fragments (error);
      if (strcmp (dicom->family, "jpeg") == 0 ? !check_jpeg (dicom, frame, length, error)
                                              : !check_jpeg_ls (dicom, frame, length, error))
        return false;
    }
  return true;
}

static bool
begins_rle (ImpDicom *dicom, DcmPixelItem *item)
{
  guint8 header[IMP_RLE_HEADER] = { 0 };
  Uint32 length = MIN (item->getLength (), IMP_RLE_HEADER);

  return read_part (dicom, item, 0, length, header) && imp_rle_begins (header, length);
}

/* Makes one fragment of all, which nothing but the first may look like a frame of its own. */
static bool
join_rle (ImpDicom *dicom, DcmPixelSequence *sequence)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  std::unique_ptr<DcmPixelSequence> joined (new DcmPixelSequence (DCM_PixelSequenceTag));
  DcmPixelItem *part = nullptr;

  for (unsigned long i = 1; i < sequence->card (); i++)
    {
      DcmPixelItem *item = nullptr;
      Uint32 length = 0;
      guint before = whole->len;

      if (sequence->getItem (item, i).bad () || item == nullptr
          || begins_rle (dicom, item) != (i == 1))
        return false;
      length = item->getLength ();
      if (length > G_MAXINT32 - before)
        return false;
      g_byte_array_set_size (whole, before + length);
      if (!read_part (dicom, item, 0, length, whole->data + before))
        return false;
    }
  for (int i = 0; i < 2; i++) /* an empty offset table, then the frame */
    {
      part = new DcmPixelItem (DCM_PixelItemTag);
      if (joined->insert (part).bad ())
        {
          delete part;
          return false;
        }
    }
  if (part->putUint8Array (whole->data, whole->len).bad ())
    return false;
  dicom->pixels->putOriginalRepresentation (EXS_RLELossless, nullptr, joined.release ());
  return true;
}

/* PS3.5 A.4.2: one fragment holds one RLE frame. Where a frame is split all the same, DCMTK decodes
 * the first part alone, without a word: the parts of a single frame are joined for it. */
static bool
check_rle (ImpDicom *dicom, DcmPixelSequence *sequence, GError **error)
{
  unsigned long n_fragments = sequence->card () - 1;

  if (n_fragments < dicom->n_frames)
    return fail_fragments (error);
  if (n_fragments == dicom->n_frames || (dicom->n_frames == 1 && join_rle (dicom, sequence)))
    return true;
  imp_fail (error, IMP_ERROR_UNSUPPORTED,
            N_ ("The picture's RLE frames are split in a way that the standard does not allow, and "
                "it could not be shown truthfully: ask for the file uncompressed"),
            nullptr);
  return false;
}

/**
 * imp_dicom_check_fragments:
 * @dicom: a parsed file whose pixel data are compressed
 * @error: where to put the error
 *
 * Sees that each frame's stream is there and nothing besides; for JPEG and JPEG-LS, that it has its
 * end and the header's size, and takes the block grid from the sampling factors, or whether it is
 * near-lossless from its scans.
 *
 * Returns: whether nothing is missing
 */
bool
imp_dicom_check_fragments (ImpDicom *dicom, GError **error)
{
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter *parameter = nullptr;
  DcmPixelSequence *sequence = nullptr;

  if (strcmp (dicom->family, "rle") != 0)
    return check_jpegs (dicom, error);
  dicom->pixels->getOriginalRepresentationKey (syntax, parameter);
  if (dicom->pixels->getEncapsulatedRepresentation (syntax, parameter, sequence).bad ()
      || sequence == nullptr || sequence->card () < 2)
    return fail_fragments (error);
  return check_rle (dicom, sequence, error);
}

/**
 * imp_dicom_spread_frame:
 * @dicom: a parsed file
 * @frame: which frame @pixels are
 * @pixels: rows × columns pixels; where the frame is smaller, its own pixels one after the other,
 *   and then whatever was in that memory
 * @bytes: of one pixel
 *
 * Puts the rows of a frame that is smaller than the header says where they belong, at the top left,
 * and makes the rest zero.
 */
void
imp_dicom_spread_frame (const ImpDicom *dicom, guint frame, guint8 *pixels, gsize bytes)
{
  gsize row = (gsize)dicom->width * bytes;

  for (const ImpShortFrame &small : dicom->short_frames)
    {
      gsize columns = (gsize)small.columns * bytes;

      if (small.frame != frame)
        continue;
      for (gsize y = (gsize)small.rows; y-- > 0;)
        {
          memmove (pixels + y * row, pixels + y * columns, columns);
          memset (pixels + y * row + columns, 0, row - columns);
        }
      memset (pixels + (gsize)small.rows * row, 0, (gsize)(dicom->height - small.rows) * row);
    }
}

/**
 * imp_dicom_is_whole:
 * @dicom: a parsed file whose fragments were checked
 * @frame: 0-based, less than its number of frames
 *
 * To be asked before DCMTK decodes a frame: of its decoders, that of RLE makes up what is missing.
 *
 * Returns: whether nothing is missing from the frame, as far as it is not DCMTK that says so
 */
bool
imp_dicom_is_whole (ImpDicom *dicom, guint frame)
{
  E_TransferSyntax syntax = EXS_Unknown;
  const DcmRepresentationParameter *parameter = nullptr;
  DcmPixelSequence *sequence = nullptr;
  DcmPixelItem *item = nullptr;
  g_autofree guint8 *bytes = nullptr;

  if (strcmp (dicom->family, "rle") != 0)
    return true;
  dicom->pixels->getOriginalRepresentationKey (syntax, parameter);
  if (dicom->pixels->getEncapsulatedRepresentation (syntax, parameter, sequence).bad ()
      || sequence == nullptr || sequence->getItem (item, frame + 1).bad () || item == nullptr)
    return false;
  bytes = (guint8 *)g_try_malloc (item->getLength ());
  return bytes != nullptr && read_part (dicom, item, 0, item->getLength (), bytes)
         && imp_rle_is_whole (bytes, item->getLength (),
                              (guint)(dicom->samples * dicom->bits_allocated / 8),
                              (gsize)dicom->width * (gsize)dicom->height);
}
