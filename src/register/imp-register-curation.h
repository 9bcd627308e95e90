/* Curation sessions: what was opened, covered, answered, cleared and set aside in them.
 *
 * Owns: the tables curation and curation_*. Each call is one transaction, so that whoever stops at
 * any moment loses the last gesture at most.
 * May include: store, core.  Must never: hold pixels, or say that a picture may leave. */
#pragma once

#include "imp-curation-record.h"
#include "imp-register.h"

G_BEGIN_DECLS

char *imp_register_add_curation (ImpRegister *self, const char *title, const char *destination,
                                 GError **error);
/* Whoever was erased after their session was made, and is not known to this copy as a person. */
gboolean imp_register_forget_curated (ImpRegister *self, GError **error);
gboolean imp_register_remove_curation (ImpRegister *self, const char *id, GError **error);
GPtrArray *imp_register_list_curations (ImpRegister *self, GError **error); /* newest first */
ImpCurationRecord *imp_register_get_curation (ImpRegister *self, const char *id,
                                              GError **error); /* NOT_FOUND */

/* items: ImpCurationItem, as listed; source: (nullable) what was opened to find them. */
gboolean imp_register_add_curation_items (ImpRegister *self, const char *id, const char *source,
                                          GPtrArray *items, GError **error);
GPtrArray *imp_register_list_curation_items (ImpRegister *self, const char *id, GError **error);
/* ImpCurationMark, in the same order: cheap enough to ask after every gesture. */
GArray *imp_register_list_curation_marks (ImpRegister *self, const char *id, GError **error);
GStrv imp_register_list_curation_sources (ImpRegister *self, const char *id, GError **error);
GPtrArray *imp_register_list_curation_patients (ImpRegister *self, const char *id, GError **error);
gboolean imp_register_name_curation_patient (ImpRegister *self, gint64 patient_id,
                                             const char *person_id, GError **error);

/* What each shows and covers: boxes, crop, window, page, frame. What was cleared falls back. */
gboolean imp_register_save_curation_items (ImpRegister *self, GPtrArray *items, GError **error);
gboolean imp_register_set_curation_state (ImpRegister *self, gint64 item_id, ImpCurationState state,
                                          const char *reason, GError **error);
gboolean imp_register_note_curation_seen (ImpRegister *self, gint64 item_id, int percent,
                                          GError **error);
/* The file of this picture as it is: where it lies, and the hash of what is in it. */
gboolean imp_register_set_curation_file (ImpRegister *self, const ImpCurationItem *item,
                                         GError **error);
gboolean imp_register_restart_curation_item (ImpRegister *self, const ImpCurationItem *item,
                                             GError **error);
gboolean imp_register_note_curation_export (ImpRegister *self, gint64 item_id,
                                            const char *export_id, GError **error);

/* A batch that leaves, and what became of each picture in it: where it lies, or why it does not. */
char *imp_register_begin_teaching_release (ImpRegister *self, const char *id, GError **error);
gboolean imp_register_note_teaching_release (ImpRegister *self, const char *release_id,
                                             gint64 item_id, const char *name,
                                             const char *export_id, const char *problem,
                                             GError **error);

/* answer->value: (nullable) %NULL takes it back. Only one's own are ever listed. */
gboolean imp_register_set_curation_answer (ImpRegister *self, const char *id,
                                           const ImpCurationAnswer *answer, GError **error);
GPtrArray *imp_register_list_curation_answers (ImpRegister *self, const char *id, GError **error);

G_END_DECLS
