#include "imp-workbench.h"

#include <glib/gi18n.h>
#include <math.h>

#include "imp-box-list.h"
#include "imp-compat.h"
#include "imp-frame-bar.h"
#include "imp-inspector.h"
#include "imp-levels-button.h"
#include "imp-overlays-button.h"
#include "imp-page-bar.h"
#include "imp-screener.h"
#include "imp-widgets.h"

struct _ImpWorkbench
{
  GtkWidget parent_instance;

  GtkWidget *paned;
  AdwToastOverlay *toasts;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  ImpCanvas *canvas;
  GtkLabel *reveal_label;
  ImpFrameBar *frame_bar;
  ImpPageBar *page_bar;
  ImpLevelsButton *levels;
  ImpOverlaysButton *overlays;
  GtkMenuButton *zoom_button;
  GtkWidget *look_on;
  GtkWidget *original;
  GtkWidget *side_pane;
  GtkStack *panes;
  ImpInspector *inspector;
  ImpBoxList *box_list;
  ImpWizard *wizard;

  ImpPicture *picture;            /* owned, nullable */
  ImpSuggestionList *suggestions; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpWorkbench, imp_workbench, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SIDE_PANE_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Verbs of the canvas that the bars and the lists beside it call too. */
static const char *const SHARED_VERBS[] = {
  "canvas.zoom-in", "canvas.zoom-out",   "canvas.zoom-fit",    "canvas.zoom-100",
  "canvas.add-box", "canvas.delete-box", "canvas.clear-boxes", "canvas.undo",
  "canvas.redo",    "canvas.clear-crop", "canvas.look-on"
};

static void
forward_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (IMP_WORKBENCH (widget)->canvas), name, parameter);
}

static void
update_verbs (ImpWorkbench *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  ImpRedaction *redaction =
      self->picture != NULL ? imp_picture_get_redaction (self->picture) : NULL;
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;
  ImpRect crop;

  if (redaction != NULL)
    g_object_get (redaction, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  gtk_widget_action_set_enabled (widget, "canvas.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "canvas.redo", can_redo);
  gtk_widget_action_set_enabled (widget, "canvas.add-box", redaction != NULL);
  gtk_widget_set_sensitive (self->original, redaction != NULL);
  gtk_widget_action_set_enabled (widget, "canvas.clear-boxes",
                                 redaction != NULL && imp_redaction_get_n_boxes (redaction) > 0);
  gtk_widget_action_set_enabled (widget, "canvas.clear-crop",
                                 redaction != NULL && imp_redaction_get_crop (redaction, &crop));
  gtk_widget_action_set_enabled (widget, "canvas.delete-box",
                                 imp_canvas_get_selected (self->canvas) != 0);
}

static void
show_zoom (ImpWorkbench *self)
{
  double zoom =
      imp_canvas_get_zoom (self->canvas) * gtk_widget_get_scale_factor (GTK_WIDGET (self->canvas));
  g_autofree char *text = g_strdup_printf (_ ("%.0f %%"), zoom * 100);
  g_autofree char *label = g_strdup_printf (_ ("Zoom %.0f %%"), zoom * 100);

  gtk_menu_button_set_label (self->zoom_button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* Nobody shall take the reveal view for the picture. */
static void
show_reveal (ImpWorkbench *self)
{
  gboolean revealed = FALSE;

  g_object_get (self->canvas, "revealed", &revealed, NULL);
  gtk_label_set_text (self->reveal_label,
                      revealed ? _ ("Revealed: not what leaves") : _ ("Revealing…"));
  if (revealed)
    gtk_widget_add_css_class (GTK_WIDGET (self->canvas), "revealed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->canvas), "revealed");
}

/* What is left to look at, and the way there; nothing once that is all. */
static void
show_seen (ImpWorkbench *self)
{
  guint share = self->picture != NULL ? imp_picture_get_seen_share (self->picture) : 100;
  g_autofree char *text = g_strdup_printf (_ ("%u %% seen"), share);
  g_autofree char *name =
      g_strdup_printf (_ ("%u %% looked at at full size: go on to the rest"), share);

  if (share < 100)
    {
      gtk_button_set_label (GTK_BUTTON (self->look_on), text);
      imp_compat_set_name (GTK_ACCESSIBLE (self->look_on), name);
    }
  else if (gtk_widget_has_focus (self->look_on))
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  gtk_widget_set_visible (self->look_on, share < 100);
}

static void
show_banner (ImpWorkbench *self)
{
  const ImpFacts *facts = imp_source_get_facts (imp_picture_get_source (self->picture));
  guint n_pages = imp_facts_get_n_pages (facts);
  g_autofree char *text = NULL;

  /* Of other formats only the first picture is read: there is none to choose. */
  if (n_pages > 1 && !g_str_equal (imp_facts_get_format (facts), "tiff"))
    {
      text = g_strdup_printf (
          ngettext ("1 of %u picture is shown.",
                    "The first of %u pictures is shown. The others are not exported.", n_pages),
          n_pages);
      gtk_label_set_text (self->banner_label, text);
    }
  gtk_revealer_set_reveal_child (self->banner, text != NULL);
}

/* ---- verbs ---- */

static void
step_frame (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpWorkbench *self = IMP_WORKBENCH (widget);

  /* The keys go through frames, or through pages where a page is a single frame. */
  if (gtk_widget_get_visible (GTK_WIDGET (self->frame_bar)))
    imp_frame_bar_step (self->frame_bar, g_variant_get_int32 (parameter));
  else
    imp_page_bar_step (self->page_bar, g_variant_get_int32 (parameter));
}

static void
toggle_play (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_frame_bar_toggle_play (IMP_WORKBENCH (widget)->frame_bar);
}

static void
choose_window (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_levels_button_popup (IMP_WORKBENCH (widget)->levels);
}

static void
choose_overlays (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_overlays_button_popup (IMP_WORKBENCH (widget)->overlays);
}

static void
reset_window (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpWorkbench *self = IMP_WORKBENCH (widget);

  if (self->picture != NULL)
    imp_picture_set_window (self->picture, NULL);
}

/* The keys of the desk are the picture's. */
static void
focus_picture (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (IMP_WORKBENCH (widget)->canvas));
}

/* ---- the original, for as long as the button is held ---- */

static void
on_original_pressed (GtkGesture *gesture, int n_press, double x, double y, ImpWorkbench *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  imp_canvas_set_comparing (self->canvas, TRUE);
}

static void
end_original (ImpWorkbench *self)
{
  imp_canvas_set_comparing (self->canvas, FALSE);
}

/* By keyboard there is no holding of a button: it is pressed once more, or left. */
static void
on_original_clicked (ImpWorkbench *self)
{
  gboolean comparing = FALSE;

  g_object_get (self->canvas, "comparing", &comparing, NULL);
  imp_canvas_set_comparing (self->canvas, !comparing);
}

static void
add_original (ImpWorkbench *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (on_original_pressed), self);
  g_signal_connect_swapped (gesture, "released", G_CALLBACK (end_original), self);
  g_signal_connect_swapped (gesture, "cancel", G_CALLBACK (end_original), self);
  gtk_widget_add_controller (self->original, GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (end_original), self);
  gtk_widget_add_controller (self->original, focus);
  g_signal_connect_swapped (self->original, "clicked", G_CALLBACK (on_original_clicked), self);
}

static void
show_pane_verb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  imp_workbench_show_pane (IMP_WORKBENCH (widget), g_variant_get_string (parameter, NULL));
}

/* Nothing any more, where the parameter names no place. */
static void
show_place (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ImpRect place = { 0, 0, 0, 0 };
  gboolean is_place = imp_rect_parse (g_variant_get_string (parameter, NULL), &place);

  imp_canvas_point_out (IMP_WORKBENCH (widget)->canvas, is_place ? &place : NULL);
}

static void
on_notice (ImpWorkbench *self, const char *sentence)
{
  g_signal_emit_by_name (self, "notice", sentence);
}

static void
on_show_suggestion (ImpWorkbench *self, guint id)
{
  imp_canvas_focus_suggestion (self->canvas, id);
}

/* Whose picture it is was said, or is not known here any more. */
static void
on_person (ImpWorkbench *self)
{
  if (self->suggestions != NULL)
    imp_suggestion_list_set_person (self->suggestions, imp_wizard_get_person (self->wizard));
}

static void
on_copy_refused (ImpWorkbench *self)
{
  on_notice (self, _ ("A picture is not copied: it leaves by Export only"));
}

/* ---- object ---- */

static void
imp_workbench_dispose (GObject *object)
{
  ImpWorkbench *self = IMP_WORKBENCH (object);

  if (self->paned != NULL)
    {
      imp_workbench_set_picture (self, NULL);
      imp_box_list_set_canvas (self->box_list, NULL);
      gtk_widget_unparent (g_steal_pointer (&self->paned));
    }
  G_OBJECT_CLASS (imp_workbench_parent_class)->dispose (object);
}

static void
imp_workbench_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SIDE_PANE_SHOWN)
    g_value_set_boolean (value, gtk_widget_get_visible (IMP_WORKBENCH (object)->side_pane));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
imp_workbench_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ImpWorkbench *self = IMP_WORKBENCH (object);

  if (id != PROP_SIDE_PANE_SHOWN)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (gtk_widget_get_visible (self->side_pane) == g_value_get_boolean (value))
    return;
  gtk_widget_set_visible (self->side_pane, g_value_get_boolean (value));
  g_object_notify_by_pspec (object, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (IMP_TYPE_BOX_LIST);
  g_type_ensure (IMP_TYPE_CANVAS);
  g_type_ensure (IMP_TYPE_FRAME_BAR);
  g_type_ensure (IMP_TYPE_INSPECTOR);
  g_type_ensure (IMP_TYPE_LEVELS_BUTTON);
  g_type_ensure (IMP_TYPE_OVERLAYS_BUTTON);
  g_type_ensure (IMP_TYPE_PAGE_BAR);
  g_type_ensure (IMP_TYPE_WIZARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-workbench.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, paned);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, toasts);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, banner);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, banner_label);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, canvas);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, reveal_label);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, frame_bar);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, page_bar);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, levels);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, overlays);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, zoom_button);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, look_on);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, original);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, side_pane);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, panes);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, inspector);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, box_list);
  gtk_widget_class_bind_template_child (widget_class, ImpWorkbench, wizard);
}

static void
imp_workbench_class_init (ImpWorkbenchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = imp_workbench_dispose;
  object_class->get_property = imp_workbench_get_property;
  object_class->set_property = imp_workbench_set_property;
  properties[PROP_SIDE_PANE_SHOWN] =
      g_param_spec_boolean ("side-pane-shown", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  for (guint i = 0; i < G_N_ELEMENTS (SHARED_VERBS); i++)
    gtk_widget_class_install_action (widget_class, SHARED_VERBS[i], NULL, forward_verb);
  gtk_widget_class_install_action (widget_class, "canvas.step-suggestion", "i", forward_verb);
  gtk_widget_class_install_action (widget_class, "desk.step-frame", "i", step_frame);
  gtk_widget_class_install_action (widget_class, "desk.play", NULL, toggle_play);
  gtk_widget_class_install_action (widget_class, "desk.choose-window", NULL, choose_window);
  gtk_widget_class_install_action (widget_class, "desk.choose-overlays", NULL, choose_overlays);
  gtk_widget_class_install_action (widget_class, "desk.reset-window", NULL, reset_window);
  gtk_widget_class_install_action (widget_class, "desk.focus-picture", NULL, focus_picture);
  gtk_widget_class_install_action (widget_class, "desk.show-pane", "s", show_pane_verb);
  gtk_widget_class_install_action (widget_class, "desk.show-place", "s", show_place);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK,
                                       "canvas.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK,
                                       "canvas.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK,
                                       "canvas.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom-fit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_CONTROL_MASK, "canvas.zoom-100",
                                       NULL);

  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_workbench_init (ImpWorkbench *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  imp_widgets_hide_unseen (GTK_WIDGET (self->panes));
  imp_widgets_hide_unseen (GTK_WIDGET (self->banner));
  imp_box_list_set_canvas (self->box_list, self->canvas);
  g_signal_connect_swapped (self->canvas, "notify::zoom", G_CALLBACK (show_zoom), self);
  g_signal_connect_swapped (self->canvas, "notify::selected", G_CALLBACK (update_verbs), self);
  g_signal_connect_swapped (self->canvas, "notify::revealed", G_CALLBACK (show_reveal), self);
  g_signal_connect_swapped (self->canvas, "copy-refused", G_CALLBACK (on_copy_refused), self);
  g_signal_connect_swapped (self->canvas, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_swapped (self->frame_bar, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_swapped (self->overlays, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_swapped (self->inspector, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_swapped (self->inspector, "show-suggestion", G_CALLBACK (on_show_suggestion),
                            self);
  g_signal_connect_swapped (self->wizard, "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_swapped (self->wizard, "person-changed", G_CALLBACK (on_person), self);
  show_reveal (self);
  add_original (self);
  update_verbs (self);
}

/**
 * imp_workbench_new:
 *
 * Returns: (transfer full): a workbench with nothing on it
 */
GtkWidget *
imp_workbench_new (void)
{
  return g_object_new (IMP_TYPE_WORKBENCH, NULL);
}

/* Looked for behind what is on screen already. */
static void
set_suggestions (ImpWorkbench *self, ImpSuggestionList *owned_list)
{
  g_autoptr (ImpSuggestionList) before = g_steal_pointer (&self->suggestions);

  self->suggestions = owned_list;
  imp_canvas_set_suggestions (self->canvas, owned_list);
  imp_inspector_set_suggestions (self->inspector, owned_list);
  if (before != NULL)
    {
      imp_suggestion_list_cancel (before);
      imp_screener_forget (); /* what was read goes with the picture */
    }
  if (owned_list != NULL)
    imp_suggestion_list_look (owned_list);
}

/**
 * imp_workbench_set_picture:
 * @self: a workbench
 * @picture: (nullable): what to work on
 */
void
imp_workbench_set_picture (ImpWorkbench *self, ImpPicture *picture)
{
  if (self->picture == picture)
    return;
  if (self->picture != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->picture, self);
      g_signal_handlers_disconnect_by_data (imp_picture_get_redaction (self->picture), self);
    }
  g_set_object (&self->picture, picture);
  imp_canvas_set_picture (self->canvas, picture);
  imp_frame_bar_set_picture (self->frame_bar, picture);
  imp_page_bar_set_picture (self->page_bar, picture);
  imp_levels_button_set_picture (self->levels, picture);
  imp_overlays_button_set_picture (self->overlays, picture);
  imp_inspector_set_picture (self->inspector, picture);
  set_suggestions (self, picture != NULL ? imp_suggestion_list_new (picture) : NULL);
  imp_box_list_set_picture (self->box_list, picture);
  imp_wizard_set_picture (self->wizard, picture);
  if (picture != NULL)
    {
      g_signal_connect_swapped (imp_picture_get_redaction (picture), "changed",
                                G_CALLBACK (update_verbs), self);
      g_signal_connect_swapped (picture, "notify::seen-share", G_CALLBACK (show_seen), self);
      g_signal_connect_swapped (picture, "pixels-changed", G_CALLBACK (show_seen), self);
      show_banner (self);
    }
  show_seen (self);
  update_verbs (self);
}

/**
 * imp_workbench_set_remembered:
 * @self: a workbench
 * @remembered: (element-type ImpSuggestion): what was covered on others of the picture's scanner
 *
 * Suggests that as well, until there is another picture.
 */
void
imp_workbench_set_remembered (ImpWorkbench *self, GPtrArray *remembered)
{
  if (self->suggestions != NULL)
    imp_suggestion_list_set_remembered (self->suggestions, remembered);
}

/**
 * imp_workbench_begin:
 * @self: a workbench with another file's picture on it
 *
 * Begins with what the file gives away.
 */
void
imp_workbench_begin (ImpWorkbench *self)
{
  gtk_stack_set_visible_child_name (self->panes, "findings");
}

/**
 * imp_workbench_show_page_number:
 * @self: a workbench
 *
 * Another page could not be opened: the number of the open one is shown again.
 */
void
imp_workbench_show_page_number (ImpWorkbench *self)
{
  imp_page_bar_show_current (self->page_bar);
}

/**
 * imp_workbench_get_toasts:
 * @self: a workbench
 *
 * Returns: (transfer none): where something is told in passing, over the picture
 */
AdwToastOverlay *
imp_workbench_get_toasts (ImpWorkbench *self)
{
  return self->toasts;
}

/**
 * imp_workbench_get_canvas:
 * @self: a workbench
 *
 * Returns: (transfer none): its canvas
 */
ImpCanvas *
imp_workbench_get_canvas (ImpWorkbench *self)
{
  return self->canvas;
}

/**
 * imp_workbench_get_wizard:
 * @self: a workbench
 *
 * Returns: (transfer none): its export wizard
 */
ImpWizard *
imp_workbench_get_wizard (ImpWorkbench *self)
{
  return self->wizard;
}

/* The first thing that takes the keyboard: gtk_widget_child_focus() would go on from where the
 * page had it last. */
static gboolean
focus_first (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_sensitive (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (focus_first (child))
      return TRUE;
  return gtk_widget_get_focusable (widget) && gtk_widget_grab_focus (widget);
}

/**
 * imp_workbench_show_pane:
 * @self: a workbench
 * @name: "findings", "boxes" or "export"
 *
 * Shows that page of the side pane and moves the keyboard into it.
 */
void
imp_workbench_show_pane (ImpWorkbench *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->panes, name);

  if (page == NULL)
    return;
  g_object_set (self, "side-pane-shown", TRUE, NULL);
  gtk_stack_set_visible_child (self->panes, page);
  focus_first (page);
}
