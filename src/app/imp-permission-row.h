/* One permission in a list: a colour bar, an icon and words for its state. */
#pragma once

#include <adwaita.h>

#include "imp-permission.h"

G_BEGIN_DECLS

GtkWidget *imp_permission_row_new (const ImpPermission *permission);
ImpPermissionState imp_permission_row_state (const ImpPermission *permission);
gboolean imp_permission_row_is_granted (const ImpPermission *permission);
char *imp_permission_row_title (const ImpPermission *permission);
char *imp_permission_row_summary (const ImpPermission *permission);
char *imp_permission_row_describe (const ImpPermission *permission);

G_END_DECLS
