#include "imp-person-card.h"

#include <glib/gi18n.h>

#include "imp-widgets.h"
#include "imp-words.h"

/**
 * imp_person_card_summary:
 * @person: a person
 *
 * Returns: (transfer full): "H204417 · born 12 Mar 1961 · died"
 */
char *
imp_person_card_summary (const ImpPerson *person)
{
  g_autofree char *born = imp_words_date (person->born);
  GString *text =
      g_string_new (person->hospital_number == NULL ? _ ("no number") : person->hospital_number);

  if (born != NULL)
    g_string_append_printf (text, _ (" · born %s"), born);
  if (g_strcmp0 (person->died, "unknown") == 0)
    g_string_append (text, _ (" · has died"));
  else if (person->died != NULL)
    {
      g_autofree char *died = imp_words_date (person->died);

      g_string_append_printf (text, _ (" · died %s"), died);
    }
  return g_string_free (text, FALSE);
}

/**
 * imp_person_card_new:
 * @person: a person
 *
 * Returns: (transfer floating): the name, and under it number, birth and death
 */
GtkWidget *
imp_person_card_new (const ImpPerson *person)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *summary = imp_person_card_summary (person);
  GtkWidget *line = imp_widgets_label (summary, "numeric");

  gtk_box_append (
      GTK_BOX (box),
      imp_widgets_label (person->name == NULL ? _ ("No name on record") : person->name, "heading"));
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (GTK_BOX (box), line);
  return box;
}
