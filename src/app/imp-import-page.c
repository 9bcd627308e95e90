#include "imp-import-page.h"

#include <glib/gi18n.h>

#include "imp-field-words.h"
#include "imp-file-dialog.h"
#include "imp-import.h"
#include "imp-keeping-parts.h"
#include "imp-paper-dialog.h"
#include "imp-widgets.h"

struct _ImpImportPage
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *problems; /* a group */
  GtkWidget *problem_rows;

  ImpGate *gate; /* owned */
  GFile *file;   /* owned, nullable: that was looked at */
  const char *format;
};

G_DEFINE_FINAL_TYPE (ImpImportPage, imp_import_page, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what comes in ---- */

static void
show_problems (ImpImportPage *self, const ImpImport *import)
{
  imp_widgets_clear (self->problem_rows);
  for (guint i = 0; i < import->problems->len; i++)
    {
      const ImpProblem *problem = g_ptr_array_index (import->problems, i);
      g_autofree char *place = imp_field_words_place (problem->column);
      g_autofree char *where =
          *place != '\0' ? g_strdup_printf (_ ("Row %lu, %s"), (gulong)problem->row, place)
                         : g_strdup_printf (_ ("Row %lu"), (gulong)problem->row);

      gtk_list_box_append (GTK_LIST_BOX (self->problem_rows),
                           imp_keeping_new_row (where, problem->message));
    }
  gtk_widget_set_visible (self->problems, import->n_problems > 0);
}

static char *
count (const ImpImport *import)
{
  return g_strdup_printf (_ ("Rows: %ld. New people: %ld. New permissions: %ld. People who object: "
                             "%ld. Permissions that "
                             "the register has already: %ld."),
                          (glong)import->n_rows, (glong)import->n_people,
                          (glong)import->n_permissions, (glong)import->n_objections,
                          (glong)import->n_unchanged);
}

static void
show_answer (ImpImportPage *self, const ImpImport *import)
{
  g_autofree char *counted = count (import);
  g_autofree char *text = NULL;

  show_problems (self, import);
  if (import->n_problems > 0)
    text =
        g_strdup_printf (g_dngettext (NULL,
                                      "%lu problem: nothing of the file was taken in. Correct it, "
                                      "and choose it again.",
                                      "%lu problems: nothing of the file was taken in. Correct "
                                      "them, and choose it again.",
                                      (gulong)import->n_problems),
                         (gulong)import->n_problems);
  else if (import->applied)
    text = g_strdup_printf (_ ("Taken in. %s"), counted);
  else
    text = g_strdup_printf (_ ("Nothing was changed yet. %s"), counted);
  imp_keeping_say (self->notice,
                   import->n_problems > 0 ? IMP_NOTICE_ERROR
                   : import->applied      ? IMP_NOTICE_SUCCESS
                                          : IMP_NOTICE_INFORMATION,
                   text);
  imp_notice_set_button (self->notice,
                         import->n_problems == 0 && !import->applied ? _ ("Take it in") : NULL);
}

static void
set_busy (ImpImportPage *self, gboolean busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.choose", !busy);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpImportPage) self = IMP_IMPORT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpImport) import = imp_gate_import_finish (IMP_GATE (source), result, &error);

  set_busy (self, FALSE);
  if (import == NULL)
    {
      imp_keeping_say (self->notice, IMP_NOTICE_ERROR, error->message);
      return;
    }
  show_answer (self, import);
  if (!import->applied)
    return;
  g_clear_object (&self->file);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start (ImpImportPage *self, gboolean dry_run)
{
  set_busy (self, TRUE);
  imp_keeping_say (self->notice, IMP_NOTICE_INFORMATION, _ ("The file is being read to its end…"));
  imp_notice_set_button (self->notice, NULL);
  imp_gate_import_async (self->gate, self->format, self->file, dry_run, NULL, on_imported,
                         g_object_ref (self));
}

static void
on_chosen (GFile *file, gpointer user_data)
{
  ImpImportPage *self = IMP_IMPORT_PAGE (user_data);

  g_set_object (&self->file, file);
  start (self, TRUE);
}

static void
act_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpImportPage *self = IMP_IMPORT_PAGE (widget);

  self->format = g_str_equal (g_variant_get_string (parameter, NULL), "fhir") ? "fhir" : "csv";
  imp_file_dialog_open (widget, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Choose the file to take in"),
                        NULL, on_chosen, g_object_ref (self), g_object_unref);
}

/* The button of the notice that told what would come of it. */
static void
on_take_in (ImpNotice *notice, ImpImportPage *self)
{
  if (self->file != NULL)
    start (self, FALSE);
}

/* ---- what goes out ---- */

static void
say_saved (ImpImportPage *self, const GError *error, const char *sentence)
{
  imp_notice_set_button (self->notice, NULL);
  imp_keeping_say (self->notice, error != NULL ? IMP_NOTICE_ERROR : IMP_NOTICE_SUCCESS,
                   error != NULL ? error->message : sentence);
}

static void
on_saved (const GError *error, gpointer user_data)
{
  say_saved (IMP_IMPORT_PAGE (user_data), error,
             _ ("Saved. The file names everybody and is not encrypted: it can be read by "
                "you alone; keep it so, and delete it when it has done its work."));
}

static void
act_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (ImpPaper) paper = imp_paper_new ("csv");

  imp_paper_dialog_open (widget, IMP_IMPORT_PAGE (widget)->gate, paper, on_saved,
                         g_object_ref (widget), g_object_unref);
}

static void
on_template_saved (const GError *error, gpointer user_data)
{
  say_saved (IMP_IMPORT_PAGE (user_data), error,
             _ ("Saved. Below the name of each column stands what belongs into it; leave "
                "out the columns that you do not need, and begin in the third row."));
}

static void
act_template (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (ImpPaper) paper = imp_paper_new ("csv-template");

  imp_paper_dialog_open (widget, IMP_IMPORT_PAGE (widget)->gate, paper, on_template_saved,
                         g_object_ref (widget), g_object_unref);
}

/* ---- object ---- */

static void
imp_import_page_dispose (GObject *object)
{
  ImpImportPage *self = IMP_IMPORT_PAGE (object);

  g_clear_object (&self->gate);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (imp_import_page_parent_class)->dispose (object);
}

static void
imp_import_page_class_init (ImpImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_import_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "exchange.choose", "s", act_choose);
  gtk_widget_class_install_action (widget_class, "exchange.export", NULL, act_export);
  gtk_widget_class_install_action (widget_class, "exchange.template", NULL, act_template);
}

static void
imp_import_page_init (ImpImportPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (self);
  GtkWidget *group = NULL;
  GtkWidget *row = NULL;

  self->notice = imp_keeping_add_notice (page);
  g_signal_connect (self->notice, "activated", G_CALLBACK (on_take_in), self);
  group = imp_keeping_add_group (page, _ ("Take in"),
                                 _ ("The file is read to its end first, and everything wrong with "
                                    "it is named. Nothing is changed before you say so."));
  row = imp_keeping_new_row (_ ("A table (CSV)"), _ ("One row for each permission, in UTF-8"));
  imp_keeping_add_button (row, _ ("Choose a _table…"), "exchange.choose", "csv");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  row = imp_keeping_new_row (_ ("An empty table to fill in"),
                             _ ("Its columns, and what belongs into each"));
  imp_keeping_add_button (row, _ ("Save an _empty table…"), "exchange.template", NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  row = imp_keeping_new_row (_ ("FHIR R4"), _ ("A Consent, or a Bundle of several. Without "
                                               "evidence they cover nothing yet"));
  imp_keeping_add_button (row, _ ("Choose a _FHIR file…"), "exchange.choose", "fhir");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->problems = imp_keeping_add_group (page, _ ("What is wrong with the file"), NULL);
  self->problem_rows = imp_keeping_add_list (self->problems);
  gtk_widget_set_visible (self->problems, FALSE);
  group = imp_keeping_add_group (page, _ ("Give out"),
                                 _ ("One person’s permissions as FHIR, and all papers, are on the "
                                    "person’s page."));
  imp_keeping_add_act (group, _ ("All people and permissions as a table (CSV)"),
                       _ ("It names everybody, and is not encrypted"), _ ("_Save the table…"),
                       "exchange.export");
}

/**
 * imp_import_page_new:
 * @gate: the gate
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
imp_import_page_new (ImpGate *gate)
{
  ImpImportPage *self = g_object_new (IMP_TYPE_IMPORT_PAGE, NULL);

  self->gate = g_object_ref (gate);
  return GTK_WIDGET (self);
}
