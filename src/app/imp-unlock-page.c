#include "imp-unlock-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-error.h"
#include "imp-notice.h"
#include "imp-recent.h"
#include "imp-site-form.h"
#include "imp-widgets.h"

#define KEY_FILE_VARIABLE "IMPRIMATUR_KEY_FILE"
#define SHORTEST_PASSPHRASE 12
#define GOOD_PASSPHRASE 16

struct _ImpUnlockPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkStack *stack;
  GtkWidget *busy_page;
  AdwStatusPage *busy_status;
  GtkWidget *create_page;
  GtkWidget *keyring_row;
  GtkWidget *keyring_button;
  GtkWidget *passphrase_button;
  GtkWidget *new_rows;
  GtkWidget *new_row;
  GtkWidget *repeat_row;
  GtkLabel *strength;
  ImpSiteForm *site_form;
  ImpNotice *create_notice;
  GtkWidget *unlock_page;
  GtkWidget *passphrase_row;
  ImpNotice *unlock_notice;
  GtkWidget *locked_page;
  AdwStatusPage *locked_status;
  GtkWidget *problem_page;
  AdwStatusPage *problem_status;
  GtkWidget *choose_button;

  /* Owned references */
  char *path;
  ImpGate *gate; /* just made, while the site's choices are written */
  GtkFileChooserNative *chooser;

  gboolean working;
  gboolean recovering; /* the recovery key is typed, where no passphrase opens the register */
};

G_DEFINE_FINAL_TYPE (ImpUnlockPage, imp_unlock_page, GTK_TYPE_WIDGET)

enum
{
  UNLOCKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Hidden pages leave the tree that screen readers see. */
static void
show_page (ImpUnlockPage *self, GtkWidget *page)
{
  GtkWidget *pages[] = { self->busy_page, self->create_page, self->unlock_page, self->locked_page,
                         self->problem_page };

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (self->stack, page);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i] != page)
      gtk_widget_set_visible (pages[i], FALSE);
}

static void
show_busy (ImpUnlockPage *self, const char *title)
{
  self->working = TRUE;
  adw_status_page_set_title (self->busy_status, title);
  show_page (self, self->busy_page);
}

/* What each failure means to the person, in the words of a page's title. */
static const char *
name_problem (const GError *error)
{
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_NEWER))
    return _ ("A newer program wrote this register");
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_REGISTER_DAMAGED))
    return _ ("The register is damaged");
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_WRONG_KEY))
    return _ ("The key does not fit this register");
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_LOCKED))
    return _ ("The register stays locked");
  return _ ("The register cannot be opened");
}

static void
show_problem (ImpUnlockPage *self, const GError *error)
{
  adw_status_page_set_title (self->problem_status, name_problem (error));
  adw_status_page_set_description (self->problem_status, error->message);
  self->recovering = FALSE;
  gtk_widget_set_visible (self->choose_button,
                          imp_gate_probe_register (self->path) == IMP_GATE_REGISTER_BY_FILE);
  show_page (self, self->problem_page);
}

static void
finish (ImpUnlockPage *self, ImpGate *gate)
{
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->new_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->repeat_row), "");
  self->working = FALSE;
  g_signal_emit (self, signals[UNLOCKED], 0, gate);
}

/* What is no recovery key at all is no passphrase of a register without one either. */
static gboolean
can_be_typed_again (ImpUnlockPage *self, const GError *error)
{
  if (self->recovering && g_error_matches (error, IMP_ERROR, IMP_ERROR_LOCKED))
    return TRUE;
  return g_error_matches (error, IMP_ERROR, IMP_ERROR_WRONG_KEY)
         && (self->recovering
             || imp_gate_probe_register (self->path) == IMP_GATE_REGISTER_BY_PASSPHRASE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUnlockPage) self = IMP_UNLOCK_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpGate) gate = imp_gate_open_finish (result, &error);

  self->working = FALSE;
  if (gate != NULL)
    {
      finish (self, gate);
      return;
    }
  if (can_be_typed_again (self, error))
    {
      show_page (self, self->unlock_page);
      imp_notice_set (
          self->unlock_notice, IMP_NOTICE_ERROR,
          self->recovering
              ? _ ("This recovery key does not fit. Compare it with the paper, group "
                   "by group; a later one takes its place.")
              : _ ("This passphrase does not fit. Check Caps Lock and the keyboard layout, "
                   "then try again."));
      imp_widgets_set_error (self->passphrase_row, TRUE);
      gtk_widget_grab_focus (self->passphrase_row);
    }
  else
    show_problem (self, error);
}

static void
open_register (ImpUnlockPage *self, ImpGateKey key, const char *secret, gboolean create)
{
  show_busy (self, _ ("Opening the register"));
  imp_gate_open_async (self->path, key, secret, create, NULL, on_opened, g_object_ref (self));
}

/* What is wrong stands at the top of the page, and is brought into view. */
static void
say (ImpUnlockPage *self, const char *text)
{
  imp_notice_set (self->create_notice, IMP_NOTICE_ERROR, text);
  if (text != NULL)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->create_page)), 0);
}

static void
act_unlock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (widget);
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));

  if (self->working)
    return;
  imp_widgets_set_error (self->passphrase_row, FALSE);
  imp_notice_set (self->unlock_notice, IMP_NOTICE_ERROR, NULL);
  if (passphrase[0] == '\0')
    {
      imp_notice_set (self->unlock_notice, IMP_NOTICE_WARNING, _ ("Type the passphrase first."));
      gtk_widget_grab_focus (self->passphrase_row);
      return;
    }
  open_register (self, IMP_GATE_KEY_PASSPHRASE, passphrase, FALSE);
}

static void
on_site_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUnlockPage) self = IMP_UNLOCK_PAGE (user_data);
  g_autoptr (ImpGate) gate = g_steal_pointer (&self->gate);
  g_autoptr (GError) error = NULL;

  self->working = FALSE;
  if (imp_site_form_save_finish (result, &error))
    finish (self, gate);
  else
    show_problem (self, error);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpUnlockPage) self = IMP_UNLOCK_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->gate);
  self->gate = imp_gate_open_finish (result, &error);
  if (self->gate != NULL)
    {
      imp_site_form_save_async (self->site_form, self->gate, on_site_saved, g_object_ref (self));
      return;
    }
  self->working = FALSE;
  show_page (self, self->create_page);
  say (self, error->message);
}

static gboolean
check_passphrases (ImpUnlockPage *self)
{
  const char *first = gtk_editable_get_text (GTK_EDITABLE (self->new_row));
  const char *second = gtk_editable_get_text (GTK_EDITABLE (self->repeat_row));
  const char *text = NULL;

  if (g_utf8_strlen (first, -1) < SHORTEST_PASSPHRASE)
    text = _ ("The passphrase is too short: 12 characters or more, such as four unrelated words.");
  else if (!g_str_equal (first, second))
    text = _ ("The two passphrases differ. Type the same one twice.");
  if (text != NULL)
    gtk_widget_grab_focus (self->new_row);
  say (self, text);
  return text == NULL;
}

static void
act_create (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (widget);
  gboolean keyring = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->keyring_button));

  if (self->working)
    return;
  if (!keyring && !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->passphrase_button)))
    {
      say (self, _ ("Choose first what unlocks the register."));
      return;
    }
  if (!keyring && !check_passphrases (self))
    return;
  show_busy (self, _ ("Making the register"));
  imp_gate_open_async (self->path, keyring ? IMP_GATE_KEY_KEYRING : IMP_GATE_KEY_PASSPHRASE,
                       keyring ? NULL : gtk_editable_get_text (GTK_EDITABLE (self->new_row)), TRUE,
                       NULL, on_created, g_object_ref (self));
}

/* Whatever opened it is lost: the printed key is typed where a passphrase would be. */
static void
act_recovery (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (widget);

  if (self->working)
    return;
  self->recovering = TRUE;
  show_page (self, self->unlock_page);
  imp_notice_set (self->unlock_notice, IMP_NOTICE_INFORMATION,
                  _ ("Type the recovery key that was written down, instead of a passphrase."));
  gtk_widget_grab_focus (self->passphrase_row);
}

static void
act_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!IMP_UNLOCK_PAGE (widget)->working)
    imp_unlock_page_start (IMP_UNLOCK_PAGE (widget));
}

static void
on_key_chosen (GtkNativeDialog *dialog, int response, ImpUnlockPage *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file == NULL)
    return;
  imp_recent_forget (file);
  open_register (self, IMP_GATE_KEY_FILE, g_file_peek_path (file), FALSE);
}

static void
act_choose_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (widget);

  if (self->working || self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Choose the key file"), imp_widgets_get_window (widget),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_key_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_activated (GtkWidget *row, ImpUnlockPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "unlock.unlock", NULL);
}

static void
on_new_changed (GtkEditable *editable, ImpUnlockPage *self)
{
  glong length = g_utf8_strlen (gtk_editable_get_text (editable), -1);
  const char *text = _ ("Good. Write it down and keep it under lock and key.");

  if (length == 0)
    text = _ ("12 characters or more, such as four unrelated words.");
  else if (length < SHORTEST_PASSPHRASE)
    text = _ ("Too short so far.");
  else if (length < GOOD_PASSPHRASE)
    text = _ ("Fair. Longer is better.");
  gtk_label_set_label (self->strength, text);
  imp_notice_set (self->create_notice, IMP_NOTICE_ERROR, NULL);
}

static void
on_kind_toggled (GtkCheckButton *button, ImpUnlockPage *self)
{
  imp_notice_set (self->create_notice, IMP_NOTICE_ERROR, NULL);
  gtk_widget_set_visible (self->new_rows,
                          gtk_check_button_get_active (GTK_CHECK_BUTTON (self->passphrase_button)));
}

static void
look_for_keyring (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, imp_gate_keyring_is_available ());
}

/* Without a keyring there is one way left, which needs no choosing. */
static void
on_keyring_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (source);
  gboolean available = g_task_propagate_boolean (G_TASK (result), NULL);

  self->working = FALSE;
  gtk_widget_set_visible (self->keyring_row, available);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (available ? self->keyring_button : self->passphrase_button), TRUE);
  show_page (self, self->create_page);
}

static void
imp_unlock_page_dispose (GObject *object)
{
  ImpUnlockPage *self = IMP_UNLOCK_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->chooser != NULL)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (imp_unlock_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, box);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, busy_page);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, busy_status);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, create_page);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, keyring_row);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, keyring_button);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, new_rows);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, new_row);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, strength);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, site_form);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, create_notice);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, unlock_page);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, unlock_notice);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, locked_page);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, locked_status);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, problem_page);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, problem_status);
  gtk_widget_class_bind_template_child (widget_class, ImpUnlockPage, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_new_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_toggled);
}

static void
imp_unlock_page_class_init (ImpUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_unlock_page_dispose;
  signals[UNLOCKED] = g_signal_new ("unlocked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_GATE);
  g_type_ensure (IMP_TYPE_NOTICE);
  g_type_ensure (IMP_TYPE_SITE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/imprimatur/Imprimatur/imp-unlock-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "unlock.unlock", NULL, act_unlock);
  gtk_widget_class_install_action (widget_class, "unlock.create", NULL, act_create);
  gtk_widget_class_install_action (widget_class, "unlock.retry", NULL, act_retry);
  gtk_widget_class_install_action (widget_class, "unlock.recovery", NULL, act_recovery);
  gtk_widget_class_install_action (widget_class, "unlock.choose-key", NULL, act_choose_key);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_unlock_page_init (ImpUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_set_name (self->passphrase_row, _ ("Passphrase"));
  imp_widgets_set_name (self->new_row, _ ("Passphrase"));
  imp_widgets_set_name (self->repeat_row, _ ("The same passphrase again"));
  imp_compat_name_buttons (self->passphrase_row);
  imp_compat_name_buttons (self->new_row);
  imp_compat_name_buttons (self->repeat_row);
  on_new_changed (GTK_EDITABLE (self->new_row), self);
  on_kind_toggled (NULL, self);
  show_page (self, self->busy_page);
}

/**
 * imp_unlock_page_new:
 * @register_path: where the register lies, or will
 *
 * Returns: (transfer floating): the page; start it once it is shown
 */
GtkWidget *
imp_unlock_page_new (const char *register_path)
{
  ImpUnlockPage *self = g_object_new (IMP_TYPE_UNLOCK_PAGE, NULL);

  self->path = g_strdup (register_path);
  return GTK_WIDGET (self);
}

static void
start_first_run (ImpUnlockPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_keyring_known, NULL);

  show_busy (self, _ ("Looking for a keyring"));
  g_task_set_source_tag (task, start_first_run);
  g_task_run_in_thread (task, look_for_keyring);
}

/**
 * imp_unlock_page_start:
 * @self: the page
 *
 * Opens what needs no typing: a key file named by the environment (tests, scripts), or the
 * keyring; else asks.
 */
void
imp_unlock_page_start (ImpUnlockPage *self)
{
  const char *key_file = g_getenv (KEY_FILE_VARIABLE);
  ImpGateRegisterState state = imp_gate_probe_register (self->path);
  g_autoptr (GError) error = NULL;

  if (key_file != NULL && key_file[0] != '\0')
    {
      open_register (self, IMP_GATE_KEY_FILE, key_file, state == IMP_GATE_REGISTER_ABSENT);
      return;
    }
  switch (state)
    {
    case IMP_GATE_REGISTER_BY_KEYRING:
      open_register (self, IMP_GATE_KEY_KEYRING, NULL, FALSE);
      break;
    case IMP_GATE_REGISTER_BY_PASSPHRASE:
      show_page (self, self->unlock_page);
      gtk_widget_grab_focus (self->passphrase_row);
      break;
    case IMP_GATE_REGISTER_BY_FILE:
      g_set_error_literal (&error, IMP_ERROR, IMP_ERROR_LOCKED,
                           _ ("It was made with a key file. Choose that file to unlock it."));
      show_problem (self, error);
      break;
    case IMP_GATE_REGISTER_ABSENT:
    default:
      start_first_run (self);
      break;
    }
}

/**
 * imp_unlock_page_wait:
 * @self: the page
 * @why: (nullable): why the register was locked
 *
 * Shows that the register is locked, and waits for somebody: what needs no typing opens nothing by
 * itself either.
 */
void
imp_unlock_page_wait (ImpUnlockPage *self, const char *why)
{
  if (imp_gate_probe_register (self->path) == IMP_GATE_REGISTER_BY_PASSPHRASE)
    {
      show_page (self, self->unlock_page);
      imp_notice_set (self->unlock_notice, IMP_NOTICE_INFORMATION, why);
    }
  else
    {
      adw_status_page_set_description (self->locked_status, why);
      show_page (self, self->locked_page);
    }
  /* Not while the desk is in sight: its keys stay its own. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}
