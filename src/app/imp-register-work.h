/* The register asked from a worker thread, so that the window never waits for the file.
 *
 * Every call copies what it is given; results come back on the thread that asked. */
#pragma once

#include <gio/gio.h>

#include "gate.h"

G_BEGIN_DECLS

/**
 * ImpDossier:
 * @person: a person
 * @permissions: of ImpPermission, as the register lists them
 * @steps: of GArray of ImpPermissionState: for each permission the states that it can go to
 * @identifiers: of ImpIdentifier: numbers beside the hospital and the NHS number
 * @aliases: of ImpAlias: other names
 * @assessments: of ImpAssessment: of the capacity to decide
 * @schemes: of ImpScheme: the site's kinds of numbers
 */
typedef struct
{
  ImpPerson *person;
  GPtrArray *permissions;
  GPtrArray *steps;
  GPtrArray *identifiers;
  GPtrArray *aliases;
  GPtrArray *assessments;
  GPtrArray *schemes;
} ImpDossier;

void imp_dossier_free (ImpDossier *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDossier, imp_dossier_free)

void imp_register_work_find_number_async (ImpRegister *source, const char *number,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
ImpPerson *imp_register_work_find_number_finish (GAsyncResult *result, GError **error);

void imp_register_work_search_async (ImpRegister *source, const char *text, guint limit,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *imp_register_work_search_finish (GAsyncResult *result, gint64 *search, GError **error);

void imp_register_work_note_opened_async (ImpRegister *source, const char *person_id, gint64 search,
                                          GAsyncReadyCallback callback, gpointer user_data);

void imp_register_work_load_async (ImpRegister *source, const char *person_id,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
ImpDossier *imp_register_work_load_finish (GAsyncResult *result, GError **error);

void imp_register_work_save_person_async (ImpRegister *source, const ImpPerson *person,
                                          GAsyncReadyCallback callback, gpointer user_data);
ImpPerson *imp_register_work_save_person_finish (GAsyncResult *result, GError **error);

gboolean imp_register_work_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
