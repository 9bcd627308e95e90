#include "imp-teaching-detail.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-teaching-words.h"
#include "imp-widgets.h"

struct _ImpTeachingDetail
{
  GtkWidget parent_instance;

  GtkWidget *box; /* child */
  GtkWidget *title;
  GtkWidget *icon;
  GtkWidget *state;
  ImpNotice *notice;
  GtkWidget *lines; /* GtkBox */
  GtkWidget *open;
  GtkWidget *aside;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (ImpTeachingDetail, imp_teaching_detail, GTK_TYPE_WIDGET)

static void
add_line (ImpTeachingDetail *self, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    gtk_box_append (GTK_BOX (self->lines), imp_widgets_detail (title, value));
}

static char *
describe_size (const ImpCurationItem *picture)
{
  if (picture->rows == 0 || picture->columns == 0)
    return NULL;
  if (picture->n_frames > 1)
    return g_strdup_printf (_ ("%d × %d, %u frames"), picture->columns, picture->rows,
                            picture->n_frames);
  return g_strdup_printf ("%d × %d", picture->columns, picture->rows);
}

static char *
describe_scanner (const ImpCurationItem *picture)
{
  const char *parts[] = { picture->manufacturer, picture->model, picture->station };
  GString *said = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (said, "%s%s", said->len > 0 ? ", " : "", parts[i]);
  return g_string_free (said, FALSE);
}

static void
show_lines (ImpTeachingDetail *self, ImpTeachingItem *item)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (item);
  const ImpStanding *standing = imp_teaching_item_get_standing (item);
  g_autofree char *size = describe_size (picture);
  g_autofree char *scanner = describe_scanner (picture);
  g_autofree char *boxes =
      picture->boxes->len > 0 ? g_strdup_printf (
          g_dngettext (NULL, "%u box", "%u boxes", picture->boxes->len), picture->boxes->len)
                              : NULL;
  g_autofree char *file =
      g_path_get_basename (picture->entry != NULL ? picture->entry : picture->path);

  imp_widgets_clear (self->lines);
  if (picture->state == IMP_CURATION_SET_ASIDE)
    add_line (self, _ ("Why it is set aside"), picture->reason);
  add_line (self, _ ("Patient"), picture->number);
  /* A "no" is told above, and told once. */
  add_line (self, _ ("What the register says"),
            standing != NULL && standing->reason != imp_teaching_item_get_problem (item)
                ? standing->reason
                : NULL);
  add_line (self, _ ("Covered by"), boxes);
  add_line (self, _ ("Kind"), picture->modality);
  add_line (self, _ ("Size"), size);
  add_line (self, _ ("Scanner"), scanner);
  add_line (self, _ ("File"), file);
}

/**
 * imp_teaching_detail_show:
 * @self: the pane
 * @item: (nullable): the picture that is chosen
 * @n_items: how many there are in the session
 */
void
imp_teaching_detail_show (ImpTeachingDetail *self, ImpTeachingItem *item, guint n_items)
{
  const ImpCurationItem *picture = item != NULL ? imp_teaching_item_get_picture (item) : NULL;
  const char *problem = item != NULL ? imp_teaching_item_get_problem (item) : NULL;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->box, item != NULL);
  if (item == NULL)
    {
      imp_widgets_clear (self->lines);
      return;
    }
  title = g_strdup_printf (_ ("Picture %u of %u"), imp_teaching_item_get_index (item) + 1, n_items);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                imp_teaching_words_state_icon (picture->state));
  gtk_label_set_label (GTK_LABEL (self->state), imp_teaching_words_state (picture->state));
  /* The reason of what was set aside stands below already. */
  imp_notice_set (self->notice, IMP_NOTICE_WARNING, problem == picture->reason ? NULL : problem);
  gtk_widget_set_visible (self->aside, picture->state != IMP_CURATION_SET_ASIDE);
  gtk_widget_set_visible (self->again, picture->state == IMP_CURATION_SET_ASIDE);
  show_lines (self, item);
}

static GtkWidget *
build_button (const char *label, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static void
imp_teaching_detail_dispose (GObject *object)
{
  g_clear_pointer (&IMP_TEACHING_DETAIL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_teaching_detail_parent_class)->dispose (object);
}

static void
imp_teaching_detail_class_init (ImpTeachingDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_teaching_detail_init (ImpTeachingDetail *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title = imp_widgets_label (NULL, "title-4");
  self->icon = gtk_image_new ();
  self->state = imp_widgets_label (NULL, NULL);
  gtk_box_append (GTK_BOX (line), self->icon);
  gtk_box_append (GTK_BOX (line), self->state);
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_WARNING, NULL));
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (page, "teaching-pane");
  gtk_box_append (GTK_BOX (page), self->title);
  gtk_box_append (GTK_BOX (page), line);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (page), self->lines);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->open = build_button (_ ("_Open on the desk"), "teaching.open", _ ("Return"));
  gtk_widget_add_css_class (self->open, "suggested-action");
  self->aside = build_button (_ ("_Set aside…"), "teaching.set-aside", _ ("S"));
  self->again = build_button (_ ("_Use it again"), "teaching.use-again", NULL);
  gtk_widget_add_css_class (acts, "teaching-pane");
  gtk_box_append (GTK_BOX (acts), self->open);
  gtk_box_append (GTK_BOX (acts), self->aside);
  gtk_box_append (GTK_BOX (acts), self->again);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), acts);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (self->box, FALSE);
}

/**
 * imp_teaching_detail_new:
 *
 * Returns: (transfer floating): the pane, showing nothing
 */
GtkWidget *
imp_teaching_detail_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_DETAIL, NULL);
}
