/* What the tests of copies, papers and keeping share: a release, dialogs answered, files read by
 * other programs. */
#pragma once

#include "ui-support.h"

G_BEGIN_DECLS

char *keep_agree (ImpGate *gate, const char *person_id);
ImpReceipt *keep_receipt (ImpGate *gate, const char *folder, const char *person_id,
                          const char *name);
char *keep_release (ImpGate *gate, const char *folder, const char *person_id, const char *name);
void keep_choose_file (const char *folder, const char *name); /* in the file dialog */
GtkWidget *keep_dialog (void);                                /* the message dialog on screen */
void keep_respond (const char *response);
void keep_expand (GtkWidget *root, const char *title);

char *keep_run (const char *const *command); /* what another program says */
char *keep_words_of_pdf (const char *path);
guint keep_mode (const char *path);

G_END_DECLS
