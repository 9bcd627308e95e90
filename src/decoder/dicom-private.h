/* What the bridge's C++ files share. */
#pragma once

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmdata/dcfcache.h"

#include "dicom-bridge.h"

struct _ImpDicom
{
  DcmFileFormat file;
  DcmFileCache cache;   /* of values that were not read when the file was parsed */
  DcmDataset *dataset;  /* borrowed from file */
  DcmPixelData *pixels; /* borrowed from dataset */
  E_TransferSyntax syntax;
  const char *uid;    /* the raw Transfer Syntax UID, "" where the file has no header */
  bool bare;          /* a data set without preamble and file meta information */
  const char *family; /* "native" "jpeg" "jpeg-ls" "rle" */
  ImpNotes *notes;    /* borrowed */
  int width;
  int height;
  int samples;
  int bits_allocated;
  int bits_stored;
  int high_bit;
  bool is_signed;
  bool grey;
  guint n_frames;
  int jpeg_precision; /* of the first frame's JPEG, 0 where it is none */
};

void imp_dicom_damage_initialise (void);
void imp_dicom_damage_forget (void);
bool imp_dicom_damage_seen (void);
bool imp_dicom_expand_palette (ImpDicom *dicom);
void imp_dicom_fail_damaged (GError **error);
bool imp_dicom_check_uid (ImpDicom *dicom, const guint8 *data, gsize length, GError **error);
char *imp_dicom_get_value (ImpDicom *dicom, DcmItem *item, const DcmTagKey &key);
char *imp_dicom_get_text (DcmElement *element, DcmEVR vr, const char *charset);
void imp_dicom_note_giveaways (ImpDicom *dicom);
void imp_dicom_note_shape (ImpDicom *dicom);
void imp_dicom_note_overlays (ImpDicom *dicom);
bool imp_dicom_find_frame (ImpDicom *dicom, guint frame, ImpGrey *grey, GError **error);
void imp_dicom_note_properties (ImpDicom *dicom);
void imp_dicom_note_patient (ImpDicom *dicom);
void imp_dicom_note_facts (ImpDicom *dicom);
bool imp_dicom_check_fragments (ImpDicom *dicom, GError **error);
bool imp_dicom_read_lut (DcmItem *item, bool is_signed, ImpLut *lut);
void imp_dicom_note_voi (ImpDicom *dicom);
void imp_dicom_read_voi (ImpDicom *dicom, guint frame, ImpGrey *grey);
void imp_dicom_note_modality (ImpDicom *dicom);
DcmItem *imp_dicom_frame_macro (ImpDicom *dicom, guint frame, const DcmTagKey &sequence,
                                const DcmTagKey &wanted);
