#include "imp-evidence-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-evidence.h"
#include "imp-notice.h"
#include "imp-preview.h"
#include "imp-signature-pad.h"
#include "imp-widgets.h"

/* Kept by the window until it is closed. */
typedef struct
{
  GtkWidget *stack;
  GtkWidget *picture;
  GtkWidget *full_size;
  ImpNotice *failure;
  GCancellable *cancellable;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_cancellable_cancel (shown->cancellable);
  g_object_unref (shown->cancellable);
  g_free (shown);
}

static Shown *
get_shown (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), "imp-shown");
}

static void
fail (Shown *shown, const GError *error)
{
  imp_notice_show_error (shown->failure, error);
  gtk_stack_set_visible_child_name (GTK_STACK (shown->stack), "failure");
}

/* Closed meanwhile: there is nothing left to show it in. */
static gboolean
is_closed (const Shown *shown)
{
  return g_cancellable_is_cancelled (shown->cancellable);
}

static void
on_destroyed (GtkWidget *window, Shown *shown)
{
  g_cancellable_cancel (shown->cancellable);
}

static void
on_frame_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, &error) : NULL;
  g_autoptr (GdkTexture) texture = NULL;
  Shown *shown = get_shown (window);

  if (is_closed (shown))
    return;
  if (raster == NULL)
    {
      fail (shown, error);
      return;
    }
  texture = imp_preview_texture (raster, 0);
  gtk_picture_set_paintable (GTK_PICTURE (shown->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_sensitive (shown->full_size, TRUE);
  gtk_stack_set_visible_child_name (GTK_STACK (shown->stack), "picture");
}

static void
on_opened (GObject *gate, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSource) source = imp_gate_open_evidence_finish (IMP_GATE (gate), result, &error);
  Shown *shown = get_shown (window);

  if (is_closed (shown))
    return;
  if (source == NULL)
    fail (shown, error);
  else
    imp_source_load_frame_async (source, 0, 0, shown->cancellable, on_frame_loaded,
                                 g_object_ref (window));
}

/* A few lines of text, read at once. */
static void
show_signature (Shown *shown, ImpGate *gate, const ImpAttachment *attachment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      imp_register_read_evidence (imp_gate_get_register (gate), attachment->id, &error);
  GtkWidget *pad = bytes != NULL ? imp_signature_pad_new_shown (bytes, &error) : NULL;

  gtk_widget_set_visible (shown->full_size, FALSE);
  if (pad == NULL)
    {
      fail (shown, error);
      return;
    }
  gtk_widget_set_valign (pad, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (shown->stack), pad, "signature");
  gtk_stack_set_visible_child_name (GTK_STACK (shown->stack), "signature");
}

static gboolean
on_escape (GtkWidget *window, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
on_full_size_toggled (GtkToggleButton *button, GtkWidget *window)
{
  gtk_picture_set_can_shrink (GTK_PICTURE (get_shown (window)->picture),
                              !gtk_toggle_button_get_active (button));
}

static GtkWidget *
build_stack (Shown *shown)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  shown->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (shown->stack, TRUE);
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Opening the scan"), -1);
  gtk_stack_add_named (GTK_STACK (shown->stack), spinner, "busy");
  shown->picture = gtk_picture_new ();
  gtk_picture_set_alternative_text (GTK_PICTURE (shown->picture), _ ("The scan"));
  gtk_widget_add_css_class (scroller, "picture-field");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), shown->picture);
  imp_widgets_set_name (scroller, _ ("The scan"));
  gtk_stack_add_named (GTK_STACK (shown->stack), scroller, "picture");
  shown->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_widget_set_valign (GTK_WIDGET (shown->failure), GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (shown->stack), GTK_WIDGET (shown->failure), "failure");
  imp_widgets_hide_unseen (shown->stack);
  return shown->stack;
}

static GtkWidget *
build_header (Shown *shown, GtkWidget *window)
{
  GtkWidget *header = adw_header_bar_new ();

  shown->full_size = gtk_toggle_button_new_with_label (_ ("Full size"));
  gtk_widget_set_sensitive (shown->full_size, FALSE);
  g_signal_connect (shown->full_size, "toggled", G_CALLBACK (on_full_size_toggled), window);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), shown->full_size);
  return header;
}

/**
 * imp_evidence_window_open:
 * @parent: a widget of the window that it belongs to
 * @gate: the gate
 * @attachment: a scan kept as a picture, or a signature
 *
 * Opens a window with it, not modal; Escape closes it. The picture is decoded in the sandboxed
 * helper and does not leave the program.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
imp_evidence_window_open (GtkWidget *parent, ImpGate *gate, const ImpAttachment *attachment)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Shown *shown = g_new0 (Shown, 1);

  shown->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (box), build_header (shown, window));
  gtk_box_append (GTK_BOX (box), build_stack (shown));
  g_object_set_data_full (G_OBJECT (window), "imp-shown", shown, shown_free);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroyed), shown);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Evidence"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 560);
  gtk_window_set_transient_for (GTK_WINDOW (window), imp_widgets_get_window (parent));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
  if (g_str_has_prefix (attachment->media_type, "image/"))
    imp_gate_open_evidence_async (gate, attachment->id, shown->cancellable, on_opened,
                                  g_object_ref (window));
  else
    show_signature (shown, gate, attachment);
  return GTK_WINDOW (window);
}
