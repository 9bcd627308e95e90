/* One region that a person may want to cover, and why.
 *
 * Owns: the vocabulary of reasons, and of what is better kept.  May include: core, image.
 * Must never: be logged, as @text is what stands in the picture. */
#pragma once

#include <glib-object.h>

#include "imp-geometry.h"

G_BEGIN_DECLS

/**
 * ImpWhy:
 * @IMP_WHY_HEADER: what was read matches a value of the file's header; the detail names the
 *   attribute ("PatientName"), never its value
 * @IMP_WHY_PERSON: it matches the person of the register whose picture it is
 * @IMP_WHY_DATE: it looks like a date
 * @IMP_WHY_NUMBER: it looks like the number of a person or a study
 * @IMP_WHY_NAME: it looks like a name
 * @IMP_WHY_CODE: a QR code, a bar code or a DataMatrix; the detail is its kind
 * @IMP_WHY_FACE: what looks like a face
 * @IMP_WHY_DEVICE: a rule knows that this scanner writes there; the detail is the rule's id
 * @IMP_WHY_TEMPLATE: it was covered on the last picture of this scanner
 * @IMP_WHY_OUTSIDE: outside the ultrasound regions that the file declares (0018,6011)
 * @IMP_WHY_STRIP: the strip along the top, where ultrasound scanners write who was examined
 * @IMP_WHY_OVERLAY: an overlay of the file is drawn there; the detail is its group ("6000")
 * @IMP_WHY_TEXT: text that was read, and looks like nothing of the above
 * @IMP_WHY_UNREAD: text that could not be read
 * @IMP_WHY_DECLARED: all of the picture, as the file itself says that text is part of it (Burned In
 *   Annotation, (0028,0301))
 *
 * Why a region is suggested: the strongest first.
 */
typedef enum
{
  IMP_WHY_HEADER,
  IMP_WHY_PERSON,
  IMP_WHY_DATE,
  IMP_WHY_NUMBER,
  IMP_WHY_NAME,
  IMP_WHY_CODE,
  IMP_WHY_FACE,
  IMP_WHY_DEVICE,
  IMP_WHY_TEMPLATE,
  IMP_WHY_OUTSIDE,
  IMP_WHY_STRIP,
  IMP_WHY_OVERLAY,
  IMP_WHY_TEXT,
  IMP_WHY_UNREAD,
  IMP_WHY_DECLARED,
} ImpWhy;

/**
 * ImpKeep:
 * @IMP_KEEP_NO: nothing says that the picture needs it
 * @IMP_KEEP_LATERALITY: a marker of the side: "L", "RIGHT"
 * @IMP_KEEP_MEASUREMENT: a number with its unit: "12.3 mm"
 * @IMP_KEEP_SCALE: the marks and numbers of a scale
 * @IMP_KEEP_VIEW: the name of a view: "AP", "LAT", "AXIAL"
 * @IMP_KEEP_TECHNIQUE: how the picture was made: "kV 120", "MI 0.9", "TIS"
 *
 * Why a region is better left as it is: readers of the picture need it. It can still be covered.
 */
typedef enum
{
  IMP_KEEP_NO,
  IMP_KEEP_LATERALITY,
  IMP_KEEP_MEASUREMENT,
  IMP_KEEP_SCALE,
  IMP_KEEP_VIEW,
  IMP_KEEP_TECHNIQUE,
} ImpKeep;

/**
 * ImpSuggestionReason:
 * @why: the reason
 * @detail: (nullable): the attribute, rule, code or overlay, as #ImpWhy says; never a value
 */
typedef struct
{
  ImpWhy why;
  char *detail;
} ImpSuggestionReason;

/**
 * ImpSuggestion:
 * @frame: the frame it is on, from 0
 * @rect: where, in the full frame in display orientation
 * @reasons: (element-type ImpSuggestionReason): one or more, the strongest first
 * @text: (nullable): what was read there
 * @confidence: of the reading, 0 to 100
 * @keep: why it is better left, or %IMP_KEEP_NO
 * @firm: whether it says who, when or where: a picture that shows it does not leave
 */
typedef struct
{
  guint frame;
  ImpRect rect;
  GPtrArray *reasons;
  char *text;
  guint confidence;
  ImpKeep keep;
  gboolean firm;
} ImpSuggestion;

#define IMP_TYPE_SUGGESTION (imp_suggestion_get_type ())
GType imp_suggestion_get_type (void);

ImpSuggestion *imp_suggestion_new (guint frame, const ImpRect *rect);
void imp_suggestion_add_reason (ImpSuggestion *suggestion, ImpWhy why, const char *detail);
gboolean imp_suggestion_has_reason (const ImpSuggestion *suggestion, ImpWhy why);
gboolean imp_suggestion_equal (const ImpSuggestion *a, const ImpSuggestion *b);
ImpSuggestion *imp_suggestion_copy (const ImpSuggestion *suggestion);
void imp_suggestion_free (ImpSuggestion *suggestion);
const char *imp_why_to_text (ImpWhy why);    /* "header-value", … */
const char *imp_keep_to_text (ImpKeep keep); /* nullable: "laterality", … */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSuggestion, imp_suggestion_free)

G_END_DECLS
