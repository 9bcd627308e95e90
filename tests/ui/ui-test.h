/* What the widget tests share: a picture from a real file, a shown window, real keys and drags. */
#pragma once

#include <gtk/gtk.h>

#include "imp-picture.h"

G_BEGIN_DECLS

ImpPicture *ui_test_open (const char *name);                  /* transfer full: from data/sample */
void ui_test_show (GtkWindow *window, int width, int height); /* until it is drawn */
void ui_test_settle (void);                                   /* until nothing is left to do */
void ui_test_wait_until (gboolean (*is_done) (gpointer), gpointer data);
void ui_test_key (GtkWidget *widget, guint modifiers, guint key);
void ui_test_hold (GtkWidget *widget, guint key, gboolean down);
void ui_test_drag (GtkWidget *widget, guint button, double x0, double y0, double x1, double y1);
void ui_test_drag_slowly (GtkWidget *widget, double x0, double y0, double x1, double y1,
                          guint steps, void (*after_step) (gpointer), gpointer data);
void ui_test_move (GtkWidget *widget, double x, double y);
void ui_test_click (GtkWidget *widget, double x, double y);
void ui_test_scroll (GtkWidget *widget, guint modifiers, double x, double y, int clicks);

G_END_DECLS
