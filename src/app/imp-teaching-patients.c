#include "imp-teaching-patients.h"

#include <glib/gi18n.h>

#include "imp-teaching-grid.h"
#include "imp-teaching-words.h"
#include "imp-widgets.h"

/* One row. */
#define IMP_TYPE_TEACHING_PATIENT (imp_teaching_patient_get_type ())
G_DECLARE_FINAL_TYPE (ImpTeachingPatient, imp_teaching_patient, IMP, TEACHING_PATIENT, GObject)

struct _ImpTeachingPatient
{
  GObject parent_instance;

  gint64 id;
  char *title;
  char *words; /* nullable: how they stand */
  const char *icon;
  guint n_pictures;
  GString *modalities;
};

G_DEFINE_FINAL_TYPE (ImpTeachingPatient, imp_teaching_patient, G_TYPE_OBJECT)

struct _ImpTeachingPatients
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* child */

  ImpCuration *curation; /* owned, nullable */
  GListStore *rows;      /* owned: ImpTeachingPatient */
  GtkSingleSelection *selection;
  gint64 chosen;
};

G_DEFINE_FINAL_TYPE (ImpTeachingPatients, imp_teaching_patients, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
imp_teaching_patient_finalize (GObject *object)
{
  ImpTeachingPatient *self = IMP_TEACHING_PATIENT (object);

  g_free (self->title);
  g_free (self->words);
  g_string_free (self->modalities, TRUE);
  G_OBJECT_CLASS (imp_teaching_patient_parent_class)->finalize (object);
}

static void
imp_teaching_patient_class_init (ImpTeachingPatientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_teaching_patient_finalize;
}

static void
imp_teaching_patient_init (ImpTeachingPatient *self)
{
  self->modalities = g_string_new (NULL);
}

static ImpTeachingPatient *
patient_new (gint64 id, const char *title, const char *icon)
{
  ImpTeachingPatient *self = g_object_new (IMP_TYPE_TEACHING_PATIENT, NULL);

  self->id = id;
  self->title = g_strdup (title);
  self->icon = icon;
  return self;
}

/* ---- reading the session ---- */

static void
count_in (ImpTeachingPatient *patient, const ImpCurationItem *picture)
{
  patient->n_pictures++;
  if (picture->modality == NULL || strstr (patient->modalities->str, picture->modality) != NULL)
    return;
  if (patient->modalities->len > 0)
    g_string_append (patient->modalities, ", ");
  g_string_append (patient->modalities, picture->modality);
}

static GPtrArray *
make_rows (ImpCuration *curation)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *patients = imp_curation_get_patients (curation);
  ImpTeachingPatient *all =
      patient_new (IMP_TEACHING_EVERYBODY, _ ("All pictures"), "view-grid-symbolic");
  g_autoptr (ImpTeachingPatient) nobody =
      patient_new (IMP_TEACHING_NOBODY, _ ("No patient number"), "dialog-question-symbolic");

  g_ptr_array_add (rows, all);
  for (guint i = 0; i < patients->len; i++)
    {
      const ImpCurationPatient *patient = g_ptr_array_index (patients, i);
      const ImpStanding *standing = imp_curation_get_patient_standing (curation, patient->id);
      ImpTeachingPatient *row = NULL;

      if (patient->number == NULL)
        continue;
      row = patient_new (patient->id, patient->number, imp_teaching_words_standing_icon (standing));
      row->words = imp_teaching_words_standing (standing);
      g_ptr_array_add (rows, row);
      g_hash_table_insert (by_id, &row->id, row);
    }
  for (guint i = 0; i < imp_curation_get_n_items (curation); i++)
    {
      const ImpCurationItem *picture = imp_curation_get_item (curation, i);
      ImpTeachingPatient *row = g_hash_table_lookup (by_id, &picture->patient_id);

      count_in (all, picture);
      count_in (row != NULL ? row : nobody, picture);
    }
  if (nobody->n_pictures > 0 && nobody->n_pictures < all->n_pictures)
    g_ptr_array_add (rows, g_object_ref (nobody));
  return rows;
}

static void
on_chosen (ImpTeachingPatients *self)
{
  ImpTeachingPatient *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL || row->id == self->chosen)
    return;
  self->chosen = row->id;
  g_signal_emit (self, chosen_signal, 0, row->id);
}

static void
show_rows (ImpTeachingPatients *self)
{
  g_autoptr (GPtrArray) rows = make_rows (self->curation);
  guint position = 0;

  for (guint i = 0; i < rows->len; i++)
    if (((ImpTeachingPatient *)rows->pdata[i])->id == self->chosen)
      position = i;
  g_signal_handlers_block_by_func (self->selection, on_chosen, self);
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       rows->pdata, rows->len);
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_handlers_unblock_by_func (self->selection, on_chosen, self);
  on_chosen (self); /* who was chosen may be gone */
}

/* ---- rows ---- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (row, "teaching-patient");
  gtk_box_append (GTK_BOX (row), imp_widgets_label (NULL, "heading"));
  gtk_box_append (GTK_BOX (row), imp_widgets_label (NULL, "caption"));
  gtk_box_append (GTK_BOX (line), gtk_image_new ());
  gtk_box_append (GTK_BOX (line), imp_widgets_label (NULL, "caption"));
  gtk_box_append (GTK_BOX (row), line);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  ImpTeachingPatient *patient = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *title = gtk_widget_get_first_child (row);
  GtkWidget *count = gtk_widget_get_next_sibling (title);
  GtkWidget *line = gtk_widget_get_next_sibling (count);
  GtkWidget *icon = gtk_widget_get_first_child (line);
  g_autofree char *pictures = imp_teaching_words_pictures (patient->n_pictures);
  g_autofree char *of = patient->modalities->len > 0
                            ? g_strdup_printf ("%s · %s", patient->modalities->str, pictures)
                            : g_strdup (pictures);
  g_autofree char *name = g_strjoin (", ", patient->title, of, patient->words, NULL);

  gtk_label_set_label (GTK_LABEL (title), patient->title);
  gtk_label_set_label (GTK_LABEL (count), of);
  gtk_widget_set_visible (line, patient->words != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), patient->icon);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (icon)),
                       patient->words != NULL ? patient->words : "");
  imp_widgets_set_name (gtk_widget_get_parent (row), name);
}

/* ---- object ---- */

static void
imp_teaching_patients_dispose (GObject *object)
{
  ImpTeachingPatients *self = IMP_TEACHING_PATIENTS (object);

  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->curation);
  G_OBJECT_CLASS (imp_teaching_patients_parent_class)->dispose (object);
}

static void
imp_teaching_patients_class_init (ImpTeachingPatientsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_patients_dispose;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_teaching_patients_init (ImpTeachingPatients *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view = NULL;

  self->rows = g_list_store_new (IMP_TYPE_TEACHING_PATIENT);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_chosen), self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (view, "navigation-sidebar");
  imp_widgets_set_name (view, _ ("Patients of the session"));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * imp_teaching_patients_new:
 *
 * Returns: (transfer floating): a list without a session
 */
GtkWidget *
imp_teaching_patients_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_PATIENTS, NULL);
}

/**
 * imp_teaching_patients_set_curation:
 * @self: a list
 * @curation: (nullable): the session whose patients are shown
 */
void
imp_teaching_patients_set_curation (ImpTeachingPatients *self, ImpCuration *curation)
{
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  g_set_object (&self->curation, curation);
  self->chosen = IMP_TEACHING_EVERYBODY;
  if (curation == NULL)
    {
      g_list_store_remove_all (self->rows);
      return;
    }
  g_signal_connect_swapped (curation, "reloaded", G_CALLBACK (show_rows), self);
  show_rows (self);
}
