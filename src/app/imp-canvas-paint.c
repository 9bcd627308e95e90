#include "imp-canvas-paint.h"

#include <math.h>

static void
paint_tiles (const ImpCanvasScene *scene, GtkSnapshot *snapshot)
{
  double scale_x = imp_view_get_scale_x (&scene->view);
  double scale_y = imp_view_get_scale_y (&scene->view);
  /* Pixels that are not square are reduced no further than their longer side allows. */
  int level = imp_tiles_choose_level (MAX (scale_x, scale_y) * scene->scale);
  double span_x = (IMP_TILES_SIZE << level) * scale_x;
  double span_y = (IMP_TILES_SIZE << level) * scale_y;
  int first_column = MAX (0, (int)floor (-scene->view.x / span_x));
  int first_row = MAX (0, (int)floor (-scene->view.y / span_y));
  int last_column = (int)floor ((scene->width - scene->view.x) / span_x);
  int last_row = (int)floor ((scene->height - scene->view.y) / span_y);
  ImpRect area;

  last_column = MIN (last_column, imp_tiles_get_width (scene->tiles) / (IMP_TILES_SIZE << level));
  last_row = MIN (last_row, imp_tiles_get_height (scene->tiles) / (IMP_TILES_SIZE << level));
  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      {
        GdkTexture *texture = imp_tiles_get (scene->tiles, level, column, row, &area);
        graphene_rect_t place;

        if (texture == NULL)
          continue;
        place = imp_view_place (&scene->view, &area, scene->scale);
        gtk_snapshot_append_texture (snapshot, texture, &place);
      }
  imp_tiles_trim (scene->tiles);
}

static void
paint_hatched (GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  static const GskColorStop STRIPES[] = {
    { 0.0f, { 0.0f, 0.0f, 0.0f, 0.82f } },
    { 0.8f, { 0.0f, 0.0f, 0.0f, 0.82f } },
    { 0.8f, { 0.45f, 0.45f, 0.45f, 0.9f } },
    { 1.0f, { 0.45f, 0.45f, 0.45f, 0.9f } },
  };

  if (bounds->size.width <= 0 || bounds->size.height <= 0)
    return;
  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (7, 7), STRIPES,
                                                 G_N_ELEMENTS (STRIPES));
}

static void
paint_cut_away (const ImpCanvasScene *scene, const graphene_rect_t *picture, GtkSnapshot *snapshot)
{
  graphene_rect_t kept = imp_view_place (&scene->view, scene->crop, scene->scale);
  float right = picture->origin.x + picture->size.width;
  float bottom = picture->origin.y + picture->size.height;
  float kept_right = kept.origin.x + kept.size.width;
  float kept_bottom = kept.origin.y + kept.size.height;

  paint_hatched (snapshot,
                 &GRAPHENE_RECT_INIT (picture->origin.x, picture->origin.y, picture->size.width,
                                      kept.origin.y - picture->origin.y));
  paint_hatched (snapshot, &GRAPHENE_RECT_INIT (picture->origin.x, kept_bottom, picture->size.width,
                                                bottom - kept_bottom));
  paint_hatched (snapshot,
                 &GRAPHENE_RECT_INIT (picture->origin.x, kept.origin.y,
                                      kept.origin.x - picture->origin.x, kept.size.height));
  paint_hatched (snapshot, &GRAPHENE_RECT_INIT (kept_right, kept.origin.y, right - kept_right,
                                                kept.size.height));
}

/**
 * imp_canvas_paint:
 * @scene: what is to be seen
 * @snapshot: what to draw into
 *
 * Draws the picture, everything outside the crop hatched, and each box in opaque black exactly as
 * it will be filled: over every device pixel that it touches.
 */
void
imp_canvas_paint (const ImpCanvasScene *scene, GtkSnapshot *snapshot)
{
  static const GdkRGBA BLACK = { 0, 0, 0, 1 };
  ImpRect frame = { 0, 0, imp_tiles_get_width (scene->tiles), imp_tiles_get_height (scene->tiles) };
  graphene_rect_t picture = imp_view_place (&scene->view, &frame, scene->scale);

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, (float)scene->width, (float)scene->height));
  paint_tiles (scene, snapshot);
  if (scene->crop != NULL)
    paint_cut_away (scene, &picture, snapshot);
  for (gsize i = 0; i < scene->n_filled; i++)
    {
      graphene_rect_t cover = imp_view_cover (&scene->view, &scene->filled[i], scene->scale);

      /* Nothing of the picture lies beyond its border, and the field is not covered. */
      if (graphene_rect_intersection (&cover, &picture, &cover))
        gtk_snapshot_append_color (snapshot, &BLACK, &cover);
    }
  gtk_snapshot_pop (snapshot);
}
