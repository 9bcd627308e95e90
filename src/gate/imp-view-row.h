/* One row of a saved view: a permission or a picture that somebody has to do something about. */
#pragma once

#include "imp-copy.h"
#include "imp-parked-case.h"

G_BEGIN_DECLS

/**
 * ImpViewRow:
 * @person_id: (nullable): who it is about; %NULL where nobody knows
 * @name: (nullable): as recorded
 * @number: (nullable): hospital number
 * @objects: whether the person has said no to any use
 * @permission_id: (nullable): the permission
 * @level: (nullable): its level
 * @scope: (nullable): the named work, platform, study or area
 * @state: (nullable): its state: "active", …
 * @day: the day or moment that the view is about: expiry, withdrawal, birthday, consent, export
 * @age: 16 or 18, in the view of those who reach it; else 0
 * @copy: (nullable): the picture that left
 * @parked: (nullable): the case that waits
 * @after: where the next page begins, if this is the last row
 */
typedef struct
{
  char *person_id;
  char *name;
  char *number;
  gboolean objects;
  char *permission_id;
  char *level;
  char *scope;
  char *state;
  char *day;
  guint age;
  ImpCopy *copy;
  ImpParkedCase *parked;
  char *after;
} ImpViewRow;

#define IMP_TYPE_VIEW_ROW (imp_view_row_get_type ())

GType imp_view_row_get_type (void);
ImpViewRow *imp_view_row_new (void);
ImpViewRow *imp_view_row_copy (const ImpViewRow *row);
void imp_view_row_free (ImpViewRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpViewRow, imp_view_row_free)

G_END_DECLS
