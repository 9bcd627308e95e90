#include "imp-receipt-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "gate-trace.h"
#include "imp-coding-names.h"
#include "imp-copies-acts.h"
#include "imp-decision-words.h"
#include "imp-kind-names.h"
#include "imp-notice.h"
#include "imp-paper-dialog.h"
#include "imp-recent.h"
#include "imp-suggestion.h"
#include "imp-widgets.h"
#include "imp-words.h"

#define SHORT 16 /* characters of a SHA-256 that people compare by eye */

struct _ImpReceiptView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *where;
  GtkWidget *details;
  ImpNotice *permanence;
  ImpNotice *notice;
  GtkWidget *save_button;

  /* Owned references */
  ImpGate *gate;
  GBytes *receipt;
  char *export_id; /* nullable */
  char *name;      /* of the receipt's file, as offered */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (ImpReceiptView, imp_receipt_view, GTK_TYPE_WIDGET)

enum
{
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_published (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpReceiptView) self = IMP_RECEIPT_VIEW (user_data);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (imp_gate_publish_record_finish (IMP_GATE (source), result, &error))
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, _ ("The receipt is saved."));
  else
    imp_notice_show_error (self->notice, error);
}

/**
 * imp_receipt_view_save:
 * @self: a view that shows a receipt
 * @target: a file that does not exist yet
 *
 * Writes the receipt through the gate.
 */
void
imp_receipt_view_save (ImpReceiptView *self, GFile *target)
{
  if (self->gate == NULL || self->receipt == NULL)
    return;
  gtk_widget_set_sensitive (self->save_button, FALSE);
  imp_gate_publish_record_async (self->gate, "receipt", self->receipt, target, NULL, on_published,
                                 g_object_ref (self));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, ImpReceiptView *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) target = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (target == NULL)
    return;
  imp_recent_forget (target);
  imp_receipt_view_save (self, target);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (widget);

  if (self->chooser != NULL || self->receipt == NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Save the receipt"), imp_widgets_get_window (widget),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), self->name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_page_saved (const GError *error, gpointer user_data)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (user_data);

  if (error != NULL)
    imp_notice_show_error (self->notice, error);
  else
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, _ ("The receipt is saved as a page."));
}

static void
save_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (widget);
  g_autoptr (ImpPaper) paper = imp_paper_new ("receipt-page");

  if (self->gate == NULL || self->export_id == NULL)
    return;
  paper->export_id = g_strdup (self->export_id);
  imp_paper_dialog_open (widget, self->gate, paper, on_page_saved, g_object_ref (self),
                         g_object_unref);
}

static void
on_placed (const char *said, const GError *error, gpointer object)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (object);

  if (error != NULL)
    imp_notice_show_error (self->notice, error);
  else
    imp_notice_set (self->notice, IMP_NOTICE_SUCCESS, said);
}

static void
on_copy_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpReceiptView) self = IMP_RECEIPT_VIEW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = imp_gate_list_copies_finish (IMP_GATE (source), result, &error);

  if (copies == NULL)
    imp_notice_show_error (self->notice, error);
  else if (copies->len == 1 && self->gate == IMP_GATE (source))
    imp_copies_acts_start (GTK_WIDGET (self), self->gate, g_ptr_array_index (copies, 0),
                           "copies.place", on_placed, self);
}

/* The last page of the wizard, later (policy.md 3): what is known already stands in the dialog. */
static void
ask_where (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (widget);
  const ImpCopyFilter filter = { .export_id = self->export_id, .limit = 1 };

  if (self->gate != NULL && self->export_id != NULL)
    imp_gate_list_copies_async (self->gate, &filter, NULL, on_copy_known, g_object_ref (self));
}

static void
again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[AGAIN], 0);
}

static void
imp_receipt_view_dispose (GObject *object)
{
  ImpReceiptView *self = IMP_RECEIPT_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->chooser != NULL)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_clear_pointer (&self->export_id, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (imp_receipt_view_parent_class)->dispose (object);
}

static void
imp_receipt_view_class_init (ImpReceiptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_receipt_view_dispose;
  signals[AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "receipt.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "receipt.save-page", NULL, save_page);
  gtk_widget_class_install_action (widget_class, "receipt.where", NULL, ask_where);
  gtk_widget_class_install_action (widget_class, "receipt.again", NULL, again);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* The details scroll; what to do next, and how it went, stay in sight. */
static void
add_frame (ImpReceiptView *self, GtkWidget *content)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *footer = gtk_grid_new ();
  GtkWidget *again = new_button (_ ("Export another"), "receipt.again");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (footer), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (footer), 8);
  gtk_grid_set_row_spacing (GTK_GRID (footer), 8);
  gtk_widget_add_css_class (footer, "wizard-footer");
  self->save_button = new_button (_ ("Save receipt…"), "receipt.save");
  gtk_grid_attach (GTK_GRID (footer), self->save_button, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (footer), new_button (_ ("Save as a page…"), "receipt.save-page"), 1, 0,
                   1, 1);
  gtk_grid_attach (GTK_GRID (footer), new_button (_ ("Where did it go?"), "receipt.where"), 0, 1, 1,
                   1);
  gtk_grid_attach (GTK_GRID (footer), again, 1, 1, 1, 1);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self->notice), "receipt-notice");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self->box), footer);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
imp_receipt_view_init (ImpReceiptView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *seal = gtk_image_new_from_icon_name ("imp-seal-symbolic");

  gtk_widget_add_css_class (box, "wizard-page");
  gtk_image_set_pixel_size (GTK_IMAGE (seal), 40);
  gtk_widget_add_css_class (seal, "seal");
  gtk_widget_set_halign (seal, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (seal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sealed"), -1);
  gtk_box_append (GTK_BOX (box), seal);
  self->title = imp_widgets_label (NULL, "title-3");
  gtk_label_set_justify (GTK_LABEL (self->title), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (self->title, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  self->where = imp_widgets_label (NULL, "dim-label");
  gtk_label_set_justify (GTK_LABEL (self->where), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (self->where, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->where);
  self->permanence = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->permanence));
  self->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (self->details, "question");
  gtk_widget_add_css_class (self->details, "card");
  gtk_box_append (GTK_BOX (box), self->details);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  add_frame (self, box);
}

/**
 * imp_receipt_view_new:
 *
 * Returns: (transfer floating): a view without a receipt
 */
GtkWidget *
imp_receipt_view_new (void)
{
  return g_object_new (IMP_TYPE_RECEIPT_VIEW, NULL);
}

static void
add_detail (ImpReceiptView *self, const char *title, const char *value)
{
  if (value != NULL && value[0] != '\0')
    gtk_box_append (GTK_BOX (self->details), imp_widgets_detail (title, value));
}

static void
add_digest (ImpReceiptView *self, const char *title, const char *digest)
{
  g_autofree char *text = g_strdup_printf ("%.*s…", SHORT, digest);
  GtkWidget *detail = imp_widgets_detail (title, text);

  gtk_widget_set_tooltip_text (detail, digest);
  gtk_box_append (GTK_BOX (self->details), detail);
}

/* Whole, to be written down or selected: only what is kept elsewhere can tell later that the ledger
 * was changed. */
static void
add_head (ImpReceiptView *self, const char *head)
{
  GtkWidget *detail = imp_widgets_detail (_ ("Head of the ledger’s chain"), head);

  gtk_widget_add_css_class (gtk_widget_get_last_child (detail), "monospace");
  gtk_box_append (GTK_BOX (detail),
                  imp_widgets_label (_ ("Keep a copy away from this computer: the saved receipt "
                                        "and its page have it, or write it down. With it, nobody "
                                        "can change the ledger unnoticed."),
                                     "caption"));
  gtk_box_append (GTK_BOX (self->details), detail);
}

static void
append (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

static char *
name_rules (char **rules)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; rules != NULL && rules[i] != NULL; i++)
    {
      g_autofree char *name = imp_decision_words_rule (rules[i]);

      append (names, name);
    }
  return g_string_free (names, FALSE);
}

static char *
name_kinds (char **kinds)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; kinds != NULL && kinds[i] != NULL; i++)
    if (g_str_has_prefix (kinds[i], "overlay "))
      {
        g_autofree char *name = g_strdup_printf (_ ("Overlay %s"), strchr (kinds[i], ' ') + 1);

        append (names, name);
      }
    else
      append (names, imp_kind_name (kinds[i]));
  return g_string_free (names, FALSE);
}

static char *
name_overlays (const ImpReceipt *receipt)
{
  GString *text = g_string_new (NULL);
  g_autofree char *drawn = g_strjoinv (", ", receipt->overlays_drawn);
  g_autofree char *hidden = g_strjoinv (", ", receipt->overlays_hidden);

  if (*drawn != '\0')
    g_string_append_printf (text, _ ("%s shown and exported"), drawn);
  if (*drawn != '\0' && *hidden != '\0')
    g_string_append (text, "; ");
  if (*hidden != '\0')
    g_string_append_printf (text, _ ("%s hidden"), hidden);
  return g_string_free (text, FALSE);
}

/* What is covered is gone by proof, or by a margin that was measured. */
static char *
name_assurance (const ImpReceipt *receipt)
{
  const char *codec = NULL;

  if (receipt->boxes_as_filled == NULL || receipt->boxes_as_filled->len == 0)
    return NULL;
  if (receipt->margin_codec == NULL && receipt->lossless_claimed)
    return g_strdup (_ ("Black, but the file alone says that its compression lost nothing: if it "
                        "did, traces may stay beside the boxes"));
  if (receipt->margin_codec == NULL && receipt->shades_shared)
    return g_strdup (_ ("Black, but the file may have more shades than can be told apart: what is "
                        "covered may have moved those beside the boxes a little"));
  if (receipt->margin_codec == NULL)
    return g_strdup (_ ("Every covered pixel is proven to be black"));
  codec = imp_codec_name (receipt->margin_codec);
  return g_strdup_printf (_ ("Boxes are widened by %d pixels, as the source was compressed (%s): "
                             "a margin, not a proof"),
                          receipt->margin, codec != NULL ? codec : _ ("in a way not known"));
}

/* What screening still saw: each place stays because readers need it, or because a person said so.
 */
static char *
name_left (const ImpReceipt *receipt)
{
  guint n_needed = 0;
  guint n_said = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < receipt->left->len; i++)
    if (((const ImpSuggestion *)g_ptr_array_index (receipt->left, i))->keep != IMP_KEEP_NO)
      n_needed++;
    else
      n_said++;
  if (n_said > 0)
    g_string_append_printf (text,
                            ngettext ("%u place that was looked at and may stay",
                                      "%u places that were looked at and may stay", n_said),
                            n_said);
  if (n_needed > 0)
    g_string_append_printf (text,
                            ngettext ("%s%u side marker, measurement or the like",
                                      "%s%u side markers, measurements and the like", n_needed),
                            text->len > 0 ? "; " : "", n_needed);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE)
                       : g_strdup (_ ("No writing and no code was seen in it"));
}

static char *
name_accepted (const ImpReceipt *receipt)
{
  guint n = receipt->accepted->len;

  return n == 0 ? NULL
                : g_strdup_printf (
                    ngettext ("%u of the boxes was suggested", "%u of the boxes were suggested", n),
                    n);
}

/**
 * imp_receipt_view_show:
 * @self: a view
 * @gate: the gate that released
 * @receipt: what was released; copied as far as it is shown
 * @target: (nullable): the file that was written
 */
void
imp_receipt_view_show (ImpReceiptView *self, ImpGate *gate, const ImpReceipt *receipt,
                       GFile *target)
{
  g_autofree char *title =
      g_strdup_printf (_ ("Exported %s"), imp_words_destination_phrase (receipt->destination));
  g_autofree char *where = target == NULL ? NULL : g_file_get_basename (target);
  g_autofree char *at = imp_words_date (receipt->at);
  g_autofree char *format = g_ascii_strup (receipt->format, -1);
  g_autofree char *size = g_strdup_printf ("%s, %d × %d", format, receipt->width, receipt->height);
  g_autofree char *voi = imp_decision_words_voi (receipt->voi);
  g_autofree char *seen = receipt->seen_share < 0
                              ? g_strdup (_ ("not known: a script has no screen"))
                              : g_strdup_printf (_ ("%d %%"), receipt->seen_share);
  g_autofree char *left = name_left (receipt);
  g_autofree char *accepted = name_accepted (receipt);
  g_autofree char *overlays = name_overlays (receipt);
  g_autofree char *basis = imp_decision_words_basis (receipt->basis);
  g_autofree char *assurance = name_assurance (receipt);
  g_autofree char *rules = name_rules (receipt->rules);
  g_autofree char *removed = name_kinds (receipt->removed);

  g_set_object (&self->gate, gate);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  self->receipt = g_bytes_new (receipt->json, strlen (receipt->json));
  g_free (self->export_id);
  self->export_id = g_strdup (receipt->ledger_id);
  g_free (self->name);
  self->name = g_strdup_printf ("receipt-%.12s.json", receipt->sha256);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->where), where == NULL ? "" : where);
  imp_notice_set (self->permanence, IMP_NOTICE_WARNING, receipt->permanence);
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, NULL);
  imp_widgets_clear (self->details);
  add_detail (self, _ ("Why it was allowed"), basis);
  add_detail (self, _ ("Rules that matched"), rules);
  add_digest (self, _ ("SHA-256 of the file"), receipt->sha256);
  add_detail (self, _ ("Picture"), size);
  add_detail (self, _ ("Grey levels and colours"), voi);
  add_detail (self, _ ("Looked at at full size"), seen);
  add_detail (self, _ ("Still to be seen"), left);
  add_detail (self, _ ("Overlays"), overlays);
  add_detail (self, _ ("What boxes cover"), assurance);
  add_detail (self, _ ("Suggestions"), accepted);
  add_detail (self, _ ("Proof"), receipt->proof);
  add_head (self, receipt->chain_head);
  add_detail (self, _ ("Exported on"), at);
  add_detail (self, _ ("Left behind"), removed);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  gtk_widget_grab_focus (self->save_button);
}

/**
 * imp_receipt_view_clear:
 * @self: a view
 *
 * Forgets the receipt and the gate: a register that was locked is not kept open by what it showed,
 * nor by a dialog that it opened.
 */
void
imp_receipt_view_clear (ImpReceiptView *self)
{
  imp_copies_left_free (imp_copies_acts_leave (GTK_WIDGET (self)));
  g_clear_object (&self->gate);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_clear_pointer (&self->export_id, g_free);
  imp_widgets_clear (self->details);
}
