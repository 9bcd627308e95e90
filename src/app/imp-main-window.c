#include "imp-main-window.h"

#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-desk.h"
#include "imp-find-image-window.h"
#include "imp-keeping-window.h"
#include "imp-pin-window.h"
#include "imp-register-place.h"
#include "imp-screener.h"
#include "imp-status-pill.h"
#include "imp-teaching-place.h"
#include "imp-users-page.h"
#include "imp-widgets.h"
#include "imp-window-settings.h"

/* Opening by the keyring takes a moment: until then nothing is said about a lock. */
#define LOCK_BANNER_DELAY_MS 700

struct _ImpMainWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts; /* for what is told where no picture is in sight */
  AdwToast *toast;         /* owned, nullable: the last one */
  AdwViewStack *places;
  ImpDesk *desk;
  ImpStatusPill *pill;
  GtkToggleButton *side_pane_button;
  GtkRevealer *lock_banner;
  GtkLabel *lock_label;
  GtkButton *lock_button;
  ImpRegisterPlace *register_place;
  ImpTeachingPlace *teaching_place;
  GtkWidget *user_button;
  GtkLabel *user_label;
  GtkWidget *export_button;

  GtkWindow *beside;  /* nullable, not owned: users, or parked cases, of who is signed in */
  ImpStatus status;   /* what the wizard said last */
  char *status_words; /* owned, nullable: in short */
  char *status_text;  /* owned, nullable */
  guint banner_source;
  gboolean closing; /* asked, and may lose what is on the desk */
};

G_DEFINE_FINAL_TYPE (ImpMainWindow, imp_main_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_enabled (ImpMainWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
show_toast (ImpMainWindow *self, const char *sentence)
{
  g_autofree char *text = g_markup_escape_text (sentence, -1);
  AdwToastOverlay *place = self->toasts;
  gboolean has_picture = FALSE;

  g_object_get (self->desk, "has-picture", &has_picture, NULL);
  if (has_picture && g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "desk") == 0)
    place = imp_workbench_get_toasts (imp_desk_get_workbench (self->desk));
  /* What was told before is no longer true, or has been read. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  self->toast = g_object_ref (adw_toast_new (text));
  adw_toast_overlay_add_toast (place, self->toast);
}

/* The button stands out once the picture may leave, and not before. */
static void
show_export (ImpMainWindow *self, ImpRegisterState state)
{
  if (state == IMP_REGISTER_OPEN && imp_desk_get_picture (self->desk) != NULL
      && self->status == IMP_STATUS_SEALED)
    gtk_widget_add_css_class (self->export_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->export_button, "suggested-action");
}

static void
show_status (ImpMainWindow *self)
{
  ImpRegisterState state = IMP_REGISTER_LOCKED;

  /* A window that closes takes its parts away first, and they still tell of it. */
  if (self->desk == NULL || self->pill == NULL || self->register_place == NULL)
    return;
  state = imp_register_place_get_state (self->register_place);
  if (imp_desk_get_picture (self->desk) == NULL)
    imp_status_pill_set (self->pill, IMP_STATUS_LOCKED, _ ("Nothing open"), _ ("Nothing open"));
  else if (state == IMP_REGISTER_ABSENT)
    imp_status_pill_set (self->pill, IMP_STATUS_LOCKED, _ ("No register yet"),
                         _ ("Locked: there is no register yet"));
  else if (state == IMP_REGISTER_SIGNED_OUT)
    imp_status_pill_set (self->pill, IMP_STATUS_LOCKED, _ ("Nobody signed in"),
                         _ ("Locked: nobody is signed in"));
  else if (state == IMP_REGISTER_LOCKED || self->status_text == NULL)
    imp_status_pill_set (self->pill, IMP_STATUS_LOCKED, _ ("Register locked"),
                         _ ("Locked: the register is locked"));
  else
    imp_status_pill_set (self->pill, self->status, self->status_words, self->status_text);
  show_export (self, state);
}

/* ---- the register's lock, and who is here ---- */

static gboolean
on_banner_due (gpointer user_data)
{
  ImpMainWindow *self = user_data;
  const char *text =
      _ ("The consent register is locked. You can cover a picture, but not export it.");
  const char *way_out = _ ("Unlock…");
  ImpRegisterState state = imp_register_place_get_state (self->register_place);

  self->banner_source = 0;
  if (state == IMP_REGISTER_ABSENT)
    {
      text = _ ("There is no consent register yet. You can cover a picture, but not export it.");
      way_out = _ ("Set up…");
    }
  else if (state == IMP_REGISTER_SIGNED_OUT)
    {
      text = _ ("Nobody is signed in. You can cover a picture, but not export it.");
      way_out = _ ("Sign in…");
    }
  gtk_label_set_text (self->lock_label, text);
  gtk_button_set_label (self->lock_button, way_out);
  gtk_revealer_set_reveal_child (self->lock_banner, TRUE);
  return G_SOURCE_REMOVE;
}

static void
show_banner_later (ImpMainWindow *self)
{
  g_clear_handle_id (&self->banner_source, g_source_remove);
  self->banner_source = g_timeout_add (LOCK_BANNER_DELAY_MS, on_banner_due, self);
}

static void
on_opened (ImpMainWindow *self)
{
  ImpGate *gate = imp_register_place_get_unlocked (self->register_place);
  const char *const *sentences = imp_gate_get_recovered (gate);
  const char *heading = imp_gate_get_journal_note (gate) != NULL
                            ? _ ("Register and withdrawals did not agree")
                            : _ ("An export had been cut short");
  g_autofree char *text = NULL;
  GtkWidget *dialog = NULL;

  if (sentences == NULL || sentences[0] == NULL)
    return;
  text = g_strjoinv ("\n\n", (char **)sentences);
  dialog = imp_compat_message_dialog_new (GTK_WINDOW (self), heading, text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_user (ImpMainWindow *self)
{
  const ImpUser *user = imp_register_place_get_user (self->register_place);
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->user_button, user != NULL);
  if (user == NULL)
    return;
  name = g_strdup_printf (_ ("Signed in: %s"), user->name);
  gtk_label_set_label (self->user_label, user->name);
  gtk_label_set_width_chars (self->user_label, (int)MIN (g_utf8_strlen (user->name, -1), 14));
  gtk_widget_set_tooltip_text (self->user_button, name);
  imp_compat_set_name (GTK_ACCESSIBLE (self->user_button), name);
}

/* What was opened for one user is not left open for the next. */
static void
close_beside (ImpMainWindow *self)
{
  if (self->beside != NULL)
    gtk_window_destroy (self->beside);
}

static void
on_state_changed (ImpMainWindow *self)
{
  static const ImpWizardClosed CLOSED[] = {
    [IMP_REGISTER_ABSENT] = IMP_WIZARD_ABSENT,
    [IMP_REGISTER_LOCKED] = IMP_WIZARD_LOCKED,
    [IMP_REGISTER_SIGNED_OUT] = IMP_WIZARD_SIGNED_OUT,
    [IMP_REGISTER_OPEN] = IMP_WIZARD_LOCKED,
  };
  ImpWizard *wizard = imp_workbench_get_wizard (imp_desk_get_workbench (self->desk));
  ImpRegisterState state = imp_register_place_get_state (self->register_place);

  imp_desk_set_gate (self->desk, imp_register_place_get_gate (self->register_place));
  imp_wizard_set_closed (wizard, CLOSED[state]);
  imp_wizard_set_gate (wizard, imp_register_place_get_gate (self->register_place));
  imp_teaching_place_set_gate (self->teaching_place,
                               imp_register_place_get_gate (self->register_place));
  if (state == IMP_REGISTER_OPEN)
    {
      g_clear_handle_id (&self->banner_source, g_source_remove);
      gtk_revealer_set_reveal_child (self->lock_banner, FALSE);
    }
  else
    {
      imp_screener_forget ();
      close_beside (self);
      show_banner_later (self);
    }
  set_enabled (self, "lock", imp_register_place_get_unlocked (self->register_place) != NULL);
  set_enabled (self, "users", imp_register_place_get_unlocked (self->register_place) != NULL);
  set_enabled (self, "keep", state == IMP_REGISTER_OPEN);
  set_enabled (self, "find-image", state == IMP_REGISTER_OPEN);
  show_user (self);
  show_status (self);
}

static void
start_register (ImpMainWindow *self)
{
  imp_register_place_start (self->register_place);
  show_banner_later (self);
}

/* Who asked for a release stays until it is done: it is in their name. */
static gboolean
may_leave (ImpMainWindow *self)
{
  return !imp_wizard_is_busy (imp_workbench_get_wizard (imp_desk_get_workbench (self->desk)));
}

static void
on_idle (ImpMainWindow *self)
{
  guint minutes = imp_register_place_get_idle_minutes (self->register_place);
  g_autofree char *why = g_strdup_printf (
      g_dngettext (NULL, "Nobody used it for %u minute. What was on the desk is still there.",
                   "Nobody used it for %u minutes. What was on the desk is still there.", minutes),
      minutes);

  if (may_leave (self))
    imp_register_place_lock (self->register_place, why);
}

/* ---- verbs ---- */

static void
show_place (ImpMainWindow *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->places, name);
}

/* The keys of the desk are the picture's, or they would do nothing after a look at the register. */
static void
on_place_changed (ImpMainWindow *self)
{
  ImpPicture *picture = imp_desk_get_picture (self->desk);
  gboolean has_picture = FALSE;

  imp_register_place_set_source (self->register_place,
                                 picture != NULL ? imp_picture_get_source (picture) : NULL);
  g_object_get (self->desk, "has-picture", &has_picture, NULL);
  if (has_picture && g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "desk") == 0)
    gtk_widget_grab_focus (
        GTK_WIDGET (imp_workbench_get_canvas (imp_desk_get_workbench (self->desk))));
  else if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "teaching") == 0)
    imp_teaching_place_focus (self->teaching_place);
}

static void
on_register_changed (ImpMainWindow *self)
{
  imp_desk_set_gate (self->desk, imp_register_place_get_gate (self->register_place));
  imp_wizard_set_gate (imp_workbench_get_wizard (imp_desk_get_workbench (self->desk)),
                       imp_register_place_get_gate (self->register_place));
  imp_teaching_place_refresh (self->teaching_place);
}

/* A picture of a session. */
static void
on_open_item (ImpMainWindow *self, ImpCuration *curation, guint index)
{
  show_place (self, "desk");
  imp_desk_work_on (self->desk, curation, index);
}

static void
open_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  show_place (self, "desk");
  imp_desk_choose_file (self->desk);
}

static void
paste_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  show_place (self, "desk");
  imp_desk_paste (self->desk);
}

/* A binding of the window, which is asked last: an entry that has the focus keeps its Ctrl+V. */
static gboolean
on_paste_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = IMP_MAIN_WINDOW (widget);

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "desk") != 0)
    return FALSE;
  imp_desk_paste (self->desk);
  return TRUE;
}

/* Undo and redo of the boxes, from wherever the keyboard is on the desk. An entry keeps these keys
 * even when it has nothing of its own to undo. */
static gboolean
on_undo_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = IMP_MAIN_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "desk") != 0
      || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action_variant (GTK_WIDGET (imp_desk_get_workbench (self->desk)),
                                             g_variant_get_string (parameter, NULL), NULL);
}

/* The register's page, where it is shown and can be looked at. */
static ImpRegisterPage *
get_open_register (ImpMainWindow *self)
{
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "register") != 0
      || imp_register_place_get_gate (self->register_place) == NULL)
    return NULL;
  return imp_register_place_get_page (self->register_place);
}

/* Ctrl+1, Ctrl+2, …: the register's lists, wherever in the window the keyboard is. */
static gboolean
on_list_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  ImpRegisterPage *page = get_open_register (IMP_MAIN_WINDOW (widget));

  if (page != NULL)
    imp_register_page_choose_entry (page, g_variant_get_uint32 (parameter));
  return page != NULL;
}

/* Ctrl+F, likewise. */
static gboolean
on_find_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  ImpRegisterPage *page = get_open_register (IMP_MAIN_WINDOW (widget));

  return page != NULL && gtk_widget_activate_action (GTK_WIDGET (page), "register.find", NULL);
}

static void
export_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  show_place (self, "desk");
  imp_workbench_show_pane (imp_desk_get_workbench (self->desk), "export");
}

static void
side_pane_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkToggleButton *button = IMP_MAIN_WINDOW (user_data)->side_pane_button;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

static void
show_place_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_place (user_data, g_variant_get_string (parameter, NULL));
}

static void
lock_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  if (may_leave (self))
    imp_register_place_lock (self->register_place, NULL);
}

static void
sign_out_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  if (!may_leave (self))
    return;
  imp_register_place_sign_out (self->register_place);
  show_place (self, "register");
}

static void
forget_beside (ImpMainWindow *self)
{
  self->beside = NULL;
}

static void
present_beside (ImpMainWindow *self, GtkWidget *window)
{
  close_beside (self);
  self->beside = GTK_WINDOW (window);
  gtk_window_set_transient_for (self->beside, GTK_WINDOW (self));
  gtk_window_set_modal (self->beside, TRUE);
  g_signal_connect_object (window, "destroy", G_CALLBACK (forget_beside), self, G_CONNECT_SWAPPED);
  gtk_window_present (self->beside);
}

static void
change_pin_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;
  ImpGate *gate = imp_register_place_get_gate (self->register_place);
  const ImpUser *user = imp_register_place_get_user (self->register_place);

  if (gate != NULL && user != NULL)
    present_beside (self, imp_pin_window_new (gate, user));
}

static void
on_record_consent (ImpMainWindow *self, const char *person_id)
{
  show_place (self, "register");
  imp_register_page_show_person (imp_register_place_get_page (self->register_place), person_id);
}

/* ---- keeping the register ---- */

static void
on_register_closed (ImpMainWindow *self)
{
  self->beside = NULL; /* that window goes on, and says how it ended */
  imp_register_place_close (self->register_place);
}

/* What the pages show may have changed, so both look again. */
static void
on_kept (ImpMainWindow *self)
{
  imp_register_page_set_gate (imp_register_place_get_page (self->register_place),
                              imp_register_place_get_gate (self->register_place));
  on_register_changed (self);
}

/* With the register that a backup became, or to be unlocked again where that failed. */
static void
on_restored (ImpMainWindow *self, ImpGate *gate)
{
  if (gate != NULL)
    imp_register_place_take (self->register_place, gate);
  else
    imp_register_place_start (self->register_place);
}

/* Who lost the only PIN cannot sign in, and so gets to nothing else of the register. */
static void
open_users (ImpMainWindow *self)
{
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = imp_users_page_new ();

  imp_users_page_set_gate (IMP_USERS_PAGE (page),
                           imp_register_place_get_unlocked (self->register_place));
  g_signal_connect_object (page, "changed", G_CALLBACK (imp_register_place_look_again),
                           self->register_place, G_CONNECT_SWAPPED);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Users"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 560);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  present_beside (self, window);
}

/* What is kept nowhere but in this window, and goes when a backup takes the register's place. */
static char *
describe_loss (ImpMainWindow *self)
{
  ImpRegisterPage *page = imp_register_place_get_page (self->register_place);
  GStrvBuilder *said = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;

  if (imp_register_page_has_form (page))
    g_strv_builder_add (said, _ ("What was typed into the form in the register, and was not "
                                 "saved, is lost."));
  if (imp_wizard_has_answers (imp_workbench_get_wizard (imp_desk_get_workbench (self->desk))))
    g_strv_builder_add (said, _ ("The answers given for the picture on the desk may be lost: the "
                                 "backup may not know the person, or who gave them. Its boxes "
                                 "stay."));
  sentences = g_strv_builder_end (said);
  g_strv_builder_unref (said);
  return sentences[0] != NULL ? g_strjoinv ("\n\n", sentences) : NULL;
}

static AdwPreferencesWindow *
open_keeping (ImpMainWindow *self)
{
  g_autofree char *loss = describe_loss (self);
  GtkWidget *window = imp_keeping_window_new (GTK_WINDOW (self),
                                              imp_register_place_get_gate (self->register_place));

  g_signal_connect_object (window, "changed", G_CALLBACK (on_kept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (imp_keeping_window_get_users (IMP_KEEPING_WINDOW (window)), "changed",
                           G_CALLBACK (imp_register_place_look_again), self->register_place,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "closed-register", G_CALLBACK (on_register_closed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  imp_keeping_window_set_loss (IMP_KEEPING_WINDOW (window), loss);
  present_beside (self, window);
  return ADW_PREFERENCES_WINDOW (window);
}

static void
keep_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_keeping (user_data);
}

static void
users_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;

  if (imp_register_place_get_state (self->register_place) == IMP_REGISTER_OPEN)
    adw_preferences_window_set_visible_page_name (open_keeping (self), "users");
  else
    open_users (self);
}

static void
find_image_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ImpMainWindow *self = user_data;
  GtkWidget *window = imp_find_image_window_new (
      GTK_WINDOW (self), imp_register_place_get_gate (self->register_place));

  g_signal_connect_object (window, "person-chosen", G_CALLBACK (on_record_consent), self,
                           G_CONNECT_SWAPPED);
  present_beside (self, window);
}

static void
close_verb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static const GActionEntry ACTIONS[] = {
  { .name = "open", .activate = open_verb },
  { .name = "paste", .activate = paste_verb },
  { .name = "export", .activate = export_verb },
  { .name = "side-pane", .activate = side_pane_verb },
  { .name = "show-place", .activate = show_place_verb, .parameter_type = "s" },
  { .name = "lock", .activate = lock_verb },
  { .name = "keep", .activate = keep_verb },
  { .name = "find-image", .activate = find_image_verb },
  { .name = "sign-out", .activate = sign_out_verb },
  { .name = "users", .activate = users_verb },
  { .name = "change-pin", .activate = change_pin_verb },
  { .name = "close", .activate = close_verb },
};

/* ---- what the places say ---- */

static void
on_status_changed (ImpMainWindow *self, ImpStatus status, const char *words, const char *text)
{
  self->status = status;
  g_free (self->status_words);
  self->status_words = g_strdup (words);
  g_free (self->status_text);
  self->status_text = g_strdup (text);
  show_status (self);
}

static void
on_picture_changed (ImpMainWindow *self)
{
  gboolean has_picture = FALSE;

  g_object_get (self->desk, "has-picture", &has_picture, NULL);
  set_enabled (self, "export", has_picture);
  show_status (self);
}

/* ---- closing ---- */

static gboolean
on_close_due (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
  return G_SOURCE_REMOVE;
}

static void
on_close_confirmed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpMainWindow) self = user_data;

  if (!imp_desk_confirm_loss_finish (IMP_DESK (object), result))
    return;
  self->closing = TRUE;
  /* Once the dialog is gone: it still reaches for its parent while it answers. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_close_due, g_steal_pointer (&self), g_object_unref);
}

static gboolean
imp_main_window_close_request (GtkWindow *window)
{
  ImpMainWindow *self = IMP_MAIN_WINDOW (window);

  if (!self->closing && imp_desk_has_work (self->desk))
    {
      show_place (self, "desk");
      imp_desk_confirm_loss (self->desk, _ ("Close and lose the work on this picture?"),
                             _ ("_Close"), on_close_confirmed, g_object_ref (self));
      return TRUE;
    }
  return GTK_WINDOW_CLASS (imp_main_window_parent_class)->close_request (window);
}

/* ---- object ---- */

static void
imp_main_window_dispose (GObject *object)
{
  ImpMainWindow *self = IMP_MAIN_WINDOW (object);

  g_clear_handle_id (&self->banner_source, g_source_remove);
  /* The wizard outlives the pill by some moments, and still tells of what is gone. */
  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (
          imp_workbench_get_wizard (imp_desk_get_workbench (self->desk)), self);
      g_signal_handlers_disconnect_by_data (self->desk, self);
    }
  self->desk = NULL;
  close_beside (self);
  g_clear_object (&self->toast);
  g_clear_pointer (&self->status_words, g_free);
  g_clear_pointer (&self->status_text, g_free);
  G_OBJECT_CLASS (imp_main_window_parent_class)->dispose (object);
}

static void
imp_main_window_class_init (ImpMainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_main_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = imp_main_window_close_request;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, on_paste_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, on_undo_key, "s",
                                "canvas.undo");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                on_undo_key, "s", "canvas.redo");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_y, GDK_CONTROL_MASK, on_undo_key, "s",
                                "canvas.redo");

  for (guint i = 1; i <= 10; i++)
    gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + i % 10, GDK_CONTROL_MASK, on_list_key,
                                  "u", i);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, on_find_key, NULL);

  g_type_ensure (IMP_TYPE_DESK);
  g_type_ensure (IMP_TYPE_REGISTER_PLACE);
  g_type_ensure (IMP_TYPE_TEACHING_PLACE);
  g_type_ensure (IMP_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, places);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, desk);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, side_pane_button);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, lock_banner);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, lock_label);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, lock_button);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, register_place);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, teaching_place);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, user_button);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, user_label);
  gtk_widget_class_bind_template_child (widget_class, ImpMainWindow, export_button);
}

static void
imp_main_window_init (ImpMainWindow *self)
{
  ImpWorkbench *workbench = NULL;
  ImpWizard *wizard = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_hide_unseen (GTK_WIDGET (self->places));
  imp_widgets_hide_unseen (GTK_WIDGET (self->lock_banner));
  workbench = imp_desk_get_workbench (self->desk);
  wizard = imp_workbench_get_wizard (workbench);
  g_object_bind_property (workbench, "side-pane-shown", self->side_pane_button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  imp_window_settings_bind (GTK_WINDOW (self), G_OBJECT (workbench));

  g_signal_connect_swapped (self->desk, "notice", G_CALLBACK (show_toast), self);
  g_signal_connect_swapped (self->desk, "notify::has-picture", G_CALLBACK (on_picture_changed),
                            self);
  g_signal_connect_swapped (self->places, "notify::visible-child", G_CALLBACK (on_place_changed),
                            self);
  g_signal_connect_swapped (wizard, "status-changed", G_CALLBACK (on_status_changed), self);
  g_signal_connect_swapped (wizard, "record-consent", G_CALLBACK (on_record_consent), self);
  g_signal_connect_object (self->register_place, "register-changed",
                           G_CALLBACK (on_register_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->register_place, "state-changed", G_CALLBACK (on_state_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->teaching_place, "open-item", G_CALLBACK (on_open_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->register_place, "opened", G_CALLBACK (on_opened), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->register_place, "idle", G_CALLBACK (on_idle), self,
                           G_CONNECT_SWAPPED);
  on_state_changed (self);
  on_picture_changed (self);
  gtk_widget_child_focus (GTK_WIDGET (self->desk), GTK_DIR_TAB_FORWARD);
  g_signal_connect (self, "map", G_CALLBACK (start_register), NULL);
}

/**
 * imp_main_window_new:
 * @application: (nullable): the program
 *
 * Returns: (transfer none): a window, owned by GTK until it is closed
 */
GtkWidget *
imp_main_window_new (ImpApplication *application)
{
  return g_object_new (IMP_TYPE_MAIN_WINDOW, "application", application, NULL);
}

/**
 * imp_main_window_open:
 * @self: a window
 * @file: a file
 *
 * Puts it on the desk, after asking where that would lose work.
 */
void
imp_main_window_open (ImpMainWindow *self, GFile *file)
{
  show_place (self, "desk");
  imp_desk_open_file (self->desk, file);
}

/**
 * imp_main_window_get_desk:
 * @self: a window
 *
 * Returns: (transfer none): its desk
 */
ImpDesk *
imp_main_window_get_desk (ImpMainWindow *self)
{
  return self->desk;
}

/**
 * imp_main_window_get_gate:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the gate of the register, also where nobody is signed in;
 *   %NULL while it is locked
 */
ImpGate *
imp_main_window_get_gate (ImpMainWindow *self)
{
  return imp_register_place_get_unlocked (self->register_place);
}
