/* What the texts of a case must not say, and which cases are pulled. */
#include <glib/gi18n.h>

#include "gate-private.h"
#include "imp-copies.h"
#include "imp-error.h"
#include "imp-register-teaching.h"
#include "imp-teaching.h"
#include "imp-words.h"

static GPtrArray *
list_people (ImpGate *self, gint64 case_id, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  g_auto (GStrv) ids = imp_register_list_teaching_people (self->people, case_id, error);

  if (ids == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      ImpPerson *person = imp_register_get_person (self->people, ids[i], error);

      if (person == NULL)
        return NULL;
      g_ptr_array_add (people, person);
    }
  return g_steal_pointer (&people);
}

static void
judge_finding (ImpOrigin origin, const ImpTeachingCase *teaching, const char *name,
               const char *text, const ImpWordFinding *finding, GPtrArray *reasons)
{
  g_autofree char *where = imp_words_say_where (text, finding, origin == IMP_ORIGIN_APP);
  g_autofree char *reason =
      g_strdup_printf (finding->firm ? _ ("The %s of case %s says %s: that is %s.")
                                     : _ ("The %s of case %s says %s: that looks like %s."),
                       name, teaching->number != NULL ? teaching->number : _ ("without a number"),
                       where, finding->why);

  g_ptr_array_add (reasons,
                   imp_reason_new (finding->rule, IMP_OUTCOME_REFUSE, reason,
                                   _ ("Society of Radiographers 2020, article rows 5 and 26"),
                                   _ ("Say it without.")));
}

/**
 * imp_gate_judge_teaching_sync:
 * @self: the gate
 * @teaching: a case
 * @request: (nullable): a picture of it, for what its file says
 * @origin: who asks
 * @reasons: (element-type ImpReason): where reasons go
 * @error: where to put the error
 *
 * Looks for what tells who somebody is (docs/words.md). The texts are of all pictures of the case,
 * so no permission excuses what is found.
 *
 * Returns: whether the register could be read
 */
gboolean
imp_gate_judge_teaching_sync (ImpGate *self, const ImpTeachingCase *teaching, ImpRequest *request,
                              ImpOrigin origin, GPtrArray *reasons, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_auto (GStrv) places = NULL;
  ImpWordsAsked asked = { .giveaways = nothing };

  people = teaching->id != 0 ? list_people (self, teaching->id, error)
                             : g_ptr_array_new_with_free_func ((GDestroyNotify)imp_person_free);
  if (people == NULL || !imp_case_look_up_places (self, &places, error))
    return FALSE;
  asked.people = people;
  asked.places = places;
  if (request != NULL)
    asked.giveaways = imp_facts_get_giveaways (imp_source_get_facts (request->source));
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    {
      g_autofree char *text =
          g_utf8_make_valid (teaching->texts[i] != NULL ? teaching->texts[i] : "", -1);
      g_autoptr (GArray) found = imp_words_find (text, &asked);

      for (guint j = 0; j < found->len; j++)
        judge_finding (origin, teaching, imp_teaching_text_get_name ((ImpTeachingText)i), text,
                       &g_array_index (found, ImpWordFinding, j), reasons);
    }
  return TRUE;
}

static gboolean
is_among (GPtrArray *copies, const char *export_id)
{
  for (guint i = 0; i < copies->len; i++)
    if (g_str_equal (((const ImpCopy *)g_ptr_array_index (copies, i))->export_id, export_id))
      return TRUE;
  return FALSE;
}

/**
 * imp_gate_list_retired_cases_sync:
 * @self: the gate
 * @error: where to put the error
 *
 * Whoever withdraws, objects or is erased asks back what left (docs/trace.md): a case with such a
 * picture leaves no more, and is shown no more, until the picture is out of it.
 *
 * Returns: (transfer full) (nullable): the ids of such cases, or %NULL with %IMP_ERROR_REFUSED,
 *   %IMP_ERROR_REGISTER_DAMAGED or %IMP_ERROR_IO
 */
GHashTable *
imp_gate_list_retired_cases_sync (ImpGate *self, GError **error)
{
  const ImpCopyFilter filter = { .with_task = TRUE };
  g_autoptr (GHashTable) retired =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) cases = imp_register_list_teaching_cases (self->desk, NULL, error);

  copies = cases != NULL ? imp_copies_list (self->ledger, &filter, error) : NULL;
  if (copies == NULL)
    return NULL;
  for (guint i = 0; i < cases->len; i++)
    {
      const ImpTeachingCase *teaching = g_ptr_array_index (cases, i);

      for (guint j = 0; j < teaching->images->len; j++)
        {
          const ImpTeachingImage *image = g_ptr_array_index (teaching->images, j);

          if (image->export_id != NULL && is_among (copies, image->export_id))
            g_hash_table_add (retired, g_memdup2 (&teaching->id, sizeof teaching->id));
        }
    }
  return g_steal_pointer (&retired);
}
