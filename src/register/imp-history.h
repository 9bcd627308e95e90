/* One thing that happened to a person, a permission or a setting: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_HISTORY (imp_history_get_type ())

/**
 * ImpHistory:
 * @at: when, UTC
 * @subject: "person" or "permission"
 * @kind: "added", "changed", "state", "objection", …
 * @before: (nullable): what it was
 * @after: (nullable): what it is since
 * @text: (nullable): the words beside it, where there are any and they were not erased
 * @actor: (nullable): the name of the user who did it, where one was signed in
 */
typedef struct
{
  char *at;
  char *subject;
  char *kind;
  char *before;
  char *after;
  char *text;
  char *actor;
} ImpHistory;

GType imp_history_get_type (void);
ImpHistory *imp_history_copy (const ImpHistory *history);
void imp_history_free (ImpHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpHistory, imp_history_free)

G_END_DECLS
