#include "imp-desk-private.h"

#include <glib/gi18n.h>

#include "imp-chooser.h"
#include "imp-error.h"
#include "imp-paste.h"
#include "imp-recent.h"
#include "imp-widgets.h"

G_DEFINE_FINAL_TYPE (ImpDesk, imp_desk, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_HAS_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * imp_desk_show_page:
 * @self: a desk
 * @name: "empty", "busy", "error" or "work"
 * @focus: (nullable): what gets the keyboard
 */
void
imp_desk_show_page (ImpDesk *self, const char *name, GtkWidget *focus)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "busy"));
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PICTURE]);
}

/**
 * imp_desk_show_picture_or_empty:
 * @self: a desk
 *
 * Shows what lies on it, with the keyboard on that.
 */
void
imp_desk_show_picture_or_empty (ImpDesk *self)
{
  if (self->pages != NULL)
    imp_desk_show_page (self, "work", GTK_WIDGET (imp_workbench_get_canvas (self->workbench)));
  else
    imp_desk_show_page (self, "empty", self->open_button);
}

/**
 * imp_desk_show_error:
 * @self: a desk
 * @error: why nothing could be opened
 */
void
imp_desk_show_error (ImpDesk *self, const GError *error)
{
  const char *title = _ ("This picture cannot be opened");
  /* The description is read as markup. */
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  if (error->domain == IMP_ERROR)
    switch (error->code)
      {
      case IMP_ERROR_UNSUPPORTED:
        title = _ ("This kind of file cannot be shown");
        break;
      case IMP_ERROR_DAMAGED:
        title = _ ("This file is damaged");
        break;
      case IMP_ERROR_NOT_FOUND:
        title = _ ("There is no such file");
        break;
      default:
        break;
      }
  adw_status_page_set_title (self->error_page, title);
  adw_status_page_set_description (self->error_page, text);
  gtk_widget_set_visible (self->back_button, self->pages != NULL);
  imp_desk_show_page (self, "error", self->other_button);
}

/* ---- opening ---- */

typedef struct
{
  ImpDesk *desk;             /* owned */
  ImpSource *source;         /* owned, nullable */
  ImpFrame *frame;           /* owned, nullable: its first */
  GCancellable *cancellable; /* owned */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->source);
  g_clear_pointer (&opening->frame, imp_frame_unref);
  g_clear_object (&opening->cancellable);
  g_clear_object (&opening->desk);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* Whether the result of @opening is still wanted; if not, it was cancelled or overtaken. */
static gboolean
is_wanted (const Opening *opening)
{
  return opening->desk->opening == opening->cancellable;
}

static void
fail_opening (Opening *opening, const GError *error)
{
  ImpDesk *self = opening->desk;

  if (!is_wanted (opening))
    return;
  g_clear_object (&self->opening);
  if (is_cancelled (error))
    imp_desk_show_picture_or_empty (self);
  else
    imp_desk_show_error (self, error);
}

static void
on_loss_confirmed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (ImpPicture) picture = NULL;
  ImpDesk *self = IMP_DESK (object);
  gboolean go_on = imp_desk_confirm_loss_finish (self, result);

  if (!is_wanted (opening))
    return;
  g_clear_object (&self->opening);
  if (go_on)
    {
      imp_desk_set_item (self, NULL);
      g_clear_object (&self->pages);
      picture = imp_picture_new (opening->source, opening->frame);
      self->pages = imp_pages_new (picture);
      imp_workbench_set_picture (self->workbench, picture);
      imp_workbench_begin (self->workbench);
    }
  imp_desk_show_picture_or_empty (self);
}

/* It can be opened: only now is it worth asking whether the work on the desk may go for it. */
static void
on_first_frame (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  ImpDesk *self = opening->desk;

  opening->frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);
  if (opening->frame == NULL)
    {
      fail_opening (opening, error);
      return;
    }
  if (!is_wanted (opening))
    return;
  if (imp_desk_has_work (self))
    imp_desk_show_picture_or_empty (self);
  imp_desk_confirm_loss (self, _ ("Put another picture on the desk?"), _ ("_Replace"),
                         on_loss_confirmed, g_steal_pointer (&opening));
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  ImpSource *source = NULL;
  GCancellable *cancellable = NULL;

  opening->source = imp_source_open_finish (result, &error);
  if (opening->source == NULL)
    {
      fail_opening (opening, error);
      return;
    }
  if (!is_wanted (opening))
    return;
  source = opening->source;
  cancellable = opening->cancellable;
  imp_source_load_frame_async (source, 0, 0, cancellable, on_first_frame,
                               g_steal_pointer (&opening));
}

static Opening *
begin_opening (ImpDesk *self)
{
  Opening *opening = g_new0 (Opening, 1);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  opening->desk = g_object_ref (self);
  opening->cancellable = g_object_ref (self->opening);
  imp_desk_show_page (self, "busy", self->cancel_button);
  return opening;
}

/**
 * imp_desk_open_file:
 * @self: a desk
 * @file: a file
 *
 * Puts it on the desk. Once it is known that it can be opened, asks first where that would lose
 * work. Errors are shown on the desk.
 */
void
imp_desk_open_file (ImpDesk *self, GFile *file)
{
  Opening *opening = begin_opening (self);

  imp_source_open_async (file, opening->cancellable, on_opened, opening);
}

/* ---- another page ---- */

static void
on_page_opened (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  ImpPages *pages = IMP_PAGES (object);
  g_autoptr (GError) error = NULL;
  gboolean opened = imp_pages_open_finish (pages, result, &error);

  if (pages != self->pages || (!opened && is_cancelled (error)))
    return;
  if (opened)
    {
      imp_workbench_set_picture (self->workbench, imp_pages_get_current (pages));
      if (self->item != NULL)
        imp_desk_item_attach (self->item, imp_pages_get_current (pages));
    }
  else
    {
      imp_workbench_show_page_number (self->workbench);
      g_signal_emit_by_name (self, "notice", error->message);
    }
}

typedef struct
{
  ImpPages *pages; /* owned */
  guint page;
} PageWish;

static void
page_wish_free (PageWish *wish)
{
  g_object_unref (wish->pages);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageWish, page_wish_free)

static void
on_page_confirmed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageWish) wish = user_data;
  ImpDesk *self = IMP_DESK (object);
  gboolean go_on = imp_desk_confirm_loss_finish (self, result);

  if (wish->pages != self->pages)
    return;
  if (go_on)
    imp_pages_open_async (wish->pages, wish->page, on_page_opened, g_object_ref (self));
  else
    imp_workbench_show_page_number (self->workbench);
}

static void
open_page_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpDesk *self = IMP_DESK (widget);
  PageWish *wish = NULL;

  if (self->pages == NULL)
    return;
  wish = g_new0 (PageWish, 1);
  wish->pages = g_object_ref (self->pages);
  wish->page = g_variant_get_uint32 (parameter);
  imp_desk_confirm_page (self, on_page_confirmed, wish);
}

/* ---- the dialog ---- */

static void
on_chooser_response (GtkNativeDialog *dialog, int response, ImpDesk *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file == NULL)
    return;
  imp_recent_forget (file);
  imp_desk_open_file (self, file);
}

/**
 * imp_desk_choose_file:
 * @self: a desk
 *
 * Lets the user choose a file, and opens it.
 */
void
imp_desk_choose_file (ImpDesk *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = imp_chooser_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chooser_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- paste and drop ---- */

static void
on_bytes_pasted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = imp_paste_read_finish (result, &error);
  Opening *opening = NULL;

  if (bytes == NULL)
    {
      if (!is_cancelled (error))
        g_signal_emit_by_name (self, "notice", error->message);
      return;
    }
  opening = begin_opening (self);
  imp_source_open_bytes_async (bytes, _ ("the pasted picture"), opening->cancellable, on_opened,
                               opening);
}

static void
open_list (ImpDesk *self, GSList *files)
{
  if (files == NULL)
    return;
  if (files->next != NULL)
    g_signal_emit_by_name (self, "notice",
                           _ ("One picture at a time: only the first of these is opened"));
  imp_desk_open_file (self, files->data);
}

static void
on_files_pasted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    open_list (self, g_value_get_boxed (value));
  else
    g_signal_emit_by_name (self, "notice", _ ("There is no picture on the clipboard"));
}

/**
 * imp_desk_paste:
 * @self: a desk
 *
 * Opens the picture, or the file, that is on the clipboard. Its bytes go to the helper as they are.
 */
void
imp_desk_paste (ImpDesk *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files_pasted, g_object_ref (self));
  else
    {
      g_cancellable_cancel (self->pasting);
      g_clear_object (&self->pasting);
      self->pasting = g_cancellable_new ();
      imp_paste_read_async (clipboard, self->pasting, on_bytes_pasted, g_object_ref (self));
    }
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ImpDesk *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    open_list (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    imp_desk_open_file (self, g_value_get_object (value));
  else
    return FALSE;
  return TRUE;
}

static void
on_drop_over (GtkDropTarget *target, GParamSpec *pspec, ImpDesk *self)
{
  gboolean over = gtk_drop_target_get_current_drop (target) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->drop_hint), over);
  gtk_revealer_set_reveal_child (self->drop_hint, over);
}

/* ---- verbs ---- */

static void
cancel_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpDesk *self = IMP_DESK (widget);

  if (self->opening == NULL)
    return;
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->item != NULL)
    imp_desk_leave_item (self);
  else
    imp_desk_show_picture_or_empty (self);
}

static void
back_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_desk_show_picture_or_empty (IMP_DESK (widget));
}

static void
on_notice (ImpDesk *self, const char *sentence)
{
  g_signal_emit_by_name (self, "notice", sentence);
}

/* ---- object ---- */

static void
imp_desk_dispose (GObject *object)
{
  ImpDesk *self = IMP_DESK (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  if (self->chooser != NULL)
    g_signal_handlers_disconnect_by_data (self->chooser, self);
  g_clear_object (&self->chooser);
  if (self->bar != NULL)
    imp_desk_set_item (self, NULL);
  if (self->overlay != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->overlay));
  self->bar = NULL;
  g_clear_object (&self->pages);
  G_OBJECT_CLASS (imp_desk_parent_class)->dispose (object);
}

static void
imp_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ImpDesk *self = IMP_DESK (object);

  if (id == PROP_HAS_PICTURE)
    g_value_set_boolean (
        value, self->pages != NULL
                   && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "work") == 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
imp_desk_class_init (ImpDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = imp_desk_dispose;
  object_class->get_property = imp_desk_get_property;
  properties[PROP_HAS_PICTURE] = g_param_spec_boolean ("has-picture", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "desk.cancel", NULL, cancel_verb);
  gtk_widget_class_install_action (widget_class, "desk.back", NULL, back_verb);
  gtk_widget_class_install_action (widget_class, "desk.open-page", "u", open_page_verb);

  imp_desk_install_session (widget_class);
  g_type_ensure (IMP_TYPE_DESK_BAR);
  g_type_ensure (IMP_TYPE_WORKBENCH);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-desk.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, overlay);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, stack);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, spinner);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, error_page);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, back_button);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, other_button);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, open_button);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, bar);
  gtk_widget_class_bind_template_child (widget_class, ImpDesk, workbench);
}

static void
imp_desk_init (ImpDesk *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_hide_unseen (GTK_WIDGET (self->stack));
  imp_widgets_hide_unseen (GTK_WIDGET (self->drop_hint));
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "notify::current-drop", G_CALLBACK (on_drop_over), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_swapped (self->workbench, "notice", G_CALLBACK (on_notice), self);
  imp_desk_init_session (self);
}

/**
 * imp_desk_new:
 *
 * Returns: (transfer full): an empty desk
 */
GtkWidget *
imp_desk_new (void)
{
  return g_object_new (IMP_TYPE_DESK, NULL);
}

/**
 * imp_desk_get_picture:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): what lies on it
 */
ImpPicture *
imp_desk_get_picture (ImpDesk *self)
{
  return self->pages != NULL ? imp_pages_get_current (self->pages) : NULL;
}

/**
 * imp_desk_get_workbench:
 * @self: a desk
 *
 * Returns: (transfer none): where the picture is worked on
 */
ImpWorkbench *
imp_desk_get_workbench (ImpDesk *self)
{
  return self->workbench;
}

/**
 * imp_desk_has_work:
 * @self: a desk
 *
 * Returns: whether boxes or a crop, on any page, or answers would be lost with the picture
 */
gboolean
imp_desk_has_work (ImpDesk *self)
{
  /* A session stores each gesture. */
  if (self->item != NULL)
    return imp_desk_item_has_failed (self->item);
  return self->pages != NULL
         && (imp_pages_has_work (self->pages)
             || imp_wizard_has_answers (imp_workbench_get_wizard (self->workbench)));
}
