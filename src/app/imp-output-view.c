#include "imp-output-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-kind-names.h"
#include "imp-overlays.h"
#include "imp-preview.h"
#include "imp-widgets.h"

struct _ImpOutputView
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *picture;
  GtkWidget *picture_note;
  GtkWidget *full_size_button;
  AdwExpanderRow *removed_row;
  GtkWidget *removed_list;

  /* Owned references */
  ImpRaster *shown;           /* what the preview shows */
  ImpRaster *full_size_shown; /* what full_size shows; NULL where that has changed */
  ImpPicture *described;      /* whose gifts are listed */

  guint described_planes; /* that were drawn on it then */

  GtkWindow *full_size; /* nullable, not owned: the window with the same at full size */
};

G_DEFINE_FINAL_TYPE (ImpOutputView, imp_output_view, GTK_TYPE_WIDGET)

static void
update_full_size (ImpOutputView *self, ImpRaster *raster)
{
  if (self->full_size == NULL || self->full_size_shown == raster)
    return;
  g_clear_pointer (&self->full_size_shown, imp_raster_unref);
  self->full_size_shown = raster != NULL ? imp_raster_ref (raster) : NULL;
  imp_preview_update_window (self->full_size, raster);
}

static void
forget_full_size (ImpOutputView *self)
{
  if (self->full_size != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->full_size), (gpointer *)&self->full_size);
  self->full_size = NULL;
}

static void
show_preview (ImpOutputView *self, ImpWizardSession *session)
{
  const ImpRehearsal *rehearsal = imp_wizard_session_get_rehearsal (session);
  guint n_boxes = 0;
  ImpRaster *raster = rehearsal == NULL ? NULL : rehearsal->preview;
  g_autofree char *note = NULL;

  update_full_size (self, raster);
  if (raster == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->picture_note),
                           imp_wizard_session_is_busy (session)
                               ? _ ("Making the true output…")
                               : _ ("No preview yet: something is still to be said."));
      gtk_widget_add_css_class (self->picture, "stale");
      return;
    }
  gtk_widget_remove_css_class (self->picture, "stale");
  n_boxes = rehearsal->boxes_as_filled == NULL ? 0 : rehearsal->boxes_as_filled->len;
  note = n_boxes == 0
             ? g_strdup_printf (_ ("Exactly these pixels leave: %d × %d, nothing covered"),
                                imp_raster_get_width (raster), imp_raster_get_height (raster))
             : g_strdup_printf (
                 g_dngettext (NULL, "Exactly these pixels leave: %d × %d, %u area covered",
                              "Exactly these pixels leave: %d × %d, %u areas covered", n_boxes),
                 imp_raster_get_width (raster), imp_raster_get_height (raster), n_boxes);
  if (n_boxes == 0
      && imp_facts_says_burned_in (
          imp_source_get_facts (imp_picture_get_source (imp_wizard_session_get_picture (session)))))
    {
      char *plain = g_steal_pointer (&note);

      note = g_strconcat (plain, "\n", _ ("The file itself says that text is part of the picture."),
                          NULL);
      g_free (plain);
    }
  gtk_label_set_label (GTK_LABEL (self->picture_note), note);
  if (raster == self->shown)
    return;
  g_clear_pointer (&self->shown, imp_raster_unref);
  self->shown = imp_raster_ref (raster);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture),
                             GDK_PAINTABLE (imp_wizard_session_get_preview (session)));
}

/* What stays behind is named by kind and place; values stay in the inspector, masked. An overlay
 * that is drawn is part of what leaves. */
static void
show_removed (ImpOutputView *self, ImpWizardSession *session)
{
  ImpPicture *picture = imp_wizard_session_get_picture (session);
  GPtrArray *giveaways = NULL;
  g_autofree char *title = NULL;
  guint planes = picture != NULL ? imp_picture_get_planes (picture) : 0;
  guint n_removed = 0;

  if (picture == NULL || (picture == self->described && planes == self->described_planes))
    return;
  if (self->described != NULL && self->described != picture && self->full_size != NULL)
    gtk_window_close (self->full_size);
  g_set_object (&self->described, picture);
  self->described_planes = planes;
  imp_widgets_clear (self->removed_list);
  giveaways = imp_facts_get_giveaways (imp_source_get_facts (imp_picture_get_source (picture)));
  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);
      g_autofree char *text =
          g_strdup_printf ("%s · %s", imp_kind_name (giveaway->kind), giveaway->where);

      if ((imp_overlays_find_plane (giveaway) & planes) != 0)
        continue;
      n_removed++;
      gtk_box_append (GTK_BOX (self->removed_list), imp_widgets_label (text, "caption"));
    }
  title = g_strdup_printf (g_dngettext (NULL, "%u detail of the file stays behind",
                                        "%u details of the file stay behind", n_removed),
                           n_removed);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->removed_row), title);
  gtk_widget_set_sensitive (GTK_WIDGET (self->removed_row), n_removed > 0);
}

static void
on_full_size_clicked (GtkButton *button, ImpOutputView *self)
{
  if (self->shown == NULL)
    return;
  if (self->full_size != NULL)
    {
      gtk_window_present (self->full_size);
      return;
    }
  self->full_size = imp_preview_open_window (GTK_WIDGET (self), self->shown);
  g_clear_pointer (&self->full_size_shown, imp_raster_unref);
  self->full_size_shown = imp_raster_ref (self->shown);
  g_object_add_weak_pointer (G_OBJECT (self->full_size), (gpointer *)&self->full_size);
}

static void
imp_output_view_dispose (GObject *object)
{
  ImpOutputView *self = IMP_OUTPUT_VIEW (object);

  forget_full_size (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->shown, imp_raster_unref);
  g_clear_pointer (&self->full_size_shown, imp_raster_unref);
  g_clear_object (&self->described);
  G_OBJECT_CLASS (imp_output_view_parent_class)->dispose (object);
}

static void
imp_output_view_class_init (ImpOutputViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_output_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
build_preview (ImpOutputView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->picture = gtk_picture_new ();
  gtk_picture_set_alternative_text (GTK_PICTURE (self->picture), _ ("What leaves"));
  gtk_widget_set_size_request (self->picture, -1, 180);
  gtk_widget_add_css_class (self->picture, "picture-field");
  gtk_box_append (GTK_BOX (box), self->picture);
  self->picture_note = imp_widgets_label (NULL, "caption");
  gtk_widget_set_hexpand (self->picture_note, TRUE);
  gtk_box_append (GTK_BOX (line), self->picture_note);
  self->full_size_button = gtk_button_new_from_icon_name ("view-fullscreen-symbolic");
  imp_widgets_set_name (self->full_size_button, _ ("See it at full size"));
  gtk_widget_set_tooltip_text (self->full_size_button, _ ("See it at full size"));
  g_signal_connect (self->full_size_button, "clicked", G_CALLBACK (on_full_size_clicked), self);
  gtk_box_append (GTK_BOX (line), self->full_size_button);
  gtk_box_append (GTK_BOX (box), line);
  return box;
}

static GtkWidget *
build_removed (ImpOutputView *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->removed_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  self->removed_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->removed_list, "question");
  adw_expander_row_add_row (self->removed_row, self->removed_list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->removed_row));
  return group;
}

static void
imp_output_view_init (ImpOutputView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), build_preview (self));
  gtk_box_append (GTK_BOX (self->box), build_removed (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_output_view_new:
 *
 * Returns: (transfer floating): a view of nothing yet
 */
GtkWidget *
imp_output_view_new (void)
{
  return g_object_new (IMP_TYPE_OUTPUT_VIEW, NULL);
}

/**
 * imp_output_view_refresh:
 * @self: a view
 * @session: whose rehearsal is shown
 *
 * Shows the pixels that would be written; while they are made anew, the old ones fade.
 */
void
imp_output_view_refresh (ImpOutputView *self, ImpWizardSession *session)
{
  show_preview (self, session);
  show_removed (self, session);
}
