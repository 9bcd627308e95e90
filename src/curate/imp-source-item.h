/* One file of a source, as it is listed: where it lies, and what its header says.
 *
 * Owns: one row of the list, and where it belongs.  May include: core, decode.
 * Must never: hold pixels, or put what a header says into a message. */
#pragma once

#include "imp-listing.h"
#include "imp-source.h"

G_BEGIN_DECLS

/**
 * ImpSourceNotice:
 * @IMP_SOURCE_SAME_FILE: another file has the same bytes
 * @IMP_SOURCE_SAME_IMAGE: another file has the same SOP Instance UID, and other bytes
 * @IMP_SOURCE_SAME_STUDY: its Study Instance UID is also that of another person or another day
 * @IMP_SOURCE_SAME_NUMBER: its patient's number is also that of somebody else
 * @IMP_SOURCE_OTHER_NUMBER: somebody of this name and birthday has another number
 * @IMP_SOURCE_MORE_NUMBERS: its header carries more than one number of the patient
 *
 * What a person should know of an item before working on it: each is shown, none is decided here.
 */
typedef enum
{
  IMP_SOURCE_SAME_FILE = 1 << 0,
  IMP_SOURCE_SAME_IMAGE = 1 << 1,
  IMP_SOURCE_SAME_STUDY = 1 << 2,
  IMP_SOURCE_SAME_NUMBER = 1 << 3,
  IMP_SOURCE_OTHER_NUMBER = 1 << 4,
  IMP_SOURCE_MORE_NUMBERS = 1 << 5,
} ImpSourceNotice;

#define IMP_SOURCE_N_NOTICES 6

#define IMP_TYPE_SOURCE_ITEM (imp_source_item_get_type ())
G_DECLARE_FINAL_TYPE (ImpSourceItem, imp_source_item, IMP, SOURCE_ITEM, GObject)

const char *imp_source_notice_to_text (ImpSourceNotice notice);
const char *imp_source_notice_to_words (ImpSourceNotice notice);

ImpSourceItem *imp_source_item_new_again (const char *path, const char *entry);
GFile *imp_source_item_get_file (ImpSourceItem *self);
const char *imp_source_item_get_entry (ImpSourceItem *self);
const char *imp_source_item_get_name (ImpSourceItem *self);
const ImpListing *imp_source_item_get_listing (ImpSourceItem *self);
const char *imp_source_item_get_problem (ImpSourceItem *self);
guint imp_source_item_get_notices (ImpSourceItem *self);
const char *imp_source_item_get_patient_key (ImpSourceItem *self);
const char *imp_source_item_get_study_key (ImpSourceItem *self);
const char *imp_source_item_get_series_key (ImpSourceItem *self);
int imp_source_item_compare (gconstpointer one, gconstpointer other, gpointer unused);

int imp_source_item_open_bytes_sync (ImpSourceItem *self, guint64 *size, GCancellable *cancellable,
                                     GError **error);
char *imp_source_item_hash_sync (ImpSourceItem *self, GError **error);
ImpSource *imp_source_item_open_sync (ImpSourceItem *self, GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
