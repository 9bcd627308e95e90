#include "imp-second-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-role-words.h"
#include "imp-widgets.h"

struct _ImpSecondRow
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *group;
  GtkWidget *who; /* AdwComboRow */
  GtkWidget *pin; /* AdwPasswordEntryRow */

  GPtrArray *users; /* ImpUser, in the order of the row after "Choose…" */
};

G_DEFINE_FINAL_TYPE (ImpSecondRow, imp_second_row, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_activated (GtkWidget *row, ImpSecondRow *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static const ImpUser *
get_chosen (ImpSecondRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->who));

  return selected != GTK_INVALID_LIST_POSITION && selected >= 1 && selected <= self->users->len
             ? g_ptr_array_index (self->users, selected - 1)
             : NULL;
}

/* One user's PIN is not tried on another. */
static void
on_chosen (ImpSecondRow *self)
{
  const ImpUser *user = get_chosen (self);
  g_autofree char *roles = user != NULL ? imp_role_words_describe (user) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->who), roles != NULL ? roles : "");
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  imp_widgets_set_error (self->who, FALSE);
}

static void
imp_second_row_dispose (GObject *object)
{
  g_clear_pointer (&IMP_SECOND_ROW (object)->group, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_second_row_parent_class)->dispose (object);
}

static void
imp_second_row_finalize (GObject *object)
{
  g_ptr_array_unref (IMP_SECOND_ROW (object)->users);
  G_OBJECT_CLASS (imp_second_row_parent_class)->finalize (object);
}

static void
imp_second_row_class_init (ImpSecondRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_second_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = imp_second_row_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_second_row_init (ImpSecondRow *self)
{
  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_user_free);
  self->group = adw_preferences_group_new ();
  self->who = adw_combo_row_new ();
  self->pin = adw_password_entry_row_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->who);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->pin);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  g_signal_connect (self->pin, "entry-activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->who, "notify::selected", G_CALLBACK (on_chosen), self);
}

/**
 * imp_second_row_new:
 * @who_title: what the list of users is called
 * @pin_title: what the entry is called
 *
 * Returns: (transfer floating): two rows, without users yet
 */
GtkWidget *
imp_second_row_new (const char *who_title, const char *pin_title)
{
  ImpSecondRow *self = g_object_new (IMP_TYPE_SECOND_ROW, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who), who_title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pin), pin_title);
  imp_widgets_set_name (self->who, who_title);
  imp_widgets_set_name (self->pin, pin_title);
  imp_compat_name_buttons (self->pin);
  return GTK_WIDGET (self);
}

/**
 * imp_second_row_set_users:
 * @self: rows
 * @users: (element-type ImpUser): everybody
 * @roles: #ImpRole flags of which one is needed; 0 for all users
 * @not_id: (nullable): who cannot be chosen
 *
 * Offers who may be chosen; nobody is, unless there is only one.
 */
void
imp_second_row_set_users (ImpSecondRow *self, GPtrArray *users, guint roles, const char *not_id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->users, 0);
  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (users, i);

      if (!user->active || (roles != 0 && (user->roles & roles) == 0)
          || g_strcmp0 (user->id, not_id) == 0)
        continue;
      g_ptr_array_add (self->users, imp_user_copy (user));
      gtk_string_list_append (names, user->name);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->who), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->who), self->users->len == 1 ? 1 : 0);
  on_chosen (self);
}

/**
 * imp_second_row_choose:
 * @self: rows
 * @id: (nullable): a user's id
 *
 * Chooses that user, where they may be chosen.
 */
void
imp_second_row_choose (ImpSecondRow *self, const char *id)
{
  for (guint i = 0; i < self->users->len; i++)
    if (g_strcmp0 (((ImpUser *)g_ptr_array_index (self->users, i))->id, id) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->who), i + 1);
}

/**
 * imp_second_row_get_n_users:
 * @self: rows
 *
 * Returns: how many users may be chosen
 */
guint
imp_second_row_get_n_users (ImpSecondRow *self)
{
  return self->users->len;
}

/**
 * imp_second_row_take:
 * @self: rows
 * @missing: (out) (optional): what is still to be said
 *
 * Takes a copy of name and PIN. Where something is missing, that is marked and gets the focus.
 *
 * Returns: (transfer full) (nullable): both, or %NULL
 */
ImpSecond *
imp_second_row_take (ImpSecondRow *self, const char **missing)
{
  const ImpUser *user = get_chosen (self);
  const char *pin = gtk_editable_get_text (GTK_EDITABLE (self->pin));

  imp_widgets_set_error (self->who, user == NULL);
  imp_widgets_set_error (self->pin, user != NULL && pin[0] == '\0');
  if (user == NULL || pin[0] == '\0')
    {
      if (missing != NULL)
        *missing = user == NULL ? _ ("Choose who it is first.") : _ ("Type the PIN first.");
      gtk_widget_grab_focus (user == NULL ? self->who : self->pin);
      return NULL;
    }
  return imp_second_new (user->name, pin);
}

/**
 * imp_second_row_clear:
 * @self: rows
 *
 * Empties the PIN.
 */
void
imp_second_row_clear (ImpSecondRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  imp_widgets_set_error (self->pin, FALSE);
  imp_widgets_set_error (self->who, FALSE);
}

/**
 * imp_second_row_mark:
 * @self: rows
 *
 * What was typed was not right: it is wiped, and to be typed again.
 */
void
imp_second_row_mark (ImpSecondRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  imp_widgets_set_error (self->pin, TRUE);
  gtk_widget_grab_focus (self->pin);
}
