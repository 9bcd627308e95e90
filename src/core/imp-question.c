#include "imp-question.h"

#include <string.h>

/**
 * imp_question_copy:
 * @question: a question
 *
 * Returns: (transfer full): a copy
 */
ImpQuestion *
imp_question_copy (const ImpQuestion *question)
{
  ImpQuestion *copy = g_new0 (ImpQuestion, 1);

  copy->key = g_strdup (question->key);
  copy->text = g_strdup (question->text);
  copy->help = g_strdup (question->help);
  copy->type = g_strdup (question->type);
  copy->scope = g_strdup (question->scope);
  copy->allowed = g_strdupv (question->allowed);
  copy->clears = g_strdup (question->clears);
  copy->min_length = question->min_length;
  copy->required = question->required;
  copy->needed_when = g_strdup (question->needed_when);
  copy->page = g_strdup (question->page);
  copy->rows = g_strdupv (question->rows);
  return copy;
}

/**
 * imp_question_free:
 * @question: (transfer full) (nullable): a question
 */
void
imp_question_free (ImpQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->key);
  g_free (question->text);
  g_free (question->help);
  g_free (question->type);
  g_free (question->scope);
  g_strfreev (question->allowed);
  g_free (question->clears);
  g_free (question->needed_when);
  g_free (question->page);
  g_strfreev (question->rows);
  g_free (question);
}

/**
 * imp_question_text_length:
 * @text: an answer
 *
 * Returns: the characters of @text without the white space around them; -1 where it is not UTF-8
 */
glong
imp_question_text_length (const char *text)
{
  const char *end = text + strlen (text);

  if (!g_utf8_validate (text, -1, NULL))
    return -1;
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_utf8_strlen (text, end - text);
}
