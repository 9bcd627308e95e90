#include "imp-keeping-acts.h"

#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-error.h"
#include "imp-register-look-ups.h"

#define DEFAULT_YEARS 8 /* as the register has them where nothing is set */
#define DEFAULT_CHILD_AGE 25

/* ---- what is due ---- */

static void
due_free (gpointer data)
{
  ImpKeepingDue *due = data;

  imp_retention_free (due->retention);
  g_free (due->person);
  g_free (due);
}

/**
 * imp_keeping_facts_new:
 * @limit: how many people at most
 *
 * Returns: (transfer full): nothing yet
 */
ImpKeepingFacts *
imp_keeping_facts_new (guint limit)
{
  ImpKeepingFacts *facts = g_new0 (ImpKeepingFacts, 1);

  facts->limit = limit;
  return facts;
}

/**
 * imp_keeping_facts_free:
 * @facts: (transfer full): what imp_keeping_facts_new() made
 */
void
imp_keeping_facts_free (gpointer facts)
{
  g_clear_pointer (&((ImpKeepingFacts *)facts)->due, g_ptr_array_unref);
  g_free (facts);
}

static gboolean
read_years (ImpRegister *source, const char *key, int standard, int *years, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = imp_register_get_setting (source, key, &cause);

  *years = text != NULL ? atoi (text) : standard;
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * imp_keeping_facts_read:
 * @gate: the gate
 * @facts: an ImpKeepingFacts to fill
 * @error: where to put the error
 *
 * Returns: whether it is known how long records are kept, and whose are due
 */
gboolean
imp_keeping_facts_read (ImpGate *gate, gpointer facts, GError **error)
{
  ImpKeepingFacts *self = facts;
  ImpRegister *source = imp_gate_get_register (gate);
  g_autoptr (GPtrArray) due = NULL;

  if (!read_years (source, "retention-years", DEFAULT_YEARS, &self->years, error)
      || !read_years (source, "retention-child-age", DEFAULT_CHILD_AGE, &self->child_age, error))
    return FALSE;
  due = imp_gate_list_due_sync (gate, self->limit, error);
  if (due == NULL || !imp_register_note_view (source, "retention", due->len, error))
    return FALSE;
  self->due = g_ptr_array_new_with_free_func (due_free);
  for (guint i = 0; i < due->len; i++)
    {
      ImpKeepingDue *one = g_new0 (ImpKeepingDue, 1);
      g_autoptr (ImpPerson) person = NULL;

      one->retention = imp_retention_copy (g_ptr_array_index (due, i));
      g_ptr_array_add (self->due, one);
      person = imp_register_get_person (source, one->retention->person_id, error);
      if (person == NULL)
        return FALSE;
      one->person = g_strdup_printf (
          "%s · %s", person->name != NULL ? person->name : _ ("No name on record"),
          person->hospital_number != NULL ? person->hospital_number : _ ("no number"));
    }
  return TRUE;
}

/* ---- acts ---- */

/**
 * imp_keeping_act_new:
 * @kind: what is done
 *
 * Returns: (transfer full): an act whose other members are still to be filled
 */
ImpKeepingAct *
imp_keeping_act_new (ImpKeepingActKind kind)
{
  ImpKeepingAct *act = g_new0 (ImpKeepingAct, 1);

  act->kind = kind;
  return act;
}

/**
 * imp_keeping_act_free:
 * @act: (transfer full): an ImpKeepingAct
 */
void
imp_keeping_act_free (gpointer act)
{
  ImpKeepingAct *self = act;

  g_strfreev (self->ids);
  g_free (self->number);
  g_free (self->exemption);
  g_clear_pointer (&self->second, imp_second_free);
  g_free (self->whose);
  g_free (self->said);
  g_free (self);
}

static gboolean
set_years (ImpGate *gate, ImpKeepingAct *act, GError **error)
{
  ImpRegister *source = imp_gate_get_register (gate);
  g_autofree char *years = g_strdup_printf ("%d", act->years);
  g_autofree char *child_age = g_strdup_printf ("%d", act->child_age);

  act->said = g_strdup (_ ("It is set how long records are kept."));
  return imp_register_set_setting (source, "retention-years", years, error)
         && imp_register_set_setting (source, "retention-child-age", child_age, error);
}

static ImpPerson *
find_person (ImpGate *gate, const char *number, GError **error)
{
  g_autoptr (GError) cause = NULL;
  ImpPerson *person = imp_register_find_by_number (imp_gate_get_register (gate), number, &cause);

  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (person == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_FOUND,
                         _ ("Nobody in the register has this number: check it"));
  return person;
}

/* A record that is kept for a reason of the law, or perhaps is: nobody knows since a journal was
 * lost. */
static gboolean
check_takes_two (ImpGate *gate, const ImpPerson *person, ImpKeepingAct *act, GError **error)
{
  ImpRegister *people = imp_gate_get_register (gate);
  g_autofree char *exemption = NULL;

  if (!imp_gate_has_users (gate, &act->has_users, error)
      || !imp_register_get_exemption (people, person->id, &exemption, error)
      || !imp_register_is_perhaps_kept (people, person->id, &act->takes_two, error))
    return FALSE;
  act->takes_two = act->takes_two || exemption != NULL;
  g_free (act->whose);
  act->whose = g_strdup_printf (
      _ ("%s · %s\nKept because of: %s"),
      person->name != NULL ? person->name : _ ("No name on record"),
      person->hospital_number != NULL ? person->hospital_number : _ ("no number"),
      exemption != NULL ? imp_keeping_name_exemption (exemption)
                        : _ ("Not known, since a journal of withdrawals was lost"));
  return TRUE;
}

static gboolean
erase (ImpGate *gate, ImpKeepingAct *act, GError **error)
{
  g_autoptr (ImpPerson) person = find_person (gate, act->number, error);
  guint n_copies = 0;

  if (person == NULL || (act->second == NULL && !check_takes_two (gate, person, act, error))
      || !imp_gate_erase_person_sync (gate, person->id, act->second, &n_copies, error))
    return FALSE;
  act->said =
      n_copies == 0
          ? g_strdup (_ ("Erased. Nothing of this person’s numbers leaves any more. Backups made "
                         "before still hold the record: when one is put back, it is erased again."))
          : g_strdup_printf (
              g_dngettext (NULL,
                           "Erased. Nothing of this person’s numbers leaves any more. %u picture "
                           "can still be seen, and is being asked back.",
                           "Erased. Nothing of this person’s numbers leaves any more. %u pictures "
                           "can still be seen, and are being asked back.",
                           n_copies),
              n_copies);
  return TRUE;
}

static gboolean
keep (ImpGate *gate, ImpKeepingAct *act, GError **error)
{
  g_autoptr (ImpPerson) person = find_person (gate, act->number, error);

  act->said = g_strdup (_ ("It is recorded that the record is kept, and why."));
  return person != NULL && imp_gate_keep_person_sync (gate, person->id, act->exemption, error);
}

static gboolean
end_exemption (ImpGate *gate, ImpKeepingAct *act, GError **error)
{
  g_autoptr (ImpPerson) person = find_person (gate, act->number, error);

  act->said = g_strdup (_ ("The record is no longer kept for a reason of the law."));
  return person != NULL && imp_gate_end_exemption_sync (gate, person->id, act->second, error);
}

/**
 * imp_keeping_act_run:
 * @gate: the gate
 * @act: an ImpKeepingAct
 * @error: where to put the error
 *
 * Returns: whether it was done, else an error of the gate
 */
gboolean
imp_keeping_act_run (ImpGate *gate, gpointer act, GError **error)
{
  ImpKeepingAct *self = act;

  switch (self->kind)
    {
    case IMP_KEEPING_PURGE:
      self->said = g_strdup (_ ("Purged."));
      return imp_gate_purge_sync (gate, (const char *const *)self->ids, self->second, error);
    case IMP_KEEPING_SET_YEARS:
      return set_years (gate, self, error);
    case IMP_KEEPING_ERASE:
      return erase (gate, self, error);
    case IMP_KEEPING_KEEP:
      return keep (gate, self, error);
    case IMP_KEEPING_END_EXEMPTION:
      return end_exemption (gate, self, error);
    case IMP_KEEPING_UNBLOCK:
    default:
      self->said = g_strdup (_ ("Exports of this number are judged by the rules again."));
      return imp_gate_lift_tombstone_sync (gate, self->number, self->second, error);
    }
}

/**
 * imp_keeping_name_exemption:
 * @exemption: one of imp_register_exemptions()
 *
 * Returns: (transfer none): what a person reads for it
 */
const char *
imp_keeping_name_exemption (const char *exemption)
{
  static const char *const NAMES[][2] = {
    { "legal-claims", N_ ("Legal claims") },
    { "legal-obligation", N_ ("A legal obligation") },
    { "public-interest", N_ ("The public interest in health") },
    { "archiving", N_ ("Archiving and research") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_equal (NAMES[i][0], exemption))
      return _ (NAMES[i][1]);
  return exemption;
}
