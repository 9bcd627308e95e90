#include "imp-terms-row.h"

#include <glib/gi18n.h>

#include "imp-date-row.h"
#include "imp-permission-row.h"
#include "imp-record-words.h"
#include "imp-widgets.h"

struct _ImpTermsRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *place_row;
  GtkWidget *url_row;
  GtkWidget *controller_row;
  GtkWidget *wording_row;
  GtkWidget *image_row;
  GtkWidget *language_row;
  GtkWidget *interpreter_row;
  GtkWidget *basis_row;
  GtkWidget *basis_note_row;
  GtkWidget *valid_from_row;
  GtkWidget *replaces_row;

  /* Owned references */
  GPtrArray *replaceable; /* of ImpPermission: the choices of replaces_row after the first */
};

G_DEFINE_FINAL_TYPE (ImpTermsRow, imp_terms_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_rows (ImpTermsRow *self)
{
  const char *place = imp_widgets_get_choice (ADW_COMBO_ROW (self->place_row));
  const char *basis = imp_widgets_get_choice (ADW_COMBO_ROW (self->basis_row));
  g_autofree char *language = imp_widgets_get_text (self->language_row);

  gtk_widget_set_visible (self->url_row, place != NULL);
  gtk_widget_set_visible (self->controller_row, place != NULL);
  gtk_widget_set_visible (self->interpreter_row, language != NULL);
  gtk_widget_set_visible (self->basis_note_row, basis != NULL);
  gtk_widget_set_visible (self->replaces_row, self->replaceable->len > 0);
}

static void
on_changed (ImpTermsRow *self)
{
  imp_widgets_set_error (self->valid_from_row, FALSE);
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_choice_changed (ImpTermsRow *self, GParamSpec *pspec, gpointer row)
{
  on_changed (self);
}

static void
imp_terms_row_finalize (GObject *object)
{
  g_clear_pointer (&IMP_TERMS_ROW (object)->replaceable, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_terms_row_parent_class)->finalize (object);
}

static void
imp_terms_row_class_init (ImpTermsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_terms_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add (ImpTermsRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  if (GTK_IS_EDITABLE (row))
    g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  else
    g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_choice_changed), self);
  return row;
}

static void
imp_terms_row_init (ImpTermsRow *self)
{
  self->replaceable = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_permission_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("More about what was said"));
  adw_expander_row_set_subtitle (
      ADW_EXPANDER_ROW (self),
      _ ("One place only, information sheet, language, basis, first day, what it replaces"));
  self->place_row = add (self, imp_form_rows_combo (_ ("Only for this place (optional)")));
  self->url_row = add (self, imp_form_rows_entry (_ ("Its web address (optional)")));
  self->controller_row =
      add (self, imp_form_rows_entry (_ ("Who is responsible there (optional)")));
  self->wording_row = add (self, imp_form_rows_entry (_ ("Information sheet, version")));
  self->image_row = add (self, imp_form_rows_entry (_ ("Version of the picture they saw")));
  self->language_row = add (self, imp_form_rows_entry (_ ("Language it was explained in")));
  self->interpreter_row = add (self, imp_form_rows_entry (_ ("Who interpreted")));
  self->basis_row = add (self, imp_form_rows_combo (_ ("What it rests on (optional)")));
  self->basis_note_row = add (self, imp_form_rows_entry (_ ("More on that (optional)")));
  self->valid_from_row = add (self, imp_form_rows_date (_ ("First day, if later")));
  self->replaces_row = add (self, imp_form_rows_combo (_ ("Replaces")));
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->place_row), imp_permission_destinations (),
                            imp_record_words_place, FALSE);
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->basis_row), imp_permission_bases (),
                            imp_record_words_basis, FALSE);
  update_rows (self);
}

/**
 * imp_terms_row_new:
 *
 * Returns: (transfer floating): the row, folded and empty
 */
GtkWidget *
imp_terms_row_new (void)
{
  return g_object_new (IMP_TYPE_TERMS_ROW, NULL);
}

/* Titles are what people wrote, and may be alike: the choice is known by its place. */
static void
fill_replaceable (ImpTermsRow *self, GPtrArray *replaceable)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->replaceable, 0);
  gtk_string_list_append (list, _ ("Nothing: it stands beside the others"));
  for (guint i = 0; replaceable != NULL && i < replaceable->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (replaceable, i);
      g_autofree char *title = imp_permission_row_describe (permission);

      gtk_string_list_append (list, title);
      g_ptr_array_add (self->replaceable, imp_permission_copy (permission));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->replaces_row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->replaces_row), 0);
}

/**
 * imp_terms_row_show:
 * @self: the row
 * @permission: (nullable): what is on record; %NULL for an empty row
 * @replaceable: (nullable) (element-type ImpPermission): what a new permission can replace
 */
void
imp_terms_row_show (ImpTermsRow *self, const ImpPermission *permission, GPtrArray *replaceable)
{
  g_autoptr (ImpPermission) nothing = imp_permission_new ();
  const ImpPermission *shown = permission != NULL ? permission : nothing;

  imp_widgets_set_choice (ADW_COMBO_ROW (self->place_row), shown->destination);
  imp_form_rows_set_text (self->url_row, shown->destination_url);
  imp_form_rows_set_text (self->controller_row, shown->controller);
  imp_form_rows_set_text (self->wording_row, shown->wording_version);
  imp_form_rows_set_text (self->image_row, shown->image_version);
  imp_form_rows_set_text (self->language_row, shown->language);
  imp_form_rows_set_text (self->interpreter_row, shown->interpreter);
  imp_widgets_set_choice (ADW_COMBO_ROW (self->basis_row), shown->basis);
  imp_form_rows_set_text (self->basis_note_row, shown->basis_note);
  imp_date_row_set_date (IMP_DATE_ROW (self->valid_from_row), shown->valid_from);
  fill_replaceable (self, replaceable);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  imp_terms_row_set_fixed (self, FALSE);
  update_rows (self);
}

/**
 * imp_terms_row_set_replaces:
 * @self: the row
 * @id: the id of what the new permission replaces; one that it offers
 *
 * Chooses it, and unfolds the row, so that it is seen.
 */
void
imp_terms_row_set_replaces (ImpTermsRow *self, const char *id)
{
  for (guint i = 0; i < self->replaceable->len; i++)
    if (g_str_equal (((const ImpPermission *)self->replaceable->pdata[i])->id, id))
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->replaces_row), i + 1);
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
      }
}

/**
 * imp_terms_row_set_fixed:
 * @self: the row
 * @fixed: whether the person was asked already, so that the place stays what it was
 */
void
imp_terms_row_set_fixed (ImpTermsRow *self, gboolean fixed)
{
  gtk_widget_set_sensitive (self->place_row, !fixed);
  gtk_widget_set_sensitive (self->url_row, !fixed);
  gtk_widget_set_sensitive (self->controller_row, !fixed);
}

/**
 * imp_terms_row_read:
 * @self: the row
 * @permission: a new permission, to be filled in
 * @problem: (out): what is wrong
 *
 * Returns: whether nothing is
 */
gboolean
imp_terms_row_read (ImpTermsRow *self, ImpPermission *permission, ImpFormProblem *problem)
{
  guint replaced = adw_combo_row_get_selected (ADW_COMBO_ROW (self->replaces_row));

  permission->destination = g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (self->place_row)));
  permission->destination_url = imp_form_rows_take_text (self->url_row);
  permission->controller = imp_form_rows_take_text (self->controller_row);
  permission->wording_version = imp_form_rows_take_text (self->wording_row);
  permission->image_version = imp_form_rows_take_text (self->image_row);
  permission->language = imp_form_rows_take_text (self->language_row);
  permission->interpreter = imp_form_rows_take_text (self->interpreter_row);
  permission->basis = g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (self->basis_row)));
  permission->basis_note = imp_form_rows_take_text (self->basis_note_row);
  if (replaced > 0 && replaced <= self->replaceable->len)
    {
      g_free (permission->replaces);
      permission->replaces =
          g_strdup (((const ImpPermission *)self->replaceable->pdata[replaced - 1])->id);
    }
  if (imp_date_row_get_date (IMP_DATE_ROW (self->valid_from_row), &permission->valid_from))
    return TRUE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  return imp_form_problem_set (problem, self->valid_from_row,
                               _ ("Write a date as 3 May 2027, or leave it empty."));
}
