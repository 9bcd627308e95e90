#include <string.h>

#include "imp-clock.h"
#include "imp-fhir.h"
#include "imp-paper-private.h"
#include "imp-register-evidence.h"
#include "imp-register-names.h"

/* FHIR's Attachment.hash is SHA-1 in base 64 (hl7.org/fhir/R4/datatypes.html): no proof, but what
 * others compare. The bytes stay here. */
static char *
sha1_of (GBytes *bytes)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20] = { 0 };
  gsize length = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

/* The last that was attached, as a Consent has one source. */
static gboolean
find_evidence (ImpRegister *people, const char *permission_id, ImpScan **scan, GError **error)
{
  g_autoptr (GPtrArray) evidence = imp_register_list_evidence (people, permission_id, error);
  const ImpAttachment *last = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (evidence == NULL || evidence->len == 0)
    return evidence != NULL;
  last = g_ptr_array_index (evidence, evidence->len - 1);
  bytes = imp_register_read_evidence (people, last->id, error);
  if (bytes == NULL)
    return FALSE;
  *scan = g_new0 (ImpScan, 1);
  (*scan)->media_type = g_strdup (last->media_type);
  (*scan)->title = g_strdup (last->title);
  (*scan)->size = last->size;
  (*scan)->sha1 = sha1_of (bytes);
  return TRUE;
}

static gboolean
add_entry (ImpRegister *people, const ImpPermission *permission, GPtrArray *entries, GError **error)
{
  g_autoptr (ImpEntry) entry = g_new0 (ImpEntry, 1);

  entry->person = imp_register_get_person (people, permission->person_id, error);
  entry->permission = imp_permission_copy (permission);
  if (entry->person == NULL || !find_evidence (people, permission->id, &entry->evidence, error))
    return FALSE;
  entry->numbers = imp_register_list_identifiers (people, permission->person_id, error);
  if (entry->numbers == NULL)
    return FALSE;
  entry->names = imp_register_list_aliases (people, permission->person_id, error);
  if (entry->names == NULL)
    return FALSE;
  g_ptr_array_add (entries, g_steal_pointer (&entry));
  return TRUE;
}

static gboolean
gather (ImpRegister *people, const ImpPaper *paper, GPtrArray *entries, GError **error)
{
  g_autoptr (ImpPermission) one =
      paper->permission_id != NULL
          ? imp_register_get_permission (people, paper->permission_id, error)
          : NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (paper->permission_id != NULL)
    return one != NULL && add_entry (people, one, entries, error);
  all = imp_register_list_permissions (people, paper->person_id, error);
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    if (!add_entry (people, g_ptr_array_index (all, i - 1), entries, error))
      return FALSE;
  return all != NULL;
}

/**
 * _imp_paper_fhir:
 * @gate: the gate
 * @paper: of which permission, or else of which person
 * @cancellable: (nullable): not looked at
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): a Consent, or a Bundle with all of a person's; or %NULL with
 *   %IMP_ERROR_NOT_FOUND or an error of the register
 */
GBytes *
_imp_paper_fhir (ImpGate *gate, const ImpPaper *paper, GCancellable *cancellable, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_entry_free);
  g_autofree char *today = imp_clock_today ();
  g_autofree char *organisation = NULL;
  g_autoptr (GError) local_error = NULL;
  ImpFhirSite site = { NULL, imp_gate_get_pack_id (gate), today };
  char *text = NULL;

  organisation = imp_register_get_setting (people, "organisation", &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  site.organisation = organisation;
  if (!gather (people, paper, entries, error))
    return NULL;
  text = imp_fhir_write (entries, &site, paper->permission_id == NULL);
  return g_bytes_new_take (text, strlen (text));
}
