/* One picture that left: when, where to, whether it is still out there, and what can be done. */
#pragma once

#include <gtk/gtk.h>

#include "imp-copy.h"

G_BEGIN_DECLS

/**
 * ImpSeenCopy:
 * @copy: what left
 * @person: (nullable): whose picture it is, in words; %NULL where that is known already
 * @permission: (nullable): the permission that it rests on, in words; %NULL where there is none
 */
typedef struct
{
  ImpCopy *copy;
  char *person;
  char *permission;
} ImpSeenCopy;

void imp_seen_copy_free (ImpSeenCopy *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSeenCopy, imp_seen_copy_free)

char *imp_copy_row_title (const ImpCopy *copy);
char *imp_copy_row_state (const ImpCopy *copy);

/* Its buttons are the actions "copies.place", "copies.chase" …, each with the export's id. */
GtkWidget *imp_copy_row_new (const ImpSeenCopy *seen, gboolean writable);

G_END_DECLS
