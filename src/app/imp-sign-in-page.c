#include "imp-sign-in-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-second-row.h"
#include "imp-widgets.h"

struct _ImpSignInPage
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *scroller;
  ImpNotice *notice;
  GtkWidget *who; /* ImpSecondRow */
  GtkWidget *button;
  GtkWidget *spinner;
  GtkWidget *forgotten_button;
  ImpNotice *forgotten;
  GtkWidget *reset_button;

  ImpGate *gate; /* owned, nullable */
  guint n_users;
  gboolean working;
};

G_DEFINE_FINAL_TYPE (ImpSignInPage, imp_sign_in_page, GTK_TYPE_WIDGET)

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_working (ImpSignInPage *self, gboolean working)
{
  self->working = working;
  gtk_widget_set_sensitive (self->button, !working);
  gtk_widget_set_visible (self->spinner, working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), working);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpSignInPage) self = IMP_SIGN_IN_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  set_working (self, FALSE);
  if (imp_gate_sign_in_finish (IMP_GATE (source), result, &error))
    {
      if (self->gate == IMP_GATE (source))
        g_signal_emit (self, signals[SIGNED_IN], 0);
      else
        imp_gate_sign_out (IMP_GATE (source)); /* the register was locked meanwhile */
      return;
    }
  imp_notice_set (self->notice, IMP_NOTICE_ERROR, error->message);
  imp_second_row_mark (IMP_SECOND_ROW (self->who));
}

static void
act_sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpSignInPage *self = IMP_SIGN_IN_PAGE (widget);
  const char *missing = NULL;
  g_autoptr (ImpSecond) who = NULL;

  if (self->working || self->gate == NULL)
    return;
  who = imp_second_row_take (IMP_SECOND_ROW (self->who), &missing);
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, missing);
  if (who == NULL)
    return;
  set_working (self, TRUE);
  imp_gate_sign_in_async (self->gate, who, NULL, on_signed_in, g_object_ref (self));
}

static void
on_activated (ImpSecondRow *row, ImpSignInPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.go", NULL);
}

/* What there is to do depends on who is left to confirm it (docs/accounts.md). */
static void
on_forgotten (GtkButton *button, ImpSignInPage *self)
{
  const char *text = NULL;

  if (self->n_users <= 1)
    text = _ ("You are the only user, so nobody else has to be there: set a new PIN. The ledger "
              "says that it was done like this.");
  else if (self->n_users == 2)
    text = _ ("The other user, if a keeper, signs in and opens “Keeping the register…” in the main "
              "menu. There, under “Users”, you type a new PIN yourself.");
  else
    text = _ ("A keeper signs in and opens “Keeping the register…” in the main menu; another user "
              "is there as the second person. There, under “Users”, you type a new PIN yourself.");
  imp_notice_set (self->forgotten, IMP_NOTICE_INFORMATION, text);
  gtk_widget_set_visible (self->reset_button, self->n_users <= 1);
}

static void
imp_sign_in_page_dispose (GObject *object)
{
  ImpSignInPage *self = IMP_SIGN_IN_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_sign_in_page_parent_class)->dispose (object);
}

static void
imp_sign_in_page_class_init (ImpSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "sign-in.go", NULL, act_sign_in);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_buttons (ImpSignInPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *links = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lock = gtk_button_new_with_label (_ ("Lock the register"));

  self->button = gtk_button_new_with_label (_ ("Sign in"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "sign-in.go");
  gtk_box_append (GTK_BOX (box), self->button);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->spinner);
  self->forgotten_button = gtk_button_new_with_label (_ ("My PIN is lost…"));
  gtk_widget_add_css_class (self->forgotten_button, "flat");
  g_signal_connect (self->forgotten_button, "clicked", G_CALLBACK (on_forgotten), self);
  gtk_widget_add_css_class (lock, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (lock), "win.lock");
  gtk_widget_set_halign (links, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (links), self->forgotten_button);
  gtk_box_append (GTK_BOX (links), lock);
  gtk_box_append (GTK_BOX (box), links);
  self->forgotten = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->forgotten));
  self->reset_button = gtk_button_new_with_label (_ ("Set a new PIN…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->reset_button), "win.users");
  gtk_widget_set_halign (self->reset_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->reset_button, FALSE);
  gtk_box_append (GTK_BOX (box), self->reset_button);
  return box;
}

static void
imp_sign_in_page_init (ImpSignInPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *icon = gtk_image_new_from_icon_name ("avatar-default-symbolic");
  GtkWidget *title = gtk_label_new (_ ("Who is at the desk?"));

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 420);
  gtk_widget_set_valign (clamp, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "register-pane");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 64);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_widget_add_css_class (title, "title-2");
  gtk_box_append (GTK_BOX (box), title);
  self->who = imp_second_row_new (_ ("Name"), _ ("PIN"));
  g_signal_connect (self->who, "activated", G_CALLBACK (on_activated), self);
  gtk_box_append (GTK_BOX (box), self->who);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (box), build_buttons (self));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * imp_sign_in_page_new:
 *
 * Returns: (transfer floating): the page, without a gate
 */
GtkWidget *
imp_sign_in_page_new (void)
{
  return g_object_new (IMP_TYPE_SIGN_IN_PAGE, NULL);
}

/**
 * imp_sign_in_page_start:
 * @self: the page
 * @gate: (nullable): the gate; %NULL once it is locked
 * @roll: (nullable): its users
 * @last_id: (nullable): who was signed in here before
 * @why: (nullable): why somebody has to sign in again
 *
 * Asks who is there.
 */
void
imp_sign_in_page_start (ImpSignInPage *self, ImpGate *gate, const ImpUserRoll *roll,
                        const char *last_id, const char *why)
{
  g_set_object (&self->gate, gate);
  imp_second_row_clear (IMP_SECOND_ROW (self->who));
  imp_notice_set (self->forgotten, IMP_NOTICE_INFORMATION, NULL);
  gtk_widget_set_visible (self->reset_button, FALSE);
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, why);
  if (roll == NULL)
    return;
  self->n_users = imp_user_roll_count (roll, 0);
  imp_second_row_set_users (IMP_SECOND_ROW (self->who), roll->users, 0, NULL);
  imp_second_row_choose (IMP_SECOND_ROW (self->who), last_id);
  gtk_widget_child_focus (self->who, GTK_DIR_TAB_FORWARD);
}
