/* The pages of the file on the desk: the open one, and what was done to the others.
 *
 * Owns: a picture for every page with boxes, a crop or a window, so that going back finds them.
 * May include: ImpPicture.  Must never: lose a box because another page was looked at. */
#pragma once

#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_TYPE_PAGES (imp_pages_get_type ())
G_DECLARE_FINAL_TYPE (ImpPages, imp_pages, IMP, PAGES, GObject)

ImpPages *imp_pages_new (ImpPicture *first);
ImpPicture *imp_pages_get_current (ImpPages *self); /* transfer none */
gboolean imp_pages_has_work (ImpPages *self);       /* boxes or a crop on any page */
void imp_pages_open_async (ImpPages *self, guint page, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean imp_pages_open_finish (ImpPages *self, GAsyncResult *result, GError **error);

G_END_DECLS
