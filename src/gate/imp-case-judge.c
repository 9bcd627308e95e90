#include <glib/gi18n.h>
#include <string.h>

#include "gate-private.h"
#include "imp-approval.h"
#include "imp-case-permission.h"
#include "imp-clock.h"
#include "imp-decision.h"
#include "imp-error.h"
#include "imp-file-consent.h"
#include "imp-keeping.h"
#include "imp-register-keeping.h"
#include "imp-register-names.h"

/* What the register says of one request, read anew for each judgement. */
typedef struct
{
  ImpPerson *person;          /* nullable: named by the request, or found by the file's number */
  GPtrArray *owners;          /* ImpPerson*: whose numbers the file carries */
  gboolean has_numbers;       /* the file carries any */
  gboolean has_stranger;      /* one of them is of somebody else than the person named */
  GPtrArray *records;         /* ImpCaseRecord*: of the person and the owners */
  gboolean another_refuses;   /* an owner who is not the person said no to this use */
  const char *lacks_capacity; /* nullable: what the register says of the person: "yes" "not-sure" */
  gboolean buried;            /* a tombstone stands for a number of the file or of the person */
  char *today;
  char *now;    /* by the computer's clock */
  char *newest; /* nullable: what the register knows of, where the clock is behind it */
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->person, imp_person_free);
  g_clear_pointer (&look->owners, g_ptr_array_unref);
  g_clear_pointer (&look->records, g_ptr_array_unref);
  g_clear_pointer (&look->today, g_free);
  g_clear_pointer (&look->now, g_free);
  g_clear_pointer (&look->newest, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
is_among (GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++)
    if (g_str_equal (((const ImpPerson *)g_ptr_array_index (people, i))->id, id))
      return TRUE;
  return FALSE;
}

/* Who was erased, or said no and is not known to this copy of the register, left a keyed hash of
 * each number. */
static gboolean
look_for_tombstone (ImpGate *gate, Look *look, const char *number, GError **error)
{
  gboolean buried = FALSE;

  if (!imp_register_is_buried (gate->people, number, &buried, error))
    return FALSE;
  look->buried = look->buried || buried;
  return TRUE;
}

static gboolean
look_for_tombstone_of (ImpGate *gate, Look *look, const ImpPerson *person, GError **error)
{
  gboolean buried = FALSE;

  if (!imp_register_is_person_buried (gate->people, person->id, &buried, error))
    return FALSE;
  look->buried = look->buried || buried;
  return TRUE;
}

/* Whoever has this number. Two hospitals may give the same one to two people: an objection of
 * either counts, and it is a stranger's only where the person named has not got it. */
static gboolean
add_owners (ImpCase *self, ImpGate *gate, Look *look, const char *number, GError **error)
{
  const char *named = self->request->person_id;
  g_autoptr (GPtrArray) people = imp_register_list_by_number (gate->people, number, error);

  if (people == NULL)
    return FALSE;
  if (people->len > 0 && named != NULL && *named != '\0' && !is_among (people, named))
    look->has_stranger = TRUE;
  for (guint i = 0; i < people->len; i++)
    {
      const ImpPerson *owner = g_ptr_array_index (people, i);

      if (!is_among (look->owners, owner->id))
        g_ptr_array_add (look->owners, imp_person_copy (owner));
    }
  return TRUE;
}

/* Everybody whose number the file carries, however it writes it: an objection of any counts. */
static gboolean
look_up_owners (ImpCase *self, ImpGate *gate, Look *look, GError **error)
{
  GStrv numbers = imp_facts_get_patient_ids (imp_source_get_facts (self->request->source));

  look->owners = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++)
    {
      look->has_numbers = TRUE;
      if (!look_for_tombstone (gate, look, numbers[i], error)
          || !add_owners (self, gate, look, numbers[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look_up_permissions (ImpGate *gate, Look *look, const ImpPerson *person, GError **error)
{
  ImpCaseRecord *record = imp_case_record_new (gate, person, look->newest != NULL, error);

  if (record == NULL)
    return FALSE;
  g_ptr_array_add (look->records, record);
  return TRUE;
}

/* The person once more for each other number and each other name: what must not be in a file name
 * or a caption is all that they are known by. */
static gboolean
add_known_as (ImpCase *self, ImpGate *gate, const char *person_id, GError **error)
{
  g_autoptr (GPtrArray) numbers = imp_register_list_identifiers (gate->people, person_id, error);
  g_autoptr (GPtrArray) names =
      numbers != NULL ? imp_register_list_aliases (gate->people, person_id, error) : NULL;

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < numbers->len + names->len; i++)
    {
      ImpPerson *known_as = imp_person_new ();

      known_as->id = g_strdup (person_id);
      if (i < numbers->len)
        known_as->hospital_number =
            g_strdup (((const ImpIdentifier *)g_ptr_array_index (numbers, i))->value);
      else
        known_as->name =
            g_strdup (((const ImpAlias *)g_ptr_array_index (names, i - numbers->len))->name);
      g_ptr_array_add (self->people, known_as);
    }
  return TRUE;
}

static gboolean
add_all_known_as (ImpCase *self, ImpGate *gate, GError **error)
{
  for (guint i = 0, n_people = self->people->len; i < n_people; i++)
    if (!add_known_as (self, gate, ((const ImpPerson *)g_ptr_array_index (self->people, i))->id,
                       error))
      return FALSE;
  return TRUE;
}

static gboolean
look_up (ImpCase *self, ImpGate *gate, Look *look, GError **error)
{
  const ImpRequest *request = self->request;

  look->today = imp_clock_today ();
  if (!imp_register_check_clock (gate->people, &look->now, &look->newest, error))
    return FALSE;
  look->records = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_case_record_free);
  if (!look_up_owners (self, gate, look, error))
    return FALSE;
  if (request->person_id != NULL && *request->person_id != '\0')
    {
      look->person = imp_register_get_person (gate->people, request->person_id, error);
      if (look->person == NULL)
        return FALSE;
    }
  else if (request->person_id != NULL && look->owners->len > 0)
    look->person = imp_person_copy (g_ptr_array_index (look->owners, 0));

  g_ptr_array_set_size (self->people, 0);
  if (look->person != NULL)
    {
      g_ptr_array_add (self->people, imp_person_copy (look->person));
      if (!look_for_tombstone_of (gate, look, look->person, error)
          || !imp_register_tell_capacity (gate->people, look->person, look->today,
                                          &look->lacks_capacity, error)
          || !look_up_permissions (gate, look, look->person, error))
        return FALSE;
    }
  for (guint i = 0; i < look->owners->len; i++)
    {
      const ImpPerson *owner = g_ptr_array_index (look->owners, i);

      if (is_among (self->people, owner->id))
        continue;
      g_ptr_array_add (self->people, imp_person_copy (owner));
      if (!look_for_tombstone_of (gate, look, owner, error)
          || !look_up_permissions (gate, look, owner, error))
        return FALSE;
    }
  return add_all_known_as (self, gate, error);
}

static gboolean
gather_answers (ImpCase *self, ImpGate *gate, const Look *look, GError **error)
{
  static const char *const KNOWN[] = {
    "local-policy-reference", "image-kind",       "child", "deceased",
    "lacks-capacity",         "known-to-audience"
  };
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  g_hash_table_remove_all (self->answers);
  g_hash_table_iter_init (&iter, self->request->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->answers, g_strdup (key), g_strdup (value));
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    {
      g_autoptr (GError) local_error = NULL;
      char *known = NULL;

      if (g_hash_table_contains (self->answers, KNOWN[i]))
        continue;
      known =
          imp_case_known_answer (gate, self->request, look->person, KNOWN[i], NULL, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (known != NULL)
        g_hash_table_insert (self->answers, g_strdup (KNOWN[i]), known);
    }
  return TRUE;
}

static void
fill_facts (const ImpCase *self, const Look *look, ImpPolicyFacts *facts)
{
  const ImpRequest *request = self->request;
  ImpFacts *file = imp_source_get_facts (request->source);
  const ImpPerson *person = look->person;
  const char *looked = g_hash_table_lookup (self->answers, "looked-at-all");

  *facts = (ImpPolicyFacts){ 0 };
  facts->route = request->route;
  facts->destination = request->destination;
  facts->answers = self->answers;
  facts->destination_name = g_hash_table_lookup (self->answers, "destination-name");
  facts->dicom_consent_flag = imp_facts_get_consent_flag (file);
  if (!imp_file_consent_refuses (file) && !imp_file_consent_reaches (file, request->destination))
    facts->dicom_consent_flag = "NARROWER";
  facts->image_kind_from_file = imp_facts_get_image_kind (file);
  facts->n_overlays = imp_facts_get_n_overlays (file);
  facts->n_overlays_drawn = imp_overlay_count_planes (imp_frame_get_planes (request->frame));
  facts->looked_at_frame =
      request->looked_at
      || (request->origin == IMP_ORIGIN_SCRIPT && g_strcmp0 (looked, "yes") == 0);
  facts->part_unseen = request->origin == IMP_ORIGIN_APP && request->seen_share < 100;
  facts->person_age = -1;
  facts->person_age_when_given = -1;
  for (guint i = 0; i < look->owners->len; i++)
    if (((const ImpPerson *)g_ptr_array_index (look->owners, i))->objects)
      facts->person_objects = TRUE;
  if (person == NULL)
    return;
  facts->person_known = TRUE;
  facts->person_objects = facts->person_objects || person->objects;
  /* Where nobody is named, the file alone says who it is, and must say so clearly. */
  facts->person_conflict = self->request->person_id != NULL && *self->request->person_id != '\0'
                               ? look->has_stranger
                               : look->owners->len > 1;
  facts->number_differs = look->has_numbers && !is_among (look->owners, person->id);
  facts->person_age = imp_clock_age_at (person->born, look->today);
  facts->record_deceased = person->died != NULL ? "yes" : NULL;
  facts->record_lacks_capacity = look->lacks_capacity;
  facts->record_known_to_audience = person->known_to_audience ? "yes" : NULL;
}

/* What the person named said; NULL where nobody is. */
static const ImpCaseRecord *
find_record (const Look *look)
{
  return look->person != NULL ? g_ptr_array_index (look->records, 0) : NULL;
}

/* Whoever else's number the file carries: their no counts, their permission carries nothing. */
static gboolean
hear_others (const ImpCase *self, const Look *look, const ImpPolicyFacts *facts)
{
  for (guint i = 0; i < look->records->len; i++)
    {
      const ImpCaseRecord *record = g_ptr_array_index (look->records, i);

      if (record != find_record (look)
          && imp_case_no_stands (self, record, NULL, look->today, facts))
        return TRUE;
    }
  return FALSE;
}

/* Judges the case as it is on one permission, or on none. */
static ImpVerdict *
judge_on (const ImpCase *self, const Look *look, const ImpPermission *permission,
          ImpPolicyFacts *facts)
{
  const ImpCaseRecord *record = find_record (look);

  facts->refusal_covers =
      look->another_refuses
      || (record != NULL && imp_case_no_stands (self, record, permission, look->today, facts));
  if (permission != NULL)
    imp_case_fill_permission (record, permission, look->today, facts);
  return imp_policy_evaluate (self->pack, facts);
}

/* The strictness of a verdict, for choosing among permissions: the loosest that is true wins,
 * and between equals the one with fewer objections. */
static guint
weight (const ImpVerdict *verdict)
{
  return (verdict->allowed ? 0 : 1000) + 100 * (guint)verdict->outcome
         + MIN (verdict->reasons->len, 99);
}

/* Of the person's own permissions the one on which the verdict is the loosest. */
static void
choose_among (ImpCase *self, const Look *look, ImpPolicyFacts *facts)
{
  const ImpCaseRecord *record = find_record (look);

  for (guint i = 0; record != NULL && i < record->permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (record->permissions, i);
      g_autoptr (ImpVerdict) verdict = judge_on (self, look, permission, facts);

      if (self->verdict != NULL && weight (verdict) >= weight (self->verdict))
        continue;
      g_clear_pointer (&self->verdict, imp_verdict_free);
      g_clear_pointer (&self->permission, imp_permission_free);
      self->verdict = g_steal_pointer (&verdict);
      self->permission = imp_permission_copy (permission);
    }
}

/* Facts and verdict are those of the permission chosen, where one is. */
static gboolean
choose_permission (ImpCase *self, ImpGate *gate, Look *look, ImpPolicyFacts *facts, GError **error)
{
  const ImpRequest *request = self->request;

  look->another_refuses = hear_others (self, look, facts);
  if (g_strcmp0 (request->route, "consent") == 0)
    {
      if (request->permission_id == NULL)
        choose_among (self, look, facts);
      else
        self->permission =
            imp_register_get_permission (gate->people, request->permission_id, error);
      if (request->permission_id != NULL && self->permission == NULL)
        return FALSE;
    }
  g_clear_pointer (&self->verdict, imp_verdict_free);
  self->verdict = judge_on (self, look, self->permission, facts);
  return TRUE;
}

/* The digest holds what was judged before a second person is heard: what the register learns later
 * is another release. Whether there is anybody to ask is not part of it. */
static char *
digest_without_second (const ImpCase *self, const ImpPolicyFacts *facts)
{
  ImpPolicyFacts asked = *facts;
  g_autofree char *known = NULL;

  asked.has_second_user = FALSE;
  known = imp_decision_write (self->pack, &asked, self->verdict);
  return imp_case_digest (self, known);
}

/* A second person's decision speaks of exactly one digest, so it is looked for once that is known,
 * and what it changes is judged again on the same permission. */
static gboolean
hear_second_person (ImpCase *self, ImpGate *gate, ImpPolicyFacts *facts, GError **error)
{
  const ImpApproval *approval = self->supposed;

  if (self->unheard)
    return TRUE;
  if (approval == NULL)
    {
      if (!imp_approval_find (gate, self->digest, &self->approval, error))
        return FALSE;
      approval = self->approval;
    }
  if (approval == NULL)
    return TRUE;
  facts->second_agreed = TRUE;
  facts->second_authority = approval->authority;
  facts->file_refusal_lifted = approval->lift && approval->authority != NULL;
  g_clear_pointer (&self->verdict, imp_verdict_free);
  self->verdict = imp_policy_evaluate (self->pack, facts);
  return TRUE;
}

/* The pack in force now: somebody at the same register may have chosen another. */
static gboolean
take_pack (ImpCase *self, ImpGate *gate, GError **error)
{
  g_autofree char *problem = NULL;

  if (!_imp_gate_refresh_pack (gate, error))
    return FALSE;
  g_clear_object (&self->pack);
  self->pack = _imp_gate_ref_pack (gate);
  problem = _imp_gate_get_pack_problem (gate);
  if (problem != NULL)
    imp_case_refuse (self, "floor:pack", _ ("The site's policy pack cannot be read."),
                     _ ("Have another chosen by the person who keeps the policy pack."));
  return TRUE;
}

/* What has ended is not in force again because the clock was set back. */
static void
refuse_for_clock (ImpCase *self, const Look *look)
{
  g_autofree char *text = imp_gate_describe_clock (look->now, look->newest);

  imp_case_refuse (self, "floor:clock", text,
                   _ ("Set the computer's clock right. Where it is right, and it was once ahead of "
                      "time, a keeper and a second person accept it: “Keeping the register…”."));
}

/**
 * imp_case_judge:
 * @self: a case
 * @gate: the gate
 * @error: where to put the error
 *
 * Reads pack, person, objection and permission from the register as they are now, and applies the
 * pack and the gate's floor. Called in a transaction, it judges what the transaction sees. What an
 * earlier judgement found is replaced. The file's own patient number is looked up too, so that an
 * objection stops a picture whose person the operator did not name.
 *
 * Returns: whether the register could be read; the judgement is in verdict, reasons and digest
 */
gboolean
imp_case_judge (ImpCase *self, ImpGate *gate, GError **error)
{
  g_auto (Look) look = { 0 };
  ImpPolicyFacts facts = { 0 };

  g_clear_pointer (&self->verdict, imp_verdict_free);
  g_clear_pointer (&self->approval, imp_approval_free);
  g_clear_pointer (&self->permission, imp_permission_free);
  g_clear_pointer (&self->person_ref, g_free);
  g_clear_pointer (&self->decision, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_ptr_array_set_size (self->reasons, 0);
  if (!take_pack (self, gate, error))
    return FALSE;

  if (!look_up (self, gate, &look, error) || !gather_answers (self, gate, &look, error))
    return FALSE;
  if (look.person != NULL)
    self->person_ref = g_strdup (look.person->id);
  else if (self->request->person_id != NULL)
    self->person_ref = g_strdup ("unknown");
  else
    imp_case_refuse (self, "floor:person", _ ("Nobody has said whose picture this is."),
                     _ ("Name the person, or say that the person is not known."));

  if (look.buried)
    imp_case_refuse (self, "floor:tombstone",
                     _ ("A person with this number was erased from the register, or has said no: "
                        "do not use."),
                     _ ("If the person agrees again, a keeper and a second person lift it."));

  if (look.newest != NULL && g_strcmp0 (self->request->route, "consent") == 0)
    refuse_for_clock (self, &look);
  fill_facts (self, &look, &facts);
  if (!imp_gate_has_users (gate, &facts.has_second_user, error)
      || !choose_permission (self, gate, &look, &facts, error))
    return FALSE;
  self->digest = digest_without_second (self, &facts);
  if (!hear_second_person (self, gate, &facts, error))
    return FALSE;
  self->decision = imp_decision_write (self->pack, &facts, self->verdict);
  for (guint i = 0; i < self->verdict->reasons->len; i++)
    g_ptr_array_add (self->reasons,
                     imp_reason_copy (g_ptr_array_index (self->verdict->reasons, i)));
  if (!imp_case_check_words (self, gate, error))
    return FALSE;
  if (!self->verdict->allowed && self->reasons->len == 0)
    imp_case_refuse (self, "floor:verdict", _ ("The rules do not allow this release."),
                     _ ("Ask the person who keeps the policy pack."));
  return TRUE;
}

/**
 * imp_case_check_approval:
 * @self: a judged case
 * @gate: the gate
 * @error: where to put the error
 *
 * Adds a refusal where what is asked for is not exactly what a person approved: at the desk the
 * digest must be the one that was shown; a public destination needs an approval in the ledger for
 * exactly this digest, whoever asks.
 *
 * Returns: whether the ledger could be read
 */
gboolean
imp_case_check_approval (ImpCase *self, ImpGate *gate, GError **error)
{
  gboolean approved = FALSE;

  if (self->request->origin == IMP_ORIGIN_APP
      && g_strcmp0 (self->request->approved_digest, self->digest) != 0)
    imp_case_refuse (self, "floor:changed",
                     _ ("The picture or an answer is not what was shown and approved."),
                     _ ("Look at the output again, then export."));
  if (!imp_case_is_public (self))
    return TRUE;
  if (!imp_ledger_has (gate->ledger, "approval", self->digest, &approved, error))
    return FALSE;
  if (!approved)
    imp_case_refuse (
        self, "floor:approval",
        _ ("A picture for the public needs a person's approval, given in the app for "
           "exactly this picture and these answers."),
        _ ("Open it in Imprimatur, answer the same, look at the output and approve it."));
  return TRUE;
}
