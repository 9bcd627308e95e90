#include "imp-paper-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-file-dialog.h"
#include "imp-widgets.h"

/* What each kind is called in the dialog, and the name that is offered, which says nothing of
 * anybody: a file's name is seen by whoever sees its folder. */
static const struct
{
  const char *kind;
  const char *title;
  const char *name;
} KINDS[] = {
  { "consent-form", N_ ("Save the consent form"), "consent-form.pdf" },
  { "withdrawal-slip", N_ ("Save the withdrawal slip"), "withdrawal-slip.pdf" },
  { "patient-copy", N_ ("Save the patient’s copy"), "patient-copy.pdf" },
  { "subject-access", N_ ("Save all that is held about this person"), "subject-access.pdf" },
  { "fhir", N_ ("Save the permissions as FHIR"), "consents.json" },
  { "csv", N_ ("Save the register as a table"), "register.csv" },
  { "csv-template", N_ ("Save an empty table"), "register-empty.csv" },
  { "receipt-page", N_ ("Save the receipt as a page"), "receipt.pdf" },
  { "case-file", N_ ("Save the case file"), "case-file.pdf" },
  { "takedown-letter", N_ ("Save the letter"), "letter.pdf" },
};

typedef struct
{
  ImpGate *gate;
  ImpPaper *paper;
  ImpPaperFunc func;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Order;

static void
order_clear (gpointer data)
{
  Order *order = data;

  g_object_unref (order->gate);
  imp_paper_free (order->paper);
  order->user_data_free (order->user_data);
}

static void
order_unref (gpointer order)
{
  g_rc_box_release_full (order, order_clear);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (GError) error = NULL;

  imp_gate_make_paper_finish (IMP_GATE (source), result, &error);
  order->func (error, order->user_data);
  order_unref (order);
}

static void
on_chosen (GFile *file, gpointer user_data)
{
  Order *order = user_data;

  imp_gate_make_paper_async (order->gate, order->paper, file, NULL, on_made,
                             g_rc_box_acquire (order));
}

static void
choose_file (GtkWidget *parent, Order *order)
{
  guint kind = 0;

  while (kind + 1 < G_N_ELEMENTS (KINDS) && !g_str_equal (KINDS[kind].kind, order->paper->kind))
    kind++;
  imp_file_dialog_open (parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ (KINDS[kind].title),
                        KINDS[kind].name, on_chosen, order, order_unref);
}

static void
on_table_answered (AdwMessageDialog *dialog, const char *response, Order *order)
{
  if (g_str_equal (response, "save"))
    choose_file (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (dialog))), order);
  else
    order_unref (order);
}

/* One file with everybody in it: what that means is said before there is one. */
static void
ask_about_table (GtkWidget *parent, Order *order)
{
  GtkWidget *dialog = imp_compat_message_dialog_new (
      imp_widgets_get_window (parent), _ ("Save everybody in one file?"),
      _ ("The table is not encrypted. It has everybody in the register: name, numbers and date of "
         "birth, and what each person has agreed to, refused or withdrawn. Whoever gets hold of "
         "the file can read it.\n\nKeep it where only people who may see the register can open it, "
         "and delete it when it is no longer needed. To keep a copy of the register, make a "
         "backup instead: that is encrypted."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "save",
                                    _ ("_Save it…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_table_answered), order);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * imp_paper_dialog_open:
 * @parent: a widget of the window that asks
 * @gate: the gate, which makes the paper and lets it out
 * @paper: which one; copied
 * @func: called when it is there, or could not be made; not when the dialog is cancelled
 * @user_data: (transfer full): for @func
 * @user_data_free: lets go of @user_data when it is through
 */
void
imp_paper_dialog_open (GtkWidget *parent, ImpGate *gate, const ImpPaper *paper, ImpPaperFunc func,
                       gpointer user_data, GDestroyNotify user_data_free)
{
  Order *order = g_rc_box_new0 (Order);

  order->gate = g_object_ref (gate);
  order->paper = imp_paper_copy (paper);
  order->func = func;
  order->user_data = user_data;
  order->user_data_free = user_data_free;
  if (g_str_equal (paper->kind, "csv"))
    ask_about_table (parent, order);
  else
    choose_file (parent, order);
}
