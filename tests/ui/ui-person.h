/* What the tests of the person view share: a register with one person, the view of them, dialogs.
 */
#pragma once

#include <adwaita.h>

#include "imp-person-view.h"
#include "ui-support.h"

G_BEGIN_DECLS

typedef struct
{
  ImpGate *gate;
  char *folder;
  char *person_id; /* EXAMPLE, Person A; H204417; born 1961 */
  GtkWidget *view;
  GtkWidget *window;
  char *shown; /* the person whose copies were asked for */
  guint n_changes;
} UiPerson;

void ui_person_set_up (UiPerson *desk, gconstpointer data);
void ui_person_tear_down (UiPerson *desk, gconstpointer data);
ImpRegister *ui_person_register (UiPerson *desk);
void ui_person_show (UiPerson *desk);
char *ui_person_permit (UiPerson *desk, const char *level);
ImpPermissionState ui_person_state_of (UiPerson *desk, const char *id);
ImpPermission *ui_person_newest (UiPerson *desk); /* transfer full */
GFile *ui_person_write (UiPerson *desk, const char *name, const char *bytes, gssize length);

GtkWidget *ui_dialog (void); /* nullable: the message dialog that is open */
gboolean ui_has_dialog (gpointer data);
void ui_respond (const char *response);

G_END_DECLS
