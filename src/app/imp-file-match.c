#include "imp-file-match.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-compat.h"
#include "imp-fold.h"
#include "imp-register-names.h"
#include "imp-notice.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpFileMatch
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *header; /* title and "Show the values" */
  GtkWidget *reveal;
  GtkWidget *grid;
  GtkWidget *nothing;
  ImpNotice *differs;

  /* Owned references */
  ImpPicture *picture; /* nullable */
  GCancellable *loading;
  GPtrArray *values; /* labels, each with "imp-value"; the grid owns them */

  gulong revealed_handler;
};

G_DEFINE_FINAL_TYPE (ImpFileMatch, imp_file_match, GTK_TYPE_WIDGET)

typedef enum
{
  SAME,
  OTHER,
  NOT_ON_RECORD,
} Verdict;

/* The value of one element of the file itself; of a name, which comes in parts too, the whole. */
static const char *
find_value (ImpPicture *picture, const char *where)
{
  GPtrArray *giveaways =
      imp_facts_get_giveaways (imp_source_get_facts (imp_picture_get_source (picture)));
  const char *found = NULL;

  for (guint i = 0; giveaways != NULL && i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);

      if (giveaway->value != NULL && g_str_equal (giveaway->where, where)
          && (found == NULL || strlen (giveaway->value) > strlen (found)))
        found = giveaway->value;
    }
  return found;
}

/* "EXAMPLE^PERSON A=…" as people write it; other alphabets than the first stay out. */
static char *
read_name (const char *value)
{
  g_auto (GStrv) alphabets = g_strsplit (value, "=", 2);
  g_auto (GStrv) parts = g_strsplit (alphabets[0] == NULL ? "" : alphabets[0], "^", -1);
  GString *name = g_string_new (parts[0]);

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (name, i == 1 && parts[0][0] != '\0' ? ", %s" : " %s", parts[i]);
  return g_strstrip (g_string_free (name, FALSE));
}

/* "19571122" as the register writes it; NULL for what is no whole date. */
static char *
read_date (const char *value)
{
  if (strlen (value) != 8 || strspn (value, "0123456789") != 8)
    return NULL;
  return g_strdup_printf ("%.4s-%.2s-%.2s", value, value + 4, value + 6);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* The words of a name, in an order of their own: files and registers differ in theirs. */
static char *
sort_words (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " ,.;-'\t", -1);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (folded, imp_fold_name (words[i]));
  g_ptr_array_sort (folded, compare_words);
  g_ptr_array_add (folded, NULL);
  return g_strjoinv (" ", (char **)folded->pdata);
}

static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *words_a = sort_words (a);
  g_autofree char *words_b = sort_words (b);

  return g_str_equal (words_a, words_b);
}

static Verdict
judge_name (const char *name, const ImpDossier *dossier)
{
  if (dossier->person->name != NULL && is_same_name (name, dossier->person->name))
    return SAME;
  for (guint i = 0; i < dossier->aliases->len; i++)
    if (is_same_name (name, ((const ImpAlias *)g_ptr_array_index (dossier->aliases, i))->name))
      return SAME;
  return dossier->person->name == NULL ? NOT_ON_RECORD : OTHER;
}

static gboolean
is_same_number (const char *a, const char *b)
{
  g_autofree char *bare_a = a == NULL ? NULL : g_strstrip (g_strdup (a));
  g_autofree char *bare_b = b == NULL ? NULL : g_strstrip (g_strdup (b));

  return bare_a != NULL && g_strcmp0 (bare_a, bare_b) == 0;
}

static Verdict
judge_number (const char *number, const ImpDossier *dossier)
{
  if (is_same_number (number, dossier->person->hospital_number)
      || is_same_number (number, dossier->person->nhs_number))
    return SAME;
  for (guint i = 0; i < dossier->identifiers->len; i++)
    if (is_same_number (
            number, ((const ImpIdentifier *)g_ptr_array_index (dossier->identifiers, i))->value))
      return SAME;
  return OTHER;
}

static Verdict
judge_birth (const char *born, const ImpDossier *dossier)
{
  if (dossier->person->born == NULL)
    return NOT_ON_RECORD;
  return g_strcmp0 (born, dossier->person->born) == 0 ? SAME : OTHER;
}

static void
show_values (ImpFileMatch *self)
{
  gboolean revealed = self->picture != NULL && imp_picture_get_revealed (self->picture);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->reveal), revealed);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->reveal,
                               revealed ? _ ("Mask the values") : _ ("Show the values"));
  for (guint i = 0; self->picture != NULL && i < self->values->len; i++)
    {
      GtkWidget *label = g_ptr_array_index (self->values, i);
      const char *value = g_object_get_data (G_OBJECT (label), "imp-value");

      gtk_label_set_text (GTK_LABEL (label), imp_picture_mask (self->picture, value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      revealed ? value : _ ("hidden"), -1);
    }
}

static void
on_reveal_toggled (GtkToggleButton *button, ImpFileMatch *self)
{
  if (self->picture != NULL)
    imp_picture_set_revealed (self->picture, gtk_toggle_button_get_active (button));
}

static GtkWidget *
new_verdict (Verdict verdict)
{
  static const struct
  {
    const char *icon;
    const char *words;
    const char *css_class;
  } VERDICTS[] = {
    [SAME] = { "emblem-ok-symbolic", N_ ("the same"), "granted" },
    [OTHER] = { "dialog-warning-symbolic", N_ ("not the same"), "waiting" },
    [NOT_ON_RECORD] = { "dialog-question-symbolic", N_ ("not on record"), "dim-label" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new_from_icon_name (VERDICTS[verdict].icon);

  gtk_widget_add_css_class (icon, VERDICTS[verdict].css_class);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), imp_widgets_label (_ (VERDICTS[verdict].words), NULL));
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  return box;
}

static void
add_line (ImpFileMatch *self, const char *title, const char *value, Verdict verdict)
{
  GtkWidget *name = imp_widgets_label (title, "dim-label");
  GtkWidget *label = imp_widgets_label (NULL, "numeric");
  int row = (int)self->values->len;

  gtk_label_set_max_width_chars (GTK_LABEL (name), 8);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_set_hexpand (label, TRUE);
  g_object_set_data_full (G_OBJECT (label), "imp-value", g_strdup (value), g_free);
  g_ptr_array_add (self->values, label);
  gtk_grid_attach (GTK_GRID (self->grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), label, 1, row, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), new_verdict (verdict), 2, row, 1, 1);
}

static void
clear_lines (ImpFileMatch *self)
{
  for (guint i = 0; i < self->values->len; i++)
    gtk_grid_remove_row (GTK_GRID (self->grid), 0);
  g_ptr_array_set_size (self->values, 0);
  imp_notice_set (self->differs, IMP_NOTICE_WARNING, NULL);
  gtk_widget_set_visible (self->header, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
}

/* Each number of the file: a file that was sent on carries those of several hospitals. */
static gboolean
add_numbers (ImpFileMatch *self, const ImpDossier *dossier)
{
  GStrv numbers =
      imp_facts_get_patient_ids (imp_source_get_facts (imp_picture_get_source (self->picture)));
  gboolean any_same = FALSE;
  guint n_numbers = 0;

  for (; numbers != NULL && numbers[n_numbers] != NULL; n_numbers++)
    {
      Verdict verdict = judge_number (numbers[n_numbers], dossier);

      any_same = any_same || verdict == SAME;
      add_line (self, _ ("Number"), numbers[n_numbers], verdict);
    }
  return n_numbers > 0 && !any_same;
}

static void
show_lines (ImpFileMatch *self, const ImpDossier *dossier)
{
  const char *name = find_value (self->picture, "DICOM (0010,0010)");
  const char *birth = find_value (self->picture, "DICOM (0010,0030)");
  gboolean differs = FALSE;

  if (name != NULL)
    {
      g_autofree char *text = read_name (name);
      Verdict verdict = judge_name (text, dossier);

      differs = verdict == OTHER;
      add_line (self, _ ("Name"), text, verdict);
    }
  if (birth != NULL)
    {
      g_autofree char *date = read_date (birth);
      g_autofree char *words = date == NULL ? NULL : imp_words_date (date);
      Verdict verdict = judge_birth (date, dossier);

      differs = differs || verdict == OTHER;
      add_line (self, _ ("Born"), words == NULL ? birth : words, verdict);
    }
  differs = add_numbers (self, dossier) || differs;
  gtk_widget_set_visible (self->header, self->values->len > 0);
  gtk_widget_set_visible (self->nothing, self->values->len == 0);
  imp_notice_set (self->differs, IMP_NOTICE_WARNING,
                  differs ? _ ("The file and the register do not say the same. Is this the right "
                               "person, and the right file?")
                          : NULL);
  show_values (self);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpFileMatch) self = IMP_FILE_MATCH (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpDossier) dossier = imp_register_work_load_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->loading)
    return; /* it is about somebody else by now */
  g_clear_object (&self->loading);
  clear_lines (self);
  if (dossier == NULL)
    imp_notice_show_error (self->differs, error);
  else if (self->picture != NULL)
    show_lines (self, dossier);
}

static void
forget (ImpFileMatch *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->picture != NULL)
    g_clear_signal_handler (&self->revealed_handler, self->picture);
  g_clear_object (&self->picture);
}

static void
imp_file_match_dispose (GObject *object)
{
  ImpFileMatch *self = IMP_FILE_MATCH (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_file_match_parent_class)->dispose (object);
}

static void
imp_file_match_class_init (ImpFileMatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_file_match_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_file_match_init (ImpFileMatch *self)
{
  GtkWidget *title = imp_widgets_label (_ ("What the file says"), "heading");

  self->values = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (self->header), title);
  self->reveal = gtk_toggle_button_new ();
  gtk_widget_add_css_class (self->reveal, "flat");
  imp_widgets_set_name (self->reveal, _ ("Show what the file says"));
  g_signal_connect (self->reveal, "toggled", G_CALLBACK (on_reveal_toggled), self);
  gtk_box_append (GTK_BOX (self->header), self->reveal);
  gtk_box_append (GTK_BOX (self->box), self->header);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_box_append (GTK_BOX (self->box), self->grid);
  self->nothing = imp_widgets_label (_ ("The file does not say whose picture it is."), "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->nothing);
  self->differs = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->differs));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  clear_lines (self);
}

/**
 * imp_file_match_new:
 *
 * Returns: (transfer floating): a widget that says nothing yet
 */
GtkWidget *
imp_file_match_new (void)
{
  return g_object_new (IMP_TYPE_FILE_MATCH, NULL);
}

/**
 * imp_file_match_show:
 * @self: the widget
 * @source: (nullable): the register; %NULL while it is locked
 * @picture: (nullable): the picture on the desk
 * @person: (nullable): whom to compare the file with; %NULL for nobody
 *
 * Reads, in a worker, all that the register knows the person by, and says of each line of the file
 * whether it is the same.
 */
void
imp_file_match_show (ImpFileMatch *self, ImpRegister *source, ImpPicture *picture,
                     const ImpPerson *person)
{
  forget (self);
  clear_lines (self);
  if (source == NULL || picture == NULL || person == NULL)
    return;
  self->picture = g_object_ref (picture);
  self->revealed_handler =
      g_signal_connect_swapped (picture, "notify::revealed", G_CALLBACK (show_values), self);
  self->loading = g_cancellable_new ();
  imp_register_work_load_async (source, person->id, self->loading, on_loaded, g_object_ref (self));
}
