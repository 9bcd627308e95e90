#include "imp-vocabulary.h"

#include <string.h>

/* What a marker of a side says: DICOM CID 244 and the markers of X-ray departments. */
static const char LATERALITY[] = " l r lt rt left right bilat bilateral unilateral sin dex li re ";

/* Views and planes: DICOM CID 4010 (projections), 4014 (mammography), 12226 (echocardiography), and
 * how scanners abbreviate them. */
static const char VIEWS[] =
    " ap pa lat lateral ax axial sag sagittal cor coronal obl oblique lao rao lpo rpo cc mlo ml lm "
    "lmo "
    "xccl xccm cv at sio iso tan rm rl spot mag decub decubitus erect supine prone upright sitting "
    "standing inspiration expiration insp exp portable mobile trans transverse tra trv long "
    "longitudinal "
    "sax lax plax psax a2c a3c a4c a5c 2ch 3ch 4ch 2c 3c 4c apical subcostal parasternal "
    "suprasternal "
    "cranial caudal cran caud ant post anterior posterior sup inf superior inferior prox dist "
    "proximal "
    "distal med medial dorsal ventral mid frontal swimmers townes waters skyline scout topogram "
    "localizer localiser a p s i h f rp lp la ra ";

/* What names a setting of the machine: of X-ray, CT, MR and ultrasound screens. */
static const char TECHNIQUE[] =
    " kv kvp ma mas ms se im img ima sl st thk dfov fov sfov wl ww wc w c tr te ti fa etl nex nsa "
    "bw mi "
    "tis tib tic tls gain gn dr dyn depth freq frq fr fps hz khz mhz prf wf filter filt persist "
    "pers map "
    "power pwr ao frame frames rate zoom focus harm thi chi cpl compound sri srt crossbeam bmode "
    "mmode "
    "pw cw cfi cdi pdi doppler color colour angle steer sv svd svl baseline scale sweep speed "
    "angio "
    "ec ei di exi dap ctdi ctdivol dlp pitch kernel recon tilt gantry scan matrix mtx t1 t2 "
    "flair "
    "dwi adc stir fse tse gre flip b d g p u res pen gen edge smooth loop fc sc hr bpm ecg ";

static const char UNITS[] = " mm cm m um mm2 cm2 cm3 ml l cc mmhg cms cmsec mms ms s sec secs min "
                            "hz khz mhz db kv kvp ma mas mgy "
                            "ugy gy mgycm gycm2 ugym2 dgycm2 hu deg degrees bpm fps kpa wks w "
                            "weeks days g kg gcm3 pct px pix t "
                            "mlmin lmin ";

/* Other words that stand in pictures: of anatomy, of examinations, of screens. */
static const char OTHERS[] =
    " abdomen abdominal adrenal angiogram ankle aorta aortic appendix area arm arterial artery "
    "atrium "
    "average back bile biopsy bladder body bone bowel brain breast bronchus calf caliper calipers "
    "cardiac carotid cavity cerebral cervical chest clavicle cm coeff colon common contrast cord "
    "cortex cyst default delay delayed diameter diastole disc dose duct duodenum early elbow end "
    "enhanced exam external femoral femur fetal fetus fibula finger fluid foot forearm gallbladder "
    "gastric general hand head heart heel hepatic hip humerus ileum iliac image images index "
    "internal "
    "jejunum joint jugular kidney knee large late leg length lesion liver lobe lower lumbar lung "
    "mass max maximum mean measure measurement median mediastinum medical min minimum mitral mode "
    "muscle native neck node nodule normal not off on only organ ovary pancreas patella pelvis "
    "perfusion peak phase plain plus popliteal portal position pre preset probe prostate protocol "
    "pulmonary "
    "pulse quad radius ratio reference region renal report ribs rib roi sacrum scapula section "
    "segment "
    "series shoulder show side single sinus size skull slice small soft spine spleen splenic "
    "standard "
    "start stenosis sternum stomach stop study subclavian system systole table tendon test testis "
    "thigh thoracic "
    "thorax throat thumb thyroid tibia time tip tissue toe total trachea tricuspid ulna "
    "ultrasound unit upper ureter urethra uterus value valve vascular vein vena venous ventricle "
    "vertebra vessel "
    "view vol volume wall weight width window with without wrist xray zone and or of the for to in "
    "at "
    "hospital hospitals infirmary royal university clinic department radiology centre center "
    "health "
    "healthcare trust foundation imaging children childrens emergency outpatient outpatients "
    "diagnostic "
    "district community service services station scanner manufacturer digital camera north south "
    "east "
    "west theatre tech technologist physician operator version software page copyright dicom "
    "diagnosis diagnostics margin margins marker wide ";

static const char TITLES[] = " mr mrs ms miss mx dr prof sir rev jr sr de da di du dos van von der "
                             "den del la le el al bin ibn bint abu "
                             "of the and y e professor doctor phd md herr frau mme mlle sra srta ";

static const char LABELS[] =
    " id pid ptid patid patientid mrn no nr num number hosp hospno unitno nhs acc accession access "
    "case "
    "ref name nm pt pat patient patientname dob born birth birthdate geb ssn file reg regno chart "
    "opid study studyid exam examno surname forename ";

static gboolean
is_in (const char *list, const char *folded)
{
  g_autofree char *entry = g_strconcat (" ", folded, " ", NULL);

  return *folded != '\0' && strstr (list, entry) != NULL;
}

/**
 * imp_vocabulary_find_keep:
 * @folded: a word
 *
 * Returns: what it is better kept for: a side, a view or a setting; else %IMP_KEEP_NO
 */
ImpKeep
imp_vocabulary_find_keep (const char *folded)
{
  return is_in (LATERALITY, folded)  ? IMP_KEEP_LATERALITY
         : is_in (VIEWS, folded)     ? IMP_KEEP_VIEW
         : is_in (TECHNIQUE, folded) ? IMP_KEEP_TECHNIQUE
                                     : IMP_KEEP_NO;
}

/**
 * imp_vocabulary_is_unit:
 * @folded: a word
 *
 * Returns: whether it is a unit of measurement
 */
gboolean
imp_vocabulary_is_unit (const char *folded)
{
  return is_in (UNITS, folded);
}

/**
 * imp_vocabulary_is_common:
 * @folded: a word
 *
 * Returns: whether it stands in pictures of anybody: a view, a setting, a unit, a part of the body
 */
gboolean
imp_vocabulary_is_common (const char *folded)
{
  return imp_vocabulary_find_keep (folded) != IMP_KEEP_NO || is_in (UNITS, folded)
         || is_in (OTHERS, folded);
}

/**
 * imp_vocabulary_is_title:
 * @folded: a word
 *
 * Returns: whether it stands beside names, and is none by itself
 */
gboolean
imp_vocabulary_is_title (const char *folded)
{
  return is_in (TITLES, folded);
}

/**
 * imp_vocabulary_is_label:
 * @folded: a word
 *
 * Returns: whether what follows it is somebody's name, number or day
 */
gboolean
imp_vocabulary_is_label (const char *folded)
{
  return is_in (LABELS, folded);
}
