#include "imp-evidence-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-error.h"
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
  GtkWidget *pages; /* of a form with several */
  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *number;
  ImpNotice *warning;
  ImpNotice *failure;
  GCancellable *cancellable;

  ImpGate *gate; /* owned */
  char *id;      /* of the attachment */
  guint page;    /* asked for last, from 0 */
  guint n_pages; /* 0: not known yet */
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_cancellable_cancel (shown->cancellable);
  g_object_unref (shown->cancellable);
  g_clear_object (&shown->gate);
  g_free (shown->id);
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
show_pages (Shown *shown)
{
  g_autofree char *number =
      g_strdup_printf (_ ("Page %u of %u"), shown->page + 1, MAX (shown->n_pages, 1));

  gtk_widget_set_visible (shown->pages, shown->n_pages > 1);
  gtk_widget_set_sensitive (shown->before, shown->page > 0);
  gtk_widget_set_sensitive (shown->after, shown->page + 1 < shown->n_pages);
  gtk_label_set_text (GTK_LABEL (shown->number), number);
  imp_widgets_set_name (shown->picture, number);
}

static void
on_drawn (GObject *gate, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFormPage) page = imp_gate_show_evidence_finish (IMP_GATE (gate), result, &error);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *warnings = NULL;
  Shown *shown = get_shown (window);

  if (is_closed (shown) || g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED)
      || (page != NULL && page->page != shown->page))
    return;
  if (page == NULL)
    {
      fail (shown, error);
      return;
    }
  shown->n_pages = page->n_pages;
  texture = imp_preview_texture (page->raster, 0);
  gtk_picture_set_paintable (GTK_PICTURE (shown->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_sensitive (shown->full_size, TRUE);
  if (page->warnings != NULL && page->warnings[0] != NULL)
    warnings = g_strjoinv ("\n", page->warnings);
  imp_notice_set (shown->warning, IMP_NOTICE_WARNING, warnings);
  show_pages (shown);
  gtk_stack_set_visible_child_name (GTK_STACK (shown->stack), "picture");
}

/* What is still being drawn is not wanted any more. */
static void
draw_page (GtkWidget *window, guint page)
{
  Shown *shown = get_shown (window);

  g_cancellable_cancel (shown->cancellable);
  g_object_unref (shown->cancellable);
  shown->cancellable = g_cancellable_new ();
  shown->page = page;
  gtk_stack_set_visible_child_name (GTK_STACK (shown->stack), "busy");
  imp_gate_show_evidence_async (shown->gate, shown->id, page, shown->cancellable, on_drawn,
                                g_object_ref (window));
}

static gboolean
turn (GtkWidget *window, int by)
{
  Shown *shown = get_shown (window);
  gint64 page = (gint64)shown->page + by;

  if (page < 0 || page >= (gint64)shown->n_pages)
    return FALSE;
  draw_page (window, (guint)page);
  return TRUE;
}

static gboolean
on_turn_key (GtkWidget *window, GVariant *by, gpointer user_data)
{
  return turn (window, g_variant_get_int32 (by));
}

static void
on_before_clicked (GtkWidget *window)
{
  turn (window, -1);
}

static void
on_after_clicked (GtkWidget *window)
{
  turn (window, 1);
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
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
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
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), shown->picture);
  imp_widgets_set_name (scroller, _ ("The scan"));
  shown->warning = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (shown->warning));
  gtk_box_append (GTK_BOX (page), scroller);
  gtk_stack_add_named (GTK_STACK (shown->stack), page, "picture");
  shown->failure = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_widget_set_valign (GTK_WIDGET (shown->failure), GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (shown->stack), GTK_WIDGET (shown->failure), "failure");
  imp_widgets_hide_unseen (shown->stack);
  return shown->stack;
}

static GtkWidget *
build_turner (const char *icon, const char *name, GCallback clicked, GtkWidget *window)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  imp_widgets_set_name (button, name);
  gtk_widget_set_tooltip_text (button, name);
  g_signal_connect_swapped (button, "clicked", clicked, window);
  return button;
}

static GtkWidget *
build_pages (Shown *shown, GtkWidget *window)
{
  shown->pages = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  shown->before = build_turner ("go-previous-symbolic", _ ("Page before"),
                                G_CALLBACK (on_before_clicked), window);
  shown->after =
      build_turner ("go-next-symbolic", _ ("Next page"), G_CALLBACK (on_after_clicked), window);
  shown->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (shown->number, "numeric");
  gtk_box_append (GTK_BOX (shown->pages), shown->before);
  gtk_box_append (GTK_BOX (shown->pages), shown->number);
  gtk_box_append (GTK_BOX (shown->pages), shown->after);
  gtk_widget_set_visible (shown->pages, FALSE);
  return shown->pages;
}

static GtkWidget *
build_header (Shown *shown, GtkWidget *window)
{
  GtkWidget *header = adw_header_bar_new ();

  shown->full_size = gtk_toggle_button_new_with_label (_ ("Full size"));
  gtk_widget_set_sensitive (shown->full_size, FALSE);
  g_signal_connect (shown->full_size, "toggled", G_CALLBACK (on_full_size_toggled), window);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), shown->full_size);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), build_pages (shown, window));
  return header;
}

/* Before the scrolled picture, which has these keys as well. */
static void
add_keys (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  const struct
  {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc act;
    int by;
  } all[] = { { GDK_KEY_Escape, 0, on_escape, 0 },
              { GDK_KEY_Page_Up, GDK_CONTROL_MASK, on_turn_key, -1 },
              { GDK_KEY_Page_Down, GDK_CONTROL_MASK, on_turn_key, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GtkShortcut *shortcut =
          gtk_shortcut_new (gtk_keyval_trigger_new (all[i].key, all[i].modifiers),
                            gtk_callback_action_new (all[i].act, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (all[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, keys);
}

/**
 * imp_evidence_window_open:
 * @parent: a widget of the window that it belongs to
 * @gate: the gate
 * @attachment: a scan, or a signature
 *
 * Opens a window with it, not modal; Escape closes it, Ctrl+Page Down turns the page. What is shown
 * is drawn in a sandboxed helper and does not leave the program.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
imp_evidence_window_open (GtkWidget *parent, ImpGate *gate, const ImpAttachment *attachment)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Shown *shown = g_new0 (Shown, 1);

  shown->gate = g_object_ref (gate);
  shown->id = g_strdup (attachment->id);
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
  add_keys (window);
  gtk_window_present (GTK_WINDOW (window));
  if (g_str_equal (attachment->media_type, "application/x-imprimatur-strokes"))
    show_signature (shown, gate, attachment);
  else
    draw_page (window, 0);
  return GTK_WINDOW (window);
}
