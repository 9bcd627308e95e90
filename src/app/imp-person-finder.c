#include "imp-person-finder.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-file-match.h"
#include "imp-file-person.h"
#include "imp-notice.h"
#include "imp-person-card.h"
#include "imp-register-work.h"
#include "imp-widgets.h"

#define DEBOUNCE_MS 250

struct _ImpPersonFinder
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *number_row;
  GtkWidget *spinner;
  GtkWidget *file_says; /* ImpFilePerson */
  ImpNotice *nobody;    /* no such number */
  ImpNotice *failure;
  GtkWidget *found; /* card, question and two answers */
  GtkWidget *card;
  GtkWidget *match; /* ImpFileMatch */

  /* Owned references */
  ImpRegister *source;  /* nullable */
  ImpPicture *picture;  /* nullable */
  ImpPerson *candidate; /* found, not confirmed yet */
  GCancellable *searching;

  guint timeout;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpPersonFinder, imp_person_finder, GTK_TYPE_WIDGET)

enum
{
  CANDIDATE_CHANGED,
  CONFIRMED,
  REGISTER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_candidate (ImpPersonFinder *self, ImpPerson *person)
{
  g_clear_pointer (&self->candidate, imp_person_free);
  self->candidate = person;
  imp_widgets_clear (self->card);
  if (person != NULL)
    gtk_box_append (GTK_BOX (self->card), imp_person_card_new (person));
  imp_file_match_show (IMP_FILE_MATCH (self->match), self->source, self->picture, person);
  gtk_widget_set_visible (self->found, person != NULL);
  gtk_widget_set_visible (self->file_says, person == NULL);
  g_signal_emit (self, signals[CANDIDATE_CHANGED], 0);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPersonFinder) self = IMP_PERSON_FINDER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_work_find_number_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->searching)
    return; /* more was typed meanwhile */
  g_clear_object (&self->searching);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  imp_notice_show_error (self->failure, error);
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION,
                  person == NULL && error == NULL ? _ ("Nobody is registered with this number.")
                                                  : NULL);
  set_candidate (self, g_steal_pointer (&person));
}

static gboolean
search_now (gpointer user_data)
{
  ImpPersonFinder *self = user_data;
  g_autofree char *number = imp_widgets_get_text (self->number_row);

  self->timeout = 0;
  if (number == NULL || self->source == NULL)
    return G_SOURCE_REMOVE;
  self->searching = g_cancellable_new ();
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  imp_register_work_find_number_async (self->source, number, self->searching, on_found,
                                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
forget_search (ImpPersonFinder *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
  imp_notice_set (self->nobody, IMP_NOTICE_INFORMATION, NULL);
  imp_notice_set (self->failure, IMP_NOTICE_ERROR, NULL);
  imp_widgets_set_error (self->number_row, FALSE);
  set_candidate (self, NULL);
}

static void
on_number_changed (GtkEditable *editable, ImpPersonFinder *self)
{
  if (self->updating)
    return;
  forget_search (self);
  self->timeout = g_timeout_add (DEBOUNCE_MS, search_now, self);
}

static void
on_file_person_shown (ImpFilePerson *file, ImpPerson *person, ImpPersonFinder *self)
{
  set_candidate (self, imp_person_copy (person));
}

static void
on_file_person_registered (ImpFilePerson *file, const char *number, ImpPersonFinder *self)
{
  g_signal_emit (self, signals[REGISTER], 0, number);
}

static void
on_register_activated (ImpNotice *notice, ImpPersonFinder *self)
{
  g_autofree char *number = imp_widgets_get_text (self->number_row);

  g_signal_emit (self, signals[REGISTER], 0, number);
}

static void
on_confirm_clicked (GtkButton *button, ImpPersonFinder *self)
{
  g_autoptr (ImpPerson) person = NULL;

  if (self->candidate == NULL)
    return;
  person = imp_person_copy (self->candidate);
  g_signal_emit (self, signals[CONFIRMED], 0, person);
}

static void
on_deny_clicked (GtkButton *button, ImpPersonFinder *self)
{
  set_candidate (self, NULL);
  gtk_widget_grab_focus (self->number_row);
}

static void
imp_person_finder_dispose (GObject *object)
{
  ImpPersonFinder *self = IMP_PERSON_FINDER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->source);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->candidate, imp_person_free);
  G_OBJECT_CLASS (imp_person_finder_parent_class)->dispose (object);
}

static void
imp_person_finder_class_init (ImpPersonFinderClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_person_finder_dispose;
  signals[CANDIDATE_CHANGED] = g_signal_new ("candidate-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, IMP_TYPE_PERSON);
  signals[REGISTER] = g_signal_new ("register", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_button (const char *label, GCallback clicked, gpointer self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void
build_number (ImpPersonFinder *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->number_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->number_row), _ ("Hospital number"));
  imp_widgets_set_name (self->number_row, _ ("Hospital number"));
  gtk_widget_add_css_class (self->number_row, "numeric");
  self->spinner = gtk_spinner_new ();
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->number_row), self->spinner);
  g_signal_connect (self->number_row, "changed", G_CALLBACK (on_number_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->number_row);
  gtk_box_append (GTK_BOX (self->box), group);
  self->file_says = imp_file_person_new ();
  g_signal_connect (self->file_says, "show-person", G_CALLBACK (on_file_person_shown), self);
  g_signal_connect (self->file_says, "register", G_CALLBACK (on_file_person_registered), self);
  gtk_box_append (GTK_BOX (self->box), self->file_says);
  self->nobody = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  imp_notice_set_button (self->nobody, _ ("Register…"));
  g_signal_connect (self->nobody, "activated", G_CALLBACK (on_register_activated), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->nobody));
}

static void
build_found (ImpPersonFinder *self)
{
  GtkWidget *answers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->found = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (self->found, "question");
  gtk_widget_add_css_class (self->found, "card");
  gtk_widget_set_visible (self->found, FALSE);
  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->found), self->card);
  self->match = imp_file_match_new ();
  gtk_box_append (GTK_BOX (self->found), self->match);
  gtk_box_append (
      GTK_BOX (self->found),
      imp_widgets_label (_ ("Do name and date of birth fit the person in the picture?"), NULL));
  gtk_box_set_homogeneous (GTK_BOX (answers), TRUE);
  gtk_box_append (GTK_BOX (answers),
                  new_button (_ ("Yes, this person"), G_CALLBACK (on_confirm_clicked), self));
  gtk_box_append (GTK_BOX (answers),
                  new_button (_ ("No, someone else"), G_CALLBACK (on_deny_clicked), self));
  gtk_box_append (GTK_BOX (self->found), answers);
  gtk_box_append (GTK_BOX (self->box), self->found);
  self->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->failure));
}

static void
imp_person_finder_init (ImpPersonFinder *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  build_number (self);
  build_found (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_person_finder_new:
 *
 * Returns: (transfer floating): a finder without a register
 */
GtkWidget *
imp_person_finder_new (void)
{
  return g_object_new (IMP_TYPE_PERSON_FINDER, NULL);
}

/**
 * imp_person_finder_start:
 * @self: a finder
 * @source: (nullable): the register; %NULL while it is locked
 * @picture: (nullable): the picture on the desk, whose file may name somebody
 *
 * Forgets what was typed and found, and offers whom the file names.
 */
void
imp_person_finder_start (ImpPersonFinder *self, ImpRegister *source, ImpPicture *picture)
{
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->number_row), "");
  self->updating = FALSE;
  forget_search (self);
  imp_person_finder_look_again (self, source, picture);
}

/**
 * imp_person_finder_look_again:
 * @self: a finder
 * @source: (nullable): the register; %NULL while it is locked
 * @picture: (nullable): the picture on the desk, whose file may name somebody
 *
 * The register has changed: looks up anew whom the file names; what was typed stays.
 */
void
imp_person_finder_look_again (ImpPersonFinder *self, ImpRegister *source, ImpPicture *picture)
{
  const char *number = NULL;

  if (picture != NULL)
    number = imp_facts_get_patient_id (imp_source_get_facts (imp_picture_get_source (picture)));
  g_set_object (&self->source, source);
  g_set_object (&self->picture, picture);
  imp_file_person_look (IMP_FILE_PERSON (self->file_says), source, number);
  imp_file_match_show (IMP_FILE_MATCH (self->match), source, picture, self->candidate);
}

/**
 * imp_person_finder_get_candidate:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): who was found, not confirmed yet
 */
const ImpPerson *
imp_person_finder_get_candidate (ImpPersonFinder *self)
{
  return self->candidate;
}

/**
 * imp_person_finder_ask:
 * @self: a finder
 *
 * Says what is missing, and goes there.
 */
void
imp_person_finder_ask (ImpPersonFinder *self)
{
  imp_notice_set (self->failure, IMP_NOTICE_WARNING,
                  self->candidate != NULL
                      ? _ ("Is this the person? Please answer first.")
                      : _ ("Find the person by hospital number, register the person, or say that "
                           "it is not known."));
  imp_widgets_set_error (self->number_row, self->candidate == NULL);
  if (self->candidate != NULL)
    gtk_widget_child_focus (self->found, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->number_row);
}
