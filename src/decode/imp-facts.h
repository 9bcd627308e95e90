/* What the helper found out about one file: plain values, immutable, reference counted.
 *
 * Owns: the checked copy of the helper's answer (nothing in it is trusted before it is checked).
 * May include: core, image (types).  Must never: hold pixels. */
#pragma once

#include <glib-object.h>

#include "imp-cover.h"
#include "imp-frame.h"
#include "imp-geometry.h"
#include "imp-overlay.h"
#include "imp-ultrasound-region.h"

G_BEGIN_DECLS

#define IMP_FACTS_MAX_SHAPE 16 /* to 1: other pixel shapes are mistakes */
#define IMP_FACTS_MAX_SHAPE_SIDE 1000000

/**
 * ImpGiveaway:
 * @where: "DICOM (0010,0010)", "EXIF GPS", "XMP", "JPEG APP13", "after EOI", …
 * @kind: DICOM keyword ("PatientName"), or "gps", "device", "date", "person", "text", "thumbnail",
 *   "trailing-bytes", "private", "overlay", "icc", "metadata"
 * @value: (nullable): the value in UTF-8, NULL where it is only present (binary)
 * @identifies: whether the value must not occur in an export's bytes or name (names, numbers,
 *   dates, places, staff, institution, device serials: not technique or geometry)
 */
typedef struct
{
  char *where;
  char *kind;
  char *value;
  gboolean identifies;
} ImpGiveaway;

/* One VOI presentation that the file offers. */
typedef struct
{
  ImpWindow window;
  char *explanation; /* nullable: Window Center & Width Explanation (0028,1055) */
} ImpNamedWindow;

#define IMP_TYPE_FACTS (imp_facts_get_type ())
typedef struct _ImpFacts ImpFacts;

GType imp_facts_get_type (void);
ImpFacts *imp_facts_new_from_variant (GVariant *facts, GError **error); /* checks every field */
gboolean imp_facts_check_again (const ImpFacts *facts, guint page, const ImpFacts *before,
                                GError **error);
ImpFacts *imp_facts_ref (ImpFacts *facts);
void imp_facts_unref (ImpFacts *facts);

const char *
imp_facts_get_format (const ImpFacts *facts); /* "dicom" "jpeg" "png" "tiff"…: imp-document.c */
const char *imp_facts_get_transfer_syntax (const ImpFacts *facts); /* nullable: the raw UID */
const char *imp_facts_get_photometric (const ImpFacts *facts); /* "MONOCHROME2", "RGB", "YCbCr"… */
int imp_facts_get_width (const ImpFacts *facts);               /* display orientation */
int imp_facts_get_height (const ImpFacts *facts);
guint imp_facts_get_n_frames (const ImpFacts *facts);        /* exportable frames, >= 1 */
guint imp_facts_get_n_pages (const ImpFacts *facts);         /* TIFF pages; pictures of APNG, MPO,
                                 WebP and HEIC, of which only the first can be opened; 1 */
guint imp_facts_get_page (const ImpFacts *facts);            /* which is open, from 0 */
guint imp_facts_get_n_overlays (const ImpFacts *facts);      /* 60xx planes, embedded too */
const char *imp_facts_get_burned_in (const ImpFacts *facts); /* nullable: (0028,0301) */
gboolean imp_facts_says_burned_in (const ImpFacts *facts);
const char *imp_facts_get_modality (const ImpFacts *facts);   /* nullable: (0008,0060) */
const char *imp_facts_get_image_kind (const ImpFacts *facts); /* nullable: "x-ray" "ultrasound"
                                "ct" "mr" "scope" "slide" "photograph": from modality, SOP class */
const char *imp_facts_get_patient_id (const ImpFacts *facts); /* nullable: the first of these */
GStrv imp_facts_get_patient_ids (const ImpFacts *facts); /* transfer none: all the file carries */
const char *imp_facts_get_consent_flag (const ImpFacts *facts); /* nullable: (0012,0085), anywhere:
                                  the first NO or WITHDRAWN, else YES; other words are NO */
const char *imp_facts_get_distribution (const ImpFacts *facts); /* nullable: (0012,0084) */
GVariant *imp_facts_get_consents (const ImpFacts *facts);       /* a(sss), transfer none */
int imp_facts_get_orientation (const ImpFacts *facts);          /* EXIF 1..8, already baked in */
ImpGrid imp_facts_get_grid (const ImpFacts *facts);             /* stored orientation; 0x0 none */
const char *imp_facts_get_codec (const ImpFacts *facts); /* nullable: of a lossy coding whose reach
                                  no grid limits: "jpeg-2000", "webp"…; see imp-margin.h */
gboolean imp_facts_is_lossless_claimed (const ImpFacts *facts); /* JPEG 2000 that calls itself so */
gboolean imp_facts_is_shades_shared (const ImpFacts *facts); /* large pictures of 32-bit pixels */
ImpPixelShape imp_facts_get_shape (const ImpFacts *facts);
ImpCover imp_facts_get_cover (const ImpFacts *facts);
GPtrArray *imp_facts_get_giveaways (const ImpFacts *facts); /* ImpGiveaway*, transfer none */
GPtrArray *imp_facts_get_windows (const ImpFacts *facts);   /* ImpNamedWindow*, transfer none */
GPtrArray *imp_facts_get_tables (const ImpFacts *facts);    /* char*, nullable: LUT Explanation of
                                  each VOI LUT (an IMP_VOI_TABLE window), transfer none */
GPtrArray *imp_facts_get_overlays (const ImpFacts *facts);  /* ImpOverlay*, transfer none */
GArray *imp_facts_get_regions (const ImpFacts *facts);      /* ImpUltrasoundRegion, transfer none */
GVariant *imp_facts_get_properties (const ImpFacts *facts); /* a{ss}, transfer none: numbers and
                                 codes, see imp-properties.c */
GStrv imp_facts_get_warnings (const ImpFacts *facts);       /* transfer none: sentences */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFacts, imp_facts_unref)

G_END_DECLS
