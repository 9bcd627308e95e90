/* One curation session at work: its pictures, how far each is, what was answered, who allows what.
 *
 * Owns: the order of gestures, each of which is stored before it counts. What it tells is what the
 * register has: nothing is kept here alone.
 * May include: core, screen, register, gate.  Must never: hold pixels, write a file, decide. */
#pragma once

#include "imp-curation-record.h"
#include "imp-question.h"
#include "imp-scanner-template.h"
#include "imp-standing.h"
#include "imp-travel.h"

G_BEGIN_DECLS

#define IMP_TYPE_CURATION (imp_curation_get_type ())
G_DECLARE_FINAL_TYPE (ImpCuration, imp_curation, IMP, CURATION, GObject)

/* Signals: "item-changed" (guint index) after a gesture, by whomever; "reloaded" when the list, or
 * what the register says of its patients, was read anew. Both on the thread that made it. */

char *imp_curation_create_sync (ImpGate *gate, const char *title, GError **error); /* its id */
ImpCuration *imp_curation_open_sync (ImpGate *gate, const char *id, GError **error);
void imp_curation_open_async (ImpGate *gate, const char *id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
ImpCuration *imp_curation_open_finish (GAsyncResult *result, GError **error);

ImpGate *imp_curation_get_gate (ImpCuration *self);
const ImpCurationRecord *imp_curation_get_record (ImpCuration *self); /* counts: as of loading */
guint imp_curation_get_n_items (ImpCuration *self);
const ImpCurationItem *imp_curation_get_item (ImpCuration *self, guint index);
gboolean imp_curation_find_item (ImpCuration *self, gint64 id, guint *index);
GStrv imp_curation_get_sources (ImpCuration *self); /* transfer none */
void imp_curation_count (ImpCuration *self, guint counts[IMP_CURATION_N_STATES]);

/* ---- filters ---- */

#define IMP_CURATION_ONLY(state) (1u << (state))
#define IMP_CURATION_UNFINISHED                                                                    \
  (IMP_CURATION_ONLY (IMP_CURATION_NEW) | IMP_CURATION_ONLY (IMP_CURATION_LOOKED_AT)               \
   | IMP_CURATION_ONLY (IMP_CURATION_COVERED))

/**
 * ImpCurationFilter:
 * @states: %IMP_CURATION_ONLY() of each that is wanted; 0 for any
 * @patient_id: of this patient only; 0 for any
 * @series_uid: (nullable): of this series only
 */
typedef struct
{
  guint states;
  gint64 patient_id;
  const char *series_uid;
} ImpCurationFilter;

gboolean imp_curation_is_shown (ImpCuration *self, guint index, const ImpCurationFilter *filter);
/* From here on, and round once: by 1 or -1. */
gboolean imp_curation_find_next (ImpCuration *self, guint from, int step,
                                 const ImpCurationFilter *filter, guint *found);

/* ---- who allows what ---- */

const ImpStanding *imp_curation_get_standing (ImpCuration *self, guint index); /* nullable: nobody
                                                          is named by the file */
GPtrArray *imp_curation_get_patients (ImpCuration *self);                      /* transfer none */
const ImpStanding *imp_curation_get_patient_standing (ImpCuration *self, gint64 patient_id);

/* ---- what is remembered ---- */

GPtrArray *imp_curation_suggest (ImpCuration *self, guint index); /* transfer full, ImpSuggestion */

/* ---- gestures: stored one after the other, each whole or not at all ---- */

void imp_curation_add_async (ImpCuration *self, const char *source, GPtrArray *items,
                             GAsyncReadyCallback callback, gpointer user_data);
void imp_curation_set_state_async (ImpCuration *self, guint index, ImpCurationState state,
                                   const char *reason, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* item: as it shall be: boxes, crop, voi, page, frame, n_frames. */
void imp_curation_edit_async (ImpCuration *self, const ImpCurationItem *item,
                              GAsyncReadyCallback callback, gpointer user_data);
void imp_curation_note_seen_async (ImpCuration *self, guint index, int percent,
                                   GAsyncReadyCallback callback, gpointer user_data);
void imp_curation_note_export_async (ImpCuration *self, guint index, const char *export_id,
                                     GAsyncReadyCallback callback, gpointer user_data);
void imp_curation_name_patient_async (ImpCuration *self, gint64 patient_id, const char *person_id,
                                      GAsyncReadyCallback callback, gpointer user_data);
void imp_curation_remember_async (ImpCuration *self, guint index, const char *name,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* What others did at the same register, and what its people said since. */
void imp_curation_refresh_async (ImpCuration *self, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean imp_curation_gesture_finish (ImpCuration *self, GAsyncResult *result, GError **error);

void imp_curation_travel_async (ImpCuration *self, guint index, ImpReach reach,
                                GAsyncReadyCallback callback, gpointer user_data);
ImpTravel *imp_curation_travel_finish (ImpCuration *self, GAsyncResult *result, GError **error);

/* ---- answers ---- */

const char *imp_curation_get_answer (ImpCuration *self, guint index, const ImpQuestion *question);
void imp_curation_answer_async (ImpCuration *self, guint index, const ImpQuestion *question,
                                const char *value, GAsyncReadyCallback callback,
                                gpointer user_data);

/* ---- the files ---- */

/**
 * ImpCurationFinding:
 * @IMP_CURATION_FOUND: it lies elsewhere now, and was found by what is in it
 * @IMP_CURATION_CHANGED: other bytes are in it: it is new again
 * @IMP_CURATION_MISSING: it is nowhere in the folders of the session
 */
typedef enum
{
  IMP_CURATION_FOUND,
  IMP_CURATION_CHANGED,
  IMP_CURATION_MISSING,
} ImpCurationFinding;

typedef struct
{
  gint64 item_id;
  ImpCurationFinding finding;
} ImpCurationFound;

/* What was read of its file hashes to this: the first time that is kept, later it is compared. */
void imp_curation_note_file_async (ImpCuration *self, guint index, const char *sha256,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* Every file that was read before, against what lies there now. */
void imp_curation_check_files_async (ImpCuration *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GArray *imp_curation_check_files_finish (ImpCuration *self, GAsyncResult *result,
                                         GError **error); /* ImpCurationFound */

G_END_DECLS
