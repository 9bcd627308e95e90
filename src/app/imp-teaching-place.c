#include "imp-teaching-place.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-teaching-new.h"
#include "imp-teaching-page.h"
#include "imp-teaching-start.h"
#include "imp-widgets.h"

struct _ImpTeachingPlace
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *stack;
  GtkWidget *locked; /* AdwStatusPage */
  GtkWidget *start;
  GtkWidget *fresh; /* ImpTeachingNew */
  GtkWidget *busy;
  GtkWidget *page;

  ImpGate *gate;             /* owned, nullable */
  GCancellable *cancellable; /* owned, nullable: of a session that is being opened */
};

G_DEFINE_FINAL_TYPE (ImpTeachingPlace, imp_teaching_place, GTK_TYPE_WIDGET)

static guint open_item_signal;

static void
show (ImpTeachingPlace *self, GtkWidget *page)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
}

static void
show_start (ImpTeachingPlace *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  imp_teaching_page_set_curation (IMP_TEACHING_PAGE (self->page), NULL);
  imp_teaching_new_start (IMP_TEACHING_NEW (self->fresh), NULL);
  show (self, self->start);
  imp_teaching_start_load (IMP_TEACHING_START (self->start));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpTeachingPlace) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpCuration) curation = imp_curation_open_finish (result, &error);

  if (self->gate != IMP_GATE (source) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (curation == NULL)
    {
      show_start (self);
      imp_teaching_start_show_error (IMP_TEACHING_START (self->start), error);
      return;
    }
  imp_teaching_page_set_curation (IMP_TEACHING_PAGE (self->page), curation);
  show (self, self->page);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    imp_teaching_page_focus (IMP_TEACHING_PAGE (self->page));
}

static void
on_chosen (ImpTeachingPlace *self, const char *id)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show (self, self->busy);
  imp_curation_open_async (self->gate, id, self->cancellable, on_opened, g_object_ref (self));
}

static void
on_new (ImpTeachingPlace *self)
{
  show (self, self->fresh);
  imp_teaching_new_start (IMP_TEACHING_NEW (self->fresh), self->gate);
}

static void
on_open_item (ImpTeachingPlace *self, ImpCuration *curation, guint index)
{
  g_signal_emit (self, open_item_signal, 0, curation, index);
}

/* ---- object ---- */

static void
imp_teaching_place_dispose (GObject *object)
{
  ImpTeachingPlace *self = IMP_TEACHING_PLACE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->gate);
  G_OBJECT_CLASS (imp_teaching_place_parent_class)->dispose (object);
}

static void
imp_teaching_place_class_init (ImpTeachingPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_place_dispose;
  open_item_signal =
      g_signal_new ("open-item", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, IMP_TYPE_CURATION, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_locked (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Go to the register"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-lock-screen-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("The register is locked"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("The sessions of the teaching file are kept in it. Unlock it, and sign in, to see them."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "register");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-place");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
build_busy (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Opening the session…"));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_spinner_start (GTK_SPINNER (spinner));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  return page;
}

static void
imp_teaching_place_init (ImpTeachingPlace *self)
{
  self->stack = gtk_stack_new ();
  self->locked = build_locked ();
  self->start = imp_teaching_start_new ();
  self->fresh = imp_teaching_new_new ();
  self->busy = build_busy ();
  self->page = imp_teaching_page_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->locked, "locked");
  gtk_stack_add_named (GTK_STACK (self->stack), self->start, "start");
  gtk_stack_add_named (GTK_STACK (self->stack), self->fresh, "new");
  gtk_stack_add_named (GTK_STACK (self->stack), self->busy, "busy");
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "session");
  imp_widgets_hide_unseen (self->stack);
  g_signal_connect_swapped (self->start, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->start, "new", G_CALLBACK (on_new), self);
  g_signal_connect_swapped (self->fresh, "created", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->fresh, "cancelled", G_CALLBACK (show_start), self);
  g_signal_connect_swapped (self->page, "closed", G_CALLBACK (show_start), self);
  g_signal_connect_swapped (self->page, "open-item", G_CALLBACK (on_open_item), self);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * imp_teaching_place_new:
 *
 * Returns: (transfer floating): the place, locked
 */
GtkWidget *
imp_teaching_place_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_PLACE, NULL);
}

/**
 * imp_teaching_place_set_gate:
 * @self: the place
 * @gate: (nullable): the gate of who may work with the register; %NULL while nobody may
 *
 * Without one, nothing of any session stays in the window.
 */
void
imp_teaching_place_set_gate (ImpTeachingPlace *self, ImpGate *gate)
{
  if (self->gate == gate)
    return;
  g_set_object (&self->gate, gate);
  imp_teaching_start_set_gate (IMP_TEACHING_START (self->start), gate);
  show_start (self);
  if (gate == NULL)
    show (self, self->locked);
}

/**
 * imp_teaching_place_refresh:
 * @self: the place
 *
 * The register was written to: what its people allow may have changed.
 */
void
imp_teaching_place_refresh (ImpTeachingPlace *self)
{
  imp_teaching_page_refresh (IMP_TEACHING_PAGE (self->page));
}

/**
 * imp_teaching_place_focus:
 * @self: the place
 *
 * Moves the keyboard to the picture that is chosen, where a session is shown.
 */
void
imp_teaching_place_focus (ImpTeachingPlace *self)
{
  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->page)
    imp_teaching_page_focus (IMP_TEACHING_PAGE (self->page));
}
