/* What the tests of panes and pages share: a window, finding by name, bounded waits. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"
#include "imp-picture.h"

G_BEGIN_DECLS

typedef gboolean (*UiCondition) (gpointer data);

void ui_init (int *argc, char ***argv);
GtkWidget *ui_window_new (GtkWidget *child, int width, int height);
void ui_window_close (GtkWidget *window);
void ui_wait (UiCondition condition, gpointer data, const char *what);
void ui_wait_looking (GtkWidget *root, UiCondition condition, gpointer data, const char *what);
void ui_settle (guint milliseconds);

/* By accessible name, or by what is written on it; only what is on screen. */
GtkWidget *ui_find (GtkWidget *root, GType type, const char *name);
gboolean ui_sees (GtkWidget *root, const char *text);
void ui_wait_for (GtkWidget *root, const char *text);
void ui_wait_until_gone (GtkWidget *root, const char *text);
void ui_click (GtkWidget *root, const char *name);
void ui_type (GtkWidget *root, const char *name, const char *text);
guint ui_take_n_typed (void); /* how many fields were typed since it was last asked */
void ui_choose (GtkWidget *root, const char *row_title, const char *choice);
void ui_answer (GtkWidget *root, const char *question, const char *answer);
guint ui_count_unnamed (GtkWidget *root);
void ui_shot (const char *name);

ImpGate *ui_gate_new (char **folder);
void ui_gate_free (ImpGate *gate, char *folder);
ImpPicture *ui_picture_new (const char *sample);
void ui_look_at_all (ImpPicture *picture); /* as if it had been on screen at full size */
void ui_let_stay (ImpGate *gate, ImpRequest *request); /* as if all of it had been acknowledged */
char *ui_add_person (ImpGate *gate, const char *number, const char *name, const char *born);

G_END_DECLS
