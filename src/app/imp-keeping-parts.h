/* What the pages of “Keeping the register” are made of: groups, acts in a row, a place for what is
 * said. */
#pragma once

#include <adwaita.h>

#include "imp-notice.h"

G_BEGIN_DECLS

ImpNotice *imp_keeping_add_notice (AdwPreferencesPage *page);
void imp_keeping_say (ImpNotice *notice, ImpNoticeKind kind, const char *text);
GtkWidget *imp_keeping_add_group (AdwPreferencesPage *page, const char *title,
                                  const char *description);
GtkWidget *imp_keeping_add_act (GtkWidget *group, const char *title, const char *subtitle,
                                const char *label, const char *action);
GtkWidget *imp_keeping_new_row (const char *title, const char *subtitle);
void imp_keeping_add_button (GtkWidget *row, const char *label, const char *action,
                             const char *target);
GtkWidget *imp_keeping_add_list (GtkWidget *group);

G_END_DECLS
