#include "imp-canvas-private.h"

#include <glib/gi18n.h>

#include "imp-overlays.h"

/* ---- widgets for what the redaction holds ---- */

static ImpBoxWidget *
find_box_widget (ImpCanvas *self, guint id)
{
  if (id == IMP_CANVAS_CROP)
    return self->crop;
  for (guint i = 0; i < self->boxes->len; i++)
    if (imp_box_widget_get_id (self->boxes->pdata[i]) == id)
      return self->boxes->pdata[i];
  return NULL;
}

static void
sync_crop_widget (ImpCanvas *self)
{
  ImpRect crop;
  gboolean wanted = self->crop_mode && self->picture != NULL
                    && imp_redaction_get_crop (imp_picture_get_redaction (self->picture), &crop);

  if (wanted && self->crop == NULL)
    {
      self->crop = IMP_BOX_WIDGET (imp_box_widget_new_crop ());
      gtk_widget_insert_after (GTK_WIDGET (self->crop), GTK_WIDGET (self), NULL);
    }
  else if (!wanted && self->crop != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->crop)));
      if (self->selected == IMP_CANVAS_CROP)
        imp_canvas_select (self, 0, FALSE);
    }
  if (self->crop != NULL)
    imp_box_widget_describe (self->crop, 0, &crop);
}

static void
sync_box_widgets (ImpCanvas *self)
{
  g_autoptr (GPtrArray) before = self->boxes;
  ImpRedaction *redaction =
      self->picture != NULL ? imp_picture_get_redaction (self->picture) : NULL;
  guint n_boxes = redaction != NULL ? imp_redaction_get_n_boxes (redaction) : 0;
  gboolean had_focus = FALSE;

  self->boxes = g_ptr_array_new ();
  for (guint i = 0; i < n_boxes; i++)
    {
      guint id = 0;
      ImpRect box = { 0, 0, 0, 0 };
      GtkWidget *widget = NULL;

      imp_redaction_get_nth (redaction, i, &id, &box);
      for (guint j = 0; j < before->len && widget == NULL; j++)
        if (imp_box_widget_get_id (before->pdata[j]) == id)
          widget = g_ptr_array_steal_index (before, j);
      if (widget == NULL)
        widget = imp_box_widget_new (id);
      gtk_widget_insert_before (widget, GTK_WIDGET (self), NULL);
      imp_box_widget_describe (IMP_BOX_WIDGET (widget), i + 1, &box);
      g_ptr_array_add (self->boxes, widget);
    }
  for (guint i = 0; i < before->len; i++)
    {
      had_focus |= gtk_widget_has_focus (before->pdata[i]);
      gtk_widget_unparent (before->pdata[i]);
    }
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->selected != 0 && self->selected != IMP_CANVAS_CROP
      && find_box_widget (self, self->selected) == NULL)
    imp_canvas_select (self, 0, FALSE);
}

/**
 * imp_canvas_describe:
 * @self: a canvas
 *
 * Tells a screen reader what is covered, which overlays are drawn, and whether what is shown is
 * not what leaves.
 */
void
imp_canvas_describe (ImpCanvas *self)
{
  g_autofree char *boxes = g_strdup_printf (
      ngettext ("%u redaction box", "%u redaction boxes", self->boxes->len), self->boxes->len);
  guint planes = self->picture != NULL ? imp_picture_get_planes (self->picture) : 0;
  g_autofree char *overlays = planes != 0 ? imp_overlays_describe (self->picture, planes) : NULL;
  const char *revealed = self->revealed != NULL ? _ ("faint writing revealed") : NULL;
  g_autofree char *covered = g_strjoin (", ", boxes, overlays != NULL ? overlays : revealed,
                                        overlays != NULL ? revealed : NULL, NULL);
  const char *text = self->comparing ? _ ("The original is shown: nothing is covered") : covered;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/**
 * imp_canvas_sync_boxes:
 * @self: a canvas
 *
 * Gives every box of the picture, and the crop in crop mode, its widget, and takes away those of
 * boxes that are gone.
 */
void
imp_canvas_sync_boxes (ImpCanvas *self)
{
  sync_box_widgets (self);
  sync_crop_widget (self);
  imp_canvas_describe (self);
  imp_canvas_update_actions (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- one box ---- */

/**
 * imp_canvas_get_box:
 * @self: a canvas with a picture
 * @id: a box, or %IMP_CANVAS_CROP
 * @box: (out): where it is, in pixels of the full frame
 *
 * Returns: whether there is such a box
 */
gboolean
imp_canvas_get_box (ImpCanvas *self, guint id, ImpRect *box)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);

  *box = (ImpRect){ 0, 0, 0, 0 };
  return id == IMP_CANVAS_CROP ? imp_redaction_get_crop (redaction, box)
                               : imp_redaction_get (redaction, id, box);
}

/**
 * imp_canvas_put_box:
 * @self: a canvas with a picture
 * @id: a box, or %IMP_CANVAS_CROP
 * @box: where it shall be, in pixels of the full frame; clamped to it
 */
void
imp_canvas_put_box (ImpCanvas *self, guint id, const ImpRect *box)
{
  ImpRedaction *redaction = imp_picture_get_redaction (self->picture);
  ImpRect frame = imp_canvas_get_frame_rect (self);
  ImpRect inside = imp_rect_intersect (box, &frame);

  if (imp_rect_is_empty (&inside))
    return;
  if (id == IMP_CANVAS_CROP)
    imp_redaction_set_crop (redaction, &inside);
  else
    imp_redaction_set (redaction, id, &inside);
}

/**
 * imp_canvas_select:
 * @self: a canvas
 * @id: a box, %IMP_CANVAS_CROP, or 0 for none
 * @grab_focus: whether the keyboard goes there too
 */
void
imp_canvas_select (ImpCanvas *self, guint id, gboolean grab_focus)
{
  ImpBoxWidget *widget = id != 0 ? find_box_widget (self, id) : NULL;

  if (self->selected != id)
    {
      ImpBoxWidget *before = self->selected != 0 ? find_box_widget (self, self->selected) : NULL;

      imp_canvas_end_nudges (self);
      self->selected = id;
      if (before != NULL)
        imp_box_widget_set_selected (before, FALSE);
      if (widget != NULL)
        imp_box_widget_set_selected (widget, TRUE);
      imp_canvas_update_actions (self);
      g_object_notify (G_OBJECT (self), "selected");
    }
  if (grab_focus)
    gtk_widget_grab_focus (widget != NULL ? GTK_WIDGET (widget) : GTK_WIDGET (self));
}

/**
 * imp_canvas_get_selected:
 * @self: a canvas
 *
 * Returns: the selected box, %IMP_CANVAS_CROP, or 0
 */
guint
imp_canvas_get_selected (ImpCanvas *self)
{
  return self->selected;
}
