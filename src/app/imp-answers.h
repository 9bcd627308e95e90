/* Answers by key, each with where it came from. Plain values, one owner. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ImpAnswers ImpAnswers;

ImpAnswers *imp_answers_new (void);
void imp_answers_free (ImpAnswers *self);
void imp_answers_set (ImpAnswers *self, const char *key, const char *scope, const char *value,
                      const char *source);
const char *imp_answers_get (ImpAnswers *self, const char *key);
const char *imp_answers_get_source (ImpAnswers *self, const char *key);
void imp_answers_set_note (ImpAnswers *self, const char *key, const char *note);
const char *imp_answers_get_note (ImpAnswers *self, const char *key);
gboolean imp_answers_has_given (ImpAnswers *self);
void imp_answers_forget (ImpAnswers *self, const char *key);
void imp_answers_forget_all (ImpAnswers *self);
void imp_answers_forget_known (ImpAnswers *self);
guint imp_answers_forget_scope (ImpAnswers *self, const char *scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpAnswers, imp_answers_free)

G_END_DECLS
