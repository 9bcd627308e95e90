/* The pages of a file: which one is open, and the others. Not there for a file with one. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_PAGE_BAR (imp_page_bar_get_type ())
G_DECLARE_FINAL_TYPE (ImpPageBar, imp_page_bar, IMP, PAGE_BAR, GtkWidget)

/* Another page is asked for by the action "desk.open-page" (u: from 0). */
GtkWidget *imp_page_bar_new (void);
void imp_page_bar_set_picture (ImpPageBar *self, ImpPicture *picture); /* nullable */
void imp_page_bar_show_current (ImpPageBar *self);
void imp_page_bar_step (ImpPageBar *self, int pages);

G_END_DECLS
