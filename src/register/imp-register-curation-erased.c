/* Curation sessions of a restored register: who was erased since is not worked on again. */
#include <gio/gio.h>

#include "imp-register-curation.h"
#include "imp-register-private.h"

/* A patient of a session, by what is compared. */
typedef struct
{
  gint64 id;
  char *numbers[2]; /* owned: as folded, and its digits alone; each nullable */
  char *created;    /* owned: of the session */
} Patient;

static void
patient_free (Patient *patient)
{
  for (guint i = 0; i < G_N_ELEMENTS (patient->numbers); i++)
    g_free (patient->numbers[i]);
  g_free (patient->created);
  g_free (patient);
}

static void
add_patient (ImpRow *row, gpointer user_data)
{
  Patient *patient = g_new0 (Patient, 1);

  patient->id = imp_row_integer (row, 0);
  patient->numbers[0] = g_strdup (imp_row_text (row, 1));
  patient->numbers[1] = g_strdup (imp_row_text (row, 2));
  patient->created = g_strdup (imp_row_text (row, 3));
  g_ptr_array_add (user_data, patient);
}

/* The person erased, where a tombstone from after the session was made stands for the number. */
static gboolean
find_erased (ImpRegister *self, const Patient *patient, char **person_id, GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < G_N_ELEMENTS (patient->numbers); i++)
    {
      g_autofree char *digest = patient->numbers[i] != NULL
                                    ? imp_store_digest_number (self->store, patient->numbers[i])
                                    : NULL;

      done = digest == NULL
             || imp_register_query (self, error,
                                    "SELECT person_id FROM tombstone WHERE digest = ? "
                                    "AND reason = 'erased' AND since >= ?",
                                    g_variant_new ("(ss)", digest, patient->created),
                                    imp_register_take_text, person_id);
    }
  return done;
}

/* As an erasure does it, of a person whom this copy of the register does not know. */
static gboolean
forget (ImpRegister *self, gint64 patient_id, const char *person_id, GError **error)
{
  return imp_store_run (self->store, error,
                        "UPDATE curation_patient SET person_id = ?2 WHERE id = ?1",
                        g_variant_new ("(xs)", patient_id, person_id), NULL)
         && imp_store_run (self->store, error, "INSERT INTO erasing VALUES (?)",
                           g_variant_new ("(s)", person_id), NULL)
         && imp_store_run (self->store, error, "DELETE FROM erasing WHERE person_id = ?",
                           g_variant_new ("(s)", person_id), NULL);
}

static gboolean
forget_all (ImpRegister *self, GPtrArray *patients, GError **error)
{
  gboolean done =
      imp_store_run (self->store, error, "INSERT INTO journal_replaying VALUES (1)", NULL, NULL);

  for (guint i = 0; done && i < patients->len; i++)
    {
      const Patient *patient = g_ptr_array_index (patients, i);
      g_autofree char *person_id = NULL;

      done = find_erased (self, patient, &person_id, error)
             && (person_id == NULL || forget (self, patient->id, person_id, error));
    }
  return done && imp_store_run (self->store, error, "DELETE FROM journal_replaying", NULL, NULL);
}

/**
 * imp_register_forget_curated:
 * @self: the gate's own register, just opened
 * @error: where to put the error
 *
 * Erases from the sessions who was erased after they were made, and whom this copy of the register,
 * perhaps a backup, does not know as a person: by their numbers, of which tombstones have digests.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
gboolean
imp_register_forget_curated (ImpRegister *self, GError **error)
{
  g_autoptr (GPtrArray) patients = g_ptr_array_new_with_free_func ((GDestroyNotify)patient_free);
  gboolean joined = FALSE;

  if (!imp_register_query (self, error,
                           "SELECT patient.id, folded, digits, created "
                           "FROM curation_patient AS patient "
                           "JOIN curation ON curation.id = curation_id WHERE folded IS NOT NULL "
                           "AND EXISTS (SELECT 1 FROM tombstone WHERE reason = 'erased')",
                           NULL, add_patient, patients))
    return FALSE;
  if (patients->len == 0)
    return TRUE;
  return imp_register_begin (self, &joined, error)
         && imp_register_end (self, joined, forget_all (self, patients, error), error);
}
