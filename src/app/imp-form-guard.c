#include "imp-form-guard.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-scan-row.h"
#include "imp-signature-pad.h"
#include "imp-widgets.h"

/* A digest of what stood on a page when it was opened: what identifies is not kept twice. */
#define BEGUN "imp-form-begun"

/* ---- what stands in a form ---- */

static void
add_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *)text, (gssize)strlen (text) + 1);
}

static void
add_number (GChecksum *sum, guint number)
{
  g_checksum_update (sum, (const guchar *)&number, sizeof number);
}

static void
add_buffer (GChecksum *sum, GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  add_text (sum, text != NULL ? text : "");
}

static void
add_own (GChecksum *sum, GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    add_text (sum, gtk_editable_get_text (GTK_EDITABLE (widget)));
  else if (GTK_IS_TEXT_VIEW (widget))
    add_buffer (sum, gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    add_number (sum, gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)));
  else if (GTK_IS_TOGGLE_BUTTON (widget))
    add_number (sum, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)));
  else if (GTK_IS_SWITCH (widget))
    add_number (sum, gtk_switch_get_active (GTK_SWITCH (widget)));
  else if (ADW_IS_COMBO_ROW (widget))
    add_number (sum, adw_combo_row_get_selected (ADW_COMBO_ROW (widget)));
  else if (IMP_IS_SCAN_ROW (widget))
    add_number (sum, imp_scan_row_get_file (IMP_SCAN_ROW (widget)) != NULL);
  else if (IMP_IS_SIGNATURE_PAD (widget))
    {
      g_autoptr (GBytes) drawn = imp_signature_pad_get_bytes (IMP_SIGNATURE_PAD (widget));

      if (drawn != NULL)
        g_checksum_update (sum, g_bytes_get_data (drawn, NULL), (gssize)g_bytes_get_size (drawn));
    }
}

static void
add_widget (GChecksum *sum, GtkWidget *widget)
{
  add_own (sum, widget);
  if (GTK_IS_EDITABLE (widget) || ADW_IS_COMBO_ROW (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && !GTK_IS_POPOVER (child))
      add_widget (sum, child);
}

static char *
digest (GtkWidget *page)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  add_widget (sum, page);
  return g_strdup (g_checksum_get_string (sum));
}

static gboolean
note_begun (gpointer page)
{
  g_object_set_data_full (G_OBJECT (page), BEGUN, digest (page), g_free);
  return G_SOURCE_REMOVE;
}

/**
 * imp_form_guard_watch:
 * @page: the page of a form that is just being opened
 *
 * Remembers what stands there once whoever opens it has filled it in.
 */
void
imp_form_guard_watch (GtkWidget *page)
{
  g_object_set_data (G_OBJECT (page), BEGUN, NULL);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, note_begun, g_object_ref (page), g_object_unref);
}

/**
 * imp_form_guard_is_touched:
 * @page: the page of a form that is open
 *
 * Returns: whether something else stands there than when it was opened
 */
gboolean
imp_form_guard_is_touched (GtkWidget *page)
{
  const char *begun = g_object_get_data (G_OBJECT (page), BEGUN);
  g_autofree char *now = begun != NULL ? digest (page) : NULL;

  return begun != NULL && !g_str_equal (begun, now);
}

/* ---- asking ---- */

typedef struct
{
  GtkWidget *parent; /* owned */
  ImpFormGuardFunc leave;
  ImpFormGuardFunc keep;
  gpointer user_data;
  GDestroyNotify user_data_free;
} Ask;

static void
ask_free (gpointer data, GClosure *closure)
{
  Ask *ask = data;

  if (ask->user_data_free != NULL)
    ask->user_data_free (ask->user_data);
  g_object_unref (ask->parent);
  g_free (ask);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Ask *ask)
{
  ImpFormGuardFunc func = g_str_equal (response, "leave") ? ask->leave : ask->keep;

  func (ask->parent, ask->user_data);
}

/**
 * imp_form_guard_ask:
 * @parent: the widget with the form; kept alive meanwhile
 * @leave: called where the form is given up
 * @keep: called where writing goes on
 * @user_data: (transfer full): for both
 * @user_data_free: (nullable): lets go of @user_data
 *
 * Asks whether what was typed is given up. A dialog that is destroyed calls neither.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
imp_form_guard_ask (GtkWidget *parent, ImpFormGuardFunc leave, ImpFormGuardFunc keep,
                    gpointer user_data, GDestroyNotify user_data_free)
{
  GtkWidget *dialog = imp_compat_message_dialog_new (
      imp_widgets_get_window (parent), _ ("Leave the form that is open?"),
      _ ("What was typed into it is not recorded yet, and is lost when you leave it."));
  Ask *ask = g_new0 (Ask, 1);

  ask->parent = g_object_ref (parent);
  ask->leave = leave;
  ask->keep = keep;
  ask->user_data = user_data;
  ask->user_data_free = user_data_free;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep writing"),
                                    "leave", _ ("_Leave it"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
