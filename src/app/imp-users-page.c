#include "imp-users-page.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-role-words.h"
#include "imp-user-window.h"
#include "imp-user-work.h"
#include "imp-widgets.h"

struct _ImpUsersPage
{
  AdwPreferencesPage parent_instance;

  /* Children */
  ImpNotice *notice;
  GtkWidget *users; /* AdwPreferencesGroup */
  GtkWidget *add_button;
  GtkWidget *lock; /* AdwPreferencesGroup */
  GtkWidget *minutes;
  GPtrArray *rows; /* of users, which the group owns */

  /* Owned references */
  ImpGate *gate;
  ImpUserRoll *roll;

  guint saving; /* timeout */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpUsersPage, imp_users_page, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load (ImpUsersPage *self);

static void
on_done (ImpUsersPage *self)
{
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
open_window (ImpUsersPage *self, ImpUserAct act, const char *user_id)
{
  const ImpUser *user =
      user_id != NULL && self->roll != NULL ? imp_user_roll_find (self->roll, user_id) : NULL;
  GtkWidget *window = NULL;

  if (self->roll == NULL || self->gate == NULL || (user == NULL && act != IMP_USER_ADD))
    return;
  window = imp_user_window_new (self->gate, self->roll, act, user);
  gtk_window_set_transient_for (GTK_WINDOW (window), imp_widgets_get_window (GTK_WIDGET (self)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  g_signal_connect_object (window, "changed", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_window (IMP_USERS_PAGE (widget), IMP_USER_ADD, NULL);
}

static void
act_change (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_window (IMP_USERS_PAGE (widget), IMP_USER_CHANGE, g_variant_get_string (parameter, NULL));
}

static void
act_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_window (IMP_USERS_PAGE (widget), IMP_USER_REMOVE, g_variant_get_string (parameter, NULL));
}

static void
act_reset_pin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_window (IMP_USERS_PAGE (widget), IMP_USER_RESET_PIN, g_variant_get_string (parameter, NULL));
}

/* ---- what is shown ---- */

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
new_menu_button (ImpUsersPage *self, const ImpUser *user)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = g_strdup_printf (_ ("Change, remove or help: %s"), user->name);
  gboolean is_me = self->roll->me != NULL && g_strcmp0 (self->roll->me->id, user->id) == 0;

  if (self->roll->refusal == NULL)
    add_item (menu, _ ("_Change name and roles…"), "users.change", user->id);
  if (!is_me)
    add_item (menu, _ ("Set a new _PIN…"), "users.reset-pin", user->id);
  if (self->roll->refusal == NULL)
    add_item (menu, _ ("_Remove…"), "users.remove", user->id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  imp_widgets_set_name (button, name);
  return button;
}

/* Who lost the only PIN is not signed in, and is helped all the same. */
static gboolean
may_change (ImpUsersPage *self)
{
  return self->roll->refusal == NULL
         || (self->roll->me == NULL && imp_user_roll_count (self->roll, 0) == 1);
}

static void
add_row (ImpUsersPage *self, const ImpUser *user)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *roles = imp_role_words_describe (user);
  gboolean is_me = self->roll->me != NULL && g_strcmp0 (self->roll->me->id, user->id) == 0;
  g_autofree char *title =
      is_me ? g_strdup_printf (_ ("%s (you)"), user->name) : g_strdup (user->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), roles);
  gtk_widget_set_focusable (row, FALSE);
  if (!user->active)
    gtk_widget_add_css_class (row, "dim-label");
  else if (may_change (self))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_menu_button (self, user));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->users), row);
  g_ptr_array_add (self->rows, row);
}

static char *
name_keepers (ImpUsersPage *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->roll->users->len; i++)
    {
      const ImpUser *user = g_ptr_array_index (self->roll->users, i);

      if (user->active && (user->roles & IMP_ROLE_KEEPER) != 0)
        g_ptr_array_add (names, user->name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

/* What there is to do next, before anybody asks. */
static char *
advise (ImpUsersPage *self)
{
  guint n_users = imp_user_roll_count (self->roll, 0);
  g_autofree char *keepers = name_keepers (self);

  if (!self->roll->any)
    return g_strdup (_ ("There are no users yet: whoever opens the register does everything but "
                        "what takes a second person, which is refused. Add yourself first; after "
                        "that everybody signs in."));
  if (self->roll->me == NULL)
    return g_strdup (_ ("Nobody is signed in. A keeper signs in to change users."));
  if (self->roll->refusal != NULL)
    return g_strdup_printf (_ ("Only a keeper makes and changes users. Ask: %s"), keepers);
  if (n_users == 1)
    return g_strdup (_ ("You are the only user. Add a second one, who can decide as the second "
                        "person, and with whom you can add and change users from then on."));
  if (n_users == 2 || imp_user_roll_count (self->roll, IMP_ROLE_KEEPER) == 1)
    return g_strdup (_ ("Better have three users and two keepers: then there is always a second "
                        "person, also for a PIN that was lost."));
  if (imp_user_roll_count (self->roll, IMP_ROLE_APPROVER) == 0)
    return g_strdup (_ ("Nobody is an approver: what takes a second person is refused."));
  return NULL;
}

static void
show (ImpUsersPage *self)
{
  g_autofree char *advice = advise (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->users),
                                  g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->roll->users->len; i++)
    add_row (self, g_ptr_array_index (self->roll->users, i));
  gtk_widget_set_visible (self->add_button, !self->roll->any || self->roll->refusal == NULL);
  gtk_widget_set_visible (self->lock, self->roll->refusal == NULL);
  self->updating = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->minutes), self->roll->idle_minutes);
  self->updating = FALSE;
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, advice);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUsersPage) self = IMP_USERS_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUserRoll) roll = imp_user_work_load_finish (result, &error);

  if (self->gate != IMP_GATE (source))
    return;
  if (roll == NULL)
    {
      imp_notice_show_error (self->notice, error);
      return;
    }
  g_clear_pointer (&self->roll, imp_user_roll_free);
  self->roll = g_steal_pointer (&roll);
  show (self);
}

static void
load (ImpUsersPage *self)
{
  if (self->gate != NULL)
    imp_user_work_load_async (self->gate, NULL, on_loaded, g_object_ref (self));
}

static void
on_minutes_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUsersPage) self = IMP_USERS_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (imp_user_work_set_idle_finish (result, &error))
    g_signal_emit (self, signals[CHANGED], 0);
  else
    imp_notice_show_error (self->notice, error);
}

static gboolean
save_minutes (gpointer user_data)
{
  ImpUsersPage *self = user_data;

  self->saving = 0;
  if (self->gate != NULL)
    imp_user_work_set_idle_async (
        self->gate, (guint)gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minutes)),
        on_minutes_saved, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Written once it is turned no further. */
static void
on_minutes (ImpUsersPage *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->saving, g_source_remove);
  self->saving = g_timeout_add (500, save_minutes, self);
}

/* What was turned just before the page is left; while it is disposed of, nothing may hold it. */
static void
imp_users_page_unmap (GtkWidget *widget)
{
  ImpUsersPage *self = IMP_USERS_PAGE (widget);

  GTK_WIDGET_CLASS (imp_users_page_parent_class)->unmap (widget);
  if (self->saving == 0)
    return;
  g_clear_handle_id (&self->saving, g_source_remove);
  save_minutes (self);
}

static void
imp_users_page_dispose (GObject *object)
{
  ImpUsersPage *self = IMP_USERS_PAGE (object);

  g_clear_handle_id (&self->saving, g_source_remove);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->roll, imp_user_roll_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (imp_users_page_parent_class)->dispose (object);
}

static void
imp_users_page_class_init (ImpUsersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_users_page_dispose;
  widget_class->unmap = imp_users_page_unmap;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "users.add", NULL, act_add);
  gtk_widget_class_install_action (widget_class, "users.change", "s", act_change);
  gtk_widget_class_install_action (widget_class, "users.remove", "s", act_remove);
  gtk_widget_class_install_action (widget_class, "users.reset-pin", "s", act_reset_pin);
}

static void
build_lock (ImpUsersPage *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->lock = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->lock), _ ("When nobody is there"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Lock after minutes without input"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Who was there is signed out; boxes on the desk stay."));
  self->minutes = gtk_spin_button_new_with_range (1, 240, 1);
  gtk_widget_set_valign (self->minutes, GTK_ALIGN_CENTER);
  imp_widgets_set_name (self->minutes, _ ("Minutes without input"));
  g_signal_connect_swapped (self->minutes, "value-changed", G_CALLBACK (on_minutes), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->minutes);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->lock), row);
}

static void
imp_users_page_init (ImpUsersPage *self)
{
  GtkWidget *top = adw_preferences_group_new ();

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Users"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "system-users-symbolic");
  self->rows = g_ptr_array_new ();
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (top), GTK_WIDGET (self->notice));
  self->users = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->users), _ ("Users"));
  self->add_button = gtk_button_new_with_label (_ ("Add a user…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "users.add");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->add_button, FALSE);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->users), self->add_button);
  build_lock (self);
  gtk_widget_set_visible (self->lock, FALSE); /* until it is known who asks */
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (top));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->users));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->lock));
}

/**
 * imp_users_page_new:
 *
 * Returns: (transfer floating): the page, without a gate
 */
GtkWidget *
imp_users_page_new (void)
{
  return g_object_new (IMP_TYPE_USERS_PAGE, NULL);
}

/**
 * imp_users_page_set_gate:
 * @self: the page
 * @gate: (nullable): the gate, also where nobody is signed in; %NULL while the register is locked
 */
void
imp_users_page_set_gate (ImpUsersPage *self, ImpGate *gate)
{
  if (!g_set_object (&self->gate, gate))
    return;
  g_clear_pointer (&self->roll, imp_user_roll_free);
  load (self);
}
