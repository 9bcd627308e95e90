/* One picture of a curation session: plain values, references by hash, no pixels. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpCurationState:
 * @IMP_CURATION_NEW: nobody has looked at it
 * @IMP_CURATION_LOOKED_AT: somebody has
 * @IMP_CURATION_COVERED: what has to be covered is
 * @IMP_CURATION_CLEARED: it is ready to leave; an edit makes it fall back
 * @IMP_CURATION_EXPORTED: the gate let it leave as it is now
 * @IMP_CURATION_SET_ASIDE: it is not used, for a reason
 *
 * How far a picture is.
 */
typedef enum
{
  IMP_CURATION_NEW,
  IMP_CURATION_LOOKED_AT,
  IMP_CURATION_COVERED,
  IMP_CURATION_CLEARED,
  IMP_CURATION_EXPORTED,
  IMP_CURATION_SET_ASIDE,
  IMP_CURATION_N_STATES,
} ImpCurationState;

/* A box of one frame, from 0, or of all of them. */
#define IMP_CURATION_ALL_FRAMES -1

typedef struct
{
  int frame;
  int x;
  int y;
  int width;
  int height;
} ImpCurationBox;

#define IMP_TYPE_CURATION_ITEM (imp_curation_item_get_type ())

/**
 * ImpCurationItem:
 * @id: of its row
 * @position: in the session, from 0
 * @source: (nullable): what was opened to find it, as the person named it
 * @patient_id: the row of its patient in the session; 0 where the file names nobody
 * @number: (nullable): the patient's number as the file has it
 * @patient_key: (nullable): what tells its patient from all others of the files, where that is more
 *   than the number; only for adding it, and kept as a digest
 * @case_id: the teaching case that it is in; 0 for none
 * @path: of the file
 * @entry: (nullable): its name within a ZIP
 * @sha256: (nullable): of the file, once it was read
 * @rows, @columns: 0 where the listing did not say
 * @n_frames: 1 or more
 * @page, @frame: which one leaves, from 0
 * @reason: (nullable): why it was set aside, in words
 * @crop: the whole frame where its width is 0; its frame says nothing
 * @voi: (nullable): the window in which it leaves; %NULL for the file's own
 * @seen: how much of what would leave was on screen at full size, in percent
 * @export_id: (nullable): the ledger's, of a picture that left as it is now
 * @boxes: (element-type ImpCurationBox): what is covered
 */
typedef struct
{
  gint64 id;
  guint position;
  char *source;
  gint64 patient_id;
  char *number;
  char *patient_key;
  gint64 case_id;
  char *path;
  char *entry;
  char *sha256;
  char *sop_uid;
  char *study_uid;
  char *series_uid;
  char *modality;
  char *manufacturer;
  char *model;
  char *station;
  int rows;
  int columns;
  guint n_frames;
  guint page;
  guint frame;
  ImpCurationState state;
  char *reason;
  ImpCurationBox crop;
  char *voi;
  int seen;
  char *export_id;
  GArray *boxes;
} ImpCurationItem;

GType imp_curation_item_get_type (void);
ImpCurationItem *imp_curation_item_new (void);
ImpCurationItem *imp_curation_item_copy (const ImpCurationItem *item);
void imp_curation_item_free (ImpCurationItem *item);

const char *imp_curation_state_to_text (ImpCurationState state); /* "new", "looked-at", … */
gboolean imp_curation_state_from_text (const char *text, ImpCurationState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCurationItem, imp_curation_item_free)

G_END_DECLS
