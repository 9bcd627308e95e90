#include "imp-answers.h"

/* One answer. A source says that it was known already: nobody at the desk gave it. */
typedef struct
{
  char *value;
  char *source; /* nullable */
  char *note;   /* nullable */
  char *scope;
} Answer;

struct _ImpAnswers
{
  GHashTable *by_key; /* key -> Answer */
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->value);
  g_free (answer->source);
  g_free (answer->note);
  g_free (answer->scope);
  g_free (answer);
}

/**
 * imp_answers_new:
 *
 * Returns: (transfer full): no answers
 */
ImpAnswers *
imp_answers_new (void)
{
  ImpAnswers *self = g_new0 (ImpAnswers, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  return self;
}

/**
 * imp_answers_free:
 * @self: (transfer full) (nullable): answers
 */
void
imp_answers_free (ImpAnswers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_free (self);
}

/**
 * imp_answers_set:
 * @self: answers
 * @key: of a question
 * @scope: of that question: "use", "person", "case" or "pixels"
 * @value: the answer
 * @source: (nullable): where it is known from, in words; %NULL: given at the desk
 */
void
imp_answers_set (ImpAnswers *self, const char *key, const char *scope, const char *value,
                 const char *source)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->value = g_strdup (value);
  answer->source = g_strdup (source);
  answer->scope = g_strdup (scope);
  g_hash_table_replace (self->by_key, g_strdup (key), answer);
}

/**
 * imp_answers_get:
 * @self: answers
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): the answer; %NULL where there is none
 */
const char *
imp_answers_get (ImpAnswers *self, const char *key)
{
  const Answer *answer = g_hash_table_lookup (self->by_key, key);

  return answer == NULL ? NULL : answer->value;
}

/**
 * imp_answers_get_source:
 * @self: answers
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): where the answer is known from; %NULL where it was given
 *   at the desk, or there is none
 */
const char *
imp_answers_get_source (ImpAnswers *self, const char *key)
{
  const Answer *answer = g_hash_table_lookup (self->by_key, key);

  return answer == NULL ? NULL : answer->source;
}

/**
 * imp_answers_set_note:
 * @self: answers
 * @key: of a question that has an answer
 * @note: how far the answer reaches, in words
 *
 * Says of an answer that was given at the desk that it was given before, for more than this.
 */
void
imp_answers_set_note (ImpAnswers *self, const char *key, const char *note)
{
  Answer *answer = g_hash_table_lookup (self->by_key, key);

  if (answer == NULL)
    return;
  g_free (answer->note);
  answer->note = g_strdup (note);
}

/**
 * imp_answers_get_note:
 * @self: answers
 * @key: of a question
 *
 * Returns: (transfer none) (nullable): how far an answer that was given before reaches
 */
const char *
imp_answers_get_note (ImpAnswers *self, const char *key)
{
  const Answer *answer = g_hash_table_lookup (self->by_key, key);

  return answer == NULL ? NULL : answer->note;
}

/**
 * imp_answers_has_given:
 * @self: answers
 *
 * Returns: whether anybody at the desk has answered anything
 */
gboolean
imp_answers_has_given (ImpAnswers *self)
{
  GHashTableIter iter;
  gpointer data = NULL;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    if (((Answer *)data)->source == NULL)
      return TRUE;
  return FALSE;
}

/**
 * imp_answers_forget:
 * @self: answers
 * @key: of a question
 */
void
imp_answers_forget (ImpAnswers *self, const char *key)
{
  g_hash_table_remove (self->by_key, key);
}

/**
 * imp_answers_forget_all:
 * @self: answers
 */
void
imp_answers_forget_all (ImpAnswers *self)
{
  g_hash_table_remove_all (self->by_key);
}

/**
 * imp_answers_forget_known:
 * @self: answers
 *
 * Forgets what was known already, as it may have changed since; what was given stays.
 */
void
imp_answers_forget_known (ImpAnswers *self)
{
  GHashTableIter iter;
  gpointer data = NULL;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    if (((Answer *)data)->source != NULL)
      g_hash_table_iter_remove (&iter);
}

/**
 * imp_answers_forget_scope:
 * @self: answers
 * @scope: "pixels"
 *
 * Forgets what was given at the desk to questions of @scope; what is known from elsewhere stays.
 *
 * Returns: how many answers that were
 */
guint
imp_answers_forget_scope (ImpAnswers *self, const char *scope)
{
  GHashTableIter iter;
  gpointer data = NULL;
  guint n_forgotten = 0;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      const Answer *answer = data;

      if (answer->source == NULL && g_str_equal (answer->scope, scope))
        {
          g_hash_table_iter_remove (&iter);
          n_forgotten++;
        }
    }
  return n_forgotten;
}
