/* One entry of the record of look-ups: who looked, when, and whose record was opened. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpLookUp:
 * @seq: its number
 * @at: UTC
 * @user_id: (nullable): who was signed in; %NULL where nobody was
 * @login: who was logged in to the computer
 * @kind: "number", "born", "name" or "recent" for a search, "view" for a list that was opened,
 *   "opened" for the record of one person
 * @view: (nullable): which list
 * @n_found: how many were found; -1 where nothing was searched
 * @person_id: (nullable): whose record was opened, by random id
 */
typedef struct
{
  gint64 seq;
  char *at;
  char *user_id;
  char *login;
  char *kind;
  char *view;
  gint64 n_found;
  char *person_id;
} ImpLookUp;

#define IMP_TYPE_LOOK_UP (imp_look_up_get_type ())

GType imp_look_up_get_type (void);
ImpLookUp *imp_look_up_new (void);
ImpLookUp *imp_look_up_copy (const ImpLookUp *look_up);
void imp_look_up_free (ImpLookUp *look_up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpLookUp, imp_look_up_free)

G_END_DECLS
