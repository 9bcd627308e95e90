/* The picture of a session that is chosen: what it is, how far it is, and what can be done. */
#pragma once

#include <gtk/gtk.h>

#include "imp-teaching-item.h"

G_BEGIN_DECLS

#define IMP_TYPE_TEACHING_DETAIL (imp_teaching_detail_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingDetail, imp_teaching_detail, IMP, TEACHING_DETAIL, GtkWidget)

/* Its buttons activate "teaching.open", "teaching.set-aside" and "teaching.use-again". */
GtkWidget *imp_teaching_detail_new (void);
void imp_teaching_detail_show (ImpTeachingDetail *self, ImpTeachingItem *item,
                               guint n_items); /* nullable */

G_END_DECLS
