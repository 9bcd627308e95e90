#include "imp-teaching-codes.h"

#include <glib/gi18n.h>

/* What a teaching file has pictures of, of DICOM PS3.16, context group CID 29 "Acquisition
 * Modality". */
static const ImpTeachingCode MODALITIES[] = {
  { "BDUS", N_ ("Ultrasound bone densitometry") },
  { "BMD", N_ ("Bone mineral densitometry") },
  { "CFM", N_ ("Confocal microscopy") },
  { "CR", N_ ("Computed radiography") },
  { "CT", N_ ("Computed tomography") },
  { "DG", N_ ("Diaphanography") },
  { "DMS", N_ ("Dermoscopy") },
  { "DX", N_ ("Digital radiography") },
  { "ECG", N_ ("Electrocardiography") },
  { "EEG", N_ ("Electroencephalography") },
  { "EMG", N_ ("Electromyography") },
  { "EPS", N_ ("Cardiac electrophysiology") },
  { "ES", N_ ("Endoscopy") },
  { "GM", N_ ("General microscopy") },
  { "HD", N_ ("Haemodynamic waveform") },
  { "IO", N_ ("Intra-oral radiography") },
  { "IVOCT", N_ ("Intravascular optical coherence tomography") },
  { "IVUS", N_ ("Intravascular ultrasound") },
  { "KER", N_ ("Keratometry") },
  { "LS", N_ ("Laser surface scan") },
  { "MG", N_ ("Mammography") },
  { "MR", N_ ("Magnetic resonance") },
  { "NM", N_ ("Nuclear medicine") },
  { "OCT", N_ ("Optical coherence tomography") },
  { "OP", N_ ("Ophthalmic photography") },
  { "OPM", N_ ("Ophthalmic mapping") },
  { "OPT", N_ ("Ophthalmic tomography") },
  { "OPV", N_ ("Ophthalmic visual field") },
  { "OSS", N_ ("Optical surface scan") },
  { "PA", N_ ("Photoacoustic imaging") },
  { "PT", N_ ("Positron emission tomography") },
  { "PX", N_ ("Panoramic X-ray") },
  { "RF", N_ ("Radiofluoroscopy") },
  { "RG", N_ ("Radiographic imaging") },
  { "RTIMAGE", N_ ("Radiotherapy image") },
  { "SM", N_ ("Slide microscopy") },
  { "TG", N_ ("Thermography") },
  { "US", N_ ("Ultrasound") },
  { "XA", N_ ("X-ray angiography") },
  { "XC", N_ ("Photography with a camera") },
};

/* Regions of DICOM PS3.16, context group CID 4 "Anatomic Region", by the words that Annex L of it
 * gives them for Body Part Examined. */
static const ImpTeachingCode BODY_PARTS[] = {
  { "ABDOMEN", N_ ("Abdomen") },
  { "ADRENAL", N_ ("Adrenal gland") },
  { "ANKLE", N_ ("Ankle") },
  { "AORTA", N_ ("Aorta") },
  { "ARM", N_ ("Arm") },
  { "AXILLA", N_ ("Axilla") },
  { "BACK", N_ ("Back") },
  { "BLADDER", N_ ("Bladder") },
  { "BRAIN", N_ ("Brain") },
  { "BREAST", N_ ("Breast") },
  { "BRONCHUS", N_ ("Bronchus") },
  { "BUTTOCK", N_ ("Buttock") },
  { "CALCANEUS", N_ ("Calcaneus") },
  { "CALF", N_ ("Calf") },
  { "CAROTID", N_ ("Carotid artery") },
  { "CHEEK", N_ ("Cheek") },
  { "CHEST", N_ ("Chest") },
  { "CLAVICLE", N_ ("Clavicle") },
  { "COCCYX", N_ ("Coccyx") },
  { "COLON", N_ ("Colon") },
  { "CORNEA", N_ ("Cornea") },
  { "CSPINE", N_ ("Cervical spine") },
  { "DUODENUM", N_ ("Duodenum") },
  { "EAR", N_ ("Ear") },
  { "ELBOW", N_ ("Elbow") },
  { "ESOPHAGUS", N_ ("Oesophagus") },
  { "EXTREMITY", N_ ("Limb") },
  { "EYE", N_ ("Eye") },
  { "EYELID", N_ ("Eyelid") },
  { "FACE", N_ ("Face") },
  { "FEMUR", N_ ("Femur") },
  { "FINGER", N_ ("Finger") },
  { "FOOT", N_ ("Foot") },
  { "GALLBLADDER", N_ ("Gallbladder") },
  { "HAND", N_ ("Hand") },
  { "HEAD", N_ ("Head") },
  { "HEART", N_ ("Heart") },
  { "HIP", N_ ("Hip") },
  { "HUMERUS", N_ ("Humerus") },
  { "ILEUM", N_ ("Ileum") },
  { "JAW", N_ ("Jaw") },
  { "KIDNEY", N_ ("Kidney") },
  { "KNEE", N_ ("Knee") },
  { "LARYNX", N_ ("Larynx") },
  { "LEG", N_ ("Leg") },
  { "LIVER", N_ ("Liver") },
  { "LSPINE", N_ ("Lumbar spine") },
  { "LUNG", N_ ("Lung") },
  { "MAXILLA", N_ ("Maxilla") },
  { "MEDIASTINUM", N_ ("Mediastinum") },
  { "MOUTH", N_ ("Mouth") },
  { "NECK", N_ ("Neck") },
  { "NOSE", N_ ("Nose") },
  { "ORBIT", N_ ("Orbit") },
  { "OVARY", N_ ("Ovary") },
  { "PANCREAS", N_ ("Pancreas") },
  { "PAROTID", N_ ("Parotid gland") },
  { "PATELLA", N_ ("Patella") },
  { "PELVIS", N_ ("Pelvis") },
  { "PENIS", N_ ("Penis") },
  { "PHARYNX", N_ ("Pharynx") },
  { "PROSTATE", N_ ("Prostate") },
  { "RECTUM", N_ ("Rectum") },
  { "RIB", N_ ("Rib") },
  { "SCALP", N_ ("Scalp") },
  { "SCAPULA", N_ ("Scapula") },
  { "SCROTUM", N_ ("Scrotum") },
  { "SHOULDER", N_ ("Shoulder") },
  { "SKULL", N_ ("Skull") },
  { "SPINE", N_ ("Spine") },
  { "SPLEEN", N_ ("Spleen") },
  { "SSPINE", N_ ("Sacrum") },
  { "STERNUM", N_ ("Sternum") },
  { "STOMACH", N_ ("Stomach") },
  { "TESTIS", N_ ("Testis") },
  { "THIGH", N_ ("Thigh") },
  { "THUMB", N_ ("Thumb") },
  { "THYMUS", N_ ("Thymus") },
  { "THYROID", N_ ("Thyroid gland") },
  { "TMJ", N_ ("Temporomandibular joint") },
  { "TOE", N_ ("Toe") },
  { "TONGUE", N_ ("Tongue") },
  { "TRACHEA", N_ ("Trachea") },
  { "TSPINE", N_ ("Thoracic spine") },
  { "URETER", N_ ("Ureter") },
  { "URETHRA", N_ ("Urethra") },
  { "UTERUS", N_ ("Uterus") },
  { "VAGINA", N_ ("Vagina") },
  { "VULVA", N_ ("Vulva") },
  { "WHOLEBODY", N_ ("Whole body") },
  { "WRIST", N_ ("Wrist") },
  { "ZYGOMA", N_ ("Zygoma") },
};

static const ImpTeachingCode *
find (const ImpTeachingCode *codes, gsize n_codes, const char *code)
{
  for (gsize i = 0; i < n_codes; i++)
    if (g_str_equal (codes[i].code, code))
      return codes + i;
  return NULL;
}

/**
 * imp_teaching_modalities:
 * @n_codes: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_codes): all modalities that a case may have
 */
const ImpTeachingCode *
imp_teaching_modalities (gsize *n_codes)
{
  *n_codes = G_N_ELEMENTS (MODALITIES);
  return MODALITIES;
}

/**
 * imp_teaching_body_parts:
 * @n_codes: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_codes): all body parts that a case may have
 */
const ImpTeachingCode *
imp_teaching_body_parts (gsize *n_codes)
{
  *n_codes = G_N_ELEMENTS (BODY_PARTS);
  return BODY_PARTS;
}

/**
 * imp_teaching_is_modality:
 * @code: a word
 *
 * Returns: whether a case may have it for its modality
 */
gboolean
imp_teaching_is_modality (const char *code)
{
  return find (MODALITIES, G_N_ELEMENTS (MODALITIES), code) != NULL;
}

/**
 * imp_teaching_is_body_part:
 * @code: a word
 *
 * Returns: whether a case may have it for its body part
 */
gboolean
imp_teaching_is_body_part (const char *code)
{
  return find (BODY_PARTS, G_N_ELEMENTS (BODY_PARTS), code) != NULL;
}

/**
 * imp_teaching_code_get_name:
 * @code: (nullable): a modality or body part
 *
 * Returns: (transfer none) (nullable): what it means, or %NULL where it is neither
 */
const char *
imp_teaching_code_get_name (const char *code)
{
  const ImpTeachingCode *found = NULL;

  if (code == NULL)
    return NULL;
  found = find (MODALITIES, G_N_ELEMENTS (MODALITIES), code);
  if (found == NULL)
    found = find (BODY_PARTS, G_N_ELEMENTS (BODY_PARTS), code);
  return found != NULL ? _ (found->name) : NULL;
}
