#include "imp-person-row.h"

#include <glib/gi18n.h>

#include "imp-person-card.h"
#include "imp-widgets.h"

struct _ImpPersonRow
{
  GtkListBoxRow parent_instance;

  char *id;
};

G_DEFINE_FINAL_TYPE (ImpPersonRow, imp_person_row, GTK_TYPE_LIST_BOX_ROW)

static void
imp_person_row_finalize (GObject *object)
{
  g_free (IMP_PERSON_ROW (object)->id);
  G_OBJECT_CLASS (imp_person_row_parent_class)->finalize (object);
}

static void
imp_person_row_class_init (ImpPersonRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_person_row_finalize;
}

static void
imp_person_row_init (ImpPersonRow *self)
{
}

/**
 * imp_person_row_new:
 * @found: who was found
 *
 * Returns: (transfer floating): a row with name, number, birth, why it was found, and a sign where
 *   the person has said no
 */
GtkWidget *
imp_person_row_new (const ImpFound *found)
{
  const ImpPerson *person = found->person;
  ImpPersonRow *self = g_object_new (IMP_TYPE_PERSON_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *card = imp_person_card_new (person);
  g_autofree char *summary = imp_person_card_summary (person);
  g_autofree char *name =
      g_strdup_printf ("%s, %s%s", person->name == NULL ? _ ("No name on record") : person->name,
                       summary, person->objects ? _ (", has said no") : "");

  self->id = g_strdup (person->id);
  gtk_widget_set_hexpand (card, TRUE);
  if (found->match != IMP_MATCH_RECENT)
    {
      g_autofree char *why = imp_found_explain (found);
      GtkWidget *label = imp_widgets_label (why, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (card), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      why, -1);
    }
  gtk_box_append (GTK_BOX (box), card);
  if (person->objects)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("action-unavailable-symbolic");

      gtk_widget_add_css_class (icon, "denied");
      gtk_widget_set_tooltip_text (icon, _ ("Has said no"));
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/**
 * imp_person_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none): the person's random id
 */
const char *
imp_person_row_get_id (ImpPersonRow *self)
{
  return self->id;
}
