#include "imp-desk-bar.h"

#include <glib/gi18n.h>

#include "imp-answer-sheet.h"
#include "imp-compat.h"
#include "imp-teaching-words.h"
#include "imp-widgets.h"

struct _ImpDeskBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *place;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkImage *standing_icon;
  GtkLabel *standing;
  GtkLabel *saved;
  GtkMenuButton *questions;
  GtkWidget *sheet;
  GtkMenuButton *boxes;
  GtkWidget *aside;
  GtkWidget *clear;

  ImpDeskItem *item; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpDeskBar, imp_desk_bar, GTK_TYPE_WIDGET)

static void
show_standing (ImpDeskBar *self)
{
  const ImpStanding *standing = imp_desk_item_get_standing (self->item);
  g_autofree char *words = imp_teaching_words_standing (standing);

  gtk_image_set_from_icon_name (self->standing_icon, imp_teaching_words_standing_icon (standing));
  gtk_label_set_label (self->standing, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->standing),
                               standing != NULL ? standing->reason : words);
}

/* The button stands out once the gate would let exactly this go. */
static void
show_clear (ImpDeskBar *self, const ImpCurationItem *item)
{
  const ImpRehearsal *rehearsal =
      imp_wizard_session_get_rehearsal (imp_desk_item_get_session (self->item));
  const gboolean can = imp_desk_item_is_attached (self->item) && item->state < IMP_CURATION_CLEARED
                       && !imp_desk_item_is_clearing (self->item);

  if (can && rehearsal != NULL && rehearsal->allowed)
    gtk_widget_add_css_class (self->clear, "suggested-action");
  else
    gtk_widget_remove_css_class (self->clear, "suggested-action");
  gtk_widget_set_sensitive (self->clear, can);
}

static void
show (ImpDeskBar *self)
{
  const ImpCurationItem *item = self->item != NULL ? imp_desk_item_get (self->item) : NULL;
  g_autofree char *place = NULL;
  g_autofree char *asked = NULL;
  guint n_open = 0;
  gboolean aside = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self), item != NULL);
  if (item == NULL)
    return;
  aside = item->state == IMP_CURATION_SET_ASIDE;
  place = g_strdup_printf (_ ("Picture %u of %u"), item->position + 1,
                           imp_curation_get_n_items (imp_desk_item_get_curation (self->item)));
  gtk_label_set_label (self->place, place);
  gtk_image_set_from_icon_name (self->state_icon, imp_teaching_words_state_icon (item->state));
  gtk_label_set_label (self->state, imp_teaching_words_state (item->state));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), item->reason);
  gtk_label_set_label (self->saved,
                       imp_desk_item_is_settled (self->item) ? _ ("Saved") : _ ("Not saved yet"));
  show_standing (self);
  show_clear (self, item);
  if (imp_desk_item_is_attached (self->item))
    n_open = imp_answer_sheet_count_open (self->item);
  asked = n_open > 0
              ? g_strdup_printf (g_dngettext (NULL, "%u question", "%u questions", n_open), n_open)
              : g_strdup (_ ("Questions"));
  gtk_menu_button_set_label (self->questions, asked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->questions), imp_desk_item_is_attached (self->item));
  gtk_widget_set_sensitive (GTK_WIDGET (self->boxes),
                            imp_desk_item_is_attached (self->item) && item->boxes->len > 0);
  gtk_button_set_label (GTK_BUTTON (self->aside), aside ? _ ("Take _up again") : _ ("Set _aside…"));
  gtk_widget_set_sensitive (self->aside, item->state != IMP_CURATION_EXPORTED);
}

static void
on_done (ImpDeskBar *self, const char *sentence)
{
  gtk_menu_button_popdown (self->questions);
  g_signal_emit_by_name (self, "answered", sentence);
}

/* ---- object ---- */

static GtkWidget *
add_button (ImpDeskBar *self, const char *icon, const char *label, const char *name,
            const char *action, GVariant *floating_target)
{
  GtkWidget *button =
      icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_mnemonic (label);

  if (icon != NULL)
    gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  if (icon != NULL)
    imp_compat_set_name (GTK_ACCESSIBLE (button), name);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), floating_target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static GtkLabel *
add_label (ImpDeskBar *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static GtkImage *
add_image (ImpDeskBar *self)
{
  GtkWidget *image = gtk_image_new ();

  gtk_box_append (GTK_BOX (self->box), image);
  return GTK_IMAGE (image);
}

static GMenuModel *
build_boxes_menu (void)
{
  static const struct
  {
    const char *label;
    int reach;
  } REACHES[] = {
    { N_ ("All _frames of this picture"), IMP_REACH_FILE },
    { N_ ("This _series"), IMP_REACH_SERIES },
    { N_ ("All pictures of this s_canner"), IMP_REACH_SCANNER },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) spread = g_menu_new ();
  g_autoptr (GMenu) remember = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (REACHES); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (REACHES[i].label), NULL);

      g_menu_item_set_action_and_target (item, "desk.spread-boxes", "i", REACHES[i].reach);
      g_menu_append_item (spread, item);
    }
  g_menu_append (remember, _ ("_Remember for this scanner"), "desk.remember-boxes");
  g_menu_append_section (menu, _ ("Use these boxes for"), G_MENU_MODEL (spread));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remember));
  return G_MENU_MODEL (menu);
}

static void
add_menus (ImpDeskBar *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *questions = gtk_menu_button_new ();
  GtkWidget *boxes = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = build_boxes_menu ();

  self->sheet = imp_answer_sheet_new ();
  g_signal_connect_object (self->sheet, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), self->sheet);
  self->questions = GTK_MENU_BUTTON (questions);
  gtk_menu_button_set_popover (self->questions, popover);
  gtk_widget_set_tooltip_text (questions, _ ("Questions about this picture (D)"));
  gtk_box_append (GTK_BOX (self->box), questions);
  self->boxes = GTK_MENU_BUTTON (boxes);
  gtk_menu_button_set_label (self->boxes, _ ("Boxes"));
  gtk_menu_button_set_menu_model (self->boxes, menu);
  gtk_widget_set_tooltip_text (boxes, _ ("Use these boxes for other pictures"));
  gtk_box_append (GTK_BOX (self->box), boxes);
}

static void
imp_desk_bar_dispose (GObject *object)
{
  ImpDeskBar *self = IMP_DESK_BAR (object);

  if (self->box != NULL)
    {
      imp_desk_bar_set_item (self, NULL);
      gtk_widget_unparent (g_steal_pointer (&self->box));
    }
  G_OBJECT_CLASS (imp_desk_bar_parent_class)->dispose (object);
}

static void
imp_desk_bar_class_init (ImpDeskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_desk_bar_dispose;
  g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deskbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

static void
imp_desk_bar_init (ImpDeskBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->box, "top-row");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  imp_widgets_set_name (GTK_WIDGET (self), _ ("Session"));
  add_button (self, "go-previous-symbolic", NULL, _ ("Back to the session (Escape)"),
              "desk.leave-item", NULL);
  add_button (self, "go-up-symbolic", NULL, _ ("Previous unfinished picture (comma)"),
              "desk.step-item", g_variant_new_int32 (-1));
  add_button (self, "go-down-symbolic", NULL, _ ("Next unfinished picture (full stop)"),
              "desk.step-item", g_variant_new_int32 (1));
  self->place = add_label (self, "heading");
  self->state_icon = add_image (self);
  self->state = add_label (self, NULL);
  self->saved = add_label (self, "dim-label");
  gtk_widget_set_margin_end (GTK_WIDGET (self->saved), 12);
  self->standing_icon = add_image (self);
  self->standing = add_label (self, NULL);
  gtk_label_set_ellipsize (self->standing, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->standing, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->standing), TRUE);
  add_menus (self);
  self->aside =
      add_button (self, NULL, "", _ ("Not for this session (X)"), "desk.set-aside-item", NULL);
  self->clear =
      add_button (self, NULL, _ ("C_lear"), _ ("Ready to leave (K)"), "desk.clear-item", NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_desk_bar_new:
 *
 * Returns: (transfer floating): a bar that is not seen while no session's picture is on the desk
 */
GtkWidget *
imp_desk_bar_new (void)
{
  return g_object_new (IMP_TYPE_DESK_BAR, NULL);
}

/**
 * imp_desk_bar_set_item:
 * @self: a bar
 * @item: (nullable): the session's picture on the desk
 */
void
imp_desk_bar_set_item (ImpDeskBar *self, ImpDeskItem *item)
{
  if (self->item != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->item, self);
      g_signal_handlers_disconnect_by_data (imp_desk_item_get_session (self->item), self);
    }
  g_set_object (&self->item, item);
  imp_answer_sheet_set_item (IMP_ANSWER_SHEET (self->sheet), item);
  if (item != NULL)
    {
      g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
      g_signal_connect_swapped (imp_desk_item_get_session (item), "changed", G_CALLBACK (show),
                                self);
    }
  show (self);
}

/**
 * imp_desk_bar_ask:
 * @self: a bar with an item
 *
 * Writes out the questions about the picture, with the keyboard on the button that answers them.
 */
void
imp_desk_bar_ask (ImpDeskBar *self)
{
  if (self->item != NULL && imp_desk_item_is_attached (self->item))
    gtk_menu_button_popup (self->questions);
}
