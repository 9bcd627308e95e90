/* What was answered in a session, and of how much each answer speaks. */
#include <gio/gio.h>

#include "gate-accounts.h"
#include "imp-curation-private.h"

/* What a question is about decides how far its answer reaches: a person in all of their pictures,
 * a case in all of its own, and what is to be seen in one picture only. What is said of the use is
 * said of the session where the page about the use asks it; the rest speaks of the one picture and
 * the words that go with it. */
static ImpCurationAnswer
find_reach (const ImpCurationItem *item, const ImpQuestion *question)
{
  ImpCurationAnswer reach = { 0 };

  if (g_strcmp0 (question->scope, "person") == 0 && item->patient_id != 0)
    reach.patient_id = item->patient_id;
  else if (g_strcmp0 (question->scope, "case") == 0 && item->case_id != 0)
    reach.case_id = item->case_id;
  else if (g_strcmp0 (question->scope, "use") != 0 || g_strcmp0 (question->page, "use") != 0)
    reach.item_id = item->id;
  reach.pixels = reach.item_id != 0 && g_strcmp0 (question->scope, "pixels") == 0;
  return reach;
}

/**
 * imp_curation_get_answer:
 * @self: a session
 * @index: of a picture
 * @question: what is asked
 *
 * Returns: (transfer none) (nullable): what who is signed in said of this picture, or of what it
 *   belongs to, as far as the question lets one answer speak for several
 */
const char *
imp_curation_get_answer (ImpCuration *self, guint index, const ImpQuestion *question)
{
  const ImpCurationAnswer reach = find_reach (imp_curation_get_item (self, index), question);

  for (guint i = 0; i < self->now->answers->len; i++)
    {
      const ImpCurationAnswer *answer = g_ptr_array_index (self->now->answers, i);

      if (answer->patient_id == reach.patient_id && answer->case_id == reach.case_id
          && answer->item_id == reach.item_id && g_strcmp0 (answer->key, question->key) == 0)
        return answer->value;
    }
  return NULL;
}

static gboolean
give_answer (ImpGesture *gesture, GError **error)
{
  return imp_gate_check_right (gesture->gate, IMP_RIGHT_RECORD, error)
         && imp_register_set_curation_answer (gesture->reg, gesture->id, gesture->answer, error);
}

/**
 * imp_curation_answer_async:
 * @self: a session
 * @index: of a picture
 * @question: what is asked
 * @value: (nullable): what is said; %NULL takes it back
 * @callback: called when done
 * @user_data: for @callback
 *
 * Answers for this picture and all that the question lets the answer speak for. Those that were
 * cleared fall back where it is another answer than before. Ends with
 * imp_curation_gesture_finish().
 */
void
imp_curation_answer_async (ImpCuration *self, guint index, const ImpQuestion *question,
                           const char *value, GAsyncReadyCallback callback, gpointer user_data)
{
  const ImpCurationAnswer reach = find_reach (imp_curation_get_item (self, index), question);
  ImpGesture *gesture =
      _imp_gesture_new (self, imp_curation_answer_async, give_answer, NULL, callback, user_data);

  gesture->answer = g_memdup2 (&reach, sizeof reach);
  gesture->answer->key = g_strdup (question->key);
  gesture->answer->value = g_strdup (value);
  _imp_gesture_start (gesture);
}
