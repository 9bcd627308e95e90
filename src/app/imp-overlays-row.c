#include "imp-overlays-row.h"

#include <glib/gi18n.h>

#include "imp-overlays.h"

struct _ImpOverlaysRow
{
  AdwActionRow parent_instance;

  GtkSwitch *show;
  ImpPicture *picture; /* owned */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ImpOverlaysRow, imp_overlays_row, ADW_TYPE_ACTION_ROW)

static void
show_current (ImpOverlaysRow *self)
{
  guint planes = imp_picture_get_planes (self->picture);
  g_autofree char *how = imp_overlays_describe (self->picture, planes);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               planes == 0 ? _ ("Hidden, not exported") : how);
  self->updating = TRUE;
  gtk_switch_set_active (self->show, planes != 0);
  self->updating = FALSE;
}

static void
on_switched (ImpOverlaysRow *self)
{
  if (!self->updating)
    imp_overlays_show (self->picture,
                       gtk_switch_get_active (self->show) ? imp_overlays_get_all (self->picture)
                                                          : 0,
                       GTK_WIDGET (self));
}

static void
imp_overlays_row_dispose (GObject *object)
{
  ImpOverlaysRow *self = IMP_OVERLAYS_ROW (object);

  if (self->picture != NULL)
    g_signal_handlers_disconnect_by_data (self->picture, self);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (imp_overlays_row_parent_class)->dispose (object);
}

static void
imp_overlays_row_class_init (ImpOverlaysRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_overlays_row_dispose;
  g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
imp_overlays_row_init (ImpOverlaysRow *self)
{
  self->show = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->show), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show overlays"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->show), _ ("Show overlays"));
  g_signal_connect_swapped (self->show, "notify::active", G_CALLBACK (on_switched), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->show));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->show));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

/**
 * imp_overlays_row_new:
 * @picture: a picture with overlays
 *
 * Returns: (transfer floating): a row about them
 */
GtkWidget *
imp_overlays_row_new (ImpPicture *picture)
{
  ImpOverlaysRow *self = g_object_new (IMP_TYPE_OVERLAYS_ROW, NULL);
  guint n_overlays =
      imp_facts_get_n_overlays (imp_source_get_facts (imp_picture_get_source (picture)));
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u overlay", "%u overlays", n_overlays), n_overlays);

  self->picture = g_object_ref (picture);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  g_signal_connect_swapped (picture, "notify::planes", G_CALLBACK (show_current), self);
  show_current (self);
  return GTK_WIDGET (self);
}
