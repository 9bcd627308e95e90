#include "dicom-private.h"

namespace
{

/* Transfer Syntax UIDs (PS3.6 A), by the raw text of (0002,0010): what DCMTK makes of a UID that it
 * does not know is not to be trusted. */
struct Syntax
{
  const char *uid;
  const char *name;
  const char *family; /* nullptr: refused */
};

/* DCMTK is told that a data set with a family it does not know is of this one, which is laid out in
 * the same way: explicit little endian, its pixel data in fragments (PS3.5 A.4). */
#define STAND_IN "1.2.840.10008.1.2.4.90"

const Syntax syntaxes[] = {
  { "1.2.840.10008.1.2", "Implicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.1", "Explicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.2", "Explicit VR Big Endian", "native" },
  { "1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", "native" },
  { "1.2.840.10008.1.2.4.50", "JPEG Baseline", "jpeg" },
  { "1.2.840.10008.1.2.4.51", "JPEG Extended", "jpeg" },
  { "1.2.840.10008.1.2.4.53", "JPEG Spectral Selection", "jpeg" },
  { "1.2.840.10008.1.2.4.55", "JPEG Full Progression", "jpeg" },
  { "1.2.840.10008.1.2.4.57", "JPEG Lossless", "jpeg" },
  { "1.2.840.10008.1.2.4.70", "JPEG Lossless SV1", "jpeg" },
  { "1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", "jpeg-ls" },
  { "1.2.840.10008.1.2.4.81", "JPEG-LS Near-lossless", "jpeg-ls" },
  { "1.2.840.10008.1.2.5", "RLE Lossless", "rle" },
  { "1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed", nullptr },
  { "1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", "jpeg-2000" },
  { "1.2.840.10008.1.2.4.91", "JPEG 2000", "jpeg-2000" },
  { "1.2.840.10008.1.2.4.92", "JPEG 2000 Multi-component Lossless", nullptr },
  { "1.2.840.10008.1.2.4.93", "JPEG 2000 Multi-component", nullptr },
  { "1.2.840.10008.1.2.4.94", "JPIP Referenced", nullptr },
  { "1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", nullptr },
  { "1.2.840.10008.1.2.4.110", "JPEG XL Lossless", "jpeg-xl" },
  { "1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression", "jpeg-xl" },
  { "1.2.840.10008.1.2.4.112", "JPEG XL", "jpeg-xl" },
  { "1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless", "jpeg-2000" },
  { "1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 RPCL Lossless", "jpeg-2000" },
  { "1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", "jpeg-2000" },
  { "1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced", nullptr },
  { "1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate", nullptr },
  { "1.2.840.10008.1.2.4.100", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.100.1", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.101", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.101.1", "MPEG2 video", nullptr },
  { "1.2.840.10008.1.2.4.102", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.102.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.103", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.103.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.104", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.104.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.105", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.105.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.106", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.106.1", "MPEG-4 (H.264) video", nullptr },
  { "1.2.840.10008.1.2.4.107", "HEVC (H.265) video", nullptr },
  { "1.2.840.10008.1.2.4.108", "HEVC (H.265) video", nullptr },
  { "1.2.840.10008.1.2.7.1", "SMPTE ST 2110 video", nullptr },
  { "1.2.840.10008.1.2.7.2", "SMPTE ST 2110 video", nullptr },
  { "1.2.840.10008.1.2.7.3", "SMPTE ST 2110 audio", nullptr },
  { "1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression", nullptr },
};

const Syntax *
find_syntax (const char *uid)
{
  for (const Syntax &syntax : syntaxes)
    if (strcmp (syntax.uid, uid) == 0)
      return &syntax;
  return nullptr;
}

/* Where the raw UID stands, before DCMTK reads anything: the file meta information is always
 * explicit little endian (PS3.10 7.1). */
bool
find_raw_uid (const guint8 *data, gsize length, gsize *where, gsize *n)
{
  gsize at = length >= 132 && memcmp (data + 128, "DICM", 4) == 0 ? 132 : 0;

  while (at + 12 <= length && data[at] == 0x02 && data[at + 1] == 0x00)
    {
      bool wide = memcmp (data + at + 4, "OB", 2) == 0 || memcmp (data + at + 4, "UN", 2) == 0;
      gsize size = wide ? (gsize)data[at + 8] | (gsize)data[at + 9] << 8
                              | (gsize)data[at + 10] << 16 | (gsize)data[at + 11] << 24
                        : (gsize)data[at + 6] | (gsize)data[at + 7] << 8;
      gsize value = at + (wide ? 12 : 8);

      if (value > length || size > length - value)
        return false;
      if (data[at + 2] == 0x10 && data[at + 3] == 0x00)
        {
          *where = value;
          *n = MIN (size, 64);
          return true;
        }
      at = value + size;
    }
  return false;
}

} // namespace

/**
 * imp_dicom_is_jpeg_xl:
 * @data: the first bytes of a file
 * @length: how many
 *
 * Returns: whether it is a DICOM file whose raw Transfer Syntax UID (0002,0010) says JPEG XL
 */
gboolean
imp_dicom_is_jpeg_xl (const guint8 *data, gsize length)
{
  gsize where = 0;
  gsize n = 0;
  const Syntax *syntax = nullptr;
  g_autofree char *uid = nullptr;

  if (!find_raw_uid (data, length, &where, &n))
    return FALSE;
  uid = imp_text_clean ((const char *)data + where, n);
  syntax = find_syntax (uid);
  return syntax != nullptr && g_strcmp0 (syntax->family, "jpeg-xl") == 0;
}

/**
 * imp_dicom_check_uid:
 * @dicom: a file that is about to be parsed
 * @data: its bytes
 * @length: how many
 * @error: where to put the error
 *
 * The gate: what is not on the list is refused by name, and nothing more of it is read.
 *
 * Returns: whether its raw Transfer Syntax UID (0002,0010) is on the list
 */
bool
imp_dicom_check_uid (ImpDicom *dicom, const guint8 *data, gsize length, GError **error)
{
  const Syntax *syntax = nullptr;
  gsize where = 0;
  gsize n = 0;

  dicom->uid = dicom->read_as = "";
  if (dicom->bare)
    return true;
  if (find_raw_uid (data, length, &where, &n))
    dicom->notes->transfer_syntax = imp_text_clean ((const char *)data + where, n);
  if (dicom->notes->transfer_syntax == nullptr || *dicom->notes->transfer_syntax == '\0')
    {
      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("The DICOM file does not say how its data are encoded (no Transfer Syntax "
                    "UID): fetch it again from its source"),
                nullptr);
      return false;
    }
  dicom->uid = dicom->read_as = dicom->notes->transfer_syntax;
  syntax = find_syntax (dicom->uid);
  if (syntax == nullptr || syntax->family == nullptr)
    {
      const char *name = syntax != nullptr ? syntax->name : "an unknown encoding";
      /* Else it is no UID, but whatever somebody wrote there. */
      bool is_uid = strspn (dicom->uid, "0123456789.") == strlen (dicom->uid);
      g_autofree char *full =
          is_uid ? g_strdup_printf ("%s (%s)", name, dicom->uid) : g_strdup (name);

      imp_fail (error, IMP_ERROR_UNSUPPORTED,
                N_ ("This DICOM file is encoded as %s, which is not read: ask the archive for it "
                    "uncompressed, or save the one picture that you need from its viewer as PNG"),
                full);
      return false;
    }
  dicom->family = syntax->family;
  if (imp_dicom_has_codestreams (dicom) && n >= strlen (STAND_IN))
    {
      dicom->read_as = STAND_IN;
      dicom->patch = ImpPatch (where, std::string (STAND_IN).append (n - strlen (STAND_IN), '\0'));
    }
  return true;
}
