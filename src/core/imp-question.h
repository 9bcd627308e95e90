/* One question of the wizard: plain values that a policy pack defines and front ends ask. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpQuestion:
 * @key: "would-be-recognised"
 * @text: what is asked, in plain words
 * @help: (nullable): a sentence more
 * @type: "choice" or "text"
 * @scope: "use", "person", "case" or "pixels": an edit to the picture clears pixels answers
 * @allowed: (nullable): the answers of a choice; %NULL for text
 * @clears: (nullable): the answer that raises no flag; %NULL for text
 * @min_length: characters that a text must have at least; 0 for a choice
 * @required: %TRUE where it is always asked, %FALSE where only @needed_when holds
 * @needed_when: (nullable): in words, when a question that is not always asked is
 * @page: the wizard page it stands on: "person" "use" "case" "basis" "cover" "words" "account"
 *   "permanence"
 * @rows: what it feeds: "row-5", "article-3", …
 */
typedef struct
{
  char *key;
  char *text;
  char *help;
  char *type;
  char *scope;
  char **allowed;
  char *clears;
  int min_length;
  gboolean required;
  char *needed_when;
  char *page;
  char **rows;
} ImpQuestion;

ImpQuestion *imp_question_copy (const ImpQuestion *question);
void imp_question_free (ImpQuestion *question);
glong imp_question_text_length (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpQuestion, imp_question_free)

G_END_DECLS
