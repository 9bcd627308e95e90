/* The help: what the policy in force follows is read from the register, not remembered. */
#include <adwaita.h>

#include "imp-help-window.h"
#include "ui-support.h"

/* policy.md, sources: what the packs that ship follow, and of which day. */
static const char *const SOURCES[] = {
  "Society and College of Radiographers",
  "article of July 2020 · 13 Jul 2020",
  "ICO guidance on anonymisation",
  "ICO guidance of March 2025 · 28 Mar 2025",
  "HCPC: standards of conduct, performance and ethics",
  "revised standards of 2024 · 1 Sep 2024",
  "GMC: making and using visual and audio recordings of patients",
  "updated March 2013 · 25 Mar 2013",
};

static GtkWidget *
open_help (GtkWidget *parent, ImpGate *gate)
{
  GListModel *windows = gtk_window_get_toplevels ();

  imp_help_window_show (GTK_WINDOW (parent), gate);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window)), "Help") == 0)
        return window;
    }
  g_assert_not_reached ();
}

static void
show_end (GtkWidget *window)
{
  GtkWidget *rows = ui_find (window, GTK_TYPE_LIST_BOX, "What the policy follows");
  GtkAdjustment *scrolled = NULL;

  g_assert_nonnull (rows);
  scrolled = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (rows, GTK_TYPE_SCROLLED_WINDOW)));
  gtk_adjustment_set_value (scrolled, gtk_adjustment_get_upper (scrolled));
  ui_settle (200);
}

static void
test_sources (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = NULL;
  ImpGate *gate = ui_gate_new (&folder);
  GtkWidget *parent = ui_window_new (gtk_label_new (NULL), 1024, 640);
  GtkWidget *window = open_help (parent, gate);

  for (guint i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    ui_wait_for (window, SOURCES[i]);
  g_assert_false (ui_sees (window, "was to be looked at again"));
  g_assert_cmpuint (ui_count_unnamed (window), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));

  imp_register_set_setting (imp_gate_get_register (gate), "policy-review-by", "2020-01-31", &error);
  g_assert_no_error (error);
  window = open_help (parent, gate);
  ui_wait_for (window, "The policy was to be looked at again by 31 Jan 2020");
  show_end (window);
  ui_shot ("help-1-sources");
  gtk_window_destroy (GTK_WINDOW (window));

  /* Closed before the answer: nobody is there to be told. */
  gtk_window_destroy (GTK_WINDOW (open_help (parent, gate)));
  ui_settle (300);
  ui_window_close (parent);
  ui_gate_free (gate, folder);
}

static void
test_locked (void)
{
  GtkWidget *parent = ui_window_new (gtk_label_new (NULL), 1024, 640);
  GtkWidget *window = open_help (parent, NULL);

  ui_wait_for (window, "are shown here once the register is unlocked");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_window_close (parent);
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/article/row-17/help/sources", test_sources);
  g_test_add_func ("/ui/help/locked", test_locked);
  return g_test_run ();
}
