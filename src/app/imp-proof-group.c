#include "imp-proof-group.h"

#include <glib/gi18n.h>

#include "imp-scan-row.h"
#include "imp-signature-pad.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpProofGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *evidence_row;
  GtkWidget *witness_row;
  GtkWidget *witness_role_row;
  GtkWidget *scan_row;
  GtkWidget *pad_row;
  GtkWidget *pad;
  GtkWidget *reference_row;

  gboolean brief; /* only what is kept itself, not where it comes from */
};

G_DEFINE_FINAL_TYPE (ImpProofGroup, imp_proof_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_rows (ImpProofGroup *self)
{
  const char *kind = imp_widgets_get_choice (ADW_COMBO_ROW (self->evidence_row));
  gboolean spoken = g_strcmp0 (kind, "verbal-with-witness") == 0;
  gboolean signed_here = g_strcmp0 (kind, "on-screen-signature") == 0;

  gtk_widget_set_visible (self->witness_row, spoken && !self->brief);
  gtk_widget_set_visible (self->witness_role_row, spoken && !self->brief);
  gtk_widget_set_visible (self->pad_row, signed_here);
  gtk_widget_set_visible (self->scan_row, kind != NULL && !signed_here);
  gtk_widget_set_visible (self->reference_row, kind != NULL && !signed_here && !self->brief);
}

static void
on_changed (ImpProofGroup *self)
{
  GtkWidget *rows[] = { self->evidence_row, self->witness_row, self->witness_role_row,
                        self->scan_row, self->pad_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    imp_widgets_set_error (rows[i], FALSE);
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_kind_changed (ImpProofGroup *self, GParamSpec *pspec, gpointer row)
{
  on_changed (self);
}

static void
imp_proof_group_class_init (ImpProofGroupClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add (ImpProofGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  if (GTK_IS_EDITABLE (row) || IMP_IS_SCAN_ROW (row))
    g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  return row;
}

static void
imp_proof_group_init (ImpProofGroup *self)
{
  self->evidence_row = add (self, imp_form_rows_combo (_ ("Evidence")));
  self->witness_row = add (self, imp_form_rows_entry (_ ("Name of the witness")));
  self->witness_role_row = add (self, imp_form_rows_entry (_ ("Role of the witness")));
  self->scan_row = add (self, imp_scan_row_new ());
  self->pad_row = adw_preferences_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->pad_row), FALSE);
  gtk_widget_set_focusable (self->pad_row, FALSE);
  self->pad = imp_signature_pad_new ();
  gtk_widget_add_css_class (self->pad, "question");
  g_signal_connect_swapped (self->pad, "changed", G_CALLBACK (on_changed), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pad_row), _ ("Signature"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->pad_row), self->pad);
  add (self, self->pad_row);
  self->reference_row = add (self, imp_form_rows_entry (_ ("Where it is filed (optional)")));
  imp_widgets_fill_choices (ADW_COMBO_ROW (self->evidence_row), imp_permission_evidences (),
                            imp_words_evidence, FALSE);
  g_signal_connect_swapped (self->evidence_row, "notify::selected", G_CALLBACK (on_kind_changed),
                            self);
  update_rows (self);
}

/**
 * imp_proof_group_new:
 *
 * Returns: (transfer floating): the group, empty
 */
GtkWidget *
imp_proof_group_new (void)
{
  return g_object_new (IMP_TYPE_PROOF_GROUP, NULL);
}

/**
 * imp_proof_group_show:
 * @self: the group
 * @permission: (nullable): what is on record; %NULL for an empty group
 */
void
imp_proof_group_show (ImpProofGroup *self, const ImpPermission *permission)
{
  g_autoptr (ImpPermission) nothing = imp_permission_new ();
  const ImpPermission *shown = permission != NULL ? permission : nothing;

  imp_widgets_set_choice (ADW_COMBO_ROW (self->evidence_row), shown->evidence);
  imp_form_rows_set_text (self->witness_row, shown->witness_name);
  imp_form_rows_set_text (self->witness_role_row, shown->witness_role);
  imp_form_rows_set_text (self->reference_row, shown->evidence_reference);
  imp_scan_row_set_file (IMP_SCAN_ROW (self->scan_row), NULL);
  imp_signature_pad_clear (IMP_SIGNATURE_PAD (self->pad));
  update_rows (self);
}

/**
 * imp_proof_group_set_brief:
 * @self: the group
 * @brief: whether a scan or a signature is all that is asked for: the permission stands already
 */
void
imp_proof_group_set_brief (ImpProofGroup *self, gboolean brief)
{
  self->brief = brief;
  update_rows (self);
}

/**
 * imp_proof_group_is_empty:
 * @self: the group
 *
 * Returns: whether no kind of evidence is chosen
 */
gboolean
imp_proof_group_is_empty (ImpProofGroup *self)
{
  return imp_widgets_get_choice (ADW_COMBO_ROW (self->evidence_row)) == NULL;
}

/**
 * imp_proof_group_read:
 * @self: the group
 * @permission: a new permission, to be filled in
 * @problem: (out): what is missing
 *
 * Returns: whether nothing is
 */
gboolean
imp_proof_group_read (ImpProofGroup *self, ImpPermission *permission, ImpFormProblem *problem)
{
  g_autoptr (GBytes) signature = imp_proof_group_get_signature (self);

  permission->evidence = g_strdup (imp_widgets_get_choice (ADW_COMBO_ROW (self->evidence_row)));
  permission->evidence_reference = imp_form_rows_take_text (self->reference_row);
  permission->witness_name = imp_form_rows_take_text (self->witness_row);
  permission->witness_role = imp_form_rows_take_text (self->witness_role_row);
  if (permission->evidence == NULL)
    return imp_form_problem_set (
        problem, self->evidence_row,
        _ ("What proves it? An agreement without evidence covers nothing."));
  if (gtk_widget_get_visible (self->witness_row) && permission->witness_name == NULL)
    return imp_form_problem_set (problem, self->witness_row, _ ("Who witnessed it?"));
  if (gtk_widget_get_visible (self->witness_role_row) && permission->witness_role == NULL)
    return imp_form_problem_set (problem, self->witness_role_row,
                                 _ ("What is the role of the witness?"));
  if (gtk_widget_get_visible (self->pad_row) && signature == NULL)
    return imp_form_problem_set (problem, self->pad_row,
                                 _ ("Nobody has signed yet: sign in the field, or choose another "
                                    "kind of evidence."));
  if (self->brief && signature == NULL && imp_proof_group_get_scan (self) == NULL)
    return imp_form_problem_set (problem, self->scan_row,
                                 _ ("Choose the scan that is kept with it."));
  return TRUE;
}

/**
 * imp_proof_group_get_scan:
 * @self: the group
 *
 * Returns: (transfer none) (nullable): the scan that is kept with it
 */
GFile *
imp_proof_group_get_scan (ImpProofGroup *self)
{
  return gtk_widget_get_visible (self->scan_row)
             ? imp_scan_row_get_file (IMP_SCAN_ROW (self->scan_row))
             : NULL;
}

/**
 * imp_proof_group_get_signature:
 * @self: the group
 *
 * Returns: (transfer full) (nullable): the signature that was drawn, where one is asked for
 */
GBytes *
imp_proof_group_get_signature (ImpProofGroup *self)
{
  return gtk_widget_get_visible (self->pad_row)
             ? imp_signature_pad_get_bytes (IMP_SIGNATURE_PAD (self->pad))
             : NULL;
}
