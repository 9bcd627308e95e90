/* The words that travel with a picture are judged as the picture is (article row 5). */
#include <glib/gi18n.h>
#include <string.h>

#include "gate-private.h"
#include "imp-error.h"
#include "imp-words.h"

#define PLACES_SETTING "place-names"
#define REASON "confirmation-reason"

/**
 * imp_case_look_up_places:
 * @gate: the gate
 * @places: (out) (transfer full): the site's own towns and hospitals: one a line, or with ";"
 * between
 * @error: where to put the error
 *
 * Returns: whether the register could be read
 */
gboolean
imp_case_look_up_places (ImpGate *gate, char ***places, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = imp_register_get_setting (gate->people, PLACES_SETTING, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *places = g_strsplit_set (text != NULL ? text : "", ";\n", -1);
  return TRUE;
}

static gboolean
has_reason (const ImpCase *self)
{
  const char *reason = g_hash_table_lookup (self->answers, REASON);
  g_autoptr (GPtrArray) questions =
      imp_pack_get_questions (self->pack, self->request->route, self->request->destination);

  for (guint i = 0; reason != NULL && i < questions->len; i++)
    {
      const ImpQuestion *question = g_ptr_array_index (questions, i);

      if (g_str_equal (question->key, REASON))
        return imp_question_text_length (reason) >= question->min_length;
    }
  return FALSE;
}

static void
need_reason (ImpCase *self)
{
  if (!g_ptr_array_find_with_equal_func (self->verdict->needed, REASON, g_str_equal, NULL))
    g_ptr_array_add (self->verdict->needed, g_strdup (REASON));
}

static void
judge_finding (ImpCase *self, const char *what, const char *text, const ImpWordFinding *finding)
{
  gboolean consent = g_strcmp0 (self->request->route, "consent") == 0;
  gboolean excusable = consent && !finding->firm;
  g_autofree char *where =
      imp_words_say_where (text, finding, self->request->origin == IMP_ORIGIN_APP);
  g_autofree char *reason = g_strdup_printf (
      finding->firm ? _ ("The %s says %s: that is %s.") : _ ("The %s says %s: that looks like %s."),
      what, where, finding->why);

  if (excusable && has_reason (self))
    return;
  if (excusable)
    need_reason (self);
  g_ptr_array_add (
      self->reasons,
      imp_reason_new (finding->rule, excusable ? IMP_OUTCOME_CONFIRM : IMP_OUTCOME_REFUSE, reason,
                      _ ("Society of Radiographers 2020, article rows 5 and 26"),
                      excusable ? _ ("Say it without, or say in your own words why it must be "
                                     "there.")
                                : _ ("Say it without.")));
}

/**
 * imp_case_check_words:
 * @self: a case that was judged
 * @gate: the gate
 * @error: where to put the error
 *
 * Adds a refusal for everything in caption and alternative text that tells who somebody is. Where
 * there is no permission nothing excuses it; with one, a date, place or maker of scanners that is
 * not the person's or the file's own may stand where the person gives a reason (docs/words.md).
 *
 * Returns: whether the register could be read
 */
gboolean
imp_case_check_words (ImpCase *self, ImpGate *gate, GError **error)
{
  const ImpRequest *request = self->request;
  const struct
  {
    const char *what;
    const char *text;
  } WORDS[] = { { _ ("caption"), request->caption }, { _ ("alternative text"), request->alt } };
  g_auto (GStrv) places = NULL;
  ImpWordsAsked asked = {
    .people = self->people,
    .giveaways = imp_facts_get_giveaways (imp_source_get_facts (request->source)),
  };

  if (!imp_case_look_up_places (gate, &places, error))
    return FALSE;
  asked.places = places;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autofree char *text =
          WORDS[i].text != NULL ? g_utf8_make_valid (WORDS[i].text, -1) : g_strdup ("");
      g_autoptr (GArray) found = imp_words_find (text, &asked);

      for (guint j = 0; j < found->len; j++)
        judge_finding (self, WORDS[i].what, text, &g_array_index (found, ImpWordFinding, j));
    }
  return TRUE;
}

/**
 * imp_case_check_file_name:
 * @self: a case that was judged
 * @gate: the gate
 * @name: the name of the file to be made
 * @error: where to put the error
 *
 * A name can always be another one, so nothing in it is excused.
 *
 * Returns: whether @name tells nothing, else %IMP_ERROR_NOT_FLAT, or an error of the register
 */
gboolean
imp_case_check_file_name (ImpCase *self, ImpGate *gate, const char *name, GError **error)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, (gsize)(dot - name)) : g_strdup (name);
  g_auto (GStrv) places = NULL;
  ImpWordsAsked asked = {
    .people = self->people,
    .giveaways = imp_facts_get_giveaways (imp_source_get_facts (self->request->source)),
    .is_file_name = TRUE,
  };
  g_autoptr (GArray) found = NULL;

  if (!imp_case_look_up_places (gate, &places, error))
    return FALSE;
  asked.places = places;
  found = imp_words_find (stem, &asked);
  if (found->len == 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT,
               _ ("The file name says %s, and nothing was written: take a neutral name"),
               g_array_index (found, ImpWordFinding, 0).why);
  return FALSE;
}
