/* What the files of the desk share: imp-desk.c (the way in, the pages), imp-desk-loss.c (before
 * work is lost), imp-desk-session.c (pictures of a curation session). */
#pragma once

#include "imp-desk-bar.h"
#include "imp-desk-item.h"
#include "imp-desk.h"
#include "imp-pages.h"

G_BEGIN_DECLS

/* What is to be done once all is stored. */
typedef void (*ImpDeskSettled) (ImpDesk *self, int argument);

struct _ImpDesk
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *error_page;
  GtkWidget *back_button;
  GtkWidget *cancel_button;
  GtkWidget *other_button;
  GtkWidget *open_button;
  GtkRevealer *drop_hint;
  ImpDeskBar *bar;
  ImpWorkbench *workbench;

  ImpPages *pages;               /* owned, nullable: of what lies on it */
  GCancellable *opening;         /* owned, nullable: of the file on its way */
  GCancellable *pasting;         /* owned, nullable: of the last paste */
  GtkFileChooserNative *chooser; /* owned, nullable */

  ImpDeskItem *item;      /* owned, nullable: what lies on it, or is on its way, of a session */
  ImpDeskSettled settled; /* nullable */
  int settled_argument;
};

void imp_desk_show_page (ImpDesk *self, const char *name, GtkWidget *focus);
void imp_desk_show_picture_or_empty (ImpDesk *self);
void imp_desk_show_error (ImpDesk *self, const GError *error);
void imp_desk_set_item (ImpDesk *self, ImpDeskItem *item); /* nullable */
void imp_desk_leave_item (ImpDesk *self);
void imp_desk_install_session (GtkWidgetClass *widget_class);
void imp_desk_init_session (ImpDesk *self);

G_END_DECLS
