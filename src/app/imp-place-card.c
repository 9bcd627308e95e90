#include "imp-place-card.h"

#include <glib/gi18n.h>

#include "imp-decision-words.h"
#include "imp-suggestion-words.h"
#include "imp-widgets.h"

struct _ImpPlaceCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *seen; /* what was read, masked, and where */

  ImpWizardSession *session; /* owned */
  ImpSuggestion *left;       /* owned, nullable: what the look found there */
  ImpRect place;
};

G_DEFINE_FINAL_TYPE (ImpPlaceCard, imp_place_card, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
imp_place_card_dispose (GObject *object)
{
  ImpPlaceCard *self = IMP_PLACE_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->left, imp_suggestion_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (imp_place_card_parent_class)->dispose (object);
}

static void
imp_place_card_class_init (ImpPlaceCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_place_card_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
imp_place_card_init (ImpPlaceCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->box, "reason");
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static const ImpSuggestion *
find_left (ImpPlaceCard *self)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (self->session);

  for (guint i = 0; rehearsal != NULL && rehearsal->left != NULL && i < rehearsal->left->len; i++)
    {
      const ImpSuggestion *left = g_ptr_array_index (rehearsal->left, i);

      if (imp_rect_equal (&left->rect, &self->place))
        return left;
    }
  return NULL;
}

static void
show_seen (ImpPlaceCard *self)
{
  ImpPicture *picture = imp_wizard_session_get_picture (self->session);
  g_autofree char *where = g_strdup_printf (_ ("%d × %d at %d, %d"), self->place.width,
                                            self->place.height, self->place.x, self->place.y);
  g_autofree char *text = NULL;

  if (picture != NULL && self->left != NULL && self->left->text != NULL
      && self->left->text[0] != '\0')
    text = g_strdup_printf ("%s · %s", imp_picture_mask (picture, self->left->text), where);
  gtk_label_set_label (GTK_LABEL (self->seen), text != NULL ? text : where);
}

/* As a suggestion that was accepted: it is one. */
static void
on_cover (ImpPlaceCard *self)
{
  ImpPicture *picture = imp_wizard_session_get_picture (self->session);

  if (picture == NULL)
    return;
  g_signal_emit (self, signals[DECIDED], 0);
  imp_redaction_add_suggested (imp_picture_get_redaction (picture), &self->place);
}

static void
on_acknowledge (ImpPlaceCard *self)
{
  g_signal_emit (self, signals[DECIDED], 0);
  imp_wizard_session_acknowledge (self->session, &self->place);
}

static GtkWidget *
add_button (GtkWidget *flow, const char *label, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  imp_widgets_set_name (button, name);
  imp_widgets_flow_add (flow, button);
  return button;
}

static void
add_buttons (ImpPlaceCard *self, const ImpReason *reason, guint number, guint n_places)
{
  g_autofree char *show = g_strdup_printf (_ ("Show place %u of %u"), number, n_places);
  g_autofree char *cover = g_strdup_printf (_ ("Cover place %u of %u"), number, n_places);
  g_autofree char *stay =
      g_strdup_printf (_ ("I looked at place %u of %u: it may stay"), number, n_places);
  GtkWidget *flow = imp_widgets_flow (2);
  GtkWidget *button = add_button (flow, _ ("Show it"), show);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "desk.show-place");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", reason->region);
  button = add_button (flow, _ ("Cover it"), cover);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_cover), self, G_CONNECT_SWAPPED);
  if (!g_str_equal (reason->rule, "floor:output-shows"))
    {
      button = add_button (flow, _ ("I looked: it may stay"), stay);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_acknowledge), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_box_append (GTK_BOX (self->box), flow);
}

static GtkWidget *
add_line (ImpPlaceCard *self, const char *text)
{
  GtkWidget *label = imp_widgets_label (text, "caption");

  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

/**
 * imp_place_card_new:
 * @session: whose picture it is about
 * @reason: the refusal that names the place
 * @number: which of the places, from 1
 * @n_places: how many there are
 *
 * Returns: (transfer floating): a card for it
 */
GtkWidget *
imp_place_card_new (ImpWizardSession *session, const ImpReason *reason, guint number,
                    guint n_places)
{
  ImpPlaceCard *self = g_object_new (IMP_TYPE_PLACE_CARD, NULL);
  ImpPicture *picture = imp_wizard_session_get_picture (session);
  const ImpSuggestion *left = NULL;
  gboolean is_place = imp_rect_parse (reason->region, &self->place);
  g_autofree char *why = NULL;
  g_autofree char *title = NULL;
  g_autofree char *rule = imp_decision_words_rule (reason->rule);
  g_autofree char *origin = g_strdup_printf (_ ("%s refuses · %s"), rule, reason->source);

  self->session = g_object_ref (session);
  left = is_place ? find_left (self) : NULL;
  self->left = left != NULL ? imp_suggestion_copy (left) : NULL;
  why = left != NULL ? imp_suggestion_words_why (left) : g_strdup (reason->reason);
  /* Translators: for example "Place 2 of 5: Looks like a date". */
  title = g_strdup_printf (_ ("Place %u of %u: %s"), number, n_places, why);
  gtk_box_append (GTK_BOX (self->box), imp_widgets_label (title, NULL));
  self->seen = add_line (self, NULL);
  show_seen (self);
  add_line (self, g_str_equal (reason->rule, "floor:output-shows")
                      ? _ ("It tells whose picture this is, and may not stay.")
                      : _ ("Nobody has said yet that it may stay."));
  add_line (self, origin);
  add_buttons (self, reason, number, n_places);
  if (picture != NULL)
    g_signal_connect_object (picture, "notify::revealed", G_CALLBACK (show_seen), self,
                             G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}
