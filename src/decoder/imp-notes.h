/* What a child of the helper notes about the file it reads: the facts, before they travel.
 *
 * Owns: the caps on their number and length, and that every string is UTF-8.
 * May include: core, image (types).  Must never: hold pixels. */
#pragma once

#include <glib.h>

#include "imp-error.h"
#include "imp-frame.h"
#include "imp-geometry.h"

G_BEGIN_DECLS

#ifndef N_
#define N_(text) (text) /* the client translates: the helper has no locale */
#endif

#define IMP_NOTES_MAX_VALUE 1024        /* bytes of one value */
#define IMP_NOTES_MAX_ITEMS 5000        /* that identify nobody */
#define IMP_NOTES_MAX_IDENTIFIERS 20000 /* more, and the file is refused */

typedef struct
{
  const char *format;
  char *transfer_syntax;
  char *photometric;
  int width; /* display orientation */
  int height;
  guint n_frames;
  guint n_pages;
  guint page; /* which of n_pages was opened */
  guint n_overlays;
  char *burned_in;
  char *modality;
  const char *image_kind;
  GPtrArray *patient_ids; /* owned: char *, the file's own number first */
  char *consent_flag;
  char *distribution; /* the narrowest (0012,0084) beside a yes */
  int orientation;
  ImpGrid grid;        /* stored orientation */
  ImpPixelShape shape; /* display orientation */
  const char *codec;   /* nullable: of a lossy coding whose reach no grid limits: imp-margin.c */
  gboolean lossless_claimed; /* only the file's word says that its coding lost nothing */
  gboolean shades_shared;    /* a frame may have more values than are told apart */
  gboolean incomplete;       /* something that identifies could not be noted: the file is refused */

  /*< private >*/
  GVariantBuilder consents;
  GVariantBuilder giveaways;
  GVariantBuilder windows;
  GVariantBuilder tables;
  GVariantBuilder overlays;
  GVariantBuilder regions;
  GVariantBuilder properties;
  GVariantBuilder warnings;
  GHashTable *seen;  /* owned: where, kind and value already noted */
  guint n_giveaways; /* that identify nobody */
  guint n_identifiers;
  guint n_consents;
  guint n_windows;
  guint n_tables;
  guint n_warnings;
} ImpNotes;

ImpNotes *imp_notes_new (void);
void imp_notes_free (ImpNotes *notes);
void imp_notes_add (ImpNotes *notes, const char *where, const char *kind, const char *value,
                    gboolean identifies);
void imp_notes_add_bytes (ImpNotes *notes, const char *where, const char *kind, gconstpointer bytes,
                          gsize length, gboolean identifies);
void imp_notes_add_size (ImpNotes *notes, const char *where, const char *kind, gsize size);
void imp_notes_add_window (ImpNotes *notes, const ImpWindow *window, const char *explanation);
void imp_notes_add_table (ImpNotes *notes, const char *explanation);
void imp_notes_add_overlay (ImpNotes *notes, guint group, gboolean embedded, const char *label);
void imp_notes_add_region (ImpNotes *notes, guint format, const guint32 *corners);
void imp_notes_add_property (ImpNotes *notes, const char *key, const char *value);
void imp_notes_add_property_number (ImpNotes *notes, const char *key, double value);
void imp_notes_add_patient_id (ImpNotes *notes, const char *value);
void imp_notes_add_consent (ImpNotes *notes, const char *flag, const char *distribution,
                            const char *protocol);
void imp_notes_warn (ImpNotes *notes, const char *message, const char *detail);
void imp_notes_warn_profile (ImpNotes *notes);
void imp_notes_warn_transparent (ImpNotes *notes);
GVariant *imp_notes_to_variant (ImpNotes *notes);

char *imp_text_clean (const char *bytes, gsize length);
void imp_fail (GError **error, ImpError code, const char *message, const char *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpNotes, imp_notes_free)

G_END_DECLS
