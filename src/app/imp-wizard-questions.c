#include "imp-wizard-questions.h"

/**
 * imp_wizard_questions_find:
 * @questions: (element-type ImpQuestion): questions
 * @key: of one of them
 *
 * Returns: (transfer none) (nullable): that one
 */
const ImpQuestion *
imp_wizard_questions_find (GPtrArray *questions, const char *key)
{
  for (guint i = 0; i < questions->len; i++)
    if (g_str_equal (((ImpQuestion *)g_ptr_array_index (questions, i))->key, key))
      return g_ptr_array_index (questions, i);
  return NULL;
}

static gboolean
stands_before_the_choice (const ImpQuestion *question)
{
  static const char *const EARLY[] = { "person", "use", "case", NULL };

  return g_strv_contains (EARLY, question->page);
}

/**
 * imp_wizard_questions_new:
 * @gate: the gate
 * @route: (nullable): "consent" or "anonymised"; %NULL before it is chosen: then those of the
 *   anonymised route are listed, of which the early pages show what both routes ask
 * @destination: where the picture is going
 * @error: (out) (optional): an error of imp_gate_questions()
 *
 * A question of one route alone is asked on the page that chooses the route: nobody answers what
 * the other route would have needed, and nobody is sent back.
 *
 * Returns: (transfer full) (element-type ImpQuestion) (nullable): the questions, in order
 */
GPtrArray *
imp_wizard_questions_new (ImpGate *gate, const char *route, const char *destination, GError **error)
{
  gboolean by_consent = g_strcmp0 (route, "consent") == 0;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GPtrArray) others = NULL;

  questions = imp_gate_questions (gate, by_consent ? "consent" : "anonymised", destination, error);
  if (questions == NULL)
    return NULL;
  others = imp_gate_questions (gate, by_consent ? "anonymised" : "consent", destination, error);
  if (others == NULL)
    return NULL;
  for (guint i = 0; i < questions->len; i++)
    {
      ImpQuestion *question = g_ptr_array_index (questions, i);

      if (!stands_before_the_choice (question)
          || imp_wizard_questions_find (others, question->key) != NULL)
        continue;
      g_free (question->page);
      question->page = g_strdup ("basis");
    }
  return g_steal_pointer (&questions);
}
