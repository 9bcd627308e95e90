/* Where the picture on the desk stands in its session, and the acts that go on from there.
 *
 * Its verbs are the desk's: "desk.leave-item", "desk.step-item", "desk.clear-item" … */
#pragma once

#include <gtk/gtk.h>

#include "imp-desk-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_DESK_BAR (imp_desk_bar_get_type ())
G_DECLARE_FINAL_TYPE (ImpDeskBar, imp_desk_bar, IMP, DESK_BAR, GtkWidget)

/* Signal: "answered" (const char *sentence) when questions were answered all at once. */
GtkWidget *imp_desk_bar_new (void);
void imp_desk_bar_set_item (ImpDeskBar *self, ImpDeskItem *item); /* nullable */
void imp_desk_bar_ask (ImpDeskBar *self);                         /* the questions, written out */

G_END_DECLS
