#include "imp-help-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-gate-work.h"
#include "imp-notice.h"
#include "imp-references.h"
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
        "Your own site's policies are kept in the register as PDF.") },
  { N_ ("When it may not leave"), N_ ("Every refusal names its rule and what would lift it. “Not "
                                      "sure” is a good answer: it stops "
                                      "the export until somebody is sure.") },
};

/* ---- the policy in force ---- */

typedef struct
{
  GtkWidget *box; /* weak: the window may be gone before the answer */
  GtkWidget *title;
  GtkWidget *rows;
  ImpNotice *review;
} Sources;

static void
sources_free (Sources *sources)
{
  g_clear_weak_pointer (&sources->box);
  g_free (sources);
}

static void
info_clear (gpointer data)
{
  g_clear_pointer ((ImpPackInfo **)data, imp_pack_info_free);
  g_free (data);
}

static gboolean
read_pack (ImpGate *gate, gpointer data, GError **error)
{
  g_autoptr (GVariant) rows = NULL;

  *(ImpPackInfo **)data = imp_gate_describe_pack_sync (gate, NULL, &rows, error);
  return *(ImpPackInfo **)data != NULL;
}

static void
on_pack_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sources *sources = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = imp_gate_work_finish (result, &error);
  g_autofree char *review = NULL;

  if (sources->box != NULL && done)
    {
      const ImpPackInfo *info = *(ImpPackInfo **)imp_gate_work_get_data (result);

      review = imp_references_describe_review (info);
      gtk_label_set_label (GTK_LABEL (sources->title), info->title);
      imp_references_show (sources->rows, info);
      gtk_widget_set_visible (sources->rows, TRUE);
      imp_notice_set (sources->review, IMP_NOTICE_WARNING, review);
    }
  else if (sources->box != NULL)
    {
      gtk_widget_set_visible (sources->title, FALSE);
      imp_notice_show_error (sources->review, error);
    }
  sources_free (sources);
}

/* The sources as they stand in the pack that decides, and not as this text remembers them. */
static GtkWidget *
build_sources (ImpGate *gate)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Sources *sources = g_new0 (Sources, 1);

  g_set_weak_pointer (&sources->box, section);
  sources->title = imp_widgets_label (
      gate != NULL
          ? _ ("Reading the policy…")
          : _ ("The policy in force, and the guidance that it follows, are shown here once "
               "the register is unlocked."),
      NULL);
  sources->review = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  sources->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (sources->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (sources->rows, "boxed-list");
  imp_widgets_set_name (sources->rows, _ ("What the policy follows"));
  gtk_widget_set_visible (sources->rows, FALSE);
  gtk_box_append (GTK_BOX (section), imp_widgets_label (_ ("The policy in force"), "heading"));
  gtk_box_append (GTK_BOX (section), sources->title);
  gtk_box_append (GTK_BOX (section), GTK_WIDGET (sources->review));
  gtk_box_append (GTK_BOX (section), sources->rows);
  if (gate != NULL)
    imp_gate_work_async (gate, read_pack, g_new0 (ImpPackInfo *, 1), info_clear, on_pack_read,
                         sources);
  else
    sources_free (sources);
  return section;
}

/* ---- the window ---- */

static gboolean
on_escape (GtkWidget *window, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static GtkWidget *
build_text (ImpGate *gate)
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
  gtk_box_append (GTK_BOX (box), build_sources (gate));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

/**
 * imp_help_window_show:
 * @parent: the window that it belongs to
 * @gate: (nullable): the gate, whose policy is described; %NULL while the register is locked
 *
 * Opens the help in a window of its own, which does not block; Escape closes it.
 */
void
imp_help_window_show (GtkWindow *parent, ImpGate *gate)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  adw_clamp_set_child (ADW_CLAMP (clamp), build_text (gate));
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
