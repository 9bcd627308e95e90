#include "imp-pin-window.h"

#include <glib/gi18n.h>

#include "imp-compat.h"
#include "imp-new-pin.h"
#include "imp-notice.h"
#include "imp-widgets.h"

struct _ImpPinWindow
{
  AdwWindow parent_instance;

  /* Children */
  GtkWidget *rows;
  GtkWidget *current; /* AdwPasswordEntryRow */
  GtkWidget *fresh;   /* ImpNewPin */
  ImpNotice *notice;
  GtkWidget *button;

  /* Owned references */
  ImpGate *gate;
  char *name;

  gboolean working;
  gboolean done;
};

G_DEFINE_FINAL_TYPE (ImpPinWindow, imp_pin_window, ADW_TYPE_WINDOW)

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpPinWindow) self = IMP_PIN_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  self->working = FALSE;
  self->done = imp_gate_change_pin_finish (IMP_GATE (source), result, &error);
  gtk_widget_set_sensitive (self->button, TRUE);
  imp_notice_set (self->notice, self->done ? IMP_NOTICE_SUCCESS : IMP_NOTICE_ERROR,
                  self->done ? _ ("Your PIN is changed. Use the new one from now on.")
                             : error->message);
  if (!self->done)
    return;
  imp_new_pin_clear (IMP_NEW_PIN (self->fresh));
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->button), _ ("Close"));
}

static void
act_change (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ImpPinWindow *self = IMP_PIN_WINDOW (widget);
  const char *current = gtk_editable_get_text (GTK_EDITABLE (self->current));
  const char *missing = NULL;
  g_autoptr (ImpSecond) me = NULL;
  g_autoptr (ImpSecond) fresh = NULL;

  if (self->working)
    return;
  if (self->done)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  imp_widgets_set_error (self->current, current[0] == '\0');
  if (current[0] == '\0')
    missing = _ ("Type your PIN as it is now first.");
  else
    fresh = imp_new_pin_take (IMP_NEW_PIN (self->fresh), NULL, &missing);
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, missing);
  if (fresh == NULL)
    return;
  me = imp_second_new (self->name, current);
  gtk_editable_set_text (GTK_EDITABLE (self->current), "");
  self->working = TRUE;
  gtk_widget_set_sensitive (self->button, FALSE);
  imp_gate_change_pin_async (self->gate, me, fresh, NULL, on_changed, g_object_ref (self));
}

static void
imp_pin_window_dispose (GObject *object)
{
  ImpPinWindow *self = IMP_PIN_WINDOW (object);

  g_clear_object (&self->gate);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (imp_pin_window_parent_class)->dispose (object);
}

static void
imp_pin_window_class_init (ImpPinWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_pin_window_dispose;
  gtk_widget_class_install_action (widget_class, "pin.change", NULL, act_change);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
imp_pin_window_init (ImpPinWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();

  gtk_window_set_title (GTK_WINDOW (self), _ ("Change my PIN"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 480);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_add_css_class (content, "register-pane");
  self->current = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->current), _ ("Your PIN as it is now"));
  imp_widgets_set_name (self->current, _ ("Your PIN as it is now"));
  imp_compat_name_buttons (self->current);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->current);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->rows), group);
  self->fresh = imp_new_pin_new (_ ("From now on"));
  gtk_box_append (GTK_BOX (self->rows), self->fresh);
  gtk_box_append (GTK_BOX (content), self->rows);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_ERROR, NULL));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->notice));
  self->button = gtk_button_new_with_label (_ ("Change the PIN"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "pin.change");
  gtk_box_append (GTK_BOX (content), self->button);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * imp_pin_window_new:
 * @gate: the gate
 * @me: who is signed in
 *
 * Returns: (transfer none): a window, owned by GTK until it is closed
 */
GtkWidget *
imp_pin_window_new (ImpGate *gate, const ImpUser *me)
{
  ImpPinWindow *self = g_object_new (IMP_TYPE_PIN_WINDOW, NULL);

  self->gate = g_object_ref (gate);
  self->name = g_strdup (me->name);
  return GTK_WIDGET (self);
}
