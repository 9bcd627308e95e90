#include "imp-page-bar.h"

#include <glib/gi18n.h>

struct _ImpPageBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *previous;
  GtkWidget *next;
  GtkLabel *count;
  GtkAdjustment *adjustment;

  guint page; /* that is open, from 0 */
  guint n_pages;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpPageBar, imp_page_bar, GTK_TYPE_WIDGET)

static void
on_value_changed (ImpPageBar *self)
{
  guint page = (guint)(gtk_adjustment_get_value (self->adjustment) - 0.5);

  gtk_widget_set_sensitive (self->previous, page > 0);
  gtk_widget_set_sensitive (self->next, page + 1 < self->n_pages);
  if (!self->updating)
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.open-page", "u", page);
}

static void
on_previous (ImpPageBar *self)
{
  imp_page_bar_step (self, -1);
}

static void
on_next (ImpPageBar *self)
{
  imp_page_bar_step (self, 1);
}

static void
imp_page_bar_dispose (GObject *object)
{
  ImpPageBar *self = IMP_PAGE_BAR (object);

  if (self->box != NULL)
    gtk_widget_unparent (g_steal_pointer (&self->box));
  G_OBJECT_CLASS (imp_page_bar_parent_class)->dispose (object);
}

static void
imp_page_bar_class_init (ImpPageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_page_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/imprimatur/Imprimatur/imp-page-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ImpPageBar, box);
  gtk_widget_class_bind_template_child (widget_class, ImpPageBar, previous);
  gtk_widget_class_bind_template_child (widget_class, ImpPageBar, next);
  gtk_widget_class_bind_template_child (widget_class, ImpPageBar, count);
  gtk_widget_class_bind_template_child (widget_class, ImpPageBar, adjustment);
}

static void
imp_page_bar_init (ImpPageBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
  g_signal_connect_swapped (self->previous, "clicked", G_CALLBACK (on_previous), self);
  g_signal_connect_swapped (self->next, "clicked", G_CALLBACK (on_next), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * imp_page_bar_new:
 *
 * Returns: (transfer full): a bar, hidden until a file has more than one page to choose from
 */
GtkWidget *
imp_page_bar_new (void)
{
  return g_object_new (IMP_TYPE_PAGE_BAR, NULL);
}

/**
 * imp_page_bar_set_picture:
 * @self: a page bar
 * @picture: (nullable): the open page. Of TIFF files alone others can be opened
 */
void
imp_page_bar_set_picture (ImpPageBar *self, ImpPicture *picture)
{
  const ImpFacts *facts =
      picture != NULL ? imp_source_get_facts (imp_picture_get_source (picture)) : NULL;
  g_autofree char *count = NULL;

  self->page = 0;
  self->n_pages = 1;
  if (facts != NULL && g_str_equal (imp_facts_get_format (facts), "tiff"))
    {
      self->page = imp_facts_get_page (facts);
      self->n_pages = imp_facts_get_n_pages (facts);
    }
  /* Translators: follows the number of the page: "Page 3 of 40". */
  count = g_strdup_printf (_ ("of %u"), self->n_pages);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_pages > 1);
  self->updating = TRUE;
  gtk_adjustment_set_upper (self->adjustment, self->n_pages);
  self->updating = FALSE;
  imp_page_bar_show_current (self);
}

/**
 * imp_page_bar_show_current:
 * @self: a page bar
 *
 * Goes back to the page that is open, where another one could not be opened.
 */
void
imp_page_bar_show_current (ImpPageBar *self)
{
  self->updating = TRUE;
  gtk_adjustment_set_value (self->adjustment, self->page + 1.0);
  on_value_changed (self);
  self->updating = FALSE;
}

/**
 * imp_page_bar_step:
 * @self: a page bar
 * @pages: how many pages to go on, or back
 */
void
imp_page_bar_step (ImpPageBar *self, int pages)
{
  if (self->n_pages > 1)
    gtk_adjustment_set_value (self->adjustment,
                              gtk_adjustment_get_value (self->adjustment) + pages);
}
