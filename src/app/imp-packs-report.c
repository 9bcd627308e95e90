#include "imp-packs-report.h"

#include <glib/gi18n.h>

#include "imp-decision-words.h"
#include "imp-keeping-parts.h"
#include "imp-what-if.h"
#include "imp-widgets.h"
#include "imp-words.h"

static const char *
name_outcome (const char *outcome)
{
  static const char *const NAMES[][2] = {
    { "allow", N_ ("allowed") },
    { "confirm", N_ ("allowed with a confirmation") },
    { "second-person", N_ ("allowed with a second person") },
    { "refuse", N_ ("refused") },
  };

  for (gsize i = 0; outcome != NULL && i < G_N_ELEMENTS (NAMES); i++)
    if (g_str_equal (NAMES[i][0], outcome))
      return _ (NAMES[i][1]);
  return _ ("not known");
}

static char *
name_rules (char **rules)
{
  GString *names = g_string_new (NULL);

  for (gsize i = 0; rules != NULL && rules[i] != NULL; i++)
    {
      g_autofree char *name = imp_decision_words_rule (rules[i]);

      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  return g_string_free (names, FALSE);
}

static GtkWidget *
new_row (const ImpWhatIf *what_if)
{
  g_autofree char *day = imp_words_date (what_if->at);
  g_autofree char *title = g_strdup_printf (
      "%s · %s",
      what_if->destination != NULL ? imp_words_destination (what_if->destination) : _ ("An export"),
      day);
  g_autofree char *by = name_rules (what_if->refused_by);
  g_autofree char *subtitle =
      what_if->then == NULL
          ? g_strdup (_ ("Cannot be judged again: the ledger did not keep enough of it then"))
          : g_strdup_printf (_ ("Then %s, now %s: %s"), name_outcome (what_if->then),
                             name_outcome (what_if->now), by);

  return imp_keeping_new_row (title, subtitle);
}

/**
 * imp_packs_report_fill:
 * @rows: a list, which is emptied first
 * @report: (element-type ImpWhatIf): past exports, judged by another pack
 *
 * Lists those that would not have left as they did, and those that cannot be judged again.
 *
 * Returns: (transfer full): all of it in a sentence
 */
char *
imp_packs_report_fill (GtkListBox *rows, GPtrArray *report)
{
  guint n_stricter = 0;
  guint n_unknown = 0;

  imp_widgets_clear (GTK_WIDGET (rows));
  for (guint i = 0; i < report->len; i++)
    {
      const ImpWhatIf *what_if = g_ptr_array_index (report, i);

      n_stricter += what_if->stricter;
      n_unknown += what_if->then == NULL;
      if (what_if->stricter || what_if->then == NULL)
        gtk_list_box_append (rows, new_row (what_if));
    }
  return g_strdup_printf (g_dngettext (NULL,
                                       "%u past export: %u would not have left as it did, %u "
                                       "cannot be judged again.",
                                       "%u past exports: %u would not have left as they did, %u "
                                       "cannot be judged again.",
                                       report->len),
                          report->len, n_stricter, n_unknown);
}
