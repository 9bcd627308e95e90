#include "imp-evidence-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gate-accounts.h"
#include "imp-evidence-window.h"
#include "imp-evidence.h"
#include "imp-file-dialog.h"
#include "imp-form-rows.h"
#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-proof-group.h"
#include "imp-record-words.h"
#include "imp-widgets.h"
#include "imp-words.h"

struct _ImpEvidenceList
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *rows;
  GtkWidget *none;
  ImpNotice *notice;
  GtkWidget *add_row; /* unfolds the form */
  ImpProofGroup *proof;
  GtkWidget *keep_button;

  /* Owned references */
  ImpGate *gate;
  char *permission_id;

  GtkWindow *window; /* nullable, weak: the scan that is looked at */
};

G_DEFINE_FINAL_TYPE (ImpEvidenceList, imp_evidence_list, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
close_window (ImpEvidenceList *self)
{
  GtkWindow *window = self->window;

  g_clear_weak_pointer (&self->window);
  if (window != NULL)
    gtk_window_destroy (window);
}

/* ---- a copy of what came ---- */

typedef struct
{
  char *id;
  GFile *target;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_free (copy->id);
  g_clear_object (&copy->target);
  g_free (copy);
}

static gboolean
export_it (ImpGate *gate, gpointer data, GError **error)
{
  const Copy *copy = data;

  return imp_gate_export_evidence_sync (gate, copy->id, copy->target, NULL, error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpEvidenceList) self = IMP_EVIDENCE_LIST (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_gate_work_finish (result, &error))
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS,
                    _ ("A copy is saved, which you alone can read. Keep it so."));
  else
    imp_notice_show_error (self->notice, error);
}

/**
 * imp_evidence_list_save_copy:
 * @self: the list
 * @id: the id of evidence in it
 * @target: the file to make
 *
 * Lets a form or a signature out by the records verb of the gate, which refuses pictures.
 */
void
imp_evidence_list_save_copy (ImpEvidenceList *self, const char *id, GFile *target)
{
  Copy *copy = NULL;

  if (self->gate == NULL)
    return;
  copy = g_new0 (Copy, 1);
  copy->id = g_strdup (id);
  copy->target = g_object_ref (target);
  imp_gate_work_async (self->gate, export_it, copy, copy_free, on_exported, g_object_ref (self));
}

typedef struct
{
  ImpEvidenceList *list;
  char *id;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->list);
  g_free (wish->id);
  g_free (wish);
}

static void
on_target_chosen (GFile *file, gpointer user_data)
{
  const Wish *wish = user_data;

  imp_evidence_list_save_copy (wish->list, wish->id, file);
}

static const ImpAttachment *
get_attachment (GtkButton *button)
{
  return g_object_get_data (G_OBJECT (button), "imp-attachment");
}

static void
on_save_clicked (GtkButton *button, ImpEvidenceList *self)
{
  const ImpAttachment *attachment = get_attachment (button);
  gboolean pdf = g_str_equal (attachment->media_type, "application/pdf");
  Wish *wish = g_new0 (Wish, 1);

  wish->list = g_object_ref (self);
  wish->id = g_strdup (attachment->id);
  imp_file_dialog_open (GTK_WIDGET (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save a copy"),
                        pdf ? "evidence.pdf" : "evidence.svg", on_target_chosen, wish, wish_free);
}

static void
on_look_clicked (GtkButton *button, ImpEvidenceList *self)
{
  if (self->gate == NULL)
    return;
  close_window (self);
  g_set_weak_pointer (&self->window, imp_evidence_window_open (GTK_WIDGET (self), self->gate,
                                                               get_attachment (button)));
}

/* ---- more evidence ---- */

typedef struct
{
  ImpAttachment *attachment;
  GFile *scan;       /* nullable */
  GBytes *signature; /* nullable */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  imp_attachment_free (addition->attachment);
  g_clear_object (&addition->scan);
  g_clear_pointer (&addition->signature, g_bytes_unref);
  g_free (addition);
}

static gboolean
add_it (ImpGate *gate, gpointer data, GError **error)
{
  Addition *addition = data;

  if (addition->signature == NULL)
    return imp_gate_add_evidence_sync (gate, addition->attachment, addition->scan, NULL, error);
  return imp_gate_check_right (gate, IMP_RIGHT_RECORD, error)
         && imp_register_add_evidence (imp_gate_get_register (gate), addition->attachment,
                                       addition->signature, error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpEvidenceList) self = IMP_EVIDENCE_LIST (user_data);
  g_autoptr (GError) error = NULL;
  gboolean added = imp_gate_work_finish (result, &error);

  gtk_widget_set_sensitive (self->keep_button, TRUE);
  imp_notice_show_error (self->notice, error);
  if (!added)
    return;
  g_clear_pointer (&self->permission_id, g_free); /* the form is shown anew */
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_keep_clicked (GtkButton *button, ImpEvidenceList *self)
{
  g_autoptr (ImpPermission) said = imp_permission_new ();
  ImpFormProblem problem = { NULL, NULL };
  Addition *addition = NULL;
  GFile *scan = imp_proof_group_get_scan (self->proof);

  if (self->gate == NULL)
    return;
  if (!imp_proof_group_read (self->proof, said, &problem))
    {
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, problem.text);
      imp_form_rows_go_to (&problem);
      return;
    }
  addition = g_new0 (Addition, 1);
  addition->attachment = imp_attachment_new ();
  addition->attachment->permission_id = g_strdup (self->permission_id);
  addition->attachment->kind = g_strdup (said->evidence);
  addition->signature = imp_proof_group_get_signature (self->proof);
  addition->scan = scan != NULL ? g_object_ref (scan) : NULL;
  gtk_widget_set_sensitive (self->keep_button, FALSE);
  imp_gate_work_async (self->gate, add_it, addition, addition_free, on_added, g_object_ref (self));
}

static void
on_proof_changed (ImpEvidenceList *self)
{
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
}

/* ---- the list ---- */

static GtkWidget *
new_button (ImpEvidenceList *self, const ImpAttachment *attachment, const char *label,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "imp-attachment", imp_attachment_copy (attachment),
                          (GDestroyNotify)imp_attachment_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

/* Everything is looked at here; a picture does not leave. */
static GtkWidget *
row_new (ImpEvidenceList *self, const ImpAttachment *attachment)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean picture = g_str_has_prefix (attachment->media_type, "image/");
  g_autofree char *size = g_format_size ((guint64)attachment->size);
  g_autofree char *day = imp_words_date (attachment->created);
  g_autofree char *subtitle = g_strdup_printf (
      "%s · %s · %s", imp_record_words_media_type (attachment->media_type), size, day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 attachment->title != NULL ? attachment->title
                                                           : imp_words_evidence (attachment->kind));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_focusable (row, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_button (self, attachment, _ ("Look at it"),
                                                               G_CALLBACK (on_look_clicked)));
  if (!picture)
    adw_action_row_add_suffix (
        ADW_ACTION_ROW (row),
        new_button (self, attachment, _ ("Save a copy…"), G_CALLBACK (on_save_clicked)));
  return row;
}

static void
imp_evidence_list_dispose (GObject *object)
{
  ImpEvidenceList *self = IMP_EVIDENCE_LIST (object);

  close_window (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->permission_id, g_free);
  G_OBJECT_CLASS (imp_evidence_list_parent_class)->dispose (object);
}

static void
imp_evidence_list_class_init (ImpEvidenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_evidence_list_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_form (ImpEvidenceList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->add_row = gtk_expander_new (_ ("Add evidence"));
  self->proof = IMP_PROOF_GROUP (imp_proof_group_new ());
  imp_proof_group_set_brief (self->proof, TRUE);
  g_signal_connect_swapped (self->proof, "changed", G_CALLBACK (on_proof_changed), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->proof));
  self->keep_button = gtk_button_new_with_label (_ ("Keep it with the permission"));
  gtk_widget_set_halign (self->keep_button, GTK_ALIGN_END);
  g_signal_connect (self->keep_button, "clicked", G_CALLBACK (on_keep_clicked), self);
  gtk_box_append (GTK_BOX (box), self->keep_button);
  gtk_expander_set_child (GTK_EXPANDER (self->add_row), box);
  return self->add_row;
}

static void
imp_evidence_list_init (ImpEvidenceList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), self->rows);
  self->none = imp_widgets_label (_ ("No scan and no signature is kept here."), "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_box_append (GTK_BOX (self->box), build_form (self));
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_evidence_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
imp_evidence_list_new (void)
{
  return g_object_new (IMP_TYPE_EVIDENCE_LIST, NULL);
}

/**
 * imp_evidence_list_show:
 * @self: the list
 * @gate: the gate
 * @permission: whose evidence it is
 * @evidence: (element-type ImpAttachment): what is kept with it
 * @writable: whether anything can be added
 */
void
imp_evidence_list_show (ImpEvidenceList *self, ImpGate *gate, const ImpPermission *permission,
                        GPtrArray *evidence, gboolean writable)
{
  gboolean same = g_strcmp0 (self->permission_id, permission->id) == 0;

  g_set_object (&self->gate, gate);
  if (!same)
    {
      close_window (self);
      imp_notice_set (self->notice, IMP_NOTICE_ERROR, NULL);
      g_free (self->permission_id);
      self->permission_id = g_strdup (permission->id);
      gtk_expander_set_expanded (GTK_EXPANDER (self->add_row), FALSE);
      imp_proof_group_show (self->proof, permission);
    }
  imp_widgets_clear (self->rows);
  for (guint i = 0; i < evidence->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->rows),
                         row_new (self, g_ptr_array_index (evidence, i)));
  gtk_widget_set_visible (self->rows, evidence->len > 0);
  gtk_widget_set_visible (self->none, evidence->len == 0);
  gtk_widget_set_visible (self->add_row,
                          writable && permission->state != IMP_PERMISSION_WITHDRAWN
                              && permission->state != IMP_PERMISSION_ENTERED_IN_ERROR);
}

/**
 * imp_evidence_list_forget:
 * @self: the list
 *
 * Shows nothing any more, and closes the scan that is looked at: the register is locked.
 */
void
imp_evidence_list_forget (ImpEvidenceList *self)
{
  close_window (self);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->permission_id, g_free);
  imp_widgets_clear (self->rows);
}

/**
 * imp_evidence_list_hide:
 * @self: a list
 *
 * The register is locked: nothing is shown or reached any more, and what was chosen or drawn waits
 * for imp_evidence_list_show() of the same permission.
 */
void
imp_evidence_list_hide (ImpEvidenceList *self)
{
  close_window (self);
  g_clear_object (&self->gate);
  imp_widgets_clear (self->rows);
}

/**
 * imp_evidence_list_has_form:
 * @self: a list
 *
 * Returns: whether more evidence is being added
 */
gboolean
imp_evidence_list_has_form (ImpEvidenceList *self)
{
  return gtk_widget_get_visible (self->add_row)
         && gtk_expander_get_expanded (GTK_EXPANDER (self->add_row));
}
