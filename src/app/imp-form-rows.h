/* Rows of a form that is built in code: each with its title as its name, and what is wrong in it.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ImpFormProblem:
 * @text: (nullable): what is missing or wrong, for the user; of the program
 * @where: (nullable): the row to put right
 *
 * What keeps a form from being read.
 */
typedef struct
{
  const char *text;
  GtkWidget *where;
} ImpFormProblem;

gboolean imp_form_problem_set (ImpFormProblem *problem, GtkWidget *where, const char *text);

GtkWidget *imp_form_rows_entry (const char *title);
GtkWidget *imp_form_rows_combo (const char *title);
GtkWidget *imp_form_rows_date (const char *title);
GtkWidget *imp_form_rows_switch (const char *title, const char *subtitle);
gboolean imp_form_rows_get_switch (GtkWidget *row);
void imp_form_rows_set_switch (GtkWidget *row, gboolean active);
void imp_form_rows_set_title (GtkWidget *row, const char *title);
void imp_form_rows_set_text (GtkWidget *row, const char *text);
char *imp_form_rows_take_text (GtkWidget *row);
void imp_form_rows_go_to (const ImpFormProblem *problem);
GtkWidget *imp_form_rows_buttons (const char *cancel, const char *save, GtkWidget **save_button);

G_END_DECLS
