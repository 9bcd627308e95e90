#include "imp-file-refusal.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "gate-private.h"
#include "imp-clock.h"
#include "imp-error.h"
#include "imp-file-consent.h"

typedef struct
{
  ImpGate *gate;
  const char *person_id;
  char *reference;    /* of the file, as the record has it */
  GStrvBuilder *made; /* ids of permissions that are refused now */
  GPtrArray *known;   /* ImpPermission: what was recorded before */
  gboolean objects;   /* no kind was named, so it speaks of everything */
} Recording;

static void
recording_clear (Recording *recording)
{
  g_free (recording->reference);
  g_strv_builder_unref (recording->made);
  g_clear_pointer (&recording->known, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recording, recording_clear)

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, message);
  return FALSE;
}

/* The same file looked at twice says nothing new. */
static gboolean
is_known (const Recording *recording, const char *level, const char *scope)
{
  for (guint i = 0; i < recording->known->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (recording->known, i);

      if (permission->state == IMP_PERMISSION_REFUSED && g_str_equal (permission->level, level)
          && g_strcmp0 (permission->scope, scope) == 0
          && g_strcmp0 (permission->evidence_reference, recording->reference) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
record_refusal (Recording *recording, const char *level, const char *scope, GError **error)
{
  g_autoptr (ImpPermission) permission = imp_permission_new ();
  ImpRegister *reg = imp_gate_get_register (recording->gate);

  if (is_known (recording, level, scope))
    return TRUE;
  permission->person_id = g_strdup (recording->person_id);
  permission->level = g_strdup (level);
  permission->scope = g_strdup (scope);
  permission->given_by = g_strdup ("patient");
  permission->capacity = g_strdup ("presumed");
  permission->evidence_reference = g_strdup (recording->reference);
  permission->given = imp_clock_today (); /* when it was said, the file does not tell */
  permission->state = IMP_PERMISSION_REFUSED;
  if (!imp_register_add_permission (reg, permission, error))
    return FALSE;
  g_strv_builder_add (recording->made, permission->id);
  g_ptr_array_add (recording->known, g_steal_pointer (&permission));
  return TRUE;
}

/* One consent of the file: a protocol or a kind of distribution is refused by itself; where neither
 * is named, everything is. */
static gboolean
record_one (Recording *recording, const char *distribution, const char *protocol, GError **error)
{
  if (g_str_equal (distribution, "NAMED_PROTOCOL") || *protocol != '\0')
    return record_refusal (recording, "research-study", *protocol != '\0' ? protocol : NULL, error);
  if (g_str_equal (distribution, "RESTRICTED_REUSE"))
    return record_refusal (recording, "research-area", NULL, error)
           && record_refusal (recording, "teaching-closed", NULL, error);
  if (g_str_equal (distribution, "PUBLIC_RELEASE"))
    return record_refusal (recording, "publication-open-web", NULL, error)
           && record_refusal (recording, "social-media", NULL, error);
  recording->objects = TRUE;
  return TRUE;
}

/* The file's number may be of another hospital, but not of another person. */
static gboolean
check_whose (ImpGate *self, const char *person_id, ImpFacts *facts, GError **error)
{
  GStrv numbers = imp_facts_get_patient_ids (facts);

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) people = imp_register_list_by_number (self->people, numbers[i], error);
      gboolean theirs = FALSE;

      if (people == NULL)
        return FALSE;
      for (guint j = 0; j < people->len; j++)
        theirs = theirs
                 || g_str_equal (((const ImpPerson *)g_ptr_array_index (people, j))->id, person_id);
      if (people->len > 0 && !theirs)
        return refuse (error, _ ("The file names another registered person: name the one whose "
                                 "picture it is, or correct the register"));
    }
  return TRUE;
}

static gboolean
append (const Recording *recording, ImpSource *source, GError **error)
{
  const char *flag = imp_facts_get_consent_flag (imp_source_get_facts (source));
  g_auto (GStrv) made = g_strv_builder_end (recording->made);
  g_autofree char *list = g_strjoinv ("\",\"", made);
  g_autofree char *body = g_strdup_printf (
      "{\"person\":\"%s\",\"flag\":\"%s\",\"objection\":%s,\"permissions\":[%s%s%s]}",
      recording->person_id, flag, recording->objects ? "true" : "false", *list != '\0' ? "\"" : "",
      list, *list != '\0' ? "\"" : "");
  GVariantBuilder texts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (ImpLedgerRow) row = NULL;

  g_variant_builder_add (&texts, "{ss}", "source-sha256", imp_source_get_sha256 (source));
  row = imp_ledger_append (recording->gate->ledger, "file-refusal", NULL, body,
                           g_variant_builder_end (&texts), error);
  for (guint i = 0; made[i] != NULL; i++) /* ending the builder has emptied it */
    g_strv_builder_add (recording->made, made[i]);
  return row != NULL;
}

static gboolean
record_all (Recording *recording, ImpSource *source, GError **error)
{
  ImpFacts *facts = imp_source_get_facts (source);
  const char *flag = NULL;
  const char *distribution = NULL;
  const char *protocol = NULL;
  GVariantIter iter;

  recording->known =
      imp_register_list_permissions (recording->gate->people, recording->person_id, error);
  if (recording->known == NULL)
    return FALSE;
  g_variant_iter_init (&iter, imp_facts_get_consents (facts));
  while (g_variant_iter_next (&iter, "(&s&s&s)", &flag, &distribution, &protocol))
    if (*flag != '\0' && !g_str_equal (flag, "YES")
        && !record_one (recording, distribution, protocol, error))
      return FALSE;
  return (!recording->objects
          || imp_register_set_objection (recording->gate->people, recording->person_id, TRUE,
                                         recording->reference, error))
         && append (recording, source, error);
}

/**
 * imp_gate_record_file_refusal_sync:
 * @self: a gate
 * @person_id: whose picture it is
 * @source: a DICOM file that says that consent was refused or withdrawn (0012,0085)
 * @objects: (out): whether the person is on record as objecting now: the file named no kind of
 *   distribution and no protocol, and so speaks of everything
 * @permissions: (out) (transfer full): ids of the refusals that were recorded, one for each level
 *   that the file speaks of; none where this very file was recorded before
 * @error: where to put the error
 *
 * Records against the person what the file says, so that it holds for other pictures too. The
 * record names the file by its SHA-256; the ledger has a keyed digest of that, and random ids.
 *
 * Returns: %TRUE, or %FALSE with %IMP_ERROR_USAGE where the file says no such thing or names
 * another person, %IMP_ERROR_NOT_FOUND, %IMP_ERROR_REFUSED or an error of the register
 */
gboolean
imp_gate_record_file_refusal_sync (ImpGate *self, const char *person_id, ImpSource *source,
                                   gboolean *objects, GStrv *permissions, GError **error)
{
  ImpFacts *facts = imp_source_get_facts (source);
  g_auto (Recording) recording = { .gate = self, .person_id = person_id };

  recording.made = g_strv_builder_new ();
  recording.reference =
      g_strdup_printf ("DICOM (0012,0085), SHA-256 %s", imp_source_get_sha256 (source));
  if (!imp_file_consent_refuses (facts))
    return refuse (error, _ ("The file says nothing against its being passed on, so there is "
                             "nothing to record"));
  if (!check_whose (self, person_id, facts, error) || !imp_store_begin (self->store, error))
    return FALSE;
  if (!record_all (&recording, source, error))
    {
      imp_store_rollback (self->store);
      return FALSE;
    }
  if (!imp_store_commit (self->store, error))
    return FALSE;
  *objects = recording.objects;
  *permissions = g_strv_builder_end (recording.made);
  return TRUE;
}
