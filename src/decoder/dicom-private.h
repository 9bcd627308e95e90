/* What the bridge's C++ files share. */
#pragma once

#include <memory>
#include <vector>

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmdata/dcfcache.h"

#include "dicom-bridge.h"
#include "dicom-frames.h"
#include "dicom-stream.h"
#include "imp-colour.h"

/* A JPEG frame of its own size, as at the edge of a slide. */
struct ImpShortFrame
{
  guint frame;
  int columns;
  int rows;
};

struct _ImpDicom
{
  DcmFileFormat file;
  DcmFileCache cache;   /* of values that were not read when the file was parsed */
  DcmDataset *dataset;  /* borrowed from file */
  DcmPixelData *pixels; /* borrowed from dataset */
  E_TransferSyntax syntax;
  const char *uid;     /* the raw Transfer Syntax UID, "" where the file has no header */
  const char *read_as; /* the UID by which DCMTK reads the file */
  ImpPatch patch;      /* puts it where @uid stands */
  bool bare;           /* a data set without preamble and file meta information */
  const char *family;  /* "native" "jpeg" "jpeg-ls" "rle" "jpeg-2000" "jpeg-xl" */
  ImpNotes *notes;     /* borrowed */
  int width;
  int height;
  int samples;
  int bits_allocated;
  int bits_stored;
  int high_bit;
  bool is_signed;
  bool grey;
  guint n_frames;
  ImpColour *profile; /* owned, nullable: from the file's colours to sRGB */
  bool converted;     /* the frame that was decoded last came out as sRGB, whatever the profile */
  bool converts;      /* the first frame will */
  std::vector<guint8> coded_profile; /* of JPEG XL's first frame; empty for sRGB */
  bool coded_otherwise;              /* other frames have another, or it cannot be read */
  bool colours_doubted;              /* header and stream contradict each other */
  int jpeg_precision;                /* of the first frame's JPEG, 0 where it is none */
  ImpFrameMap frames;                /* of compressed pixel data whose fragments are read here */
  std::vector<ImpShortFrame> short_frames; /* smaller than the header says, in their order */
};

/* Whether its frames are JPEG 2000 or JPEG XL, which DCMTK does not decode. */
inline bool
imp_dicom_has_codestreams (const ImpDicom *dicom)
{
  return strcmp (dicom->family, "jpeg-2000") == 0 || strcmp (dicom->family, "jpeg-xl") == 0;
}

void imp_dicom_dictionary_load (void);
void imp_dicom_damage_initialise (void);
void imp_dicom_damage_forget (void);
bool imp_dicom_damage_seen (void);
bool imp_dicom_expand_palette (ImpDicom *dicom);
void imp_dicom_fail_damaged (GError **error);
bool imp_dicom_is_bare (const guint8 *data, gsize length);
bool imp_dicom_check_uid (ImpDicom *dicom, const guint8 *data, gsize length, GError **error);
char *imp_dicom_get_value (ImpDicom *dicom, DcmItem *item, const DcmTagKey &key);
char *imp_dicom_get_text (DcmElement *element, DcmEVR vr, const char *charset);
void imp_dicom_note_giveaways (ImpDicom *dicom);
void imp_dicom_settle_unsampled (ImpDicom *dicom);
void imp_dicom_note_profile (ImpDicom *dicom);
void imp_dicom_note_shape (ImpDicom *dicom);
void imp_dicom_note_regions (ImpDicom *dicom);
const char *imp_dicom_describe_without_pixels (const char *sop);
void imp_dicom_note_overlays (ImpDicom *dicom);
bool imp_dicom_find_frame (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error);
void imp_dicom_note_properties (ImpDicom *dicom);
void imp_dicom_note_patient (ImpDicom *dicom);
void imp_dicom_note_facts (ImpDicom *dicom);
bool imp_dicom_check_fragments (ImpDicom *dicom, GError **error);
void imp_dicom_spread_frame (const ImpDicom *dicom, guint frame, guint8 *pixels, gsize bytes);
bool imp_dicom_read_lut (DcmItem *item, bool is_signed, ImpLut *lut);
void imp_dicom_note_voi (ImpDicom *dicom);
void imp_dicom_read_voi (ImpDicom *dicom, guint frame, ImpGrey *grey);
void imp_dicom_note_modality (ImpDicom *dicom);
bool imp_dicom_is_whole (ImpDicom *dicom, guint frame);
bool imp_dicom_map_frames (ImpDicom *dicom, GError **error);
gsize imp_dicom_measure_frame (const ImpDicom *dicom, guint frame);
bool imp_dicom_read_frame (ImpDicom *dicom, guint frame, gsize offset, guint8 *out, gsize size);
bool imp_dicom_check_codestreams (ImpDicom *dicom, GError **error);
bool imp_dicom_decode_grey (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error);
bool imp_dicom_decode_colour (ImpDicom *dicom, guint frame, std::unique_ptr<DcmDataset> &native,
                              GError **error);
DcmItem *imp_dicom_frame_macro (ImpDicom *dicom, guint frame, const DcmTagKey &sequence,
                                const DcmTagKey &wanted);
