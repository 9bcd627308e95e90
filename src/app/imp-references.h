/* What a policy pack follows, with the day of each source, and when it is to be looked at again. */
#pragma once

#include <gtk/gtk.h>

#include "imp-pack-info.h"

G_BEGIN_DECLS

void imp_references_show (GtkWidget *list, const ImpPackInfo *info);
char *imp_references_describe_review (const ImpPackInfo *info);

G_END_DECLS
