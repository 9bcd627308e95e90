#include "imp-task-row.h"

#include <glib/gi18n.h>

#include "imp-copy-row.h"
#include "imp-permission.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpTaskRow
{
  GtkListBoxRow parent_instance;

  ImpViewRow *row; /* owned */
};

G_DEFINE_FINAL_TYPE (ImpTaskRow, imp_task_row, GTK_TYPE_LIST_BOX_ROW)

static void
imp_task_row_finalize (GObject *object)
{
  imp_view_row_free (IMP_TASK_ROW (object)->row);
  G_OBJECT_CLASS (imp_task_row_parent_class)->finalize (object);
}

static void
imp_task_row_class_init (ImpTaskRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_task_row_finalize;
}

static void
imp_task_row_init (ImpTaskRow *self)
{
}

static char *
name_person (const ImpViewRow *row)
{
  if (row->person_id == NULL && row->copy != NULL && row->copy->person_id != NULL)
    return g_strdup (_ ("A person who was erased"));
  if (row->person_id == NULL)
    return g_strdup (_ ("Nobody knows whose picture it is"));
  return g_strdup_printf ("%s · %s", row->name != NULL ? row->name : _ ("No name on record"),
                          row->number != NULL ? row->number : _ ("no number"));
}

/* What it is about. */
static char *
name_subject (const ImpViewRow *row)
{
  if (row->level == NULL && row->copy != NULL && row->copy->permission_id != NULL)
    return g_strdup (_ ("A permission that was erased"));
  if (row->level == NULL)
    return g_strdup (_ ("Without a permission: anonymised"));
  return row->scope != NULL ? g_strdup_printf ("%s: %s", imp_words_level (row->level), row->scope)
                            : g_strdup (imp_words_level (row->level));
}

static char *
name_day (ImpSavedView view, const ImpViewRow *row)
{
  g_autofree char *day = imp_words_date (row->day);

  switch (view)
    {
    case IMP_VIEW_EXPIRING:
      return g_strdup_printf (_ ("ends %s"), day);
    case IMP_VIEW_WITHDRAWN:
      return g_strdup_printf (_ ("said no %s"), day);
    case IMP_VIEW_COMING_OF_AGE:
      return g_strdup_printf (_ ("%u on %s"), row->age, day);
    case IMP_VIEW_UNPLACED:
    case IMP_VIEW_PUBLISHED:
      return g_strdup_printf (_ ("left %s"), day);
    case IMP_VIEW_MISSING_EVIDENCE:
    case IMP_VIEW_CONSENTED:
    case IMP_VIEW_WAITING: /* has a list of its own */
    case IMP_N_VIEWS:
    default:
      return g_strdup_printf (_ ("given %s"), day);
    }
}

/* Where a picture went and how that stands; of a permission, its state. */
static char *
name_rest (const ImpViewRow *row)
{
  ImpPermissionState state = IMP_PERMISSION_DRAFT;
  g_autofree char *how = NULL;
  const char *where = NULL;

  if (row->copy == NULL)
    return row->state != NULL && imp_permission_state_from_text (row->state, &state)
               ? g_strdup (imp_words_state (state))
               : NULL;
  how = imp_copy_row_state (row->copy);
  where =
      row->copy->name != NULL && *row->copy->name != '\0' ? row->copy->name : row->copy->urls[0];
  return g_strdup_printf ("%s%s%s · %s", imp_words_destination (row->copy->destination),
                          where != NULL ? ": " : "", where != NULL ? where : "", how);
}

/**
 * imp_task_row_new:
 * @view: the view that it is a row of
 * @row: what there is to do
 *
 * Returns: (transfer floating): a row with the person, what it is about, its day, and how it stands
 */
GtkWidget *
imp_task_row_new (ImpSavedView view, const ImpViewRow *row)
{
  ImpTaskRow *self = g_object_new (IMP_TYPE_TASK_ROW, NULL);
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *person = name_person (row);
  g_autofree char *subject = name_subject (row);
  g_autofree char *day = name_day (view, row);
  g_autofree char *rest = name_rest (row);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s%s%s", person, subject, day,
                                           rest != NULL ? ", " : "", rest != NULL ? rest : "");
  GtkWidget *labels[] = { imp_widgets_label (person, "heading"), imp_widgets_label (day, "numeric"),
                          imp_widgets_label (subject, NULL),
                          rest != NULL ? imp_widgets_label (rest, "caption") : NULL };

  self->row = imp_view_row_copy (row);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 2);
  gtk_widget_set_hexpand (labels[0], TRUE);
  gtk_widget_set_halign (labels[1], GTK_ALIGN_END);
  gtk_grid_attach (GTK_GRID (grid), labels[0], 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), labels[1], 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), labels[2], 0, 1, 2, 1);
  if (labels[3] != NULL)
    {
      gtk_widget_add_css_class (labels[3], "dim-label");
      gtk_grid_attach (GTK_GRID (grid), labels[3], 0, 2, 2, 1);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), grid);
  imp_widgets_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

/**
 * imp_task_row_get:
 * @self: a row
 *
 * Returns: (transfer none): what there is to do
 */
const ImpViewRow *
imp_task_row_get (ImpTaskRow *self)
{
  return self->row;
}
