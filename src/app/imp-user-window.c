#include "imp-user-window.h"

#include <glib/gi18n.h>

#include "imp-new-pin.h"
#include "imp-notice.h"
#include "imp-role-words.h"
#include "imp-second-row.h"
#include "imp-widgets.h"

static const guint ROLES[] = { IMP_ROLE_OPERATOR, IMP_ROLE_KEEPER, IMP_ROLE_APPROVER,
                               IMP_ROLE_AUDITOR };
static const char *const AUTHORITIES[] = { "", "consultant", "ig-lead", "guardian", NULL };

struct _ImpUserWindow
{
  AdwWindow parent_instance;

  /* Children */
  GtkWidget *scroller;
  GtkWidget *content;
  GtkWidget *name_row;                           /* nullable */
  GtkWidget *role_buttons[G_N_ELEMENTS (ROLES)]; /* nullable */
  GtkWidget *authority_row;                      /* nullable */
  GtkWidget *fresh;                              /* ImpNewPin, nullable */
  GtkWidget *second;                             /* ImpSecondRow, nullable */
  ImpNotice *notice;
  GtkWidget *button;

  /* Owned references */
  ImpGate *gate;
  char *user_id;        /* nullable */
  ImpSecond *first_pin; /* nullable: of the first user, who is signed in with it at once */

  ImpUserAct act;
  gboolean is_first;
  gboolean working;
};

G_DEFINE_FINAL_TYPE (ImpUserWindow, imp_user_window, ADW_TYPE_WINDOW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is wrong stands at the top, and is brought into view. */
static void
say (ImpUserWindow *self, ImpNoticeKind kind, const char *text)
{
  imp_notice_set (self->notice, kind, text);
  if (text != NULL)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
finish (ImpUserWindow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Without an error to show: who could not be signed in is asked again on the page for that. */
static void
on_first_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUserWindow) self = IMP_USER_WINDOW (user_data);

  imp_gate_sign_in_finish (IMP_GATE (source), result, NULL);
  finish (self);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUserWindow) self = IMP_USER_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpUser) user = imp_gate_change_user_finish (IMP_GATE (source), result, &error);
  g_autoptr (ImpSecond) first_pin = g_steal_pointer (&self->first_pin);

  if (user == NULL)
    {
      self->working = FALSE;
      gtk_widget_set_sensitive (self->button, TRUE);
      say (self, IMP_NOTICE_ERROR, error->message);
      if (self->second != NULL)
        imp_second_row_clear (IMP_SECOND_ROW (self->second));
    }
  else if (first_pin != NULL)
    imp_gate_sign_in_async (IMP_GATE (source), first_pin, NULL, on_first_signed_in,
                            g_object_ref (self));
  else
    finish (self);
}

static guint
get_roles (ImpUserWindow *self)
{
  guint roles = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    if (self->role_buttons[i] != NULL
        && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->role_buttons[i])))
      roles |= ROLES[i];
  return roles;
}

static const char *
get_authority (ImpUserWindow *self)
{
  if (self->authority_row == NULL)
    return NULL;
  return (get_roles (self) & IMP_ROLE_APPROVER) != 0
             ? AUTHORITIES[adw_combo_row_get_selected (ADW_COMBO_ROW (self->authority_row))]
             : "";
}

/* Marks what is missing. */
static gboolean
take (ImpUserWindow *self, const char *name, ImpSecond **second, ImpSecond **fresh,
      const char **missing)
{
  if (self->name_row != NULL)
    imp_widgets_set_error (self->name_row, name == NULL);
  if (self->name_row != NULL && name == NULL)
    {
      *missing = _ ("Type a name first.");
      gtk_widget_grab_focus (self->name_row);
      return FALSE;
    }
  if (self->role_buttons[0] != NULL && get_roles (self) == 0)
    {
      *missing = _ ("Choose a role first: without one a user can do nothing.");
      gtk_widget_grab_focus (self->role_buttons[0]);
      return FALSE;
    }
  if (self->fresh != NULL)
    {
      *fresh = imp_new_pin_take (IMP_NEW_PIN (self->fresh), name, missing);
      if (*fresh == NULL)
        return FALSE;
    }
  if (self->second != NULL)
    *second = imp_second_row_take (IMP_SECOND_ROW (self->second), missing);
  return self->second == NULL || *second != NULL;
}

static void
act_go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpUserWindow *self = IMP_USER_WINDOW (widget);
  g_autofree char *name = self->name_row != NULL ? imp_widgets_get_text (self->name_row) : NULL;
  const char *missing = NULL;
  g_autoptr (ImpSecond) second = NULL;
  g_autoptr (ImpSecond) fresh = NULL;
  ImpUserChange change = { self->act, self->user_id, name, get_roles (self), get_authority (self) };
  gboolean whole = FALSE;

  if (self->working)
    return;
  whole = take (self, name, &second, &fresh, &missing);
  say (self, IMP_NOTICE_WARNING, missing);
  if (!whole)
    return;
  if (self->is_first)
    self->first_pin = imp_second_copy (fresh);
  self->working = TRUE;
  gtk_widget_set_sensitive (self->button, FALSE);
  say (self, IMP_NOTICE_INFORMATION, _ ("Signing and writing it…"));
  imp_gate_change_user_async (self->gate, &change, second, fresh, NULL, on_changed,
                              g_object_ref (self));
}

/* What was missing may be there now. */
static void
on_edited (ImpUserWindow *self)
{
  if (!self->working)
    say (self, IMP_NOTICE_WARNING, NULL);
}

static void
on_roles_toggled (ImpUserWindow *self)
{
  on_edited (self);
  gtk_widget_set_visible (self->authority_row, (get_roles (self) & IMP_ROLE_APPROVER) != 0);
}

static void
imp_user_window_dispose (GObject *object)
{
  ImpUserWindow *self = IMP_USER_WINDOW (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->first_pin, imp_second_free);
  G_OBJECT_CLASS (imp_user_window_parent_class)->dispose (object);
}

static void
imp_user_window_class_init (ImpUserWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_user_window_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "user.go", NULL, act_go);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
imp_user_window_init (ImpUserWindow *self)
{
}

/* ---- what is asked ---- */

static void
add_roles (ImpUserWindow *self, const ImpUser *user)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("What they may do"));
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      gboolean kept = self->is_first && ROLES[i] == IMP_ROLE_KEEPER;

      self->role_buttons[i] = gtk_check_button_new ();
      imp_widgets_set_name (self->role_buttons[i], imp_role_words_name (ROLES[i]));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->role_buttons[i]),
                                   kept || (user != NULL && (user->roles & ROLES[i]) != 0));
      gtk_widget_set_sensitive (self->role_buttons[i], !kept);
      g_signal_connect_swapped (self->role_buttons[i], "toggled", G_CALLBACK (on_roles_toggled),
                                self);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), imp_role_words_name (ROLES[i]));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), imp_role_words_explain (ROLES[i]));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->role_buttons[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->role_buttons[i]);
      gtk_widget_set_focusable (row, FALSE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  self->authority_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->authority_row), _ ("Decides as"));
  imp_widgets_set_name (self->authority_row, _ ("Decides as"));
  for (guint i = 0; AUTHORITIES[i] != NULL; i++)
    gtk_string_list_append (names, imp_role_words_authority (AUTHORITIES[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->authority_row), G_LIST_MODEL (names));
  for (guint i = 0; user != NULL && AUTHORITIES[i] != NULL; i++)
    if (g_strcmp0 (AUTHORITIES[i], user->authority) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->authority_row), i);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->authority_row);
  gtk_box_append (GTK_BOX (self->content), group);
  on_roles_toggled (self);
}

static void
add_name (ImpUserWindow *self, const ImpUser *user)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->name_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row), _ ("Name"));
  imp_widgets_set_name (self->name_row, _ ("Name"));
  if (user != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), user->name);
  g_signal_connect_swapped (self->name_row, "changed", G_CALLBACK (on_edited), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name_row);
  gtk_box_append (GTK_BOX (self->content), group);
}

/* Why it takes whom it takes (docs/accounts.md). */
static const char *
explain (ImpUserAct act, guint n_users)
{
  if (n_users == 0)
    return _ ("The first user makes themselves, alone, and is a keeper. From then on everybody "
              "signs in, and nothing is done for nobody.");
  if (n_users == 1 && act == IMP_USER_ADD)
    return _ ("You make the second user; that person confirms it by typing a PIN of their own "
              "here. From then on every change of users takes two people.");
  if (n_users == 1 && act == IMP_USER_RESET_PIN)
    return _ (
        "There is nobody else to confirm it, so you alone set a new PIN. The ledger says so.");
  if (n_users == 1)
    return _ ("This takes two people, and there is one user: add a second one first.");
  if (n_users == 2 && act == IMP_USER_RESET_PIN)
    return _ ("Nobody else is left to be the second person, so whose PIN it is confirms it by "
              "typing the new one here. The ledger says so.");
  if (act == IMP_USER_RESET_PIN)
    return _ ("This takes two people: you, and another user who is neither you nor whose PIN it "
              "is. The new PIN is typed by whose it is.");
  if (act == IMP_USER_REMOVE)
    return _ ("This takes two people: you, and another user. Who is removed stays named in "
              "history; what they approved, and was not released yet, no longer counts.");
  return _ ("This takes two people: you, and another user, who types name and PIN here.");
}

/* Who may be the second person is the gate's to say; that it is neither of the two is known. */
static void
add_second (ImpUserWindow *self, const ImpUserRoll *roll)
{
  GtkWidget *title = imp_widgets_label (_ ("The second person"), "heading");
  g_autoptr (GPtrArray) users = g_ptr_array_new ();

  for (guint i = 0; i < roll->users->len; i++)
    {
      ImpUser *user = g_ptr_array_index (roll->users, i);

      if (self->act != IMP_USER_RESET_PIN || g_strcmp0 (user->id, self->user_id) != 0)
        g_ptr_array_add (users, user);
    }
  self->second = imp_second_row_new (_ ("Who"), _ ("PIN of the second person"));
  imp_second_row_set_users (IMP_SECOND_ROW (self->second), users, 0,
                            roll->me != NULL ? roll->me->id : NULL);
  gtk_box_append (GTK_BOX (self->content), title);
  gtk_box_append (GTK_BOX (self->content), self->second);
}

static void
fill (ImpUserWindow *self, const ImpUserRoll *roll, const ImpUser *user)
{
  guint n_users = imp_user_roll_count (roll, 0);
  gboolean shows_user = self->act == IMP_USER_ADD || self->act == IMP_USER_CHANGE;
  gboolean takes_pin = self->act == IMP_USER_ADD || self->act == IMP_USER_RESET_PIN;

  gtk_box_append (GTK_BOX (self->content),
                  imp_notice_new (IMP_NOTICE_INFORMATION, explain (self->act, n_users)));
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->notice));
  if (shows_user)
    {
      add_name (self, user);
      add_roles (self, user);
    }
  if (takes_pin)
    {
      self->fresh = imp_new_pin_new (self->act == IMP_USER_ADD ? _ ("Typed by the new person")
                                                               : _ ("Typed by whose PIN it is"));
      gtk_box_append (GTK_BOX (self->content), self->fresh);
    }
  if (n_users > 2 || (n_users == 2 && self->act != IMP_USER_RESET_PIN))
    add_second (self, roll);
}

static const char *
name_button (ImpUserAct act)
{
  switch (act)
    {
    case IMP_USER_ADD:
      return _ ("Add the user");
    case IMP_USER_REMOVE:
      return _ ("Remove the user");
    case IMP_USER_RESET_PIN:
      return _ ("Set the new PIN");
    case IMP_USER_CHANGE:
    default:
      return _ ("Change the user");
    }
}

static char *
make_title (ImpUserAct act, const ImpUser *user)
{
  switch (act)
    {
    case IMP_USER_ADD:
      return g_strdup (_ ("Add a user"));
    case IMP_USER_REMOVE:
      return g_strdup_printf (_ ("Remove %s"), user->name);
    case IMP_USER_RESET_PIN:
      return g_strdup_printf (_ ("New PIN for %s"), user->name);
    case IMP_USER_CHANGE:
    default:
      return g_strdup_printf (_ ("Change %s"), user->name);
    }
}

static void
build (ImpUserWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->scroller = gtk_scrolled_window_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->content, "register-pane");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->content);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_widget_add_css_class (footer, "wizard-footer");
  self->button = gtk_button_new_with_label (name_button (self->act));
  gtk_widget_add_css_class (self->button, self->act == IMP_USER_REMOVE ? "destructive-action"
                                                                       : "suggested-action");
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "user.go");
  gtk_box_append (GTK_BOX (footer), self->button);
  gtk_box_append (GTK_BOX (box), footer);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 600);
}

/**
 * imp_user_window_new:
 * @gate: the gate
 * @roll: the users as they are
 * @act: what is done
 * @user: (nullable): to whom; %NULL to add one
 *
 * Returns: (transfer none): a window, owned by GTK until it is closed
 */
GtkWidget *
imp_user_window_new (ImpGate *gate, const ImpUserRoll *roll, ImpUserAct act, const ImpUser *user)
{
  ImpUserWindow *self = g_object_new (IMP_TYPE_USER_WINDOW, NULL);
  g_autofree char *title = make_title (act, user);

  self->gate = g_object_ref (gate);
  self->act = act;
  self->user_id = user != NULL ? g_strdup (user->id) : NULL;
  self->is_first = act == IMP_USER_ADD && imp_user_roll_count (roll, 0) == 0;
  gtk_window_set_title (GTK_WINDOW (self), title);
  build (self);
  fill (self, roll, user);
  if (self->name_row != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), self->name_row);
  return GTK_WIDGET (self);
}
