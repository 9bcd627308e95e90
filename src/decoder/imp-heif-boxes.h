/* The boxes of a HEIC, HEIF or AVIF file: what its items are, and what they give away. */
#pragma once

#include "imp-cicp.h"
#include "imp-notes.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_HEIF_FILM, /* no still picture at all */
  IMP_HEIF_HEIC,
  IMP_HEIF_HEIF,
  IMP_HEIF_AVIF,
} ImpHeifKind;

typedef struct
{
  gboolean av1;   /* some picture in it is coded as AV1 */
  gboolean hevc;  /* as HEVC */
  gboolean other; /* or in another way */
  gboolean has_said;
  ImpCicp said; /* by the AV1 stream of the primary picture, or of its first tile */
} ImpHeifBoxes;

ImpHeifKind imp_heif_find_kind (const guint8 *data, gsize length);
gboolean imp_heif_boxes_read (ImpHeifBoxes *boxes, ImpNotes *notes, const guint8 *data,
                              gsize length, GError **error);

G_END_DECLS
