#include "imp-new-pin.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-widgets.h"

struct _ImpNewPin
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *group;
  GtkWidget *first; /* AdwPasswordEntryRow */
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (ImpNewPin, imp_new_pin, GTK_TYPE_WIDGET)

static void
imp_new_pin_dispose (GObject *object)
{
  g_clear_pointer (&IMP_NEW_PIN (object)->group, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_new_pin_parent_class)->dispose (object);
}

static void
imp_new_pin_class_init (ImpNewPinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_new_pin_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_new_pin_init (ImpNewPin *self)
{
}

static GtkWidget *
add_row (ImpNewPin *self, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  imp_widgets_set_name (row, title);
  imp_compat_name_buttons (row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  return row;
}

/**
 * imp_new_pin_new:
 * @title: whose PIN it is
 *
 * Returns: (transfer floating): two empty entries
 */
GtkWidget *
imp_new_pin_new (const char *title)
{
  ImpNewPin *self = g_object_new (IMP_TYPE_NEW_PIN, NULL);

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), title);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->group),
      _ ("Six characters or more, of any kind; longer is better. Nobody else should see it typed, "
         "not even a keeper."));
  self->first = add_row (self, _ ("New PIN"));
  self->again = add_row (self, _ ("The new PIN once more"));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * imp_new_pin_take:
 * @self: the entries
 * @name: (nullable): whose it is
 * @missing: (out): what is not right yet
 *
 * Takes a copy of the PIN, where it is the same twice.
 *
 * Returns: (transfer full) (nullable): it, or %NULL
 */
ImpSecond *
imp_new_pin_take (ImpNewPin *self, const char *name, const char **missing)
{
  const char *first = gtk_editable_get_text (GTK_EDITABLE (self->first));
  const char *again = gtk_editable_get_text (GTK_EDITABLE (self->again));
  ImpSecond *pin = NULL;

  if (first[0] == '\0')
    *missing = _ ("Type the new PIN first.");
  else if (!g_str_equal (first, again))
    *missing = _ ("The two PINs differ. Type the same one twice.");
  else
    pin = imp_second_new (name, first);
  imp_widgets_set_error (self->first, pin == NULL);
  if (pin == NULL)
    gtk_widget_grab_focus (self->first);
  return pin;
}

/**
 * imp_new_pin_clear:
 * @self: the entries
 *
 * Empties both.
 */
void
imp_new_pin_clear (ImpNewPin *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->first), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again), "");
}
