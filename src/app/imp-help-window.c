#include "imp-help-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-widgets.h"

static const struct
{
  const char *heading;
  const char *text;
} SECTIONS[] = {
  { N_ ("Why boxes are black"),
    N_ ("What is blurred or pixelated can be worked out again, and so can what shows at the edge "
        "of "
        "a tight cover. Boxes are filled with solid black. Where the file was compressed with "
        "losses they grow: to whole blocks (JPEG), or by 48 to 80 pixels on each side (JPEG 2000, "
        "HEIC, WebP and others, which smear what is covered over its surroundings). The side pane "
        "says by how much.") },
  { N_ ("What leaves"),
    N_ ("Flat pixels only, in a new file without name, date or place. Look at it at full size "
        "before you export. The file that you opened is never changed.") },
  { N_ ("Windows"), N_ ("A grey picture can be seen through several windows (W). It leaves as you "
                        "see it. Where the "
                        "file has none, the contrast comes from what is not covered.") },
  { N_ ("Overlays"),
    N_ ("Some machines store text or drawings beside the picture. They are hidden and do not "
        "leave, "
        "unless you show them (O). Look at each once: what is shown leaves, and has to be covered "
        "where it names anybody.") },
  { N_ ("Frames and pages"), N_ ("The frame that you see leaves, with the same boxes on every "
                                 "frame. A page of a TIFF file is "
                                 "a picture of its own: its boxes stay with it.") },
  { N_ ("What the guidance asks"),
    N_ ("Society of Radiographers: ask whether sharing is right at all; a closed group is public; "
        "what is posted cannot be taken back.\n"
        "Data protection law and the ICO: a picture is anonymous only if nobody could single the "
        "person out, match it with something else, or learn something new from it.\n"
        "HCPC: nothing confidential, and nothing that identifies a service user, on social media.\n"
        "GMC: without a record of consent, a picture in which somebody may be recognised is not "
        "used.\n"
        "Your own site's policies are kept in the register as PDF. The policy in force, its "
        "sources and their dates stand with the register's site settings and in “policy show”.") },
  { N_ ("When it may not leave"), N_ ("Every refusal names its rule and what would lift it. “Not "
                                      "sure” is a good answer: it stops "
                                      "the export until somebody is sure.") },
};

static gboolean
on_escape (GtkWidget *window, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static GtkWidget *
build_text (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  for (guint i = 0; i < G_N_ELEMENTS (SECTIONS); i++)
    {
      GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      GtkWidget *heading = imp_widgets_label (_ (SECTIONS[i].heading), "heading");
      GtkWidget *text = imp_widgets_label (_ (SECTIONS[i].text), NULL);

      gtk_label_set_max_width_chars (GTK_LABEL (text), 60);
      gtk_box_append (GTK_BOX (section), heading);
      gtk_box_append (GTK_BOX (section), text);
      gtk_box_append (GTK_BOX (box), section);
    }
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

/**
 * imp_help_window_show:
 * @parent: the window that it belongs to
 *
 * Opens the help in a window of its own, which does not block; Escape closes it.
 */
void
imp_help_window_show (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), build_text ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 560);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}
