#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-fhir.h"
#include "imp-import-private.h"

#define CHUNK (1024 * 1024)

static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local_error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gboolean more = stream != NULL;

  while (more)
    {
      g_autoptr (GBytes) piece =
          g_input_stream_read_bytes (G_INPUT_STREAM (stream), CHUNK, cancellable, &local_error);

      if (piece != NULL && all->len + g_bytes_get_size (piece) > IMP_FHIR_MAX_BYTES)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNSUPPORTED,
                       _ ("The file is larger than 64 MB: take it in as several bundles"));
          return NULL;
        }
      if (piece != NULL)
        g_byte_array_append (all, g_bytes_get_data (piece, NULL), (guint)g_bytes_get_size (piece));
      more = piece != NULL && g_bytes_get_size (piece) > 0;
    }
  if (local_error == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&all));
  _imp_import_set_read_error (local_error, error);
  return NULL;
}

/**
 * _imp_import_read_fhir:
 * @job: an import
 * @file: a Consent of R4, or a Bundle of several
 * @cancellable: (nullable): to stop it
 * @sha256: (out): the hash of what was read
 * @error: where to put the error
 *
 * Returns: whether it was read to its end, else %IMP_ERROR_UNREADABLE, %IMP_ERROR_UNSUPPORTED (too
 *   large) or %IMP_ERROR_CANCELLED
 */
gboolean
_imp_import_read_fhir (ImpImportJob *job, GFile *file, GCancellable *cancellable, char **sha256,
                       GError **error)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify)imp_problem_free);
  g_autoptr (GBytes) bytes = read_file (file, cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  const char *text = NULL;
  gsize length = 0;

  if (bytes == NULL)
    return FALSE;
  *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  text = g_bytes_get_data (bytes, &length);
  entries = imp_fhir_read (text != NULL ? text : "", length, problems);
  _imp_import_complain_all (job, problems);
  for (guint i = 0; i < entries->len; i++)
    if (g_ptr_array_index (entries, i) != NULL)
      _imp_import_take (job, i + 1, g_ptr_array_index (entries, i));
  return TRUE;
}
