/* Pictures of a curation session on the desk: opening, going on, clearing, boxes that travel. */
#include <glib/gi18n.h>

#include "imp-answer-sheet.h"
#include "imp-compat.h"
#include "imp-curation-open.h"
#include "imp-desk-private.h"
#include "imp-text-dialog.h"
#include "imp-widgets.h"
#include "imp-wizard-status.h"

static void
notify (ImpDesk *self, const char *sentence)
{
  g_signal_emit_by_name (self, "notice", sentence);
}

static void
focus_picture (ImpDesk *self)
{
  if (self->pages != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (imp_workbench_get_canvas (self->workbench)));
}

static void
enable_verbs (ImpDesk *self)
{
  static const char *const VERBS[] = { "desk.leave-item",    "desk.step-item",
                                       "desk.clear-item",    "desk.set-aside-item",
                                       "desk.answer-item",   "desk.spread-boxes",
                                       "desk.remember-boxes" };

  for (guint i = 0; i < G_N_ELEMENTS (VERBS); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), VERBS[i], self->item != NULL);
}

/**
 * imp_desk_set_item:
 * @self: a desk
 * @item: (nullable): the picture of a session that lies on it from now on
 */
void
imp_desk_set_item (ImpDesk *self, ImpDeskItem *item)
{
  if (self->item != NULL)
    {
      imp_desk_item_detach (self->item);
      g_signal_handlers_disconnect_by_data (self->item, self);
    }
  self->settled = NULL;
  g_set_object (&self->item, item);
  imp_desk_bar_set_item (self->bar, item);
  enable_verbs (self);
}

static void
take_away (ImpDesk *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  imp_desk_set_item (self, NULL);
  imp_workbench_set_picture (self->workbench, NULL);
  g_clear_object (&self->pages);
  imp_desk_show_picture_or_empty (self);
}

/* ---- once all is stored ---- */

static void
on_settled (ImpDesk *self)
{
  ImpDeskSettled settled = g_steal_pointer (&self->settled);

  if (settled != NULL)
    settled (self, self->settled_argument);
}

static void
when_settled (ImpDesk *self, ImpDeskSettled settled, int argument)
{
  if (self->item == NULL || !imp_desk_item_is_attached (self->item))
    return;
  self->settled = settled;
  self->settled_argument = argument;
  imp_desk_item_settle (self->item);
}

/* ---- opening ---- */

typedef struct
{
  ImpDesk *desk;             /* owned */
  ImpDeskItem *item;         /* owned */
  ImpSource *source;         /* owned, nullable */
  GCancellable *cancellable; /* owned */
  gboolean changed;          /* other bytes are in its file than before */
} Coming;

static void
coming_free (Coming *coming)
{
  g_clear_object (&coming->desk);
  g_clear_object (&coming->item);
  g_clear_object (&coming->source);
  g_clear_object (&coming->cancellable);
  g_free (coming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Coming, coming_free)

static gboolean
is_wanted (const Coming *coming)
{
  return coming->desk->opening == coming->cancellable && coming->desk->item == coming->item;
}

static void
fail (const Coming *coming, const GError *error)
{
  if (!is_wanted (coming))
    return;
  g_clear_object (&coming->desk->opening);
  imp_desk_show_error (coming->desk, error);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  ImpPages *pages = IMP_PAGES (source);
  g_autoptr (GError) error = NULL;
  gboolean opened = imp_pages_open_finish (pages, result, &error);

  if (pages != self->pages || self->item == NULL)
    return;
  if (!opened)
    {
      imp_desk_show_error (self, error);
      return;
    }
  imp_workbench_set_picture (self->workbench, imp_pages_get_current (pages));
  imp_desk_item_attach (self->item, imp_pages_get_current (pages));
}

static void
lay_down (const Coming *coming, ImpFrame *frame)
{
  ImpDesk *self = coming->desk;
  g_autoptr (ImpPicture) picture = imp_picture_new (coming->source, frame);
  const ImpCurationItem *item = imp_desk_item_get (self->item);
  g_autoptr (GPtrArray) remembered = NULL;
  guint index = 0;

  self->pages = imp_pages_new (picture);
  imp_workbench_set_picture (self->workbench, picture);
  imp_workbench_begin (self->workbench);
  imp_desk_show_picture_or_empty (self);
  if (imp_desk_item_get_index (self->item, &index))
    remembered = imp_curation_suggest (imp_desk_item_get_curation (self->item), index);
  if (item->page > 0)
    imp_pages_open_async (self->pages, item->page, on_page, g_object_ref (self));
  else
    imp_desk_item_attach (self->item, picture);
  if (remembered != NULL)
    imp_workbench_set_remembered (self->workbench, remembered);
  if (coming->changed)
    notify (self, _ ("The file has changed since it was worked on: this picture is new again"));
}

static void
on_frame (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Coming) coming = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpFrame) frame = imp_source_load_frame_finish (IMP_SOURCE (source), result, &error);

  if (frame == NULL)
    fail (coming, error);
  else if (is_wanted (coming) && imp_desk_item_get (coming->item) != NULL)
    {
      g_clear_object (&coming->desk->opening);
      lay_down (coming, frame);
    }
}

/* What was read is what was worked on, or the picture is new again. */
static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Coming) coming = user_data;
  g_autoptr (GError) error = NULL;

  if (!imp_curation_gesture_finish (IMP_CURATION (source), result, &error))
    {
      fail (coming, error);
      return;
    }
  if (is_wanted (coming))
    {
      ImpSource *file = coming->source;
      GCancellable *cancellable = coming->cancellable;

      imp_source_load_frame_async (file, 0, 0, cancellable, on_frame, g_steal_pointer (&coming));
    }
}

static void
on_source (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Coming) coming = user_data;
  g_autoptr (GError) error = NULL;
  const ImpCurationItem *item = NULL;
  ImpCuration *curation = NULL;
  const char *sha256 = NULL;
  guint index = 0;

  coming->source = imp_curation_open_item_finish (IMP_CURATION (object), result, &error);
  if (coming->source == NULL)
    {
      fail (coming, error);
      return;
    }
  if (!is_wanted (coming) || !imp_desk_item_get_index (coming->item, &index))
    return;
  item = imp_desk_item_get (coming->item);
  sha256 = imp_source_get_sha256 (coming->source);
  coming->changed = item->sha256 != NULL && g_strcmp0 (item->sha256, sha256) != 0;
  curation = imp_desk_item_get_curation (coming->item);
  imp_curation_note_file_async (curation, index, sha256, on_noted, g_steal_pointer (&coming));
}

static void
open_item (ImpDesk *self, ImpDeskItem *item)
{
  g_autoptr (Coming) coming = g_new0 (Coming, 1);
  GCancellable *cancellable = NULL;
  guint index = 0;

  if (!imp_desk_item_get_index (item, &index))
    return;
  coming->desk = g_object_ref (self);
  coming->item = g_object_ref (item);
  self->opening = g_cancellable_new ();
  coming->cancellable = g_object_ref (self->opening);
  cancellable = self->opening;
  imp_desk_show_page (self, "busy", self->cancel_button);
  imp_curation_open_item_async (imp_desk_item_get_curation (item), index, cancellable, on_source,
                                g_steal_pointer (&coming));
}

static void
on_failed (ImpDesk *self, const char *sentence)
{
  notify (self, sentence);
}

static void on_cleared (ImpDesk *self);
static void on_missing (ImpDesk *self);

static void
on_loss_confirmed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDeskItem) item = user_data;
  ImpDesk *self = IMP_DESK (object);

  if (!imp_desk_confirm_loss_finish (self, result) || imp_desk_item_get (item) == NULL)
    return;
  take_away (self);
  imp_desk_set_item (self, item);
  g_signal_connect_swapped (item, "settled", G_CALLBACK (on_settled), self);
  g_signal_connect_swapped (item, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (item, "cleared", G_CALLBACK (on_cleared), self);
  g_signal_connect_swapped (item, "missing", G_CALLBACK (on_missing), self);
  open_item (self, item);
}

/**
 * imp_desk_work_on:
 * @self: a desk
 * @curation: a session, at the gate that the desk has
 * @index: one of its pictures
 *
 * Puts it on the desk as the session has it, after asking where that would lose work that is kept
 * nowhere. From then on whatever is done to it is stored.
 */
void
imp_desk_work_on (ImpDesk *self, ImpCuration *curation, guint index)
{
  ImpWizard *wizard = imp_workbench_get_wizard (self->workbench);
  ImpDeskItem *item = imp_desk_item_new (curation, index, imp_wizard_get_session (wizard));

  if (self->item != NULL)
    imp_desk_item_settle (self->item);
  imp_desk_confirm_loss (self, _ ("Put another picture on the desk?"), _ ("_Replace"),
                         on_loss_confirmed, item);
}

/**
 * imp_desk_set_gate:
 * @self: a desk
 * @gate: (nullable): the gate; %NULL while the register is locked, or nobody is signed in
 *
 * Nothing of a session is shown without its gate. The same one again says that the register has
 * changed: who allows what is read anew.
 */
void
imp_desk_set_gate (ImpDesk *self, ImpGate *gate)
{
  ImpCuration *curation = self->item != NULL ? imp_desk_item_get_curation (self->item) : NULL;

  if (curation == NULL)
    return;
  if (imp_curation_get_gate (curation) != gate)
    take_away (self);
  else
    imp_curation_refresh_async (curation, NULL, NULL);
}

/* ---- going on ---- */

static void
on_leave_confirmed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ImpDesk *self = IMP_DESK (object);

  if (!imp_desk_confirm_loss_finish (self, result) || self->item == NULL)
    return;
  take_away (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-place", "s", "teaching");
}

/**
 * imp_desk_leave_item:
 * @self: a desk
 *
 * Back to the session.
 */
void
imp_desk_leave_item (ImpDesk *self)
{
  if (self->item == NULL)
    return;
  imp_desk_item_settle (self->item);
  imp_desk_confirm_loss (self, _ ("Go back and lose what the register did not take?"),
                         _ ("_Go back"), on_leave_confirmed, NULL);
}

static void
leave_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_desk_leave_item (IMP_DESK (widget));
}

static gboolean
step (ImpDesk *self, int by)
{
  const ImpCurationFilter unfinished = { .states = IMP_CURATION_UNFINISHED };
  ImpCuration *curation = imp_desk_item_get_curation (self->item);
  guint index = 0;
  guint found = 0;

  if (!imp_desk_item_get_index (self->item, &index)
      || !imp_curation_find_next (curation, index, by, &unfinished, &found) || found == index)
    return FALSE;
  imp_desk_work_on (self, curation, found);
  return TRUE;
}

static void
step_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpDesk *self = IMP_DESK (widget);

  if (!step (self, g_variant_get_int32 (parameter)))
    notify (self, _ ("No other picture is unfinished"));
}

static void
go_on_or_leave (ImpDesk *self, const char *sentence)
{
  if (step (self, 1))
    {
      notify (self, sentence);
      return;
    }
  imp_desk_leave_item (self);
  notify (self, _ ("All pictures of this session are cleared, exported or set aside"));
}

/* ---- clearing ---- */

static void
on_cleared (ImpDesk *self)
{
  go_on_or_leave (self, _ ("Cleared"));
}

static const ImpQuestion *
find_unanswered (ImpDesk *self)
{
  ImpWizardSession *session = imp_desk_item_get_session (self->item);
  g_autoptr (GPtrArray) asked = imp_wizard_session_list_questions (session, NULL);

  for (guint i = 0; i < asked->len; i++)
    if (!imp_wizard_session_is_answered (session, g_ptr_array_index (asked, i)))
      return g_ptr_array_index (asked, i);
  return NULL;
}

/* What stands in the way first: what refuses, then what nobody has seen, then what nobody has
 * answered; and the way there. */
static void
on_missing (ImpDesk *self)
{
  ImpWizardSession *session = imp_desk_item_get_session (self->item);
  g_autoptr (GPtrArray) refusals = imp_wizard_status_list_refusals (session);
  const GError *error = imp_wizard_session_get_error (session);
  ImpPicture *picture = imp_desk_get_picture (self);
  const ImpQuestion *question = find_unanswered (self);
  const ImpStanding *standing = imp_desk_item_get_standing (self->item);

  if (error != NULL)
    notify (self, error->message);
  else if (standing != NULL
           && (standing->kind == IMP_STANDING_REFUSED || standing->kind == IMP_STANDING_UNCLEAR))
    notify (self, standing->reason);
  else if (picture != NULL && imp_picture_get_seen_share (picture) < 100)
    {
      notify (self, _ ("Not all of it was looked at: N goes on to the rest"));
      imp_canvas_look_on (imp_workbench_get_canvas (self->workbench));
    }
  else if (question != NULL && imp_answer_sheet_asks (self->item, question))
    imp_desk_bar_ask (self->bar);
  else if (question != NULL)
    {
      imp_workbench_show_pane (self->workbench, "export");
      imp_wizard_show_question (imp_workbench_get_wizard (self->workbench), question->key);
    }
  else
    {
      imp_workbench_show_pane (self->workbench, "export");
      notify (self, refusals->len > 0 ? ((ImpReason *)g_ptr_array_index (refusals, 0))->reason
                                      : _ ("The Export pane says what is missing"));
    }
}

static void
clear_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_desk_item_clear (IMP_DESK (widget)->item);
}

static void
answer_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_desk_bar_ask (IMP_DESK (widget)->bar);
}

static void
on_answered (ImpDesk *self, const char *sentence)
{
  notify (self, sentence);
  focus_picture (self);
}

/* ---- setting aside ---- */

static void
on_aside (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!imp_curation_gesture_finish (IMP_CURATION (source), result, &error))
    notify (self, error->message);
  else if (self->item != NULL)
    go_on_or_leave (self, _ ("Set aside"));
}

static void
on_reason (const char *const *texts, gpointer user_data)
{
  ImpDesk *self = user_data;
  guint index = 0;

  if (self->item != NULL && imp_desk_item_get_index (self->item, &index))
    imp_curation_set_state_async (imp_desk_item_get_curation (self->item), index,
                                  IMP_CURATION_SET_ASIDE, texts[0], on_aside, g_object_ref (self));
}

static void
on_taken_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!imp_curation_gesture_finish (IMP_CURATION (source), result, &error))
    notify (self, error->message);
}

static void
set_aside_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const ImpTextDialog DIALOG = {
    .heading = N_ ("Set this picture aside?"),
    .body = N_ ("It stays in the session, and does not leave with it."),
    .verb = N_ ("Set _aside"),
    .fields = { { .title = N_ ("Why?") } },
  };
  ImpDesk *self = IMP_DESK (widget);
  const ImpCurationItem *item = imp_desk_item_get (self->item);
  ImpTextDialog dialog = DIALOG;
  guint index = 0;

  if (item == NULL || item->state == IMP_CURATION_EXPORTED)
    return;
  if (item->state == IMP_CURATION_SET_ASIDE)
    {
      imp_desk_item_get_index (self->item, &index);
      imp_curation_set_state_async (imp_desk_item_get_curation (self->item), index,
                                    item->boxes->len > 0 ? IMP_CURATION_COVERED
                                                         : IMP_CURATION_LOOKED_AT,
                                    NULL, on_taken_up, g_object_ref (self));
      return;
    }
  dialog.heading = _ (DIALOG.heading);
  dialog.body = _ (DIALOG.body);
  dialog.verb = _ (DIALOG.verb);
  dialog.fields[0].title = _ (DIALOG.fields[0].title);
  imp_text_dialog_open (widget, &dialog, on_reason, g_object_ref (self), g_object_unref);
}

/* ---- boxes that travel ---- */

static char *
describe_travel (const ImpTravel *travel)
{
  static const ImpTravelOutcome LEFT[] = { IMP_TRAVEL_HAS_THEM, IMP_TRAVEL_OTHER_SIZE,
                                           IMP_TRAVEL_UNKNOWN_SIZE, IMP_TRAVEL_EXPORTED,
                                           IMP_TRAVEL_SET_ASIDE };
  const guint n_added = imp_travel_count (travel, IMP_TRAVEL_APPLIED);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          g_dngettext (NULL, "%u picture has these boxes now.",
                                       "%u pictures have these boxes now.", n_added),
                          n_added);
  for (guint i = 0; i < G_N_ELEMENTS (LEFT); i++)
    {
      const guint n = imp_travel_count (travel, LEFT[i]);

      if (n > 0)
        g_string_append_printf (text, _ ("\n%u: %s"), n, imp_travel_outcome_to_words (LEFT[i]));
    }
  return g_string_free (text, FALSE);
}

static void
on_travelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpTravel) travel = imp_curation_travel_finish (IMP_CURATION (source), result, &error);
  g_autofree char *text = NULL;
  GtkWidget *dialog = NULL;

  if (travel == NULL)
    {
      notify (self, error->message);
      return;
    }
  text = describe_travel (travel);
  dialog = imp_compat_message_dialog_new (imp_widgets_get_window (GTK_WIDGET (self)),
                                          _ ("Boxes for other pictures"), text);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
spread (ImpDesk *self, int reach)
{
  guint index = 0;

  if (imp_desk_item_get_index (self->item, &index))
    imp_curation_travel_async (imp_desk_item_get_curation (self->item), index, (ImpReach)reach,
                               on_travelled, g_object_ref (self));
}

static void
spread_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  when_settled (IMP_DESK (widget), spread, g_variant_get_int32 (parameter));
}

static void
on_remembered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  notify (self, imp_curation_gesture_finish (IMP_CURATION (source), result, &error)
                    ? _ ("Remembered: these boxes are suggested on this scanner's pictures")
                    : error->message);
}

static void
remember (ImpDesk *self, int argument)
{
  guint index = 0;

  if (imp_desk_item_get_index (self->item, &index))
    imp_curation_remember_async (imp_desk_item_get_curation (self->item), index, NULL,
                                 on_remembered, g_object_ref (self));
}

static void
remember_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  when_settled (IMP_DESK (widget), remember, 0);
}

/* ---- what left by the Export pane ---- */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!imp_curation_gesture_finish (IMP_CURATION (source), result, &error))
    notify (self, error->message);
}

static void
on_released (ImpDesk *self, const char *export_id)
{
  guint index = 0;

  if (self->item != NULL && imp_desk_item_get_index (self->item, &index))
    imp_curation_note_export_async (imp_desk_item_get_curation (self->item), index, export_id,
                                    on_exported, g_object_ref (self));
}

/* ---- the class ---- */

/* What is typed into a field is no verb. */
static gboolean
on_key (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  g_autoptr (GVariant) target = NULL;
  const char *verb = NULL;

  g_variant_get (parameter, "(&sm@i)", &verb, &target);
  if (IMP_DESK (widget)->item == NULL || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, verb, target);
}

/**
 * imp_desk_install_session:
 * @widget_class: the desk's class
 *
 * The verbs of a session's picture, and their keys.
 */
void
imp_desk_install_session (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "desk.leave-item", NULL, leave_verb);
  gtk_widget_class_install_action (widget_class, "desk.step-item", "i", step_verb);
  gtk_widget_class_install_action (widget_class, "desk.clear-item", NULL, clear_verb);
  gtk_widget_class_install_action (widget_class, "desk.answer-item", NULL, answer_verb);
  gtk_widget_class_install_action (widget_class, "desk.set-aside-item", NULL, set_aside_verb);
  gtk_widget_class_install_action (widget_class, "desk.spread-boxes", "i", spread_verb);
  gtk_widget_class_install_action (widget_class, "desk.remember-boxes", NULL, remember_verb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_d, 0, on_key, "(smi)", "desk.answer-item",
                                FALSE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_k, 0, on_key, "(smi)", "desk.clear-item",
                                FALSE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_x, 0, on_key, "(smi)", "desk.set-aside-item",
                                FALSE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_period, 0, on_key, "(smi)", "desk.step-item",
                                TRUE, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_comma, 0, on_key, "(smi)", "desk.step-item",
                                TRUE, -1);
}

/**
 * imp_desk_init_session:
 * @self: a new desk
 */
void
imp_desk_init_session (ImpDesk *self)
{
  g_signal_connect_object (self->bar, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (imp_workbench_get_wizard (self->workbench), "released",
                           G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  enable_verbs (self);
}
